//! Verification: every event and every seal held against its signature, the chain against itself, its end against what is known
//! of it elsewhere.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::time::Duration;

use entity::{audit_event, audit_seal, audit_verification, patient, study, user};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::anchor::Anchor;
use super::event;
use super::ids::{id_before, instant_of};
use super::key::{KEY_ID, Keyring};
use super::seal::{self, decode, digest, seals_after};
use super::{prune, queries};
use crate::error::ApiResult;
use crate::hex::hex;
use crate::values::{instant_text, now};

/// How late an event may be sealed: so long it may wait without anything being wrong.
pub const LATEST: Duration = Duration::from_hours(24);
/// Seals, and events, that are read at a time.
const PAGE: u64 = 500;

/// What is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An event whose columns are not those that were signed.
    EventChanged(i64),
    /// An event that a seal covers and that is not there.
    EventMissing(i64),
    /// An event that no seal covers, though it should have been sealed long ago.
    EventInserted(i64),
    /// A seal whose columns, or whose place in the chain, are not those that were signed.
    SealChanged(i64),
    /// A seal that is not there, though later ones are, or a checkpoint should stand for it.
    SealMissing(i64),
    /// The beginning that pruning has left is not what was signed.
    CheckpointChanged,
    /// The trail ends before this seal, which was there.
    SealCutOff(i64),
    /// The registry holds a change made after the last event.
    EventsCutOff(String),
    /// Signed by a key of this name, which is not known.
    UnknownKey(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |id: &i64| instant_text(instant_of(*id));
        match self {
            Self::EventChanged(id) => write!(f, "event {id} ({}) was changed", of(id)),
            Self::EventMissing(id) => write!(f, "event {id} ({}) is missing", of(id)),
            Self::EventInserted(id) => write!(f, "event {id} ({}) stands in no seal: it was put in later", of(id)),
            Self::SealChanged(id) => write!(f, "seal {id} was changed"),
            Self::SealMissing(id) => write!(f, "seal {id} is missing"),
            Self::CheckpointChanged => f.write_str("the checkpoint that pruning has left was changed"),
            Self::SealCutOff(id) => write!(f, "the trail was cut off: seal {id} was there and is not"),
            Self::EventsCutOff(at) => write!(f, "the trail was cut off: the change of {at} has no event"),
            Self::UnknownKey(name) => {
                write!(f, "the key {name} is not known: put the former AUDIT_KEY or JWT_SECRET into AUDIT_KEY_PREVIOUS")
            }
        }
    }
}

/// What was verified.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Events that were looked at.
    pub events: u64,
    /// Of these, those that are not sealed yet.
    pub unsealed: u64,
    /// Seals that were looked at.
    pub seals: u64,
    /// Events that were pruned before, as the checkpoint says.
    pub pruned: u64,
    /// The first thing that is not right.
    pub finding: Option<Finding>,
}

/// Verifies the whole trail; its end against `anchor`, what is known of it outside the database.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &impl ConnectionTrait, keys: &Keyring, anchor: Option<&Anchor>) -> ApiResult<Report> {
    let mut walk = Walk { keys, anchor, report: Report::default(), late: late_ids(db).await?, covered: 0 };
    let finding = walk.walk(db).await?;
    Ok(Report { finding, ..walk.report })
}

/// Keeps what was found, for [`last`].
///
/// # Errors
/// When the database fails.
pub async fn remember(db: &impl ConnectionTrait, report: &Report) -> Result<(), DbErr> {
    audit_verification::Entity::delete_many().exec(db).await?;
    let row = audit_verification::Model {
        id: 1,
        at: now(),
        events: i64::try_from(report.events).unwrap_or(i64::MAX),
        finding: report.finding.as_ref().map(ToString::to_string),
    };
    row.into_active_model().reset_all().insert(db).await.map(drop)
}

/// What was found when the trail was last verified.
pub async fn last(db: &impl ConnectionTrait) -> Result<Option<audit_verification::Model>, DbErr> {
    audit_verification::Entity::find().one(db).await
}

