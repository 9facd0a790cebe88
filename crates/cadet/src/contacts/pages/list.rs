//! The list of contacts: search, order, pages.

use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::actions::{self, ContactPage, ContactQuery};
use super::super::model::{Contact, ContactId, Met};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Query, View};

/// Orders of the list with their words.
const SORTS: [(&str, &str); 5] = [
    ("name", "Name"),
    ("company", "Company"),
    ("next", "Next touch"),
    ("last", "Last conversation"),
    ("added", "Added last"),
];

#[derive(Template)]
#[template(path = "contacts/pages/list.html")]
pub(super) struct ListPage {
    layout: Layout,
    page: ContactPage,
    query: ContactQuery,
    ways: &'static [Met],
    sorts: &'static [(&'static str, &'static str)],
    today: Date,
    /// A contact that was just removed and can be brought back.
    removed: Option<ContactId>,
}

impl ListPage {
    /// The address of another page of the same list.
    fn address(&self, page: &u64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.query.words),
            ("met", &self.query.met),
            ("sort", &self.query.sort),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &page.to_string());
        format!("/contacts?{}", query.finish())
    }

    fn is_narrowed(&self) -> bool {
        !self.query.words.is_empty() || !self.query.met.is_empty()
    }

    /// Whether the day to be in touch has come.
    fn is_due(&self, contact: &Contact) -> bool {
        contact
            .next_touch
            .as_ref()
            .is_some_and(|touch| touch.on <= self.today)
    }

    fn export_address(&self) -> String {
        if self.query.words.is_empty() {
            return "/contacts.vcf".to_owned();
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.query.words);
        format!("/contacts.vcf?{}", query.finish())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    q: String,
    met: String,
    sort: String,
    page: u64,
    removed: Option<ContactId>,
}

impl ListParams {
    fn query(self) -> ContactQuery {
        ContactQuery {
            words: self.q.trim().to_owned(),
            met: self.met,
            sort: self.sort,
            page: self.page.max(1),
        }
    }
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListPage>> {
    let removed = params.removed;
    let query = params.query();
    let page = actions::contact_list(&ctx, &query).await?;
    Ok(View(ListPage {
        layout: layout.titled("Contacts"),
        page,
        query,
        ways: &Met::ALL,
        sorts: &SORTS,
        today: actions::today(&ctx).await?,
        removed,
    }))
}
