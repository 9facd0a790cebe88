//! Which postings are one opening: found by rules that say why, decided by people who are never overridden, shown once.

use cadet::accounts::model::{AccountId, Role};
use cadet::alerts::actions::{alert_add, alert_show};
use cadet::alerts::model::AlertInput;
use cadet::events::{self, Event};
use cadet::postings::actions::posting_export;
use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::model::PostingId;
use cadet::postings::openings::actions::{
    opening_join, opening_show, opening_split, opening_undo, posting_named,
};
use cadet::postings::openings::matching::openings_match;
use cadet::postings::query::PostingQuery;
use cadet::postings::search::posting_search;
use cadet::postings::sources::actions::source_add_candidate;
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::model::{
    RawLocation, RawPosting, RawText, Source, SourceAddress, SourceKind,
};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

const WHOLE: Completeness = Completeness {
    complete: true,
    doubted_before: None,
};

async fn source(app: &TestApp, kind: SourceKind, address: &str) -> Source {
    let candidate = Candidate {
        address: SourceAddress {
            kind,
            address: address.into(),
        },
        name: Some(address.into()),
        why: "a test".into(),
    };
    let added = source_add_candidate(&app.system(), candidate, None, Vec::new()).await;
    added.expect("a source").source
}

async fn board(app: &TestApp) -> Source {
    source(app, SourceKind::Greenhouse, "northlight").await
}

/// A text of some length, of which `own` stands in it alone.
fn text(own: &str) -> String {
    format!(
        "As an intern in our {own} team you build services that thousands of harbour crews use every day. You write tests, \
         review the changes of others, and carry your own from a first sketch into production. We look for people who have \
         written programs of their own, who ask when something is unclear, and who like to read logs in the morning. You will \
         have a mentor, a desk by the window and a project that is yours. The internship lasts for six months and is paid."
    )
}

fn opening(number: u32, title: &str, city: &str, text: &str) -> RawPosting {
    RawPosting {
        external_id: number.to_string(),
        url: format!("https://boards.greenhouse.io/northlight/jobs/{number}"),
        title: title.into(),
        company: Some("Northlight".into()),
        locations: vec![RawLocation {
            text: Some(city.into()),
            ..RawLocation::default()
        }],
        description: (!text.is_empty()).then(|| RawText::Plain(text.into())),
        ..RawPosting::default()
    }
}

/// One opening in three cities, with a sentence of its own in each.
fn in_three_cities() -> Vec<RawPosting> {
    ["Berlin, Germany", "Lisbon, Portugal", "Lyon, France"]
        .iter()
        .zip(4_000_001..)
        .map(|(city, number)| {
            let text = format!("{} You work in {city}.", text("backend"));
            opening(number, "Backend Engineering Intern", city, &text)
        })
        .collect()
}

async fn ingest(app: &TestApp, source: &Source, records: Vec<RawPosting>) {
    let done = postings_ingest(&app.system(), source, records.into_iter(), WHOLE, &|_| ()).await;
    assert!(done.expect("an ingest").problems.is_empty());
    compare(app).await;
}

async fn compare(app: &TestApp) {
    openings_match(&app.system()).await.expect("a comparison");
    let index = &app.app.index;
    index
        .catch_up(&app.app.db, &|_| ())
        .await
        .expect("an index");
}

/// The opening of each posting, in order of the postings.
async fn openings(app: &TestApp) -> Vec<i64> {
    let postings = posting_export(&app.system(), PostingId(0), 1_000).await;
    let postings = postings.expect("the postings");
    postings.iter().map(|one| one.opening.id.0).collect()
}

fn me(app: &TestApp) -> cadet::state::Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

#[tokio::test]
async fn one_opening_in_many_cities_is_one_row_with_the_places_of_all() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    assert_eq!(openings(&app).await, [1, 1, 1]);
    let query = PostingQuery::parse_str("country=PT").unwrap();
    let page = posting_search(&app.system(), &query).await.unwrap();
    assert_eq!(page.total, 1);
    let row = &page.items[0].posting;
    assert_eq!((row.id, row.opening_postings), (PostingId(1), 3));
    let cities: Vec<_> = row
        .locations
        .iter()
        .filter_map(|place| place.city.as_deref())
        .collect();
    assert_eq!(cities, ["Berlin", "Lisbon", "Lyon"]);
    let list = app.owner().await.get("/postings").await.text;
    assert_eq!(list.matches("class=\"posting\"").count(), 1);
    assert!(list.contains("+ 2 more places"), "{list}");
}

