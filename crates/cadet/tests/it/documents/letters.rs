//! Letters from the person's own paragraphs, and the gate before them.

use cadet::documents::actions::document_make;
use cadet::documents::files::document_file;
use cadet::documents::model::{DocumentKind, DocumentOptions, Format, Given};
use cadet::documents::paragraphs::{
    ParagraphInput, paragraph_add, paragraph_change, paragraph_remove, paragraph_restore,
    paragraphs_adopt, paragraphs_usable,
};
use cadet::error::Error;

use super::prepared;
use crate::support::TestApp;

fn paragraph(text: &str) -> ParagraphInput {
    ParagraphInput {
        kind: "letter".into(),
        language: "en".into(),
        part: "body".into(),
        position: 1,
        text: text.into(),
        ..ParagraphInput::default()
    }
}

fn options() -> DocumentOptions {
    DocumentOptions {
        language: Some("en".into()),
        given: Given {
            contact: "Mara Lindt".into(),
            ..Given::default()
        },
        ..DocumentOptions::default()
    }
}

#[tokio::test]
async fn a_letter_is_made_of_starters_until_there_are_own_paragraphs_and_says_so() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let letter = document_make(&ctx, Some(posting), DocumentKind::Letter, options())
        .await
        .unwrap();
    let text = letter.content.letter.as_ref().unwrap();
    assert_eq!(text.salutation, "Dear Mara Lindt,");
    assert!(
        text.paragraphs[0].starts_with("I would like to join Northlight as Backend Intern (Java)."),
        "{text:?}"
    );
    assert!(!format!("{text:?}").contains("[["), "{text:?}");
    assert!(
        letter
            .content
            .remarks
            .iter()
            .any(|remark| remark.contains("starters as they came")),
        "{:?}",
        letter.content.remarks
    );
    assert_eq!(letter.content.refused, []);
    paragraph_add(
        &ctx,
        paragraph("At {employer.recent} I cut the latency of 12 queries."),
    )
    .await
    .unwrap();
    let own = document_make(&ctx, Some(posting), DocumentKind::Letter, options())
        .await
        .unwrap();
    assert_eq!(
        own.content.letter.unwrap().paragraphs,
        ["At Tideline Freight I cut the latency of 12 queries."]
    );
}

#[tokio::test]
async fn a_letter_that_states_what_the_profile_does_not_hold_is_refused_with_the_sentence() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let written = paragraph_add(
        &ctx,
        paragraph("At Tideline Freight I cut the latency of 15 queries with Redis."),
    )
    .await
    .unwrap();
    let letter = document_make(&ctx, Some(posting), DocumentKind::Letter, options())
        .await
        .unwrap();
    let tokens: Vec<&str> = letter
        .content
        .refused
        .iter()
        .map(|one| one.token.as_str())
        .collect();
    assert!(
        tokens.contains(&"15") && tokens.contains(&"Redis"),
        "{:?}",
        letter.content.refused
    );
    let refused = document_file(&ctx, letter.id, Format::Pdf).await;
    assert!(
        matches!(&refused, Err(Error::Conflict(message)) if message.contains("15 queries")),
        "{refused:?}"
    );
    assert!(document_file(&ctx, letter.id, Format::Json).await.is_ok());
    let changed = paragraph("At Tideline Freight I cut the latency of 12 queries on PostgreSQL.");
    paragraph_change(&ctx, written.id.unwrap(), changed)
        .await
        .unwrap();
    let right = document_make(&ctx, Some(posting), DocumentKind::Letter, options())
        .await
        .unwrap();
    assert_eq!(
        (right.version, right.content.refused.len()),
        (2, 0),
        "{:?}",
        right.content.refused
    );
    assert!(document_file(&ctx, right.id, Format::Pdf).await.is_ok());
}

#[tokio::test]
async fn paragraphs_are_checked_when_they_are_written_and_can_be_brought_back() {
    let app = TestApp::start().await;
    let (ctx, _) = prepared(&app).await;
    for odd in [
        paragraph(""),
        paragraph("A {moon} here."),
        ParagraphInput {
            conditions: "moon".into(),
            ..paragraph("Fine.")
        },
        ParagraphInput {
            sources: "work-99".into(),
            ..paragraph("Fine.")
        },
        ParagraphInput {
            kind: "resume".into(),
            ..paragraph("Fine.")
        },
    ] {
        let told = format!("{odd:?}");
        assert!(
            matches!(paragraph_add(&ctx, odd).await, Err(Error::Invalid { .. })),
            "{told}"
        );
    }
    let adopted = paragraphs_adopt(&ctx, DocumentKind::Thanks, "de")
        .await
        .unwrap();
    assert!(adopted.iter().all(|one| one.id.is_some() && one.starter));
    assert_eq!(
        paragraphs_adopt(&ctx, DocumentKind::Thanks, "de")
            .await
            .unwrap(),
        adopted,
        "they are adopted once"
    );
    let id = adopted[0].id.unwrap();
    paragraph_remove(&ctx, id).await.unwrap();
    assert_eq!(
        paragraphs_usable(&ctx, DocumentKind::Thanks, "de")
            .await
            .unwrap()
            .len(),
        adopted.len() - 1
    );
    paragraph_restore(&ctx, id).await.unwrap();
    assert_eq!(
        paragraphs_usable(&ctx, DocumentKind::Thanks, "de")
            .await
            .unwrap(),
        adopted
    );
}
