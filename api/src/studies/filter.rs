//! Which studies are wanted, and how the database is asked for them.

use entity::{patient, study, study_modality};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use crate::keyset::{Position, Sort, Through, Wanted, Words, at_hand, is_deleted, is_walked, within_range};
use crate::patients::filter::PatientFilter;
use crate::search::{filter, index, name_condition};
use crate::values::{DateRange, InstantRange, Range};

/// Which studies are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyFilter {
    pub patient_fk: Option<i64>,
    pub patient_name: Option<String>,
    pub patient_id: Option<String>,
    pub issuer_of_patient_id: Option<String>,
    pub birth_date: Option<DateRange>,
    pub sex: Vec<String>,
    pub study_instance_uid: Vec<String>,
    pub study_id: Option<String>,
    pub accession_number: Option<String>,
    pub study_date: Option<DateRange>,
    pub modality: Vec<String>,
    pub status: Vec<String>,
    pub study_description: Option<String>,
    pub referring_physician_name: Option<String>,
    pub updated_at: Option<InstantRange>,
    /// The bin instead of the registry.
    pub deleted: bool,
}

impl StudyFilter {
    /// As a condition on a row of `study` at hand.
    pub fn condition(&self) -> Condition {
        self.at_hand(None, false)
    }

    /// As a condition on rows that are walked in an order, at its beginning or from behind a place; what the index of words knows is a
    /// way to them.
    fn by_index(&self, sort: Option<Sort<study::Column>>, is_begun: bool) -> Condition {
        let mut all = self.check(sort, is_begun);
        if let Some(name) = &self.patient_name {
            let named = |fields: &[index::Field], text: &str| {
                filter::prefix_condition(study::Column::PatientFk, self.place_of_patient(), fields, text)
            };
            all = all.add(name_condition(name, named));
        }
        all = all.add_option(self.patients(self.of_patient()));
        self.texts().fold(all, |all, (field, text)| all.add(filter::study_condition(field, text)))
    }

    /// The same with nothing but checks of a row at hand.
    fn at_hand(&self, sort: Option<Sort<study::Column>>, is_begun: bool) -> Condition {
        let mut of_patient = self.of_patient();
        if let Some(name) = &self.patient_name {
            let named =
                |fields: &[index::Field], text: &str| filter::prefix_at_hand(self.place_of_patient(), fields, text);
            of_patient = of_patient.add(name_condition(name, named));
        }
        let all = self.check(sort, is_begun).add_option(self.patients(of_patient));
        self.texts().fold(all, |all, (field, text)| all.add(filter::study_at_hand(field, text)))
    }

    /// What both have: conditions on the study's own row alone.
    fn check(&self, sort: Option<Sort<study::Column>>, is_begun: bool) -> Condition {
        use study::Column as C;
        let mut all = Condition::all().add(is_deleted(C::DeletedAt, self.deleted));
        if let Some(id) = self.patient_fk {
            all = all.add(C::PatientFk.eq(id));
        }
        if !self.study_instance_uid.is_empty() {
            all = all.add(C::StudyInstanceUid.is_in(self.study_instance_uid.iter().map(String::as_str)));
        }
        for (column, value) in [(C::StudyId, &self.study_id), (C::AccessionNumber, &self.accession_number)] {
            if let Some(value) = value {
                all = all.add(column.eq(value.as_str()));
            }
        }
        if let Some(range) = &self.study_date {
            all = all.add(within_range(*range, C::StudyDate, sort, is_begun));
        }
        if !self.modality.is_empty() {
            all = all.add(has_modality(&self.modality));
        }
        if !self.status.is_empty() {
            all = all.add(at_hand(C::Status.is_in(self.status.iter().map(String::as_str))));
        }
        if let Some(range) = &self.updated_at {
            all = all.add(within_range(*range, C::UpdatedAt, sort, is_begun));
        }
        all
    }

    /// Where the patient of a study may lie.
    const fn place_of_patient(&self) -> filter::Place {
        if self.deleted { filter::Place::Either } else { filter::Place::Registry }
    }

