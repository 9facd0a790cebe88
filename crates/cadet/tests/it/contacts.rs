//! Contacts: people, what was said and promised, files in and out, joining and its undoing, and who is known at a posting's
//! employer.

use cadet::accounts::model::{AccountId, Role};
use cadet::contacts::actions::{
    self, ContactQuery, EntryInput, PromiseInput, contact_add, contact_import, contact_show,
};
use cadet::contacts::input::{ContactInput, EventInput};
use cadet::contacts::model::{Contact, ContactId};
use cadet::state::Ctx;
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{TestApp, sample};

fn owner(app: &TestApp) -> Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

async fn add(ctx: &Ctx, name: &str, company: &str) -> Contact {
    let input = ContactInput {
        name: name.into(),
        company: company.into(),
        met: "event".into(),
        ..ContactInput::default()
    };
    contact_add(ctx, &input).await.expect("a contact")
}

/// A row of the owner's for a route with parameters.
pub async fn fill(ctx: &Ctx, path: &str) -> String {
    let contact = add(ctx, "Mira Okafor", "Northlight").await;
    if path.contains("/events/") {
        let input = EventInput {
            name: "Backend evening".into(),
            starts: "2026-12-03 18:30".into(),
            ..EventInput::default()
        };
        let event = actions::event_save(ctx, None, &input)
            .await
            .expect("an event");
        if path.ends_with("/restore") {
            actions::event_remove(ctx, event.id).await.expect("it goes");
        }
        return event.id.to_string();
    }
    if path.contains("/promises/") {
        let input = PromiseInput {
            owed_by: "me".into(),
            text: "write".into(),
            due_on: String::new(),
        };
        let id = actions::promise_add(ctx, contact.id, &input).await;
        return id.expect("a promise").to_string();
    }
    if path.contains("/merges/") {
        let other = add(ctx, "Mira Okafor", "Northlight").await;
        let id = actions::contact_merge(ctx, contact.id, other.id).await;
        return id.expect("a joining").to_string();
    }
    if path.ends_with("/restore") {
        actions::contact_remove(ctx, contact.id)
            .await
            .expect("it goes");
    }
    contact.id.to_string()
}

fn entry(kind: &str, at: &str, text: &str) -> EntryInput {
    EntryInput {
        kind: kind.into(),
        at: at.into(),
        text: text.into(),
    }
}

#[tokio::test]
async fn what_was_said_is_corrected_and_never_overwritten() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let mira = add(&ctx, "Mira Okafor", "Northlight").await;
    let call = entry("call", "2026-11-20 10:00", "They hire two interns.");
    let id = actions::entry_add(&ctx, mira.id, &call).await.unwrap();
    let better = entry("call", "2026-11-19 10:00", "They hire three interns.");
    actions::entry_correct(&ctx, mira.id, id, Some(&better))
        .await
        .unwrap();
    let detail = contact_show(&ctx, mira.id).await.unwrap();
    assert_eq!(detail.entries.len(), 1);
    assert_eq!(detail.entries[0].text, "They hire three interns.");
    assert_eq!(detail.entries[0].earlier[0].text, "They hire two interns.");
    let last = detail.contact.last_touch_at.unwrap().to_string();
    assert_eq!(last, "2026-11-19T10:00:00Z");
    actions::entry_correct(&ctx, mira.id, id, None)
        .await
        .unwrap();
    let detail = contact_show(&ctx, mira.id).await.unwrap();
    assert!(detail.entries[0].withdrawn);
    assert_eq!(detail.contact.last_touch_at, None);
}

#[tokio::test]
async fn a_posting_says_who_is_known_at_its_employer_however_it_is_written() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    add(&ctx, "Mira Okafor", "Northlight GmbH").await;
    add(&ctx, "Jon Vale", "Brookline").await;
    let (_, posting) = sample::posting(&app).await;
    let browser = app.owner().await;
    let page = browser.get(&format!("/postings/{posting}")).await.text;
    assert!(page.contains("Who you know there") && page.contains("Mira Okafor"));
    assert!(!page.contains("Jon Vale"));
    let known = actions::people_at(&ctx, "NORTHLIGHT, Inc.").await.unwrap();
    assert_eq!(known.len(), 1);
    let company = browser.get("/contacts/companies/Northlight").await.text;
    assert!(company.contains("Backend Intern (Java)") && company.contains("Mira Okafor"));
}

