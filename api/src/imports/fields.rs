//! The fields of a header, each held to the rules of [`crate::values`]; what breaks them is dropped, and told.

use std::collections::BTreeSet;

use time::macros::date;
use time::{Date, Time};

use super::attributes::{self as tag, Attributes, Tag, Warning};
use super::instance::{PatientFields, StudyFields};
use crate::patients::dto::sex;
use crate::studies::dto::LARGEST_NUMBER;
use crate::values::{self, FaultCode, PersonName};

const ADDRESS_LENGTH: usize = 255;
const COMMENTS_LENGTH: usize = 10_240;
const SHORT_LINE_LENGTH: usize = 16;
const LINE_LENGTH: usize = 64;
/// The date that forms without a field for "unknown" are filled with.
const PLACEHOLDER_BIRTH_DATE: Date = date!(1800 - 01 - 01);

/// Reads fields out of attributes and gathers the warnings on the way.
pub struct Fields<'a> {
    attributes: &'a Attributes,
    pub warnings: BTreeSet<Warning>,
}

impl<'a> Fields<'a> {
    /// A reader that knows already what could not be read.
    pub fn of(attributes: &'a Attributes) -> Self {
        Self { attributes, warnings: attributes.warnings.clone() }
    }

    /// The patient; a birth after the study is dropped.
    pub fn patient(&mut self, study_date: Option<Date>) -> PatientFields {
        let name = self.patient_name();
        let [family_name, given_name, middle_name, name_prefix, name_suffix] = name.alphabetic.map(not_empty);
        let (patient_id, issuer_of_patient_id) = self.number();
        PatientFields {
            patient_id,
            issuer_of_patient_id,
            family_name,
            given_name,
            middle_name,
            name_prefix,
            name_suffix,
            ideographic_name: not_empty(name.ideographic),
            phonetic_name: not_empty(name.phonetic),
            birth_name: self.birth_name(),
            birth_date: self.birth_date(study_date),
            sex: self.checked(tag::PATIENT_SEX, "sex", sex),
            address: self.line(tag::PATIENT_ADDRESS, "address", ADDRESS_LENGTH),
            telephone_number: self.line(tag::PATIENT_TELEPHONE_NUMBERS, "telephone_number", LINE_LENGTH),
            comments: self
                .checked(tag::PATIENT_COMMENTS, "comments", |text| values::lines(text, COMMENTS_LENGTH))
                .flatten(),
        }
    }

    /// The study of this UID.
    pub fn study(&mut self, study_instance_uid: String) -> StudyFields {
        let study_date = self.checked(tag::STUDY_DATE, "study_date", study_date);
        StudyFields {
            study_instance_uid,
            study_id: self.line(tag::STUDY_ID, "study_id", SHORT_LINE_LENGTH),
            accession_number: self.line(tag::ACCESSION_NUMBER, "accession_number", SHORT_LINE_LENGTH),
            study_date,
            study_time: self.study_time(study_date),
            study_description: self.line(tag::STUDY_DESCRIPTION, "study_description", LINE_LENGTH),
            referring_physician_name: self.person_name(tag::REFERRING_PHYSICIAN_NAME, "referring_physician_name"),
            name_of_physicians_reading_study: self
                .person_name(tag::NAME_OF_PHYSICIANS_READING_STUDY, "name_of_physicians_reading_study"),
            institution_name: self.line(tag::INSTITUTION_NAME, "institution_name", LINE_LENGTH),
        }
    }

    fn patient_name(&mut self) -> PersonName {
        self.checked(tag::PATIENT_NAME, "patient_name", PersonName::parse).unwrap_or_default()
    }

    /// The family name alone: what a birth name adds to the given names is in the patient's name already.
    fn birth_name(&mut self) -> Option<String> {
        let [family_name, ..] = self.checked(tag::PATIENT_BIRTH_NAME, "birth_name", PersonName::parse)?.alphabetic;
        not_empty(family_name)
    }

    /// The Patient ID and its issuer. An issuer without a Patient ID issues nothing: kept, it would come to qualify a number made up
    /// by the registry. A Patient ID whose issuer cannot be read would be that of a patient without an issuer, who is another one.
    fn number(&mut self) -> (Option<String>, Option<String>) {
        const ISSUER: &str = "issuer_of_patient_id";
        let patient_id = self.line(tag::PATIENT_ID, "patient_id", LINE_LENGTH);
        let issuer = self.line(tag::ISSUER_OF_PATIENT_ID, ISSUER, LINE_LENGTH);
        let is_unreadable = issuer.is_none() && self.warnings.iter().any(|warning| warning.field == ISSUER);
        match (patient_id, issuer) {
            (Some(_), _) if is_unreadable => {
                self.warn("patient_id", "with_unreadable_issuer");
                (None, None)
            }
            (None, Some(_)) => {
                self.warn(ISSUER, "without_patient_id");
                (None, None)
            }
            number => number,
        }
    }

    /// Of a birth after the study, the study is believed: its date comes from the modality's clock, the other was
    /// typed.
    fn birth_date(&mut self, study_date: Option<Date>) -> Option<Date> {
        let birth_date = self.first(tag::PATIENT_BIRTH_DATE, "birth_date").map(birth_date)?;
        let birth_date = birth_date.and_then(|date| match study_date {
            Some(study_date) if date > study_date => Err(FaultCode::BirthAfterStudy.name()),
            _ => Ok(date),
        });
        birth_date.map_err(|code| self.warn("birth_date", code)).ok()
    }

