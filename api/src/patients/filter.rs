//! Which patients are wanted, and how the database is asked for them.

use entity::patient;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use crate::keyset::{Position, Sort, Wanted, Words, at_hand, is_deleted, is_walked, within_range};
use crate::search::{filter, index, name_condition};
use crate::values::{DateRange, InstantRange, Range};

/// Which patients are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientFilter {
    pub patient_name: Option<String>,
    pub family_name: Option<String>,
    pub given_name: Option<String>,
    pub patient_id: Option<String>,
    pub issuer_of_patient_id: Option<String>,
    pub birth_date: Option<DateRange>,
    pub sex: Vec<String>,
    pub updated_at: Option<InstantRange>,
    /// The bin instead of the registry.
    pub deleted: bool,
}

impl PatientFilter {
    /// As a condition on a row of `patient` at hand.
    pub fn condition(&self) -> Condition {
        self.check(None, false, filter::prefix_at_hand)
    }

    /// As a condition on rows that are walked in an order, at its beginning or from behind a place. `named` says that a name has the
    /// words of a text.
    fn check(
        &self,
        sort: Option<Sort<patient::Column>>,
        is_begun: bool,
        named: impl Fn(filter::Place, &[index::Field], &str) -> Condition,
    ) -> Condition {
        use patient::Column as C;
        let place = if self.deleted { filter::Place::Bin } else { filter::Place::Registry };
        let mut all = Condition::all().add(is_deleted(C::DeletedAt, self.deleted));
        if let Some(name) = &self.patient_name {
            all = all.add(name_condition(name, |fields, text| named(place, fields, text)));
        }
        if let Some(name) = &self.family_name {
            all = all.add(named(place, &[index::Field::FamilyName], name));
        }
        if let Some(name) = &self.given_name {
            all = all.add(named(place, &[index::Field::GivenName], name));
        }
        if let Some(number) = &self.patient_id {
            all = all.add(C::PatientId.eq(number.as_str()));
        }
        if let Some(issuer) = &self.issuer_of_patient_id {
            all = all.add(at_hand(C::IssuerOfPatientId.eq(issuer.as_str())));
        }
        if let Some(range) = &self.birth_date {
            all = all.add(within_range(*range, C::BirthDate, sort, is_begun));
        }
        if !self.sex.is_empty() {
            all = all.add(at_hand(C::Sex.is_in(self.sex.iter().map(String::as_str))));
        }
        if let Some(range) = &self.updated_at {
            all = all.add(within_range(*range, C::UpdatedAt, sort, is_begun));
        }
        all
    }

    pub fn wanted(&self, sort: Option<Sort<patient::Column>>, after: Option<&Position>) -> Wanted<patient::Entity> {
        let is_begun = after.is_some();
        let by_index = |place, fields: &[index::Field], text: &str| {
            filter::prefix_condition(patient::Column::Id, place, fields, text)
        };
        let rows = |condition| patient::Entity::find().filter(condition);
        Wanted {
            rows: rows(self.check(sort, is_begun, by_index)),
            few: rows(self.check(sort, is_begun, filter::prefix_at_hand)),
            among: self.among(sort.map(|sort| sort.key.column)),
            rare: self.rare(),
            through: None,
            words: self.words(sort),
        }
    }

    /// The words of the name. A row at hand does not tell of which field a word is.
    fn words(&self, sort: Option<Sort<patient::Column>>) -> Option<Words<patient::Entity>> {
        let name = self.patient_name.as_deref().filter(|name| !filter::is_pinned(name))?;
        let is_of_fields = self.family_name.is_some() || self.given_name.is_some();
        if is_of_fields || self.deleted || self.patient_id.is_some() {
            return None;
        }
        let order = [false, true].map(|is_begun| patient::Entity::find().filter(self.order(sort, is_begun)));
        Some(Words { among: filter::patients_by_words(name), order })
    }

    /// The condition that bounds an order itself.
    fn order(&self, sort: Option<Sort<patient::Column>>, is_begun: bool) -> Condition {
        use patient::Column as C;
        let walked = sort.map(|sort| sort.key.column);
        let born = self.birth_date.filter(|_| is_walked(C::BirthDate, walked));
        let updated = self.updated_at.filter(|_| is_walked(C::UpdatedAt, walked));
        Condition::all()
            .add(is_deleted(C::DeletedAt, self.deleted))
            .add_option(born.map(|range| within_range(range, C::BirthDate, sort, is_begun)))
            .add_option(updated.map(|range| within_range(range, C::UpdatedAt, sort, is_begun)))
    }

    /// Ids among which all wanted patients are: what an index alone says of each condition but that on the column that is walked. A
    /// number is not there: it leaves less than any of these, and both engines see that.
    fn among(&self, walked: Option<patient::Column>) -> Vec<SelectStatement> {
        use patient::Column as C;
        let birth = self.birth_date.filter(|_| !is_walked(C::BirthDate, walked));
        let updated = self.updated_at.filter(|_| !is_walked(C::UpdatedAt, walked));
        let among = [
            self.deleted.then(|| ids(Condition::all().add(C::DeletedAt.is_not_null()))),
            birth.map(|range| ids(range.condition(&C::BirthDate.into_expr()))),
            updated.map(|range| ids(range.condition(&C::UpdatedAt.into_expr()))),
        ];
        among.into_iter().flatten().collect()
    }

    /// The same of what hardly any patient may have.
    fn rare(&self) -> Vec<SelectStatement> {
        use patient::Column as C;
        let issuer = self.issuer_of_patient_id.as_ref().map(|issuer| C::IssuerOfPatientId.eq(issuer.as_str()));
        let sex = (!self.sex.is_empty()).then(|| C::Sex.is_in(self.sex.iter().map(String::as_str)));
        [issuer, sex].into_iter().flatten().map(|condition| ids(condition.into())).collect()
    }

    /// The same of every condition that an index knows.
    pub fn among_any(&self) -> Vec<SelectStatement> {
        let number = self.patient_id.as_ref().map(|number| ids(patient::Column::PatientId.eq(number.as_str()).into()));
        number.into_iter().chain(self.among(None)).chain(self.rare()).collect()
    }
}

/// The ids of the patients of which this is true.
pub fn ids(condition: Condition) -> SelectStatement {
    Query::select().column(patient::Column::Id).from(patient::Entity).cond_where(condition).to_owned()
}
