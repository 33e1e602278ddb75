//! Ids of events: made of the millisecond and a number, so that their order is that of time, and read as instants.

use std::sync::{Mutex, PoisonError};

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::values::Instant;

/// Bits of an id that tell the events of one millisecond apart. With the 41 bits of the instant an id has 53, which every
/// JSON reader takes exactly (RFC 8259 section 6), until the year 2089.
const COUNTER_BITS: u32 = 12;
const COUNTERS: u16 = 1 << COUNTER_BITS;
/// The first number within a millisecond is below this one.
const SPARE: u16 = 3 * (COUNTERS / 4);
/// Ids count from here.
const EPOCH: PrimitiveDateTime = PrimitiveDateTime::new(
    match Date::from_calendar_date(2020, Month::January, 1) {
        Ok(date) => date,
        Err(_) => Date::MIN,
    },
    Time::MIDNIGHT,
);

/// The millisecond of the last id, and how many of its numbers are given.
struct Clock {
    millisecond: i64,
    given: u16,
    /// Where the numbers of a millisecond begin. Another instance begins elsewhere; when two meet, one of them moves on.
    base: u16,
}

static CLOCK: Mutex<Clock> = Mutex::new(Clock { millisecond: 0, given: 0, base: 0 });

/// The next id and its instant.
pub(super) fn mint() -> (i64, Instant) {
    let at = crate::values::now();
    let now = milliseconds(at);
    let mut clock = CLOCK.lock().unwrap_or_else(PoisonError::into_inner);
    if now > clock.millisecond {
        if clock.millisecond == 0 {
            let base = getrandom::u32().unwrap_or_default() % u32::from(SPARE);
            clock.base = base.try_into().unwrap_or_default();
        }
        (clock.millisecond, clock.given) = (now, 0);
    } else if clock.base + clock.given + 1 < COUNTERS {
        clock.given += 1;
    } else {
        (clock.millisecond, clock.given) = (clock.millisecond + 1, 0);
    }
    let id = (clock.millisecond << COUNTER_BITS) + i64::from(clock.base + clock.given);
    // A clock that was set back must not make events older than those before them.
    let at = if clock.millisecond > now { EPOCH + Duration::milliseconds(clock.millisecond) } else { at };
    (id, at)
}

/// The next id and its instant, after another instance has taken the last one: numbers begin elsewhere from now on.
pub(super) fn mint_elsewhere() -> (i64, Instant) {
    let base = getrandom::u32().unwrap_or_default() % u32::from(SPARE);
    let mut clock = CLOCK.lock().unwrap_or_else(PoisonError::into_inner);
    (clock.base, clock.given) = (base.try_into().unwrap_or_default(), 0);
    clock.millisecond += 1;
    drop(clock);
    mint()
}

fn milliseconds(at: Instant) -> i64 {
    (at - EPOCH).whole_milliseconds().try_into().unwrap_or(i64::MAX >> COUNTER_BITS)
}

/// The least id of an instant.
pub(super) fn first_id(at: Instant) -> i64 {
    milliseconds(at).max(0) << COUNTER_BITS
}

/// The least id after the millisecond of an instant.
pub(super) fn next_id(at: Instant) -> i64 {
    first_id(at).saturating_add(i64::from(COUNTERS))
}

/// The instant of an id, to the millisecond.
pub(super) fn instant_of(id: i64) -> Instant {
    EPOCH + Duration::milliseconds(id >> COUNTER_BITS)
}

/// The least id of so long ago.
pub(super) fn id_before(age: std::time::Duration) -> i64 {
    let then = OffsetDateTime::now_utc() - age;
    first_id(PrimitiveDateTime::new(then.date(), then.time()))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::event::{Actor, Event, Origin};
    use super::*;

    fn event() -> Event {
        Event::new(Actor::ANONYMOUS, Cow::Borrowed("update_patient"), Origin::default())
    }

    #[test]
    fn ids_rise_and_tell_the_time() {
        let ids: Vec<i64> = (0..20_000).map(|_| event().id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| *id < 1 << 53));
        let (id, at) = mint();
        assert_eq!(milliseconds(at), id >> COUNTER_BITS);
        assert!(first_id(at) <= id && at - instant_of(id) < Duration::milliseconds(1));
        let event = event();
        let id = event.id();
        let mut renewed = event;
        renewed.renew();
        assert!(renewed.id() > id);
    }
}
