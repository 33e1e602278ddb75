//! Studies of common words, gathered: from the few rows that filters leave, or from those that have any of several words in their own
//! texts.
//!
//! Along one word the studies of each of its patients are looked up, of which the other words refuse nearly all. A study whose own
//! texts have none of the words is one of a patient who has them all, and such patients are few, mostly.

use entity::search_token::TEXTS;
use sea_orm::{DatabaseBackend, DbErr};

use super::along::{self, Words};
use super::few::{few_studies, push_judged_studies};
use super::index::PATIENT_KINDS;
use super::lengths::Lengths;
use super::plan::Plan;
use super::rank::ENOUGH;
use super::rarity::{self, FAR, Rarity};
use super::signature::{self, Signature};
use super::sorted::{HitSort, Sorted};
use super::sql::{PATIENT_BY_ENTRY, Sql};
use crate::db::Reads;

/// What it costs to look up the studies of a patient, in postings that are read one after another.
const STUDIES_OF_PATIENT: u64 = 32;

/// Fewest bits by which signatures tell a word; with fewer most postings of the other words would be looked up in vain.
const FEWEST_BITS: u32 = 2;

/// The studies that all words match, with what they are sorted by; nothing where filters leave more than few rows, where a walk along one
/// word takes less, or where there are so few that more may have to be looked for. Of more than `most` not all. The rarest word leads from now on.
///
/// # Errors
/// When the database fails.
pub async fn studies(
    db: &impl Reads,
    lengths: &Lengths,
    plan: &mut Plan<'_>,
    sort: HitSort,
    most: usize,
) -> Result<Option<Vec<Sorted>>, DbErr> {
    let Some(among) = among(db, lengths, plan).await? else { return Ok(None) };
    let found = gathered(db, plan, among, sort, most).await?;
    Ok(Some(found).filter(|found| found.len() >= ENOUGH))
}

async fn gathered(
    db: &impl Reads,
    plan: &Plan<'_>,
    among: Sql,
    sort: HitSort,
    most: usize,
) -> Result<Vec<Sorted>, DbErr> {
    let head = format!("SELECT study.id AS id, {} AS value FROM ", sort.column_of(true));
    let mut sql = matching(db.get_database_backend(), &head, plan, among);
    sql.push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
    sort.read(db, sql, true).await
}

/// The number of such studies.
///
/// # Errors
/// When the database fails.
pub async fn number(db: &impl Reads, lengths: &Lengths, plan: &mut Plan<'_>) -> Result<Option<u64>, DbErr> {
    let Some(among) = among(db, lengths, plan).await? else { return Ok(None) };
    let sql = matching(db.get_database_backend(), "SELECT COUNT(*) AS number FROM ", plan, among);
    let number = sql.numbers(db, &["number".to_owned()]).await?.into_iter().next();
    Ok(number.filter(|number| *number >= ENOUGH as u64))
}

/// A statement over those of these studies that all words match, and their patients.
fn matching(backend: DatabaseBackend, head: &str, plan: &Plan<'_>, among: Sql) -> Sql {
    let mut sql = Sql::new(backend);
    push_judged_studies(sql.push(head), plan, plan.base(), among);
    sql
}

/// Ids among which the studies are, where gathering them takes less than walking along the rarest word, which leads from now on.
async fn among(db: &impl Reads, lengths: &Lengths, plan: &mut Plan<'_>) -> Result<Option<Sql>, DbErr> {
    let (tier, backend) = (plan.base(), db.get_database_backend());
    let is_filtered = plan.query.is_filtered();
    let may_pay = plan.query.studies && (plan.words.len() > 1 || is_filtered);
    if !may_pay || along::words(db, lengths, plan).await? != Words::Common {
        return Ok(None);
    }
    if is_filtered {
        let few = few_studies(db, plan, tier, Vec::new()).await?;
        return Ok(few.map(|ids| Sql::of(backend, &ids)));
    }
    if !(0..plan.words.len()).all(|word| is_told(plan, word)) {
        return Ok(None);
    }
    let depths = rarity::depths(db, plan, lengths, tier).await?;
    plan.lead_by_rarest(&depths.iter().map(Rarity::cost_of_all).collect::<Vec<_>>(), tier);
    let gathered: u64 = depths.iter().map(|depth| depth.postings).sum();
    let walked = depths.get(plan.lead).map_or(0, |lead| lead.patients * STUDIES_OF_PATIENT + lead.postings);
    let are_counted = depths.iter().all(|depth| depth.postings < FAR);
    Ok((gathered < walked && are_counted).then(|| with_any_word(backend, plan)))
}

fn is_told(plan: &Plan<'_>, word: usize) -> bool {
    let bits = |signature: &Signature| signature.iter().map(|part| part.count_ones()).sum::<u32>();
    signature::wanted(plan, word, plan.base()).is_some_and(|wanted| wanted.iter().all(|one| bits(one) >= FEWEST_BITS))
}

