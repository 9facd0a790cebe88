//! Pages of applications on a server that holds many: 10,000 of them with 100,000 entries in their logs, unless told otherwise.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use cadet::accounts::actions::login_link_create;
use cadet::applications::calendar::actions::calendar_renew;
use cadet::applications::log::Change;
use cadet::applications::model::{Details, Person, Stage, Task};
use cadet::applications::offers::model::Offer;
use cadet::applications::round::{LocalTime, Round};
use cadet::applications::state::fold;
use cadet::applications::store::{log, rows};
use cadet::clock::Timestamp;
use cadet::config::Config;
use cadet::startup::{self, World};
use cadet::state::Ctx;
use tokio_util::sync::CancellationToken;

use super::load;
use crate::table::{Bar, Table, percentile};

/// Applications that are written in one transaction.
const AT_ONCE: usize = 500;
/// How often each page is asked for.
const TIMES: usize = 40;
/// The bar of every page.
const MOST_MS: f64 = 50.0;
/// Where an application ends, in turns: most are not answered.
const ENDS: [&[Stage]; 8] = [
    &[Stage::Applied],
    &[Stage::Applied, Stage::Ghosted],
    &[Stage::Applied, Stage::Rejected],
    &[Stage::Applied, Stage::Assessment, Stage::Rejected],
    &[Stage::Applied, Stage::Screen],
    &[Stage::Applied, Stage::Screen, Stage::Interview],
    &[Stage::Preparing],
    &[
        Stage::Applied,
        Stage::Screen,
        Stage::Interview,
        Stage::Offer,
    ],
];
/// How they were found, in turns.
const SOURCES: [&str; 5] = ["a fair", "a referral", "a board", "a list", "alumni"];

/// Fills a product and asks for its pages.
pub async fn measure(folder: &Path, count: usize, table: &mut Table) -> Result<()> {
    let mut config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    config.server.bind = listener.local_addr()?;
    let app = startup::open(config, World::default()).await?;
    let ctx = startup::operator(&app).await?;
    let begin = Instant::now();
    let entries = fill(&ctx, count).await?;
    let took = begin.elapsed().as_secs_f64();
    table.add(
        "applications: entries in the logs",
        entries as f64,
        "",
        Bar::None,
    );
    table.add(
        "applications: entries written",
        entries as f64 / took,
        "/s",
        Bar::None,
    );
    let stop = CancellationToken::new();
    let server = tokio::spawn(cadet::web::serve(Arc::clone(&app), listener, stop.clone()));
    let measured = pages(&ctx, count, table).await;
    stop.cancel();
    server.await??;
    measured
}

