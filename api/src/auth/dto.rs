//! Wire types of signing in.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Caller, PASSWORD_LEAST, PASSWORD_MOST, Restriction};
use crate::http::Members;
use crate::second_factors::Proof;
use crate::values::{FaultCode, line};

/// A name and a password, and how the session is to be held.
#[derive(ToSchema)]
#[schema(example = json!({"username": "admin", "password": "correct horse battery staple", "device": "Reading room 2"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct LoginRequest {
    /// The account's name, in any case.
    #[schema(min_length = 1, max_length = 64)]
    username: String,
    /// Its password.
    #[schema(min_length = 1, max_length = 128, format = Password)]
    password: String,
    /// `body`, for programs: the answer holds the refresh token. `cookie`, for web pages of this server: it is set as a cookie
    /// that no script can read.
    #[schema(pattern = "^(body|cookie)$", default = "body")]
    delivery: Option<String>,
    /// The six digits of the authenticator application, where the account has a second factor.
    #[schema(pattern = "^[0-9]{3} ?[0-9]{3}$")]
    totp: Option<String>,
    /// A recovery code in its place.
    #[schema(min_length = 16, max_length = 32)]
    recovery_code: Option<String>,
    /// A name for the device, for the list of sessions.
    #[schema(min_length = 1, max_length = 64, pattern = "line")]
    device: Option<String>,
}

/// How a client gets its refresh token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// In the body of the answer.
    #[default]
    Body,
    /// In a cookie.
    Cookie,
}

/// What signing in needs.
pub struct Login {
    pub username: String,
    pub password: String,
    pub delivery: Delivery,
    pub device: Option<String>,
    /// What shows the second factor.
    pub proof: Option<Proof>,
}

impl Login {
    /// Reads a [`LoginRequest`].
    pub fn read(members: &mut Members) -> Self {
        Self {
            username: members.required("username", |text| sized(text, 1, 64)).to_lowercase(),
            password: members.required("password", |text| sized(text, 1, PASSWORD_MOST)),
            delivery: members.value("delivery", delivery).unwrap_or_default(),
            device: members.optional("device", device),
            proof: Proof::read(members),
        }
    }
}

fn delivery(text: &str) -> Result<Delivery, FaultCode> {
    match text {
        "body" => Ok(Delivery::Body),
        "cookie" => Ok(Delivery::Cookie),
        _ => Err(FaultCode::InvalidEnum),
    }
}

fn device(text: &str) -> Result<Option<String>, FaultCode> {
    sized(text, 1, 64)?;
    line(text, 64)
}

/// A refresh token, for clients that do not keep it in the cookie.
#[derive(ToSchema)]
#[schema(example = json!({"refresh_token": "ptr_kq3lQdJ3hRj0mH1v8Wc5yPz7uXo2aBnE4sTgYfI6rDM"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct RefreshRequest {
    /// The refresh token of the last answer. Without it, the cookie's counts.
    #[schema(min_length = 1, max_length = 128)]
    refresh_token: Option<String>,
}

impl RefreshRequest {
    /// Reads the token.
    pub fn read(members: &mut Members) -> Option<String> {
        members.optional("refresh_token", |text| sized(text, 1, 128))
    }
}

/// The tokens of a session and whose it is.
#[derive(Serialize, ToSchema)]
pub struct LoginResponse {
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds until the access token ends.
    #[schema(minimum = 1, example = 600)]
    pub expires_in: i64,
    /// What `POST /api/auth/refresh` takes, once; absent when it is in the cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "ptr_kq3lQdJ3hRj0mH1v8Wc5yPz7uXo2aBnE4sTgYfI6rDM")]
    pub refresh_token: Option<String>,
    /// Seconds until the refresh token ends, and the session with it.
    #[schema(minimum = 1, example = 3600)]
    pub refresh_expires_in: i64,
    /// Whose token it is.
    pub user: CurrentUser,
}

/// The account behind a token.
#[derive(Serialize, ToSchema)]
pub struct CurrentUser {
    /// The account's id.
    #[schema(minimum = 1)]
    pub id: i64,
    /// The name signed in with.
    #[schema(example = "admin")]
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The account's role: `lecture` < `modification` < `admin`.
    #[schema(pattern = "^(lecture|modification|admin)$", example = "lecture")]
    pub role: &'static str,
    /// Whether nothing but a new password is accepted.
    pub must_change_password: bool,
    /// Whether a second factor is asked for at sign-in.
    pub second_factor: bool,
    /// Whether nothing is accepted until a second factor is set up.
    pub must_enrol_second_factor: bool,
}

impl From<&Caller> for CurrentUser {
    fn from(caller: &Caller) -> Self {
        Self {
            id: caller.id,
            username: caller.username.clone(),
            display_name: caller.display_name.clone(),
            role: caller.role.as_str(),
            must_change_password: caller.is_under(Restriction::PasswordChange),
            second_factor: caller.second_factor,
            must_enrol_second_factor: caller.is_under(Restriction::SecondFactorEnrolment),
        }
    }
}

/// A new password, and the current one as proof.
#[derive(ToSchema)]
#[schema(example = json!({"current_password": "correct horse battery staple", "new_password": "nine purple lamps at dawn"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct PasswordUpdate {
    /// The password until now.
    #[schema(min_length = 1, max_length = 128, format = Password)]
    current_password: String,
    /// The password from now on: another one.
    #[schema(min_length = 12, max_length = 128, format = Password)]
    new_password: String,
}

/// What a change of password needs.
pub struct NewPassword {
    pub current_password: String,
    pub new_password: String,
}

impl NewPassword {
    /// Reads a [`PasswordUpdate`].
    pub fn read(members: &mut Members) -> Self {
        let change = Self {
            current_password: members.required("current_password", |text| sized(text, 1, PASSWORD_MOST)),
            new_password: members.required("new_password", |text| sized(text, PASSWORD_LEAST, PASSWORD_MOST)),
        };
        if change.new_password == change.current_password && !members.is_faulty("new_password") {
            members.fault("new_password", FaultCode::Unchanged);
        }
        change
    }
}

fn sized(text: &str, least: usize, most: usize) -> Result<Option<String>, FaultCode> {
    match text.chars().count() {
        length if length < least => Err(FaultCode::TooShort),
        length if length > most => Err(FaultCode::TooLong),
        _ => Ok(Some(text.to_owned())),
    }
}
