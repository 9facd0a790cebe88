//! Alert mails: the jobs found in each mail of a folder, and how many are right where a `*.truth.json` lies beside it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cadet::postings::sources::mail;
use cadet::postings::sources::model::RawPosting;
use serde::Deserialize;

use super::report::Report;
use crate::table::Bar;

/// What a mail tells: `{"jobs": [{"id": "linkedin:1", "title": "...", "company": "..."}]}`, or the list alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Truth {
    Named { jobs: Vec<Job> },
    Bare(Vec<Job>),
}

/// One job of a mail. The id may be the board's alone.
#[derive(Deserialize)]
struct Job {
    #[serde(alias = "job_id", alias = "external_id")]
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default, alias = "employer")]
    company: Option<String>,
}

/// What was right, of how many.
#[derive(Default)]
struct Score {
    ids: (usize, usize),
    extra: usize,
    titles: (usize, usize),
    companies: (usize, usize),
}

/// Measures every `.eml` file of `folder`.
pub fn measure(folder: &Path, report: &mut Report) -> Result<()> {
    let table = &mut report.table;
    let (mut score, mut found) = (Score::default(), 0);
    let mut complete = 0;
    for path in mails(folder)? {
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let postings = mail::parse(&bytes, None).postings;
        show(&path, &postings);
        found += postings.len();
        complete += postings
            .iter()
            .filter(|posting| !posting.title.is_empty() && mail::names_employer(posting))
            .count();
        if let Some(truth) = truth(&path)? {
            score.add(&truth, &postings);
        }
    }
    table.add("jobs found in alert mails", found as f64, "", Bar::None);
    table.add(
        "of these, with title and employer",
        complete as f64 / found.max(1) as f64,
        "",
        Bar::AtLeast(0.95),
    );
    if score.ids.1 > 0 {
        let share = |(right, all): (usize, usize)| right as f64 / all.max(1) as f64;
        table.add(
            "alert mails, job ids",
            share(score.ids),
            "",
            Bar::AtLeast(1.0),
        );
        table.add(
            "alert mails, jobs that are none",
            score.extra as f64,
            "",
            Bar::AtMost(0.0),
        );
        table.add(
            "alert mails, titles",
            share(score.titles),
            "",
            Bar::AtLeast(0.95),
        );
        table.add(
            "alert mails, employers",
            share(score.companies),
            "",
            Bar::AtLeast(0.95),
        );
    }
    Ok(())
}

fn mails(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    paths.sort();
    Ok(paths)
}

fn show(path: &Path, postings: &[RawPosting]) {
    println!("{}", path.file_name().unwrap_or_default().to_string_lossy());
    for posting in postings {
        println!(
            "  {}  {}  |  {}",
            posting.external_id,
            posting.title,
            posting.company.as_deref().unwrap_or_default()
        );
    }
}

fn truth(mail: &Path) -> Result<Option<Vec<Job>>> {
    let path = mail.with_extension("truth.json");
    if !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path)?;
    let truth: Truth = serde_json::from_str(&text)
        .with_context(|| format!("{} does not say what its mail tells", path.display()))?;
    Ok(Some(match truth {
        Truth::Named { jobs } | Truth::Bare(jobs) => jobs,
    }))
}

impl Score {
    fn add(&mut self, truth: &[Job], postings: &[RawPosting]) {
        let is = |posting: &RawPosting, job: &Job| {
            let own = posting.external_id.rsplit(':').next().unwrap_or_default();
            posting.external_id == job.id
                || own == job.id
                || posting.external_id.starts_with(&job.id)
                    && job.id.ends_with('~')
                    && Some(&posting.title) == job.title.as_ref()
        };
        for job in truth {
            let posting = postings.iter().find(|posting| is(posting, job));
            count(&mut self.ids, posting.is_some());
            if let Some(title) = &job.title {
                count(
                    &mut self.titles,
                    posting.is_some_and(|posting| same(&posting.title, title)),
                );
            }
            if let Some(company) = &job.company {
                let said = posting.and_then(|posting| posting.company.as_deref());
                count(
                    &mut self.companies,
                    said.is_some_and(|said| same(said, company)),
                );
            }
        }
        self.extra += postings
            .iter()
            .filter(|posting| !truth.iter().any(|job| is(posting, job)))
            .count();
    }
}

fn count(of: &mut (usize, usize), right: bool) {
    of.0 += usize::from(right);
    of.1 += 1;
}

/// White space and capitals do not matter.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    plain(one) == plain(other)
}
