// Generated from openapi.yaml by `npm run contract`; not edited by hand.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the server and its database
         * @description Answers 200 only when the database answers within a second.
         */
        get: operations["get_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Expired keys are listed too; those that were revoked instead with `revoked=true`.
         */
        get: operations["list_api_keys"];
        put?: never;
        /**
         * Make an API key
         * @description For a script or another system. The key is shown this once. Two keys of one name may count at the same time, the old
         *     and the new one; a third is refused.
         */
        post: operations["create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an API key
         * @description Never its secret. `revoked=true` reads one that was revoked.
         */
        get: operations["get_api_key"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It is good for nothing from now on; on other servers within five seconds. What was done with it stays attributed to it.
         */
        delete: operations["delete_api_key"];
        options?: never;
        head?: never;
        /**
         * Change what an API key may do
         * @description Its role, scope, networks and end; in force at once. Its name stays.
         */
        patch: operations["update_api_key"];
        trace?: never;
    };
    "/api/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the successor of an API key
         * @description A second key with the same name and rights, good for a year. The old one stays good until it is revoked or expires: first the
         *     script is given the new key, then the old one is revoked.
         */
        post: operations["rotate_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the audit trail
         * @description The newest first. Filters narrow the list together. As CSV (`Accept: text/csv`) it is every event that the filters leave, from
         *     the cursor on, whatever `limit` says; cells that a spreadsheet would run begin with an apostrophe.
         */
        get: operations["list_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit-events/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whether the audit trail is intact
         * @description How far it is sealed, and what the last verification of all of it found. The server verifies once a day;
         *     `patientele audit verify` does so at once.
         */
        get: operations["get_audit_verification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Begins a session and answers its tokens. An unknown name, a wrong password, a one-time password that is no longer good and a
         *     deactivated account are answered alike. With `delivery` `cookie` the refresh token is set as a cookie; then the request must
         *     come from a page of this server (`X-Requested-With`, and an `Origin` or `Sec-Fetch-Site` of its own), over https or on the
         *     same machine.
         *
         *     An account with a second factor needs `totp` or `recovery_code` too: once the password is right, the answer without one is 401
         *     `second_factor_required`, and the same request is sent again with it. Each code counts once.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token, in the body or in the cookie, or else, when that ends none, of the access token. Its tokens are good for
         *     nothing from now on; on other servers within five seconds. It is no fault when the session has ended already.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one's own account
         * @description Says who the token belongs to, with the role that counts now.
         */
        get: operations["get_current_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's own password
         * @description Needs the current password. The new one has 12 to 128 characters (Unicode code points, as they are sent) of any kind and
         *     is not easy to guess: no common password, nothing made of one's own name or of a pattern. Every other
         *     session of the account ends.
         */
        put: operations["update_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the tokens
         * @description Exchanges a refresh token for a new access token and the next refresh token. It comes in the body, or, for web pages of this
         *     server, in the cookie (with `X-Requested-With`), and the next one goes back the same way. A refresh token is used once: a
         *     second use within a minute gets the same answer while the next token is unused; any other ends the session.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own sessions
         * @description Everywhere one is signed in, the last used first; `current` marks the session of the request.
         */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's own sessions
         * @description Its access token and its refresh token are good for nothing from now on; on other servers within five seconds.
         */
        delete: operations["revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of one's own second factor
         * @description Says whether there is one, whether the role needs one, and how many recovery codes are left.
         */
        get: operations["get_second_factor"];
        put?: never;
        /**
         * Begin to set up a second factor
         * @description Answers the secret for an authenticator application (TOTP, RFC 6238), as text, URI and QR code. It is shown this once, and is
         *     not asked for until `POST /api/auth/totp/confirm` has had a code of it.
         */
        post: operations["enrol_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a second factor
         * @description By a code of the application; it is asked for at every sign-in from now on. Answers recovery codes, shown this once. Every
         *     other session of the account ends.
         */
        post: operations["confirm_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up one's own second factor
         * @description Needs the password and a code. Where the role needs a second factor, nothing else can be done until there is one again.
         */
        post: operations["disable_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description Needs the password and a code. Those there were are good for nothing from now on.
         */
        post: operations["renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export patients
         * @description Every patient that the filters of the list leave, as CSV or as NDJSON, whichever `Accept` prefers; `POST /api/import` takes it
         *     back. In the order of their ids unless `sort` says otherwise: a patient that is there throughout is then exported once, as it is
         *     when its turn comes; in the order of something that changes meanwhile it may come twice or not at all. Cells that a
         *     spreadsheet would run begin with an apostrophe. An export that fails on its way ends without the end of its body.
         */
        get: operations["export_patients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export/studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export studies
         * @description Every study that the filters of the list leave, as [patients](#/bulk/export_patients) are exported. Each names its patient by
         *     number and issuer.
         */
        get: operations["export_studies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import patients and studies
         * @description **CSV**: the heading names fields of patients or of studies, `;`, `,` or TAB stand between the cells, dates are written
         *     `YYYY-MM-DD`, modalities are joined by commas; UTF-8, or what `charset=windows-1252` says unless there is a byte order mark. An empty cell says nothing. **NDJSON**: each
         *     line is an object of the form of `POST /api/patients` or `POST /api/studies` with a member `type`, `patient` or `study`; null empties a
         *     field of a row that is registered, what is absent stays. A study names its patient by `patient_fk`, or by `patient_id` and
         *     `issuer_of_patient_id` (in NDJSON members of `patient`); the patient stands before it or is registered. What an export says beyond
         *     that is left aside. Every rule of the API holds for every line; a row of an export, which says when it was made, may be without a name.
         *
         *     A patient is known by `patient_id` and `issuer_of_patient_id`, a study by `study_instance_uid`; `mode=upsert` needs them. Lines are entered
         *     in batches while they come: a line that is refused stops nothing unless `atomic=true`, and what was entered stays when the rest does not
         *     come. **DICOM** files and DICOM JSON complete what is registered and overwrite nothing.
         *
         *     Answers 200 when something could be read: the report then tells what was refused. A problem of an import that has begun has the
         *     report as its member `report`. The body may have 2 GiB unless the server sets another limit.
         *     Of a file with more than 10,000 lines, the rows behind them are found by the words of a search when the answer comes, or before.
         */
        post: operations["import_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List patients
         * @description By name unless `sort` says otherwise. Filters narrow the list together; the next page starts after the cursor, whatever was added or deleted meanwhile.
         */
        get: operations["list_patients"];
        put?: never;
        /**
         * Enter a patient
         * @description A number that is taken, by a patient in the bin too, is refused with 409 and the id of that patient.
         */
        post: operations["create_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a patient
         * @description `deleted=true` reads one from the bin; it needs the role `modification`.
         */
        get: operations["get_patient"];
        /**
         * Replace a patient
         * @description Every member that is absent is emptied, but the patient's number, which stays.
         */
        put: operations["replace_patient"];
        post?: never;
        /**
         * Move a patient to the bin
         * @description A patient with studies is kept: 409. `purge=true` removes one that lies in the bin for good; it needs the role `admin`.
         */
        delete: operations["delete_patient"];
        options?: never;
        head?: never;
        /**
         * Change members of a patient
         * @description A JSON merge patch (RFC 7396): absent members stay, null empties.
         */
        patch: operations["update_patient"];
        trace?: never;
    };
    "/api/patients/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who saw a patient
         * @description Every access to the patient and to the patient's studies, reads and changes alike, the newest first; of a patient that was purged
         *     too. Lists and searches name no patients in the trail and do not count here; nor does what was refused.
         */
        get: operations["list_patient_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the history of a patient
         * @description Every version, the newest first: who made it when, and each field that it changed, old and new. Versions from before the registry
         *     kept a history are not known. Purging a patient removes its history.
         */
        get: operations["list_patient_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a patient out of the bin
         * @description The number was kept for it.
         */
        post: operations["restore_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a patient back to a version
         * @description Its fields become what they were then, as a new version; nothing of the history is lost. It is checked as any other change: the number may be taken by now.
         *     What lies in the bin is restored first.
         */
        post: operations["revert_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a patient's studies
         * @description As the list of all studies, for one patient.
         */
        get: operations["list_patient_studies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles
         * @description There are three. Of each can be said whether its accounts need a second factor.
         */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a role
         * @description Says whether its accounts need a second factor. Who has none is let in to set one up and to nothing else; at once on this
         *     server, on others within five seconds.
         */
        patch: operations["update_role"];
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search patients and studies
         * @description One list, the most relevant first: whole identifiers; unless there are filters, patients whose names begin with the words in
         *     their order, family name first or last; whole words; beginnings of words. Patients are found by their names, studies by their own
         *     words and by their patient's. Of several words the rarest leads, in whose order hits come: which one that is may change as the
         *     registry grows. A single term of four characters or more with a digit that is no date, and that is somebody's identifier, finds
         *     that alone. Each hit says why it was found. Filters alone list patients by name, then studies,
         *     the newest first. A page may hold fewer hits than asked for, even none, and yet a `next_cursor`: then finding more takes longer
         *     than one request may, and the next one goes on from there.
         */
        get: operations["search_registry"];
        put?: never;
        /**
         * Search patients and studies without a name in the address
         * @description The same search; its parameters stand in the body, so that no proxy writes a patient's name into its log.
         */
        post: operations["search_registry_by_body"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count patients and studies
         * @description The whole registry is counted beside the requests, at most once a minute unless the server is set otherwise, and less often
         *     the longer it takes; `as_of` says when.
         */
        get: operations["get_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List studies
         * @description The newest first unless `sort` says otherwise. Filters narrow the list together; the next page starts after the cursor, whatever was added or deleted meanwhile.
         */
        get: operations["list_studies"];
        put?: never;
        /**
         * Enter a study
         * @description A UID that is taken, by a study in the bin too, is refused with 409 and the id of that study.
         */
        post: operations["create_study"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a study
         * @description `deleted=true` reads one from the bin; it needs the role `modification`.
         */
        get: operations["get_study"];
        /**
         * Replace a study
         * @description Every member that is absent is emptied, but the study's UID, which stays.
         */
        put: operations["replace_study"];
        post?: never;
        /**
         * Move a study to the bin
         * @description `purge=true` removes one that lies in the bin for good; it needs the role `admin`.
         */
        delete: operations["delete_study"];
        options?: never;
        head?: never;
        /**
         * Change members of a study
         * @description A JSON merge patch (RFC 7396): absent members stay, null empties.
         */
        patch: operations["update_study"];
        trace?: never;
    };
    "/api/studies/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the history of a study
         * @description Every version, the newest first: who made it when, and each field that it changed, old and new. Versions from before the registry
         *     kept a history are not known. Purging a study removes its history.
         */
        get: operations["list_study_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studies/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a study out of the bin
         * @description Its patient must not lie there.
         */
        post: operations["restore_study"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/studies/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a study back to a version
         * @description Its fields become what they were then, as a new version; nothing of the history is lost. It is checked as any other change: its patient of then must still be there.
         *     What lies in the bin is restored first.
         */
        post: operations["revert_study"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts
         * @description Filters narrow the list together; deactivated accounts are listed too.
         */
        get: operations["list_users"];
        put?: never;
        /**
         * Make an account
         * @description Its password, given or made by the server, is good for a day and must be changed at the first sign-in.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account
         * @description Deactivated accounts are read too.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Remove an account that was never used
         * @description An account that someone has signed in with stands behind what was entered and read: it is deactivated, not removed.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Change the name shown, the role or the activity of an account
         * @description In force at once: a deactivated account is signed out everywhere. Nobody changes the role or the activity of the own
         *     account, nor those of the last active administrator.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/users/{id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an account a one-time password
         * @description For someone who has forgotten the own one. It is shown this once, is good for a day and must be changed at the next
         *     sign-in; the account is signed out everywhere. One's own password is changed with `PUT /api/auth/password`.
         */
        post: operations["reset_user_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of an account
         * @description The last used first.
         */
        get: operations["list_user_sessions"];
        put?: never;
        post?: never;
        /**
         * End all sessions of an account
         * @description Its tokens are good for nothing from now on; on other servers within five seconds. It may sign in again.
         */
        delete: operations["revoke_user_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session of an account
         * @description Its access token and its refresh token are good for nothing from now on; on other servers within five seconds.
         */
        delete: operations["revoke_user_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take the second factor from an account
         * @description For someone who has lost the application and the recovery codes. The account is signed out everywhere; where its role needs a
         *     second factor, it must set one up at the next sign-in.
         */
        delete: operations["reset_user_second_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the process alone
         * @description Says that the process serves requests, whatever the database does.
         */
        get: operations["get_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether to send requests here
         * @description Answers 200 when the database answers, its schema is up to date and the server is not about to stop.
         */
        get: operations["get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read about a kind of problem
         * @description A page for people, in French or English as `Accept-Language` asks.
         */
        get: operations["get_problem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Who acted: `anonymous` nobody who is known, `system` the server itself or its command line.
         * @enum {string}
         */
        ActorType: "anonymous" | "user" | "api_key" | "system";
        /** @description An API key, without its secret. */
        ApiKey: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.123456Z
             */
            created_at: string;
            /**
             * Format: int64
             * @description Who made it.
             */
            created_by?: number | null;
            /**
             * Format: date-time
             * @description Until when it is good.
             */
            expires_at: string;
            /**
             * Format: int64
             * @description The key's id.
             * @example 1
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             */
            last_used_at?: string | null;
            /**
             * @description What it is for: an integration may have two keys of the same name, the old and the new one.
             * @example RIS interface
             */
            name: string;
            /** @description The networks it may be used from; from everywhere when there is none. */
            networks: components["schemas"]["Network"][];
            /**
             * @description How the key begins, to recognise it by.
             * @example ptk_1_
             */
            prefix: string;
            /**
             * Format: date-time
             * @description When it was revoked.
             */
            revoked_at?: string | null;
            /**
             * Format: int64
             * @description Who revoked it.
             */
            revoked_by?: number | null;
            /** @description What it may do: `lecture` or `modification`. */
            role: components["schemas"]["ApiKeyRole"];
            scope?: components["schemas"]["Scope"] | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-11-22T09:30:00.123456Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Who changed it last.
             */
            updated_by?: number | null;
            /**
             * Format: int64
             * @description Counts the changes of the key; the first part of its `ETag`.
             * @example 1
             */
            version: number;
        };
        /**
         * @description A key to be made.
         * @example {
         *       "name": "RIS interface",
         *       "networks": [
         *         "192.0.2.0/24"
         *       ],
         *       "role": "modification"
         *     }
         */
        ApiKeyCreate: {
            /**
             * Format: date-time
             * @description Until when it is good: a year at most, and a year unless said.
             */
            expires_at?: string | null;
            /** @description What it is for. */
            name: string;
            /** @description The networks it may be used from; from everywhere unless said. */
            networks?: components["schemas"]["Network"][] | null;
            /** @description What it may do: `lecture` or `modification`. */
            role: components["schemas"]["ApiKeyRole"];
            scope?: components["schemas"]["Scope"] | null;
        };
        /** @description One page of keys. */
        ApiKeyPage: components["schemas"]["Total"] & {
            /** @description The keys of this page. */
            items: components["schemas"]["ApiKey"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description A key to be made. */
        ApiKeyPatch: {
            /**
             * Format: date-time
             * @description Until when it is good: a year at most, and a year unless said.
             */
            expires_at?: string;
            /** @description The networks it may be used from; from everywhere unless said. */
            networks?: components["schemas"]["Network"][] | null;
            /** @description What it may do: `lecture` or `modification`. */
            role?: components["schemas"]["ApiKeyRole"];
            scope?: components["schemas"]["Scope"] | null;
        };
        /**
         * @description The role of a key: `admin` is for people.
         * @enum {string}
         */
        ApiKeyRole: "lecture" | "modification";
        /** @description One event: who did what to which row, from where, and how it ended. */
        AuditEvent: {
            /**
             * @description What was done: an `operationId` of this contract, or `purge_patient`, `purge_study`, `import`, `reset_password`,
             *     `create_first_administrator`, `prune_audit_trail`, `throttle_login`, `use_recovery_code`.
             * @example get_patient
             */
            action: string;
            /**
             * Format: int64
             * @description The id of the user or of the API key.
             */
            actor_id?: number | null;
            /** @description Its name as it was then. */
            actor_name?: string | null;
            /** @description What kind of principal acted. */
            actor_type: components["schemas"]["ActorType"];
            /** @description The client's address. */
            address?: string | null;
            /**
             * Format: date-time
             * @description When it was.
             * @example 2026-11-22T09:30:00.123456Z
             */
            at: string;
            /** @description The names of the fields that were changed. */
            changed: string[];
            /** @description Further facts. */
            details?: Record<string, never> | null;
            /**
             * Format: int64
             * @description Rises with time.
             */
            id: number;
            /**
             * @description `success`; `abandoned` when the client or the time limit gave it up; else the code of the problem that was answered.
             * @example success
             */
            outcome: string;
            /** @description The names of the parameters of a search, a list or an export; their values are not kept. */
            parameters: string[];
            /**
             * Format: int64
             * @description The patient it was about, for studies too.
             */
            patient_fk?: number | null;
            /** @description The request's id, as in `X-Request-Id` and the server's log. */
            request_id?: string | null;
            /**
             * Format: int64
             * @description The row.
             */
            resource_id?: number | null;
            /**
             * @description What kind of row it was about.
             * @example patient
             */
            resource_type?: string | null;
            /**
             * Format: int64
             * @description How many items were answered.
             */
            results?: number | null;
            /** @description What the client says it is. */
            user_agent?: string | null;
            /**
             * Format: int64
             * @description The row's version after a change.
             */
            version_after?: number | null;
            /**
             * Format: int64
             * @description The row's version before a change.
             */
            version_before?: number | null;
        };
        /** @description One page of events. */
        AuditEventPage: components["schemas"]["Total"] & {
            /** @description The events of this page, the newest first. */
            items: components["schemas"]["AuditEvent"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description Whether the trail is intact. */
        AuditVerification: {
            /**
             * @description The first thing it found wrong.
             * @example event 886291382476800 (2026-11-22T09:30:00.123000Z) was changed
             */
            finding?: string | null;
            /** @description The newest seal, `NUMBER:SIGNATURE`: kept elsewhere, it proves that the trail was not cut off since. */
            head?: string | null;
            /** @description Whether the last verification found everything as it was signed; null before the first one. */
            intact?: boolean | null;
            /**
             * Format: date-time
             * @description Events up to then are sealed; null before the first seal.
             */
            sealed_until?: string | null;
            /**
             * Format: date-time
             * @description When that was.
             */
            verified_at?: string | null;
            /**
             * Format: int64
             * @description How many events it looked at.
             */
            verified_events?: number | null;
        };
        /** @description A key that was just made. */
        CreatedApiKey: components["schemas"]["ApiKey"] & {
            /** @description The key itself, shown this once: it goes into `X-API-Key`, or into `Authorization: Bearer`. */
            key: string;
        };
        /** @description An account that was made, and its first password when the server has made one. */
        CreatedUser: components["schemas"]["User"] & {
            /** @description The password for the first sign-in, shown this once; null when one was given. */
            one_time_password?: string | null;
        };
        /** @description The account behind a token. */
        CurrentUser: {
            /** @description The name shown. */
            display_name: string;
            /**
             * Format: int64
             * @description The account's id.
             */
            id: number;
            /** @description Whether nothing but a new password is accepted. */
            must_change_password: boolean;
            /** @description Whether nothing is accepted until a second factor is set up. */
            must_enrol_second_factor: boolean;
            /**
             * @description The account's role: `lecture` < `modification` < `admin`.
             * @example lecture
             */
            role: string;
            /** @description Whether a second factor is asked for at sign-in. */
            second_factor: boolean;
            /**
             * @description The name signed in with.
             * @example admin
             */
            username: string;
        };
        /**
         * Format: binary
         * @description A DICOM file (PS3.10).
         */
        DicomFile: string;
        /** @description One fault of a request: a `pointer` into the body or a query `parameter`, and what is wrong there. */
        FaultDocument: {
            /**
             * @description What is wrong, for programs; stable.
             * @example date_in_future
             */
            code: string;
            /**
             * @description What is wrong, in the caller's language.
             * @example lies in the future
             */
            message: string;
            /** @description Name of the query parameter. */
            parameter?: string | null;
            /**
             * @description JSON Pointer (RFC 6901) to the member of the body.
             * @example /birth_date
             */
            pointer?: string | null;
            /** @description For an unknown name: the known one that is nearest to it. */
            suggestion?: string | null;
        };
        /** @description A field that a version has changed. */
        FieldChange: {
            /**
             * @description The field; `deleted_at` for moves to the bin and out of it.
             * @example family_name
             */
            field: string;
            /** @description What it became; null when it was emptied. */
            new: unknown;
            /** @description What it was; null when it was empty. */
            old: unknown;
        };
        /** @description One page of a history. */
        HistoryPage: {
            /** @description The versions of this page, the newest first. */
            items: components["schemas"]["Version"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /**
         * @description What a hit is.
         * @enum {string}
         */
        HitType: "patient" | "study";
        /** @description Numbers of files. */
        ImportFileCounts: {
            /**
             * Format: int64
             * @description Something of them was read.
             * @example 1
             */
            read: number;
            /**
             * Format: int64
             * @description Nothing of them was taken; paths that do not exist count too.
             * @example 0
             */
            refused: number;
        };
        /** @description Files in the manner of a form. */
        ImportForm: {
            /** @description Files of any of the kinds, told by their media types or, failing that, by the ends of their names. */
            file: string[];
        };
        /** @description One thing that was refused. */
        ImportRefused: {
            /**
             * @description What is wrong, for programs; stable.
             * @example date_in_future
             */
            code: string;
            /**
             * Format: int64
             * @description The line of a CSV or NDJSON file, the first being 1.
             * @example 17
             */
            line?: number | null;
            /**
             * @description What is wrong, in the caller's language.
             * @example lies in the future
             */
            message: string;
            /** @description The file, where it has a name; for a study of DICOM files, the first one that it was found in. */
            path?: string | null;
            /**
             * @description JSON Pointer (RFC 6901) to the member of the line, or the name of the column behind `/`; empty for the line as a whole.
             * @example /birth_date
             */
            pointer?: string | null;
            /** @description The study, where a DICOM file was read and its study refused. */
            study_instance_uid?: string | null;
        };
        /**
         * @description What became of an import.
         *
         *     It names files, lines, studies by their UIDs, fields and codes; it holds no value of a field, since those are personal data.
         */
        ImportReport: {
            /** @description Whether everything was read to its end. Otherwise nobody knows what stood behind the place that the last refusal names. */
            complete: boolean;
            /** @description Whether nothing was to be written: the numbers are those that the import would have had. */
            dry_run: boolean;
            /** @description The numbers of files. */
            files: components["schemas"]["ImportFileCounts"];
            /**
             * Format: int64
             * @description The number of lines of CSV and NDJSON that held something, the heading left out.
             * @example 120
             */
            lines: number;
            /** @description What became of patients. */
            patients: components["schemas"]["ImportRowCounts"];
            /**
             * @description How often there was something to refuse, by code.
             * @example {
             *       "invalid_date": 2
             *     }
             */
            reasons: {
                [key: string]: number;
            };
            /** @description What was refused: files, lines, objects of DICOM JSON files, studies; the first 1,000. */
            refused: components["schemas"]["ImportRefused"][];
            /** @description What became of studies. */
            studies: components["schemas"]["ImportRowCounts"];
            /** @description Whether more was refused than is listed. */
            truncated: boolean;
            /** @description Fields of DICOM files that could not be taken over as they were sent, by field and code. */
            warnings: components["schemas"]["ImportWarning"][];
        };
        /** @description Numbers of rows. Of a row that several lines speak of, each line counts. */
        ImportRowCounts: {
            /**
             * Format: int64
             * @description They were not registered yet.
             * @example 100
             */
            created: number;
            /**
             * Format: int64
             * @description They were left as they are, or were not registered. Of a patient in DICOM files: all its studies were refused.
             * @example 2
             */
            refused: number;
            /**
             * Format: int64
             * @description Everything was there already.
             * @example 3
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Something of them was changed; by DICOM files, empty members were filled.
             * @example 15
             */
            updated: number;
        };
        /** @description How many patients and studies had one warning. */
        ImportWarning: {
            /**
             * @description What is wrong with it; `differs` where another value was seen before, in the registry or in the files, and kept.
             * @example differs
             */
            code: string;
            /**
             * Format: int64
             * @description The number of patients and studies.
             * @example 1
             */
            count: number;
            /**
             * @description The registry's name of the field.
             * @example birth_date
             */
            field: string;
        };
        /**
         * @description A name and a password, and how the session is to be held.
         * @example {
         *       "device": "Reading room 2",
         *       "password": "correct horse battery staple",
         *       "username": "admin"
         *     }
         */
        LoginRequest: {
            /**
             * @description `body`, for programs: the answer holds the refresh token. `cookie`, for web pages of this server: it is set as a cookie
             *     that no script can read.
             * @default body
             */
            delivery?: string | null;
            /** @description A name for the device, for the list of sessions. */
            device?: string | null;
            /**
             * Format: password
             * @description Its password.
             */
            password: string;
            /** @description A recovery code in its place. */
            recovery_code?: string | null;
            /** @description The six digits of the authenticator application, where the account has a second factor. */
            totp?: string | null;
            /** @description The account's name, in any case. */
            username: string;
        };
        /** @description The tokens of a session and whose it is. */
        LoginResponse: {
            /** @description Goes into `Authorization: Bearer`. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds until the access token ends.
             * @example 600
             */
            expires_in: number;
            /**
             * Format: int64
             * @description Seconds until the refresh token ends, and the session with it.
             * @example 3600
             */
            refresh_expires_in: number;
            /**
             * @description What `POST /api/auth/refresh` takes, once; absent when it is in the cookie.
             * @example ptr_kq3lQdJ3hRj0mH1v8Wc5yPz7uXo2aBnE4sTgYfI6rDM
             */
            refresh_token?: string;
            /**
             * @description Always `Bearer`.
             * @example Bearer
             */
            token_type: string;
            /** @description Whose token it is. */
            user: components["schemas"]["CurrentUser"];
        };
        /** @description Why a hit is one. */
        Match: {
            /**
             * @description The field that matches.
             * @example family_name
             */
            field: string;
            /** @description How it was compared. */
            kind: components["schemas"]["MatchKind"];
            /**
             * @description The field's value.
             * @example Durand
             */
            value: string;
        };
        /**
         * @description How a value was compared with what was asked.
         * @enum {string}
         */
        MatchKind: "exact" | "prefix" | "phonetic" | "fuzzy" | "range";
        Modality: string;
        /** @description How many studies have one modality. */
        ModalityNumber: {
            /**
             * @description The modality.
             * @example CT
             */
            modality: string;
            /**
             * Format: int64
             * @description The number of studies.
             * @example 700
             */
            studies: number;
        };
        /** @description How many studies are of one month. */
        MonthNumber: {
            /**
             * @description The month.
             * @example 2026-11
             */
            month: string;
            /**
             * Format: int64
             * @description The number of studies.
             * @example 120
             */
            studies: number;
        };
        /** @example 192.0.2.0/24 */
        Network: string;
        /** @description A password that is to be changed at the next sign-in. */
        OneTimePassword: {
            /**
             * Format: date-time
             * @description Until when it is good.
             */
            expires_at: string;
            /** @description The password, shown this once. */
            one_time_password: string;
        };
        /**
         * @description A new password, and the current one as proof.
         * @example {
         *       "current_password": "correct horse battery staple",
         *       "new_password": "nine purple lamps at dawn"
         *     }
         */
        PasswordUpdate: {
            /**
             * Format: password
             * @description The password until now.
             */
            current_password: string;
            /**
             * Format: password
             * @description The password from now on: another one.
             */
            new_password: string;
        };
        /** @description A patient. */
        Patient: {
            /** @description Postal address. */
            address?: string | null;
            /**
             * Format: date
             * @description DICOM Patient's Birth Date (0010,0030).
             * @example 1980-01-31
             */
            birth_date?: string | null;
            /** @description Name at birth: DICOM Patient's Birth Name (0010,1005). */
            birth_name?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /**
             * Format: date-time
             * @description When it was entered.
             * @example 2026-11-22T09:30:00.123456Z
             */
            created_at: string;
            /**
             * Format: int64
             * @description The user who entered it; null when that was the command line or an API key.
             */
            created_by?: number | null;
            /**
             * Format: date-time
             * @description When it was moved to the bin; null outside the bin.
             */
            deleted_at?: string | null;
            /**
             * Format: int64
             * @description Who moved it to the bin.
             */
            deleted_by?: number | null;
            /**
             * @description Family name, the first component of the name.
             * @example Durand
             */
            family_name?: string | null;
            /**
             * @description Given name, the second component.
             * @example Zoé
             */
            given_name?: string | null;
            /**
             * Format: int64
             * @description The row's id.
             * @example 1
             */
            id: number;
            /** @description The name in ideographs, its components joined by `^`. */
            ideographic_name?: string | null;
            /**
             * @description Who gave the number: DICOM Issuer of Patient ID (0010,0021).
             * @example Hôpital Nord
             */
            issuer_of_patient_id?: string | null;
            /** @description Middle name, the third component. */
            middle_name?: string | null;
            /** @description Name prefix, such as a title. */
            name_prefix?: string | null;
            /** @description Name suffix, such as a degree. */
            name_suffix?: string | null;
            /**
             * Format: int64
             * @description How many studies the patient has, those in the bin left out.
             * @example 2
             */
            number_of_studies: number;
            /**
             * @description The patient's number at its issuer: DICOM Patient ID (0010,0020).
             * @example PAT-000123
             */
            patient_id: string;
            /**
             * @description The whole name as DICOM writes it: Patient's Name (0010,0010).
             * @example Durand^Zoé
             */
            patient_name: string;
            /** @description The name as it is spoken, its components joined by `^`. */
            phonetic_name?: string | null;
            sex?: components["schemas"]["Sex"] | null;
            /** @description Telephone number. */
            telephone_number?: string | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-11-22T09:30:00.123456Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description The user who changed it last; null when that was the command line or an API key.
             */
            updated_by?: number | null;
            /**
             * Format: int64
             * @description Counts the changes of this row; the first part of its `ETag`.
             * @example 1
             */
            version: number;
        };
        PatientCreate: {
            /** @description Postal address. */
            address?: string | null;
            /**
             * Format: date
             * @description Birth date, from 1800 to today.
             */
            birth_date?: string | null;
            /** @description Name at birth. */
            birth_name?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /** @description Family name. */
            family_name?: string | null;
            /** @description Given name. */
            given_name?: string | null;
            /** @description The name in ideographs, its components joined by `^`. */
            ideographic_name?: string | null;
            /** @description Who gave the number. */
            issuer_of_patient_id?: string | null;
            /** @description Middle name. */
            middle_name?: string | null;
            /** @description Name prefix, such as a title. */
            name_prefix?: string | null;
            /** @description Name suffix, such as a degree. */
            name_suffix?: string | null;
            /** @description The patient's number; one is made when it is absent, and kept when a patient is replaced. */
            patient_id?: string | null;
            /** @description The name as it is spoken, its components joined by `^`. */
            phonetic_name?: string | null;
            sex?: components["schemas"]["Sex"] | null;
            /** @description Telephone number. */
            telephone_number?: string | null;
        } & ({
            family_name: string;
        } | {
            given_name: string;
        });
        /** @description One page of patients. */
        PatientPage: components["schemas"]["Total"] & {
            /** @description The patients of this page. */
            items: components["schemas"]["Patient"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description A patient to enter, or what one is replaced by. A family or a given name is needed. */
        PatientPatch: {
            /** @description Postal address. */
            address?: string | null;
            /**
             * Format: date
             * @description Birth date, from 1800 to today.
             */
            birth_date?: string | null;
            /** @description Name at birth. */
            birth_name?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /** @description Family name. */
            family_name?: string | null;
            /** @description Given name. */
            given_name?: string | null;
            /** @description The name in ideographs, its components joined by `^`. */
            ideographic_name?: string | null;
            /** @description Who gave the number. */
            issuer_of_patient_id?: string | null;
            /** @description Middle name. */
            middle_name?: string | null;
            /** @description Name prefix, such as a title. */
            name_prefix?: string | null;
            /** @description Name suffix, such as a degree. */
            name_suffix?: string | null;
            /** @description The patient's number; one is made when it is absent, and kept when a patient is replaced. */
            patient_id?: string;
            /** @description The name as it is spoken, its components joined by `^`. */
            phonetic_name?: string | null;
            sex?: components["schemas"]["Sex"] | null;
            /** @description Telephone number. */
            telephone_number?: string | null;
        };
        /** @description A line of an NDJSON file of patients. */
        PatientRecord: components["schemas"]["Patient"] & {
            /**
             * @description Tells it from a study.
             * @example patient
             */
            type: string;
        };
        /** @description How many patients there are. */
        PatientStatistics: {
            /** @description Those in the registry, by sex. */
            by_sex: components["schemas"]["SexNumber"][];
            /**
             * Format: int64
             * @description In the bin.
             * @example 3
             */
            in_bin: number;
            /**
             * Format: int64
             * @description In the registry, the bin left out.
             * @example 1000
             */
            total: number;
        };
        /** @description What a study says of its patient. */
        PatientSummary: {
            /**
             * Format: date
             * @description Birth date.
             * @example 1980-01-31
             */
            birth_date?: string | null;
            /**
             * Format: int64
             * @description The patient's row.
             * @example 1
             */
            id: number;
            /** @description Who gave the number. */
            issuer_of_patient_id?: string | null;
            /**
             * @description The patient's number at its issuer.
             * @example PAT-000123
             */
            patient_id: string;
            /**
             * @description The whole name as DICOM writes it.
             * @example Durand^Zoé
             */
            patient_name: string;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description What every answer that is not a success says (RFC 9457). */
        Problem: {
            /**
             * @description The kind of problem for programs; stable.
             * @example invalid
             */
            code: string;
            /** @description 412: the version there is now. */
            current_version?: number;
            /** @description 409: whether that row is in the bin. */
            deleted?: boolean;
            /**
             * @description What to do about it, in the caller's language.
             * @example Nothing was changed. The list errors names each fault.
             */
            detail: string;
            /** @description The faults of the request, all of them. */
            errors?: components["schemas"]["FaultDocument"][];
            /** @description 409: the row that is in the way. */
            existing_id?: number;
            /**
             * Format: uri-reference
             * @description This occurrence.
             * @example urn:request:01981f3e-2b5c-7d10-9a54-0d5be4c0f0aa
             */
            instance: string;
            /**
             * @description The id under which the server's log knows this request.
             * @example 01981f3e-2b5c-7d10-9a54-0d5be4c0f0aa
             */
            request_id: string;
            /** @description 403: the role it needs. */
            required_role?: string;
            /**
             * Format: int32
             * @description The status of the answer.
             * @example 422
             */
            status: number;
            /**
             * @description The kind of problem in a few words, in the caller's language.
             * @example Some values are not valid
             */
            title: string;
            /**
             * Format: uri-reference
             * @description Where this kind of problem is explained.
             * @example /problems/invalid
             */
            type: string;
        };
        /** @description Codes that each stand once in the place of one of the application; shown this once. */
        RecoveryCodes: {
            /**
             * @description Ten codes, to be kept where the application is not.
             * @example [
             *       "abcd-efgh-jkmn-pqrs"
             *     ]
             */
            recovery_codes: string[];
        };
        /**
         * @description A refresh token, for clients that do not keep it in the cookie.
         * @example {
         *       "refresh_token": "ptr_kq3lQdJ3hRj0mH1v8Wc5yPz7uXo2aBnE4sTgYfI6rDM"
         *     }
         */
        RefreshRequest: {
            /** @description The refresh token of the last answer. Without it, the cookie's counts. */
            refresh_token?: string | null;
        };
        /** @description Which version a row goes back to. */
        Revert: {
            /**
             * Format: int64
             * @description A version of its history.
             * @example 1
             */
            version: number;
        };
        /**
         * @description A role, from the least to the greatest; each may do what those before it may.
         * @enum {string}
         */
        Role: "lecture" | "modification" | "admin";
        /** @description What an account may do. */
        RoleDescription: {
            /**
             * @description What it may do.
             * @example Reads patients and studies
             */
            description: string;
            /**
             * Format: int64
             * @description The role's id.
             */
            id: number;
            /** @description Its name. */
            name: components["schemas"]["Role"];
            /** @description Whether its accounts need a second factor. */
            second_factor_required: boolean;
            /**
             * Format: int64
             * @description Counts the changes of the role; its `ETag`.
             * @example 1
             */
            version: number;
        };
        /** @description Every role. */
        RolePage: {
            /** @description The roles, the least first; each may do what those before it may. */
            items: components["schemas"]["RoleDescription"][];
        };
        /**
         * @description What can be changed of a role.
         * @example {
         *       "second_factor_required": true
         *     }
         */
        RolePatch: {
            /** @description Whether its accounts need a second factor. */
            second_factor_required?: boolean | null;
        };
        /**
         * @description What a key is held to, below its role.
         * @enum {string}
         */
        Scope: "read" | "search";
        /** @description A patient or a study that was found. */
        SearchHit: {
            /** @description The members that `fields` names, instead of the whole row. */
            fields?: Record<string, never>;
            /**
             * Format: int64
             * @description The row's id.
             */
            id: number;
            /** @description Why it was found. */
            matched: components["schemas"]["Match"][];
            /** @description The patient that was found, or with `include=patient` the one of the study. */
            patient?: components["schemas"]["Patient"];
            /**
             * Format: int32
             * @description Its relevance; never rises along a list in that order.
             * @example 60
             */
            score: number;
            /** @description The newest studies of the patient, with `include=studies`. */
            studies?: components["schemas"]["Study"][];
            /** @description The study. */
            study?: components["schemas"]["Study"];
            /** @description Which of the two it is; the member of that name has it. */
            type: components["schemas"]["HitType"];
        };
        /** @description One page of hits. */
        SearchPage: components["schemas"]["Total"] & {
            /** @description The hits of this page, the most relevant first. */
            items: components["schemas"]["SearchHit"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        SearchRequest: {
            /** @description DICOM Accession Number, exactly. */
            accession_number?: string | null;
            /**
             * @description Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
             * @example 1980..1989
             */
            birth_date?: string | null;
            /** @description Whether to count all hits: `bounded` counts to 1,000, `exact` for some seconds; what is more than that they say with `gte`. */
            count?: ("none" | "bounded" | "exact") | null;
            /** @description `next_cursor` of the page before, with the same other parameters. */
            cursor?: string | null;
            /**
             * @description Members of patients and studies that are wanted, joined by commas: a hit then has them in `fields` and is lighter.
             * @example family_name,given_name,study_date
             */
            fields?: string | null;
            /**
             * @description `patient` adds the whole patient to a study, `studies` the 20 newest studies to a patient.
             * @example studies
             */
            include?: string | null;
            /** @description Who gave the patient's number, exactly. */
            issuer_of_patient_id?: string | null;
            /**
             * Format: int64
             * @description Most hits of the page; 20 unless said.
             */
            limit?: number | null;
            /**
             * @description How far from what was typed a word may be. Each value allows what those before it allow: `exact` whole words and identifiers,
             *     `prefix` the beginnings of words, `phonetic` words that sound alike, `fuzzy` words of four letters or more with one error.
             *     `auto`, unless said: as `prefix`, and each further step while there are fewer than five hits.
             */
            match?: ("auto" | "exact" | "prefix" | "phonetic" | "fuzzy") | null;
            /**
             * @description Any of these modalities, joined by commas.
             * @example CT,MR
             */
            modality?: string | null;
            /** @description The patient's number, exactly. */
            patient_id?: string | null;
            /** @description The patient's name: every word is the beginning of a word of the name; `dup^je` pins family and given name. */
            patient_name?: string | null;
            /**
             * @description Words in any order, accents and case aside, each the beginning of a word of a name, a physician, a description or an
             *     institution, or a whole identifier, or a birth date or that of a study: `1980-01-31`, `31/01/1980`, `01/1980`, `1980`, or a
             *     range that begins so. Double quotes ask for whole words, and for identifiers with a space.
             * @example durand zo
             */
            q?: string | null;
            /** @description Beginning of words of the referring physician's name. */
            referring_physician_name?: string | null;
            /**
             * @description Any of these, joined by commas: `M`, `F`, `O`.
             * @example M,O
             */
            sex?: string | null;
            /**
             * @description The order of hits: `relevance` unless said. In another one, hits without a value come last. A page of very many hits may hold fewer
             *     than asked for and yet a `next_cursor`. Of words with dates or identifiers among them, and of what is like a word, at most 10,000
             *     hits are put in another order, and what takes some seconds to find is refused. A search by filters alone has the order of the lists: patients before studies, of each those without a value before the
             *     others, or behind them where the greatest come first; studies by name or birth date come the newest first.
             */
            sort?: ("relevance" | "name" | "-name" | "birth_date" | "-birth_date" | "study_date" | "-study_date" | "created_at" | "-created_at" | "updated_at" | "-updated_at" | "id" | "-id") | null;
            /**
             * @description Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
             * @example registered,available
             */
            status?: string | null;
            /**
             * @description Study date, as `birth_date`.
             * @example 1980..1989
             */
            study_date?: string | null;
            /** @description Beginning of words of the study description. */
            study_description?: string | null;
            /** @description DICOM Study ID, exactly. */
            study_id?: string | null;
            /** @description DICOM Study Instance UID, exactly; several joined by commas. */
            study_instance_uid?: string | null;
            /**
             * @description `patient` or `study`; both unless said. A filter on studies leaves studies alone.
             * @example patient
             */
            type?: string | null;
            /**
             * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
             * @example 2026-11..
             */
            updated_at?: string | null;
        } & ({
            q: string;
        } | {
            patient_name: string;
        } | {
            patient_id: string;
        } | {
            issuer_of_patient_id: string;
        } | {
            birth_date: string;
        } | {
            sex: string;
        } | {
            study_instance_uid: string;
        } | {
            study_id: string;
        } | {
            accession_number: string;
        } | {
            study_date: string;
        } | {
            modality: string;
        } | {
            status: string;
        } | {
            study_description: string;
        } | {
            referring_physician_name: string;
        } | {
            updated_at: string;
        });
        /** @description The second factor of one's own account. */
        SecondFactor: {
            /** @description Whether it is asked for at sign-in. */
            enabled: boolean;
            /**
             * Format: date-time
             * @description Since when it is asked for.
             */
            enabled_at?: string | null;
            /**
             * Format: int64
             * @description How many recovery codes are unused.
             * @example 10
             */
            recovery_codes_left: number;
            /** @description Whether the role needs one. */
            required: boolean;
        };
        /**
         * @description The first code of an application.
         * @example {
         *       "totp": "123456"
         *     }
         */
        SecondFactorConfirmation: {
            /** @description The six digits that it shows. */
            totp: string;
        };
        /**
         * @description The password, before a second factor is set up.
         * @example {
         *       "password": "correct horse battery staple"
         *     }
         */
        SecondFactorCreate: {
            /**
             * Format: password
             * @description The account's password.
             */
            password: string;
        };
        /** @description What an authenticator application needs; shown this once. */
        SecondFactorEnrolment: {
            /**
             * @description The same as an image to be scanned: a `data:` URI of SVG.
             * @example data:image/svg+xml;base64,PHN2Zy8+
             */
            qr_code: string;
            /**
             * @description The secret in base 32, to be typed.
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description The same with whose it is.
             * @example otpauth://totp/Patientele:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Patientele
             */
            uri: string;
        };
        /**
         * @description The password and a code, before a second factor is changed. One of the two codes is needed.
         * @example {
         *       "password": "correct horse battery staple",
         *       "totp": "123456"
         *     }
         */
        SecondFactorProof: {
            /**
             * Format: password
             * @description The account's password.
             */
            password: string;
            /** @description A recovery code, when the application is lost. */
            recovery_code?: string | null;
            /** @description The six digits that the application shows. */
            totp?: string | null;
        };
        /** @description A live session of an account. */
        Session: {
            /**
             * @description Where it was last used from.
             * @example 192.0.2.60
             */
            address: string;
            /**
             * Format: date-time
             * @example 2026-11-22T09:30:00.123456Z
             */
            created_at: string;
            /** @description Whether the request itself belongs to it. */
            current: boolean;
            /**
             * @description What its holder called the device when signing in.
             * @example Reading room 2
             */
            device?: string | null;
            /**
             * Format: date-time
             * @example 2026-11-22T09:30:00.123456Z
             */
            ends_at: string;
            /**
             * Format: date-time
             * @example 2026-11-22T09:30:00.123456Z
             */
            expires_at: string;
            /**
             * Format: int64
             * @description The session's id.
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @example 2026-11-22T09:30:00.123456Z
             */
            last_used_at: string;
            /**
             * @description The program that signed in, as it named itself.
             * @example Mozilla/5.0 (X11; Linux x86_64)
             */
            user_agent: string;
        };
        /** @description The live sessions of an account, the last used first: few enough for one page. */
        SessionPage: {
            /** @description The sessions. */
            items: components["schemas"]["Session"][];
            /** @description Always null. */
            next_cursor?: string | null;
        };
        /**
         * @description DICOM Patient's Sex (PS3.3 section C.2.3); null is unknown.
         * @enum {string}
         */
        Sex: "M" | "F" | "O";
        /** @description How many patients are of one sex. */
        SexNumber: {
            /**
             * Format: int64
             * @description The number of patients.
             * @example 480
             */
            patients: number;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description How many patients and studies there are. */
        Statistics: {
            /**
             * Format: date-time
             * @description When they were counted. What was changed since is not in the numbers.
             * @example 2026-11-22T09:30:00.123456Z
             */
            as_of: string;
            /** @description Patients. */
            patients: components["schemas"]["PatientStatistics"];
            /** @description Studies. */
            studies: components["schemas"]["StudyStatistics"];
        };
        /** @description That it works. */
        Status: {
            /**
             * @description Always `OK`; anything else is a problem document.
             * @example OK
             */
            status: string;
        };
        /** @description How many studies have one status. */
        StatusNumber: {
            /** @description The status. */
            status: components["schemas"]["StudyStatus"];
            /**
             * Format: int64
             * @description The number of studies.
             * @example 2900
             */
            studies: number;
        };
        /** @description An imaging study. */
        Study: {
            /**
             * @description DICOM Accession Number (0008,0050); several studies may share one.
             * @example ACC-2026-0001
             */
            accession_number?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /**
             * Format: date-time
             * @description When it was entered.
             * @example 2026-11-22T09:30:00.123456Z
             */
            created_at: string;
            /**
             * Format: int64
             * @description The user who entered it; null when that was the command line or an API key.
             */
            created_by?: number | null;
            /**
             * Format: date-time
             * @description When it was moved to the bin; null outside the bin.
             */
            deleted_at?: string | null;
            /**
             * Format: int64
             * @description Who moved it to the bin.
             */
            deleted_by?: number | null;
            /**
             * Format: int64
             * @description The row's id.
             * @example 1
             */
            id: number;
            /** @description DICOM Institution Name (0008,0080). */
            institution_name?: string | null;
            /**
             * @description DICOM Modalities in Study (0008,0061), in alphabetical order.
             * @example [
             *       "MR"
             *     ]
             */
            modalities_in_study: string[];
            /** @description DICOM Name of Physician(s) Reading Study (0008,1060). */
            name_of_physicians_reading_study?: string | null;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Instances (0020,1208).
             * @example 320
             */
            number_of_study_related_instances: number;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Series (0020,1206).
             * @example 4
             */
            number_of_study_related_series: number;
            /** @description The patient, in short. */
            patient: components["schemas"]["PatientSummary"];
            /**
             * Format: int64
             * @description The id of the patient's row; `patient.patient_id` is the patient's number.
             * @example 1
             */
            patient_fk: number;
            /**
             * @description DICOM Referring Physician's Name (0008,0090).
             * @example Lefèvre^Anne
             */
            referring_physician_name?: string | null;
            /** @description What the study is (FHIR R4 ImagingStudy.status). */
            status: components["schemas"]["StudyStatus"];
            /**
             * Format: date
             * @description DICOM Study Date (0008,0020).
             * @example 2026-11-22
             */
            study_date?: string | null;
            /**
             * @description DICOM Study Description (0008,1030).
             * @example IRM cérébrale
             */
            study_description?: string | null;
            /** @description DICOM Study ID (0020,0010). */
            study_id?: string | null;
            /**
             * @description DICOM Study Instance UID (0020,000D).
             * @example 2.25.143421434344346346346346
             */
            study_instance_uid: string;
            /**
             * @description DICOM Study Time (0008,0030), local time.
             * @example 08:30:00
             */
            study_time?: string | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-11-22T09:30:00.123456Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description The user who changed it last; null when that was the command line or an API key.
             */
            updated_by?: number | null;
            /**
             * Format: int64
             * @description Counts the changes of this row; the first part of its `ETag`.
             * @example 1
             */
            version: number;
        };
        StudyCreate: {
            /** @description DICOM Accession Number. */
            accession_number?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /** @description DICOM Institution Name. */
            institution_name?: string | null;
            /** @description DICOM Modalities in Study, such as `CT`, `MR`, `US`. */
            modalities_in_study?: components["schemas"]["Modality"][] | null;
            /** @description DICOM Name of Physician(s) Reading Study, as a PN string. */
            name_of_physicians_reading_study?: string | null;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Instances, at least the number of series; 0 unless said.
             */
            number_of_study_related_instances?: number | null;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Series; 0 unless said.
             */
            number_of_study_related_series?: number | null;
            /**
             * Format: int64
             * @description The id of the patient's row.
             */
            patient_fk: number;
            /** @description DICOM Referring Physician's Name, as a PN string. */
            referring_physician_name?: string | null;
            status?: components["schemas"]["StudyStatus"] | null;
            /**
             * Format: date
             * @description DICOM Study Date: from 1800, not before the patient's birth; in the future only while the status is neither `available` nor `unknown`.
             */
            study_date?: string | null;
            /** @description DICOM Study Description. */
            study_description?: string | null;
            /** @description DICOM Study ID. */
            study_id?: string | null;
            /** @description DICOM Study Instance UID; one is made when it is absent, and kept when a study is replaced. */
            study_instance_uid?: string | null;
            /** @description DICOM Study Time, local time; needs a study date. Seconds may be left out. */
            study_time?: string | null;
        } & ({
            study_time?: null;
        } | {
            study_date: string;
        });
        /** @description One page of studies. */
        StudyPage: components["schemas"]["Total"] & {
            /** @description The studies of this page. */
            items: components["schemas"]["Study"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description A study to enter, or what one is replaced by. */
        StudyPatch: {
            /** @description DICOM Accession Number. */
            accession_number?: string | null;
            /** @description Remarks, of several lines. */
            comments?: string | null;
            /** @description DICOM Institution Name. */
            institution_name?: string | null;
            /** @description DICOM Modalities in Study, such as `CT`, `MR`, `US`. */
            modalities_in_study?: components["schemas"]["Modality"][] | null;
            /** @description DICOM Name of Physician(s) Reading Study, as a PN string. */
            name_of_physicians_reading_study?: string | null;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Instances, at least the number of series; 0 unless said.
             */
            number_of_study_related_instances?: number | null;
            /**
             * Format: int64
             * @description DICOM Number of Study Related Series; 0 unless said.
             */
            number_of_study_related_series?: number | null;
            /**
             * Format: int64
             * @description The id of the patient's row.
             */
            patient_fk?: number;
            /** @description DICOM Referring Physician's Name, as a PN string. */
            referring_physician_name?: string | null;
            status?: components["schemas"]["StudyStatus"] | null;
            /**
             * Format: date
             * @description DICOM Study Date: from 1800, not before the patient's birth; in the future only while the status is neither `available` nor `unknown`.
             */
            study_date?: string | null;
            /** @description DICOM Study Description. */
            study_description?: string | null;
            /** @description DICOM Study ID. */
            study_id?: string | null;
            /** @description DICOM Study Instance UID; one is made when it is absent, and kept when a study is replaced. */
            study_instance_uid?: string;
            /** @description DICOM Study Time, local time; needs a study date. Seconds may be left out. */
            study_time?: string | null;
        };
        /** @description A line of an NDJSON file of studies. */
        StudyRecord: components["schemas"]["Study"] & {
            /**
             * @description Tells it from a patient.
             * @example study
             */
            type: string;
        };
        /** @description How many studies there are. */
        StudyStatistics: {
            /** @description Those in the registry, by modality; a study of two modalities counts for both. */
            by_modality: components["schemas"]["ModalityNumber"][];
            /** @description Those in the registry, by month of the study date; months without a study are left out. */
            by_month: components["schemas"]["MonthNumber"][];
            /** @description Those in the registry, by status. */
            by_status: components["schemas"]["StatusNumber"][];
            /**
             * Format: int64
             * @description In the bin.
             * @example 5
             */
            in_bin: number;
            /**
             * Format: int64
             * @description In the registry, the bin left out.
             * @example 3000
             */
            total: number;
            /**
             * Format: int64
             * @description Those in the registry that have no study date.
             * @example 12
             */
            without_study_date: number;
        };
        /**
         * @description What a study can be (FHIR R4 ImagingStudy.status).
         * @enum {string}
         */
        StudyStatus: "registered" | "available" | "cancelled" | "entered-in-error" | "unknown";
        /** @description The number of items of a whole result. */
        Total: {
            /**
             * Format: int64
             * @description The number of items, when `count` asked for it.
             */
            total?: number;
            /** @description Whether there are exactly or at least so many. */
            total_relation?: components["schemas"]["TotalRelation"];
        };
        /**
         * @description Whether a total is the number of hits or a number there are at least of.
         * @enum {string}
         */
        TotalRelation: "eq" | "gte";
        /** @description An account. */
        User: {
            /** @description Whether it may sign in. */
            active: boolean;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.123456Z
             */
            created_at: string;
            /**
             * @description The name shown.
             * @example Zoé Lefèvre
             */
            display_name: string;
            /**
             * Format: int64
             * @description The account's id.
             * @example 2
             */
            id: number;
            /**
             * Format: date-time
             * @description When someone last signed in with it.
             */
            last_login_at?: string | null;
            /** @description Whether nothing but a new password is accepted from it. */
            must_change_password: boolean;
            /**
             * Format: date-time
             * @description Until when the password is good, if somebody else made it.
             */
            password_expires_at?: string | null;
            /** @description The role: `lecture` < `modification` < `admin`. */
            role: components["schemas"]["Role"];
            /** @description Whether a second factor is asked for at sign-in. */
            second_factor: boolean;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-11-22T09:30:00.123456Z
             */
            updated_at: string;
            /**
             * @description The name signed in with, in lower case.
             * @example zoe.lefevre
             */
            username: string;
            /**
             * Format: int64
             * @description Counts the changes of the account; the first part of its `ETag`.
             * @example 1
             */
            version: number;
        };
        /**
         * @description An account to be made.
         * @example {
         *       "display_name": "Zoé Lefèvre",
         *       "role": "modification",
         *       "username": "zoe.lefevre"
         *     }
         */
        UserCreate: {
            /** @description The name shown; the username unless said. */
            display_name?: string | null;
            /**
             * Format: password
             * @description The first password, to be changed at the first sign-in; one is made and answered when it is absent.
             */
            password?: string | null;
            /** @description What the account may do. */
            role: components["schemas"]["Role"];
            /** @description The name to sign in with: letters, digits and `._@+-`; its case does not matter. */
            username: string;
        };
        /** @description One page of accounts. */
        UserPage: components["schemas"]["Total"] & {
            /** @description The accounts of this page. */
            items: components["schemas"]["User"][];
            /** @description Goes into `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description What can be changed of an account. */
        UserPatch: {
            /** @description Whether it may sign in. */
            active?: boolean;
            /** @description The name shown. */
            display_name?: string;
            /** @description What the account may do. */
            role?: components["schemas"]["Role"];
        };
        /** @description One version: who made it when, and what it changed. */
        Version: {
            /**
             * @description What made it, as in the audit trail; null for the first version, and for events that were pruned.
             * @example update_patient
             */
            action?: string | null;
            /**
             * Format: int64
             * @description Who made it: the user's or API key's id. Null when that was the command line, and where no event tells of it (the first version,
             *     pruned events) when it was an API key.
             */
            actor_id?: number | null;
            /** @description The name: as it was then, or as it is now where the event is not known. */
            actor_name?: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.123456Z
             */
            at: string;
            /** @description The fields it changed, in the order of their names; of the first version that is known all that were filled. */
            changes: components["schemas"]["FieldChange"][];
            /**
             * Format: int64
             * @description The event in the audit trail.
             */
            event_id?: number | null;
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database answers */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_api_keys: {
        parameters: {
            query?: {
                /** @description The name, exactly. */
                name?: string;
                /** @description `true` lists those that were revoked instead. */
                revoked?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example name
                 */
                sort?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of keys */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyCreate"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The path of what was entered. */
                    Location?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are two keys of this name */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_key: {
        parameters: {
            query?: {
                /** @description `true` looks among those that were revoked instead. */
                revoked?: boolean;
            };
            header?: {
                /** @description The `ETag` of the version that is at hand; 304 when it is still the one. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The key's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description Unchanged since the version of `If-None-Match` */
            304: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such key */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_key: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The key's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such key */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_api_key: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The key's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "lecture",
                 *       "scope": "search"
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyPatch"];
                /**
                 * @example {
                 *       "role": "lecture",
                 *       "scope": "search"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ApiKeyPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such key */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has expired, and there are two other keys of this name */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made */
            201: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The path of what was entered. */
                    Location?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such key */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are two keys of this name already */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit_events: {
        parameters: {
            query?: {
                /** @description Any of these, joined by commas: `anonymous`, `user`, `api_key`, `system`. */
                actor_type?: string;
                /** @description The id of the user or of the API key. */
                actor_id?: number;
                /**
                 * @description Any of these actions, joined by commas.
                 * @example get_patient,update_patient
                 */
                action?: string;
                /**
                 * @description Any of these outcomes, joined by commas: `success`, `abandoned`, or codes of problems.
                 * @example forbidden,unauthenticated
                 */
                outcome?: string;
                /**
                 * @description What kind of row.
                 * @example patient
                 */
                resource_type?: string;
                /** @description The row's id. */
                resource_id?: number;
                /** @description The patient's id; of studies the patient to whom they belong. */
                patient_fk?: number;
                /** @description The request's id. */
                request_id?: string;
                /**
                 * @description When: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                at?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of events, or all of them as CSV */
            200: {
                headers: {
                    /** @description Of CSV: a name for the file */
                    "Content-Disposition"?: string;
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description `accept` */
                    Vary?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                    "text/csv": string;
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit_verification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the trail */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Anything, with `delivery` `cookie`
                 * @example patientele
                 */
                "X-Requested-With"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    /** @description With `delivery` `cookie`: `__Host-patientele_refresh` */
                    "Set-Cookie"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name, the password or the code is wrong, or a code is needed (`second_factor_required`) */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The cookie was asked for by no page of this server, or without TLS */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many sign-ins of this name or from this address have failed */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Anything, with the cookie
                 * @example patientele
                 */
                "X-Requested-With"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    /** @description When the cookie was sent: what the browser keeps of the answers goes */
                    "Clear-Site-Data"?: string;
                    /** @description When the cookie was sent: it is forgotten */
                    "Set-Cookie"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no token */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The cookie was sent by no page of this server */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_current_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account behind the token */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordUpdate"];
            };
        };
        responses: {
            /** @description The password is changed */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The current password was wrong too often */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Anything, with the cookie
                 * @example patientele
                 */
                "X-Requested-With"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Refreshed */
            200: {
                headers: {
                    /** @description When the token came in the cookie: the next one */
                    "Set-Cookie"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no token, or its session is over */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The cookie was sent by no page of this server */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The live sessions */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description One has no such session */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The second factor */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrol_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorCreate"];
            };
        };
        responses: {
            /** @description What the application needs */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorEnrolment"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is a second factor already */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password or a code was wrong too often */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorConfirmation"];
            };
        };
        responses: {
            /** @description The second factor is in force */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None was begun, or it is confirmed already */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password or a code was wrong too often */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disable_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorProof"];
            };
        };
        responses: {
            /** @description The password alone is asked for from now on */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no second factor */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password or a code was wrong too often */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorProof"];
            };
        };
        responses: {
            /** @description The new codes, shown this once */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no second factor */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password or a code was wrong too often */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_patients: {
        parameters: {
            query?: {
                /** @description Name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and given name. */
                patient_name?: string;
                /** @description Beginning of words of the family name, accents and case aside. */
                family_name?: string;
                /** @description Beginning of words of the given name, accents and case aside. */
                given_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description Who gave the number, exactly. */
                issuer_of_patient_id?: string;
                /**
                 * @description Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                birth_date?: string;
                /**
                 * @description Any of these, joined by commas: `M`, `F`, `O`.
                 * @example M,O
                 */
                sex?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /** @description `true` looks in the bin instead; needs the role `modification`. */
                deleted?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example name
                 */
                sort?: string;
                /** @description `true` begins a CSV file with a byte order mark, by which Excel knows UTF-8. */
                bom?: boolean;
                /**
                 * @description What stands between the cells of a CSV file: `,` unless said, or `;` as Excel expects it where the comma is the decimal sign.
                 * @example ;
                 */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The patients; in NDJSON each line is one of the schema */
            200: {
                headers: {
                    /** @description A name for the file */
                    "Content-Disposition"?: string;
                    /** @description `accept` */
                    Vary?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": components["schemas"]["PatientRecord"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes CSV and NDJSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_studies: {
        parameters: {
            query?: {
                /**
                 * @description The patient's name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and
                 *     given name.
                 */
                patient_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description DICOM Study Instance UID, exactly; several joined by commas. */
                study_instance_uid?: string;
                /** @description DICOM Study ID, exactly. */
                study_id?: string;
                /** @description DICOM Accession Number, exactly. */
                accession_number?: string;
                /**
                 * @description Study date: `2026-11-22`, `2026-11`, `2026`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                study_date?: string;
                /**
                 * @description Any of these modalities, joined by commas.
                 * @example CT,MR
                 */
                modality?: string;
                /**
                 * @description Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
                 * @example registered,available
                 */
                status?: string;
                /** @description Beginning of words of the study description, accents and case aside. */
                study_description?: string;
                /** @description Beginning of words of the referring physician's name, accents and case aside. */
                referring_physician_name?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /** @description `true` looks in the bin instead; needs the role `modification`. */
                deleted?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example -study_date
                 */
                sort?: string;
                /** @description `true` begins a CSV file with a byte order mark, by which Excel knows UTF-8. */
                bom?: boolean;
                /**
                 * @description What stands between the cells of a CSV file: `,` unless said, or `;` as Excel expects it where the comma is the decimal sign.
                 * @example ;
                 */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The studies; in NDJSON each line is one of the schema */
            200: {
                headers: {
                    /** @description A name for the file */
                    "Content-Disposition"?: string;
                    /** @description `accept` */
                    Vary?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": components["schemas"]["StudyRecord"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes CSV and NDJSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_records: {
        parameters: {
            query?: {
                /**
                 * @description What happens to rows that are registered: `upsert`, which is meant unless said, changes the members that a line has; `create`
                 *     refuses them. DICOM files know no mode.
                 * @example upsert
                 */
                mode?: string;
                /** @description `true` enters all or nothing. Takes a body of 16 MiB at most, and no DICOM files. */
                atomic?: boolean;
                /** @description `true` tells what would become of the rows, and writes nothing. Takes a body of 16 MiB at most. */
                dry_run?: boolean;
                /** @description What lines are about that do not say: lines of NDJSON without `type`, CSV whose heading fits both. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Rows or files */
        requestBody: {
            content: {
                "application/dicom": components["schemas"]["DicomFile"];
                "application/dicom+json": unknown;
                /** @example {"type": "patient", "patient_id": "PAT-000123", "family_name": "Durand"} */
                "application/x-ndjson": string;
                "multipart/form-data": components["schemas"]["ImportForm"];
                /**
                 * @example patient_id;family_name;given_name;birth_date;sex
                 *     PAT-000123;Durand;Zoé;1980-01-31;F
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description What became of it */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive */
            408: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patients: {
        parameters: {
            query?: {
                /** @description Name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and given name. */
                patient_name?: string;
                /** @description Beginning of words of the family name, accents and case aside. */
                family_name?: string;
                /** @description Beginning of words of the given name, accents and case aside. */
                given_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description Who gave the number, exactly. */
                issuer_of_patient_id?: string;
                /**
                 * @description Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                birth_date?: string;
                /**
                 * @description Any of these, joined by commas: `M`, `F`, `O`.
                 * @example M,O
                 */
                sex?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /** @description `true` looks in the bin instead; needs the role `modification`. */
                deleted?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example name
                 */
                sort?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of patients */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_patient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientCreate"];
            };
        };
        responses: {
            /** @description Entered */
            201: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The path of what was entered. */
                    Location?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The number is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_patient: {
        parameters: {
            query?: {
                /** @description `true` looks in the bin instead of the registry; needs the role `modification`. */
                deleted?: boolean;
            };
            header?: {
                /** @description The `ETag` of the version that is at hand; 304 when it is still the one. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The patient */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description Unchanged since the version of `If-None-Match` */
            304: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_patient: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientCreate"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The number is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_patient: {
        parameters: {
            query?: {
                /** @description `true` removes what lies in the bin for good; needs the role `admin`. */
                purge?: boolean;
            };
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the bin, or gone for good */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The patient has studies, or is to be purged and not in the bin */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_patient: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "comments": null,
                 *       "telephone_number": "+33 1 99 00 12 34"
                 *     }
                 */
                "application/json": components["schemas"]["PatientPatch"];
                /**
                 * @example {
                 *       "comments": null,
                 *       "telephone_number": "+33 1 99 00 12 34"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["PatientPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The number is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patient_accesses: {
        parameters: {
            query?: {
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of accesses */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient, and never was */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patient_history: {
        parameters: {
            query?: {
                /** @description `true` reads the history of a row in the bin; needs the role `modification`. */
                deleted?: boolean;
                /** @description Most versions of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of versions */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Restored */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The patient is not in the bin */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revert_patient: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revert"];
            };
        };
        responses: {
            /** @description Changed back */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Patient"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The number of that version is taken by now */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patient_studies: {
        parameters: {
            query?: {
                /**
                 * @description The patient's name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and
                 *     given name.
                 */
                patient_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description DICOM Study Instance UID, exactly; several joined by commas. */
                study_instance_uid?: string;
                /** @description DICOM Study ID, exactly. */
                study_id?: string;
                /** @description DICOM Accession Number, exactly. */
                accession_number?: string;
                /**
                 * @description Study date: `2026-11-22`, `2026-11`, `2026`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                study_date?: string;
                /**
                 * @description Any of these modalities, joined by commas.
                 * @example CT,MR
                 */
                modality?: string;
                /**
                 * @description Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
                 * @example registered,available
                 */
                status?: string;
                /** @description Beginning of words of the study description, accents and case aside. */
                study_description?: string;
                /** @description Beginning of words of the referring physician's name, accents and case aside. */
                referring_physician_name?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /** @description `true` looks in the bin instead; needs the role `modification`. */
                deleted?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example -study_date
                 */
                sort?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path: {
                /** @description The patient's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of studies */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudyPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such patient */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The roles, the least first */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_role: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The role's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolePatch"];
                "application/merge-patch+json": components["schemas"]["RolePatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleDescription"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such role */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_registry: {
        parameters: {
            query?: {
                /**
                 * @description Words in any order, accents and case aside, each the beginning of a word of a name, a physician, a description or an
                 *     institution, or a whole identifier, or a birth date or that of a study: `1980-01-31`, `31/01/1980`, `01/1980`, `1980`, or a
                 *     range that begins so. Double quotes ask for whole words, and for identifiers with a space.
                 * @example durand zo
                 */
                q?: string;
                /**
                 * @description `patient` or `study`; both unless said. A filter on studies leaves studies alone.
                 * @example patient
                 */
                type?: string;
                /**
                 * @description How far from what was typed a word may be. Each value allows what those before it allow: `exact` whole words and identifiers,
                 *     `prefix` the beginnings of words, `phonetic` words that sound alike, `fuzzy` words of four letters or more with one error.
                 *     `auto`, unless said: as `prefix`, and each further step while there are fewer than five hits.
                 */
                match?: "auto" | "exact" | "prefix" | "phonetic" | "fuzzy";
                /** @description The patient's name: every word is the beginning of a word of the name; `dup^je` pins family and given name. */
                patient_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description Who gave the patient's number, exactly. */
                issuer_of_patient_id?: string;
                /**
                 * @description Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                birth_date?: string;
                /**
                 * @description Any of these, joined by commas: `M`, `F`, `O`.
                 * @example M,O
                 */
                sex?: string;
                /** @description DICOM Study Instance UID, exactly; several joined by commas. */
                study_instance_uid?: string;
                /** @description DICOM Study ID, exactly. */
                study_id?: string;
                /** @description DICOM Accession Number, exactly. */
                accession_number?: string;
                /**
                 * @description Study date, as `birth_date`.
                 * @example 1980..1989
                 */
                study_date?: string;
                /**
                 * @description Any of these modalities, joined by commas.
                 * @example CT,MR
                 */
                modality?: string;
                /**
                 * @description Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
                 * @example registered,available
                 */
                status?: string;
                /** @description Beginning of words of the study description. */
                study_description?: string;
                /** @description Beginning of words of the referring physician's name. */
                referring_physician_name?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /**
                 * @description The order of hits: `relevance` unless said. In another one, hits without a value come last. A page of very many hits may hold fewer
                 *     than asked for and yet a `next_cursor`. Of words with dates or identifiers among them, and of what is like a word, at most 10,000
                 *     hits are put in another order, and what takes some seconds to find is refused. A search by filters alone has the order of the lists: patients before studies, of each those without a value before the
                 *     others, or behind them where the greatest come first; studies by name or birth date come the newest first.
                 */
                sort?: "relevance" | "name" | "-name" | "birth_date" | "-birth_date" | "study_date" | "-study_date" | "created_at" | "-created_at" | "updated_at" | "-updated_at" | "id" | "-id";
                /**
                 * @description Members of patients and studies that are wanted, joined by commas: a hit then has them in `fields` and is lighter.
                 * @example family_name,given_name,study_date
                 */
                fields?: string;
                /**
                 * @description `patient` adds the whole patient to a study, `studies` the 20 newest studies to a patient.
                 * @example studies
                 */
                include?: string;
                /** @description Most hits of the page; 20 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, `exact` for some seconds; what is more than that they say with `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of hits */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_registry_by_body: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRequest"];
            };
        };
        responses: {
            /** @description One page of hits */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_statistics: {
        parameters: {
            query?: {
                /**
                 * @description The months of `by_month`, whole, all of them unless said: `2026`, `2025-07..2026-06`, `2026-01..`.
                 * @example 2025-07..2026-06
                 */
                study_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_studies: {
        parameters: {
            query?: {
                /**
                 * @description The patient's name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and
                 *     given name.
                 */
                patient_name?: string;
                /** @description The patient's number, exactly. */
                patient_id?: string;
                /** @description DICOM Study Instance UID, exactly; several joined by commas. */
                study_instance_uid?: string;
                /** @description DICOM Study ID, exactly. */
                study_id?: string;
                /** @description DICOM Accession Number, exactly. */
                accession_number?: string;
                /**
                 * @description Study date: `2026-11-22`, `2026-11`, `2026`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
                 * @example 1980..1989
                 */
                study_date?: string;
                /**
                 * @description Any of these modalities, joined by commas.
                 * @example CT,MR
                 */
                modality?: string;
                /**
                 * @description Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
                 * @example registered,available
                 */
                status?: string;
                /** @description Beginning of words of the study description, accents and case aside. */
                study_description?: string;
                /** @description Beginning of words of the referring physician's name, accents and case aside. */
                referring_physician_name?: string;
                /**
                 * @description Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
                 * @example 2026-11..
                 */
                updated_at?: string;
                /** @description `true` looks in the bin instead; needs the role `modification`. */
                deleted?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example -study_date
                 */
                sort?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of studies */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudyPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_study: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StudyCreate"];
            };
        };
        responses: {
            /** @description Entered */
            201: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The path of what was entered. */
                    Location?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The UID is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_study: {
        parameters: {
            query?: {
                /** @description `true` looks in the bin instead of the registry; needs the role `modification`. */
                deleted?: boolean;
            };
            header?: {
                /** @description The `ETag` of the version that is at hand; 304 when it is still the one. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The study */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description Unchanged since the version of `If-None-Match` */
            304: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_study: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StudyCreate"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The UID is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_study: {
        parameters: {
            query?: {
                /** @description `true` removes what lies in the bin for good; needs the role `admin`. */
                purge?: boolean;
            };
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the bin, or gone for good */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The study is to be purged and not in the bin */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_study: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "available"
                 *     }
                 */
                "application/json": components["schemas"]["StudyPatch"];
                /**
                 * @example {
                 *       "status": "available"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["StudyPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The UID is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_study_history: {
        parameters: {
            query?: {
                /** @description `true` reads the history of a row in the bin; needs the role `modification`. */
                deleted?: boolean;
                /** @description Most versions of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of versions */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_study: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Restored */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The study is not in the bin, or its patient is */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revert_study: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The study's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revert"];
            };
        };
        responses: {
            /** @description Changed back */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such study */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The UID of that version is taken by now */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description Every word is the beginning of a word of the username or the name shown, accents and case aside. */
                q?: string;
                /** @description The username, exactly; its case does not matter. */
                username?: string;
                /**
                 * @description Any of these, joined by commas: `lecture`, `modification`, `admin`.
                 * @example modification,admin
                 */
                role?: string;
                /** @description `true` lists those that may sign in, `false` the others. */
                active?: boolean;
                /**
                 * @description Order; `-` before a key turns it round. The id is always the last key.
                 * @example username
                 */
                sort?: string;
                /** @description Most items of the page; 50 unless said. */
                limit?: number;
                /** @description `next_cursor` of the page before, with the same other parameters. */
                cursor?: string;
                /** @description Whether to count all hits: `bounded` counts to 1,000, then says `gte`. */
                count?: "none" | "bounded" | "exact";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of accounts */
            200: {
                headers: {
                    /** @description The address of the next page, `rel="next"`, if there is one. */
                    Link?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreate"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The path of what was entered. */
                    Location?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedUser"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The username is taken */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version that is at hand; 304 when it is still the one. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unchanged since the version of `If-None-Match` */
            304: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was used, is the caller's own account, or the last active administrator */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the version that was read, or `*` to overwrite whatever is there. */
                "If-Match": string;
            };
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": true,
                 *       "role": "lecture"
                 *     }
                 */
                "application/json": components["schemas"]["UserPatch"];
                /**
                 * @example {
                 *       "active": true,
                 *       "role": "lecture"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` and `If-None-Match`. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is the caller's own account, or the last active administrator */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Someone else has changed it */
            412: {
                headers: {
                    /** @description The version there is now. */
                    ETag?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported */
            415: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `If-Match` is missing */
            428: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_user_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The one-time password */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimePassword"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is the caller's own account */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The live sessions */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No session is left */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_user_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id */
                id: number;
                /** @description The session's id */
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The account has no such session */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_user_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has no second factor */
            204: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No good access token or API key */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The role does not allow it, or the password must be changed first */
            403: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such account */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header `Accept` excludes JSON */
            406: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is the caller's own account */
            409: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process serves requests */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready for requests */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_problem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The problem's code
                 * @example stale_version
                 */
                code: "address_not_allowed" | "api_key_not_found" | "body_too_large" | "cross_site_request" | "forbidden" | "headers_too_large" | "if_match_required" | "import_refused" | "internal_error" | "invalid" | "invalid_credentials" | "invalid_query" | "last_administrator" | "invalid_second_factor" | "malformed_request" | "method_not_allowed" | "not_acceptable" | "not_deleted" | "not_for_api_keys" | "not_found" | "out_of_scope" | "overloaded" | "own_account" | "password_change_required" | "patient_already_exists" | "patient_deleted" | "patient_has_studies" | "patient_not_found" | "role_not_found" | "second_factor_enabled" | "second_factor_enrolment_required" | "second_factor_not_enabled" | "second_factor_not_pending" | "second_factor_required" | "secure_context_required" | "session_expired" | "session_not_found" | "session_revoked" | "stale_version" | "study_already_exists" | "study_not_found" | "timeout" | "too_many_api_keys" | "too_many_attempts" | "too_many_requests" | "two_credentials" | "unauthenticated" | "unavailable" | "unsupported_media_type" | "upload_stalled" | "uri_too_long" | "user_already_exists" | "user_not_found" | "user_was_used";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A parameter is unknown, repeated or empty, or the JSON is broken */
            400: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such kind of problem */
            404: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not valid */
            422: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server made a mistake */
            500: {
                headers: {
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the server is busy */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description The id under which the server's log knows this request. */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
