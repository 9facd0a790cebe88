//! Personal access tokens.

use super::super::model::{Scope, SignedIn, Token, TokenId, parse_name};
use super::super::store;
use super::hash_secret;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::{Actor, App, Ctx};

/// What every token's secret begins with, so that scanners for leaked secrets can know it.
const SECRET_PREFIX: &str = "cadet_";
/// Characters of the secret that are kept to recognise it by.
const SHOWN: usize = 12;
/// How old `last_used_at` may get before it is written again.
const TOUCH_EVERY_MS: i64 = 60_000;
/// Longest life that may be asked for, in days.
const DAYS_MAX: u32 = 3650;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// What to call it.
    pub name: String,
    /// What it allows; at least one.
    pub scopes: Vec<Scope>,
    /// Days until it ends; never if none.
    pub expires_in_days: Option<u32>,
}

/// A new token; the secret is shown this once.
#[derive(Debug)]
pub struct TokenCreated {
    /// The token.
    pub token: Token,
    /// Its secret.
    pub secret: Secret,
}

/// Makes a token for the actor. A token can make no token that may do more than itself.
///
/// # Errors
/// [`Error::Invalid`] for an empty name, no scope or a life of 0 or more than 3650 days; [`Error::Forbidden`] for
/// scopes that the actor does not have.
pub async fn token_create(ctx: &Ctx, request: TokenRequest) -> Result<TokenCreated> {
    let owner = ctx.owner()?;
    let name = parse_name("name", &request.name)?;
    let scopes = checked_scopes(ctx.actor(), request.scopes)?;
    let days = request.expires_in_days;
    if days.is_some_and(|days| days == 0 || days > DAYS_MAX) {
        return Err(Error::invalid_field(
            "expires_in_days",
            format!("Choose 1 to {DAYS_MAX} days, or leave it out for a token without end."),
        ));
    }
    let secret = format!("{SECRET_PREFIX}{}", ctx.entropy.secret());
    let now = ctx.now();
    let new = store::tokens::NewToken {
        name,
        prefix: secret.chars().take(SHOWN).collect(),
        hash: hash_secret(&secret),
        scopes,
        expires_at: days.map(|days| now.plus_days(i64::from(days))),
    };
    Ok(TokenCreated {
        token: store::tokens::insert(&ctx.db, owner, now, new).await?,
        secret: Secret(secret),
    })
}

fn checked_scopes(actor: &Actor, mut scopes: Vec<Scope>) -> Result<Vec<Scope>> {
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Error::invalid_field(
            "scopes",
            "Choose what the token allows: read, write, admin, clip.",
        ));
    }
    if let Actor::Person {
        scopes: Some(own), ..
    } = actor
        && scopes.iter().any(|scope| !own.contains(scope))
    {
        return Err(Error::Forbidden(
            "A token can only make tokens with scopes that it has itself. Make this one in the browser, under Settings.".into(),
        ));
    }
    Ok(scopes)
}

/// The actor's tokens that can be used, with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn token_list(ctx: &Ctx, after: i64, limit: u64) -> Result<Vec<Token>> {
    store::tokens::list(&ctx.db, ctx.owner()?, ctx.now(), (after, limit)).await
}

/// Makes one of the actor's tokens useless, at once and for good.
///
/// # Errors
/// [`Error::NotFound`] when it is not theirs or was revoked before.
pub async fn token_revoke(ctx: &Ctx, id: TokenId) -> Result<()> {
    if store::tokens::revoke(&ctx.db, ctx.owner()?, id, ctx.now()).await? {
        Ok(())
    } else {
        Err(Error::not_found("token", id))
    }
}

/// Whose token this is, if it can be used.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn token_resume(app: &App, secret: &str) -> Result<Option<SignedIn>> {
    if !secret.starts_with(SECRET_PREFIX) {
        return Ok(None);
    }
    let now = app.now();
    let found = store::tokens::find(&app.db, &hash_secret(secret), now).await?;
    let Some((token, account)) = found else {
        return Ok(None);
    };
    let stale = token
        .last_used_at
        .is_none_or(|at| now.as_millis() - at.as_millis() >= TOUCH_EVERY_MS);
    if stale {
        store::tokens::touch(&app.db, token.id, now).await?;
    }
    Ok(Some(SignedIn {
        account,
        session: None,
        token: Some((token.id, token.scopes)),
    }))
}
