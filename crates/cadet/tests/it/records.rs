//! What each source told last stays to be read as it came, whatever becomes of the posting's text.

use cadet::postings::actions::posting_raw;
use cadet::postings::sources::model::{RawPosting, RawText, SourceId, SourceKind};
use sea_orm::ConnectionTrait as _;

use crate::ingest::{PART, Scene, opening};

/// The same opening as told with another text, which is told as HTML with what is not kept of it.
fn with_text(text: &str) -> RawPosting {
    let html = format!(
        "<div class=\"job\"><p onclick=\"x()\">{text}</p><p>{}</p></div>",
        "The team builds what harbours run on. ".repeat(8)
    );
    RawPosting {
        description: Some(RawText::Html(html)),
        ..opening(1)
    }
}

/// What is stored of the only posting, by source.
async fn told(scene: &Scene) -> Vec<(SourceId, RawPosting)> {
    let postings = scene.postings().await;
    let [posting] = &postings[..] else {
        panic!("{} postings", postings.len());
    };
    let told = posting_raw(&scene.app.system(), posting.id).await;
    told.expect("the records")
}

#[tokio::test]
async fn a_record_that_another_source_outdoes_stays_as_it_came() {
    let scene = Scene::new().await;
    let list = scene
        .source(SourceKind::Simplify, "https://list.example/listings.json")
        .await;
    let page = scene.page().await;
    let (in_list, on_page) = (
        with_text("Told by the list."),
        with_text("Told by the page."),
    );
    scene
        .poll(&list, std::slice::from_ref(&in_list), PART)
        .await;
    scene
        .poll(&page, std::slice::from_ref(&on_page), PART)
        .await;
    let expected = vec![(list.id, in_list), (page.id, on_page)];
    assert_eq!(told(&scene).await, expected);
    // The posting has the page's text now, which the list cannot replace.
    let again = with_text("Told by the list, which has another word for it.");
    scene.poll(&list, std::slice::from_ref(&again), PART).await;
    let expected = vec![(list.id, again), expected[1].clone()];
    assert_eq!(told(&scene).await, expected);
}

#[tokio::test]
async fn a_record_stays_as_it_came_when_its_posting_gets_another_text_from_the_same_source() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let first = with_text("The first text.");
    let second = RawPosting {
        external_id: "req-1-lyon".into(),
        ..with_text("The second text.")
    };
    // One poll tells the opening twice, so that both records are of one posting, and only one of the texts is its own.
    scene
        .poll(&page, &[first.clone(), second.clone()], PART)
        .await;
    assert_eq!(
        told(&scene).await,
        vec![(page.id, first.clone()), (page.id, second)]
    );
    let changed = RawPosting {
        external_id: "req-1-lyon".into(),
        ..with_text("The second text, changed.")
    };
    scene
        .poll(&page, std::slice::from_ref(&changed), PART)
        .await;
    assert_eq!(
        told(&scene).await,
        vec![(page.id, first.clone()), (page.id, changed.clone())]
    );
    // Now the first record gives the text, against which the second was packed.
    let first = with_text("The first text, changed.");
    scene.poll(&page, std::slice::from_ref(&first), PART).await;
    assert_eq!(
        told(&scene).await,
        vec![(page.id, first), (page.id, changed)]
    );
}

#[tokio::test]
async fn a_posting_that_was_stored_before_its_html_was_packed_is_read_and_changed_as_any_other() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let first = with_text("The first text.");
    scene.poll(&page, std::slice::from_ref(&first), PART).await;
    let html = scene.postings().await[0].description_html.clone();
    assert!(html.contains("The first text."), "{html}");
    let before =
        format!("UPDATE posting SET description_markup = NULL, description_html = '{html}'");
    let pool = scene.app.app.db.pool();
    pool.execute_unprepared(&before).await.unwrap();
    assert_eq!(scene.postings().await[0].description_html, html);
    assert_eq!(told(&scene).await, vec![(page.id, first)]);
    let second = with_text("The second text.");
    scene.poll(&page, std::slice::from_ref(&second), PART).await;
    assert!(
        scene.postings().await[0]
            .description_html
            .contains("The second text.")
    );
    assert_eq!(told(&scene).await, vec![(page.id, second)]);
}
