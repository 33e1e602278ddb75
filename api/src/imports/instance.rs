//! What one header tells about a patient and a study, held to the rules of [`crate::values`].
//!
//! Leniency: a value that breaks a rule costs the value, never the row. It becomes `None`, with a [`Warning`] that
//! names the field and the rule. Only a missing or invalid Study Instance UID refuses the object.

use std::collections::BTreeSet;

use time::{Date, Time};

use super::attributes::{self as tag, Attributes, Warning};
use super::fields::Fields;
use super::refusal::{Reason, Refusal};
use crate::values;

/// One header, or one object of a DICOM JSON file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instance {
    pub patient: PatientFields,
    pub study: StudyFields,
    /// Modality (0008,0060) of the series.
    pub modality: Option<String>,
    /// As sent: it is counted, not stored, so it need not keep the rules of UIDs.
    pub series_instance_uid: Option<String>,
    /// As sent, like the series'.
    pub sop_instance_uid: Option<String>,
    /// Modalities in Study (0008,0061), which a query response has.
    pub modalities_in_study: BTreeSet<String>,
    /// Counts that a query response states.
    pub number_of_study_related_series: Option<u32>,
    pub number_of_study_related_instances: Option<u32>,
    pub warnings: BTreeSet<Warning>,
}

/// The patient as the registry stores it (PS3.3 C.2.2 and C.2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientFields {
    pub patient_id: Option<String>,
    /// Never without a `patient_id`.
    pub issuer_of_patient_id: Option<String>,
    pub family_name: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub name_prefix: Option<String>,
    pub name_suffix: Option<String>,
    /// The ideographic group of the name, its components joined by `^`.
    pub ideographic_name: Option<String>,
    /// The phonetic group of the name, its components joined by `^`.
    pub phonetic_name: Option<String>,
    /// The family name of Patient's Birth Name (0010,1005).
    pub birth_name: Option<String>,
    /// Never after the study's date.
    pub birth_date: Option<Date>,
    /// `M`, `F` or `O`.
    pub sex: Option<String>,
    pub address: Option<String>,
    pub telephone_number: Option<String>,
    pub comments: Option<String>,
}

/// The study as the registry stores it (PS3.3 C.7.2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyFields {
    pub study_instance_uid: String,
    pub study_id: Option<String>,
    pub accession_number: Option<String>,
    pub study_date: Option<Date>,
    /// Never without a `study_date`.
    pub study_time: Option<Time>,
    pub study_description: Option<String>,
    /// A PN string.
    pub referring_physician_name: Option<String>,
    /// A PN string: the first of the physicians.
    pub name_of_physicians_reading_study: Option<String>,
    pub institution_name: Option<String>,
}

impl PatientFields {
    /// The Patient ID and its issuer, empty where none is said: what tells patients apart.
    pub fn number(&self) -> Option<(&str, &str)> {
        Some((self.patient_id.as_deref()?, self.issuer_of_patient_id.as_deref().unwrap_or("")))
    }
}

impl Instance {
    /// Takes over what the attributes say.
    ///
    /// # Errors
    /// [`Reason::StudyUidMissing`] or [`Reason::StudyUidInvalid`].
    pub fn new(attributes: &Attributes) -> Result<Self, Refusal> {
        let study_instance_uid = study_instance_uid(attributes)?;
        let mut fields = Fields::of(attributes);
        let study = fields.study(study_instance_uid);
        let patient = fields.patient(study.study_date);
        let (number_of_study_related_series, number_of_study_related_instances) = fields.counts();
        Ok(Self {
            patient,
            study,
            modality: fields.checked(tag::MODALITY, "modality", values::code_string),
            series_instance_uid: fields.first(tag::SERIES_INSTANCE_UID, "series_instance_uid").map(str::to_owned),
            sop_instance_uid: fields.first(tag::SOP_INSTANCE_UID, "sop_instance_uid").map(str::to_owned),
            modalities_in_study: fields.modalities_in_study(),
            number_of_study_related_series,
            number_of_study_related_instances,
            warnings: fields.warnings,
        })
    }
}

