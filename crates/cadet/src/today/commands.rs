//! `cadet today`.

use super::actions::today_show;
use super::model::{Today, Urgency};
use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Runs `cadet today`.
///
/// # Errors
/// From the database and the index; when the output is closed.
pub async fn run(ctx: &Ctx, out: &Terminal) -> Result<()> {
    ctx.index.catch_up(&ctx.db, &|_| {}).await?;
    let today = today_show(ctx).await?;
    if out.wants_json() {
        return out.json(&today);
    }
    tell(&today, out)
}

fn tell(today: &Today, out: &Terminal) -> Result<()> {
    out.line(format!("Today, {}", today.day))?;
    if today.next.is_empty() {
        out.line("Nothing is due.")?;
    }
    for (at, todo) in today.next.iter().enumerate() {
        let sign = if todo.urgency == Urgency::Now {
            "!"
        } else {
            " "
        };
        let due = todo
            .due_on
            .map_or_else(String::new, |day| format!(" (by {day})"));
        out.line(format!("{sign}{:>2}. {}{due}", at + 1, todo.title))?;
        out.line(format!("      {}", todo.reason))?;
    }
    if today.more > 0 {
        out.line(format!("    and {} more", today.more))?;
    }
    if !today.week.is_empty() {
        out.line("\nThis week")?;
    }
    for planned in &today.week {
        out.line(format!(
            "    {} {} {}",
            planned.on, planned.time, planned.title
        ))?;
    }
    if !today.fitting.is_empty() {
        out.line("\nNew postings")?;
    }
    for one in &today.fitting {
        let fit = one
            .fit
            .map_or_else(String::new, |fit| format!(", fits {:.0} %", fit * 100.0));
        let known = if one.knows_somebody {
            ", you know somebody there"
        } else {
            ""
        };
        out.line(format!(
            "    {} {} at {}{fit}{known}",
            one.posting, one.title, one.company
        ))?;
    }
    for step in today.steps.iter().filter(|step| !step.done) {
        out.line(format!("To begin: {}. {}.", step.title, step.reason))?;
    }
    Ok(())
}
