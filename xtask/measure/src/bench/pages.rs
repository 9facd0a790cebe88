//! PDFs: from data to bytes, the first time in a process and again and again, and back to text.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use pdf::readback;
use pdf::{Attachment, Date, Engine, Kind, Meta, Paper, Relationship, Rendered, Template, view};
use serde_json::{Value, json};

use crate::machine;
use crate::table::{Bar, Table, percentile};

/// The template of which the first page of a process is measured.
const FIRST: &str = "classic";
/// Processes that are started for that.
const PROCESSES: usize = 7;
/// Pages of each template, each with other text.
const PAGES: usize = 60;
/// The milliseconds that a page may take, and the first of a process.
const WARM_BAR: f64 = 10.0;
const FIRST_BAR: f64 = 60.0;

/// Measures all of it.
pub fn measure(table: &mut Table) -> Result<()> {
    first_of_processes(table)?;
    let engine = Engine::new(Vec::new());
    for template in Template::ALL
        .into_iter()
        .filter(|template| template.kind == Kind::Resume)
    {
        warm(&engine, template, table)?;
    }
    remembered(&engine, table)
}

/// Makes one PDF in this process and prints the milliseconds.
pub fn first() -> Result<()> {
    let data = one_page(0);
    let start = Instant::now();
    let engine = Engine::new(Vec::new());
    let rendered = render(&engine, template(FIRST)?, &data)?;
    println!("{}", milliseconds(start));
    ensure!(rendered.pages == 1, "the page of the benchmark is one page");
    Ok(())
}

