//! People and mail of an application: the section on its page.

use askama::Template;
use async_trait::async_trait;

use super::super::actions::{drafts_of_application, replies_proposed_for};
use super::super::model::{Draft, Reply};
use super::super::pursuits::stage_after;
use crate::applications::panels::ApplicationSection;
use crate::applications::record::ApplicationRecord;
use crate::clock::Timestamp;
use crate::contacts::actions::people_at;
use crate::contacts::model::Contact;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::When;

/// People named before the rest is only counted.
const SHOWN: usize = 8;

/// The section "People and mail".
#[derive(Clone, Copy, Debug)]
pub struct MailSection;

#[derive(Template)]
#[template(path = "correspondence/pages/panel.html")]
struct Section<'a> {
    application: i64,
    company: &'a str,
    people: &'a [Contact],
    more: usize,
    replies: Vec<Reply>,
    drafts: Vec<Draft>,
    now: Timestamp,
}

impl Section<'_> {
    fn when(&self, at: &Timestamp) -> When {
        When::new(*at, self.now, "UTC")
    }

    fn stage(&self, reply: &Reply) -> &'static str {
        stage_after(reply.kind).label()
    }
}

#[async_trait]
impl ApplicationSection for MailSection {
    async fn section(&self, ctx: &Ctx, record: &ApplicationRecord) -> Result<Option<String>> {
        let application = record.application.id.0;
        let people = people_at(ctx, &record.application.company).await?;
        let section = Section {
            application,
            company: &record.application.company,
            people: &people[..people.len().min(SHOWN)],
            more: people.len().saturating_sub(SHOWN),
            replies: replies_proposed_for(ctx, application).await?,
            drafts: drafts_of_application(ctx, application).await?,
            now: ctx.now(),
        };
        section.render().map(Some).map_err(Error::internal)
    }
}
