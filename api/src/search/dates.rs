//! Rows by a day.

use sea_orm::DbErr;
use time::Date;

use super::branches::{STUDY_AND_PATIENT, of_every_study};
use super::plan::Plan;
use super::ranges::Reach;
use super::rank::{Place, SECTIONS, Source};
use super::sql::{PATIENT, STUDY, Side, Sql};
use crate::db::Reads;
use crate::values::{DateRange, date, date_text};

/// Rows by the leading term, read as a date.
pub async fn by_date(db: &impl Reads, plan: &Plan<'_>, section: usize, reach: Reach<'_>) -> Result<Vec<Place>, DbErr> {
    let Some(range) = plan.query.terms[plan.lead_term].date.filter(|_| plan.is_date()) else { return Ok(Vec::new()) };
    let of_patients = SECTIONS[section].source == Source::PatientByDate;
    let mut sql = Sql::new(db.get_database_backend());
    let (scope, day) = if of_patients {
        sql.push("SELECT patient.birth_date AS day, patient.id AS id FROM patient WHERE ");
        (PATIENT, "patient.birth_date")
    } else {
        sql.push("SELECT study.study_date AS day, study.id AS id FROM study").join("patient").push(STUDY_AND_PATIENT);
        (STUDY, "study.study_date")
    };
    let begun = reach.after.and_then(|place| Some((place, day_of(place)?)));
    // Patients come with the days, studies against them; the place bounds the days where it lies.
    sql.dates(
        day,
        match begun {
            Some(_) if of_patients => DateRange { from: None, ..range },
            Some(_) => DateRange { to: None, ..range },
            None => range,
        },
    );
    if let Some((place, date)) = begun {
        let (id, last, side) = if of_patients {
            ("patient.id", place.row_id, Side::Behind)
        } else {
            ("study.id", -place.study_id, Side::Before)
        };
        sql.on_side(&[(day, date.into()), (id, last.into())], side);
    }
    if of_patients {
        sql.push(" AND patient.deleted_at IS NULL").filter(plan.query.patient_filter.condition(), false);
    } else {
        of_every_study(&mut sql, plan);
    }
    sql.is_not_by_identifier(plan, scope.words);
    sql.push(" AND NOT ").any_needle(&scope.words[..1], &plan.needles(plan.lead, plan.base()));
    sql.others_match(plan, plan.base(), scope, |word| plan.words[word].term == plan.lead_term);
    let order = if of_patients {
        " ORDER BY patient.birth_date, patient.id"
    } else {
        " ORDER BY study.study_date DESC, study.id DESC"
    };
    sql.push(order).push(" LIMIT ").bind(reach.limit());
    let mut places = Vec::new();
    for (day, id) in sql.rows::<(Date, i64)>(db, "day, id").await? {
        places.push(if of_patients { place_of_birth(section, day, id) } else { place_of_study(section, day, id) });
    }
    Ok(places)
}

/// The place of a patient in a section by birth dates.
pub fn place_of_birth(section: usize, day: Date, id: i64) -> Place {
    Place { sort_key: date_text(day), row_id: id, newest: 0, ..Place::start(section) }
}

/// The place of a study in a section by their dates.
pub fn place_of_study(section: usize, day: Date, id: i64) -> Place {
    Place { row_id: 0, newest: -day.to_julian_day(), study_id: -id, ..Place::start(section) }
}

fn day_of(place: &Place) -> Option<Date> {
    if place.study_id == 0 {
        return date(&place.sort_key).ok();
    }
    place.day()
}
