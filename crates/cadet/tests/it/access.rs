//! The list of routes is complete and true: every route is in it, and opens to nobody else than it says.

use std::collections::BTreeSet;

use cadet::accounts::actions;
use cadet::accounts::model::{AccountId, Role, Scope};
use cadet::postings::model::PostingId;
use cadet::postings::sources::directory::actions::{directory_add_fitting, directory_query};
use cadet::postings::sources::discovery::actions::proposal_list;
use cadet::postings::sources::discovery::model::Which;
use cadet::postings::sources::discovery::note::boards_scan;
use cadet::skills::evidence::actions::evidence_withdraw;
use cadet::skills::evidence::{NewEvidence, evidence_add};
use cadet::web::access::{Access, ROUTES, Route};
use reqwest::{Method, StatusCode};

use crate::contacts;
use crate::correspondence;
use crate::support::sample;
use crate::support::{Answer, Browser, TestApp};

/// Fills the parameters of a path with rows that belong to the owner. A feature adds a line for each of its routes
/// with parameters.
async fn fill(app: &TestApp, owner: AccountId, path: &str) -> String {
    let ctx = app.person(owner, Role::Admin);
    if let Some((name, value)) = row_of_accounts(app, &ctx, owner, path).await {
        return path.replace(name, &value);
    }
    let (name, value) = match path {
        _ if path.contains("/documents/") && path.contains('{') => {
            return document(&ctx, path).await;
        }
        "/assets/{file}" => ("{file}", "none.js".to_owned()),
        _ if path.contains("/sources/discover/{id}") || path.contains("/proposals/{id}") => {
            ("{id}", proposal(app).await.to_string())
        }
        _ if path.contains("/sources/intake/{id}") || path.contains("/intakes/{id}") => {
            ("{id}", intake(&ctx).await.to_string())
        }
        "/evidence/scans/{id}" | "/api/v1/evidence/scans/{id}" => ("{id}", scan(&ctx).await),
        "/evidence/{id}/restore" => ("{id}", withdrawal(&ctx).await),
        _ if path.contains("/evidence/{id}") => ("{id}", evidence(&ctx).await),
        _ if path.contains("/openings/decisions/{id}") => ("{id}", decision(app, &ctx).await),
        _ if path.contains("/openings/{id}") => ("{id}", sample::posting(app).await.1.to_string()),
        _ if path.contains("/skills/{id}") => ("{id}", "java".to_owned()),
        _ if path.contains("/postings/{id}") => ("{id}", sample::posting(app).await.1.to_string()),
        _ if path.contains("/sources/{id}") => ("{id}", sample::posting(app).await.0.to_string()),
        _ if path.contains("/profile/history/{id}") => {
            ("{id}", sample::revision(&ctx).await.to_string())
        }
        _ if path.contains("/profile/import/{id}") => {
            ("{id}", sample::import(&ctx).await.to_string())
        }
        _ if path.contains("/applications/{id}") => return application(&ctx, path).await,
        "/applications/statistics/{file}" => ("{file}", "share.html".to_owned()),
        "/calendar/{file}" => {
            let made = cadet::applications::calendar::actions::calendar_renew(&ctx, false).await;
            let address = made.expect("an address").0;
            let file = address.rsplit('/').next().unwrap_or_default();
            ("{file}", file.to_owned())
        }
        "/feeds/{file}" => {
            let token = alert(&ctx).await.feed_token;
            ("{file}", format!("{token}.atom"))
        }
        "/unsubscribe/{token}" => ("{token}", alert(&ctx).await.unsubscribe_token),
        "/alerts/{id}/restore" => {
            let id = alert(&ctx).await.id;
            let removed = cadet::alerts::actions::alert_remove(&ctx, id).await;
            removed.expect("it can be removed");
            ("{id}", id.to_string())
        }
        _ if path.starts_with("/alerts/{id}") || path.starts_with("/api/v1/alerts/{id}") => {
            ("{id}", alert(&ctx).await.id.to_string())
        }
        _ if path.contains("/contacts/companies/{name}") => ("{name}", "Northlight".to_owned()),
        _ if path.contains("/contacts/") && path.contains('{') => {
            ("{id}", contacts::fill(&ctx, path).await)
        }
        _ if path.contains("/replies/{id}") => ("{id}", correspondence::reply(&ctx, path).await),
        _ if path.contains("/mail/{id}") => ("{id}", correspondence::draft(&ctx, path).await),
        other => {
            assert!(
                !other.contains('{'),
                "say in `fill` which of the owner's rows the parameters of {other} name"
            );
            return other.to_owned();
        }
    };
    path.replace(name, &value)
}

