//! Accounts in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions;
use super::model::{
    Account, AccountId, Invitation, InvitationId, Role, Scope, Session, SessionId, Token, TokenId,
};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes, ShownOnce};

/// Your account.
#[utoipa::path(get, path = "/api/v1/me", tag = "accounts", operation_id = "me",
    responses((status = 200, description = "Your account.", body = Account)))]
async fn me(ctx: Ctx) -> Result<Json<Account>> {
    Ok(Json(actions::account_get(&ctx).await?))
}

/// Your personal access tokens that work, without their secrets.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", operation_id = "tokenList", params(ListParams),
    responses((status = 200, description = "A page of tokens.", body = Page<Token>)))]
async fn token_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Token>> {
    let limit = params.limit()?;
    let tokens = actions::token_list(&ctx, params.after_id()?, u64::from(limit) + 1).await?;
    Ok(Page::cut(tokens, limit, |token| token.id))
}

/// What a new token shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    /// What to call it.
    #[schema(example = "my script", min_length = 1, max_length = 100)]
    name: String,
    /// What it allows.
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    /// Days until it ends; never if absent.
    #[schema(minimum = 1, maximum = 3650)]
    expires_in_days: Option<u32>,
}

/// A new token with its secret.
#[derive(Debug, Serialize, ToSchema)]
struct CreatedToken {
    /// The token.
    token: Token,
    /// Send this as `Authorization: Bearer`. It is shown this once.
    secret: String,
}

/// Make a personal access token. Its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", operation_id = "tokenCreate", request_body = NewToken,
    responses((status = 201, description = "The token with its secret.", body = CreatedToken)))]
async fn token_create(ctx: Ctx, Json(new): Json<NewToken>) -> Result<Response> {
    let request = actions::TokenRequest {
        name: new.name,
        scopes: new.scopes,
        expires_in_days: new.expires_in_days,
    };
    let created = actions::token_create(&ctx, request).await?;
    let body = Json(CreatedToken {
        token: created.token,
        secret: created.secret.0,
    });
    Ok((StatusCode::CREATED, ShownOnce, body).into_response())
}

/// Revoke one of your tokens, at once and for good.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", operation_id = "tokenRevoke",
    params(("id" = TokenId, Path, description = "The token's number.")),
    responses((status = 204, description = "It is revoked.")))]
async fn token_revoke(ctx: Ctx, Path(id): Path<TokenId>) -> Result<StatusCode> {
    actions::token_revoke(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Browsers that are signed in as you.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "sessions", operation_id = "sessionList",
    responses((status = 200, description = "Your sessions, the newest first, on one page.", body = Page<Session>)))]
async fn session_list(ctx: Ctx) -> Result<Page<Session>> {
    Ok(Page {
        items: actions::session_list(&ctx).await?,
        next: None,
    })
}

/// Sign one of your browsers out.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "sessions", operation_id = "sessionRevoke",
    params(("id" = SessionId, Path, description = "The session's number.")),
    responses((status = 204, description = "It is signed out.")))]
async fn session_revoke(ctx: Ctx, Path(id): Path<SessionId>) -> Result<StatusCode> {
    actions::session_revoke(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All invitations. For administrators.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "invitations", operation_id = "invitationList", params(ListParams),
    responses((status = 200, description = "A page of invitations.", body = Page<Invitation>)))]
async fn invitation_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Invitation>> {
    let limit = params.limit()?;
    let found = actions::invitation_list(&ctx, params.after_id()?, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |invitation| invitation.id))
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInvitation {
    /// The role of the new account.
    role: Role,
    /// The only address that may be used with it; any if absent.
    #[schema(example = "ada@example.org")]
    email: Option<String>,
}

/// A new invitation with its address.
#[derive(Debug, Serialize, ToSchema)]
struct CreatedInvitation {
    /// The invitation.
    invitation: Invitation,
    /// Where to accept it. It is shown this once.
    url: String,
}

/// Invite somebody. For administrators; the address is shown this once.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "invitations", operation_id = "invitationCreate", request_body = NewInvitation,
    responses((status = 201, description = "The invitation with its address.", body = CreatedInvitation)))]
async fn invitation_create(ctx: Ctx, Json(new): Json<NewInvitation>) -> Result<Response> {
    let created = actions::invitation_create(&ctx, new.role, new.email.as_deref()).await?;
    let url = ctx
        .config
        .server
        .url(&format!("/signup/{}", created.secret.0));
    let body = Json(CreatedInvitation {
        invitation: created.invitation,
        url,
    });
    Ok((StatusCode::CREATED, ShownOnce, body).into_response())
}

/// Take back an invitation that nobody has used. For administrators.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "invitations", operation_id = "invitationRevoke",
    params(("id" = InvitationId, Path, description = "The invitation's number.")),
    responses((status = 204, description = "It is taken back.")))]
async fn invitation_revoke(ctx: Ctx, Path(id): Path<InvitationId>) -> Result<StatusCode> {
    actions::invitation_revoke(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All accounts. For administrators.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts", operation_id = "accountList", params(ListParams),
    responses((status = 200, description = "A page of accounts.", body = Page<Account>)))]
async fn account_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Account>> {
    let limit = params.limit()?;
    let found = actions::account_list(&ctx, params.after_id()?, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |account| account.id))
}

/// What to change of an account; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountPatch {
    /// The new role.
    role: Option<Role>,
    /// Whether the account shall be unusable.
    disabled: Option<bool>,
}

/// Change somebody's role, or disable or enable their account. For administrators.
#[utoipa::path(patch, path = "/api/v1/accounts/{id}", tag = "accounts", operation_id = "accountUpdate", request_body = AccountPatch,
    params(("id" = AccountId, Path, description = "The account's number.")),
    responses((status = 200, description = "The changed account.", body = Account)))]
async fn account_update(
    ctx: Ctx,
    Path(id): Path<AccountId>,
    Json(patch): Json<AccountPatch>,
) -> Result<Json<Account>> {
    let change = actions::AccountChange {
        role: patch.role,
        disabled: patch.disabled,
    };
    Ok(Json(actions::account_update(&ctx, id, change).await?))
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(me))
        .api(routes!(token_list, token_create))
        .api(routes!(token_revoke))
        .api(routes!(session_list))
        .api(routes!(session_revoke))
        .api(routes!(invitation_list, invitation_create))
        .api(routes!(invitation_revoke))
        .api(routes!(account_list))
        .api(routes!(account_update))
}
