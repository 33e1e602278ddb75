//! What each section of a search asks of the database. Every branch of a statement reads one range of an index in its order and stops.

use sea_orm::DbErr;

use super::found::{Found, found};
use super::plan::{Names, Plan};
use super::ranges::{Range, Reach, leading};
use super::rank::{Identifier, Place, SECTIONS, Source, Tier};
use super::sql::{PATIENT, PATIENT_BY_ENTRY, STUDY, Scope, Side, Sql};
use crate::db::Reads;
use crate::values::date;

/// The sections of identifiers end here.
pub const FIRST_OF_WORDS: usize = 5;
/// The sections that are no ranges of words end here: behind identifiers comes that of names.
pub const FIRST_OF_RANGES: usize = 6;
/// The sections of patients spelled as typed end here.
pub const FIRST_AFTER_PATIENTS: usize = 8;
/// The section of the studies of a patient with a number.
pub const STUDIES_BY_PATIENTS_NUMBER: usize = 4;
/// As many studies by their patient's number are read together, and sorted here.
const CROWD: usize = 100;
/// Patients of one number: there is one for each issuer.
const ISSUERS: i64 = 1000;

/// How far the words of a section may be from what was typed.
pub fn upto(plan: &Plan<'_>, section: usize) -> Tier {
    let tier = SECTIONS[section].tier;
    if tier <= Tier::Prefix { plan.base() } else { tier }
}

/// The conditions of a section beside the lead's needle: it is no hit of an earlier section, and the other words match.
pub fn not_before(sql: &mut Sql, plan: &Plan<'_>, section: usize, scope: Scope) {
    let tier = SECTIONS[section].tier;
    // What refuses most comes first.
    sql.others_match(plan, upto(plan, section), scope, |word| word == plan.lead);
    if tier <= Tier::Prefix {
        sql.is_not_by_identifier(plan, scope.words);
    }
    match tier.before() {
        Some(Tier::Exact) => {
            sql.push(" AND NOT ").any_needle(&scope.words[..1], &plan.needles(plan.lead, Tier::Exact));
        }
        Some(before) => {
            sql.not_all_match(plan, before, scope);
        }
        None => {}
    }
}

/// Whether the row of every patient is read that words alone do not refuse.
pub fn needs_patient(plan: &Plan<'_>) -> bool {
    plan.query.is_filtered() || plan.query.terms.iter().any(|term| term.date.is_some())
}

/// One patients' branch: the entries of a range.
fn patients_branch(sql: &mut Sql, plan: &Plan<'_>, range: &Range, reach: Reach<'_>) {
    range.select(sql.begin_branch());
    if needs_patient(plan) {
        sql.join("patient").push(" ON patient.id = entry.row_id");
    }
    let may_match = |sql: &mut Sql| {
        sql.others_may_match(plan, upto(plan, range.section), "entry", |word| word == plan.lead);
    };
    range.entries_where(sql.push(" WHERE "), reach, may_match);
    not_before(sql, plan, range.section, PATIENT_BY_ENTRY);
    if SECTIONS[range.section].tier <= Tier::Prefix {
        for Names { from, to } in &plan.names {
            sql.push(" AND NOT (entry.sort_key >= ").bind(from.as_str());
            sql.push(" AND entry.sort_key < ").bind(to.as_str()).push(")");
        }
    }
    sql.is_first(&leading(plan, SECTIONS[range.section].tier));
    if plan.query.is_filtered() {
        sql.filter(plan.query.patient_filter.condition(), false);
    }
    range.in_order(sql).push(" LIMIT ").bind(reach.limit()).end_branch();
}

/// Patients whose names begin with the words in one order.
fn by_name(sql: &mut Sql, plan: &Plan<'_>, section: usize, order: usize, reach: Reach<'_>) {
    let after = reach.after.filter(|place| place.section == section);
    let kind = i16::try_from(order).unwrap_or(i16::MAX);
    if after.is_some_and(|place| place.kind > kind) {
        return;
    }
    sql.begin_branch();
    sql.push(&format!("SELECT {section} AS section, {kind} AS kind, '' AS token, 0 AS field, "));
    sql.push("patient.name_key AS sort_key, patient.id AS row_id, 0 AS newest, 0 AS study_id FROM patient");
    let Names { from, to } = &plan.names[order];
    sql.push(" WHERE patient.name_key < ").bind(to.as_str());
    match after.filter(|place| place.kind == kind) {
        Some(Place { sort_key, row_id, .. }) => {
            let columns = [("patient.name_key", sort_key.as_str().into()), ("patient.id", (*row_id).into())];
            sql.on_side(&columns, Side::Behind);
        }
        None => {
            sql.push(" AND patient.name_key >= ").bind(from.as_str());
        }
    }
    sql.push(" AND patient.deleted_at IS NULL").is_not_by_identifier(plan, PATIENT.words);
    sql.push(" ORDER BY patient.name_key, patient.id LIMIT ").bind(reach.limit()).end_branch();
}