/// What the parameter of a route of accounts stands for.
async fn row_of_accounts(
    app: &TestApp,
    ctx: &cadet::state::Ctx,
    owner: AccountId,
    path: &str,
) -> Option<(&'static str, String)> {
    let filled = match path {
        "/login/{token}" => {
            let link = actions::login_link_create(ctx).await.expect("a link");
            ("{token}", link.token.0)
        }
        "/signup/{token}" => {
            let made = actions::invitation_create(ctx, Role::Candidate, None).await;
            ("{token}", made.expect("an invitation").secret.0)
        }
        "/settings/sessions/{id}/revoke" | "/api/v1/sessions/{id}" => {
            let _ = app.signed_in(owner).await;
            let sessions = actions::session_list(ctx).await.expect("sessions");
            ("{id}", sessions[0].id.to_string())
        }
        "/settings/tokens/{id}/revoke" | "/api/v1/tokens/{id}" => {
            let _ = app.with_token(owner, &[Scope::Read]).await;
            let tokens = actions::token_list(ctx, 0, 1000).await.expect("tokens");
            ("{id}", tokens.last().expect("a token").id.to_string())
        }
        "/settings/invitations/{id}/revoke" | "/api/v1/invitations/{id}" => {
            let made = actions::invitation_create(ctx, Role::Candidate, None).await;
            (
                "{id}",
                made.expect("an invitation").invitation.id.to_string(),
            )
        }
        "/settings/accounts/{id}" | "/api/v1/accounts/{id}" => ("{id}", owner.to_string()),
        _ => return None,
    };
    Some(filled)
}

/// A board that a posting of a list leads to.
async fn proposal(app: &TestApp) -> i64 {
    let source = sample::board(app).await;
    let mut opening = sample::opening(4_012_399, "Backend Intern");
    opening.url = "https://boards.greenhouse.io/brookline/jobs/4012399".into();
    sample::ingest(app, &source, vec![opening]).await;
    let ctx = app.system();
    boards_scan(&ctx).await.expect("a scan");
    // The same board each time; another route may have dismissed it.
    for which in [Which::Open, Which::Dismissed] {
        let listed = proposal_list(&ctx, which, None, 1)
            .await
            .expect("proposals");
        if let Some(first) = listed.first() {
            return first.id.0;
        }
    }
    panic!("the posting leads to no board")
}

/// Boards that are being added.
async fn intake(ctx: &cadet::state::Ctx) -> i64 {
    let query = directory_query([("country", "DE"), ("field", "games")]).expect("a query");
    let added = directory_add_fitting(ctx, &query).await;
    added.expect("an intake").id.0
}

/// What the owner decided of two postings.
async fn decision(app: &TestApp, ctx: &cadet::state::Ctx) -> String {
    let board = sample::board(app).await;
    let two = [(4_012_345, "Backend Intern (Java)"), (4_012_346, "Pilot")];
    let two = two.map(|(number, title)| sample::opening(number, title));
    sample::ingest(app, &board, two.to_vec()).await;
    let all = cadet::postings::actions::posting_export(ctx, PostingId(0), 2).await;
    let all = all.expect("the postings");
    // A second call finds them together already.
    let _ = cadet::postings::openings::actions::opening_join(ctx, all[0].id, all[1].id).await;
    let shown = cadet::postings::openings::actions::opening_show(ctx, all[0].id).await;
    shown.expect("an opening").decisions[0].id.to_string()
}

/// A new statement.
async fn evidence(ctx: &cadet::state::Ctx) -> String {
    let java = cadet::skills::SkillId::parse("java").expect("an id");
    let piece = NewEvidence::statement(java, "I wrote a parser.".into(), ctx.now());
    let added = evidence_add(ctx, piece).await;
    added.expect("evidence").id.to_string()
}

/// A statement that was taken back, in words of its own, since what stands already cannot be brought back.
async fn withdrawal(ctx: &cadet::state::Ctx) -> String {
    let java = cadet::skills::SkillId::parse("java").expect("an id");
    let words = format!("I wrote parser {}.", ctx.entropy.secret());
    let piece = NewEvidence::statement(java, words, ctx.now());
    let added = evidence_add(ctx, piece).await.expect("evidence");
    let row = evidence_withdraw(ctx, added.id, "").await;
    row.expect("a withdrawal").evidence.id.to_string()
}