#[tokio::test]
async fn nobody_sees_the_contacts_of_another() {
    let app = TestApp::start_multi_user().await;
    let one = app.account("one@example.org", Role::Candidate).await;
    let other = app.account("other@example.org", Role::Candidate).await;
    let (one, other) = (
        app.person(one, Role::Candidate),
        app.person(other, Role::Candidate),
    );
    let mira = add(&one, "Mira Okafor", "Northlight").await;
    assert!(contact_show(&other, mira.id).await.is_err());
    assert!(
        actions::people_at(&other, "Northlight")
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        actions::contact_list(&other, &ContactQuery::default())
            .await
            .unwrap()
            .total,
        0
    );
    assert_eq!(
        actions::contact_export(&other, None, "", "").await.unwrap(),
        ""
    );
}

const FILE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira Okafor\r\nN:Okafor;Mira;;;\r\nEMAIL;TYPE=WORK:mira@northlight.example\r\nORG:Northlight GmbH;Payments\r\nTITLE:Backend lead\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Jon Vale\r\nEMAIL:not an address\r\nCATEGORIES:java\r\nEND:VCARD\r\n";

#[tokio::test]
async fn an_import_joins_whoever_is_there_and_each_joining_can_be_undone() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let mira = add(&ctx, "Mira Okafor", "Northlight").await;
    let done = contact_import(&ctx, FILE.as_bytes()).await.unwrap();
    assert_eq!(
        (done.added, done.joined, done.unchanged),
        (1, 1, 0),
        "{done:?}"
    );
    assert_eq!(done.joinings[0].why, "the same name and company");
    assert!(
        done.problems[0].contains("not an address"),
        "{:?}",
        done.problems
    );
    let joined = contact_show(&ctx, mira.id).await.unwrap();
    assert_eq!(joined.contact.role, "Backend lead");
    assert_eq!(joined.contact.mails, ["mira@northlight.example"]);
    let again = contact_import(&ctx, FILE.as_bytes()).await.unwrap();
    assert_eq!(
        (again.added, again.joined, again.unchanged),
        (0, 0, 2),
        "{again:?}"
    );
    actions::merge_undo(&ctx, joined.merges[0].id)
        .await
        .unwrap();
    let apart = contact_show(&ctx, mira.id).await.unwrap();
    assert_eq!(
        (apart.contact.role.as_str(), apart.contact.mails.len()),
        ("", 0)
    );
    assert_eq!(
        actions::contact_list(&ctx, &ContactQuery::default())
            .await
            .unwrap()
            .total,
        3
    );
}

