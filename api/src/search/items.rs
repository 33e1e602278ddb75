//! Hits as they are answered.

use serde_json::{Map, Value};

use super::dto::{HitType, MOST_INCLUDED, SearchHit};
use super::found::Found;
use super::plan::Plan;
use super::queries;
use super::query::{Included, SearchQuery};
use super::reasons::{self, Row};
use crate::db::Reads;
use crate::error::ApiResult;
use crate::patients;
use crate::patients::dto::Patient;
use crate::studies::dto::Study;

/// A hit with its reasons.
pub fn item(found: Found, score: u32, query: &SearchQuery, plan: Option<&Plan<'_>>) -> SearchHit {
    match found {
        Found::Patient(row) => {
            let mut matched = plan.map(|plan| reasons::of_words(&Row::Patient(&row), plan)).unwrap_or_default();
            matched.extend(reasons::of_patient_filters(&row, query));
            matched.extend(reasons::of_patients_change(&row, query));
            let id = row.id;
            let patient = Some(Patient::from(*row));
            SearchHit { type_: HitType::Patient, id, score, matched, patient, study: None, studies: None, fields: None }
        }
        Found::Study(study) => {
            let mut matched = plan.map(|plan| reasons::of_words(&Row::Study(&study), plan)).unwrap_or_default();
            matched.extend(reasons::of_patient_filters(&study.patient, query));
            matched.extend(reasons::of_study_filters(&study, query));
            let id = study.row.id;
            let study = Some(Study::from(*study));
            SearchHit { type_: HitType::Study, id, score, matched, patient: None, study, studies: None, fields: None }
        }
    }
}

/// Hits with what `include` adds and as `fields` wants them.
///
/// # Errors
/// When the database fails.
pub async fn completed(db: &impl Reads, mut items: Vec<SearchHit>, query: &SearchQuery) -> ApiResult<Vec<SearchHit>> {
    if query.include.contains(&Included::Studies) {
        let of_patients =
            items.iter().filter(|hit| hit.type_ == HitType::Patient).map(|hit| hit.id).collect::<Vec<_>>();
        let mut studies = queries::newest_studies(db, &of_patients, MOST_INCLUDED).await?;
        for hit in items.iter_mut().filter(|hit| hit.type_ == HitType::Patient) {
            hit.studies = Some(studies.remove(&hit.id).unwrap_or_default().into_iter().map(Study::from).collect());
        }
    }
    let patients = if query.include.contains(&Included::Patient) { patients_of(db, &items).await? } else { Vec::new() };
    for hit in &mut items {
        let mut row = Map::new();
        if !query.fields.is_empty() {
            let whole = match hit.type_ {
                HitType::Patient => serde_json::to_value(hit.patient.take()),
                HitType::Study => serde_json::to_value(hit.study.take()),
            };
            if let Ok(Value::Object(whole)) = whole {
                row.extend(whole.into_iter().filter(|(name, _)| query.fields.contains(&name.as_str())));
            }
            hit.fields = Some(row);
        }
    }
    for (index, patient) in patients {
        items[index].patient = Some(patient);
    }
    Ok(items)
}

/// The patients of the studies among the hits, each with its place in the list.
async fn patients_of(db: &impl Reads, items: &[SearchHit]) -> ApiResult<Vec<(usize, Patient)>> {
    let wanted: Vec<(usize, i64)> =
        items.iter().enumerate().filter_map(|(index, hit)| Some((index, hit.study.as_ref()?.patient_fk))).collect();
    let ids: Vec<i64> = wanted.iter().map(|(_, id)| *id).collect();
    let rows = patients::queries::find_by_id(db, &ids).await?;
    let patient = |id: i64| rows.get(&id).cloned().map(Patient::from);
    Ok(wanted.into_iter().filter_map(|(index, id)| Some((index, patient(id)?))).collect())
}
