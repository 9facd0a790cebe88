//! Markdown lists: tables of either kind, columns under any name, and the signs that lists use.

use axum::Router;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{Listing, RawDate, RawPosting};
use crate::postings::sources::testing::{address, damaged, fixture, site};

const AT: &str = "https://raw.githubusercontent.com/Someone/Interns/HEAD/README.md";

/// 2026-11-26.
fn now() -> Timestamp {
    Timestamp(1_795_694_400_000)
}

fn list() -> Parsed {
    parse(&fixture("markdown/README.md"), AT, now()).unwrap()
}

fn of<'a>(parsed: &'a Parsed, title: &str) -> &'a RawPosting {
    let found = parsed
        .postings
        .iter()
        .find(|posting| posting.title == title);
    found.unwrap_or_else(|| panic!("no posting {title}: {:?}", parsed.postings))
}

fn places(posting: &RawPosting) -> Vec<&str> {
    posting
        .locations
        .iter()
        .filter_map(|place| place.text.as_deref())
        .collect()
}

#[test]
fn tables_of_postings_are_told_from_others_and_all_rows_are_read() {
    let parsed = list();
    let titles: Vec<_> = parsed
        .postings
        .iter()
        .map(|posting| posting.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Backend Intern",
            "Platform Intern",
            "Data Intern, Fall 2027",
            "Cloud Intern & Scribe",
            "Backend Intern, Winter 2026"
        ]
    );
    assert_eq!(parsed.name.as_deref(), Some("Summer 2027 Tech Internships"));
}

#[test]
fn columns_are_known_by_their_names_in_any_order() {
    let parsed = list();
    let cloud = of(&parsed, "Cloud Intern & Scribe");
    assert_eq!(cloud.company.as_deref(), Some("Peatbog"));
    assert_eq!(cloud.url, "https://peatbog.example/careers/9");
    assert_eq!(
        cloud.posted,
        Some(RawDate::Text("2026-10-17".to_owned())),
        "forty days before"
    );
    let moraine = of(&parsed, "Backend Intern, Winter 2026");
    assert_eq!(moraine.company.as_deref(), Some("Moraine"));
    assert_eq!(places(moraine), ["Tallinn"]);
    assert_eq!(
        moraine.url, "https://moraine.example/jobs/backend-winter",
        "without a column for links the company's counts"
    );
}

#[test]
fn an_arrow_means_the_company_above() {
    let parsed = list();
    assert_eq!(
        of(&parsed, "Platform Intern").company.as_deref(),
        Some("Glasshouse")
    );
    let alone = parse("|Company|Role|\n|-|-|\n|↳|Intern|\n", AT, now()).unwrap();
    assert_eq!((alone.postings.len(), alone.whole), (0, false));
}

#[test]
fn signs_say_what_is_closed_and_who_is_sponsored() {
    let parsed = list();
    let backend = of(&parsed, "Backend Intern");
    assert_eq!(
        backend.sponsorship.as_deref(),
        Some("Does Not Offer Sponsorship")
    );
    assert_eq!(
        backend.company.as_deref(),
        Some("Glasshouse"),
        "signs are no part of a name"
    );
    assert_eq!(
        of(&parsed, "Platform Intern").sponsorship.as_deref(),
        Some("U.S. Citizenship is Required")
    );
    let data = of(&parsed, "Data Intern, Fall 2027");
    assert_eq!((data.listing, data.url.as_str()), (Listing::Closed, ""));
    assert_eq!(of(&parsed, "Platform Intern").listing, Listing::Open);
}

#[test]
fn a_heading_says_the_term_the_field_and_whether_all_is_closed() {
    let parsed = list();
    let backend = of(&parsed, "Backend Intern");
    assert_eq!(backend.terms, ["Summer 2027"]);
    assert_eq!(
        backend.department.as_deref(),
        Some("Software Engineering Internship Roles")
    );
    assert_eq!(
        of(&parsed, "Cloud Intern & Scribe").listing,
        Listing::Closed
    );
    assert_eq!(
        of(&parsed, "Backend Intern, Winter 2026").listing,
        Listing::Open,
        "the next heading ends it"
    );
}

#[test]
fn places_are_parted_by_line_breaks_and_a_count_of_them_is_none() {
    let parsed = list();
    assert_eq!(
        places(of(&parsed, "Backend Intern")),
        ["Ghent, Belgium", "Remote in Belgium"]
    );
    assert_eq!(
        places(of(&parsed, "Platform Intern")),
        ["Austin, TX", "Boise, ID", "Reno, NV"]
    );
    assert_eq!(
        places(of(&parsed, "Cloud Intern & Scribe")),
        ["Cork", "Galway"],
        "also where the break is written wrong"
    );
}