/// Starts processes that make one PDF each.
fn first_of_processes(table: &mut Table) -> Result<()> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut inside = Vec::new();
    let mut whole = Vec::new();
    for _ in 0..PROCESSES {
        let start = Instant::now();
        let output = Command::new(&program).arg("first-pdf").output()?;
        whole.push(milliseconds(start));
        if !output.status.success() {
            bail!(
                "a process failed: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        inside.push(String::from_utf8_lossy(&output.stdout).trim().parse()?);
    }
    let bar = Bar::AtMost(FIRST_BAR);
    table.add(
        "pdf: one page, first in its process, p50",
        middle(&mut inside),
        "ms",
        bar,
    );
    table.add(
        "pdf: the same, the whole process, p50",
        middle(&mut whole),
        "ms",
        Bar::None,
    );
    Ok(())
}

/// Pages that differ in one bullet each, and reading them back.
fn warm(engine: &Engine, template: Template, table: &mut Table) -> Result<()> {
    let (mut making, mut reading) = (Vec::new(), Vec::new());
    for number in 0..PAGES {
        let data = one_page(number);
        let start = Instant::now();
        let rendered = render(engine, template, &data)?;
        making.push(milliseconds(start));
        ensure!(
            rendered.pages == 1,
            "the page of the benchmark is one page in {}",
            template.name
        );
        let start = Instant::now();
        let expected = view::expected(template, &data)?;
        let readings = readback::check(&rendered.bytes, &expected)?;
        reading.push(milliseconds(start));
        ensure!(
            readings.iter().all(|reading| reading.report.is_clean()),
            "{} is read back otherwise than it was meant",
            template.name
        );
    }
    // The first page of a template is not a warm one.
    let mut making = making.split_off(1);
    let name = template.name;
    table.add(
        &format!("pdf: {name}, one page, warm, p50"),
        middle(&mut making),
        "ms",
        Bar::AtMost(WARM_BAR),
    );
    table.add(
        &format!("pdf: {name}, one page, warm, p95"),
        percentile(&making, 0.95),
        "ms",
        Bar::None,
    );
    table.add(
        &format!("pdf: {name}, read back by both, p50"),
        middle(&mut reading),
        "ms",
        Bar::None,
    );
    Ok(())
}

/// What the memory grows by over many different pages.
fn remembered(engine: &Engine, table: &mut Table) -> Result<()> {
    let held = || machine::memory_of(std::process::id()).unwrap_or(0.0);
    let template = template(FIRST)?;
    let before = held();
    for number in 0..500 {
        render(engine, template, &one_page(10_000 + number))?;
    }
    table.add(
        "pdf: memory gained over 500 more pages",
        held() - before,
        "MiB",
        Bar::AtMost(50.0),
    );
    Ok(())
}

fn template(name: &str) -> Result<Template> {
    Template::by_name(name).with_context(|| format!("there is no template {name}"))
}

fn render(engine: &Engine, template: Template, data: &Value) -> Result<Rendered> {
    let meta = Meta {
        title: "Resume".into(),
        author: "Mira Oltmann".into(),
        language: "en".into(),
        date: Date {
            year: 2026,
            month: 11,
            day: 26,
        },
    };
    let attachment = Attachment {
        name: "resume.json".into(),
        bytes: data.to_string().into_bytes(),
        mime: "application/json".into(),
        description: "The same as data".into(),
        relationship: Relationship::Source,
    };
    Ok(pdf::render(
        engine,
        template,
        Paper::A4,
        data,
        &[attachment],
        &meta,
    )?)
}

/// One page of a student; `number` changes one bullet.
fn one_page(number: usize) -> Value {
    let bullets = [
        "Cut the nightly invoice run from 41 minutes to 6 by replacing 12,000 single inserts with batches of 500 in PostgreSQL.".to_owned(),
        "Moved 38 endpoints from XML to JSON without breaking a client: both forms were served for three months and compared in the log.".to_owned(),
        "Wrote the runbook for the payment queue; the on-call colleague used it twice in the first month.".to_owned(),
    ];
    let earlier = [
        "Built a small service in Spring Boot that reads meter data over MQTT and stores 1.5 million values a day.".to_owned(),
        format!("Found a time zone error in the reports of {} customers and covered it with tests.", 214 + number),
    ];
    json!({
        "basics": {
            "name": "Mira Oltmann", "label": "Computer science student, backend development",
            "email": "mira.oltmann@example.org", "phone": "+49 30 5550 1142", "url": "https://mira-oltmann.example.org",
            "summary": "Third-year student who likes to find out why a query is slow. Builds web services in Java and Rust, writes the tests first, and reads the logs before the code.",
            "location": {"city": "Berlin", "countryCode": "DE"},
            "profiles": [{"network": "GitHub", "username": "oltmira", "url": "https://github.com/oltmira"}],
        },
        "work": [
            {"name": "Kontorwerk GmbH", "position": "Working student, backend", "location": "Berlin", "startDate": "2025-04",
             "summary": "Two days a week in a team of five that runs the invoice service.", "highlights": bullets},
            {"name": "Lerchenfeld Energie", "position": "Intern, software development", "location": "Hamburg",
             "startDate": "2024-07", "endDate": "2024-09", "highlights": earlier},
        ],
        "projects": [
            {"name": "flussbett", "startDate": "2025-01", "endDate": "2025-03", "url": "https://github.com/oltmira/flussbett",
             "description": "A small time series store with its own file format, written to learn how databases keep their promises.",
             "highlights": ["Survives being killed at any write: 10,000 seeded crash tests.", "Reads 2.1 million points a second on a laptop."]},
            {"name": "fahrplan-diff", "startDate": "2024-11",
             "description": "Compares two timetables in GTFS and says what changed for a stop."},
        ],
        "education": [{"institution": "Technische Hochschule Nordhafen", "area": "Computer Science", "studyType": "Bachelor of Science",
            "startDate": "2023-10", "endDate": "2026-09", "courses": ["Databases", "Distributed Systems", "Operating Systems"]}],
        "skills": [
            {"name": "Languages", "keywords": ["Java", "Rust", "SQL", "Python"]},
            {"name": "Databases", "keywords": ["PostgreSQL", "SQLite", "Redis"]},
            {"name": "Tools", "keywords": ["Git", "Docker", "GitHub Actions", "Linux"]},
        ],
        "languages": [{"language": "German", "fluency": "native"}, {"language": "English", "fluency": "C1"}],
    })
}

/// The data of the benchmark as other programs get it.
pub fn one_page_file() -> String {
    one_page(0).to_string()
}

/// Milliseconds since `start`.
pub fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1_000.0
}

/// The middle value; sorts.
pub fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(values, 0.5)
}
