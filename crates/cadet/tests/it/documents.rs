//! Documents: made, stored, checked, handed out, decided about, and never stating what the profile does not hold.

mod letters;
mod model;
mod pages;
mod trial;

use cadet::accounts::model::{AccountId, Role};
use cadet::documents::actions::{
    document_check, document_decide, document_make, document_remake, document_show, documents_of,
};
use cadet::documents::files::document_file;
use cadet::documents::model::{Document, DocumentKind, DocumentOptions, Format};
use cadet::documents::tailor::{Decision, Show};
use cadet::error::Error;
use cadet::postings::model::PostingId;
use cadet::profile::actions::profile_save;
use cadet::profile::model::Profile;
use cadet::state::Ctx;
use resume::{Education, EntryId, Highlight, SkillGroup, Work};

use crate::support::{TestApp, sample};

/// The profile of somebody with one job and one school.
pub fn profile() -> Profile {
    let mut profile = Profile::default();
    let resume = &mut profile.resume;
    resume.basics.name = "Ada Quill".into();
    resume.basics.email = "ada@example.org".into();
    resume.basics.phone = "+49 151 2345678".into();
    let bullet = |id: &str, text: &str, variants: &[&str]| Highlight {
        id: EntryId(id.into()),
        text: text.into(),
        variants: variants.iter().map(|text| (*text).to_owned()).collect(),
        tags: Vec::new(),
    };
    resume.work.push(Work {
        id: EntryId("work-1".into()),
        name: "Tideline Freight".into(),
        position: "Working Student".into(),
        start_date: "2024-03".parse().ok(),
        highlights: vec![
            bullet(
                "bullet-2",
                "Built a service for orders",
                &["Built a REST service for orders in Java"],
            ),
            bullet(
                "bullet-3",
                "Cut the latency of 12 queries on PostgreSQL by 40 %",
                &[],
            ),
            bullet("bullet-4", "Answered the telephone", &[]),
        ],
        ..Work::default()
    });
    resume.education.push(Education {
        id: EntryId("education-5".into()),
        institution: "Lindenau University".into(),
        area: "Computer Science".into(),
        study_type: "Bachelor of Science".into(),
        start_date: "2023-10".parse().ok(),
        end_date: "2027-09".parse().ok(),
        ..Education::default()
    });
    resume.skills.push(SkillGroup {
        id: EntryId("skill-6".into()),
        name: "Backend".into(),
        keywords: vec!["Python".into(), "Java".into(), "PostgreSQL".into()],
        ..SkillGroup::default()
    });
    resume.last_number = 6;
    profile
}

/// The owner of a fresh Cadet with that profile, and a posting.
pub async fn prepared(app: &TestApp) -> (Ctx, PostingId) {
    let (_, posting) = sample::posting(app).await;
    let ctx = app.person(AccountId(1), Role::Admin);
    profile_save(&ctx, profile(), "begun").await.unwrap();
    (ctx, posting)
}

pub async fn made(ctx: &Ctx, posting: Option<PostingId>, kind: DocumentKind) -> Document {
    document_make(ctx, posting, kind, DocumentOptions::default())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_resume_for_a_posting_shows_what_it_asks_for_and_says_why() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let document = made(&ctx, Some(posting), DocumentKind::Resume).await;
    assert_eq!((document.version, document.content.refused.len()), (1, 0));
    let bullets: Vec<&str> = document.content.resume.work[0]
        .highlights
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(bullets.last(), Some(&"Answered the telephone"));
    assert!(
        bullets.contains(&"Built a REST service for orders in Java"),
        "{bullets:?}"
    );
    let choice = document
        .content
        .chosen
        .iter()
        .find(|one| one.id.0 == "bullet-3")
        .unwrap();
    let reasons: Vec<String> = choice.reasons.iter().map(|reason| reason.words()).collect();
    assert!(
        reasons
            .iter()
            .any(|reason| reason.contains("PostgreSQL, which is asked for")),
        "{reasons:?}"
    );
    let again = document_show(&ctx, document.id).await.unwrap();
    assert_eq!(again, document);
    assert_eq!(document.sha256.len(), 64);
}

