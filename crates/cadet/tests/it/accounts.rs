//! Signing in and out, invitations, passwords, sessions and settings, as a browser meets them.

use cadet::accounts::{
    actions,
    model::{AccountId, Role},
};
use reqwest::StatusCode;

use crate::support::{Browser, PASSWORD, TestApp};

async fn link(app: &TestApp) -> String {
    let link = actions::login_link_create(&app.system()).await;
    format!("/login/{}", link.expect("a link").token.0)
}

async fn sign_in(browser: &Browser, email: &str, password: &str) -> StatusCode {
    let fields = [("email", email), ("password", password)];
    browser.post_form("/login", &fields).await.status
}

#[tokio::test]
async fn a_one_time_link_signs_in_once_and_looking_at_it_does_not_use_it_up() {
    let app = TestApp::start().await;
    let path = link(&app).await;
    let browser = app.nobody();
    for _ in 0..3 {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("data-auto-submit"));
    }
    let answer = browser.post_form(&path, &[]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/")
    );
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(browser.get("/settings").await.status, StatusCode::OK);
    let thief = app.nobody();
    assert_eq!(
        thief.post_form(&path, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(thief.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_one_time_link_ends_after_ten_minutes() {
    let app = TestApp::start().await;
    let path = link(&app).await;
    app.clock.advance_millis(10 * 60_000);
    let answer = app.nobody().post_form(&path, &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(
        answer.text.contains("cadet login-link"),
        "it says what to do"
    );
}

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_first_and_comes_back() {
    let app = TestApp::start_multi_user().await;
    app.account("ada@example.org", Role::Candidate).await;
    let browser = app.nobody();
    let answer = browser.get("/settings?a=b").await;
    assert_eq!(answer.header("location"), "/login?next=%2Fsettings%3Fa%3Db");
    let page = browser.get(answer.header("location")).await;
    assert!(
        page.text.contains(r#"name="next" value="/settings?a=b""#),
        "{}",
        page.text
    );
    let fields = [
        ("email", "ada@example.org"),
        ("password", PASSWORD),
        ("next", "/settings?a=b"),
    ];
    let answer = browser.post_form("/login", &fields).await;
    assert_eq!(answer.header("location"), "/settings?a=b");
    let fields = [
        ("email", "ada@example.org"),
        ("password", PASSWORD),
        ("next", "//evil.example"),
    ];
    let answer = browser.post_form("/login", &fields).await;
    assert_eq!(answer.header("location"), "/");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::start_multi_user().await;
    app.account("ada@example.org", Role::Candidate).await;
    let browser = app.nobody();
    let mut texts = Vec::new();
    for email in ["ada@example.org", "bob@example.org"] {
        let fields = [("email", email), ("password", "not the password")];
        let answer = browser.post_form("/login", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        texts.push(answer.text.replace(email, ""));
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_the_right_password_ends_that() {
    let app = TestApp::start_multi_user().await;
    app.account("ada@example.org", Role::Candidate).await;
    let browser = app.nobody();
    for _ in 0..5 {
        assert_eq!(sign_in(&browser, "ada@example.org", "a guess").await, 401);
    }
    assert_eq!(sign_in(&browser, "ada@example.org", PASSWORD).await, 429);
    app.clock.advance_millis(1000);
    assert_eq!(sign_in(&browser, "ada@example.org", "a guess").await, 401);
    app.clock.advance_millis(1000);
    assert_eq!(
        sign_in(&browser, "ada@example.org", PASSWORD).await,
        429,
        "the delay has doubled"
    );
    app.clock.advance_millis(1000);
    assert_eq!(sign_in(&browser, "ADA@example.org ", PASSWORD).await, 303);
    for _ in 0..5 {
        assert_eq!(
            sign_in(&browser, "ada@example.org", "a guess").await,
            401,
            "it begins anew"
        );
    }
}

#[tokio::test]
async fn guessing_over_many_accounts_from_one_address_is_slowed_down_too() {
    let app = TestApp::start_multi_user().await;
    let browser = app.nobody();
    let guess = |number: usize| {
        let browser = browser.clone();
        async move { sign_in(&browser, &format!("a{number}@example.org"), "a guess").await }
    };
    for number in 0..20 {
        assert_eq!(guess(number).await, 401);
    }
    assert_eq!(guess(20).await, 429);
}

#[tokio::test]
async fn an_invitation_makes_one_account_with_its_role() {
    let app = TestApp::start_multi_user().await;
    let admin = app.owner().await;
    let fields = [("role", "mentor"), ("email", "Ada@Example.org")];
    let page = admin.post_form("/settings/invitations", &fields).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let (_, rest) = page
        .text
        .split_once("/signup/")
        .expect("the page shows the address");
    let path = format!("/signup/{}", &rest[..43]);
    let guest = app.nobody();
    assert!(guest.get(&path).await.text.contains("ada@example.org"));
    let attempt = |email: &'static str, password: &'static str| {
        let (guest, path) = (guest.clone(), path.clone());
        async move {
            let fields = [
                ("name", "Ada <L>"),
                ("email", email),
                ("password", password),
            ];
            guest.post_form(&path, &fields).await
        }
    };
    let answer = attempt("ada@example.org", "short").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("at least 12 characters"));
    assert!(
        answer.text.contains("Ada &#60;L&#62;"),
        "what was typed is kept, and escaped"
    );
    assert_eq!(
        attempt("eve@example.org", PASSWORD).await.status,
        422,
        "it is for somebody else"
    );
    assert_eq!(attempt("ada@example.org", PASSWORD).await.status, 303);
    assert_eq!(
        attempt("ada@example.org", PASSWORD).await.status,
        404,
        "it is used up"
    );
    let settings = guest.get("/settings").await;
    assert!(settings.text.contains("Role: mentor"));
    assert!(
        !settings.text.contains("New invitation"),
        "only administrators invite"
    );
    assert_eq!(
        sign_in(&app.nobody(), "ada@example.org", PASSWORD).await,
        303
    );
}

#[tokio::test]
async fn an_address_is_taken_only_once_in_whatever_case() {
    let app = TestApp::start_multi_user().await;
    app.account("ada@example.org", Role::Candidate).await;
    let invited = actions::invitation_create(&app.system(), Role::Candidate, None).await;
    let path = format!("/signup/{}", invited.expect("an invitation").secret.0);
    let fields = [
        ("name", "Ada"),
        ("email", "ADA@example.org"),
        ("password", PASSWORD),
    ];
    let answer = app.nobody().post_form(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .text
            .contains("There is an account with this address already")
    );
    assert_eq!(
        app.nobody().get(&path).await.status,
        200,
        "the invitation is not used up by it"
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_needs_the_old_one() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let (here, there) = (app.signed_in(ada).await, app.signed_in(ada).await);
    let new = "a longer sentence";
    let wrong = [("current_password", "wrong"), ("password", new)];
    here.post_form("/settings/password", &wrong).await;
    assert!(
        here.get("/settings")
            .await
            .text
            .contains("This is not your current password.")
    );
    assert_eq!(there.get("/settings").await.status, 200);
    let right = [("current_password", PASSWORD), ("password", new)];
    here.post_form("/settings/password", &right).await;
    assert!(
        here.get("/settings")
            .await
            .text
            .contains("Your password is changed")
    );
    assert_eq!(there.get("/settings").await.status, 303);
    assert_eq!(
        sign_in(&app.nobody(), "ada@example.org", PASSWORD).await,
        401
    );
    assert_eq!(sign_in(&app.nobody(), "ada@example.org", new).await, 303);
}

#[tokio::test]
async fn a_session_ends_thirty_days_after_its_last_use() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    for _ in 0..3 {
        app.clock.advance_millis(29 * 86_400_000);
        assert_eq!(browser.get("/settings").await.status, 200);
    }
    app.clock.advance_millis(30 * 86_400_000);
    assert_eq!(browser.get("/settings").await.status, 303);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let browser = app.signed_in(ada).await;
    let secret = browser.cookies()["cadet"].clone();
    let answer = browser.post_form("/logout", &[]).await;
    assert_eq!(answer.header("location"), "/login");
    assert!(!browser.cookies().contains_key("cadet"));
    let copied = app.nobody().with_cookie("cadet", &secret);
    assert_eq!(copied.get("/settings").await.status, 303);
    let page = browser.get("/login").await;
    assert!(page.text.contains("You are signed out."));
    assert!(
        !browser
            .get("/login")
            .await
            .text
            .contains("You are signed out."),
        "it is said once"
    );
}

#[tokio::test]
async fn other_browsers_can_be_signed_out_one_by_one_or_all() {
    let app = TestApp::start().await;
    let (here, there, elsewhere) = (app.owner().await, app.owner().await, app.owner().await);
    let sessions = here.get("/api/v1/sessions").await.json();
    let newest = &sessions["items"][0]["id"];
    here.post_form(&format!("/settings/sessions/{newest}/revoke"), &[])
        .await;
    assert_eq!(elsewhere.get("/settings").await.status, 303);
    assert_eq!(there.get("/settings").await.status, 200);
    here.post_form("/settings/sessions/revoke-others", &[])
        .await;
    assert_eq!(there.get("/settings").await.status, 303);
    assert_eq!(here.get("/settings").await.status, 200);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_stays_out() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let browser = app.signed_in(ada).await;
    let program = app
        .with_token(ada, &[cadet::accounts::model::Scope::Read])
        .await;
    let admin = app.owner().await;
    let fields = [("role", "candidate"), ("disabled", "yes")];
    admin
        .post_form(&format!("/settings/accounts/{ada}"), &fields)
        .await;
    assert_eq!(browser.get("/settings").await.status, 303);
    assert_eq!(program.get("/api/v1/me").await.status, 401);
    assert_eq!(
        sign_in(&app.nobody(), "ada@example.org", PASSWORD).await,
        401
    );
    admin
        .post_form(
            &format!("/settings/accounts/{ada}"),
            &[("role", "candidate")],
        )
        .await;
    assert_eq!(
        sign_in(&app.nobody(), "ada@example.org", PASSWORD).await,
        303
    );
}

#[tokio::test]
async fn choices_are_kept_and_shown() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let fields = [("theme", "dark"), ("time_zone", "Europe/Zurich")];
    browser.post_form("/settings/appearance", &fields).await;
    let page = browser.get("/settings").await;
    assert!(page.text.contains(r#"data-theme="dark""#));
    assert!(page.text.contains("2026-11-23 13:00 CET"), "{}", page.text);
    let fields = [("theme", "dark"), ("time_zone", "Mars/Olympus")];
    browser.post_form("/settings/appearance", &fields).await;
    assert!(
        browser
            .get("/settings")
            .await
            .text
            .contains("There is no time zone Mars/Olympus.")
    );
}

#[tokio::test]
async fn a_token_made_in_the_browser_is_shown_once() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let fields = [
        ("name", "script"),
        ("read", "yes"),
        ("expires_in_days", "90"),
    ];
    let page = browser.post_form("/settings/tokens", &fields).await;
    let (_, rest) = page
        .text
        .split_once("value=\"cadet_")
        .expect("the page shows the secret");
    let secret = format!("cadet_{}", &rest[..43]);
    assert_eq!(
        app.nobody()
            .with_bearer(&secret)
            .get("/api/v1/me")
            .await
            .status,
        200
    );
    assert!(!browser.get("/settings").await.text.contains(&secret));
}

#[tokio::test]
async fn the_account_of_a_single_user_is_number_one_and_others_follow_it() {
    let app = TestApp::start_multi_user().await;
    let first = actions::local_account_ensure(&app.system())
        .await
        .expect("account 1");
    assert_eq!((first.id, first.role), (AccountId::LOCAL, Role::Admin));
    assert_eq!(
        app.account("ada@example.org", Role::Candidate).await,
        AccountId(2)
    );
}

#[tokio::test]
async fn the_command_line_makes_lists_and_revokes_tokens() {
    let app = TestApp::start().await;
    let create = ["token", "create", "cron", "--scope", "read", "--days", "7"];
    let created = app.command(&create, "").await;
    let secret = created.text.trim();
    assert!(secret.starts_with("cadet_"), "{created:?}");
    let listed = app.command(&["token", "list", "--json"], "").await;
    let listed: serde_json::Value = serde_json::from_str(&listed.text).expect("JSON");
    assert_eq!(listed[0]["name"], "cron");
    assert_eq!(
        app.nobody()
            .with_bearer(secret)
            .get("/api/v1/me")
            .await
            .status,
        200
    );
    let id = listed[0]["id"].to_string();
    assert!(
        app.command(&["token", "list"], "")
            .await
            .text
            .contains("cron")
    );
    app.command(&["token", "revoke", &id], "").await;
    assert_eq!(
        app.nobody()
            .with_bearer(secret)
            .get("/api/v1/me")
            .await
            .status,
        401
    );
    let again = app.command(&["token", "revoke", &id], "").await;
    assert_eq!(again.code, Some(3));
    assert!(
        again.errors.contains(&format!("There is no token {id}.")),
        "{again:?}"
    );
}

#[tokio::test]
async fn the_command_line_sets_passwords_and_disables_accounts() {
    let app = TestApp::start_multi_user().await;
    let ada = "ada@example.org";
    app.account(ada, Role::Candidate).await;
    let password = "another long password";
    let set = app
        .command(&["account", "password", ada], &format!("{password}\n"))
        .await;
    assert_eq!(set.code, Some(0), "{set:?}");
    assert_eq!(sign_in(&app.nobody(), ada, password).await, 303);
    app.command(&["account", "disable", ada], "").await;
    assert_eq!(sign_in(&app.nobody(), ada, password).await, 401);
    assert!(
        app.command(&["account", "list"], "")
            .await
            .text
            .contains(ada)
    );
    app.command(&["account", "disable", ada, "--undo"], "")
        .await;
    assert_eq!(sign_in(&app.nobody(), ada, password).await, 303);
}

#[tokio::test]
async fn the_command_line_prints_links_and_invitations() {
    let app = TestApp::start_multi_user().await;
    let link = app.command(&["login-link"], "").await;
    assert!(
        link.text.starts_with(&format!("{}/login/", app.url)),
        "{link:?}"
    );
    let invite = ["account", "invite", "--role", "mentor"];
    let invitation = app.command(&invite, "").await;
    assert!(
        invitation.text.starts_with(&format!("{}/signup/", app.url)),
        "{invitation:?}"
    );
}
