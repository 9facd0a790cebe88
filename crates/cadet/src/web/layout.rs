//! What every page has around its content.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::access;
use super::assets;
use super::extract::Visitor;
use super::flash::{Flash, Redirect};
use super::navigation::Navigation;
use super::routes::Routes;
use super::text::{Age, When};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::postings::sources::actions::source_list;
use crate::state::Ctx;

/// The foot of each page, in order.
const FOOTER: &[(&str, &str)] = &[("Help", "/help"), ("API", "/api")];

/// What the base template needs. Handlers extract it, give it a title and put it into their template as `layout`.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The page's title, without the program's name.
    pub title: String,
    /// The path that was asked for.
    pub path: String,
    /// The name of who is signed in.
    pub person: Option<String>,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// What the last action has to say.
    pub flash: Option<Flash>,
    /// Whether there are accounts with passwords, so that signing out makes sense.
    pub multi_user: bool,
    /// The bar, and the pages of the part that this page belongs to.
    pub navigation: Navigation,
    now: Timestamp,
    time_zone: String,
}

/// An icon as HTML.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    name: &'static str,
}

impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (file, name) = (assets::url("icons.svg"), self.name);
        write!(
            f,
            r##"<svg class="icon" aria-hidden="true"><use href="{file}#{name}"/></svg>"##
        )
    }
}

impl askama::filters::HtmlSafe for Icon {}

impl Layout {
    /// The layout for a visitor, without a title yet.
    #[must_use]
    pub fn of(visitor: &Visitor) -> Self {
        let account = visitor.account.as_ref();
        let settings = account.map(|account| account.settings.clone());
        let settings = settings.unwrap_or_default();
        let path = visitor.address.split('?').next().unwrap_or("/").to_owned();
        Self {
            title: String::new(),
            person: account.map(|account| account.name.clone()),
            theme: settings.theme.name(),
            flash: visitor.flash.clone(),
            multi_user: visitor.ctx.config.server.multi_user,
            navigation: Navigation::of(account.map(|account| account.role), &path),
            path,
            now: visitor.ctx.now(),
            time_zone: settings.time_zone,
        }
    }

    /// With a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// An instant for the reader: `{{ layout.when(posting.first_seen_at) }}`.
    #[must_use]
    pub fn when(&self, at: &Timestamp) -> When {
        When::new(*at, self.now, self.time_zone.clone())
    }

    /// An instant in the past, or only its day, in a few characters for lists: `{{ layout.age(row.at, row.day_only) }}`.
    #[must_use]
    pub fn age(&self, at: &Timestamp, day_only: &bool) -> Age {
        Age::new(self.when(at), *day_only)
    }

    /// The address of a file of the bundle, by its logical name: `{{ layout.asset("app.css") }}`.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// An icon of the bundle's set, for the eye only: `{{ layout.icon("search") }}`. What it means stands beside it in words.
    #[must_use]
    pub fn icon(&self, name: &'static str) -> Icon {
        Icon { name }
    }

    /// Whether the bundle has a file of this name.
    #[must_use]
    pub fn has_asset(&self, name: &str) -> bool {
        assets::exists(name)
    }
}

impl Layout {
    /// What the foot of each page links to.
    pub(crate) fn footer(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FOOTER
            .iter()
            .copied()
            .filter(|(_, path)| self.person.is_some() && access::find("GET", path).is_some())
    }

    /// The program's version.
    pub(crate) const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Layout {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        Ok(Self::of(&visitor))
    }
}

/// Where one starts: the first part of the bar that works, or what Cadet is for as long as there is nothing in it.
async fn start(ctx: Ctx, layout: Layout) -> Result<Redirect, Error> {
    ctx.owner()?;
    if source_list(&ctx).await?.is_empty() {
        return Ok(Redirect::to("/welcome"));
    }
    let first = layout.navigation.bar.first();
    Ok(Redirect::to(first.map_or("/login", |entry| entry.path)))
}

/// The root.
pub(super) fn routes() -> Routes {
    Routes::new().get("/", start)
}
