//! Limits on the number of requests: so many a minute for each principal, and for each address of callers who are not known.
//! Headers as in draft-ietf-httpapi-ratelimit-headers. Each server counts by itself, in memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::caller::{Principal, known_principal};
use crate::error::{ApiError, ProblemCode};
use crate::http::{ClientAddress, network};
use crate::state::AppState;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// The time in which the quota of a policy comes back as a whole.
const WINDOW: Duration = Duration::from_mins(1);
/// Most callers that are told apart at the same time; 64 bytes each. Beyond it counting begins anew.
const ROOM: usize = 100_000;

/// How many requests a minute each caller may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Who signed in, and each API key.
    pub known: u32,
    /// Each address from which callers come who are not known.
    pub anonymous: u32,
}

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Counted {
    User(i64),
    Key(i64),
    Address(IpAddr),
}

impl Counted {
    fn of(request: &ServiceRequest) -> Self {
        match known_principal(request.request()) {
            Some(Principal::Person(caller)) => Self::User(caller.id),
            Some(Principal::Key(key)) => Self::Key(key.id),
            None => Self::Address(network(ClientAddress::of(request.request()).0)),
        }
    }
}

/// The counts of a server.
pub struct Limits {
    limit: Option<RateLimit>,
    /// When each caller's bucket is full again (the generic cell rate algorithm: one instant a caller).
    full_at: Mutex<HashMap<Counted, Instant>>,
}

/// How a request was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count {
    quota: u32,
    remaining: u32,
    /// Until the whole quota is there again.
    full_in: Duration,
    /// How long to wait, when the request is one too many.
    wait: Option<Duration>,
}

impl Limits {
    /// Counts with these limits; not at all without.
    pub fn new(limit: Option<RateLimit>) -> Self {
        Self { limit, full_at: Mutex::default() }
    }

    fn count(&self, counted: Counted, now: Instant) -> Option<Count> {
        let limit = self.limit?;
        let quota = if matches!(counted, Counted::Address(_)) { limit.anonymous } else { limit.known };
        let each = WINDOW / quota;
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut all, now);
        let full_at = all.entry(counted).or_insert(now);
        let after = (*full_at).max(now) + each;
        let full_in = after - now;
        let over = full_in.saturating_sub(WINDOW);
        if !over.is_zero() {
            return Some(Count { quota, remaining: 0, full_in: full_in.saturating_sub(each), wait: Some(over) });
        }
        *full_at = after;
        let remaining = WINDOW.saturating_sub(full_in).as_nanos() / each.as_nanos().max(1);
        Some(Count { quota, remaining: remaining.try_into().unwrap_or(quota), full_in, wait: None })
    }
}

/// Callers who have their whole quota need not be remembered.
fn make_room(all: &mut HashMap<Counted, Instant>, now: Instant) {
    if all.len() < ROOM {
        return;
    }
    all.retain(|_, full_at| *full_at > now);
    if all.len() >= ROOM / 2 {
        all.clear();
    }
}

impl Count {
    fn write(self, headers: &mut HeaderMap) {
        let policy = format!("\"default\";q={};w={}", self.quota, WINDOW.as_secs());
        let limit = format!("\"default\";r={};t={}", self.remaining, whole_seconds(self.full_in));
        for (name, value) in [(POLICY, policy), (LIMIT, limit)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// Counts the requests of the API, and refuses those that are too many. What watches the server is never refused.
///
/// # Errors
/// What the routes say.
pub async fn limited(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let count = match request.app_data::<web::Data<AppState>>() {
        Some(state) if request.path().starts_with("/api/") => state.limits.count(Counted::of(&request), Instant::now()),
        _ => None,
    };
    let Some(count) = count else { return Ok(next.call(request).await?.map_into_left_body()) };
    let mut response = match count.wait {
        Some(wait) => {
            let seconds = HeaderValue::from(whole_seconds(wait).max(1));
            let error = ApiError::new(ProblemCode::TooManyRequests).header(RETRY_AFTER, seconds);
            request.error_response(error).map_into_right_body()
        }
        None => next.call(request).await?.map_into_left_body(),
    };
    count.write(response.headers_mut());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: RateLimit = RateLimit { known: 4, anonymous: 2 };

    #[test]
    fn a_quota_is_spent_and_comes_back_evenly() {
        let (limits, start) = (Limits::new(Some(LIMIT)), Instant::now());
        let count = |after: u64| limits.count(Counted::User(1), start + Duration::from_secs(after)).expect("a limit");
        assert_eq!([count(0), count(0), count(0), count(0)].map(|count| count.remaining), [3, 2, 1, 0]);
        let refused = count(0);
        assert_eq!((refused.remaining, refused.wait), (0, Some(Duration::from_secs(15))));
        assert_eq!(count(5).wait, Some(Duration::from_secs(10)));
        assert_eq!((count(15).wait, count(15).wait), (None, Some(Duration::from_secs(15))));
        assert_eq!((count(200).remaining, count(200).full_in), (3, Duration::from_secs(30)));
    }

    #[test]
    fn each_caller_has_a_quota_of_their_own() {
        let (limits, now) = (Limits::new(Some(LIMIT)), Instant::now());
        let remaining = |counted| limits.count(counted, now).expect("a limit").remaining;
        let address = |text: &str| Counted::Address(network(text.parse().expect("an address")));
        assert_eq!((remaining(Counted::User(1)), remaining(Counted::User(2)), remaining(Counted::Key(1))), (3, 3, 3));
        assert_eq!((remaining(address("192.0.2.1")), remaining(address("192.0.2.2"))), (1, 1));
        assert_eq!((remaining(address("2001:db8::1")), remaining(address("2001:db8::2"))), (1, 0));
        assert_eq!(remaining(address("2001:db8:0:1::1")), 1);
        assert_eq!(Limits::new(None).count(Counted::User(1), now), None);
    }

    #[test]
    fn the_room_is_bounded() {
        let (limits, now) = (Limits::new(Some(LIMIT)), Instant::now());
        for number in 0..100_010 {
            limits.count(Counted::User(number), now);
        }
        assert!(limits.full_at.lock().expect("no panic").len() <= ROOM);
    }
}