#[tokio::test]
async fn the_reasons_say_what_agrees_and_what_does_not() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    let opening = opening_show(&app.system(), PostingId(2)).await.unwrap();
    let told = &opening.postings[1];
    assert!(told.score.is_some_and(|score| score > 0.5), "{told:?}");
    let reasons = told.reasons.join(", ");
    assert!(
        reasons.starts_with("same employer, same title, same text (0."),
        "{reasons}"
    );
    assert!(reasons.ends_with("cities differ"), "{reasons}");
}

#[tokio::test]
async fn equal_titles_with_other_texts_or_terms_or_work_are_held_apart() {
    let app = TestApp::start().await;
    let other = "Our compiler group looks for somebody who has read the book with the dragon and wants to write the next \
        chapter: register allocation for a machine with four registers, of which two are taken. You need patience, a \
        notebook and some mathematics; we bring the machine. Working hours are yours to choose as long as the kettle is hot \
        by nine, and the cat of the house has to be fed on Thursdays by whoever comes first.";
    let records = vec![
        opening(
            1,
            "Software Engineer Intern",
            "Berlin, Germany",
            &text("backend"),
        ),
        opening(2, "Software Engineer Intern", "Berlin, Germany", other),
        opening(
            3,
            "Frontend Engineer Intern",
            "Berlin, Germany",
            &text("web"),
        ),
        opening(
            4,
            "Software Engineer Intern - Fall 2027",
            "Berlin, Germany",
            "",
        ),
        opening(
            5,
            "Software Engineer Intern - Summer 2027",
            "Berlin, Germany",
            "",
        ),
        opening(6, "Software Engineer Intern (PhD)", "Berlin, Germany", ""),
    ];
    ingest(&app, &board(&app).await, records).await;
    let mut found = openings(&app).await;
    let all = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), all, "{found:?}");
}

