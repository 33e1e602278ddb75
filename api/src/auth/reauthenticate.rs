//! The password again, before something that a thief of the session must not do.

use super::caller::Caller;
use super::throttle::Attempt;
use crate::audit::Trace;
use crate::error::{ApiError, ApiResult, Fault};
use crate::http::ClientAddress;
use crate::state::AppState;
use crate::users::queries;
use crate::values::FaultCode;

/// Demands the caller's password, which stands in `member` of the body. The attempt is one to sign in, and ends as the rest of the
/// operation does.
///
/// # Errors
/// 422 when it is another one, 429 when it was tried too often.
pub async fn reauthenticate(
    state: &AppState,
    trace: &Trace,
    caller: &Caller,
    address: ClientAddress,
    password: String,
    member: &'static str,
) -> ApiResult<Attempt> {
    let attempt = Attempt::begin(state, &caller.username, address.0).await?;
    let hash = queries::password_hash(state.db.reader(), caller.id).await?;
    if attempt.verify(state, password, hash).await? {
        return Ok(attempt);
    }
    attempt.fail(state, trace).await?;
    Err(ApiError::invalid(vec![Fault::member(member, FaultCode::WrongPassword)]))
}
