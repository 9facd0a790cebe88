//! The settings page and its forms.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions;
use super::super::model::{
    Account, AccountId, Invitation, InvitationId, PASSWORD_MIN, Role, Scope, Session, SessionId,
    Theme, Token, TokenId,
};
use crate::config::Secret;
use crate::error::Result;
use crate::state::{Actor, Ctx};
use crate::web::{Form, Layout, Path, Redirect, Routes, ShownOnce, View, Visitor};

const PAGE: &str = "/settings";
/// Rows of a list on this page; whoever has more uses the REST interface.
const ROWS: u64 = 500;

#[derive(Template)]
#[template(path = "accounts/pages/settings.html")]
struct SettingsPage {
    layout: Layout,
    account: Account,
    sessions: Vec<Session>,
    current: Option<SessionId>,
    tokens: Vec<Token>,
    /// For administrators of a Cadet with several users.
    administration: Option<Administration>,
    /// A secret that was just made, shown this once: what it is and the text.
    revealed: Option<(&'static str, String)>,
    themes: [Theme; 3],
    scopes: [Scope; 4],
    password_min: usize,
    /// Where the browser extension finds this Cadet.
    address: String,
}

impl SettingsPage {
    fn is_current(&self, session: &Session) -> bool {
        self.current == Some(session.id)
    }
}

struct Administration {
    invitations: Vec<Invitation>,
    accounts: Vec<Account>,
    roles: [Role; 3],
}

async fn settings_page(
    layout: Layout,
    visitor: &Visitor,
    revealed: Option<(&'static str, String)>,
) -> Result<SettingsPage> {
    let ctx = &visitor.ctx;
    Ok(SettingsPage {
        account: actions::account_get(ctx).await?,
        sessions: actions::session_list(ctx).await?,
        current: visitor.session,
        tokens: actions::token_list(ctx, 0, ROWS).await?,
        administration: administration(ctx).await?,
        layout: layout.titled("Settings"),
        address: ctx.config.server.url(""),
        revealed,
        themes: Theme::ALL,
        scopes: Scope::ALL,
        password_min: PASSWORD_MIN,
    })
}

async fn administration(ctx: &Ctx) -> Result<Option<Administration>> {
    let is_admin = matches!(
        ctx.actor(),
        Actor::Person {
            role: Role::Admin,
            ..
        }
    );
    if !is_admin || !ctx.config.server.multi_user {
        return Ok(None);
    }
    Ok(Some(Administration {
        invitations: actions::invitation_list(ctx, 0, ROWS).await?,
        accounts: actions::account_list(ctx, 0, ROWS).await?,
        roles: Role::ALL,
    }))
}

async fn show(layout: Layout, visitor: Visitor) -> Result<View<SettingsPage>> {
    settings_page(layout, &visitor, None).await.map(View)
}

#[derive(Debug, Deserialize)]
struct ProfileForm {
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    current_password: String,
}

async fn profile(ctx: Ctx, Form(form): Form<ProfileForm>) -> Result<Redirect> {
    let current = Secret(form.current_password);
    let result = actions::profile_update(&ctx, &form.name, &form.email, current).await;
    Redirect::after(result, PAGE, "Saved.")
}

#[derive(Debug, Deserialize)]
struct AppearanceForm {
    theme: String,
    time_zone: String,
}

async fn appearance(ctx: Ctx, Form(form): Form<AppearanceForm>) -> Result<Redirect> {
    let result = actions::settings_update(&ctx, &form.theme, &form.time_zone).await;
    Redirect::after(result, PAGE, "Saved.")
}

#[derive(Debug, Deserialize)]
struct PasswordForm {
    #[serde(default)]
    current_password: String,
    password: String,
}

async fn password(visitor: Visitor, Form(form): Form<PasswordForm>) -> Result<Redirect> {
    let (current, new) = (Secret(form.current_password), Secret(form.password));
    let result = actions::password_change(&visitor.ctx, current, new, visitor.session).await;
    let done = "Your password is changed, and your other browsers are signed out.";
    Redirect::after(result, PAGE, done)
}

async fn sessions_revoke_others(visitor: Visitor) -> Result<Redirect> {
    let result = actions::session_revoke_others(&visitor.ctx, visitor.session).await;
    Redirect::after(result, PAGE, "Your other browsers are signed out.")
}

async fn session_revoke(ctx: Ctx, Path(id): Path<SessionId>) -> Result<Redirect> {
    let result = actions::session_revoke(&ctx, id).await;
    Redirect::after(result, PAGE, "That browser is signed out.")
}

#[derive(Debug, Deserialize)]
struct TokenForm {
    name: String,
    #[serde(default)]
    read: Option<String>,
    #[serde(default)]
    write: Option<String>,
    #[serde(default)]
    admin: Option<String>,
    #[serde(default)]
    clip: Option<String>,
    #[serde(default)]
    expires_in_days: String,
}

impl TokenForm {
    fn into_request(self) -> actions::TokenRequest {
        let chosen = [
            (self.read, Scope::Read),
            (self.write, Scope::Write),
            (self.admin, Scope::Admin),
            (self.clip, Scope::Clip),
        ];
        let scopes = chosen.into_iter().filter(|(checked, _)| checked.is_some());
        let days = self.expires_in_days.trim();
        actions::TokenRequest {
            name: self.name,
            scopes: scopes.map(|(_, scope)| scope).collect(),
            // What is no number of days is refused as a life of none.
            expires_in_days: (!days.is_empty()).then(|| days.parse().unwrap_or(0)),
        }
    }
}

async fn token_create(
    layout: Layout,
    visitor: Visitor,
    Form(form): Form<TokenForm>,
) -> Result<Response> {
    match actions::token_create(&visitor.ctx, form.into_request()).await {
        Ok(created) => {
            let revealed = Some(("token", created.secret.0));
            let page = settings_page(layout, &visitor, revealed).await?;
            Ok((ShownOnce, View(page)).into_response())
        }
        Err(problem) => {
            Redirect::after::<()>(Err(problem), PAGE, "").map(IntoResponse::into_response)
        }
    }
}

async fn token_revoke(ctx: Ctx, Path(id): Path<TokenId>) -> Result<Redirect> {
    let result = actions::token_revoke(&ctx, id).await;
    Redirect::after(result, PAGE, "The token is revoked.")
}

#[derive(Debug, Deserialize)]
struct InvitationForm {
    role: String,
    #[serde(default)]
    email: String,
}

async fn invitation_create(
    layout: Layout,
    visitor: Visitor,
    Form(form): Form<InvitationForm>,
) -> Result<Response> {
    let ctx = &visitor.ctx;
    match actions::invitation_create(ctx, form.role.parse()?, Some(&form.email)).await {
        Ok(created) => {
            let path = format!("/signup/{}", created.secret.0);
            let revealed = Some(("invitation", ctx.config.server.url(&path)));
            let page = settings_page(layout, &visitor, revealed).await?;
            Ok((ShownOnce, View(page)).into_response())
        }
        Err(problem) => {
            Redirect::after::<()>(Err(problem), PAGE, "").map(IntoResponse::into_response)
        }
    }
}

async fn invitation_revoke(ctx: Ctx, Path(id): Path<InvitationId>) -> Result<Redirect> {
    let result = actions::invitation_revoke(&ctx, id).await;
    Redirect::after(result, PAGE, "The invitation is taken back.")
}

#[derive(Debug, Deserialize)]
struct AccountForm {
    role: String,
    #[serde(default)]
    disabled: Option<String>,
}

async fn account_update(
    ctx: Ctx,
    Path(id): Path<AccountId>,
    Form(form): Form<AccountForm>,
) -> Result<Redirect> {
    let change = actions::AccountChange {
        role: Some(form.role.parse()?),
        disabled: Some(form.disabled.is_some()),
    };
    let result = actions::account_update(&ctx, id, change).await;
    Redirect::after(result, PAGE, "The account is changed.")
}

/// The page and its forms.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PAGE, show)
        .post("/settings/profile", profile)
        .post("/settings/appearance", appearance)
        .post("/settings/password", password)
        .post("/settings/sessions/revoke-others", sessions_revoke_others)
        .post("/settings/sessions/{id}/revoke", session_revoke)
        .post("/settings/tokens", token_create)
        .post("/settings/tokens/{id}/revoke", token_revoke)
        .post("/settings/invitations", invitation_create)
        .post("/settings/invitations/{id}/revoke", invitation_revoke)
        .post("/settings/accounts/{id}", account_update)
}
