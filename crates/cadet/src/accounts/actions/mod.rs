//! The verbs of accounts.

mod accounts;
mod invitations;
mod sessions;
mod sign_in;
mod tokens;

pub use accounts::{
    AccountChange, account_find, account_get, account_list, account_update, local_account_ensure,
    password_change, password_set, profile_update, settings_update,
};
pub use invitations::{
    Acceptance, InvitationCreated, invitation_accept, invitation_create, invitation_list,
    invitation_peek, invitation_revoke,
};
pub use sessions::{
    LoginLink, NewSession, login_link_check, login_link_consume, login_link_create,
    login_link_create_for, session_list, session_resume, session_revoke, session_revoke_others,
    session_sign_out,
};
pub use sign_in::{sign_in, throttle_delay_seconds};
pub use tokens::{
    TokenCreated, TokenRequest, token_create, token_list, token_resume, token_revoke,
};

use sha2::{Digest as _, Sha256};

/// What is stored of a secret. Our secrets are 256 random bits, so that a fast hash without salt is enough.
fn hash_secret(secret: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(secret.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
