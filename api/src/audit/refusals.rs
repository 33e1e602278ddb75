//! What limits refuse (429, 503) in the trail: of each kind the first of a minute is an event as any other is, further ones are
//! counted, and when the minute is over their number is an event of its own. So a flood of requests is no flood of events.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::event::{Actor, Event, Origin};
use crate::http::network;

/// For how long refusals of a kind are counted together.
const WINDOW: Duration = Duration::from_mins(1);
/// Most kinds that are told apart at the same time. Beyond it, all of one operation and one outcome are a kind.
const MOST: usize = 10_000;

/// Refusals that are counted together.
#[derive(PartialEq, Eq, Hash)]
struct Kind {
    action: Cow<'static, str>,
    outcome: &'static str,
    /// Who from where wanted what; nothing where there are too many to tell apart.
    source: Option<Source>,
}

#[derive(PartialEq, Eq, Hash)]
struct Source {
    actor: Actor,
    network: Option<IpAddr>,
    resource_id: Option<i64>,
}

/// The refusals of a kind since its first.
struct Counted {
    first: Event,
    at: Instant,
    further: u64,
}

/// The refusals of the last minute.
#[derive(Default)]
pub struct Refusals(Mutex<HashMap<Kind, Counted>>);

impl Refusals {
    /// Whether the event is to be written: it is the first of its kind. Otherwise it is counted.
    pub fn is_first(&self, event: &Event, now: Instant) -> bool {
        let mut kinds = self.kinds();
        let source = Source {
            actor: event.actor.clone(),
            network: event.origin.address.map(network),
            resource_id: event.resource.as_ref().and_then(|(_, id)| *id),
        };
        let mut kind = Kind { action: event.action.clone(), outcome: event.outcome, source: Some(source) };
        if kinds.len() >= MOST && !kinds.contains_key(&kind) {
            kind.source = None;
        }
        if let Some(counted) = kinds.get_mut(&kind) {
            counted.further += 1;
            return false;
        }
        kinds.insert(kind, Counted { first: event.clone(), at: now, further: 0 });
        true
    }

    /// The events that say how many further ones there were, of the kinds whose minute is over.
    pub fn over(&self, now: Instant) -> Vec<Event> {
        let over = self.kinds().extract_if(|_, counted| now >= counted.at + WINDOW).collect();
        told(over)
    }

    /// The same of all kinds, at the end.
    pub fn all(&self) -> Vec<Event> {
        told(self.kinds().drain().collect())
    }

    fn kinds(&self) -> MutexGuard<'_, HashMap<Kind, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn told(kinds: Vec<(Kind, Counted)>) -> Vec<Event> {
    let repeated = kinds.into_iter().filter(|(_, counted)| counted.further > 0);
    repeated
        .map(|(kind, Counted { first, further, .. })| {
            let mut event = Event::new(first.actor, first.action, first.origin).ended(first.outcome);
            event.origin.request_id = None;
            event.resource = first.resource;
            if kind.source.is_none() {
                (event.actor, event.origin, event.resource) = (Actor::ANONYMOUS, Origin::default(), None);
            }
            event.details(&json!({"further": further}))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: [u8; 4], user: i64) -> Event {
        let origin = Origin { address: Some(IpAddr::from(address)), ..Origin::default() };
        Event::new(Actor::user(user, "marie"), Cow::Borrowed("get_patient"), origin).ended("too_many_requests")
    }

    #[test]
    fn the_first_of_a_minute_is_written_and_the_others_counted() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        assert!(refusals.is_first(&refused([192, 0, 2, 1], 1), now));
        assert!(refusals.is_first(&refused([192, 0, 2, 2], 1), now));
        assert!(refusals.is_first(&refused([192, 0, 2, 1], 2), now));
        for _ in 0..40 {
            assert!(!refusals.is_first(&refused([192, 0, 2, 1], 1), now));
        }
        assert!(refusals.over(now + WINDOW / 2).is_empty());
        let told = refusals.over(now + WINDOW);
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].details.as_deref(), told[0].actor.id), (Some("{\"further\":40}"), Some(1)));
        assert!(refusals.is_first(&refused([192, 0, 2, 1], 1), now + WINDOW));
        assert!(refusals.all().is_empty());
    }

    #[test]
    fn what_cannot_be_told_apart_is_one_kind() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        let written = (0..20_000).filter(|user| refusals.is_first(&refused([192, 0, 2, 1], *user), now)).count();
        assert_eq!(written, MOST + 1);
        let told = refusals.all();
        assert_eq!((told.len(), &told[0].actor), (1, &Actor::ANONYMOUS));
        assert_eq!(told[0].details.as_deref(), Some("{\"further\":9999}"));
    }
}
