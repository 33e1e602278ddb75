//! The elements of an encoded data set, without a value more than asked for.
//!
//! Only the wanted values are read; everything else is passed over by its length, so neither the size of a header nor a
//! damaged length costs memory. Values stay bytes: their character set is known, or mended, by the caller.
//!
//! Source: DICOM PS3.5 section 7.1 (data elements), 7.5 (nesting), annex A (transfer syntaxes).

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Seek};

use flate2::read::DeflateDecoder;

use super::attributes::Tag;

/// The longest value that is read: a Patient Comments of 10240 characters of four bytes, and escapes.
const LONGEST_VALUE: u32 = 64 * 1024;
/// The group of pixel data, and of all that comes after it.
const PIXEL_DATA_GROUP: u16 = 0x7FE0;
const PIXEL_DATA: [Tag; 3] = [0x7FE0_0008, 0x7FE0_0009, 0x7FE0_0010];
const ITEM: Tag = 0xFFFE_E000;
const ITEM_DELIMITER: Tag = 0xFFFE_E00D;
const SEQUENCE_DELIMITER: Tag = 0xFFFE_E0DD;
const UNDEFINED_LENGTH: u32 = u32::MAX;

/// The ways elements are laid out: explicit or implicit value representation, little or big endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    ExplicitLittle,
    ExplicitBig,
    ImplicitLittle,
}

/// The head of an element, as it stands before the value.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub tag: Tag,
    pub length: u32,
}

/// What was found in a data set.
#[derive(Debug, Default)]
pub struct Elements {
    /// The wanted elements as they were encoded; `None` is a value too long to be read.
    pub values: BTreeMap<Tag, Option<Vec<u8>>>,
    /// Whether the pixel data is longer than what is left of the file.
    pub pixel_data_cut: bool,
    /// Why reading ended before the pixel data or the end of the data set, and inside which element.
    pub fault: Option<(Tag, io::Error)>,
}

impl Layout {
    /// The layout in which these first bytes of a data set make sense.
    ///
    /// A data set starts with a low, even group. An explicit one goes on with two capital letters, which an implicit
    /// one cannot have there: they would be a length of more than 16000.
    pub fn guess(start: [u8; 8]) -> Option<Self> {
        let explicit = is_vr([start[4], start[5]]);
        let first_group = |group: u16| (0x0004..=0x0020).contains(&group) && group.is_multiple_of(2);
        if first_group(u16::from_le_bytes([start[0], start[1]])) {
            Some(if explicit { Self::ExplicitLittle } else { Self::ImplicitLittle })
        } else if first_group(u16::from_be_bytes([start[0], start[1]])) && explicit {
            Some(Self::ExplicitBig)
        } else {
            None
        }
    }

