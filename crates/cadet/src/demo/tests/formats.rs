//! The wire formats: everything can be parsed, and says what it should.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::world;
use crate::demo::{
    World,
    model::{Board, Embed, Level, Oddity, Poll, Venue},
    wire::{View, ashby, feeds, feeds::Format, greenhouse, jsonld, lever, simplify, sites},
};

fn view(world: &World, poll: Poll) -> View<'_> {
    View {
        world,
        poll,
        base: "http://127.0.0.1:1",
    }
}

#[test]
fn greenhouse_escapes_content_and_repeats_an_opening_once_per_city_where_the_employer_does_so() {
    let world = world();
    let view = view(&world, Poll::First);
    let employer = world.employer("brightcart").unwrap();
    let answer = greenhouse::jobs(view, employer, true);
    let jobs = answer["jobs"].as_array().unwrap();
    assert_eq!(answer["meta"]["total"], jobs.len());
    assert!(jobs.len() > view.open(employer).count());
    assert!(
        jobs.iter()
            .all(|job| job["content"].as_str().unwrap().starts_with("&lt;"))
    );
    assert!(jobs.iter().all(|job| {
        job["absolute_url"]
            .as_str()
            .unwrap()
            .contains("/sites/brightcart/job-details?gh_jid=")
    }));
    assert!(jobs.iter().any(|job| job["location"]["name"] == "Hybrid"));
    let ids: BTreeSet<u64> = jobs.iter().map(|job| job["id"].as_u64().unwrap()).collect();
    let internal: BTreeSet<u64> = jobs
        .iter()
        .map(|job| job["internal_job_id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids.len(), jobs.len());
    assert!(internal.len() < jobs.len());
    let short = greenhouse::jobs(view, employer, false);
    assert!(short["jobs"][0].get("content").is_none() && short["jobs"][0].get("offices").is_none());
}

#[test]
fn lever_pages_by_skip_and_limit_without_losing_a_posting() {
    let world = world();
    let view = view(&world, Poll::First);
    let employer = world.employer("harborline").unwrap();
    let all = lever::postings(view, employer, 0, 100);
    let all = all.as_array().unwrap();
    let mut paged = Vec::new();
    while let Value::Array(page) = lever::postings(view, employer, paged.len(), 4)
        && !page.is_empty()
    {
        assert!(page.len() <= 4);
        paged.extend(page);
    }
    assert_eq!(&paged, all);
    assert!(
        all.iter()
            .all(|posting| posting["lists"].as_array().unwrap().len() >= 3)
    );
    assert!(
        all.iter().all(|posting| posting["createdAt"].is_i64()
            && posting["categories"]["allLocations"].is_array())
    );
}

#[test]
fn ashby_carries_unlisted_jobs_and_states_pay_only_when_asked() {
    let world = world();
    let view = view(&world, Poll::First);
    let mut unlisted = 0;
    for employer in world
        .employers
        .iter()
        .filter(|employer| employer.board == Board::Ashby)
    {
        let answer = ashby::board(view, employer, true);
        let jobs = answer["jobs"].as_array().unwrap();
        let listed = jobs.iter().filter(|job| job["isListed"] == true).count();
        assert_eq!(listed, view.open(employer).count());
        unlisted += jobs.len() - listed;
        assert!(
            jobs.iter()
                .any(|job| job["compensation"]["summaryComponents"][0]["minValue"].is_u64())
        );
        assert!(
            ashby::board(view, employer, false)["jobs"][0]
                .get("compensation")
                .is_none()
        );
    }
    assert!(unlisted >= 3, "{unlisted} unlisted jobs");
}

#[test]
fn lists_have_rows_that_are_there_twice_hidden_or_outdated_and_tracked_links() {
    let world = world();
    for venue in [Venue::AmericasList, Venue::EuropeList] {
        let first = simplify::listings(view(&world, Poll::First), venue);
        let rows = first.as_array().unwrap();
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter()
            .for_each(|row| *ids.entry(row["id"].as_str().unwrap()).or_default() += 1);
        assert_eq!(ids.values().filter(|count| **count == 2).count(), 2);
        assert!(rows.iter().any(|row| row["is_visible"] == false));
        assert!(rows.iter().any(|row| row["active"] == false));
        assert!(rows.iter().any(|row| {
            row["url"]
                .as_str()
                .unwrap()
                .contains("utm_source=Simplify&ref=Simplify")
        }));
        let second = simplify::listings(view(&world, Poll::Second), venue);
        let inactive = |rows: &Value| {
            rows.as_array()
                .unwrap()
                .iter()
                .filter(|row| row["active"] == false)
                .count()
        };
        assert!(inactive(&second) > inactive(&first));
    }
}

#[test]
fn lists_spell_some_companies_otherwise_than_their_boards() {
    let world = world();
    let listings = simplify::listings(view(&world, Poll::First), Venue::AmericasList);
    let names: BTreeSet<&str> = listings
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["company_name"].as_str().unwrap())
        .collect();
    let official: BTreeSet<&str> = world
        .employers
        .iter()
        .map(|employer| employer.name.as_str())
        .collect();
    assert!(names.difference(&official).count() >= 8, "{names:?}");
}

#[test]
fn career_sites_carry_structured_data_in_all_shapes() {
    let world = world();
    let view = view(&world, Poll::First);
    let (mut plain, mut array, mut graph, mut broken, mut remote, mut until) = (0, 0, 0, 0, 0, 0);
    for employer in world
        .employers
        .iter()
        .filter(|employer| employer.board == Board::Pages)
    {
        let (index, sitemap) = (
            jsonld::index(view, employer),
            jsonld::sitemap(view, employer),
        );
        for opening in view.open(employer) {
            let url = view.posting_url(opening, 0);
            assert!(sitemap.contains(&url) && index.contains(url.strip_prefix(view.base).unwrap()));
            let page = jsonld::posting(view, opening);
            let scripts: Vec<&str> = page
                .split("<script type=\"application/ld+json\">")
                .skip(1)
                .map(|rest| rest.split("</script>").next().unwrap())
                .collect();
            let parsed: Vec<Value> = scripts
                .iter()
                .filter_map(|script| serde_json::from_str(script).ok())
                .collect();
            assert_eq!(parsed.len(), 1, "{}", opening.key);
            broken += scripts.len() - 1;
            let posting = match &parsed[0] {
                Value::Array(nodes) => (array += 1, &nodes[1]).1,
                Value::Object(node) if node.contains_key("@graph") => {
                    (graph += 1, &parsed[0]["@graph"][2]).1
                }
                node => (plain += 1, node).1,
            };
            assert_eq!(posting["title"], opening.title);
            assert_eq!(
                posting["employmentType"].to_string().contains("INTERN"),
                opening.level == Level::Intern
            );
            remote += usize::from(posting["jobLocationType"] == "TELECOMMUTE");
            until += usize::from(posting["validThrough"].is_string());
        }
    }
    assert!(
        [plain, array, graph, broken, remote, until]
            .iter()
            .all(|count| *count >= 5)
    );
}

#[test]
fn feeds_can_be_read_by_a_feed_reader() {
    let world = world();
    for poll in [Poll::First, Poll::Second] {
        for feed in &feeds::FEEDS {
            let text = feeds::render(view(&world, poll), feed);
            let parsed = feed_rs::parser::parse(text.as_bytes())
                .unwrap_or_else(|error| panic!("{}: {error}", feed.file));
            assert!(
                parsed.entries.len() >= 5,
                "{}: {} entries",
                feed.file,
                parsed.entries.len()
            );
            assert!(
                parsed
                    .entries
                    .iter()
                    .all(|entry| entry.published.is_some() && entry.title.is_some()),
                "{}",
                feed.file
            );
            let is_json = text.starts_with("{\"version\":\"https://jsonfeed.org/version/1.1\"");
            assert_eq!(feed.format == Format::Json, is_json);
        }
    }
}

#[test]
fn career_pages_refer_to_boards_by_link_script_and_frame() {
    let world = world();
    let view = view(&world, Poll::First);
    let page = |id: &str| sites::careers(view, world.employer(id).unwrap());
    assert!(
        page("pinewell").contains("https://boards.greenhouse.io/embed/job_board/js?for=pinewell")
    );
    assert!(
        page("terracota")
            .contains("src=\"https://boards.greenhouse.io/embed/job_board?for=terracota\"")
    );
    assert!(page("loughrea").contains("href=\"https://jobs.lever.co/loughrea\""));
    assert!(page("quillstack").contains("href=\"https://jobs.ashbyhq.com/quillstack\""));
    for embed in [Embed::Link, Embed::Script, Embed::Iframe] {
        assert!(
            world
                .employers
                .iter()
                .any(|employer| employer.careers_page == Some(embed))
        );
    }
}

#[test]
fn odd_data_sits_in_healthy_boards() {
    let world = world();
    let found: Vec<Oddity> = world
        .openings
        .iter()
        .filter_map(|opening| opening.oddity)
        .collect();
    for oddity in [
        Oddity::DeadlineIn9999,
        Oddity::PublishedInYear1,
        Oddity::DateUnreadable,
        Oddity::PlaceSaysHybrid,
        Oddity::ScriptInText,
        Oddity::HiddenCharacters,
        Oddity::TitleEscapedTwice,
    ] {
        assert!(found.contains(&oddity), "{oddity:?}");
    }
    let view = view(&world, Poll::First);
    let odd = |key: &str| {
        world
            .openings
            .iter()
            .find(|opening| opening.key == key)
            .unwrap()
    };
    let pinewell = greenhouse::jobs(view, world.employer("pinewell").unwrap(), true).to_string();
    assert!(pinewell.contains("&lt;script&gt;") && pinewell.contains("onerror"));
    assert!(jsonld::posting(view, odd("nordvik-002")).contains("9999-12-31"));
    assert!(odd("harborline-001").title.contains('\u{200b}'));
}