/// A scan of a folder that is not there.
async fn scan(ctx: &cadet::state::Ctx) -> String {
    let emails = ["ada@example.org".to_owned()];
    let quiet = std::sync::Arc::new(|_| ());
    let failed = cadet::skills::evidence::scans::scan_now(ctx, "/nowhere", &emails, quiet).await;
    assert!(failed.is_err());
    let scans = cadet::skills::evidence::scans::scan_list(ctx, 1).await;
    scans.expect("scans")[0].id.to_string()
}

/// The path for an application with everything that a path may name.
async fn application(ctx: &cadet::state::Ctx, path: &str) -> String {
    use cadet::applications::actions;
    use cadet::applications::model::{Details, Stage};
    let details = Details {
        company: "Northlight".into(),
        ..Details::default()
    };
    let id = actions::application_add(ctx, details, Stage::Applied, None).await;
    let id = id.expect("an application");
    let file = cadet::applications::freeze::NewFile {
        role: "other".into(),
        name: "a.txt".into(),
        media_type: "text/plain".into(),
        content: b"a".to_vec(),
    };
    let frozen = actions::application_freeze(ctx, id, Some(file)).await;
    assert_eq!(frozen.expect("a file"), 1);
    let details = Details {
        company: "Northlight".into(),
        deadline: Some(ctx.now().plus_days(3)),
        ..Details::default()
    };
    let set = actions::application_details_set(ctx, id, details).await;
    set.expect("a last day");
    let state = actions::application_show(ctx, id).await.expect("it").state;
    path.replace("{id}", &id.to_string())
        .replace("/calendar/{file}", "/calendar/deadline.ics")
        .replace("{file}", &state.files[0].id.to_string())
}

/// A document, a paragraph of letters, a proposed wording or a bullet, as the path wants it.
async fn document(ctx: &cadet::state::Ctx, path: &str) -> String {
    use cadet::documents::actions::document_make;
    use cadet::documents::letters::starters;
    use cadet::documents::model::DocumentKind;
    use cadet::documents::store::{paragraphs, proposals};
    let profile = crate::documents::profile();
    let saved = cadet::profile::actions::profile_save(ctx, profile, "for a document").await;
    saved.expect("a profile");
    let (owner, now) = (ctx.owner().expect("a person"), ctx.now());
    let bullet = resume::EntryId("bullet-3".into());
    if path.contains("/paragraphs/{id}") {
        let first = &starters(DocumentKind::Thanks, "en")[0];
        let made = paragraphs::insert(ctx.db.pool(), owner, now, first).await;
        let id = made.expect("a paragraph").id.expect("its number");
        return path.replace("{id}", &id.to_string());
    }
    if path.contains("/proposals/{id}") {
        let same = "Cut the latency of 12 queries on PostgreSQL by 40 %";
        let made = proposals::insert(&ctx.db, owner, now, (&bullet, same, "small"), &[]).await;
        return path.replace("{id}", &made.expect("a proposal").id.to_string());
    }
    let made = document_make(ctx, None, DocumentKind::Resume, Default::default()).await;
    path.replace("{id}", &made.expect("a document").id.to_string())
        .replace("{file}", "resume.txt")
        .replace("{format}", "txt")
        .replace("{entry}", &bullet.0)
}

/// A new alert.
async fn alert(ctx: &cadet::state::Ctx) -> cadet::alerts::model::SavedSearch {
    let input = cadet::alerts::model::AlertInput {
        name: "an alert".into(),
        ..Default::default()
    };
    let added = cadet::alerts::actions::alert_add(ctx, input, false).await;
    added.expect("an alert").search
}

/// A request to a route as somebody who sends it from our pages, with an empty body of the kind that the route takes.
async fn call(browser: &Browser, route: &Route, path: &str) -> Answer {
    let method = Method::from_bytes(route.method.as_bytes()).expect("a method");
    let body = match route.method {
        "GET" | "DELETE" => None,
        _ if path.starts_with("/api/") => Some(("application/json", "{}".to_owned())),
        _ => Some(("application/x-www-form-urlencoded", String::new())),
    };
    browser.send(method, path, body).await
}

