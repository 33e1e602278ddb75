//! Wire types of second factors.

use entity::second_factor;
use serde::Serialize;
use utoipa::ToSchema;

use super::secret::Enrolment;
use crate::auth::{Caller, PASSWORD_MOST};
use crate::http::Members;
use crate::values::{FaultCode, instant_text};

/// What shows a second factor.
pub enum Proof {
    /// A code of the application.
    Totp(String),
    /// A recovery code.
    RecoveryCode(String),
}

impl Proof {
    /// Reads the members `totp` and `recovery_code`; the former counts when both are there.
    pub fn read(members: &mut Members) -> Option<Self> {
        let totp = read_totp(members);
        let code = members.value("recovery_code", |text| match text.len() {
            16..=32 => Ok(text.to_owned()),
            _ => Err(FaultCode::WrongCode),
        });
        totp.map(Self::Totp).or_else(|| code.map(Self::RecoveryCode))
    }

    /// The member that it stood in.
    pub fn member(&self) -> &'static str {
        match self {
            Self::Totp(_) => "totp",
            Self::RecoveryCode(_) => "recovery_code",
        }
    }
}

fn read_totp(members: &mut Members) -> Option<String> {
    members.value("totp", |text| {
        let digits = text.replacen(' ', "", 1);
        let right = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if right { Ok(digits) } else { Err(FaultCode::WrongCode) }
    })
}

/// The second factor of one's own account.
#[derive(Serialize, ToSchema)]
pub struct SecondFactor {
    /// Whether it is asked for at sign-in.
    pub enabled: bool,
    /// Whether the role needs one.
    pub required: bool,
    /// Since when it is asked for.
    #[schema(format = DateTime)]
    pub enabled_at: Option<String>,
    /// How many recovery codes are unused.
    #[schema(minimum = 0, maximum = 10, example = 10)]
    pub recovery_codes_left: u64,
}

impl SecondFactor {
    /// Of an account.
    pub fn of(caller: &Caller, row: Option<second_factor::Model>, recovery_codes_left: u64) -> Self {
        let enabled_at = row.and_then(|row| row.confirmed_at).map(instant_text);
        Self { enabled: enabled_at.is_some(), required: caller.second_factor_required, enabled_at, recovery_codes_left }
    }
}

/// The password, before a second factor is set up.
#[derive(ToSchema)]
#[schema(example = json!({"password": "correct horse battery staple"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct SecondFactorCreate {
    /// The account's password.
    #[schema(min_length = 1, max_length = 128, format = Password)]
    password: String,
}

/// Reads a [`SecondFactorCreate`].
pub fn read_password(members: &mut Members) -> String {
    members.required("password", |text| match text.chars().count() {
        0 => Err(FaultCode::TooShort),
        length if length > PASSWORD_MOST => Err(FaultCode::TooLong),
        _ => Ok(Some(text.to_owned())),
    })
}

/// What an authenticator application needs; shown this once.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorEnrolment {
    /// The secret in base 32, to be typed.
    #[schema(pattern = "^[A-Z2-7]{32}$", example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// The same with whose it is.
    #[schema(
        pattern = "^otpauth://totp/",
        example = "otpauth://totp/Patientele:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Patientele"
    )]
    pub uri: String,
    /// The same as an image to be scanned: a `data:` URI of SVG.
    #[schema(pattern = "^data:image/svg[+]xml;base64,", example = "data:image/svg+xml;base64,PHN2Zy8+")]
    pub qr_code: String,
}

impl From<Enrolment> for SecondFactorEnrolment {
    fn from(shown: Enrolment) -> Self {
        Self { secret: shown.secret, uri: shown.uri, qr_code: shown.qr_code }
    }
}

/// The first code of an application.
#[derive(ToSchema)]
#[schema(example = json!({"totp": "123456"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct SecondFactorConfirmation {
    /// The six digits that it shows.
    #[schema(pattern = "^[0-9]{3} ?[0-9]{3}$")]
    totp: String,
}

impl SecondFactorConfirmation {
    /// Reads the code.
    pub fn read(members: &mut Members) -> String {
        let totp = read_totp(members);
        if totp.is_none() && !members.is_faulty("totp") {
            members.fault("totp", FaultCode::Required);
        }
        totp.unwrap_or_default()
    }
}

/// The password and a code, before a second factor is changed. One of the two codes is needed.
#[derive(ToSchema)]
#[schema(example = json!({"password": "correct horse battery staple", "totp": "123456"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct SecondFactorProof {
    /// The account's password.
    #[schema(min_length = 1, max_length = 128, format = Password)]
    password: String,
    /// The six digits that the application shows.
    #[schema(pattern = "^[0-9]{3} ?[0-9]{3}$")]
    totp: Option<String>,
    /// A recovery code, when the application is lost.
    #[schema(min_length = 16, max_length = 32)]
    recovery_code: Option<String>,
}

/// Reads a [`SecondFactorProof`].
pub fn read_proof(members: &mut Members) -> (String, Option<Proof>) {
    let password = read_password(members);
    let proof = Proof::read(members);
    if proof.is_none() && !members.is_faulty("totp") && !members.is_faulty("recovery_code") {
        members.fault("totp", FaultCode::Required);
    }
    (password, proof)
}

/// Codes that each stand once in the place of one of the application; shown this once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Ten codes, to be kept where the application is not.
    #[schema(min_items = 10, max_items = 10, example = json!(["abcd-efgh-jkmn-pqrs"]))]
    pub recovery_codes: Vec<String>,
}
