//! The market: what is counted, of how many, and how it is shown.

use cadet::postings::sources::model::{Listing, RawLocation, RawPosting, RawText};
use reqwest::StatusCode;

use crate::support::{TestApp, sample};

/// An opening whose text is told, in a place.
fn opening(number: u32, title: &str, place: &str, text: &str) -> RawPosting {
    RawPosting {
        locations: vec![RawLocation {
            text: Some(place.into()),
            ..RawLocation::default()
        }],
        description: Some(RawText::Plain(format!("{text} Reference {number}."))),
        ..sample::opening(number, title)
    }
}

/// Four internships in Germany and one in France, of which all state pay in euros, and a job that is no internship.
async fn with_openings(app: &TestApp) {
    let source = sample::board(app).await;
    let german = |number: u32, pay: u32| {
        let text = format!("Java and PostgreSQL are what we work with. We pay {pay} EUR an hour.");
        let title = format!("Backend Intern, team {number}");
        opening(number, &title, "Berlin, Germany", &text)
    };
    let postings = vec![
        german(1, 16),
        german(2, 18),
        german(3, 20),
        german(4, 22),
        opening(
            5,
            "Stage développeur backend",
            "Paris, France",
            "Python and Django are what we work with. Gratification of 3000 EUR per month.",
        ),
        RawPosting {
            employment_type: Some("Full-time".into()),
            ..opening(
                6,
                "Backend Engineer",
                "Berlin, Germany",
                "Rust is what we work with.",
            )
        },
    ];
    sample::ingest(app, &source, postings).await;
}

#[tokio::test]
async fn the_market_counts_skills_countries_and_pay_of_open_internships() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    let market = app.owner().await.get("/api/v1/market").await.json();
    assert_eq!(
        (&market["open"], &market["all"]),
        (&5.into(), &5.into()),
        "{market}"
    );
    let java = &market["skills"][0];
    assert_eq!(
        (&java["skill"], &java["count"]),
        (&"java".into(), &4.into())
    );
    assert!((java["share"].as_f64().unwrap() - 0.8).abs() < 1e-9);
    assert_eq!(market["countries"][0]["country"], "DE");
    assert_eq!(market["countries"][0]["skills"][0]["skill"], "java");
    // 3,000 a month at 40 hours a week is 17.31 an hour.
    let all = &market["pay"][0];
    assert_eq!(
        (&all["country"], &all["currency"]),
        (&serde_json::Value::Null, &"EUR".into())
    );
    assert_eq!(
        (
            &all["postings"],
            &all["lowest"],
            &all["median"],
            &all["highest"]
        ),
        (&5.into(), &16.0.into(), &18.0.into(), &22.0.into())
    );
    let german = &market["pay"][1];
    assert_eq!(
        (&german["country"], &german["median"]),
        (&"DE".into(), &19.0.into())
    );
    assert_eq!(market["months"][11], "2026-11");
    assert_eq!(market["seen"][11], 5);
    assert_eq!(market["year"][10]["opened"], 5);
}

#[tokio::test]
async fn the_market_is_told_of_the_postings_that_are_asked_about() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    let owner = app.owner().await;
    let open = async |query: &str| {
        let market = owner.get(&format!("/api/v1/market?{query}")).await.json();
        market["open"].as_u64().unwrap()
    };
    assert_eq!(open("country=fr").await, 1);
    assert_eq!(open("internship=any").await, 6);
    assert_eq!(open("internship=no&backend=yes").await, 1);
    assert_eq!(open("country=NO").await, 0);
    let bad = owner.get("/api/v1/market?country=Germany").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("two letters"), "{}", bad.text);
}

#[tokio::test]
async fn closed_postings_count_in_the_year_but_not_in_the_demand() {
    let app = TestApp::start().await;
    let source = sample::board(&app).await;
    let one = opening(1, "Backend Intern", "Berlin, Germany", "Java.");
    sample::ingest(&app, &source, vec![one.clone()]).await;
    app.clock.advance_millis(3_600_000);
    let gone = RawPosting {
        listing: Listing::Closed,
        ..one
    };
    sample::ingest(&app, &source, vec![gone]).await;
    let market = app.owner().await.get("/api/v1/market").await.json();
    assert_eq!((&market["open"], &market["all"]), (&0.into(), &1.into()));
    assert_eq!(market["skills"].as_array().map(Vec::len), Some(0));
    assert_eq!(
        (&market["year"][10]["opened"], &market["year"][10]["closed"]),
        (&1.into(), &1.into())
    );
}

#[tokio::test]
async fn the_page_explains_its_figures_and_has_a_table_for_each_chart() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    let page = app.owner().await.get("/market?country=DE").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text;
    assert!(
        text.contains("4 open possible backend internships in Germany"),
        "{text}"
    );
    assert!(text.contains("Currencies are not converted"));
    let charts = text.matches("role=\"img\"").count();
    assert_eq!(charts, 4, "{text}");
    assert!(text.matches("<table>").count() >= charts);
    assert!(!text.contains(" style="));
    assert!(text.contains("<option value=\"DE\" selected>Germany (4)</option>"));
}

#[tokio::test]
async fn a_market_without_postings_says_what_to_do_next() {
    let app = TestApp::start().await;
    let page = app.owner().await.get("/market").await;
    assert!(page.text.contains("Add a source"), "{}", page.text);
    let told = app.command(&["market"], "").await;
    assert_eq!(told.code, Some(0), "{}", told.errors);
    assert!(told.text.contains("cadet source add"), "{}", told.text);
}

#[tokio::test]
async fn the_list_of_postings_leads_to_the_market() {
    let app = TestApp::start().await;
    let list = app.owner().await.get("/postings").await;
    assert!(list.text.contains("href=\"/market\""));
}

#[tokio::test]
async fn new_facts_can_be_searched_for() {
    let app = TestApp::start().await;
    let source = sample::board(&app).await;
    let text = "Java. Applications are reviewed on a rolling basis. It starts on 15 June 2027. \
                Visa sponsorship is available.";
    let postings = vec![
        opening(1, "Backend Intern", "Berlin, Germany", text),
        opening(2, "Backend Intern, autumn", "Berlin, Germany", "Java."),
    ];
    sample::ingest(&app, &source, postings).await;
    let owner = app.owner().await;
    for query in [
        "q=rolling:yes",
        "q=start:2027-06",
        "q=start:2027",
        "q=start:2027-06-15",
        "q=visa:offered",
        "rolling=yes",
        "start=2027-06",
        "sponsorship=offered&sponsorship=not-offered",
    ] {
        let found = owner.get(&format!("/api/v1/postings?{query}")).await.json();
        assert_eq!(found["total"], 1, "{query}: {found}");
    }
    let none = owner.get("/api/v1/postings?q=start:2027-07").await.json();
    assert_eq!(none["items"].as_array().map(Vec::len), Some(0), "{none}");
    let page = owner.get("/postings?start=2027-06").await.text;
    for shown in ["June 2027", "Visa sponsored", "Rolling applications"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // The year and the day of the same start are found by, and not listed beside the month.
    assert!(!page.contains("id=\"start-2027\""), "{page}");
    let refused = owner.get("/api/v1/postings?sponsorship=perhaps").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
