//! `cadet alert` and `cadet export alerts`.

use anstyle::AnsiColor;
use clap::{Args, Subcommand};

use super::actions::{
    AlertCounts, AlertRun, alert_add, alert_get, alert_list, alert_pause, alert_preview,
    alert_remove, alert_run, alert_show, alert_test_delivery,
};
use super::model::{ALERTS_MOST, AlertId, AlertInput, DeliveryState, SavedSearch};
use super::record::AlertRecord;
use super::schedule::{Day, Schedule};
use super::words::describe;
use crate::error::{Error, Result};
use crate::postings::commands::SearchArgs;
use crate::postings::sources::commands::ago;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal, tinted};

/// Alerts of one account that the command line shows; more are not allowed.
const ALL: u64 = ALERTS_MOST;
/// Matches shown with an alert.
const SHOWN: usize = 20;

/// Saved searches that tell you what is new.
#[derive(Debug, Subcommand)]
pub enum AlertCommand {
    /// Save a search; what it finds from now on is in its feed, and in mail or at a webhook if you like
    #[command(
        after_help = "Example: cadet alert add \"Java in Germany\" java --internship --country DE --daily 8 --mail ada@example.org"
    )]
    Add(Box<AddArgs>),
    /// List the alerts, with how many matches wait for their delivery
    #[command(visible_alias = "ls", after_help = "Example: cadet alert list --json")]
    List,
    /// Show one alert with what it found and how that was delivered
    #[command(after_help = "Example: cadet alert show 1")]
    Show {
        /// The alert's number
        id: i64,
    },
    /// Look now, and deliver everything that waits
    #[command(after_help = "Example: cadet alert run 1 --dry-run")]
    Run {
        /// The alert's number; without one, all
        id: Option<i64>,
        /// Only say how many postings match now
        #[arg(long)]
        dry_run: bool,
    },
    /// Send a test by mail and to the webhook
    #[command(after_help = "Example: cadet alert test 1")]
    Test {
        /// The alert's number
        id: i64,
    },
    /// Stop looking, or go on with --resume
    #[command(after_help = "Example: cadet alert pause 1")]
    Pause {
        /// The alert's number
        id: i64,
        /// Go on looking
        #[arg(long)]
        resume: bool,
    },
    /// Remove an alert
    #[command(visible_alias = "rm", after_help = "Example: cadet alert remove 1")]
    Remove {
        /// The alert's number
        id: i64,
    },
}

/// What to save.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// What to call it
    pub name: String,
    /// What to search for
    #[command(flatten)]
    pub search: SearchArgs,
    /// Deliver once a day at this full hour (0 to 23)
    #[arg(long, value_name = "HOUR", conflicts_with = "weekly")]
    pub daily: Option<i64>,
    /// Deliver once a week on this day
    #[arg(long, value_name = "DAY")]
    pub weekly: Option<Day>,
    /// The full hour of --weekly
    #[arg(long, default_value_t = 8, requires = "weekly")]
    pub hour: i64,
    /// The time zone of the hour: Europe/Zurich; without it, the one in your settings
    #[arg(long, default_value = "")]
    pub time_zone: String,
    /// Send mail to this address
    #[arg(long, default_value = "", value_name = "ADDRESS")]
    pub mail: String,
    /// Post to this address, signed
    #[arg(long, default_value = "", value_name = "URL")]
    pub webhook: String,
    /// Tell of what is there already, too
    #[arg(long)]
    pub include_existing: bool,
}

impl AddArgs {
    fn input(&self) -> Result<AlertInput> {
        let schedule = match (self.daily, self.weekly) {
            (Some(hour), _) => Schedule::parse("daily", Day::Monday, hour)?,
            (None, Some(day)) => Schedule::parse("weekly", day, self.hour)?,
            (None, None) => Schedule::AtOnce,
        };
        Ok(AlertInput {
            name: self.name.clone(),
            query: self.search.query()?,
            schedule,
            time_zone: self.time_zone.clone(),
            mail: self.mail.clone(),
            webhook: self.webhook.clone(),
        })
    }
}

