//! The password again, before something that a thief of the session must not do.

use actix_web::web;
use entity::user;
use sea_orm::DatabaseTransaction;

use super::caller::Caller;
use super::throttle::Attempt;
use crate::audit::Trace;
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::ClientAddress;
use crate::sessions;
use crate::state::AppState;
use crate::users::queries;
use crate::values::FaultCode;

/// The password of a caller who has shown it, for one operation.
pub struct Shown {
    /// Ends as the operation does.
    pub attempt: Attempt,
    /// The account as it was then.
    user: user::Model,
    session_id: i64,
    member: &'static str,
}

/// Demands the caller's password, which stands in `member` of the body. The attempt is one to sign in.
///
/// # Errors
/// 422 when it is another one, 429 when it was tried too often.
pub async fn reauthenticate(
    state: &web::Data<AppState>,
    trace: &Trace,
    caller: &Caller,
    address: ClientAddress,
    password: String,
    member: &'static str,
) -> ApiResult<Shown> {
    let attempt = Attempt::begin(state, &caller.username, address.0).await?;
    let user = queries::find(state.db.reader(), caller.id).await?.map(|(user, _)| user);
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let verified = attempt.verify(password, hash).await?;
    if let Some(user) = user.filter(|_| verified) {
        return Ok(Shown { attempt, user, session_id: caller.session_id, member });
    }
    attempt.fail(trace).await?;
    Err(wrong(member))
}

impl Shown {
    /// Does in a transaction what the password was shown for. Verifying takes a while: the session may be over by now, or the
    /// password another one, which an administrator has given the account.
    ///
    /// # Errors
    /// What `work` says; 401 when the session is over, 422 when the password is another one.
    pub async fn act<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> ApiResult<T>) -> ApiResult<T> {
        self.attempt
            .succeed(async |tx| {
                let is_proven = queries::lock_proven(tx, &self.user).await?;
                if !sessions::queries::lock_live(tx, self.session_id).await? {
                    return Err(ApiError::new(ProblemCode::Unauthenticated));
                }
                if is_proven { work(tx).await } else { Err(wrong(self.member)) }
            })
            .await
    }
}

fn wrong(member: &'static str) -> ApiError {
    ApiError::invalid(vec![Fault::member(member, FaultCode::WrongPassword)])
}