fn is_turned_away(answer: &Answer) -> bool {
    let to_sign_in =
        answer.status == StatusCode::SEE_OTHER && answer.header("location").starts_with("/login?");
    let denied = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status);
    to_sign_in || denied
}

/// What a visitor of each kind must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Open,
    TurnedAway,
    NotThere,
}

fn for_nobody(route: &Route) -> Expected {
    match route.access {
        // The test itself calls from this machine.
        Access::Open | Access::Public | Access::Secret | Access::Metrics => Expected::Open,
        Access::SignedIn | Access::Admin | Access::Api(_) => Expected::TurnedAway,
    }
}

fn for_another(route: &Route) -> Expected {
    match route.access {
        Access::Admin | Access::Api(Scope::Admin) => Expected::TurnedAway,
        _ if route.owned => Expected::NotThere,
        _ => Expected::Open,
    }
}

fn check(who: &str, route: &Route, answer: &Answer, expected: Expected) {
    let met = if is_turned_away(answer) {
        Expected::TurnedAway
    } else if answer.status == StatusCode::NOT_FOUND && route.owned {
        Expected::NotThere
    } else {
        Expected::Open
    };
    // The root shows nothing; it sends everybody on, and nobody to the sign-in.
    if route.path == "/" {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        return;
    }
    let (method, path) = (route.method, route.path);
    assert_eq!(
        met, expected,
        "{method} {path} as {who}: {} {}",
        answer.status, answer.text
    );
    assert!(
        !answer.status.is_server_error(),
        "{method} {path} as {who}: {}",
        answer.text
    );
}

#[test]
fn every_registered_route_is_in_the_list_and_the_other_way_round() {
    let registered: BTreeSet<(String, String)> = cadet::web::registered()
        .into_iter()
        .map(|(method, path)| (method.to_string(), path))
        .collect();
    let listed: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(listed.len(), ROUTES.len(), "a route is listed twice");
    let missing: Vec<_> = registered.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "add to ROUTES in web/access.rs: {missing:?}"
    );
    let stale: Vec<_> = listed.difference(&registered).collect();
    assert!(
        stale.is_empty(),
        "remove from ROUTES in web/access.rs: {stale:?}"
    );
}

#[test]
fn what_is_under_the_api_is_for_tokens_and_nothing_else_is() {
    for route in ROUTES {
        let is_api = matches!(route.access, Access::Api(_));
        assert_eq!(is_api, route.path.starts_with("/api/v1/"), "{}", route.path);
    }
}

#[tokio::test]
async fn every_route_opens_to_whom_the_list_says_and_to_nobody_else() {
    let app = TestApp::start_multi_user().await;
    let owner = app.account("owner@example.org", Role::Admin).await;
    let other = app.account("other@example.org", Role::Candidate).await;
    let (as_owner, as_other) = (app.signed_in(owner).await, app.signed_in(other).await);
    for route in ROUTES.iter().filter(|route| route.path != "/logout") {
        let path = fill(&app, owner, route.path).await;
        check(
            "nobody",
            route,
            &call(&app.nobody(), route, &path).await,
            for_nobody(route),
        );
        check(
            "another",
            route,
            &call(&as_other, route, &path).await,
            for_another(route),
        );
        // A secret address may be used up by now.
        let path = fill(&app, owner, route.path).await;
        // The newest session is this test's own only until another is made by `fill`.
        check(
            "the owner",
            route,
            &call(&as_owner, route, &path).await,
            Expected::Open,
        );
    }
}

#[tokio::test]
async fn a_token_opens_only_what_its_scopes_say() {
    let app = TestApp::start_multi_user().await;
    let owner = app.account("owner@example.org", Role::Admin).await;
    for scope in Scope::ALL {
        let program = app.with_token(owner, &[scope]).await;
        for route in ROUTES {
            let Access::Api(needed) = route.access else {
                continue;
            };
            let path = fill(&app, owner, route.path).await;
            let answer = call(&program, route, &path).await;
            let (method, status) = (route.method, answer.status);
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                needed != scope,
                "{method} {path} with {scope:?}: {status}"
            );
        }
    }
}

#[tokio::test]
async fn a_token_opens_no_page() {
    let app = TestApp::start().await;
    let program = app.with_token(AccountId::LOCAL, &Scope::ALL).await;
    let answer = program.get("/settings").await;
    assert!(is_turned_away(&answer), "{}", answer.status);
}
