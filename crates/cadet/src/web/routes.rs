//! The builder with which a feature names its routes. Every route is registered by method and path, so that the list of
//! who may call what can be compared with what there is.

use std::convert::Infallible;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};
use utoipa::openapi::path::PathItem;
use utoipa::openapi::{ComponentsBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::UtoipaMethodRouter;

/// Routes of a feature. Handlers take no state: they extract [`crate::state::Ctx`].
#[derive(Default)]
pub struct Routes {
    entries: Vec<(Method, String)>,
    router: Router,
    openapi: OpenApi,
}

/// What routes become.
pub(super) struct Parts {
    pub(super) router: Router,
    pub(super) openapi: OpenApi,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page, form or file: `handler` answers `method` at `path` (`/postings/{id}`). GET answers HEAD too.
    ///
    /// # Panics
    /// At start, for a path that is written wrongly or registered twice.
    #[must_use]
    pub fn page<H, T>(mut self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("routes use standard methods");
        self.entries.push((method, path.to_owned()));
        self.router = self.router.route(path, on(filter, handler));
        self
    }

    /// [`Routes::page`] with GET.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.page(Method::GET, path, handler)
    }

    /// [`Routes::page`] with POST.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.page(Method::POST, path, handler)
    }

    /// Operations of the REST interface: `.api(routes!(token_list, token_create))` with handlers that carry
    /// `#[utoipa::path(...)]` with the whole path. All handlers of one call have the same path.
    #[must_use]
    pub fn api(mut self, operations: UtoipaMethodRouter<(), Infallible>) -> Self {
        let (schemas, paths, methods) = operations;
        for (path, item) in &paths.paths {
            for method in methods_of(item) {
                self.entries.push((method, path.clone()));
            }
        }
        let path = paths.paths.keys().next().cloned();
        let path = path.expect("an operation has a path");
        self.router = self.router.route(&path, methods);
        let components = ComponentsBuilder::new().schemas_from_iter(schemas).build();
        let part = OpenApiBuilder::new()
            .paths(paths)
            .components(Some(components))
            .build();
        self.openapi.merge(part);
        self
    }

    /// These routes and `others`.
    #[must_use]
    pub fn merge(mut self, others: Self) -> Self {
        self.entries.extend(others.entries);
        self.router = self.router.merge(others.router);
        self.openapi.merge(others.openapi);
        self
    }

    /// Method and path of each.
    #[must_use]
    pub fn entries(&self) -> &[(Method, String)] {
        &self.entries
    }

    pub(super) fn into_parts(self) -> Parts {
        Parts {
            router: self.router,
            openapi: self.openapi,
        }
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Routes")
            .field("entries", &self.entries)
            .finish_non_exhaustive()
    }
}

fn methods_of(item: &PathItem) -> Vec<Method> {
    [
        (&item.get, Method::GET),
        (&item.post, Method::POST),
        (&item.put, Method::PUT),
        (&item.patch, Method::PATCH),
        (&item.delete, Method::DELETE),
    ]
    .into_iter()
    .filter(|(operation, _)| operation.is_some())
    .map(|(_, method)| method)
    .collect()
}
