//! Sessions and one-time links.

use super::super::model::{AccountId, Client, Session, SessionId, SignedIn};
use super::super::store;
use super::hash_secret;
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::{Actor, App, Ctx};

/// A session ends so many days after it was last used...
const SESSION_DAYS: i64 = 30;
/// ...and so many days after it began, however much it is used.
const SESSION_DAYS_AT_MOST: i64 = 365;
/// How old `last_seen_at` may get before it is written again, so that reading a page is no write.
const TOUCH_EVERY_MS: i64 = 5 * 60_000;
/// How long a one-time link works.
const LINK_MS: i64 = 10 * 60_000;

/// A link that signs in once.
#[derive(Debug)]
pub struct LoginLink {
    /// The secret; the address is `/login/` and this.
    pub token: Secret,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A session that has just begun.
#[derive(Debug)]
pub struct NewSession {
    /// Whose.
    pub account: AccountId,
    /// The cookie's value.
    pub secret: Secret,
}

/// Makes a link that signs the actor in; the program itself makes one for the single-user account.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn login_link_create(ctx: &Ctx) -> Result<LoginLink> {
    let account = match ctx.actor() {
        Actor::System => AccountId::LOCAL,
        _ => ctx.owner()?,
    };
    create_link(ctx, account).await
}

/// Makes a link that signs somebody else in, for those who lost their password.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::NotFound`] when there is no such account.
pub async fn login_link_create_for(ctx: &Ctx, account: AccountId) -> Result<LoginLink> {
    ctx.require_admin()?;
    if store::get(&ctx.db, account).await?.disabled_at.is_some() {
        return Err(Error::Conflict(
            "This account is disabled. Enable it first.".into(),
        ));
    }
    create_link(ctx, account).await
}

async fn create_link(ctx: &Ctx, account: AccountId) -> Result<LoginLink> {
    let token = ctx.entropy.secret();
    let now = ctx.now();
    let expires_at = now.plus_millis(LINK_MS);
    let hash = hash_secret(&token);
    store::sessions::insert_link(&ctx.db, account, hash, (now, expires_at)).await?;
    Ok(LoginLink {
        token: Secret(token),
        expires_at,
    })
}

fn link_is_spent() -> Error {
    Error::not_found(
        "sign-in link",
        "like this: it was used, or is older than 10 minutes. Make a new one with `cadet login-link`, or start Cadet again",
    )
}

/// Checks that a link can be used, without using it up: browsers and mail scanners fetch links that nobody opened.
///
/// # Errors
/// [`Error::NotFound`] when it was used or has expired.
pub async fn login_link_check(ctx: &Ctx, token: &str) -> Result<()> {
    if store::sessions::link_works(&ctx.db, &hash_secret(token), ctx.now()).await? {
        Ok(())
    } else {
        Err(link_is_spent())
    }
}

/// Uses a link up and begins a session.
///
/// # Errors
/// [`Error::NotFound`] when it was used or has expired.
pub async fn login_link_consume(ctx: &Ctx, token: &str, client: &Client) -> Result<NewSession> {
    let transaction = ctx.db.begin().await?;
    let account = store::sessions::take_link(&transaction, &hash_secret(token), ctx.now())
        .await?
        .ok_or_else(link_is_spent)?;
    let session = begin(ctx, &transaction, account, client).await?;
    transaction.commit().await?;
    Ok(session)
}

/// Begins a session within a transaction. Callers have checked that it is them.
pub(super) async fn begin(
    ctx: &Ctx,
    transaction: &crate::db::Transaction,
    account: AccountId,
    client: &Client,
) -> Result<NewSession> {
    let secret = ctx.entropy.secret();
    let now = ctx.now();
    let times = (now, now.plus_days(SESSION_DAYS));
    store::sessions::insert(transaction, account, hash_secret(&secret), client, times).await?;
    Ok(NewSession {
        account,
        secret: Secret(secret),
    })
}

/// Who holds this session secret, if it is one; keeps the session alive.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn session_resume(app: &App, secret: &str) -> Result<Option<SignedIn>> {
    let now = app.now();
    let found = store::sessions::find(&app.db, &hash_secret(secret), now).await?;
    let Some((session, account)) = found else {
        return Ok(None);
    };
    if now.as_millis() - session.last_seen_at.as_millis() >= TOUCH_EVERY_MS {
        let end = session.created_at.plus_days(SESSION_DAYS_AT_MOST);
        let expires_at = now.plus_days(SESSION_DAYS).min(end);
        store::sessions::touch(&app.db, session.id, now, expires_at).await?;
    }
    Ok(Some(SignedIn {
        account,
        session: Some(session.id),
        token: None,
    }))
}

/// The actor's sessions, the newest first.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn session_list(ctx: &Ctx) -> Result<Vec<Session>> {
    store::sessions::list(&ctx.db, ctx.owner()?, ctx.now()).await
}

/// Ends one of the actor's sessions.
///
/// # Errors
/// [`Error::NotFound`] when it is not theirs or has ended.
pub async fn session_revoke(ctx: &Ctx, id: SessionId) -> Result<()> {
    if store::sessions::delete(&ctx.db, ctx.owner()?, id).await? {
        Ok(())
    } else {
        Err(Error::not_found("session", id))
    }
}

/// Ends the session that the actor uses; one that has ended already is fine.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn session_sign_out(ctx: &Ctx, id: SessionId) -> Result<()> {
    store::sessions::delete(&ctx.db, ctx.owner()?, id).await?;
    Ok(())
}

/// Ends the actor's sessions, all but `keep`; says how many.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn session_revoke_others(ctx: &Ctx, keep: Option<SessionId>) -> Result<u64> {
    store::sessions::delete_others(ctx.db.pool(), ctx.owner()?, keep).await
}
