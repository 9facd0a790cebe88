//! `/applications/statistics`: the charts with their tables, and both as files.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;

use super::super::statistics::actions::{application_statistics, statistics_file};
use super::super::statistics::answers::AnswerRate;
use super::super::statistics::charts::{Named, charts, percent};
use super::super::statistics::model::Statistics;
use super::super::statistics::survival::Lasting;
use super::show::download;
use crate::error::Result;
use crate::market::chart::Chart;
use crate::state::Ctx;
use crate::web::{Layout, Path, View};

#[derive(Template)]
#[template(path = "applications/pages/statistics.html")]
pub(super) struct StatisticsPage {
    layout: Layout,
    told: Arc<Statistics>,
    charts: Vec<Named>,
}

impl StatisticsPage {
    fn chart(&self, name: &str) -> Option<&Chart> {
        let found = self.charts.iter().find(|one| one.name == name);
        found.map(|one| &one.chart)
    }

    fn percent(&self, part: &u64, whole: &u64) -> String {
        format!("{:.0} %", percent(*part, *whole))
    }

    fn share(&self, share: &f64) -> String {
        format!("{:.0} %", share * 100.0)
    }

    fn days(&self, days: &Option<f64>) -> String {
        days.map_or_else(
            || "not yet known".to_owned(),
            |days| format!("{days:.0} days"),
        )
    }

    /// Both ends of the band of a median; said once where neither is known.
    fn band(&self, one: &Lasting) -> String {
        match (one.median_low, one.median_high) {
            (None, None) => self.days(&None),
            (low, high) => format!("{} to {}", self.days(&low), self.days(&high)),
        }
    }

    fn groups(&self) -> [(&'static str, &'static str, &[AnswerRate]); 3] {
        let answers = &self.told.answers;
        [
            ("sources", "How it was found", &answers.by_source),
            ("documents", "Document", &answers.by_document),
            ("scores", "Fit", &answers.by_score),
        ]
    }

    fn label(&self, stage: &super::super::model::Stage) -> &str {
        let node = self
            .told
            .flows
            .nodes
            .iter()
            .find(|node| node.stage == *stage);
        node.map_or("", |node| node.label.as_str())
    }
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<View<StatisticsPage>> {
    let told = application_statistics(&ctx).await?;
    Ok(View(StatisticsPage {
        layout: layout.titled("Statistics of applications"),
        charts: charts(&told),
        told,
    }))
}

pub(super) async fn file(ctx: Ctx, Path(name): Path<String>) -> Result<Response> {
    let file = statistics_file(&ctx, &name).await?;
    Ok(download(&file.name, file.media_type, file.content))
}