/// Sections of identifiers and of names, and ranges of patients by their words, in one statement. The second part says that a patient
/// of a number has so many studies that not all of them were read.
pub async fn identifiers_and_patients(
    db: &impl Reads,
    plan: &Plan<'_>,
    sections: &[usize],
    ranges: &[Range],
    reach: Reach<'_>,
    reads_rows: bool,
) -> Result<(Vec<(Place, Option<Found>)>, bool), DbErr> {
    let (mut sql, mut words) = (Sql::new(db.get_database_backend()), Sql::new(db.get_database_backend()));
    let term = plan.query.terms[plan.lead_term].raw.as_str();
    let is_asked = |source: Source| plan.may_identify && source.can_yield(term);
    for section in sections.iter().copied().filter(|at| plan.query.wants(SECTIONS[*at].source)) {
        match SECTIONS[section].source {
            Source::PatientByName => {
                (0..plan.names.len()).for_each(|order| by_name(&mut words, plan, section, order, reach));
            }
            source if !is_asked(source) => {}
            Source::PatientByNumber => by_number(&mut sql, plan, section, reach),
            Source::StudyByIdentifier(identifier) => by_identifier(&mut sql, plan, section, identifier, reach),
            _ => by_patients_number(&mut sql, plan, section),
        }
    }
    for range in ranges {
        patients_branch(&mut words, plan, range, reach);
    }
    if !words.is_empty() {
        // They come in the order of the places: those behind a full page are not looked for.
        words.push(" LIMIT ").bind(reach.limit());
        sql.begin_branch().append(words).end_branch();
    }
    if sql.is_empty() {
        return Ok((Vec::new(), false));
    }
    let hits = found(sql, db, PLACE, reads_rows).await?;
    let mut hits: Vec<(Place, Option<Found>)> = hits.into_iter().map(|(row, found)| (place(row), found)).collect();
    let crowd = hits.iter().filter(|(place, _)| place.section == STUDIES_BY_PATIENTS_NUMBER).count();
    hits.retain(|(place, _)| reach.after.is_none_or(|after| place > after));
    hits.sort_by(|(one, _), (other, _)| one.cmp(other));
    hits.truncate(reach.limit.max(CROWD));
    Ok((hits, crowd > CROWD))
}

fn by_number(sql: &mut Sql, plan: &Plan<'_>, section: usize, reach: Reach<'_>) {
    sql.begin_branch();
    sql.push(&format!("SELECT {section} AS section, 0 AS kind, '' AS token, 0 AS field, '' AS sort_key, "));
    sql.push("patient.id AS row_id, 0 AS newest, 0 AS study_id FROM patient WHERE patient.patient_id = ");
    sql.bind(plan.query.terms[plan.lead_term].raw.as_str());
    if let Some(place) = reach.after.filter(|place| place.section == section) {
        sql.push(" AND patient.id > ").bind(place.row_id);
    }
    sql.push(" AND patient.deleted_at IS NULL");
    if plan.query.is_filtered() {
        sql.filter(plan.query.patient_filter.condition(), false);
    }
    sql.others_match(plan, plan.base(), PATIENT, |word| plan.words[word].term == plan.lead_term);
    // They are few, one for each issuer, and sorted when they are read.
    sql.push(" LIMIT ").bind(ISSUERS).end_branch();
}

/// What is asked of every study and its patient beside the section's own condition.
pub fn of_every_study(sql: &mut Sql, plan: &Plan<'_>) {
    sql.push(" AND study.deleted_at IS NULL");
    if plan.query.is_filtered() {
        sql.filter(plan.query.study_filter.condition(), true);
    }
}

pub const STUDY_AND_PATIENT: &str = " ON patient.id = study.patient_fk WHERE ";

fn column(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::PatientId => "patient.patient_id",
        Identifier::AccessionNumber => "study.accession_number",
        Identifier::StudyInstanceUid => "study.study_instance_uid",
        Identifier::StudyId => "study.study_id",
    }
}