    /// The texts of which words are asked for.
    fn texts(&self) -> impl Iterator<Item = (index::Field, &str)> {
        let texts = [
            (index::Field::StudyDescription, &self.study_description),
            (index::Field::ReferringPhysicianName, &self.referring_physician_name),
        ];
        texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)))
    }

    /// What is asked of the patient's own row, its name aside.
    fn of_patient(&self) -> Condition {
        use patient::Column as P;
        let mut all = Condition::all();
        if let Some(number) = &self.patient_id {
            all = all.add(P::PatientId.eq(number.as_str()));
        }
        if let Some(issuer) = &self.issuer_of_patient_id {
            all = all.add(at_hand(P::IssuerOfPatientId.eq(issuer.as_str())));
        }
        if let Some(range) = &self.birth_date {
            all = all.add(range.condition(&P::BirthDate.into_expr()));
        }
        if !self.sex.is_empty() {
            all = all.add(at_hand(P::Sex.is_in(self.sex.iter().map(String::as_str))));
        }
        all
    }

    /// Whether the patient of a study at hand is wanted. A number leads to its few patients; of anything else there may be half a
    /// million, of which neither engine is to make a list.
    fn patients(&self, of_patient: Condition) -> Option<Expr> {
        use patient::Column as P;
        if of_patient.is_empty() {
            return None;
        }
        let mut patients = Query::select();
        patients.from(patient::Entity).cond_where(of_patient);
        if self.patient_id.is_some() {
            return Some(study::Column::PatientFk.in_subquery(patients.column(P::Id).to_owned()));
        }
        let of_study = Expr::col((patient::Entity, P::Id)).equals((study::Entity, study::Column::PatientFk));
        patients.expr(P::Id.count()).and_where(of_study);
        Some(Expr::SubQuery(None, Box::new(patients.into())).gt(0))
    }

    pub fn wanted(&self, sort: Option<Sort<study::Column>>, after: Option<&Position>) -> Wanted<study::Entity> {
        let is_begun = after.is_some();
        // An identifier leaves less than any of these, and both engines see that.
        let is_identified = self.patient_id.is_some() || !self.identified().is_empty();
        let among = if is_identified { Vec::new() } else { self.among(sort.map(|sort| sort.key.column)) };
        let rare = self.rare().into_iter().collect();
        let rows = |condition| study::Entity::find().filter(condition);
        let through = (!is_identified).then(|| Through { among: self.patients_among(), ids: of_patients });
        Wanted {
            rows: rows(self.by_index(sort, is_begun)),
            few: rows(self.at_hand(sort, is_begun)),
            among,
            rare,
            through,
            words: if is_identified || self.deleted { None } else { self.words(sort) },
        }
    }

    /// The words of the patient's name and of the study's texts. A patient's row at hand does not tell of which field a word is.
    fn words(&self, sort: Option<Sort<study::Column>>) -> Option<Words<study::Entity>> {
        if self.patient_name.as_deref().is_some_and(filter::is_pinned) {
            return None;
        }
        let name = self.patient_name.iter().flat_map(|name| filter::patients_by_words(name));
        let texts = self.texts().flat_map(|(field, text)| filter::studies_by_words(field, text));
        let order = [false, true].map(|is_begun| study::Entity::find().filter(self.order(sort, is_begun)));
        Some(Words { among: name.chain(texts).collect(), order })
    }

    /// The condition that bounds an order itself.
    fn order(&self, sort: Option<Sort<study::Column>>, is_begun: bool) -> Condition {
        use study::Column as C;
        let walked = sort.map(|sort| sort.key.column);
        let day = self.study_date.filter(|_| is_walked(C::StudyDate, walked));
        let updated = self.updated_at.filter(|_| is_walked(C::UpdatedAt, walked));
        Condition::all()
            .add(is_deleted(C::DeletedAt, self.deleted))
            .add_option(day.map(|range| within_range(range, C::StudyDate, sort, is_begun)))
            .add_option(updated.map(|range| within_range(range, C::UpdatedAt, sort, is_begun)))
    }

    /// Ids among which all wanted studies are: what an index alone says of each condition but that on the column that is walked.
    fn among(&self, walked: Option<study::Column>) -> Vec<SelectStatement> {
        use study::Column as C;
        let day = self.study_date.filter(|_| !is_walked(C::StudyDate, walked));
        let updated = self.updated_at.filter(|_| !is_walked(C::UpdatedAt, walked));
        let among = [
            self.deleted.then(|| ids(Condition::all().add(C::DeletedAt.is_not_null()))),
            (!self.modality.is_empty()).then(|| with_modality(&self.modality)),
            day.map(|range| ids(range.condition(&C::StudyDate.into_expr()))),
            updated.map(|range| ids(range.condition(&C::UpdatedAt.into_expr()))),
        ];
        among.into_iter().flatten().collect()
    }

    /// The same of what hardly any study may have.
    fn rare(&self) -> Option<SelectStatement> {
        let status = self.status.iter().map(String::as_str);
        (!self.status.is_empty()).then(|| ids(study::Column::Status.is_in(status).into()))
    }

    /// Ids among which the patients of all wanted studies are: what an index alone says of each condition on them.
    pub fn patients_among(&self) -> Vec<SelectStatement> {
        let of_patient = PatientFilter {
            patient_id: self.patient_id.clone(),
            issuer_of_patient_id: self.issuer_of_patient_id.clone(),
            birth_date: self.birth_date,
            sex: self.sex.clone(),
            ..PatientFilter::default()
        };
        of_patient.among_any()
    }

    /// The same of each identifier.
    fn identified(&self) -> Vec<SelectStatement> {
        use study::Column as C;
        let uids = &self.study_instance_uid;
        let identified = [
            self.patient_fk.map(|id| C::PatientFk.eq(id)),
            (!uids.is_empty()).then(|| C::StudyInstanceUid.is_in(uids.iter().map(String::as_str))),
            self.study_id.as_ref().map(|value| C::StudyId.eq(value.as_str())),
            self.accession_number.as_ref().map(|value| C::AccessionNumber.eq(value.as_str())),
        ];
        identified.into_iter().flatten().map(|condition| ids(condition.into())).collect()
    }

    /// The same of every condition on the study itself that an index knows.
    pub fn among_any(&self) -> Vec<SelectStatement> {
        self.identified().into_iter().chain(self.among(None)).chain(self.rare()).collect()
    }
}