/// Runs `cadet alert`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: AlertCommand, out: &Terminal) -> Result<()> {
    match command {
        AlertCommand::Add(args) => add(ctx, &args, out).await,
        AlertCommand::List => list(ctx, out).await,
        AlertCommand::Show { id } => show(ctx, AlertId(id), out).await,
        AlertCommand::Run { id, dry_run } => run_now(ctx, id.map(AlertId), dry_run, out).await,
        AlertCommand::Test { id } => test(ctx, AlertId(id), out).await,
        AlertCommand::Pause { id, resume } => {
            alert_pause(ctx, AlertId(id), !resume).await?;
            let word = if resume { "looks again" } else { "is paused" };
            let alert = alert_get(ctx, AlertId(id)).await?;
            out.answer(&AlertRecord::new(ctx, &alert), || {
                format!("Alert {id} {word}.")
            })
        }
        AlertCommand::Remove { id } => {
            alert_remove(ctx, AlertId(id)).await?;
            out.answer(&serde_json::json!({ "removed": id }), || {
                format!("Alert {id} is removed.")
            })
        }
    }
}

async fn add(ctx: &Ctx, args: &AddArgs, out: &Terminal) -> Result<()> {
    let input = args.input()?;
    for warning in alert_preview(ctx, &input.query).await?.warnings {
        out.remark(warning);
    }
    let added = alert_add(ctx, input, args.include_existing).await?;
    crate::work::worker(ctx.app())?.drain().await?;
    let secret = added.secret.map(|secret| secret.0);
    let alert = alert_get(ctx, added.search.id).await?;
    if out.wants_json() {
        let record = AlertRecord::new(ctx, &alert);
        return out.json(&serde_json::json!({ "alert": record, "webhook_secret": secret }));
    }
    let search = &alert.search;
    out.line(format!(
        "Alert {} tells of {}, {}.",
        search.id,
        describe(&search.query),
        search.schedule.words(&search.time_zone)
    ))?;
    out.line(format!(
        "Feed: {}",
        ctx.config.server.url(&search.atom_path())
    ))?;
    match secret {
        Some(secret) => out.line(format!("The webhook's secret, shown this once: {secret}")),
        None => Ok(()),
    }
}

async fn list(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let alerts = alert_list(ctx, 0, ALL).await?;
    if out.wants_json() {
        let records: Vec<_> = alerts
            .iter()
            .map(|alert| AlertRecord::new(ctx, alert))
            .collect();
        return out.json(&records);
    }
    if alerts.is_empty() {
        return out.line(
            "There are no alerts. Save a search: cadet alert add \"Java\" java --internship --open",
        );
    }
    let columns = [
        ("#", Align::Right),
        ("Name", Align::Left),
        ("Finds", Align::Left),
        ("When", Align::Left),
        ("How", Align::Left),
        ("Found", Align::Right),
        ("Waiting", Align::Right),
    ];
    out.table(&columns, alerts.iter().map(row).collect())
}

fn row(alert: &AlertCounts) -> Vec<String> {
    let search = &alert.search;
    let when = match search.paused_at {
        Some(_) => tinted("paused", AnsiColor::BrightBlack),
        None => search.schedule.words(&search.time_zone),
    };
    vec![
        search.id.to_string(),
        search.name.clone(),
        describe(&search.query),
        when,
        how(search),
        alert.found.to_string(),
        alert.waiting.to_string(),
    ]
}

fn how(search: &SavedSearch) -> String {
    let mut ways = vec!["feed"];
    ways.extend(search.live_channels().map(super::model::Channel::target));
    ways.join(", ")
}

