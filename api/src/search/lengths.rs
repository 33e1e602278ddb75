//! How long the ranges of the index are, remembered for a while.
//!
//! A search of several words walks the rarest of them, and reads long ranges piece by piece, so that it looks first how long each
//! range is. That takes as long as many a search, and the same common words are looked for again and again.

use std::time::Duration;

use super::numbers::Counted;
use super::plan::Needle;
use super::ranges::Range;
use super::rank::Place;
use super::rarity::LONG;
use crate::recent::Recent;

/// How long a length is taken to be what it was. On it hang the time that a search takes, and which word leads its hits; never what
/// is found. What is short is not long within minutes, unless very many rows are imported; what is long stays so, and takes longest
/// to see again.
const TRUST: Duration = Duration::from_mins(10);
const TRUST_IN_LONG: Duration = Duration::from_hours(1);
/// Most lengths of one kind remembered: a few bytes for each of the names that are asked for all the time.
const ROOM: usize = 16_384;

/// The lengths that were seen of late.
pub struct Lengths {
    /// How much there is of a part of what a needle finds.
    pub parts: Recent<(Needle, Part), Counted>,
    /// How many postings a text has.
    pub texts: Recent<i64, Counted>,
    /// Where a piece ends, if its range goes on behind it.
    pub pieces: Recent<Piece, Option<Place>>,
}

/// What a needle finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Entries of patients.
    Patients,
    /// Postings of texts.
    Postings,
}

/// A piece of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    pub range: Range,
    /// What it begins behind, if not with the range.
    pub after: Option<Place>,
    /// Its entries.
    pub look: u64,
}

impl Default for Lengths {
    fn default() -> Self {
        let of_number = |counted: &Counted| trust(counted.number >= counted.bound.min(LONG));
        Self {
            parts: Recent::new(of_number, ROOM),
            texts: Recent::new(of_number, ROOM),
            // Much may have come in before the place where a piece ended.
            pieces: Recent::new(|_| TRUST, ROOM),
        }
    }
}

const fn trust(is_long: bool) -> Duration {
    if is_long { TRUST_IN_LONG } else { TRUST }
}