/// The ids of the studies of which this is true.
pub fn ids(condition: Condition) -> SelectStatement {
    Query::select().column(study::Column::Id).from(study::Entity).cond_where(condition).to_owned()
}

/// The ids of the studies of these patients.
pub fn of_patients(patients: SelectStatement) -> SelectStatement {
    ids(study::Column::PatientFk.in_subquery(patients).into())
}

/// The studies of any of these modalities.
fn with_modality(modalities: &[String]) -> SelectStatement {
    use study_modality::Column as M;
    Query::select()
        .distinct()
        .expr_as(M::StudyFk.into_expr(), "id")
        .from(study_modality::Entity)
        .and_where(M::Modality.is_in(modalities.iter().map(String::as_str)))
        .to_owned()
}

/// Whether a study at hand has any of these modalities. A number, because both engines turn EXISTS and IN into a list of all
/// studies that have, which may be a million.
fn has_modality(modalities: &[String]) -> Expr {
    use study_modality::Column as M;
    let number = Query::select()
        .expr(M::Modality.count())
        .from(study_modality::Entity)
        .and_where(Expr::col((study_modality::Entity, M::StudyFk)).equals((study::Entity, study::Column::Id)))
        .and_where(M::Modality.is_in(modalities.iter().map(String::as_str)))
        .to_owned();
    Expr::SubQuery(None, Box::new(number.into())).gt(0)
}