fn study_instance_uid(attributes: &Attributes) -> Result<String, Refusal> {
    match attributes.get(tag::STUDY_INSTANCE_UID) {
        Ok([]) => Err(Reason::StudyUidMissing.into()),
        Ok([uid]) if uid.is_empty() => Err(Reason::StudyUidMissing.into()),
        Ok([uid]) => values::uid(uid).map_err(|fault| Refusal::new(Reason::StudyUidInvalid, fault.name())),
        // Which study a list of UIDs belongs to is not for us to say.
        Ok(_) | Err(_) => Err(Reason::StudyUidInvalid.into()),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, time};

    use super::super::attributes::Tag;
    use super::*;

    fn of_study(values: &[(Tag, &str)]) -> Attributes {
        let mut attributes = Attributes::default();
        attributes.put(tag::STUDY_INSTANCE_UID, ["1.2.3"]);
        for (tag, value) in values {
            attributes.put(*tag, value.split('\\'));
        }
        attributes
    }

    fn read(values: &[(Tag, &str)]) -> Instance {
        Instance::new(&of_study(values)).expect("an instance")
    }

    /// Checks what is made of one value, and the warnings as `field:code`.
    #[track_caller]
    fn check<T: PartialEq + std::fmt::Debug>(
        values: &[(Tag, &str)],
        get: impl Fn(&Instance) -> T,
        expected: T,
        warnings: &[&str],
    ) {
        let instance = read(values);
        let told: Vec<String> = instance.warnings.iter().map(|w| format!("{}:{}", w.field, w.code)).collect();
        let warnings = warnings.iter().map(ToString::to_string).collect();
        assert_eq!((get(&instance), told), (expected, warnings), "{values:?}");
    }

    #[test]
    fn whole_headers_are_taken_over_whole() {
        let instance = read(&[
            (tag::PATIENT_NAME, "Yamada^Tarou^B^Dr^Jr=山田^太郎=やまだ^たろう"),
            (tag::PATIENT_ID, " 42 \0"),
            (tag::ISSUER_OF_PATIENT_ID, "CHU"),
            (tag::PATIENT_BIRTH_NAME, "Suzuki^Tarou"),
            (tag::PATIENT_BIRTH_DATE, "19700102"),
            (tag::PATIENT_SEX, "F"),
            (tag::STUDY_DATE, "20240229"),
            (tag::STUDY_TIME, "0830"),
            (tag::REFERRING_PHYSICIAN_NAME, "House^Gregory^^^"),
            (tag::MODALITY, "CT"),
        ]);
        let patient = &instance.patient;
        assert_eq!(patient.patient_id.as_deref(), Some("42"));
        assert_eq!(patient.issuer_of_patient_id.as_deref(), Some("CHU"));
        let name = [
            &patient.family_name,
            &patient.given_name,
            &patient.middle_name,
            &patient.name_prefix,
            &patient.name_suffix,
        ];
        assert_eq!(name.map(|part| part.as_deref().unwrap_or("")), ["Yamada", "Tarou", "B", "Dr", "Jr"]);
        assert_eq!(patient.ideographic_name.as_deref(), Some("山田^太郎"));
        assert_eq!(patient.phonetic_name.as_deref(), Some("やまだ^たろう"));
        assert_eq!(patient.birth_name.as_deref(), Some("Suzuki"));
        assert_eq!(patient.birth_date, Some(date!(1970 - 01 - 02)));
        assert_eq!(patient.sex.as_deref(), Some("F"));
        assert_eq!(instance.study.study_date, Some(date!(2024 - 02 - 29)));
        assert_eq!(instance.study.study_time, Some(time!(8:30)));
        assert_eq!(instance.study.referring_physician_name.as_deref(), Some("House^Gregory"));
        assert_eq!(instance.modality.as_deref(), Some("CT"));
        assert!(instance.warnings.is_empty(), "{:?}", instance.warnings);
    }

    #[test]
    fn a_study_without_a_uid_is_refused() {
        let refused = |uids: &[&str]| {
            let mut attributes = Attributes::default();
            attributes.put(tag::STUDY_INSTANCE_UID, uids);
            Instance::new(&attributes).map_err(|refusal| refusal.reason)
        };
        assert_eq!(Instance::new(&Attributes::default()).map_err(|r| r.reason), Err(Reason::StudyUidMissing));
        assert_eq!(refused(&[" "]), Err(Reason::StudyUidMissing));
        for bad in [&["1.02"][..], &["1.a"], &["1.2", "1.3"], &[&"1".repeat(65)]] {
            assert_eq!(refused(bad), Err(Reason::StudyUidInvalid), "{bad:?}");
        }
    }

    #[test]
    fn empty_values_are_no_values() {
        let all_but_uid = tag::OF_AN_INSTANCE.iter().filter(|&&tag| tag != tag::STUDY_INSTANCE_UID);
        let empty: Vec<(Tag, &str)> = all_but_uid.map(|&tag| (tag, "  ")).collect();
        assert_eq!(read(&empty), read(&[]));
        check(&[(tag::PATIENT_NAME, "^^^^")], |i| i.patient.family_name.clone(), None, &[]);
    }

    #[test]
    fn dates_may_be_written_in_the_old_way() {
        for text in ["19970424", "1997.04.24", "1997-04-24"] {
            check(&[(tag::STUDY_DATE, text)], |i| i.study.study_date, Some(date!(1997 - 04 - 24)), &[]);
        }
        for text in
            ["1997", "1997/04/24", "1997.04-24", "19970431", "00000000", "1997042", "UNKNOWN!", "é997042", "+9970424"]
        {
            check(&[(tag::STUDY_DATE, text)], |i| i.study.study_date, None, &["study_date:invalid_date"]);
        }
        check(&[(tag::STUDY_DATE, "99991231")], |i| i.study.study_date, None, &["study_date:date_in_future"]);
    }

    #[test]
    fn placeholders_are_no_births() {
        let birth_date = |instance: &Instance| instance.patient.birth_date;
        check(&[(tag::PATIENT_BIRTH_DATE, "11111111")], birth_date, None, &["birth_date:date_implausible"]);
        check(&[(tag::PATIENT_BIRTH_DATE, "17991231")], birth_date, None, &["birth_date:date_implausible"]);
        check(&[(tag::PATIENT_BIRTH_DATE, "18000101")], birth_date, None, &["birth_date:placeholder"]);
        check(&[(tag::PATIENT_BIRTH_DATE, "99991231")], birth_date, None, &["birth_date:date_in_future"]);
        check(&[(tag::PATIENT_BIRTH_DATE, "00000000")], birth_date, None, &["birth_date:invalid_date"]);
        check(&[(tag::PATIENT_BIRTH_DATE, "18000102")], birth_date, Some(date!(1800 - 01 - 02)), &[]);
    }

    #[test]
    fn a_birth_after_the_study_is_dropped() {
        let dates = |birth| [(tag::PATIENT_BIRTH_DATE, birth), (tag::STUDY_DATE, "20200101")];
        check(&dates("20200101"), |i| i.patient.birth_date, Some(date!(2020 - 01 - 01)), &[]);
        check(&dates("20200102"), |i| i.patient.birth_date, None, &["birth_date:birth_after_study"]);
        assert_eq!(read(&dates("20200102")).study.study_date, Some(date!(2020 - 01 - 01)));
    }

    #[test]
    fn times_may_be_partial_or_written_in_the_old_way() {
        let at = |text| [(tag::STUDY_DATE, "20200101"), (tag::STUDY_TIME, text)];
        for (text, expected) in [
            ("08", time!(8:00)),
            ("0830", time!(8:30)),
            ("083015", time!(8:30:15)),
            ("083015.5", time!(8:30:15.5)),
            ("083015.", time!(8:30:15)),
            ("083015.123456789", time!(8:30:15.123456)),
            ("08:30:15", time!(8:30:15)),
            ("08:30", time!(8:30)),
        ] {
            check(&at(text), |i| i.study.study_time, Some(expected), &[]);
        }
        check(&at("235960.2"), |i| i.study.study_time, Some(time!(23:59:59.2)), &["study_time:leap_second"]);
        for text in [
            "2400",
            "24:00:00",
            "8",
            "083",
            "0860",
            "083061",
            "08.5",
            "8:30",
            "08:3",
            "08:30:15:20",
            "0830-0900",
            "é8",
            "08301512",
        ] {
            check(&at(text), |i| i.study.study_time, None, &["study_time:invalid_time"]);
        }
    }

    #[test]
    fn a_time_without_a_date_is_dropped() {
        check(&[(tag::STUDY_TIME, "0830")], |i| i.study.study_time, None, &["study_time:time_without_date"]);
        let wrong_date = [(tag::STUDY_DATE, "20201301"), (tag::STUDY_TIME, "0830")];
        check(&wrong_date, |i| i.study.study_time, None, &["study_date:invalid_date", "study_time:time_without_date"]);
    }

    #[test]
    fn sexes_are_three() {
        for text in ["M", "F", "O"] {
            check(&[(tag::PATIENT_SEX, text)], |i| i.patient.sex.clone(), Some(text.to_owned()), &[]);
        }
        for text in ["U", "m", "MALE"] {
            check(&[(tag::PATIENT_SEX, text)], |i| i.patient.sex.clone(), None, &["sex:invalid_enum"]);
        }
    }

    #[test]
    fn what_is_too_long_is_dropped_and_not_cut() {
        let long = |length| "x".repeat(length);
        check(&[(tag::PATIENT_ID, &long(64))], |i| i.patient.patient_id.is_some(), true, &[]);
        check(&[(tag::PATIENT_ID, &long(65))], |i| i.patient.patient_id.is_some(), false, &["patient_id:too_long"]);
        check(&[(tag::STUDY_ID, &long(17))], |i| i.study.study_id.is_some(), false, &["study_id:too_long"]);
        check(&[(tag::PATIENT_ADDRESS, &long(255))], |i| i.patient.address.is_some(), true, &[]);
        check(
            &[(tag::PATIENT_COMMENTS, &long(10_241))],
            |i| i.patient.comments.is_some(),
            false,
            &["comments:too_long"],
        );
        let name = long(65);
        check(
            &[(tag::PATIENT_NAME, &name)],
            |i| i.patient.family_name.is_some(),
            false,
            &["patient_name:pn_group_too_long"],
        );
        let physician = |i: &Instance| i.study.referring_physician_name.is_some();
        check(
            &[(tag::REFERRING_PHYSICIAN_NAME, &name)],
            physician,
            false,
            &["referring_physician_name:pn_group_too_long"],
        );
    }

    #[test]
    fn values_that_break_a_rule_are_dropped() {
        check(
            &[(tag::PATIENT_ID, "4\x002")],
            |i| i.patient.patient_id.is_some(),
            false,
            &["patient_id:invalid_character"],
        );
        check(&[(tag::MODALITY, "ct")], |i| i.modality.is_some(), false, &["modality:invalid_code_string"]);
        check(
            &[(tag::PATIENT_NAME, "a=b=c=d")],
            |i| i.patient.family_name.is_some(),
            false,
            &["patient_name:pn_too_many_groups"],
        );
        let modalities = |i: &Instance| i.modalities_in_study.iter().cloned().collect::<Vec<_>>();
        check(
            &[(tag::MODALITIES_IN_STUDY, "CT\\\\sr\\MR")],
            modalities,
            vec!["CT".to_owned(), "MR".to_owned()],
            &["modalities_in_study:invalid_code_string"],
        );
    }

    #[test]
    fn of_several_values_the_first_is_kept() {
        let physicians = [(tag::NAME_OF_PHYSICIANS_READING_STUDY, "A^B\\C^D")];
        let kept = |i: &Instance| i.study.name_of_physicians_reading_study.clone();
        check(&physicians, kept, Some("A^B".to_owned()), &["name_of_physicians_reading_study:several_values"]);
        check(&[(tag::NAME_OF_PHYSICIANS_READING_STUDY, "A^B\\")], kept, Some("A^B".to_owned()), &[]);
    }

    #[test]
    fn an_issuer_without_a_patient_id_is_dropped() {
        let issuer = [(tag::ISSUER_OF_PATIENT_ID, "CHU")];
        check(&issuer, |i| i.patient.issuer_of_patient_id.clone(), None, &["issuer_of_patient_id:without_patient_id"]);
    }

    #[test]
    fn counts_are_numbers_that_agree() {
        let counts = |i: &Instance| (i.number_of_study_related_series, i.number_of_study_related_instances);
        let stated = |series, instances| {
            [(tag::NUMBER_OF_STUDY_RELATED_SERIES, series), (tag::NUMBER_OF_STUDY_RELATED_INSTANCES, instances)]
        };
        check(&stated("2", "40"), counts, (Some(2), Some(40)), &[]);
        check(&stated("2", ""), counts, (Some(2), None), &[]);
        check(&stated("2", "1"), counts, (None, None), &["number_of_study_related_instances:out_of_range"]);
        check(&stated("-2", "1"), counts, (None, Some(1)), &["number_of_study_related_series:out_of_range"]);
    }

    #[test]
    fn unreadable_values_are_told() {
        let mut attributes = of_study(&[]);
        attributes.put_unreadable(tag::PATIENT_NAME, "undecodable_text");
        let instance = Instance::new(&attributes).expect("an instance");
        assert_eq!(instance.warnings, BTreeSet::from([Warning { field: "patient_name", code: "undecodable_text" }]));
    }
}