/// The studies that have any word in their own texts, and those whose patients have all, as signatures tell.
fn with_any_word(backend: DatabaseBackend, plan: &Plan<'_>) -> Sql {
    let (mut ids, upto) = (Sql::new(backend), plan.base());
    for word in 0..plan.words.len() {
        for needle in plan.needles(word, upto) {
            ids.push(if ids.is_empty() { "" } else { " UNION " });
            ids.push("SELECT posting.study_id AS id FROM search_token entry").join("search_posting posting");
            ids.push(" ON posting.text_id = entry.row_id WHERE ").kinds(&TEXTS).needle(&needle, true, true);
            ids.others_may_match(plan, upto, "posting", |other| other == word);
        }
    }
    for needle in plan.needles(plan.lead, upto) {
        ids.push(" UNION SELECT study.id AS id FROM search_token entry").join("study");
        ids.push(" ON study.patient_fk = entry.row_id WHERE ").kinds(&PATIENT_KINDS).needle(&needle, true, true);
        ids.others_may_match(plan, upto, "entry", |word| word == plan.lead);
        ids.others_match(plan, upto, PATIENT_BY_ENTRY, |word| word == plan.lead);
    }
    ids
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;
    use crate::explained::{database, fill};
    use crate::http::{FromParameters, Parameters};
    use crate::search::found::Found;
    use crate::search::queries::{self, Hit};
    use crate::search::query::SearchQuery;
    use crate::search::rank::Place;
    use crate::search::rarity::LONG;
    use crate::search::sorted::{self, MOST};
    use crate::search::walk::{Aim, Start, Walk};

    /// Relevance, whether it is a study, and the id.
    type Row = (u32, bool, i64);

    fn of_hit(Hit { score, found }: Hit) -> Row {
        match found {
            Found::Patient(row) => (score, false, row.id),
            Found::Study(study) => (score, true, study.row.id),
        }
    }

    fn of_place(place: &Place) -> Row {
        let is_study = place.study_id != 0;
        (place.score(), is_study, if is_study { place.study_id.abs() } else { place.row_id })
    }

    fn read((q, reach, sort): (&str, &str, &str), filters: &Value) -> SearchQuery {
        let mut members = filters.as_object().expect("an object").clone();
        members.extend([("q", q), ("match", reach), ("sort", sort)].map(|(name, text)| (name.to_owned(), text.into())));
        Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
    }

    /// All places of a search, by walks along the index, each of which goes on where the one before has given up.
    async fn walked(db: &impl Reads, query: &SearchQuery) -> Vec<Place> {
        let (lengths, mut plan) = (Lengths::default(), Plan::new(query));
        let (mut places, mut start): (Vec<Place>, _) = (Vec::new(), Start::default());
        let most = usize::try_from(LONG).expect("a small number") - 1;
        loop {
            // Of more that were wanted those that a filter leaves would be judged at once.
            let walk = Walk::new(db, &mut plan, &lengths, start, most, Aim::Places);
            let mut walked = walk.run().await.expect("hits");
            assert!(walked.hits.len() < most, "the database is small");
            let gave_up = walked.gave_up.take();
            let lead = gave_up.as_ref().map(|place| walked.lead_at(place));
            places.extend(walked.hits.into_iter().map(|(place, _)| place));
            let Some(lead) = lead else { return places };
            plan.lead_by(lead);
            start = Start { after: gave_up, found: places.len() };
        }
    }

    #[tokio::test]
    async fn what_is_gathered_is_what_a_walk_finds() {
        let (db, remove) = database("gathered").await;
        fill(&db, 2000).await;
        let reader = db.reader().pool();
        let (none, mr, born) = (json!({}), json!({"modality": "MR"}), json!({"birth_date": "1960..1979"}));
        // Of the last ones one word is too rare to gather for a request; no text has it, and not all texts have the other.
        for (asked, filters, pays) in [
            (("martin jean", "auto", "name"), &none, true),
            (("jean mart", "auto", "-study_date"), &none, true),
            (("martin jean", "exact", "id"), &none, true),
            (("\"martin\" marie", "prefix", "-birth_date"), &none, true),
            (("mart mari", "auto", "updated_at"), &none, true),
            // Nobody has both names, and some have one that is like one of them.
            (("martine marie", "auto", "name"), &none, true),
            (("martin", "auto", "name"), &mr, true),
            (("mart", "prefix", "-study_date"), &born, true),
            (("irm martin", "auto", "-id"), &born, true),
            (("dupont jean", "auto", "name"), &none, false),
            (("dupont jean", "auto", "name"), &mr, false),
            (("mari lefevre irm", "prefix", "id"), &none, false),
        ] {
            let (query, q) = (read(asked, filters), asked.0);
            let (lengths, sort) = (Lengths::default(), query.sort.expect("an order"));
            let places = walked(reader, &query).await;
            let mut plan = Plan::new(&query);
            let found = studies(reader, &lengths, &mut plan, sort, MOST).await.expect("studies");
            assert_eq!(found.is_some(), pays, "{q}");
            let found = if let Some(found) = found {
                found
            } else {
                let among = with_any_word(reader.get_database_backend(), &plan);
                gathered(reader, &plan, among, sort, MOST).await.expect("studies")
            };
            let mut ids: Vec<i64> = found.iter().map(Sorted::id).collect();
            let mut expected: Vec<i64> =
                places.iter().map(|place| place.study_id.abs()).filter(|id| *id != 0).collect();
            ids.sort_unstable();
            expected.sort_unstable();
            assert!(ids == expected, "{q}: {} and {}", ids.len(), expected.len());
            assert!(ids.len() > 50, "{q}: {}", ids.len());
            if !pays {
                continue;
            }
            assert_eq!(number(reader, &lengths, &mut plan).await.expect("a number"), Some(ids.len() as u64), "{q}");
            let keyed = sorted::keyed(reader, places, sort).await.expect("keys");
            let in_order = sorted::sorted(keyed, sort, None);
            let expected: Vec<Row> = in_order.iter().filter_map(|(_, place)| place.as_ref()).map(of_place).collect();
            let patience = Duration::from_mins(1);
            let hits = queries::sorted_hits(reader, &lengths, &query, sort, None, MOST, patience).await.expect("hits");
            let found: Vec<Row> = hits.ok().expect("not too many").hits.into_iter().map(of_hit).collect();
            let differs = found.iter().zip(&expected).find(|(one, other)| one != other);
            assert!(found == expected, "{asked:?}: {} and {}, {differs:?}", found.len(), expected.len());
        }
        db.close().await.expect("the connections close");
        remove().await;
    }
}