#[test]
fn of_several_links_the_one_to_apply_counts_and_buttons_of_services_do_not() {
    let parsed = list();
    assert!(
        of(&parsed, "Backend Intern")
            .url
            .starts_with("https://jobs.lever.co/glasshouse/7a1c9e02")
    );
    let button = "|Company|Role|Apply|\n|-|-|-|\n|A|Intern|[Simplify](https://simplify.jobs/p/1) [![x](https://i.imgur.com/a.png)](https://a.example/1)|\n";
    assert_eq!(
        parse(button, AT, now()).unwrap().postings[0].url,
        "https://a.example/1"
    );
    let relative = "|Company|Role|Apply|\n|-|-|-|\n|A|Intern|[Apply](javascript:alert(1))|\n";
    assert_eq!(parse(relative, AT, now()).unwrap().postings[0].url, "");
}

#[test]
fn a_day_without_a_year_is_never_in_the_future() {
    let parsed = list();
    assert_eq!(
        of(&parsed, "Backend Intern").posted,
        Some(RawDate::Text("2026-10-12".to_owned()))
    );
    assert_eq!(
        of(&parsed, "Platform Intern").posted,
        Some(RawDate::Text("2025-12-30".to_owned()))
    );
}

#[test]
fn ids_stay_when_rows_move_and_ages_grow() {
    let text = fixture("markdown/README.md");
    let later = parse(&text, AT, now().plus_millis(Timestamp::DAY_MS)).unwrap();
    let ids = |parsed: &Parsed| {
        let mut ids: Vec<_> = parsed
            .postings
            .iter()
            .map(|posting| posting.external_id.clone())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&list()), ids(&later));
    let cloud = of(&list(), "Cloud Intern & Scribe").raw.clone();
    let older = parse(
        &text.replace("40d", "41d"),
        AT,
        now().plus_millis(Timestamp::DAY_MS),
    )
    .unwrap();
    assert_eq!(of(&older, "Cloud Intern & Scribe").raw, cloud);
    assert_eq!(
        of(&older, "Cloud Intern & Scribe").posted,
        of(&list(), "Cloud Intern & Scribe").posted
    );
}

#[test]
fn a_row_that_cannot_be_read_loses_no_other_and_the_list_is_not_whole() {
    let text = "|Company|Role|Link|\n|-|-|-|\n||Intern|x|\n|A|Intern|[Apply](https://a.example/1)|\n|||\n|B||[Apply](https://b.example/1)|\n";
    let parsed = parse(text, AT, now()).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, false));
    let at: Vec<_> = parsed
        .problems
        .iter()
        .map(|problem| problem.at.as_str())
        .collect();
    assert_eq!(at, ["table 1 row 2", "table 1 row 5"]);
}

#[test]
fn columns_in_other_languages_are_known() {
    let text = "|Unternehmen|Stelle|Ort|Link|\n|-|-|-|-|\n|Moorkate|Praktikum Backend|Emden|[Bewerben](https://moorkate.example/9)|\n";
    let parsed = parse(text, AT, now()).unwrap();
    assert_eq!(parsed.postings[0].title, "Praktikum Backend");
    assert_eq!(places(&parsed.postings[0]), ["Emden"]);
}

#[test]
fn a_title_may_stand_in_the_link_alone() {
    let text =
        "|Company|Location|Apply|\n|-|-|-|\n|A|Oslo|[Backend Intern](https://a.example/1)|\n";
    assert_eq!(
        parse(text, AT, now()).unwrap().postings[0].title,
        "Backend Intern"
    );
}

#[test]
fn a_document_without_such_a_table_is_refused() {
    for text in [
        "",
        "# Hello",
        "|a|b|\n|-|-|\n|1|2|\n",
        "<table><tr><td>Company</td></tr></table>",
    ] {
        let error = parse(text, AT, now()).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{text}");
        assert!(error.message.contains("the company"), "{error}");
    }
}

#[tokio::test]
async fn a_list_is_read_from_the_web_and_not_read_again_when_it_did_not_change() {
    let file = || async { ([("etag", "\"1\"")], fixture("markdown/README.md")) };
    let (site, ctx) = site(Router::new().route("/list.md", get(file))).await;
    let source = address(SourceKind::Markdown, &format!("{}/list.md", site.base));
    let fetched = Markdown.fetch(&ctx, &source, None).await.unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.postings.len(), 5);
    assert!(fetched.validators.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read_or_refused(body in any::<String>(), row in "[|<>/a-zA-Z0-9 \\[\\]()#↳🔒~*\n-]{0,160}") {
        for body in [body, format!("|Company|Role|Location|Date|\n|-|-|-|-|\n{row}")] {
            prop_assert!(parse(&body, AT, now()).err().is_none_or(|error| !error.message.is_empty()));
        }
    }

    #[test]
    fn damaged_lists_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("markdown/README.md"), rule, seed), AT, now()) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.title.is_empty() && posting.company.is_some()));
        }
    }
}
