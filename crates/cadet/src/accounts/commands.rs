//! Accounts on the command line: `cadet token`, `cadet account` and `cadet login-link`.

use clap::Subcommand;
use serde_json::json;

use super::actions;
use super::model::{Account, AccountId, Role, Scope, TokenId};
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::{Actor, Ctx};
use crate::terminal::Terminal;

/// `cadet token`: personal access tokens for the REST interface.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print its secret, this once.
    #[command(after_help = "Example: cadet token create laptop --scope read --scope write")]
    Create {
        /// What to call it.
        name: String,
        /// What it allows: read, write, admin; may be given several times.
        #[arg(long = "scope", default_value = "read")]
        scopes: Vec<String>,
        /// Days until it ends; never if not given.
        #[arg(long)]
        days: Option<u32>,
        /// Whose: an address or a number.
        #[arg(long)]
        account: Option<String>,
    },
    /// List tokens that work.
    #[command(after_help = "Example: cadet token list --json")]
    List {
        /// Whose: an address or a number.
        #[arg(long)]
        account: Option<String>,
    },
    /// Make a token useless, at once and for good.
    #[command(after_help = "Example: cadet token revoke 3")]
    Revoke {
        /// Its number, from the list.
        id: i64,
        /// Whose: an address or a number.
        #[arg(long)]
        account: Option<String>,
    },
}

/// `cadet account`: who uses this Cadet.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// List all accounts.
    #[command(after_help = "Example: cadet account list --json")]
    List,
    /// Invite somebody to make an account and print the address for it, this once.
    #[command(after_help = "Example: cadet account invite --role mentor --email ada@example.org")]
    Invite {
        /// candidate, mentor or admin.
        #[arg(long, default_value = "candidate")]
        role: String,
        /// The only address that may be used with it.
        #[arg(long)]
        email: Option<String>,
    },
    /// Lock an account and sign it out everywhere.
    #[command(after_help = "Example: cadet account disable ada@example.org")]
    Disable {
        /// An address or a number.
        account: String,
        /// Unlock it instead.
        #[arg(long)]
        undo: bool,
    },
    /// Set a password, read from the standard input, and sign the account out everywhere.
    #[command(after_help = "Example: cadet account password ada@example.org < password.txt")]
    Password {
        /// An address or a number.
        account: String,
    },
}

/// Runs `cadet token`.
///
/// # Errors
/// Those of the actions.
pub async fn run_token(ctx: &Ctx, command: TokenCommand, out: &Terminal) -> Result<()> {
    match command {
        TokenCommand::Create {
            name,
            scopes,
            days,
            account,
        } => {
            let ctx = acting_for(ctx, account.as_deref()).await?;
            let request = actions::TokenRequest {
                name,
                scopes: scopes
                    .iter()
                    .map(|text| text.parse())
                    .collect::<Result<Vec<Scope>>>()?,
                expires_in_days: days,
            };
            let created = actions::token_create(&ctx, request).await?;
            let value = json!({ "token": created.token, "secret": created.secret.0 });
            out.answer(&value, || created.secret.0.clone())
        }
        TokenCommand::List { account } => {
            let ctx = acting_for(ctx, account.as_deref()).await?;
            let tokens = actions::token_list(&ctx, 0, u64::from(u32::MAX)).await?;
            let rows = tokens.iter().map(|token| {
                let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
                vec![
                    token.id.to_string(),
                    token.name.clone(),
                    token.prefix.clone(),
                    scopes.join(" "),
                    optional(token.expires_at),
                    optional(token.last_used_at),
                ]
            });
            let heads = ["id", "name", "begins with", "allows", "ends", "last used"];
            let text = table(&heads, rows);
            out.answer(&tokens, || text)
        }
        TokenCommand::Revoke { id, account } => {
            let ctx = acting_for(ctx, account.as_deref()).await?;
            actions::token_revoke(&ctx, TokenId(id)).await?;
            out.answer(&json!({ "revoked": id }), || {
                format!("Token {id} is revoked.")
            })
        }
    }
}

