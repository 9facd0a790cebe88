//! The pages of postings, sources and skills, as a browser without a script gets them and as the script asks for parts.

use reqwest::StatusCode;

use crate::support::{Answer, Browser, TestApp, sample};

async fn with_openings(app: &TestApp, count: u32) -> Browser {
    let source = sample::board(app).await;
    let titles = (1..=count).map(|n| {
        (
            n,
            format!("Backend Developer Intern (Java), team number {n}"),
        )
    });
    let postings = titles.map(|(n, title)| sample::opening(4_000_000 + n, &title));
    sample::ingest(app, &source, postings.collect()).await;
    app.owner().await
}

async fn part(browser: &Browser, path: &str, target: &str) -> Answer {
    browser
        .clone()
        .with_header("hx-request", "true")
        .with_header("hx-target", target)
        .get(path)
        .await
}

#[tokio::test]
async fn a_cadet_without_sources_begins_with_the_welcome() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    assert_eq!(owner.get("/").await.header("location"), "/welcome");
    assert!(
        owner
            .get("/welcome")
            .await
            .text
            .contains("Choose employers")
    );
    assert!(
        owner
            .get("/postings")
            .await
            .text
            .contains("Add your first source")
    );
    sample::board(&app).await;
    assert_eq!(owner.get("/").await.header("location"), "/today");
}