#[tokio::test]
async fn what_is_exported_is_imported_elsewhere_the_same() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    contact_import(&ctx, FILE.as_bytes()).await.unwrap();
    let written = actions::contact_export(&ctx, None, "", "").await.unwrap();
    let elsewhere = TestApp::start().await;
    let there = owner(&elsewhere);
    contact_import(&there, written.as_bytes()).await.unwrap();
    let again = actions::contact_export(&there, None, "", "").await.unwrap();
    assert_eq!(again, written);
    assert!(
        written.contains("Payments") && written.contains("CATEGORIES:java"),
        "{written}"
    );
    assert!(
        actions::contact_export(&ctx, None, "", "5.0")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn joining_two_contacts_moves_everything_and_undoing_moves_it_back() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let kept = add(&ctx, "Mira Okafor", "Northlight").await;
    let gone = add(&ctx, "M. Okafor", "").await;
    actions::entry_add(&ctx, gone.id, &entry("call", "2026-11-20", "hello"))
        .await
        .unwrap();
    let promise = PromiseInput {
        owed_by: "them".into(),
        text: "ask around".into(),
        due_on: "2026-12-01".into(),
    };
    actions::promise_add(&ctx, gone.id, &promise).await.unwrap();
    actions::touch_set(&ctx, gone.id, "2026-12-05", "ask")
        .await
        .unwrap();
    let joining = actions::contact_merge(&ctx, kept.id, gone.id)
        .await
        .unwrap();
    let whole = contact_show(&ctx, kept.id).await.unwrap();
    assert_eq!((whole.entries.len(), whole.promises.len()), (1, 1));
    assert!(whole.contact.last_touch_at.is_some() && whole.contact.next_touch.is_some());
    assert!(whole.contact.notes.contains("Also called: M. Okafor"));
    assert!(contact_show(&ctx, gone.id).await.is_err());
    actions::merge_undo(&ctx, joining).await.unwrap();
    let (kept, gone) = (
        contact_show(&ctx, kept.id).await.unwrap(),
        contact_show(&ctx, gone.id).await.unwrap(),
    );
    assert_eq!((kept.entries.len(), gone.entries.len()), (0, 1));
    assert_eq!((kept.promises.len(), gone.promises.len()), (0, 1));
    assert_eq!(kept.contact.notes, "");
    assert_eq!(kept.contact.last_touch_at, None);
}

#[tokio::test]
async fn what_is_due_is_told_by_day_and_a_kept_promise_is_not() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let mira = add(&ctx, "Mira Okafor", "Northlight").await;
    let promise = |due: &str| PromiseInput {
        owed_by: "me".into(),
        text: format!("by {due}"),
        due_on: due.into(),
    };
    let first = actions::promise_add(&ctx, mira.id, &promise("2026-11-20"))
        .await
        .unwrap();
    actions::promise_add(&ctx, mira.id, &promise("2026-12-20"))
        .await
        .unwrap();
    actions::touch_set(&ctx, mira.id, "2026-11-22", "say hello")
        .await
        .unwrap();
    let day = "2026-11-23".parse().unwrap();
    let due = actions::promises_due(&ctx, day).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].contact_name, "Mira Okafor");
    assert_eq!(actions::touches_due(&ctx, day).await.unwrap().len(), 1);
    actions::promise_done(&ctx, first, true).await.unwrap();
    assert!(actions::promises_due(&ctx, day).await.unwrap().is_empty());
}

#[tokio::test]
async fn ten_thousand_contacts_are_paged_searched_and_sorted() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let cards: String = (0..10_000)
        .map(|n| format!("BEGIN:VCARD\nVERSION:4.0\nFN:Person {n:05}\nORG:Company {}\nEMAIL:p{n}@example.org\nEND:VCARD\n", n % 97))
        .collect();
    let done = contact_import(&ctx, cards.as_bytes()).await.unwrap();
    assert_eq!((done.added, done.problems.len()), (10_000, 0));
    let last = ContactQuery {
        page: 100,
        ..ContactQuery::default()
    };
    let page = actions::contact_list(&ctx, &last).await.unwrap();
    assert_eq!(
        (page.total, page.pages, page.items.len()),
        (10_000, 100, 100)
    );
    assert_eq!(page.items[99].name, "Person 09999");
    let one = ContactQuery {
        words: "person 04321".into(),
        ..ContactQuery::default()
    };
    assert_eq!(actions::contact_list(&ctx, &one).await.unwrap().total, 1);
    let found = actions::contact_by_mail(&ctx, "P777@example.org")
        .await
        .unwrap();
    assert_eq!(found.unwrap().name, "Person 00777");
    let browser = app.owner().await;
    let answer = browser.get("/contacts?sort=company&page=57").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.text.matches("data-item").count(), 100);
}