    fn u16(self, bytes: [u8; 2]) -> u16 {
        if self == Self::ExplicitBig { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        if self == Self::ExplicitBig { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    /// Reads the head of the next element or item; `None` at the end of the data.
    ///
    /// Where an explicit element has no letters for its value representation it is read as an implicit one: sequences
    /// of unknown representation are encoded so (PS3.5 section 6.2.2), and faulty writers do it elsewhere.
    pub fn head(self, source: &mut impl Read) -> io::Result<Option<Head>> {
        let mut first = [0; 8];
        if !fill(source, &mut first)? {
            return Ok(None);
        }
        let [g0, g1, e0, e1, a, b, c, d] = first;
        let tag = u32::from(self.u16([g0, g1])) << 16 | u32::from(self.u16([e0, e1]));
        let explicit = self != Self::ImplicitLittle && group(tag) != group(ITEM) && is_vr([a, b]);
        let length = match [a, b] {
            _ if !explicit => self.u32([a, b, c, d]),
            vr if has_short_length(vr) => u32::from(self.u16([c, d])),
            _ => {
                let mut long = [0; 4];
                source.read_exact(&mut long)?;
                self.u32(long)
            }
        };
        Ok(Some(Head { tag, length }))
    }
}

/// The group of a tag.
pub const fn group(tag: Tag) -> u16 {
    (tag >> 16) as u16
}

/// Reads a data set up to its pixel data, keeping the wanted elements of the outermost level.
pub fn read(source: &mut impl Source, layout: Layout, wanted: impl Fn(Tag) -> bool) -> Elements {
    let mut elements = Elements::default();
    let mut last = 0;
    if let Err(error) = read_into(&mut elements, &mut last, source, layout, wanted) {
        elements.fault = Some((last, error));
    }
    elements
}

fn read_into(
    elements: &mut Elements,
    last: &mut Tag,
    source: &mut impl Source,
    layout: Layout,
    wanted: impl Fn(Tag) -> bool,
) -> io::Result<()> {
    while let Some(head) = layout.head(source)? {
        *last = head.tag;
        // No data set has this element: these are the zeros some writers fill the last block with.
        if head.tag == 0 {
            break;
        }
        if group(head.tag) >= PIXEL_DATA_GROUP {
            let left = source.left().unwrap_or(u64::MAX);
            let known_length = PIXEL_DATA.contains(&head.tag) && head.length != UNDEFINED_LENGTH;
            elements.pixel_data_cut = known_length && u64::from(head.length) > left;
            break;
        }
        if head.length == UNDEFINED_LENGTH {
            skip_nested(source, layout)?;
        } else if wanted(head.tag) {
            elements.values.insert(head.tag, value(source, head.length)?);
        } else {
            source.skip(head.length.into())?;
        }
    }
    Ok(())
}

/// Reads a value, or passes over it when it is too long.
pub fn value(source: &mut impl Source, length: u32) -> io::Result<Option<Vec<u8>>> {
    if length > LONGEST_VALUE {
        source.skip(length.into())?;
        return Ok(None);
    }
    let mut value = vec![0; length as usize];
    source.read_exact(&mut value)?;
    Ok(Some(value))
}

/// Passes over a value of undefined length: items and elements up to its delimiter, whatever is nested inside.
fn skip_nested(source: &mut impl Source, layout: Layout) -> io::Result<()> {
    let mut open = 1_u64;
    while open > 0 {
        let head = layout.head(source)?.ok_or(ErrorKind::UnexpectedEof)?;
        match head.tag {
            ITEM_DELIMITER | SEQUENCE_DELIMITER => open -= 1,
            _ if head.length == UNDEFINED_LENGTH => open += 1,
            _ => source.skip(head.length.into())?,
        }
    }
    Ok(())
}

/// Fills the buffer, or tells by `false` that there was nothing left to read.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) if filled == 0 => return Ok(false),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn is_vr(letters: [u8; 2]) -> bool {
    letters.iter().all(u8::is_ascii_uppercase)
}

/// Every other representation, future ones included, has a length of 32 bits behind two reserved bytes (PS3.5 7.1.2).
fn has_short_length(vr: [u8; 2]) -> bool {
    matches!(
        &vr,
        b"AE"
            | b"AS"
            | b"AT"
            | b"CS"
            | b"DA"
            | b"DS"
            | b"DT"
            | b"FL"
            | b"FD"
            | b"IS"
            | b"LO"
            | b"LT"
            | b"PN"
            | b"SH"
            | b"SL"
            | b"SS"
            | b"ST"
            | b"TM"
            | b"UI"
            | b"UL"
            | b"US"
    )
}

/// Where a data set is read from.
pub trait Source: Read {
    /// Passes over the next bytes; an error of kind `UnexpectedEof` when there are fewer.
    fn skip(&mut self, count: u64) -> io::Result<()>;

    /// How many bytes are left, where that is known.
    fn left(&self) -> Option<u64>;
}

/// A stream of known size, passed over by seeking.
#[derive(Debug)]
pub struct Plain<R> {
    reader: R,
    left: u64,
}

impl<R: Read + Seek> Plain<R> {
    /// Wraps a reader from where it stands to its end.
    pub fn new(mut reader: R) -> io::Result<Self> {
        let start = reader.stream_position()?;
        let end = reader.seek(io::SeekFrom::End(0))?;
        reader.seek(io::SeekFrom::Start(start))?;
        Ok(Self { reader, left: end.saturating_sub(start) })
    }

    /// Reads up to `N` bytes and steps back before them; what lies beyond the end is zero.
    pub fn peek<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        let mut filled = 0;
        while filled < N {
            match self.read(&mut bytes[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        self.step_back(filled)?;
        Ok(bytes)
    }

    /// Steps back over bytes that were read.
    pub fn step_back(&mut self, count: usize) -> io::Result<()> {
        let distance = i64::try_from(count).map_err(|_| ErrorKind::InvalidInput)?;
        self.reader.seek_relative(-distance)?;
        self.left += count as u64;
        Ok(())
    }
}

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

impl<R: Read + Seek> Source for Plain<R> {
    fn skip(&mut self, count: u64) -> io::Result<()> {
        if count > self.left {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let distance = i64::try_from(count).map_err(|_| ErrorKind::InvalidInput)?;
        self.reader.seek_relative(distance)?;
        self.left -= count;
        Ok(())
    }

    fn left(&self) -> Option<u64> {
        Some(self.left)
    }
}

/// A deflated data set (PS3.5 annex A.5): its size shows only when it is inflated.
impl<R: Read> Source for DeflateDecoder<R> {
    fn skip(&mut self, count: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.by_ref().take(count), &mut io::sink())?;
        if skipped == count { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    fn left(&self) -> Option<u64> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const WANTED: Tag = 0x0020_000D;

    fn read_all(bytes: &[u8], layout: Layout) -> Elements {
        let mut source = Plain::new(Cursor::new(bytes)).expect("a source");
        read(&mut source, layout, |tag| tag == WANTED)
    }

    #[track_caller]
    fn finds_the_uid(before: &[u8]) {
        let elements = read_all(&[before, b"\x20\0\x0D\0UI\x04\x001.2\0"].concat(), Layout::ExplicitLittle);
        assert!(elements.fault.is_none(), "{:?}", elements.fault);
        assert_eq!(elements.values.get(&WANTED), Some(&Some(b"1.2\0".to_vec())));
    }

    #[test]
    fn the_first_bytes_show_the_layout() {
        assert_eq!(Layout::guess(*b"\x08\0\x05\0CS\x0A\0"), Some(Layout::ExplicitLittle));
        assert_eq!(Layout::guess(*b"\0\x08\0\x05CS\0\x0A"), Some(Layout::ExplicitBig));
        assert_eq!(Layout::guess(*b"\x08\0\x05\0\x0A\0\0\0"), Some(Layout::ImplicitLittle));
        for other in [*b"\0\x08\0\x05\0\0\0\x0A", *b"GIF89a\0\0", [0; 8], *b"\x09\0\x05\0CS\x0A\0"] {
            assert_eq!(Layout::guess(other), None, "{other:?}");
        }
    }

    #[test]
    fn sequences_are_passed_over_with_all_that_is_nested_in_them() {
        let known_length = b"\x08\0\x40\x11SQ\0\0\x08\0\0\0\xFE\xFF\0\xE0\0\0\0\0";
        finds_the_uid(known_length);
        let uid = b"\x20\0\x0D\0UI\x02\x009\0";
        let item = [&b"\xFE\xFF\0\xE0\xFF\xFF\xFF\xFF"[..], uid, b"\xFE\xFF\x0D\xE0\0\0\0\0"].concat();
        let sequence = |head: &[u8], items: &[u8]| [head, items, b"\xFE\xFF\xDD\xE0\0\0\0\0"].concat();
        let inner = sequence(b"\x08\0\x40\x11SQ\0\0\xFF\xFF\xFF\xFF", &item);
        finds_the_uid(&inner);
        let outer_item = [&b"\xFE\xFF\0\xE0\xFF\xFF\xFF\xFF"[..], &inner, b"\xFE\xFF\x0D\xE0\0\0\0\0"].concat();
        finds_the_uid(&sequence(b"\x08\0\x11\x11SQ\0\0\xFF\xFF\xFF\xFF", &outer_item));
        // A private sequence of unknown representation is implicit inside.
        let implicit = b"\xFE\xFF\0\xE0\xFF\xFF\xFF\xFF\x20\0\x0D\0\x02\0\0\x009\0\xFE\xFF\x0D\xE0\0\0\0\0";
        finds_the_uid(&sequence(b"\x09\0\x01\x10UN\0\0\xFF\xFF\xFF\xFF", implicit));
    }

    #[test]
    fn reading_ends_at_the_pixel_data_or_the_padding() {
        let uid = b"\x20\0\x0D\0UI\x04\x001.2\0";
        for end in [&b"\xE0\x7F\x10\0OW\0\0\xFF\xFF\xFF\xFFnonsense"[..], &[0; 13], b""] {
            let elements = read_all(&[uid, end].concat(), Layout::ExplicitLittle);
            assert!(elements.fault.is_none() && !elements.pixel_data_cut, "{end:?}");
            assert_eq!(elements.values.len(), 1);
        }
    }

    #[test]
    fn a_fault_names_the_element() {
        let cut = b"\x20\0\x0D\0UI\x04\x001.";
        let fault = read_all(cut, Layout::ExplicitLittle).fault.map(|(tag, error)| (tag, error.kind()));
        assert_eq!(fault, Some((WANTED, ErrorKind::UnexpectedEof)));
        let open_sequence = b"\x08\0\x40\x11SQ\0\0\xFF\xFF\xFF\xFF";
        let fault = read_all(open_sequence, Layout::ExplicitLittle).fault.map(|(tag, error)| (tag, error.kind()));
        assert_eq!(fault, Some((0x0008_1140, ErrorKind::UnexpectedEof)));
    }
}