#[tokio::test]
async fn a_page_of_fifty_rows_stays_below_sixty_kilobytes_and_names_the_next_one() {
    let app = TestApp::start().await;
    let owner = with_openings(&app, 60).await;
    let page = owner.get("/postings?q=java").await;
    assert!(page.text.len() <= 60_000, "{} bytes", page.text.len());
    assert_eq!(page.text.matches("class=\"posting\"").count(), 50);
    assert!(page.text.contains("60 open postings"));
    assert!(page.text.contains("<mark>Java</mark>"));
    let next = page.text.split("rel=\"next\"").next().unwrap();
    let next = next
        .rsplit("href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let rest = owner.get(&next.replace("&#38;", "&")).await;
    assert_eq!(rest.text.matches("class=\"posting\"").count(), 10);
}

#[tokio::test]
async fn the_script_gets_the_part_that_it_asks_for_and_the_address_to_show() {
    let app = TestApp::start().await;
    let owner = with_openings(&app, 2).await;
    let path = "/postings?q=java&country=DE&status=open&sort=relevance&within=";
    let finder = part(&owner, path, "div#finder").await;
    assert!(
        finder.text.starts_with("<div id=\"finder\">"),
        "{}",
        finder.text
    );
    assert_eq!(finder.header("hx-push-url"), "/postings?q=java&country=DE");
    let rows = part(&owner, path, "li#more").await;
    assert!(rows.text.trim_start().starts_with("<li class=\"posting\""));
    assert!(rows.header("vary").contains("hx-target"));
    let whole = owner.get(path).await;
    assert!(whole.text.contains("<!doctype html>"));
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_what_to_drop() {
    let app = TestApp::start().await;
    let owner = with_openings(&app, 3).await;
    let one = owner.get("/postings?country=FR&skill=java").await.text;
    assert!(one.contains("without “France”"), "{one}");
    assert!(one.contains("3 postings"));
    let two = owner
        .get("/postings?country=FR&city=Lyon&skill=java")
        .await
        .text;
    assert!(two.contains("“France” and “Lyon”"), "{two}");
    assert!(two.contains("href=\"/postings?skill=java\""), "{two}");
}

#[tokio::test]
async fn a_posting_is_saved_by_its_form_and_by_the_script() {
    let app = TestApp::start().await;
    let (_, id) = sample::posting(&app).await;
    let owner = app.owner().await;
    let path = format!("/postings/{id}/save");
    let form = [("saved", "yes"), ("back", "/postings?q=java")];
    let back = owner.post_form(&path, &form).await;
    assert_eq!(
        (back.status, back.header("location")),
        (StatusCode::SEE_OTHER, "/postings?q=java")
    );
    assert!(
        owner
            .get("/saved")
            .await
            .text
            .contains("Backend Intern (Java)")
    );
    let elsewhere = [("saved", "yes"), ("back", "https://evil.example/")];
    assert_eq!(
        owner.post_form(&path, &elsewhere).await.header("location"),
        "/"
    );
    let script = owner.clone().with_header("hx-request", "true");
    let done = script.post_form(&path, &[("saved", "no")]).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert!(
        owner
            .get("/saved")
            .await
            .text
            .contains("You have saved none yet")
    );
}

#[tokio::test]
async fn a_posting_shows_its_facts_with_the_words_that_say_so() {
    let app = TestApp::start().await;
    let (source, id) = sample::posting(&app).await;
    let owner = app.owner().await;
    let page = owner.get(&format!("/postings/{id}")).await.text;
    assert!(page.contains("6 months"), "{page}");
    assert!(page.contains("from June 2027 for six months"));
    assert!(page.contains("/skills/postgresql"));
    assert!(page.contains(&format!("/sources/{source}")));
    assert!(page.contains("rel=\"noopener noreferrer external\""));
    assert!(!page.contains("alert(1)"));
    let raw = owner.get(&format!("/postings/{id}/raw")).await.json();
    assert_eq!(raw[0][1]["title"], "Backend Intern (Java)");
    assert_eq!(
        owner.get("/postings/999").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_removed_source_can_be_taken_back() {
    let app = TestApp::start().await;
    let (id, _) = sample::posting(&app).await;
    let owner = app.owner().await;
    let removed = owner.post_form(&format!("/sources/{id}/remove"), &[]).await;
    let list = owner.get(removed.header("location")).await.text;
    let undo = format!("/sources/{id}/restore");
    assert!(list.contains(&undo), "{list}");
    assert_eq!(
        owner.get(&format!("/sources/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
    let waiting = owner
        .post_form(&undo, &[])
        .await
        .header("location")
        .to_owned();
    assert!(owner.get(&waiting).await.text.contains("Being read"));
}

#[tokio::test]
async fn what_cannot_be_added_stays_in_the_field_with_the_reason() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let address = [("address", "/no/such/list.json")];
    let page = owner.post_form("/sources", &address).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text.contains("value=\"/no/such/list.json\""),
        "{}",
        page.text
    );
    assert!(page.text.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_paused_source_is_not_polled_until_it_is_resumed() {
    let app = TestApp::start().await;
    let (id, _) = sample::posting(&app).await;
    let owner = app.owner().await;
    let pause = format!("/sources/{id}/pause");
    owner.post_form(&pause, &[("paused", "yes")]).await;
    owner.post_form(&format!("/sources/{id}/poll"), &[]).await;
    let page = owner.get(&format!("/sources/{id}")).await.text;
    assert!(page.contains("Resume it to poll it."), "{page}");
    owner.post_form(&pause, &[("paused", "no")]).await;
    let page = owner.get(&format!("/sources/{id}")).await.text;
    assert!(page.contains("is read again"), "{page}");
}

#[tokio::test]
async fn a_skill_shows_who_asks_for_it() {
    let app = TestApp::start().await;
    let owner = with_openings(&app, 2).await;
    let skill = owner.get("/skills/postgresql").await.text;
    assert!(skill.contains("2 open postings ask for it"), "{skill}");
    let found = owner.get("/skills?q=postgres").await.text;
    assert!(found.contains("/skills/postgresql"));
    assert!(!found.contains("/skills/java\""));
    assert_eq!(
        owner.get("/skills/no-such").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn no_page_has_a_style_or_script_of_its_own() {
    let app = TestApp::start().await;
    let (source, id) = sample::posting(&app).await;
    let owner = app.owner().await;
    let pages = [
        "/postings",
        "/saved",
        "/skills",
        "/skills/java",
        "/sources",
        "/welcome",
        "/help",
    ];
    let mut paths: Vec<String> = pages.map(str::to_owned).to_vec();
    paths.extend([format!("/postings/{id}"), format!("/sources/{source}")]);
    for path in paths {
        let page = owner.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for refused in [" style=", "<style", "<script>", " onclick=", "javascript:"] {
            assert!(!page.text.contains(refused), "{path} contains {refused}");
        }
    }
}