#[tokio::test]
async fn a_list_without_text_joins_the_board_under_another_spelling() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    let list = source(&app, SourceKind::Simplify, "/lists/interns.json").await;
    let record = RawPosting {
        external_id: "a1".into(),
        url: "https://careers.northlight.example/en/job/backend-intern".into(),
        title: "Backend Engineer Intern - Summer 2027".into(),
        company: Some("Northlight Technologies".into()),
        ..opening(0, "", "Lisbon", "")
    };
    ingest(&app, &list, vec![record]).await;
    assert_eq!(openings(&app).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn of_hundreds_compared_at_once_each_finds_its_own() {
    let app = TestApp::start().await;
    let letters = || 'a'..='y';
    let names = letters().flat_map(|one| letters().map(move |two| format!("{one}o{two}u")));
    let names: Vec<String> = names.collect();
    let seen = |name: &String, place: &str, company: &str| RawPosting {
        external_id: name.clone(),
        url: format!("https://careers.northlight.example/{place}/{name}"),
        company: Some(company.into()),
        ..opening(
            0,
            &format!("{name} Engineer Intern"),
            "Lisbon, Portugal",
            "",
        )
    };
    let on_board = names.iter().map(|name| seen(name, "board", "Northlight"));
    let on_board: Vec<_> = on_board.collect();
    let backwards = names.iter().rev();
    let on_list = backwards.map(|name| seen(name, "list", "Northlight Technologies"));
    let on_list: Vec<_> = on_list.collect();
    let list = source(&app, SourceKind::Simplify, "/lists/all.json").await;
    let polls = [(board(&app).await, on_board), (list, on_list)];
    for (source, records) in polls {
        let ctx = app.system();
        let done = postings_ingest(&ctx, &source, records.into_iter(), WHOLE, &|_| ()).await;
        assert!(done.expect("an ingest").problems.is_empty());
    }
    compare(&app).await;
    let postings = posting_export(&app.system(), PostingId(0), 2_000).await;
    let postings = postings.expect("the postings");
    assert_eq!(postings.len(), 2 * names.len());
    let (first, second) = postings.split_at(names.len());
    for (one, two) in first.iter().zip(second.iter().rev()) {
        assert_eq!(one.title, two.title);
        assert_eq!(
            (one.opening.id, two.opening.id),
            (one.id, one.id),
            "{}",
            one.title
        );
    }
}

#[tokio::test]
async fn comparing_again_changes_nothing_and_a_changed_posting_is_compared_anew() {
    let app = TestApp::start().await;
    let board = board(&app).await;
    ingest(&app, &board, in_three_cities()).await;
    let logged = events::last_id(&app.app.db).await.unwrap();
    compare(&app).await;
    assert_eq!(events::last_id(&app.app.db).await.unwrap(), logged);
    let mut records = in_three_cities();
    records[1].title = "Accounting Intern".into();
    ingest(&app, &board, records).await;
    assert_eq!(openings(&app).await, [1, 2, 1]);
    let log = events::read_after(&app.app.db, logged, 10).await.unwrap();
    let told = log.iter().find_map(|logged| match &logged.event {
        Event::OpeningsChanged { ids } => Some(ids.clone()),
        _ => None,
    });
    assert_eq!(told, Some(vec![PostingId(1), PostingId(2), PostingId(3)]));
}

#[tokio::test]
async fn a_split_holds_whatever_is_found_later_until_it_is_undone() {
    let app = TestApp::start().await;
    let board = board(&app).await;
    ingest(&app, &board, in_three_cities()).await;
    let split = opening_split(&me(&app), PostingId(2)).await.unwrap();
    assert_eq!((split.id, split.postings.len()), (PostingId(2), 1));
    assert_eq!(openings(&app).await, [1, 2, 1]);
    let mut records = in_three_cities();
    records
        .iter_mut()
        .for_each(|one| one.department = Some("Harbour".into()));
    ingest(&app, &board, records).await;
    assert_eq!(openings(&app).await, [1, 2, 1]);
    assert_eq!(split.decisions.len(), 2);
    assert_eq!(split.decisions[0].by, Some(AccountId::LOCAL));
    let whole = opening_undo(&me(&app), split.decisions[0].id)
        .await
        .unwrap();
    assert_eq!(whole.postings.len(), 3);
    assert!(whole.decisions.is_empty());
    assert!(
        opening_undo(&me(&app), split.decisions[1].id)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_was_joined_by_hand_stays_together_and_can_be_undone() {
    let app = TestApp::start().await;
    let board = board(&app).await;
    let mut records = in_three_cities();
    records.push(opening(
        4_000_009,
        "Harbour Pilot Trainee",
        "Porto, Portugal",
        "",
    ));
    ingest(&app, &board, records.clone()).await;
    let address = "https://boards.greenhouse.io/northlight/jobs/4000009?gh_src=x";
    let pilot = posting_named(&me(&app), address).await.unwrap();
    let joined = opening_join(&me(&app), PostingId(1), pilot).await.unwrap();
    assert_eq!(joined.postings.len(), 4);
    records[0].department = Some("Harbour".into());
    ingest(&app, &board, records).await;
    assert_eq!(openings(&app).await, [1, 1, 1, 1]);
    let again = opening_join(&me(&app), PostingId(1), pilot).await;
    assert!(
        again
            .unwrap_err()
            .to_string()
            .contains("one opening already")
    );
    opening_undo(&me(&app), joined.decisions[0].id)
        .await
        .unwrap();
    assert_eq!(openings(&app).await, [1, 1, 1, 4]);
}

#[tokio::test]
async fn joining_overrules_an_earlier_split() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    opening_split(&me(&app), PostingId(2)).await.unwrap();
    let joined = opening_join(&me(&app), PostingId(2), PostingId(3))
        .await
        .unwrap();
    assert_eq!(joined.postings.len(), 3);
    assert_eq!(joined.decisions.len(), 1);
}

#[tokio::test]
async fn an_opening_alerts_once_however_many_postings_tell_of_it() {
    let app = TestApp::start().await;
    let input = AlertInput {
        name: "Backend".into(),
        query: PostingQuery::parse_str("q=backend").unwrap(),
        ..AlertInput::default()
    };
    let id = alert_add(&me(&app), input, false).await.unwrap().search.id;
    let board = board(&app).await;
    let work = || async {
        let worker = cadet::work::worker(&app.app).unwrap();
        worker.drain().await.unwrap();
        alert_show(&me(&app), id).await.unwrap().matches.len()
    };
    ingest(
        &app,
        &board,
        in_three_cities().into_iter().take(2).collect(),
    )
    .await;
    assert_eq!(work().await, 1);
    ingest(&app, &board, in_three_cities()).await;
    assert_eq!(work().await, 1);
}

#[tokio::test]
async fn the_page_offers_what_one_can_do_and_works_without_a_script() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    let owner = app.owner().await;
    let page = owner.get("/postings/1").await.text;
    for told in [
        "One opening, seen as",
        "Not the same",
        "Lisbon, Portugal",
        "cities differ",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let back = [("back", "/postings/1")];
    let split = owner.post_form("/openings/2/split", &back).await;
    assert_eq!(
        (split.status, split.header("location")),
        (StatusCode::SEE_OTHER, "/postings/1")
    );
    assert_eq!(openings(&app).await, [1, 2, 1]);
    let page = owner.get("/postings/2").await.text;
    assert!(page.contains("No other posting of it is known"), "{page}");
    assert!(page.contains("are kept apart"), "{page}");
    let joined = owner
        .post_form("/openings/2/join", &[("posting", "1")])
        .await;
    assert_eq!(joined.header("location"), "/postings/2");
    assert_eq!(openings(&app).await, [1, 1, 1]);
    owner
        .post_form("/openings/2/join", &[("posting", "nonsense")])
        .await;
    owner
        .post_form("/openings/2/join", &[("posting", "999")])
        .await;
    assert_eq!(openings(&app).await, [1, 1, 1]);
}

#[tokio::test]
async fn programs_read_split_join_and_undo() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    let scopes = cadet::accounts::model::Scope::ALL;
    let program = app.with_token(AccountId::LOCAL, &scopes).await;
    let opening = program.get("/api/v1/openings/3").await.json();
    assert_eq!(
        (&opening["id"], &opening["primary"]),
        (&json!(1), &json!(1))
    );
    let split = program
        .post_json("/api/v1/openings/3/split", &json!({}))
        .await;
    assert_eq!(split.json()["id"], 3);
    let again = program
        .post_json("/api/v1/openings/3/split", &json!({}))
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let join = json!({ "posting": "1" });
    let joined = program
        .post_json("/api/v1/openings/3/join", &join)
        .await
        .json();
    assert_eq!(joined["postings"].as_array().map(Vec::len), Some(3));
    let decision = &joined["decisions"][0]["id"];
    let path = format!("/api/v1/openings/decisions/{decision}");
    assert_eq!(program.delete(&path).await.status, StatusCode::OK);
    assert_eq!(
        program.get("/api/v1/openings/999").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_command_shows_splits_joins_and_undoes() {
    let app = TestApp::start().await;
    ingest(&app, &board(&app).await, in_three_cities()).await;
    let shown = app.command(&["opening", "show", "2"], "").await;
    assert!(
        shown.text.contains("Opening 1: 3 postings."),
        "{}{}",
        shown.text,
        shown.errors
    );
    let split = app.command(&["opening", "split", "2", "--json"], "").await;
    let split: serde_json::Value = serde_json::from_str(&split.text).expect("JSON");
    assert_eq!(split["id"], 2);
    let decision = split["decisions"][0]["id"].to_string();
    let undone = app.command(&["opening", "undo", &decision], "").await;
    assert!(undone.text.contains("3 postings"), "{}", undone.text);
    let joined = app.command(&["opening", "join", "1", "2"], "").await;
    assert_eq!(joined.code, Some(5), "{}", joined.text);
}