/// Runs `cadet account`. `input` is where a password is read from.
///
/// # Errors
/// Those of the actions.
pub async fn run_account(
    ctx: &Ctx,
    command: AccountCommand,
    input: &mut (dyn std::io::BufRead + Send),
    out: &Terminal,
) -> Result<()> {
    match command {
        AccountCommand::List => {
            let accounts = actions::account_list(ctx, 0, u64::from(u32::MAX)).await?;
            let heads = ["id", "name", "e-mail", "role", "disabled"];
            let text = table(&heads, accounts.iter().map(account_row));
            out.answer(&accounts, || text)
        }
        AccountCommand::Invite { role, email } => {
            let role: Role = role.parse()?;
            let created = actions::invitation_create(ctx, role, email.as_deref()).await?;
            let url = ctx
                .config
                .server
                .url(&format!("/signup/{}", created.secret.0));
            let value = json!({ "invitation": created.invitation, "url": url });
            out.answer(&value, || url.clone())
        }
        AccountCommand::Disable { account, undo } => {
            let id = actions::account_find(ctx, &account).await?.id;
            let change = actions::AccountChange {
                role: None,
                disabled: Some(!undo),
            };
            let changed = actions::account_update(ctx, id, change).await?;
            let state = if undo { "enabled" } else { "disabled" };
            out.answer(&changed, || format!("Account {id} is {state}."))
        }
        AccountCommand::Password { account } => {
            let id = actions::account_find(ctx, &account).await?.id;
            let mut line = String::new();
            input.read_line(&mut line).map_err(|cause| {
                Error::unavailable(
                    "The password cannot be read from the standard input.",
                    cause,
                )
            })?;
            let password = Secret(line.trim_end_matches(['\r', '\n']).to_owned());
            actions::password_set(ctx, id, password).await?;
            out.answer(&json!({ "changed": id }), || {
                format!("The password of account {id} is set.")
            })
        }
    }
}

/// Runs `cadet login-link`: prints an address that signs in once, for the given account or the single user.
///
/// # Errors
/// Those of the actions.
pub async fn run_login_link(ctx: &Ctx, account: Option<&str>, out: &Terminal) -> Result<()> {
    let link = match account {
        None => actions::login_link_create(ctx).await?,
        Some(name) => {
            let id = actions::account_find(ctx, name).await?.id;
            actions::login_link_create_for(ctx, id).await?
        }
    };
    let url = ctx.config.server.url(&format!("/login/{}", link.token.0));
    let value = json!({ "url": url, "expires_at": link.expires_at });
    out.answer(&value, || url.clone())
}

/// Whoever sits at the machine may act for any account; without a name it is the single user.
async fn acting_for(ctx: &Ctx, name: Option<&str>) -> Result<Ctx> {
    let account = match (name, ctx.actor()) {
        (Some(name), _) => actions::account_find(ctx, name).await?,
        (None, Actor::System) => actions::account_find(ctx, &AccountId::LOCAL.to_string()).await?,
        (None, _) => return Ok(ctx.clone()),
    };
    let actor = Actor::Person {
        account: account.id,
        role: account.role,
        scopes: None,
    };
    Ok(Ctx::new(ctx.app().clone(), actor))
}

fn account_row(account: &Account) -> Vec<String> {
    vec![
        account.id.to_string(),
        account.name.clone(),
        account.email.clone().unwrap_or_default(),
        account.role.name().to_owned(),
        optional(account.disabled_at),
    ]
}

fn optional(at: Option<crate::clock::Timestamp>) -> String {
    at.map(|at| at.date_string()).unwrap_or_default()
}

fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = comfy_table::Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_header(heads);
    for row in rows {
        table.add_row(row);
    }
    table.trim_fmt()
}
