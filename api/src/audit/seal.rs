//! Seals: batches of events, chained. An event is signed when it is written; a seal makes it evident when one is taken away.
//!
//! A seal covers the events behind those of the seals before it, once nothing older can be on its way any more; an event whose
//! transaction took longer still goes into a seal of its own. Each holds the ids of its events, so that a gap is told from a row
//! that was removed, and the signature of the seal before it. Several servers may seal: the number of a seal is its key, and
//! whoever inserts it first has made it.

use std::collections::HashSet;
use std::time::Duration;

use entity::{audit_event, audit_seal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

use super::ids::id_before;
use super::key::{KEY_ID, Key, Keyring};
use crate::db::Db;
use crate::error::{ApiResult, is_unique_violation};
use crate::values::now;

/// Most events of a seal.
pub const MOST_EVENTS: u64 = 2000;

/// The ids of events in their order, as a seal holds them.
pub fn encode(ids: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(ids.len() * 2);
    for pair in ids.windows(2) {
        let mut distance = (pair[1] - pair[0]).unsigned_abs();
        while distance > 0x7f {
            bytes.push((distance & 0x7f) as u8 | 0x80);
            distance >>= 7;
        }
        bytes.push((distance & 0x7f) as u8);
    }
    bytes
}

/// The ids of the events of a seal.
pub fn decode(seal: &audit_seal::Model) -> Vec<i64> {
    let mut ids = vec![seal.first_id];
    let (mut last, mut distance, mut shift) = (seal.first_id, 0_i64, 0);
    for byte in &seal.ids {
        distance |= i64::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
        if byte & 0x80 == 0 {
            last = last.saturating_add(distance);
            ids.push(last);
            (distance, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
    ids
}

/// What events were, in the order of their ids.
pub fn digest<'a>(events: impl IntoIterator<Item = (i64, &'a [u8])>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for (id, mac) in events {
        digest.update(id.to_be_bytes());
        digest.update(mac);
    }
    digest.finalize().into()
}

/// The signature of a seal by this key, after the seal with the signature `before`.
fn signature(seal: &audit_seal::Model, before: &[u8], key: &Key) -> Vec<u8> {
    let mut message = b"seal".to_vec();
    let at = i64::try_from(seal.at.assume_utc().unix_timestamp_nanos() / 1000).unwrap_or_default();
    for number in [seal.id, at, seal.first_id, seal.last_id, seal.events] {
        message.extend(number.to_be_bytes());
    }
    for bytes in [&seal.ids[..], &seal.digest, before] {
        message.extend((bytes.len() as u64).to_be_bytes());
        message.extend_from_slice(bytes);
    }
    signed(&message, key)
}

/// A key's name and its signature of a message.
pub fn signed(message: &[u8], key: &Key) -> Vec<u8> {
    [&key.id()[..], &key.sign(message)].concat()
}

/// Whether a seal is what was signed; nothing is said when its key is not known.
pub fn is_intact(seal: &audit_seal::Model, before: &[u8], keys: &Keyring) -> Option<bool> {
    let key = keys.find(seal.mac.get(..KEY_ID)?)?;
    Some(signature(seal, before, key) == seal.mac)
}

/// The newest seal.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<audit_seal::Model>, DbErr> {
    audit_seal::Entity::find().order_by_desc(audit_seal::Column::Id).one(db).await
}

/// The seals behind one, in their order.
pub async fn seals_after(db: &impl ConnectionTrait, id: i64, limit: u64) -> Result<Vec<audit_seal::Model>, DbErr> {
    let seals = audit_seal::Entity::find().filter(audit_seal::Column::Id.gt(id));
    seals.order_by_asc(audit_seal::Column::Id).limit(limit).all(db).await
}

/// The greatest id that any seal covers.
pub async fn covered(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let last = audit_seal::Entity::find().order_by_desc(audit_seal::Column::LastId).one(db).await?;
    Ok(last.map_or(0, |seal| seal.last_id))
}

type Signed = (i64, Vec<u8>);

async fn signed_events(db: &impl ConnectionTrait, condition: Condition, limit: u64) -> Result<Vec<Signed>, DbErr> {
    audit_event::Entity::find()
        .select_only()
        .columns([audit_event::Column::Id, audit_event::Column::Mac])
        .filter(condition)
        .order_by_asc(audit_event::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Seals every event that is older than `settled`. The answer is the newest seal, if one was made.
///
/// # Errors
/// When the database fails.
pub async fn seal(db: &Db, keys: &Keyring, settled: Duration) -> ApiResult<Option<audit_seal::Model>> {
    use audit_event::Column::Id;
    let mut made = None;
    loop {
        let head = head(db.reader()).await?;
        let from = covered(db.reader()).await?;
        let events =
            signed_events(db.reader(), Condition::all().add(Id.gt(from)).add(Id.lt(id_before(settled))), MOST_EVENTS)
                .await?;
        let is_last = (events.len() as u64) < MOST_EVENTS;
        if let Some(seal) = append(db, keys, head, events).await? {
            made = Some(seal);
        }
        if is_last {
            return Ok(made);
        }
    }
}

/// Seals events that came late: they are older than others that are sealed. It looks back so long.
///
/// # Errors
/// When the database fails.
pub async fn seal_late(db: &Db, keys: &Keyring, back: Duration) -> ApiResult<Option<audit_seal::Model>> {
    use audit_event::Column::Id;
    let reader = db.reader();
    let head = head(reader).await?;
    let since = id_before(back);
    let recent = audit_seal::Entity::find().filter(audit_seal::Column::LastId.gte(since));
    let recent = recent.order_by_asc(audit_seal::Column::Id).all(reader).await?;
    let Some(last) = recent.iter().map(|seal| seal.last_id).max() else { return Ok(None) };
    let older = audit_seal::Entity::find().filter(audit_seal::Column::LastId.lt(since));
    let older =
        older.order_by_desc(audit_seal::Column::LastId).one(reader).await?.map_or(i64::MIN, |seal| seal.last_id);
    let within = Condition::all().add(Id.gt(older)).add(Id.lte(last));
    let sealed: i64 = recent.iter().map(|seal| seal.events).sum();
    let there = audit_event::Entity::find().filter(within.clone()).count(reader).await?;
    if i64::try_from(there) == Ok(sealed) {
        return Ok(None);
    }
    let sealed: HashSet<i64> = recent.iter().flat_map(decode).collect();
    let mut late = signed_events(reader, within, u64::MAX >> 1).await?;
    late.retain(|(id, _)| !sealed.contains(id));
    late.truncate(usize::try_from(MOST_EVENTS).unwrap_or(usize::MAX));
    append(db, keys, head, late).await
}

/// The id and the signature of the seal that another one follows. Whoever seals reads this before the events: what another server
/// seals meanwhile takes the next id, so that no event is sealed twice.
async fn head(db: &impl ConnectionTrait) -> Result<(i64, Vec<u8>), DbErr> {
    Ok(match newest(db).await? {
        Some(seal) => (seal.id, seal.mac),
        None => super::prune::checkpoint(db).await?.map_or((0, Vec::new()), |pruned| (pruned.id, pruned.seal_mac)),
    })
}

/// Adds a seal of these events behind the head; nothing when another server was first.
async fn append(
    db: &Db,
    keys: &Keyring,
    (id, before): (i64, Vec<u8>),
    events: Vec<Signed>,
) -> ApiResult<Option<audit_seal::Model>> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else { return Ok(None) };
    let ids: Vec<i64> = events.iter().map(|(id, _)| *id).collect();
    let mut seal = audit_seal::Model {
        id: id + 1,
        at: now(),
        first_id: first.0,
        last_id: last.0,
        events: i64::try_from(events.len()).unwrap_or(i64::MAX),
        ids: encode(&ids),
        digest: digest(events.iter().map(|(id, mac)| (*id, &mac[..]))).to_vec(),
        mac: Vec::new(),
    };
    seal.mac = signature(&seal, &before, keys.current());
    db.write(async |tx| match seal.clone().into_active_model().reset_all().insert(tx).await {
        Err(error) if is_unique_violation(&error) => Ok(None),
        result => Ok(Some(result?)),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn seal(ids: &[i64]) -> audit_seal::Model {
        audit_seal::Model {
            id: 1,
            at: now(),
            first_id: ids[0],
            last_id: ids[ids.len() - 1],
            events: i64::try_from(ids.len()).expect("a few"),
            ids: encode(ids),
            digest: digest(ids.iter().map(|id| (*id, &b"mac"[..]))).to_vec(),
            mac: Vec::new(),
        }
    }

    #[test]
    fn ids_are_kept_exactly() {
        for ids in [vec![7], vec![1, 2, 3], vec![5, 132, 133, 20_000, 1 << 40, (1 << 52) + 1]] {
            assert_eq!(decode(&seal(&ids)), ids);
        }
        assert_eq!(encode(&(1..=1000).collect::<Vec<_>>()).len(), 999);
    }

    #[test]
    fn every_column_of_a_seal_and_the_one_before_it_are_signed() {
        let keys = Keyring::new(&Secret::new("a secret of the tests"), &[]);
        let mut good = seal(&[1, 2, 9]);
        good.mac = signature(&good, b"before", keys.current());
        assert_eq!(is_intact(&good, b"before", &keys), Some(true));
        assert_eq!(is_intact(&good, b"another", &keys), Some(false));
        let changes: [fn(&mut audit_seal::Model); 6] = [
            |seal| seal.id += 1,
            |seal| seal.at += Duration::from_secs(1),
            |seal| seal.last_id += 1,
            |seal| seal.events -= 1,
            |seal| seal.ids = encode(&[1, 2]),
            |seal| seal.digest[0] ^= 1,
        ];
        for change in changes {
            let mut forged = good.clone();
            change(&mut forged);
            assert_eq!(is_intact(&forged, b"before", &keys), Some(false));
        }
    }
}
