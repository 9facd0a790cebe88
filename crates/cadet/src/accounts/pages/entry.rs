//! The ways in: password, one-time link, invitation; and the way out.
//!
//! A one-time link opens a page with one button, which the script presses. Only pressing it uses the link up, since
//! previews, scanners and prefetching browsers open links that nobody chose.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions;
use super::super::model::PASSWORD_MIN;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{
    ClientAddress, Flash, Form, Layout, Path, Query, Redirect, Routes, SignIn, SignOut, View,
    Visitor,
};

#[derive(Template)]
#[template(path = "accounts/pages/login.html")]
struct LoginPage {
    layout: Layout,
    email: String,
    next: String,
    problem: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LoginParams {
    next: String,
}

async fn login_show(layout: Layout, Query(params): Query<LoginParams>) -> View<LoginPage> {
    View(LoginPage {
        layout: layout.titled("Sign in"),
        email: String::new(),
        next: params.next,
        problem: None,
    })
}

#[derive(Debug, Deserialize)]
struct LoginForm {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

async fn login(
    ctx: Ctx,
    layout: Layout,
    ClientAddress(client): ClientAddress,
    Form(form): Form<LoginForm>,
) -> Result<Response> {
    let password = Secret(form.password);
    match actions::sign_in(&ctx, &form.email, password, &client).await {
        Ok(session) => {
            let next = Redirect::to(local_path(&form.next));
            Ok((SignIn(session.secret), next).into_response())
        }
        Err(problem @ (Error::Unauthorised(_) | Error::TooMany { .. })) => {
            Ok(login_again(layout, form.email, form.next, &problem))
        }
        Err(other) => Err(other),
    }
}

/// The form again with what was wrong, keeping what was typed but the password.
fn login_again(layout: Layout, email: String, next: String, problem: &Error) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let text = match problem {
        Error::TooMany { .. } => problem.to_string(),
        _ => "Address and password do not fit together. Check both and try again.".to_owned(),
    };
    let page = LoginPage {
        layout: layout.titled("Sign in"),
        email,
        next,
        problem: Some(text),
    };
    (status, View(page)).into_response()
}

#[derive(Template)]
#[template(path = "accounts/pages/link.html")]
struct LinkPage {
    layout: Layout,
    token: String,
}

async fn link_show(ctx: Ctx, layout: Layout, Path(token): Path<String>) -> Result<View<LinkPage>> {
    actions::login_link_check(&ctx, &token).await?;
    Ok(View(LinkPage {
        layout: layout.titled("Open Cadet"),
        token,
    }))
}

async fn link_use(
    ctx: Ctx,
    ClientAddress(client): ClientAddress,
    Path(token): Path<String>,
) -> Result<impl IntoResponse> {
    let session = actions::login_link_consume(&ctx, &token, &client).await?;
    Ok((SignIn(session.secret), Redirect::to("/")))
}

#[derive(Template)]
#[template(path = "accounts/pages/signup.html")]
struct SignupPage {
    layout: Layout,
    token: String,
    role: &'static str,
    /// The only address that may be used, if the invitation says so.
    only_email: Option<String>,
    name: String,
    email: String,
    problem: Option<String>,
    password_min: usize,
}

async fn signup_show(
    ctx: Ctx,
    layout: Layout,
    Path(token): Path<String>,
) -> Result<View<SignupPage>> {
    signup_page(&ctx, layout, token).await.map(View)
}

async fn signup_page(ctx: &Ctx, layout: Layout, token: String) -> Result<SignupPage> {
    let invitation = actions::invitation_peek(ctx, &token).await?;
    Ok(SignupPage {
        layout: layout.titled("Make your account"),
        token,
        role: invitation.role.name(),
        email: invitation.email.clone().unwrap_or_default(),
        only_email: invitation.email,
        name: String::new(),
        problem: None,
        password_min: PASSWORD_MIN,
    })
}

#[derive(Debug, Deserialize)]
struct SignupForm {
    name: String,
    email: String,
    password: String,
}

impl SignupForm {
    fn acceptance(&self) -> actions::Acceptance {
        actions::Acceptance {
            name: self.name.clone(),
            email: self.email.clone(),
            password: Secret(self.password.clone()),
        }
    }
}

async fn signup(
    ctx: Ctx,
    layout: Layout,
    ClientAddress(client): ClientAddress,
    Path(token): Path<String>,
    Form(form): Form<SignupForm>,
) -> Result<Response> {
    let accepted = actions::invitation_accept(&ctx, &token, form.acceptance(), &client).await;
    match accepted {
        Ok(session) => Ok(welcome(session)),
        Err(problem @ (Error::Invalid { .. } | Error::Conflict(_))) => {
            signup_again(&ctx, layout, token, form, &problem).await
        }
        Err(other) => Err(other),
    }
}

fn welcome(session: actions::NewSession) -> Response {
    let hello = Flash::ok("Welcome. This is your Cadet.");
    (SignIn(session.secret), Redirect::to("/").with(hello)).into_response()
}

/// The form again with what was wrong, keeping what was typed but the password.
async fn signup_again(
    ctx: &Ctx,
    layout: Layout,
    token: String,
    form: SignupForm,
    problem: &Error,
) -> Result<Response> {
    let page = SignupPage {
        name: form.name,
        email: form.email,
        problem: Some(problem.to_string()),
        ..signup_page(ctx, layout, token).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
}

async fn logout(ctx: Ctx, visitor: Visitor) -> Result<impl IntoResponse> {
    if let Some(session) = visitor.session {
        actions::session_sign_out(&ctx, session).await?;
    }
    let goodbye = Flash::ok("You are signed out.");
    Ok((SignOut, Redirect::to("/login").with(goodbye)))
}

/// The ways in and out.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/login", login_show)
        .post("/login", login)
        .get("/login/{token}", link_show)
        .post("/login/{token}", link_use)
        .get("/signup/{token}", signup_show)
        .post("/signup/{token}", signup)
        .post("/logout", logout)
}
