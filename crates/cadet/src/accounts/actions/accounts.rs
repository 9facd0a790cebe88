//! Accounts themselves: the first one, changes by their owner, and by an administrator.

use super::super::model::{
    Account, AccountId, Email, Role, SessionId, Settings, parse_name, parse_new_password,
};
use super::super::{password, store};
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Makes sure that account number 1, an administrator, is there. Call it at every start.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn local_account_ensure(ctx: &Ctx) -> Result<Account> {
    if let Ok(account) = store::get(&ctx.db, AccountId::LOCAL).await {
        return Ok(account);
    }
    let transaction = ctx.db.begin().await?;
    store::insert_local(&transaction, ctx.now()).await?;
    transaction.commit().await?;
    store::get(&ctx.db, AccountId::LOCAL).await
}

/// The actor's own account.
///
/// # Errors
/// [`Error::Unauthorised`] for nobody.
pub async fn account_get(ctx: &Ctx) -> Result<Account> {
    store::get(&ctx.db, ctx.owner()?).await
}

/// The account that `name` names by its address or number; for the command line.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::NotFound`] when there is none.
pub async fn account_find(ctx: &Ctx, name: &str) -> Result<Account> {
    ctx.require_admin()?;
    if let Ok(id) = name.parse() {
        return store::get(&ctx.db, AccountId(id)).await;
    }
    let found = store::find_by_email(&ctx.db, &name.trim().to_lowercase()).await?;
    let (account, _) = found.ok_or_else(|| Error::not_found("account", name))?;
    Ok(account)
}

/// Accounts with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator.
pub async fn account_list(ctx: &Ctx, after: i64, limit: u64) -> Result<Vec<Account>> {
    ctx.require_admin()?;
    store::list(&ctx.db, after, limit).await
}

/// What an administrator changes of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// The new role.
    pub role: Option<Role>,
    /// Whether the account shall be unusable.
    pub disabled: Option<bool>,
}

/// Changes somebody's role, or disables or enables their account. A disabled account is signed out everywhere.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::NotFound`] when there is no such account;
/// [`Error::Conflict`] when no administrator would be left.
pub async fn account_update(ctx: &Ctx, id: AccountId, change: AccountChange) -> Result<Account> {
    ctx.require_admin()?;
    let account = store::get(&ctx.db, id).await?;
    let role = change.role.unwrap_or(account.role);
    let disabled_at = match change.disabled {
        Some(true) => account.disabled_at.or_else(|| Some(ctx.now())),
        Some(false) => None,
        None => account.disabled_at,
    };
    let transaction = ctx.db.begin().await?;
    let stays = role == Role::Admin && disabled_at.is_none();
    if !stays && store::count_other_admins(&transaction, id).await? == 0 {
        return Err(Error::Conflict(
            "No administrator would be left. Make somebody else one first.".into(),
        ));
    }
    store::set_standing(&transaction, id, role, disabled_at).await?;
    if disabled_at.is_some() {
        store::sessions::delete_others(&transaction, id, None).await?;
    }
    transaction.commit().await?;
    store::get(&ctx.db, id).await
}

/// Changes the actor's name and, unless `email` is blank, their address. A new address needs the password, since it
/// is what one signs in with.
///
/// # Errors
/// [`Error::Invalid`] for a name or address that cannot be used or a wrong password; [`Error::Conflict`] when the
/// address is taken.
pub async fn profile_update(ctx: &Ctx, name: &str, email: &str, current: Secret) -> Result<()> {
    let account = account_get(ctx).await?;
    let name = parse_name("name", name)?;
    let blank = email.trim().is_empty();
    let email = (!blank).then(|| Email::parse(email)).transpose()?;
    let email = email.filter(|new| account.email.as_deref() != Some(new.as_str()));
    if email.is_some() {
        check_password(ctx, account.id, current).await?;
    }
    let transaction = ctx.db.begin().await?;
    store::set_identity(&transaction, account.id, name, email).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whoever has a password must show it before what they sign in with is changed.
async fn check_password(ctx: &Ctx, id: AccountId, current: Secret) -> Result<()> {
    let hash = store::password_hash(&ctx.db, id).await?;
    if hash.is_none() || password::verify(current, hash).await? {
        return Ok(());
    }
    Err(Error::invalid_field(
        "current_password",
        "This is not your current password.",
    ))
}

/// Changes the actor's password and ends their sessions, all but `keep`.
///
/// # Errors
/// [`Error::Invalid`] when the current password is wrong or the new one too short.
pub async fn password_change(
    ctx: &Ctx,
    current: Secret,
    new: Secret,
    keep: Option<SessionId>,
) -> Result<()> {
    let owner = ctx.owner()?;
    check_password(ctx, owner, current).await?;
    write_password(ctx, owner, new, keep).await
}

/// Sets somebody's password and ends all their sessions.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an administrator; [`Error::NotFound`] when there is no such account;
/// [`Error::Invalid`] when the password is too short.
pub async fn password_set(ctx: &Ctx, id: AccountId, new: Secret) -> Result<()> {
    ctx.require_admin()?;
    store::get(&ctx.db, id).await?;
    write_password(ctx, id, new, None).await
}

async fn write_password(
    ctx: &Ctx,
    id: AccountId,
    new: Secret,
    keep: Option<SessionId>,
) -> Result<()> {
    let hash = password::hash(&*ctx.entropy, parse_new_password(&new.0)?).await?;
    let transaction = ctx.db.begin().await?;
    store::set_password(&transaction, id, hash).await?;
    store::sessions::delete_others(&transaction, id, keep).await?;
    transaction.commit().await?;
    Ok(())
}

/// Changes the actor's theme and time zone.
///
/// # Errors
/// [`Error::Invalid`] for a theme or time zone that does not exist.
pub async fn settings_update(ctx: &Ctx, theme: &str, time_zone: &str) -> Result<()> {
    let settings = Settings::parse(theme, time_zone)?;
    store::set_settings(&ctx.db, ctx.owner()?, &settings).await
}