async fn pages(ctx: &Ctx, count: usize, table: &mut Table) -> Result<()> {
    let address = ctx.config.server.url("");
    let address = address.trim_end_matches('/');
    let feed = calendar_renew(ctx, true).await?.0;
    let client = signed_in(ctx, address).await?;
    let last_page = count.div_ceil(50);
    let paths = [
        ("board", "/applications".to_owned()),
        ("list", "/applications/list".to_owned()),
        (
            "list, last page by company",
            format!("/applications/list?sort=company&page={last_page}"),
        ),
        (
            "list, by deadline",
            "/applications/list?sort=deadline".to_owned(),
        ),
        (
            "list, search",
            "/applications/list?q=company+99+intern".to_owned(),
        ),
        ("next actions", "/applications/due".to_owned()),
        (
            "one application",
            format!("/applications/{}", count / 2 + 1),
        ),
        ("offers", "/applications/offers".to_owned()),
        ("statistics", "/applications/statistics".to_owned()),
    ];
    let mut asked: Vec<(&str, String)> = paths
        .into_iter()
        .map(|(name, path)| (name, format!("{address}{path}")))
        .collect();
    asked.push(("calendar feed", feed));
    for (name, url) in asked {
        let mut latencies = Vec::with_capacity(TIMES);
        // The first requests warm the server.
        for time in 0..TIMES + 3 {
            let begin = Instant::now();
            let answer = client.get(&url).send().await?;
            let status = answer.status();
            ensure!(status.is_success(), "{url} answered {status}");
            answer.bytes().await?;
            if time >= 3 {
                latencies.push(begin.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        latencies.sort_by(f64::total_cmp);
        let name = format!("applications: {name}");
        table.add(
            &format!("{name}, median"),
            percentile(&latencies, 0.5),
            "ms",
            Bar::None,
        );
        table.add(
            &format!("{name}, p95"),
            percentile(&latencies, 0.95),
            "ms",
            Bar::AtMost(MOST_MS),
        );
    }
    Ok(())
}

async fn signed_in(ctx: &Ctx, address: &str) -> Result<reqwest::Client> {
    let link = login_link_create(ctx).await?.token.0;
    let answer = load::client()?
        .post(format!("{address}/login/{link}"))
        .header("sec-fetch-site", "same-origin")
        .send()
        .await?;
    let cookie = answer.headers().get("set-cookie");
    let cookie = cookie.context("the link did not sign in")?.to_str()?;
    load::client_with_cookie(cookie.split(';').next().unwrap_or_default())
}

/// Writes applications with about ten entries each. Gives how many entries.
async fn fill(ctx: &Ctx, count: usize) -> Result<usize> {
    let (owner, now) = (ctx.owner()?, ctx.now());
    let numbers: Vec<usize> = (0..count).collect();
    let mut written = 0;
    for part in numbers.chunks(AT_ONCE) {
        let transaction = ctx.db.begin().await?;
        for number in part {
            let changes = changes(*number, now);
            written += changes.len();
            let id = rows::insert(&transaction, owner, now).await?;
            let entries = log::append(&transaction, (owner, id), now, None, changes).await?;
            rows::project(&transaction, owner, id, &fold(&entries)).await?;
        }
        transaction.commit().await?;
    }
    Ok(written)
}

/// The log of the application of this number; the same on every machine, but for the present.
fn changes(number: usize, now: Timestamp) -> Vec<(Timestamp, Change)> {
    let began = now.plus_days(-(i64::try_from(number % 300).unwrap_or(0)) - 5);
    let at = |day: i64| began.plus_days(day).min(now);
    let details = Details {
        company: format!("Company {}", number % 2_000),
        title: format!("Backend Intern {number}"),
        place: "Berlin, Germany".into(),
        source: SOURCES[number % SOURCES.len()].into(),
        url: format!("https://company-{number}.example/jobs/{number}"),
        deadline: number
            .is_multiple_of(4)
            .then(|| now.plus_days(i64::try_from(number % 40).unwrap_or(0))),
        ..Details::default()
    };
    let stage = Stage::Interested;
    let mut changes = vec![(began, Change::Created { details, stage })];
    for (day, to) in ENDS[number % ENDS.len()].iter().enumerate() {
        let day = 1 + 4 * i64::try_from(day).unwrap_or(0);
        let why = String::new();
        changes.push((at(day), Change::Moved { to: *to, why }));
    }
    let person = Person {
        id: 1,
        name: "Ada Brandt".into(),
        role: "recruiter".into(),
        ..Person::default()
    };
    changes.push((at(1), Change::PersonSet { person }));
    changes.push((
        at(2),
        Change::RoundSet {
            round: round(number, now),
        },
    ));
    for id in 3..6 {
        let task = Task {
            id,
            text: "Read what they build, and two of their posts".into(),
            round: Some(2),
            ..Task::default()
        };
        changes.push((at(3), Change::TaskSet { task }));
    }
    if number % ENDS.len() == 7 {
        let offer = Offer {
            amount: Some(2_000.0),
            currency: "EUR".into(),
            answer_by: Some(now.plus_days(3)),
            ..Offer::default()
        };
        changes.push((at(14), Change::OfferSet { offer }));
    }
    let mut note = 6;
    while changes.len() < 10 {
        let text = "They use Java with PostgreSQL, deploy daily, and a team has six people.".into();
        changes.push((at(4), Change::NoteSet { note, text }));
        note += 1;
    }
    changes
}

fn round(number: usize, now: Timestamp) -> Round {
    let day = now.plus_days(i64::try_from(number % 90).unwrap_or(0) - 60);
    let local = format!("{}T10:00:00", day.date_string());
    Round {
        id: 2,
        starts: LocalTime::parse("starts", &local, "Europe/Berlin").ok(),
        minutes: 60,
        people: vec!["Bo Lind".into()],
        ..Round::default()
    }
}