#[tokio::test]
async fn a_decision_is_remembered_and_makes_a_new_version_while_the_old_one_stays() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let first = made(&ctx, Some(posting), DocumentKind::Resume).await;
    let never = Decision {
        show: Some(Show::Never),
        ..Decision::default()
    };
    document_decide(&ctx, Some(posting), &EntryId("bullet-4".into()), &never)
        .await
        .unwrap();
    let own = Decision {
        wording: Some("Built a service for orders".into()),
        ..Decision::default()
    };
    document_decide(&ctx, None, &EntryId("bullet-2".into()), &own)
        .await
        .unwrap();
    let second = document_remake(&ctx, first.id, DocumentOptions::default())
        .await
        .unwrap();
    assert_eq!(second.version, 2);
    let texts = |document: &Document| -> Vec<String> {
        document.content.resume.work[0]
            .highlights
            .iter()
            .map(|one| one.text.clone())
            .collect()
    };
    assert!(!texts(&second).contains(&"Answered the telephone".into()));
    assert!(texts(&second).contains(&"Built a service for orders".into()));
    assert_eq!(document_show(&ctx, first.id).await.unwrap(), first);
    assert_eq!(documents_of(&ctx, posting).await.unwrap().len(), 2);
    // What was decided for one posting does not hold for others.
    let general = made(&ctx, None, DocumentKind::Resume).await;
    assert!(texts(&general).contains(&"Answered the telephone".into()));
    assert!(texts(&general).contains(&"Built a service for orders".into()));
    document_decide(
        &ctx,
        None,
        &EntryId("bullet-2".into()),
        &Decision::default(),
    )
    .await
    .unwrap();
    let third = document_remake(&ctx, first.id, DocumentOptions::default())
        .await
        .unwrap();
    assert!(
        texts(&third).contains(&"Built a REST service for orders in Java".into()),
        "the decision was taken back"
    );
    let unknown = document_decide(&ctx, None, &EntryId("bullet-999".into()), &never).await;
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn a_document_comes_in_every_format_and_its_pdf_reads_back() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    for kind in [DocumentKind::Resume, DocumentKind::FollowUp] {
        let document = made(&ctx, Some(posting), kind).await;
        for format in Format::ALL {
            let file = document_file(&ctx, document.id, format).await.unwrap();
            assert!(
                file.name.ends_with(format.suffix()) && file.name.contains("northlight"),
                "{}",
                file.name
            );
            let begins: &[u8] = match format {
                Format::Pdf => b"%PDF-",
                Format::Docx => b"PK",
                Format::Html => b"<!",
                _ => b"",
            };
            assert!(
                file.bytes
                    .to_ascii_lowercase()
                    .starts_with(&begins.to_ascii_lowercase())
                    || format == Format::Docx,
                "{format:?}"
            );
        }
        let checked = document_check(&ctx, document.id).await.unwrap();
        let readback = checked.readback.expect("it can be read back");
        assert!(readback.clean, "{readback:?}");
        assert_eq!(readback.readings.len(), 2);
        assert_eq!(checked.refusals, []);
    }
}

#[tokio::test]
async fn a_document_whose_profile_changed_is_told_what_it_states_no_more() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let document = made(&ctx, Some(posting), DocumentKind::Resume).await;
    let mut changed = profile();
    changed.resume.work[0].highlights[1].text =
        "Cut the latency of 12 queries on PostgreSQL by 30 %".into();
    profile_save(&ctx, changed, "corrected").await.unwrap();
    let refusals = document_check(&ctx, document.id).await.unwrap().refusals;
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    assert_eq!(
        (refusals[0].token.as_str(), refusals[0].place.as_str()),
        ("40 %", "work-1/bullet-3")
    );
    // What was true when it was made is still given out.
    assert!(document_file(&ctx, document.id, Format::Text).await.is_ok());
}

