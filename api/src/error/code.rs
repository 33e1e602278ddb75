//! The kinds of problems, with their texts.

use actix_web::http::StatusCode;

use crate::http::Language;

/// The kinds of problems. The name (snake case) is part of the contract and of the address `/problems/{name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemCode {
    AddressNotAllowed,
    ApiKeyNotFound,
    BodyTooLarge,
    CrossSiteRequest,
    Forbidden,
    HeadersTooLarge,
    IfMatchRequired,
    ImportRefused,
    InternalError,
    Invalid,
    InvalidCredentials,
    InvalidQuery,
    InvalidSecondFactor,
    LastAdministrator,
    MalformedRequest,
    MethodNotAllowed,
    NotAcceptable,
    NotDeleted,
    NotForApiKeys,
    NotFound,
    OutOfScope,
    Overloaded,
    OwnAccount,
    PasswordChangeRequired,
    PatientAlreadyExists,
    PatientDeleted,
    PatientHasStudies,
    PatientNotFound,
    RoleNotFound,
    SecondFactorEnabled,
    SecondFactorEnrolmentRequired,
    SecondFactorNotEnabled,
    SecondFactorNotPending,
    SecondFactorRequired,
    SecureContextRequired,
    SessionExpired,
    SessionNotFound,
    SessionRevoked,
    StaleVersion,
    StudyAlreadyExists,
    StudyNotFound,
    Timeout,
    TooManyApiKeys,
    TooManyAttempts,
    TooManyRequests,
    TwoCredentials,
    Unauthenticated,
    Unavailable,
    UnsupportedMediaType,
    UploadStalled,
    UriTooLong,
    UserAlreadyExists,
    UserNotFound,
    UserWasUsed,
}

/// How one kind of problem is answered and said.
pub struct ProblemText {
    /// The stable name.
    pub name: &'static str,
    /// The status it is answered with.
    pub status: u16,
    english: (&'static str, &'static str),
    french: (&'static str, &'static str),
}

impl ProblemText {
    /// A short heading, the same for every occurrence.
    pub const fn title(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english.0,
            Language::French => self.french.0,
        }
    }

    /// What it means and what to do about it.
    pub const fn detail(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english.1,
            Language::French => self.french.1,
        }
    }
}

macro_rules! problems {
    ($($code:ident $name:literal $status:literal [$en:literal, $en_detail:literal] [$fr:literal, $fr_detail:literal])*) => {
        impl ProblemCode {
            /// Every kind of problem, in the order of its name.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// How this kind of problem is answered and said.
            pub const fn text(self) -> ProblemText {
                match self {
                    $(Self::$code => ProblemText {
                        name: $name, status: $status, english: ($en, $en_detail), french: ($fr, $fr_detail),
                    },)*
                }
            }
        }
    };
}

