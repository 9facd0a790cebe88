//! `/applications/settings`: what the stages are called, the weekly goal, and the calendar.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawForm;

use super::super::actions::{application_choices, application_choices_set};
use super::super::choices::Choices;
use super::super::model::Stage;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Redirect, View};

#[derive(Template)]
#[template(path = "applications/pages/settings.html")]
pub(super) struct SettingsPage {
    layout: Layout,
    choices: Choices,
}

impl SettingsPage {
    fn stages(&self) -> [Stage; 11] {
        Stage::ALL
    }

    fn label(&self, stage: &Stage) -> &str {
        self.choices.label(*stage)
    }
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<View<SettingsPage>> {
    Ok(View(SettingsPage {
        layout: layout.titled("Settings of applications"),
        choices: application_choices(&ctx).await?,
    }))
}

pub(super) async fn keep(ctx: Ctx, RawForm(body): RawForm) -> Result<Redirect> {
    let before = application_choices(&ctx).await?;
    let done = application_choices_set(&ctx, chosen(&body, before)).await;
    Redirect::after(done, "/applications/settings", "Your choices are kept.")
}

fn chosen(body: &[u8], before: Choices) -> Choices {
    let fields: BTreeMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    let labels = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("label-")?.to_owned(), value.clone())))
        .collect();
    let goal = fields.get("weekly_goal").map_or("", String::as_str).trim();
    Choices {
        labels,
        // What is no number is refused as a goal beyond reason.
        weekly_goal: if goal.is_empty() {
            0
        } else {
            goal.parse().unwrap_or(u32::MAX)
        },
        ..before
    }
}
