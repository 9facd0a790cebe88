//! The page of Today.

use askama::Template;

use super::actions::today_show;
use super::model::{Planned, Today, Todo, Urgency};
use crate::correspondence::attribute::Pursuit;
use crate::correspondence::model::Reply;
use crate::correspondence::pursuits;
use crate::error::Result;
use crate::market::chart::{Bar, Caption, Chart, bars};
use crate::state::Ctx;
use crate::web::{Layout, Routes, View};

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayPage {
    layout: Layout,
    today: Today,
    funnel: Option<Chart>,
    pursuits: Vec<Pursuit>,
    back: &'static str,
}

impl TodayPage {
    fn is_now(&self, todo: &Todo) -> bool {
        todo.urgency == Urgency::Now
    }

    /// The days of the week's plan, each with what happens.
    fn days(&self) -> Vec<(String, Vec<&Planned>)> {
        let mut days: Vec<(String, Vec<&Planned>)> = Vec::new();
        for planned in &self.today.week {
            let day = planned.on.strftime("%A, %-d %B").to_string();
            match days.last_mut() {
                Some((last, all)) if *last == day => all.push(planned),
                _ => days.push((day, vec![planned])),
            }
        }
        days
    }

    /// Whether the new postings are held against the profile.
    fn is_judged(&self) -> bool {
        self.today.fitting.iter().any(|one| one.fit.is_some())
    }

    fn percent(&self, fit: &f64) -> String {
        format!("{:.0} %", fit * 100.0)
    }

    /// The application that a proposal is about, in words.
    fn about(&self, reply: &Reply) -> Option<String> {
        let found = self
            .pursuits
            .iter()
            .find(|one| Some(one.id) == reply.application);
        found.map(Pursuit::name)
    }

    fn stage(&self, reply: &Reply) -> &'static str {
        pursuits::stage_after(reply.kind).label()
    }
}

async fn show(ctx: Ctx, layout: Layout) -> Result<View<TodayPage>> {
    let today = today_show(&ctx).await?;
    let pursuits = match today.replies.is_empty() {
        true => Vec::new(),
        false => pursuits::pursuits(&ctx).await?,
    };
    Ok(View(TodayPage {
        layout: layout.titled("Today"),
        funnel: funnel(&today),
        today,
        pursuits,
        back: "/today",
    }))
}

/// How many applications stand where, as bars.
fn funnel(today: &Today) -> Option<Chart> {
    let standing = today.funnel.iter().filter(|stage| stage.count > 0);
    let rows: Vec<Bar> = standing
        .map(|stage| Bar {
            label: stage.label.clone(),
            from: 0.0,
            to: stage.count as f64,
            mark: None,
            figure: stage.count.to_string(),
        })
        .collect();
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row.figure, row.label))
        .collect();
    let caption = Caption {
        id: "funnel",
        title: "Where your applications stand",
        description: &told.join(", "),
    };
    bars(caption, &rows)
}

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/today", show)
}