async fn show(ctx: &Ctx, id: AlertId, out: &Terminal) -> Result<()> {
    let detail = alert_show(ctx, id).await?;
    let record = AlertRecord::new(ctx, &detail.alert);
    if out.wants_json() {
        return out.json(&serde_json::json!({
            "alert": record, "matches": detail.matches, "deliveries": detail.deliveries,
        }));
    }
    let search = &detail.alert.search;
    out.line(format!(
        "{} finds {}, {}.",
        search.name,
        record.words,
        search.schedule.words(&search.time_zone)
    ))?;
    out.line(format!(
        "Feeds: {} and {}",
        record.atom_url, record.json_feed_url
    ))?;
    for channel in &search.channels {
        let state = channel
            .off()
            .map_or_else(String::new, |why| format!(" (off: {why})"));
        out.line(format!(
            "By {} to {}{state}",
            channel.name(),
            channel.target()
        ))?;
    }
    out.line(format!(
        "{} found, {} waiting for delivery.",
        detail.alert.found, detail.alert.waiting
    ))?;
    for one in detail.matches.iter().take(SHOWN) {
        out.line(format!(
            "  {} at {} ({})",
            one.title,
            one.company,
            ago(one.matched_at, ctx.now())
        ))?;
        out.line(format!("    {}", one.reasons.join("; ")))?;
    }
    let columns = [
        ("Delivery", Align::Right),
        ("When", Align::Left),
        ("Channel", Align::Left),
        ("Postings", Align::Right),
        ("State", Align::Left),
        ("Error", Align::Left),
    ];
    let rows: Vec<Vec<String>> = detail
        .deliveries
        .iter()
        .take(SHOWN)
        .map(|one| {
            let color = match one.state {
                DeliveryState::Delivered => AnsiColor::Green,
                DeliveryState::Pending => AnsiColor::Yellow,
                DeliveryState::Failed => AnsiColor::Red,
            };
            vec![
                one.id.to_string(),
                ago(one.created_at, ctx.now()),
                one.channel.clone(),
                one.posting_count.to_string(),
                tinted(one.state.name(), color),
                one.error.clone().unwrap_or_default(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    out.table(&columns, rows)
}

async fn run_now(ctx: &Ctx, id: Option<AlertId>, dry_run: bool, out: &Terminal) -> Result<()> {
    let alerts = match id {
        Some(id) => vec![alert_get(ctx, id).await?],
        None => alert_list(ctx, 0, ALL).await?,
    };
    let mut told = Vec::new();
    for alert in alerts {
        let search = &alert.search;
        if dry_run {
            let preview = alert_preview(ctx, &search.query).await?;
            out.line(format!(
                "{}: {} open postings match now, {} wait for delivery.",
                search.name, preview.total, alert.waiting
            ))?;
            told.push(serde_json::json!({ "alert": search.id, "matching": preview.total, "waiting": alert.waiting }));
            continue;
        }
        if id.is_none() && search.paused_at.is_some() {
            continue;
        }
        let AlertRun { found, handed_over } = alert_run(ctx, search.id).await?;
        out.line(format!(
            "{}: {found} new, {handed_over} handed over for delivery.",
            search.name
        ))?;
        told.push(
            serde_json::json!({ "alert": search.id, "found": found, "handed_over": handed_over }),
        );
    }
    if !dry_run {
        crate::work::worker(ctx.app())?.drain().await?;
    }
    if out.wants_json() {
        return out.json(&told);
    }
    Ok(())
}

async fn test(ctx: &Ctx, id: AlertId, out: &Terminal) -> Result<()> {
    let channels = alert_test_delivery(ctx, id).await?;
    crate::work::worker(ctx.app())?.drain().await?;
    let detail = alert_show(ctx, id).await?;
    let sent: Vec<_> = detail.deliveries.into_iter().take(channels).collect();
    if out.wants_json() {
        out.json(&sent)?;
    }
    for one in &sent {
        let error = one.error.clone().unwrap_or_default();
        out.line(
            format!(
                "{} to {}: {} {error}",
                one.channel,
                one.target,
                one.state.name()
            )
            .trim_end(),
        )?;
    }
    let failed = sent
        .into_iter()
        .find(|one| one.state == DeliveryState::Failed);
    failed.map_or(Ok(()), |one| {
        Err(Error::Unavailable {
            message: one.error.unwrap_or_default(),
            cause: None,
        })
    })
}

/// Runs `cadet export alerts`: one JSON object a line, in order of number.
///
/// # Errors
/// From the database; [`Error::Unavailable`] when the output is closed.
pub async fn export(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let alerts = alert_list(ctx, 0, ALL).await?;
    alerts
        .iter()
        .try_for_each(|alert| out.json_line(&AlertRecord::new(ctx, alert)))
}
