//! What a posting's page shows of applications: how it stands, or the button that begins one.

use askama::Template;
use async_trait::async_trait;

use super::super::actions::{application_choices, application_of_posting, time_zone};
use super::super::choices::Choices;
use super::super::model::Stage;
use super::super::record::ApplicationSummary;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::panels::PostingPanel;
use crate::postings::record::PostingRecord;
use crate::state::Ctx;
use crate::web::When;

/// The panel.
#[derive(Clone, Copy, Debug)]
pub struct ApplicationPanel;

#[derive(Template)]
#[template(path = "applications/pages/panel.html")]
struct Section {
    posting: PostingId,
    applications: Vec<(ApplicationSummary, When)>,
    choices: Choices,
}

impl Section {
    fn label(&self, stage: &Stage) -> &str {
        self.choices.label(*stage)
    }

    /// Whether another one may be begun.
    fn may_begin(&self) -> bool {
        self.applications.iter().all(|(one, _)| one.stage.is_end())
    }
}

#[async_trait]
impl PostingPanel for ApplicationPanel {
    async fn section(&self, ctx: &Ctx, posting: &PostingRecord) -> Result<Option<String>> {
        if ctx.owner().is_err() {
            return Ok(None);
        }
        let found = application_of_posting(ctx, posting.id).await?;
        let zone = time_zone(ctx).await?;
        let told = |one: ApplicationSummary| {
            let when = When::new(one.stage_since, ctx.now(), zone.clone());
            (one, when)
        };
        let section = Section {
            posting: posting.id,
            choices: application_choices(ctx).await?,
            applications: found.into_iter().map(told).collect(),
        };
        section.render().map(Some).map_err(Error::internal)
    }
}