#[tokio::test]
async fn spelling_and_dates_are_told_and_names_and_skills_are_known() {
    let app = TestApp::start().await;
    let (ctx, _) = prepared(&app).await;
    let mut odd = profile();
    odd.resume.work[0].end_date = "2023-01".parse().ok();
    odd.resume.work[0].highlights[0].variants.clear();
    odd.resume.work[0].highlights[0].text = "Built a servise for Tideline with PostgreSQL".into();
    odd.resume.basics.phone.clear();
    profile_save(&ctx, odd, "odd").await.unwrap();
    let document = made(&ctx, None, DocumentKind::Resume).await;
    let notes = document_check(&ctx, document.id).await.unwrap().notes;
    let about = |word: &str| {
        notes
            .iter()
            .find(|note| note.text.get(note.start..note.end) == Some(word))
    };
    let note = about("servise").expect("a misspelt word is told");
    assert!(note.suggestions.contains(&"service".to_owned()), "{note:?}");
    assert!(
        about("Tideline").is_none() && about("PostgreSQL").is_none(),
        "{notes:?}"
    );
    assert!(
        notes
            .iter()
            .any(|note| note.message.contains("before it begins")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.place == "basics/phone"),
        "{notes:?}"
    );
}

#[tokio::test]
async fn nothing_is_made_of_nothing_and_nobody_reaches_another_person_s_documents() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let bob = app.account("bob@example.org", Role::Candidate).await;
    let (ada, bob) = (
        app.person(ada, Role::Candidate),
        app.person(bob, Role::Candidate),
    );
    let empty = document_make(&ada, None, DocumentKind::Resume, DocumentOptions::default()).await;
    assert!(matches!(empty, Err(Error::Invalid { .. })), "{empty:?}");
    profile_save(&ada, profile(), "begun").await.unwrap();
    let document = made(&ada, None, DocumentKind::Resume).await;
    assert!(matches!(
        document_show(&bob, document.id).await,
        Err(Error::NotFound { .. })
    ));
    assert!(matches!(
        document_file(&bob, document.id, Format::Json).await,
        Err(Error::NotFound { .. })
    ));
    let odd = DocumentOptions {
        template: Some("none such".into()),
        ..DocumentOptions::default()
    };
    let odd = document_make(&ada, None, DocumentKind::Resume, odd).await;
    assert!(matches!(odd, Err(Error::Invalid { .. })), "{odd:?}");
}

#[test]
fn no_false_document_passes_the_gate_and_hardly_a_true_one_is_refused() {
    let outcome = trial::run(12);
    let (mutations, passed) = outcome.false_ones();
    assert!(mutations >= 500, "only {mutations} mutations were made");
    assert_eq!(passed, 0, "{:#?}", outcome.mistakes);
    let (true_ones, refused) = outcome.documents;
    assert!(true_ones >= 24 && refused == 0, "{:#?}", outcome.mistakes);
    assert!(
        outcome.rewordings.1 * 100 <= outcome.rewordings.0,
        "{:#?}",
        outcome.mistakes
    );
}

#[test]
fn documents_of_invented_people_read_back_in_every_template() {
    use cadet::clock::Timestamp;
    use cadet::documents::make::{Making, content};
    use cadet::documents::model::{DocumentId, PaperSize};
    use cadet::documents::print::{read_again, templates};
    use cadet::printer::Printer;
    let printer = Printer::default();
    for (seed, template) in (0..).zip(templates(DocumentKind::Resume)) {
        let inputs = trial::sample(seed);
        let (options, decisions) = (DocumentOptions::default(), Default::default());
        let making = Making {
            kind: DocumentKind::Resume,
            options: &options,
            decisions: &decisions,
            paragraphs: &[],
            now: Timestamp(1_795_694_400_000),
        };
        let document = Document {
            id: DocumentId(1),
            posting: None,
            kind: DocumentKind::Resume,
            version: 1,
            title: "Resume".into(),
            template: template.name.clone(),
            paper: PaperSize::A4,
            made_at: making.now,
            sha256: String::new(),
            content: content(&inputs, &making).0,
        };
        let readback = read_again(&printer.engine(), &document).expect("it can be set");
        assert!(readback.clean, "{}: {readback:#?}", template.name);
    }
}
