//! Templates of many boards, each with what it tells beside it (`*.truth.json`).

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::super::parse;

/// What a mail tells.
#[derive(Deserialize)]
struct Truth {
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    id: String,
    title: String,
    company: String,
    place: String,
}

fn mails() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mails");
    let mut mails: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    mails.sort();
    mails
}

/// What is wrong in one mail's reading.
fn wrong(mail: &Path) -> Vec<String> {
    let name = mail.file_stem().unwrap().to_string_lossy().into_owned();
    let truth = std::fs::read_to_string(mail.with_extension("truth.json")).unwrap();
    let truth: Truth = serde_json::from_str(&truth).unwrap();
    let parsed = parse(&std::fs::read(mail).unwrap(), None);
    let mut wrong: Vec<String> = parsed
        .problems
        .iter()
        .map(|problem| format!("{name}: {} {}", problem.at, problem.message))
        .collect();
    if parsed.postings.len() != truth.jobs.len() {
        let ids: Vec<&str> = parsed
            .postings
            .iter()
            .map(|posting| posting.external_id.as_str())
            .collect();
        wrong.push(format!(
            "{name}: {} jobs instead of {}: {ids:?}",
            ids.len(),
            truth.jobs.len()
        ));
    }
    for job in &truth.jobs {
        // Jobs without an id have one made of title and employer; a tilde says so.
        let opaque = job.id.ends_with('~');
        let same = |id: &str, title: &str| {
            if opaque {
                id.starts_with(&job.id) && title == job.title
            } else {
                id == job.id
            }
        };
        let Some(posting) = parsed
            .postings
            .iter()
            .find(|posting| same(&posting.external_id, &posting.title))
        else {
            let found: Vec<_> = parsed
                .postings
                .iter()
                .map(|posting| (&posting.external_id, &posting.title))
                .collect();
            wrong.push(format!("{name}: {} is missing among {found:?}", job.id));
            continue;
        };
        let place = posting
            .locations
            .iter()
            .filter_map(|place| place.text.as_deref())
            .collect::<Vec<_>>()
            .join(" / ");
        for (field, found, expected) in [
            ("title", posting.title.as_str(), job.title.as_str()),
            (
                "company",
                posting.company.as_deref().unwrap_or_default(),
                &job.company,
            ),
            (
                "place",
                &place.replace(" · ", " • "),
                &job.place.replace(" · ", " • "),
            ),
        ] {
            let fits = found == expected
                || field == "place"
                    && found.contains(expected.split(" +").next().unwrap_or(expected));
            if !fits {
                wrong.push(format!(
                    "{name}: {} {field} is {found:?} instead of {expected:?}",
                    job.id
                ));
            }
        }
    }
    wrong
}

#[test]
fn every_template_tells_its_jobs_with_title_employer_and_place() {
    let mails = mails();
    assert!(mails.len() >= 25, "{} templates", mails.len());
    let wrong: Vec<String> = mails.iter().flat_map(|mail| wrong(mail)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
