//! `/applications/list`: every application, with filter, order, pages and changes of many.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{ListPage, application_list, application_stages};
use super::super::list::{ListQuery, Order};
use super::super::record::StageCount;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Query, View};

/// Applications on a page.
pub(super) const ROWS: u64 = 50;

#[derive(Template)]
#[template(path = "applications/pages/list.html")]
pub(super) struct ListView {
    layout: Layout,
    page: ListPage,
    stages: Vec<StageCount>,
    params: ListParams,
    /// Which page, from 1.
    number: u64,
    /// What was changed just now, so that it can be taken back.
    batch: Option<String>,
}

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    q: String,
    stage: String,
    archived: String,
    sort: Order,
    page: String,
    batch: String,
}

impl ListParams {
    pub(super) fn query(&self) -> Result<ListQuery> {
        let stages = match self.stage.as_str() {
            "" => Vec::new(),
            name => vec![name.parse()?],
        };
        Ok(ListQuery {
            words: self.q.clone(),
            stages,
            archived: !self.archived.is_empty(),
            order: self.sort,
        })
    }

    fn number(&self) -> u64 {
        self.page.parse().unwrap_or(1).clamp(1, 1_000_000)
    }

    /// The address of a page of the same list.
    fn address(&self, page: u64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", self.q.as_str()),
            ("stage", &self.stage),
            ("archived", &self.archived),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("sort", self.sort.name());
        query.append_pair("page", &page.to_string());
        format!("/applications/list?{}", query.finish())
    }
}

impl ListView {
    fn pages(&self) -> u64 {
        self.page.total.div_ceil(ROWS).max(1)
    }

    fn address(&self, page: &u64) -> String {
        self.params.address(*page)
    }

    fn previous(&self) -> Option<String> {
        (self.number > 1).then(|| self.params.address(self.number - 1))
    }

    fn next(&self) -> Option<String> {
        (self.number < self.pages()).then(|| self.params.address(self.number + 1))
    }

    fn is_filtered(&self) -> bool {
        !(self.params.q.is_empty()
            && self.params.stage.is_empty()
            && self.params.archived.is_empty())
    }

    fn is_sort(&self, name: &str) -> bool {
        self.params.sort.name() == name
    }

    fn orders(&self) -> [(Order, &'static str, &'static str); 5] {
        Order::ALL
    }

    fn label(&self, stage: &super::super::model::Stage) -> &str {
        let found = self.stages.iter().find(|one| one.stage == *stage);
        found.map_or("", |one| one.label.as_str())
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListView>> {
    let number = params.number();
    let page = application_list(&ctx, &params.query()?, (number - 1) * ROWS, ROWS).await?;
    Ok(View(ListView {
        layout: layout.titled("List of applications"),
        page,
        stages: application_stages(&ctx).await?,
        number,
        batch: Some(params.batch.clone()).filter(|batch| !batch.is_empty()),
        params,
    }))
}