#[tokio::test]
async fn forms_work_without_a_script_and_say_what_is_wrong() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    assert!(
        browser
            .get("/contacts")
            .await
            .text
            .contains("You have no contacts yet")
    );
    let refused = browser
        .post_form("/contacts", &[("name", " "), ("mails", "nobody")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("Write the person&#39;s name.") && refused.text.contains("nobody")
    );
    let added = browser
        .post_form(
            "/contacts",
            &[
                ("name", "Zoë <b>Vale</b>"),
                ("mails", "zoe@example.org\njo@example.org"),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let page = added.header("location").to_owned();
    browser
        .post_form(
            &format!("{page}/entries"),
            &[("kind", "meeting"), ("text", "At the fair.")],
        )
        .await;
    browser
        .post_form(
            &format!("{page}/promises"),
            &[
                ("owed_by", "me"),
                ("text", "Send the link"),
                ("due_on", "2026-12-01"),
            ],
        )
        .await;
    let shown = browser.get(&page).await.text;
    assert!(shown.contains("At the fair.") && shown.contains("Send the link"));
    assert!(!shown.contains("<b>Vale"), "what is typed is text");
    assert!(
        shown.contains("You promised: Send the link"),
        "the next touch is suggested"
    );
    let gone = browser.post_form(&format!("{page}/remove"), &[]).await;
    assert!(
        browser
            .get(gone.header("location"))
            .await
            .text
            .contains("Undo")
    );
    browser.post_form(&format!("{page}/restore"), &[]).await;
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    let card = browser.get(&format!("{page}/card.vcf")).await;
    assert!(card.header("content-type").starts_with("text/vcard"));
}

#[tokio::test]
async fn events_know_their_time_zone_and_their_people() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let ctx = owner(&app);
    add(&ctx, "Mira Okafor", "Northlight").await;
    let fields = [
        ("name", "Backend evening"),
        ("starts", "2026-12-03T18:30"),
        ("time_zone", "Europe/Zurich"),
    ];
    let added = browser.post_form("/contacts/events", &fields).await;
    let page = added.header("location").to_owned();
    browser
        .post_form(&format!("{page}/people"), &[("person", "mira")])
        .await;
    let shown = browser.get(&page).await.text;
    assert!(
        shown.contains("2026-12-03 18:30 CET") && shown.contains("Mira Okafor"),
        "{shown}"
    );
    let refused = browser
        .post_form("/contacts/events", &[("name", "x"), ("starts", "soon")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = browser.get("/contacts/events").await.text;
    assert!(list.contains("To come") && !list.contains("Past"));
    let contact = browser.get("/contacts/1").await.text;
    assert!(contact.contains("Backend evening"));
}

#[tokio::test]
async fn programs_and_the_command_line_do_the_same() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let added = browser
        .post_json(
            "/api/v1/contacts",
            &json!({ "name": "Mira Okafor", "company": "Northlight", "met": "alumni" }),
        )
        .await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    let id = added.json()["id"].as_i64().unwrap();
    let path = format!("/api/v1/contacts/{id}");
    let changed = browser
        .send_json(reqwest::Method::PATCH, &path, &json!({ "role": "Lead" }))
        .await
        .json();
    assert_eq!(
        (changed["name"].as_str(), changed["role"].as_str()),
        (Some("Mira Okafor"), Some("Lead"))
    );
    browser
        .post_json(
            &format!("{path}/entries"),
            &json!({ "kind": "call", "text": "Spoke." }),
        )
        .await;
    let number = id.to_string();
    let shown = app.command(&["contact", "show", &number], "").await;
    assert!(
        shown.text.contains("Lead at Northlight") && shown.text.contains("Spoke."),
        "{}{}",
        shown.text,
        shown.errors
    );
    let touched = app
        .command(
            &["contact", "touch", &number, "2026-12-01", "ask", "--json"],
            "",
        )
        .await;
    let touched: serde_json::Value = serde_json::from_str(&touched.text).unwrap();
    assert_eq!(touched["next_touch"]["on"], "2026-12-01");
    let exported = app.command(&["contact", "export"], "").await;
    assert!(
        exported.text.contains("FN:Mira Okafor"),
        "{}",
        exported.text
    );
    let missing = app.command(&["contact", "show", "999"], "").await;
    assert_eq!(missing.code, Some(3));
    assert!(contact_show(&owner(&app), ContactId(id)).await.is_ok());
}
