//! An application's page: where it stands, what to do, rounds, documents, people, tasks, notes, timeline.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::super::actions::{
    application_alike, application_choices, application_file, application_show, application_stages,
    time_zone,
};
use super::super::choices::Choices;
use super::super::dates::{day_field, day_of, exact};
use super::super::model::{ApplicationId, FileId, Review, Task};
use super::super::offers::model::{CRITERIA, Offer};
use super::super::panels::sections;
use super::super::record::{ApplicationRecord, StageCount};
use super::super::round::{LocalTime, Round, RoundKind};
use super::super::timeline::{Line, timeline};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::postings::record::PostingSummary;
use crate::state::Ctx;
use crate::web::{Layout, Path, View};

/// Months after a no after which employers usually take another application.
const AGAIN_AFTER_DAYS: i64 = 180;

#[derive(Template)]
#[template(path = "applications/pages/show.html")]
pub(super) struct ShowPage {
    layout: Layout,
    record: ApplicationRecord,
    stages: Vec<StageCount>,
    choices: Choices,
    offer: Offer,
    review: Review,
    zone: String,
    now: Timestamp,
    /// Open postings like it, once it has ended.
    alike: Vec<PostingSummary>,
    /// What later features show.
    sections: Vec<String>,
}

impl ShowPage {
    fn label(&self) -> &str {
        let stage = self.record.application.stage;
        let found = self.stages.iter().find(|one| one.stage == stage);
        found.map_or(stage.label(), |one| one.label.as_str())
    }

    fn is(&self, stage: &str) -> bool {
        self.record.application.stage.name() == stage
    }

    fn timeline(&self) -> Vec<Line> {
        timeline(&self.record.log, &self.choices, &self.zone)
    }

    fn kinds(&self) -> [RoundKind; 7] {
        RoundKind::ALL
    }

    fn criteria(&self) -> [(&'static str, &'static str); 6] {
        CRITERIA
    }

    fn mark(&self, criterion: &str) -> String {
        let mark = self.offer.marks.get(criterion);
        mark.map_or_else(String::new, ToString::to_string)
    }

    fn periods(&self) -> [(&'static str, &'static str, bool); 6] {
        let chosen = self
            .offer
            .period
            .and_then(|period| serde_json::to_value(period).ok());
        let chosen = chosen
            .as_ref()
            .and_then(|value| value.as_str())
            .unwrap_or("month");
        [
            ("hour", "an hour"),
            ("day", "a day"),
            ("week", "a week"),
            ("month", "a month"),
            ("year", "a year"),
            ("once", "for the whole"),
        ]
        .map(|(name, words)| (name, words, name == chosen))
    }

    fn tasks_of(&self, round: &u32) -> Vec<&Task> {
        let tasks = self.record.state.tasks.iter();
        tasks.filter(|task| task.round == Some(*round)).collect()
    }

    fn own_tasks(&self) -> Vec<&Task> {
        let tasks = self.record.state.tasks.iter();
        tasks.filter(|task| task.round.is_none()).collect()
    }

    fn exact(&self, at: &Timestamp) -> String {
        exact(*at, &self.zone)
    }

    fn day(&self, at: &Option<Timestamp>) -> String {
        day_field(*at, &self.zone)
    }

    fn day_at(&self, at: &Timestamp) -> String {
        day_field(Some(*at), &self.zone)
    }

    /// A local time as an input has it.
    fn input(&self, time: &Option<LocalTime>) -> String {
        let time = time.as_ref();
        time.map_or_else(String::new, |time| {
            time.local.strftime("%Y-%m-%dT%H:%M").to_string()
        })
    }

    fn zone_of(&self, round: &Round) -> String {
        let time = round.starts.as_ref().or(round.due.as_ref());
        time.map_or(&self.zone, |time| &time.zone).clone()
    }

    /// The same instant by the reader's clock, when that differs.
    fn here(&self, round: &Round) -> Option<String> {
        let starts = round.starts.as_ref()?;
        let at = starts.instant()?;
        (starts.zone != self.zone).then(|| exact(at, &self.zone))
    }

    /// When to apply again, unless somebody said otherwise.
    fn again(&self) -> String {
        let chosen = self.review.apply_again;
        let since = self.record.application.stage_since;
        let usual = since.plus_days(AGAIN_AFTER_DAYS).max(self.now.plus_days(1));
        day_of(chosen.unwrap_or(usual), &self.zone).to_string()
    }

    /// A search for what is like it and open.
    fn alike_search(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &self.record.application.title)
            .append_pair("status", "open")
            .finish();
        format!("/postings?{query}")
    }

    fn notes(&self) -> usize {
        let notes = self.record.state.notes.iter();
        notes.filter(|note| !note.text.is_empty()).count()
    }
}

/// Open postings like one that has ended.
async fn alike_of(ctx: &Ctx, record: &ApplicationRecord) -> Result<Vec<PostingSummary>> {
    match record.application.stage.is_end() {
        true => application_alike(ctx, record.application.id).await,
        false => Ok(Vec::new()),
    }
}

async fn page_of(ctx: &Ctx, layout: Layout, id: ApplicationId) -> Result<ShowPage> {
    let record = application_show(ctx, id).await?;
    Ok(ShowPage {
        layout: layout.titled(record.application.name()),
        stages: application_stages(ctx).await?,
        choices: application_choices(ctx).await?,
        offer: record.state.offer.clone().unwrap_or_default(),
        review: record.state.review.clone().unwrap_or_default(),
        alike: alike_of(ctx, &record).await?,
        sections: sections(ctx, &record).await?,
        record,
        zone: time_zone(ctx).await?,
        now: ctx.now(),
    })
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ApplicationId>,
) -> Result<View<ShowPage>> {
    page_of(&ctx, layout, id).await.map(View)
}

/// A frozen file, always as a download: it may be anything.
pub(super) async fn file(
    ctx: Ctx,
    Path((id, file)): Path<(ApplicationId, FileId)>,
) -> Result<Response> {
    let (name, media_type, content) = application_file(&ctx, id, file).await?;
    Ok(download(&name, &media_type, content))
}

/// Bytes as a download of this name.
pub(in super::super) fn download(name: &str, media_type: &str, content: Vec<u8>) -> Response {
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let value = |text: &str| {
        HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
    };
    let headers = [
        (header::CONTENT_TYPE, value(media_type)),
        (header::CONTENT_DISPOSITION, value(&disposition)),
    ];
    (headers, content).into_response()
}