/// The events that were sealed late: their ids lie among those of earlier seals.
async fn late_ids(db: &impl ConnectionTrait) -> Result<HashSet<i64>, DbErr> {
    let (mut late, mut covered, mut last) = (HashSet::new(), 0, 0);
    loop {
        let bounds: Vec<(i64, i64, i64)> = audit_seal::Entity::find()
            .select_only()
            .columns([audit_seal::Column::Id, audit_seal::Column::FirstId, audit_seal::Column::LastId])
            .filter(audit_seal::Column::Id.gt(last))
            .order_by_asc(audit_seal::Column::Id)
            .limit(PAGE)
            .into_tuple()
            .all(db)
            .await?;
        let Some((end, ..)) = bounds.last() else { return Ok(late) };
        last = *end;
        for (id, first_id, last_id) in bounds {
            if first_id <= covered {
                late.extend(audit_seal::Entity::find_by_id(id).one(db).await?.iter().flat_map(decode));
            }
            covered = covered.max(last_id);
        }
    }
}

struct Walk<'a> {
    keys: &'a Keyring,
    anchor: Option<&'a Anchor>,
    report: Report,
    late: HashSet<i64>,
    /// The greatest id of the seals so far.
    covered: i64,
}

impl Walk<'_> {
    async fn walk(&mut self, db: &impl ConnectionTrait) -> ApiResult<Option<Finding>> {
        let (mut number, mut mac) = (0, Vec::new());
        if let Some(checkpoint) = prune::checkpoint(db).await? {
            match prune::is_intact(&checkpoint, self.keys) {
                Some(true) => {}
                Some(false) => return Ok(Some(Finding::CheckpointChanged)),
                None => return Ok(Some(unknown(&checkpoint.mac))),
            }
            self.report.pruned = checkpoint.events.unsigned_abs();
            (number, mac) = (checkpoint.id, checkpoint.seal_mac);
        }
        let mut anchored = self.anchor.is_none_or(|anchor| anchor.seal <= number);
        loop {
            let seals = seals_after(db, number, PAGE).await?;
            if seals.is_empty() {
                break;
            }
            for seal in seals {
                if seal.id != number + 1 {
                    return Ok(Some(Finding::SealMissing(number + 1)));
                }
                match seal::is_intact(&seal, &mac, self.keys) {
                    Some(true) => {}
                    Some(false) => return Ok(Some(Finding::SealChanged(seal.id))),
                    None => return Ok(Some(unknown(&seal.mac))),
                }
                if let Some(finding) = self.events_of(db, &seal).await? {
                    return Ok(Some(finding));
                }
                if self.anchor.is_some_and(|anchor| anchor.seal == seal.id) {
                    anchored = self.anchor.is_some_and(|anchor| anchor.mac == seal.mac);
                    if !anchored {
                        return Ok(Some(Finding::SealChanged(seal.id)));
                    }
                }
                self.report.seals += 1;
                (number, mac) = (seal.id, seal.mac);
            }
        }
        if let Some(anchor) = self.anchor.filter(|_| !anchored) {
            return Ok(Some(Finding::SealCutOff(anchor.seal.min(number + 1))));
        }
        if let Some(finding) = self.tail(db).await? {
            return Ok(Some(finding));
        }
        Ok(unseen_change(db).await?)
    }

    /// The events of one seal, and those that lie among them.
    async fn events_of(&mut self, db: &impl ConnectionTrait, seal: &audit_seal::Model) -> ApiResult<Option<Finding>> {
        let ids = decode(seal);
        let is_late = seal.first_id <= self.covered;
        let rows = if is_late {
            queries::find_all(db, &ids).await?
        } else {
            // Before the first seal nothing may lie either.
            let from = if self.covered == 0 { i64::MIN } else { self.covered + 1 };
            between(db, from, seal.last_id).await?
        };
        for id in &ids {
            let Some(row) = rows.get(id) else { return Ok(Some(Finding::EventMissing(*id))) };
            if let Some(finding) = self.check(row) {
                return Ok(Some(finding));
            }
        }
        if digest(ids.iter().filter_map(|id| Some((*id, &rows.get(id)?.mac[..])))) != seal.digest[..] {
            return Ok(Some(Finding::SealChanged(seal.id)));
        }
        self.report.events += ids.len() as u64;
        if !is_late {
            let sealed: HashSet<i64> = ids.into_iter().collect();
            let mut others: Vec<&audit_event::Model> =
                rows.values().filter(|row| !sealed.contains(&row.id) && !self.late.contains(&row.id)).collect();
            others.sort_unstable_by_key(|row| row.id);
            for row in others {
                if let Some(finding) = self.unsealed(row) {
                    return Ok(Some(finding));
                }
            }
        }
        self.covered = self.covered.max(seal.last_id);
        Ok(None)
    }

    /// The events behind the last seal.
    async fn tail(&mut self, db: &impl ConnectionTrait) -> ApiResult<Option<Finding>> {
        let mut last = self.covered;
        loop {
            let rows = audit_event::Entity::find().filter(audit_event::Column::Id.gt(last));
            let rows = rows.order_by_asc(audit_event::Column::Id).limit(PAGE).all(db).await?;
            let Some(end) = rows.last() else { return Ok(None) };
            last = end.id;
            for row in &rows {
                self.report.events += 1;
                self.report.unsealed += 1;
                if let Some(finding) = self.check(row) {
                    return Ok(Some(finding));
                }
            }
        }
    }

    /// An event among sealed ones that no seal covers: it may have come late.
    fn unsealed(&mut self, row: &audit_event::Model) -> Option<Finding> {
        if let Some(finding) = self.check(row) {
            return Some(finding);
        }
        self.report.events += 1;
        self.report.unsealed += 1;
        (row.id < id_before(LATEST)).then_some(Finding::EventInserted(row.id))
    }

    fn check(&self, row: &audit_event::Model) -> Option<Finding> {
        match event::is_intact(row, self.keys) {
            Some(true) => None,
            Some(false) => Some(Finding::EventChanged(row.id)),
            None => Some(unknown(&row.mac)),
        }
    }
}