    fn study_time(&mut self, study_date: Option<Date>) -> Option<Time> {
        let text = self.first(tag::STUDY_TIME, "study_time")?;
        let time = match time_of_day(text) {
            Ok((time, leap_second)) => {
                if leap_second {
                    self.warn("study_time", "leap_second");
                }
                time
            }
            Err(fault) => {
                self.warn("study_time", fault.name());
                return None;
            }
        };
        if study_date.is_none() {
            self.warn("study_time", FaultCode::TimeWithoutDate.name());
        }
        study_date.map(|_| time)
    }

    /// Modalities in Study (0008,0061).
    pub fn modalities_in_study(&mut self) -> BTreeSet<String> {
        let attributes = self.attributes;
        let modalities = attributes.get(tag::MODALITIES_IN_STUDY).unwrap_or_default();
        let modalities = modalities.iter().filter(|modality| !modality.is_empty());
        modalities.filter_map(|modality| self.kept("modalities_in_study", values::code_string(modality))).collect()
    }

    /// The stated numbers of series and instances. A study has no fewer instances than series, or both are wrong.
    pub fn counts(&mut self) -> (Option<u32>, Option<u32>) {
        const FIELD: &str = "number_of_study_related_instances";
        let series = self.checked(tag::NUMBER_OF_STUDY_RELATED_SERIES, "number_of_study_related_series", count);
        let instances = self.checked(tag::NUMBER_OF_STUDY_RELATED_INSTANCES, FIELD, count);
        if instances < series && instances.is_some() {
            self.warn(FIELD, FaultCode::InstancesBelowSeries.name());
            return (None, None);
        }
        (series, instances)
    }

    fn line(&mut self, tag: Tag, field: &'static str, max: usize) -> Option<String> {
        self.checked(tag, field, |text| values::line(text, max)).flatten()
    }

    fn person_name(&mut self, tag: Tag, field: &'static str) -> Option<String> {
        self.checked(tag, field, values::person_name).flatten()
    }

    /// The first value, if there is one and the rule has nothing against it.
    pub fn checked<T>(
        &mut self,
        tag: Tag,
        field: &'static str,
        rule: impl Fn(&str) -> Result<T, FaultCode>,
    ) -> Option<T> {
        let text = self.first(tag, field)?;
        self.kept(field, rule(text))
    }

    /// The first value if it is not empty. Further values are dropped: every field of the registry has one.
    pub fn first(&mut self, tag: Tag, field: &'static str) -> Option<&'a str> {
        match self.attributes.get(tag) {
            Ok([]) => None,
            Ok([first, others @ ..]) => {
                if others.iter().any(|value| !value.is_empty()) {
                    self.warn(field, "several_values");
                }
                Some(first.as_str()).filter(|value| !value.is_empty())
            }
            Err(code) => {
                self.warn(field, code);
                None
            }
        }
    }

    fn kept<T>(&mut self, field: &'static str, checked: Result<T, FaultCode>) -> Option<T> {
        checked.map_err(|fault| self.warn(field, fault.name())).ok()
    }

    fn warn(&mut self, field: &'static str, code: &'static str) {
        self.warnings.insert(Warning { field, code });
    }
}

fn not_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn count(text: &str) -> Result<u32, FaultCode> {
    let count = text.parse().ok().filter(|count| i64::from(*count) <= LARGEST_NUMBER);
    count.ok_or(FaultCode::OutOfRange)
}

fn study_date(text: &str) -> Result<Date, FaultCode> {
    values::study_date(calendar_date(text)?, true)
}

/// A birth date that may be one; what forms are filled with when it is unknown has the code `placeholder`.
fn birth_date(text: &str) -> Result<Date, &'static str> {
    match calendar_date(text).and_then(values::birth_date) {
        Ok(PLACEHOLDER_BIRTH_DATE) => Err("placeholder"),
        checked => checked.map_err(FaultCode::name),
    }
}

/// A DA value, `YYYYMMDD` (PS3.5 section 6.2), or its forms `YYYY.MM.DD` of ACR-NEMA and `YYYY-MM-DD`.
fn calendar_date(text: &str) -> Result<Date, FaultCode> {
    let digits = match text.as_bytes() {
        [_, _, _, _, a @ (b'.' | b'-'), _, _, b, _, _] if a == b => text.replace(char::from(*a), ""),
        _ => text.to_owned(),
    };
    if digits.len() != 8 || !digits.is_ascii() {
        return Err(FaultCode::InvalidDate);
    }
    values::date(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// A TM value, `HH[MM[SS[.F]]]` (PS3.5 section 6.2), or its ACR-NEMA form with colons; what is not said is zero.
///
/// The 60th second of a minute is taken for the 59th, and this is told; an hour 24 is invalid, since it is a moment of
/// the next day. Digits beyond the microsecond are dropped.
fn time_of_day(text: &str) -> Result<(Time, bool), FaultCode> {
    if !text.is_ascii() {
        return Err(FaultCode::InvalidTime);
    }
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let parts: Vec<&str> = if clock.contains(':') {
        clock.split(':').collect()
    } else {
        (0..clock.len()).step_by(2).map(|at| &clock[at..clock.len().min(at + 2)]).collect()
    };
    let (hour, minute, second) = match parts[..] {
        [hour] => (hour, "00", "00"),
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(FaultCode::InvalidTime),
    };
    if parts.len() < 3 && !fraction.is_empty() {
        return Err(FaultCode::InvalidTime);
    }
    let leap_second = second == "60";
    let second = if leap_second { "59" } else { second };
    let mut iso = format!("{hour}:{minute}:{second}");
    if !fraction.is_empty() {
        iso.push('.');
        iso.push_str(&fraction[..fraction.len().min(6)]);
    }
    Ok((values::time_of_day(&iso)?, leap_second))
}
