//! Applications over REST and on the command line.

use cadet::accounts::model::{AccountId, Scope};
use cadet::applications::actions;
use cadet::applications::model::{ApplicationId, Stage};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{application, me, stage};
use crate::support::{TestApp, sample};

#[tokio::test]
async fn a_program_follows_an_application_from_posting_to_offer() {
    let app = TestApp::start().await;
    let (_, posting) = sample::posting(&app).await;
    let program = app
        .with_token(AccountId::LOCAL, &[Scope::Read, Scope::Write])
        .await;
    let begun = program
        .post_json("/api/v1/applications", &json!({ "posting": posting }))
        .await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let path = format!("/api/v1/applications/{}", begun.json()["id"]);
    let moved = program
        .post_json(&format!("{path}/moves"), &json!({ "to": "applied" }))
        .await;
    assert_eq!(moved.json()["frozen"], 1, "{}", moved.text);
    let round = json!({ "kind": "technical", "starts": { "local": "2026-12-01T10:00:00", "zone": "Europe/Berlin" } });
    let round = program.post_json(&format!("{path}/rounds"), &round).await;
    assert_eq!(round.status, StatusCode::OK, "{}", round.text);
    let nowhere =
        json!({ "starts": { "local": "2026-12-01T10:00:00", "zone": "Europe/Atlantis" } });
    let nowhere = program.post_json(&format!("{path}/rounds"), &nowhere).await;
    assert_eq!(
        nowhere.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        nowhere.text
    );
    let offer = json!({ "amount": 2100.0, "currency": "EUR", "period": "month", "marks": { "learning": 5 } });
    program
        .post_json(&format!("{path}/moves"), &json!({ "to": "offer" }))
        .await;
    program
        .send_json(Method::PUT, &format!("{path}/offer"), &offer)
        .await;
    let offers = program.get("/api/v1/applications/offers").await.json();
    assert_eq!(offers[0]["mark"], 5.0, "{offers}");
    let shown = program.get(&path).await.json();
    assert_eq!(
        shown["state"]["rounds"][0]["starts"]["zone"],
        "Europe/Berlin"
    );
    assert_eq!(shown["log"][0]["change"]["kind"], "created");
    let undone = program.post_json(&format!("{path}/undo"), &json!({})).await;
    assert_eq!(undone.status, StatusCode::OK);
    let due = program.get("/api/v1/applications/due").await.json();
    assert!(due["actions"][0]["reason"].is_string(), "{due}");
    let listed = program.get("/api/v1/applications?limit=1").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_table_is_tried_before_it_is_taken_over() {
    let app = TestApp::start().await;
    let program = app
        .with_token(AccountId::LOCAL, &[Scope::Read, Scope::Write])
        .await;
    let text = "company,title\nNorthlight,Intern\n";
    let tried = program
        .post_json(
            "/api/v1/applications/import",
            &json!({ "text": text, "dry_run": true }),
        )
        .await;
    assert_eq!(tried.json()["preview"]["to_add"], 1, "{}", tried.text);
    let taken = program
        .post_json("/api/v1/applications/import", &json!({ "text": text }))
        .await;
    assert_eq!(taken.json()["done"]["added"], 1, "{}", taken.text);
    let told = program.get("/api/v1/applications/statistics").await.json();
    assert_eq!(told["total"], 1);
}

#[tokio::test]
async fn the_command_line_alone_leads_from_a_first_note_to_a_rejection() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    // Arguments with bars between them, since some hold spaces.
    let run = async |arguments: &str| {
        let arguments: Vec<&str> = arguments.split('|').collect();
        let done = app.command(&arguments, "").await;
        assert_eq!(
            done.code,
            Some(0),
            "{arguments:?}: {} {}",
            done.text,
            done.errors
        );
        done.text
    };
    let added = run("application|add|--company|Northlight|--title|Backend Intern|--stage|applied|--on|2026-11-02")
    .await;
    assert!(
        added.contains("Backend Intern at Northlight is tracked"),
        "{added}"
    );
    run("application|round|1|--kind|technical|--starts|2027-01-12 10:00|--zone|Europe/Berlin|--people|Ada Brandt")
    .await;
    run("application|task|1|Read their blog|--round|1").await;
    run("application|note|1|They use Kafka").await;
    run("application|move|1|interview|--why|they wrote").await;
    let shown = run("application|show|1").await;
    assert!(
        shown.contains("10:00 Berlin time") && shown.contains("They use Kafka"),
        "{shown}"
    );
    run("application|undo|1").await;
    assert_eq!(stage(&ctx, ApplicationId(1)).await, Stage::Applied);
    run("application|move|1|rejected").await;
    run("application|review|1|--to-learn|Partitions").await;
    let listed = run("application|list|--stage|rejected|--json").await;
    assert!(listed.contains("\"total\": 1"), "{listed}");
    let url = run("calendar|url").await;
    assert!(url.contains("/calendar/") && url.contains(".ics"), "{url}");
    let dates = run("calendar|export").await;
    assert!(dates.contains("DTSTART:20270112T090000Z"), "{dates}");
    let told = run("application|stats").await;
    assert!(
        told.contains("1 applications, 1 sent, 1 answered"),
        "{told}"
    );
    assert_eq!(
        run("application|rebuild").await.trim(),
        "All rows are written anew from the logs; 0 differed."
    );
    let refused = app
        .command(&["application", "move", "1", "rejected"], "")
        .await;
    assert_eq!(refused.code, Some(5), "{}", refused.errors);
    let again = app.command(&["calendar", "url"], "").await;
    assert_eq!(again.code, Some(5));
}

#[tokio::test]
async fn what_is_due_is_told_and_ticked_off_on_the_command_line() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    // The command reads the clock of the machine, so that only what does not end is looked at.
    let id = application(&ctx, "Northlight", Stage::Applied, 300).await;
    let due = app.command(&["application", "due", "--json"], "").await;
    let due: serde_json::Value = serde_json::from_str(&due.text).unwrap();
    let key = due[0]["key"].as_str().unwrap().to_owned();
    let done = app
        .command(&["application", "done", &id.to_string(), &key], "")
        .await;
    assert_eq!(done.code, Some(0), "{}", done.errors);
    let state = actions::application_show(&ctx, id).await.unwrap().state;
    assert!(state.done.contains_key(&key));
}