fn by_identifier(sql: &mut Sql, plan: &Plan<'_>, section: usize, identifier: Identifier, reach: Reach<'_>) {
    let raw = plan.query.terms[plan.lead_term].raw.as_str();
    sql.begin_branch();
    sql.push(&format!("SELECT {section} AS section, 0 AS kind, '' AS token, 0 AS field, '' AS sort_key, "));
    sql.push("0 AS row_id, 0 AS newest, study.id AS study_id FROM study");
    let is_all = plan.words.iter().all(|word| word.term == plan.lead_term) && !plan.query.is_filtered();
    if is_all {
        sql.push(" WHERE ");
    } else {
        sql.join("patient").push(STUDY_AND_PATIENT);
    }
    sql.push(column(identifier)).push(" = ").bind(raw);
    let earlier = [Identifier::AccessionNumber, Identifier::StudyInstanceUid];
    for earlier in earlier.into_iter().take_while(|earlier| *earlier != identifier) {
        sql.push(" AND COALESCE(").push(column(earlier)).push(", '') <> ").bind(raw);
    }
    if let Some(place) = reach.after.filter(|place| place.section == section) {
        sql.push(" AND study.id > ").bind(place.study_id);
    }
    of_every_study(sql, plan);
    sql.others_match(plan, plan.base(), STUDY, |word| plan.words[word].term == plan.lead_term);
    sql.push(" ORDER BY study.id LIMIT ").bind(reach.limit()).end_branch();
}

fn by_patients_number(sql: &mut Sql, plan: &Plan<'_>, section: usize) {
    sql.begin_branch();
    sql.push(&format!("SELECT {section} AS section, 0 AS kind, '' AS token, 0 AS field, "));
    // The day becomes a part of the place when it is read: the engines count days differently.
    sql.push("COALESCE(CAST(study.study_date AS CHAR), '') AS sort_key, ");
    sql.push("patient.id AS row_id, 0 AS newest, -study.id AS study_id FROM patient").join("study");
    sql.push(" ON study.patient_fk = patient.id WHERE patient.patient_id = ");
    sql.bind(plan.query.terms[plan.lead_term].raw.as_str());
    of_study(sql, plan, section);
    sql.push(" LIMIT ").bind(i64::try_from(CROWD + 1).unwrap_or(i64::MAX)).end_branch();
}

/// The patients of a number, as places of the section of their studies.
pub async fn patients_by_number(db: &impl Reads, plan: &Plan<'_>, after: Option<&Place>) -> Result<Vec<Place>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT id FROM patient WHERE patient_id = ").bind(plan.query.terms[plan.lead_term].raw.as_str());
    if let Some(place) = after.filter(|place| place.section == STUDIES_BY_PATIENTS_NUMBER) {
        sql.push(" AND id >= ").bind(place.row_id);
    }
    sql.push(" LIMIT ").bind(ISSUERS);
    let start = Place::start(STUDIES_BY_PATIENTS_NUMBER);
    let ids: Vec<(i64,)> = sql.rows(db, "id").await?;
    let mut places: Vec<Place> = ids.into_iter().map(|(row_id,)| Place { row_id, ..start.clone() }).collect();
    places.sort();
    Ok(places)
}

/// The conditions of a study that is found by its patient.
pub fn of_study(sql: &mut Sql, plan: &Plan<'_>, section: usize) {
    let own = &STUDY.words[..1];
    if section != STUDIES_BY_PATIENTS_NUMBER {
        sql.others_may_match(plan, upto(plan, section), "study", |word| word == plan.lead);
    }
    of_every_study(sql, plan);
    if section == STUDIES_BY_PATIENTS_NUMBER {
        sql.is_not_by_identifier(plan, own)
            .others_match(plan, plan.base(), STUDY, |word| plan.words[word].term == plan.lead_term);
        return;
    }
    let (tier, upto) = (SECTIONS[section].tier, upto(plan, section));
    sql.others_match(plan, upto, STUDY, |word| word == plan.lead);
    if tier <= Tier::Prefix {
        sql.is_not_by_identifier(plan, STUDY.words);
    }
    sql.push(" AND NOT ").any_needle(own, &plan.needles(plan.lead, upto));
    if let Some(range) = plan.query.terms[plan.lead_term].date.filter(|_| plan.is_date()) {
        sql.push(" AND NOT ").dates("study.study_date", range);
    }
    if tier == Tier::Prefix {
        sql.push(" AND NOT ").any_needle(&STUDY.words[1..], &plan.needles(plan.lead, Tier::Exact));
    }
    if let Some(before) = tier.before().filter(|_| tier > Tier::Prefix) {
        sql.not_all_match(plan, before, STUDY);
    }
}

/// The columns of a place.
const PLACE: &str = "section, kind, token, field, sort_key, row_id, newest, study_id";
type PlaceRow = (i64, i16, String, i16, String, i64, i32, i64);

pub async fn places(sql: Sql, db: &impl Reads) -> Result<Vec<Place>, DbErr> {
    Ok(sql.rows(db, PLACE).await?.into_iter().map(place).collect())
}

fn place((section, kind, token, field, mut sort_key, row_id, mut newest, study_id): PlaceRow) -> Place {
    let section = usize::try_from(section).unwrap_or_default();
    if section == STUDIES_BY_PATIENTS_NUMBER {
        newest = date(&sort_key).map_or(i32::MAX, |date| -date.to_julian_day());
        sort_key.clear();
    }
    Place { section, kind, token, field, sort_key, row_id, newest, study_id }
}
