//! Who is known at a posting's employer: the section on its page.

use askama::Template;
use async_trait::async_trait;

use super::super::actions;
use super::super::model::Contact;
use crate::error::{Error, Result};
use crate::postings::panels::PostingPanel;
use crate::postings::record::PostingRecord;
use crate::state::Ctx;
use crate::web::When;

/// People named before the rest is only counted.
const SHOWN: usize = 8;

/// The section "Who you know there".
#[derive(Clone, Copy, Debug)]
pub struct PeoplePanel;

#[derive(Template)]
#[template(path = "contacts/pages/panel.html")]
struct Section<'a> {
    company: &'a str,
    people: &'a [Contact],
    more: usize,
    now: crate::clock::Timestamp,
}

impl Section<'_> {
    fn when(&self, at: &crate::clock::Timestamp) -> When {
        When::new(*at, self.now, "UTC")
    }
}

#[async_trait]
impl PostingPanel for PeoplePanel {
    async fn section(&self, ctx: &Ctx, posting: &PostingRecord) -> Result<Option<String>> {
        if ctx.owner().is_err() {
            return Ok(None);
        }
        let all = actions::people_at(ctx, &posting.company).await?;
        let section = Section {
            company: &posting.company,
            people: &all[..all.len().min(SHOWN)],
            more: all.len().saturating_sub(SHOWN),
            now: ctx.now(),
        };
        section.render().map(Some).map_err(Error::internal)
    }
}