problems! {
    AddressNotAllowed "address_not_allowed" 403
        ["The API key is not for this address", "The key is held to certain networks, and the request came from another one."]
        ["La clé d'API n'est pas pour cette adresse", "La clé est limitée à certains réseaux, et la requête vient d'un autre."]
    ApiKeyNotFound "api_key_not_found" 404
        ["There is no such API key", "No key of the registry has this id; one that was revoked is found with revoked=true."]
        ["Cette clé d'API n'existe pas", "Aucune clé du registre n'a cet identifiant ; revoked=true cherche parmi les clés révoquées."]
    BodyTooLarge "body_too_large" 413
        ["The body is too large", "Send a smaller body. The limit is 256 KiB unless the server sets another; the contract tells those of imports."]
        ["Le corps est trop grand", "Envoyez un corps plus petit. La limite est de 256 Kio, sauf réglage du serveur ; le contrat donne celles des imports."]
    CrossSiteRequest "cross_site_request" 403
        ["The request comes from elsewhere", "A browser's sign-in, refresh and sign-out need X-Requested-With, and an Origin or Sec-Fetch-Site of this server (PUBLIC_URL)."]
        ["La requête vient d'ailleurs", "La connexion, le rafraîchissement et la déconnexion d'un navigateur demandent X-Requested-With, et une Origin ou un Sec-Fetch-Site de ce serveur (PUBLIC_URL)."]
    Forbidden "forbidden" 403
        ["Your role does not allow this", "The operation needs a higher role; x-required-role in the contract names it."]
        ["Votre rôle ne le permet pas", "L'opération demande un rôle plus élevé ; x-required-role du contrat le nomme."]
    HeadersTooLarge "headers_too_large" 431
        ["The header fields are too large", "Send fewer or shorter ones; together they may have 16 KiB."]
        ["Les champs d'en-tête sont trop grands", "Envoyez-en moins ou de plus courts ; ensemble ils peuvent faire 16 Kio."]
    IfMatchRequired "if_match_required" 428
        ["The header If-Match is required", "Send the ETag of the version that you read, or * to overwrite whatever is there."]
        ["L'en-tête If-Match est obligatoire", "Envoyez l'ETag de la version lue, ou * pour écraser ce qui s'y trouve."]
    ImportRefused "import_refused" 422
        ["Nothing was imported", "No file could be taken, or rows were refused where all or none were wanted. The report says why."]
        ["Rien n'a été importé", "Aucun fichier n'a pu être repris, ou des lignes ont été refusées alors qu'il fallait tout ou rien. Le rapport dit pourquoi."]
    InternalError "internal_error" 500
        ["The server made a mistake", "Nothing was changed. Tell the administrator the request_id."]
        ["Le serveur a fait une erreur", "Rien n'a été modifié. Donnez le request_id à l'administrateur."]
    Invalid "invalid" 422
        ["Some values are not valid", "Nothing was changed. The list errors names each fault."]
        ["Des valeurs ne sont pas valides", "Rien n'a été modifié. La liste errors nomme chaque faute."]
    InvalidCredentials "invalid_credentials" 401
        ["The name or the password is wrong", "Check both; an account that was deactivated is answered in the same way."]
        ["Le nom ou le mot de passe est faux", "Vérifiez les deux ; un compte désactivé reçoit la même réponse."]
    InvalidQuery "invalid_query" 400
        ["The query is not understood", "A parameter is unknown, repeated or empty. The list errors names each."]
        ["La requête n'est pas comprise", "Un paramètre est inconnu, répété ou vide. La liste errors nomme chacun."]
    LastAdministrator "last_administrator" 409
        ["This is the last active administrator", "Nothing was changed. Give the role admin to another active account first."]
        ["C'est le dernier administrateur actif", "Rien n'a été modifié. Donnez d'abord le rôle admin à un autre compte actif."]
    InvalidSecondFactor "invalid_second_factor" 401
        ["The code is wrong", "Each code counts once; wait for the next one, or use a recovery code."]
        ["Le code est faux", "Chaque code ne sert qu'une fois ; attendez le suivant, ou utilisez un code de secours."]
    MalformedRequest "malformed_request" 400
        ["The request is malformed", "The address, a header or the JSON text breaks its syntax, or is not UTF-8."]
        ["La requête est mal formée", "L'adresse, un en-tête ou le texte JSON enfreint sa syntaxe, ou n'est pas de l'UTF-8."]
    MethodNotAllowed "method_not_allowed" 405
        ["The method is not allowed here", "The header Allow lists the methods of this path."]
        ["La méthode n'est pas permise ici", "L'en-tête Allow liste les méthodes de ce chemin."]
    NotAcceptable "not_acceptable" 406
        ["No such representation", "The header Accept excludes what this operation answers; the contract lists it."]
        ["Représentation inexistante", "L'en-tête Accept exclut ce que cette opération répond ; le contrat le liste."]
    NotDeleted "not_deleted" 409
        ["It is not in the bin", "Delete it first; only what lies in the bin can be restored or purged."]
        ["Il n'est pas dans la corbeille", "Supprimez-le d'abord ; seul ce qui est dans la corbeille peut être restauré ou purgé."]
    NotForApiKeys "not_for_api_keys" 403
        ["This is not for API keys", "Accounts, keys and administration are for people: sign in and send an access token."]
        ["Ce n'est pas pour les clés d'API", "Comptes, clés et administration sont pour les personnes : connectez-vous et envoyez un jeton d'accès."]
    NotFound "not_found" 404
        ["There is nothing here", "No resource has this path; /openapi.yaml lists those there are."]
        ["Il n'y a rien ici", "Aucune ressource n'a ce chemin ; /openapi.yaml liste celles qui existent."]
    OutOfScope "out_of_scope" 403
        ["The API key is not for this", "The key is held to a scope below its role: to reading, or to searching alone."]
        ["La clé d'API n'est pas pour cela", "La clé est limitée à une portée inférieure à son rôle : la lecture, ou la seule recherche."]
    Overloaded "overloaded" 503
        ["The server is busy", "Try again after the seconds of Retry-After."]
        ["Le serveur est occupé", "Réessayez après les secondes de Retry-After."]
    OwnAccount "own_account" 409
        ["This is your own account", "Another administrator changes your role, deactivates or removes you; your own password is changed with PUT /api/auth/password."]
        ["C'est votre propre compte", "Un autre administrateur change votre rôle, vous désactive ou vous supprime ; votre mot de passe se change par PUT /api/auth/password."]
    PasswordChangeRequired "password_change_required" 403
        ["The password must be changed first", "Choose a password with PUT /api/auth/password, then sign in again."]
        ["Le mot de passe doit d'abord être changé", "Choisissez un mot de passe par PUT /api/auth/password, puis reconnectez-vous."]
    PatientAlreadyExists "patient_already_exists" 409
        ["This patient number is taken", "existing_id names the patient that has it; deleted says whether it lies in the bin."]
        ["Ce numéro de patient est pris", "existing_id désigne le patient qui l'a ; deleted dit s'il est dans la corbeille."]
    PatientDeleted "patient_deleted" 409
        ["The patient is in the bin", "Restore the patient first."]
        ["Le patient est dans la corbeille", "Restaurez d'abord le patient."]
    PatientHasStudies "patient_has_studies" 409
        ["The patient has studies", "Delete the studies first; to purge a patient, purge its studies first."]
        ["Le patient a des études", "Supprimez d'abord les études ; pour purger un patient, purgez d'abord ses études."]
    PatientNotFound "patient_not_found" 404
        ["There is no such patient", "No patient of the registry has this id; one in the bin is found with deleted=true."]
        ["Ce patient n'existe pas", "Aucun patient du registre n'a cet identifiant ; deleted=true cherche dans la corbeille."]
    RoleNotFound "role_not_found" 404
        ["There is no such role", "GET /api/roles lists those there are."]
        ["Ce rôle n'existe pas", "GET /api/roles liste ceux qui existent."]
    SecondFactorEnabled "second_factor_enabled" 409
        ["There is a second factor already", "Give it up first with POST /api/auth/totp/disable."]
        ["Il y a déjà un second facteur", "Retirez-le d'abord par POST /api/auth/totp/disable."]
    SecondFactorEnrolmentRequired "second_factor_enrolment_required" 403
        ["A second factor must be set up first", "Your role needs one: set it up with POST /api/auth/totp and POST /api/auth/totp/confirm."]
        ["Un second facteur doit d'abord être mis en place", "Votre rôle en demande un : mettez-le en place par POST /api/auth/totp et POST /api/auth/totp/confirm."]
    SecondFactorNotEnabled "second_factor_not_enabled" 409
        ["There is no second factor", "Set one up with POST /api/auth/totp and POST /api/auth/totp/confirm."]
        ["Il n'y a pas de second facteur", "Mettez-en un en place par POST /api/auth/totp et POST /api/auth/totp/confirm."]
    SecondFactorNotPending "second_factor_not_pending" 409
        ["No second factor waits for its first code", "Begin with POST /api/auth/totp."]
        ["Aucun second facteur n'attend son premier code", "Commencez par POST /api/auth/totp."]
    SecondFactorRequired "second_factor_required" 401
        ["A code is needed too", "Send the same request again with totp, the code of the authenticator application, or with recovery_code."]
        ["Il faut aussi un code", "Renvoyez la même requête avec totp, le code de l'application d'authentification, ou avec recovery_code."]
    SecureContextRequired "secure_context_required" 403
        ["The connection is not secure", "Browsers keep the session's cookie over https or on the same machine alone: use https."]
        ["La connexion n'est pas sécurisée", "Les navigateurs ne gardent le cookie de session qu'en https ou sur la même machine : utilisez https."]
    SessionExpired "session_expired" 401
        ["The session has expired", "It was not used for too long, or it is too old. Sign in again."]
        ["La session a expiré", "Elle est restée inactive trop longtemps, ou elle est trop ancienne. Reconnectez-vous."]
    SessionNotFound "session_not_found" 404
        ["There is no such session", "The account has no live session of this id; it may have ended."]
        ["Cette session n'existe pas", "Le compte n'a aucune session en cours de cet identifiant ; elle a pu se terminer."]
    SessionRevoked "session_revoked" 401
        ["The session is over", "It was signed out or ended elsewhere, or its refresh token was used twice. Sign in again."]
        ["La session est terminée", "Elle a été fermée ici ou ailleurs, ou son jeton de rafraîchissement a servi deux fois. Reconnectez-vous."]
    StaleVersion "stale_version" 412
        ["Someone else has changed it", "Read it again, bring your change to the new version and send its ETag."]
        ["Quelqu'un d'autre l'a modifié", "Relisez-le, reportez votre changement sur la nouvelle version et envoyez son ETag."]
    StudyAlreadyExists "study_already_exists" 409
        ["This study UID is taken", "existing_id names the study that has it; deleted says whether it lies in the bin."]
        ["Cet UID d'étude est pris", "existing_id désigne l'étude qui l'a ; deleted dit si elle est dans la corbeille."]
    StudyNotFound "study_not_found" 404
        ["There is no such study", "No study of the registry has this id; one in the bin is found with deleted=true."]
        ["Cette étude n'existe pas", "Aucune étude du registre n'a cet identifiant ; deleted=true cherche dans la corbeille."]
    Timeout "timeout" 503
        ["The request took too long", "It was given up. Read again what you were changing before you try once more."]
        ["La requête a pris trop de temps", "Elle a été abandonnée. Relisez ce que vous modifiiez avant de réessayer."]
    TooManyApiKeys "too_many_api_keys" 409
        ["There are two API keys of this name", "An old and a new one may count at the same time; revoke one of them first."]
        ["Il y a deux clés d'API de ce nom", "Une ancienne et une nouvelle peuvent valoir en même temps ; révoquez-en d'abord une."]
    TooManyAttempts "too_many_attempts" 429
        ["Too many attempts", "Sign-ins of this name or from this address have failed too often: try again after the seconds of Retry-After."]
        ["Trop de tentatives", "Trop de connexions avec ce nom ou depuis cette adresse ont échoué : réessayez après les secondes de Retry-After."]
    TooManyRequests "too_many_requests" 429
        ["Too many requests", "The quota of RateLimit-Policy is spent; try again after the seconds of Retry-After."]
        ["Trop de requêtes", "Le quota de RateLimit-Policy est épuisé ; réessayez après les secondes de Retry-After."]
    TwoCredentials "two_credentials" 400
        ["The request has two credentials", "Send either Authorization or X-API-Key, and each of them once."]
        ["La requête a deux justificatifs", "Envoyez soit Authorization, soit X-API-Key, et une seule fois."]
    Unauthenticated "unauthenticated" 401
        ["You are not signed in", "Send Authorization: Bearer with an access token from POST /api/auth/login, or X-API-Key with an API key."]
        ["Vous n'êtes pas connecté", "Envoyez Authorization: Bearer avec un jeton de POST /api/auth/login, ou X-API-Key avec une clé d'API."]
    Unavailable "unavailable" 503
        ["The database does not answer", "Try again after the seconds of Retry-After."]
        ["La base de données ne répond pas", "Réessayez après les secondes de Retry-After."]
    UnsupportedMediaType "unsupported_media_type" 415
        ["The media type is not supported", "Send a media type that the contract lists for the operation, application/json for most, and without Content-Encoding."]
        ["Le type de média n'est pas pris en charge", "Envoyez un type de média que le contrat liste pour l'opération, application/json le plus souvent, et sans Content-Encoding."]
    UploadStalled "upload_stalled" 408
        ["The body did not arrive", "Nothing came for too long. The report says what was imported until then; send the rest again."]
        ["Le corps n'est pas arrivé", "Rien n'est venu pendant trop longtemps. Le rapport dit ce qui a été importé ; renvoyez le reste."]
    UriTooLong "uri_too_long" 414
        ["The address is too long", "It may have 8 KiB; a search can also be sent as the body of POST /api/search."]
        ["L'adresse est trop longue", "Elle peut faire 8 Kio ; une recherche peut aussi être le corps de POST /api/search."]
    UserAlreadyExists "user_already_exists" 409
        ["This username is taken", "existing_id names the account that has it; a deactivated account keeps its name."]
        ["Ce nom de connexion est pris", "existing_id désigne le compte qui l'a ; un compte désactivé garde son nom."]
    UserNotFound "user_not_found" 404
        ["There is no such account", "No account of the registry has this id."]
        ["Ce compte n'existe pas", "Aucun compte du registre n'a cet identifiant."]
    UserWasUsed "user_was_used" 409
        ["Someone has signed in with this account", "It stands behind what was entered and read; deactivate it instead of removing it."]
        ["Quelqu'un s'est connecté avec ce compte", "Des saisies et des lectures s'y rattachent ; désactivez-le au lieu de le supprimer."]
}

impl ProblemCode {
    /// The kind of problem that a bare status stands for, for answers that did not come from a handler.
    pub fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            400 => Self::MalformedRequest,
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            408 => Self::UploadStalled,
            405 => Self::MethodNotAllowed,
            413 => Self::BodyTooLarge,
            415 => Self::UnsupportedMediaType,
            503 => Self::Unavailable,
            _ => Self::InternalError,
        }
    }

    /// The status it is answered with.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.text().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
