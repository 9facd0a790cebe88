//! Invitations: the only way into a Cadet with several users.

use super::super::model::{
    AccountId, Client, Email, Invitation, InvitationId, Role, parse_name, parse_new_password,
};
use super::super::{password, store};
use super::hash_secret;
use super::sessions::{self, NewSession};
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::{Actor, Ctx};

/// How long an invitation works.
const DAYS: i64 = 14;

/// A new invitation; the secret is shown this once.
#[derive(Debug)]
pub struct InvitationCreated {
    /// The invitation.
    pub invitation: Invitation,
    /// The secret; the address is `/signup/` and this.
    pub secret: Secret,
}

/// What somebody fills in to accept an invitation.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The name shown.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The password they choose.
    pub password: Secret,
}

/// Invites somebody to make an account with `role`; with `email` only they can accept.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::Conflict`] in a single-user Cadet.
pub async fn invitation_create(
    ctx: &Ctx,
    role: Role,
    email: Option<&str>,
) -> Result<InvitationCreated> {
    ctx.require_admin()?;
    if !ctx.config.server.multi_user {
        return Err(Error::Conflict(
            "This Cadet serves one person. Start it with --multi-user to invite others.".into(),
        ));
    }
    let email = email
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(Email::parse)
        .transpose()?;
    let secret = ctx.entropy.secret();
    let now = ctx.now();
    let new = store::invitations::NewInvitation {
        hash: hash_secret(&secret),
        email,
        role,
        by: inviter(ctx)?,
        expires_at: now.plus_days(DAYS),
    };
    Ok(InvitationCreated {
        invitation: store::invitations::insert(&ctx.db, now, new).await?,
        secret: Secret(secret),
    })
}

/// The command line invites in the name of the account that was there first.
fn inviter(ctx: &Ctx) -> Result<AccountId> {
    match ctx.actor() {
        Actor::System => Ok(AccountId::LOCAL),
        _ => ctx.owner(),
    }
}

/// All invitations with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator.
pub async fn invitation_list(ctx: &Ctx, after: i64, limit: u64) -> Result<Vec<Invitation>> {
    ctx.require_admin()?;
    store::invitations::list(&ctx.db, after, limit).await
}

/// Takes back an invitation that nobody has used.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::NotFound`] when it was used or is not there.
pub async fn invitation_revoke(ctx: &Ctx, id: InvitationId) -> Result<()> {
    ctx.require_admin()?;
    if store::invitations::delete(&ctx.db, id).await? {
        Ok(())
    } else {
        Err(Error::not_found("open invitation", id))
    }
}

/// The invitation that a link stands for.
///
/// # Errors
/// [`Error::NotFound`] when it was used, taken back or has expired.
pub async fn invitation_peek(ctx: &Ctx, secret: &str) -> Result<Invitation> {
    store::invitations::find(&ctx.db, &hash_secret(secret), ctx.now())
        .await?
        .ok_or_else(spent)
}

fn spent() -> Error {
    Error::not_found(
        "invitation",
        "like this: it was used, taken back, or is older than 14 days. Ask for a new one",
    )
}

/// Makes an account from an invitation and begins a session.
///
/// # Errors
/// [`Error::NotFound`] when the invitation cannot be used; [`Error::Invalid`] for a name, address or password that
/// cannot be used; [`Error::Conflict`] when the address is taken.
pub async fn invitation_accept(
    ctx: &Ctx,
    secret: &str,
    acceptance: Acceptance,
    client: &Client,
) -> Result<NewSession> {
    let invitation = invitation_peek(ctx, secret).await?;
    let email = Email::parse(&acceptance.email)?;
    if invitation
        .email
        .as_deref()
        .is_some_and(|only| only != email.as_str())
    {
        return Err(Error::invalid_field(
            "email",
            "This invitation is for another address. Use the one it was sent to.",
        ));
    }
    let name = parse_name("name", &acceptance.name)?;
    let password = parse_new_password(&acceptance.password.0)?;
    let password_hash = password::hash(&*ctx.entropy, password).await?;
    let new = store::NewAccount {
        email,
        name,
        role: invitation.role,
        password_hash,
    };
    let transaction = ctx.db.begin().await?;
    if !store::invitations::take(&transaction, invitation.id, ctx.now()).await? {
        return Err(spent());
    }
    let account = store::insert(&transaction, ctx.now(), new).await?;
    store::invitations::set_accepted_by(&transaction, invitation.id, account).await?;
    let session = sessions::begin(ctx, &transaction, account, client).await?;
    transaction.commit().await?;
    Ok(session)
}
