//! Wordings from a language model: off, refused, approved. The model is a small server on the loopback interface.

use axum::Json;
use axum::routing::post;
use cadet::documents::wording::{
    proposal_approve, proposal_decline, proposals_waiting, wording_propose,
};
use cadet::error::Error;
use cadet::profile::actions::profile_current;
use resume::EntryId;
use serde_json::{Value, json};

use super::prepared;
use crate::support::TestApp;

/// A model that answers every question with the same words; gives its address.
async fn answering(text: &'static str) -> String {
    let answer = move |Json(asked): Json<Value>| async move {
        assert_eq!(asked["model"], "small");
        assert!(
            asked["messages"][1]["content"]
                .as_str()
                .unwrap()
                .contains("Bullet: ")
        );
        Json(json!({ "choices": [{ "message": { "role": "assistant", "content": text } }] }))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().route("/v1/chat/completions", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/v1")
}

async fn with_model(text: &'static str) -> TestApp {
    let address = answering(text).await;
    TestApp::start_with(|config| {
        config.model.url = Some(address);
        config.model.name = "small".into();
    })
    .await
}

fn bullet() -> EntryId {
    EntryId("bullet-3".into())
}

#[tokio::test]
async fn without_a_configured_model_nothing_is_asked() {
    let app = TestApp::start().await;
    let (ctx, _) = prepared(&app).await;
    let refused = wording_propose(&ctx, &bullet(), "").await;
    assert!(
        matches!(&refused, Err(Error::Conflict(message)) if message.contains("model.url")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_true_wording_waits_and_becomes_a_variant_when_it_is_approved() {
    let app =
        with_model("\"Reduced the latency of twelve queries on PostgreSQL by 40 percent\"").await;
    let (ctx, _) = prepared(&app).await;
    let proposal = wording_propose(&ctx, &bullet(), "Shorter").await.unwrap();
    assert_eq!(proposal.refusals, []);
    let variants = |profile: &cadet::profile::model::Profile| {
        profile.resume.work[0].highlights[1].variants.clone()
    };
    assert_eq!(
        variants(&profile_current(&ctx).await.unwrap()),
        Vec::<String>::new(),
        "it waits"
    );
    proposal_approve(&ctx, proposal.id).await.unwrap();
    assert_eq!(
        variants(&profile_current(&ctx).await.unwrap()),
        ["Reduced the latency of twelve queries on PostgreSQL by 40 percent"]
    );
    assert_eq!(proposals_waiting(&ctx).await.unwrap(), []);
}

#[tokio::test]
async fn a_wording_with_an_invented_fact_can_only_be_declined() {
    let app = with_model("Led a team of five and cut latency by 60 % with Redis").await;
    let (ctx, _) = prepared(&app).await;
    let proposal = wording_propose(&ctx, &bullet(), "").await.unwrap();
    let tokens: Vec<&str> = proposal
        .refusals
        .iter()
        .map(|one| one.token.as_str())
        .collect();
    assert!(
        ["Led", "five", "60 %", "Redis"]
            .iter()
            .all(|token| tokens.contains(token)),
        "{tokens:?}"
    );
    assert!(matches!(
        proposal_approve(&ctx, proposal.id).await,
        Err(Error::Conflict(_))
    ));
    proposal_decline(&ctx, proposal.id).await.unwrap();
    assert_eq!(proposals_waiting(&ctx).await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_that_is_none_is_told() {
    let app = with_model("").await;
    let (ctx, _) = prepared(&app).await;
    assert!(matches!(
        wording_propose(&ctx, &bullet(), "").await,
        Err(Error::Unavailable { .. })
    ));
}