async fn between(db: &impl ConnectionTrait, from: i64, to: i64) -> Result<HashMap<i64, audit_event::Model>, DbErr> {
    let rows = audit_event::Entity::find().filter(audit_event::Column::Id.between(from, to)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// A change in the registry that is younger than every event: a cut-off end that left nothing behind in the trail itself.
async fn unseen_change(db: &impl ConnectionTrait) -> Result<Option<Finding>, DbErr> {
    let newest = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).one(db).await?;
    let Some(newest) = newest else { return emptied(db).await };
    let patients = patient::Entity::find().order_by_desc(patient::Column::UpdatedAt).one(db).await?;
    let studies = study::Entity::find().order_by_desc(study::Column::UpdatedAt).one(db).await?;
    let changed = patients.map(|row| row.updated_at).max(studies.map(|row| row.updated_at));
    Ok(changed.filter(|at| *at > newest.at).map(|at| Finding::EventsCutOff(instant_text(at))))
}

/// What shows that a trail without events had some: no account and no patient comes to be without one, and pruning leaves its own.
async fn emptied(db: &impl ConnectionTrait) -> Result<Option<Finding>, DbErr> {
    let account = user::Entity::find().order_by_asc(user::Column::Id).one(db).await?.map(|row| row.created_at);
    let patient = patient::Entity::find().order_by_asc(patient::Column::Id).one(db).await?.map(|row| row.created_at);
    Ok(account.or(patient).map(|at| Finding::EventsCutOff(instant_text(at))))
}

fn unknown(mac: &[u8]) -> Finding {
    let name = hex(&mac[..KEY_ID]);
    Finding::UnknownKey(name)
}
