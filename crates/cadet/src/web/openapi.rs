//! The description of the REST interface, gathered from the handlers: `/api/v1/openapi.json`.

use std::sync::Arc;

use axum::Extension;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::path::PathItem;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, Info, InfoBuilder, LicenseBuilder, OpenApi, Ref, ResponseBuilder,
};
use utoipa::{PartialSchema as _, ToSchema as _};
use utoipa_axum::routes;

use super::Web;
use super::respond::Problem;
use super::routes::Routes;
use crate::error::FieldProblem;

/// The finished description.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) value: serde_json::Value,
    text: String,
}

impl Document {
    /// Adds to the gathered operations what all of them share.
    pub(super) fn new(mut openapi: OpenApi) -> Self {
        openapi.info = info();
        let components = openapi.components.get_or_insert_default();
        add_shared(components);
        openapi.security = Some(vec![SecurityRequirement::new("token", [] as [&str; 0])]);
        for item in openapi.paths.paths.values_mut() {
            add_problem(item);
        }
        // The description consists of strings, maps and lists, which always serialise.
        let value = serde_json::to_value(&openapi).unwrap_or_default();
        Self {
            text: serde_json::to_string(&value).unwrap_or_default(),
            value,
        }
    }
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Cadet")
        .version("1")
        .license(Some(LicenseBuilder::new().name("Apache-2.0 OR MIT").identifier(Some("Apache-2.0 OR MIT")).build()))
        .description(Some(
            "Send a personal access token as `Authorization: Bearer cadet_...`; make one under Settings. \
             Lists come in pages: give `next` of one as `cursor` for the following. Answers to GET carry an `ETag` to be sent back as `If-None-Match`. \
             A POST with an `Idempotency-Key` is carried out once, however often it is sent within a day. \
             Errors are problems as RFC 9457 defines them. `RateLimit` says how many requests are left.",
        ))
        .build()
}

fn add_shared(components: &mut Components) {
    let schemas = &mut components.schemas;
    schemas.insert(Problem::name().into_owned(), Problem::schema());
    schemas.insert(FieldProblem::name().into_owned(), FieldProblem::schema());
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A personal access token."))
        .build();
    components.add_security_scheme("token", SecurityScheme::Http(scheme));
}

/// Every operation can end in a problem.
fn add_problem(item: &mut PathItem) {
    let operations = [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ];
    for operation in operations.into_iter().flatten() {
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let response = ResponseBuilder::new()
            .description("A problem: what was wrong and what to do about it.")
            .content("application/problem+json", content)
            .build();
        let responses = &mut operation.responses.responses;
        responses.insert("default".into(), response.into());
    }
}

/// This description, as OpenAPI 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "description", operation_id = "openapi",
    responses((status = 200, description = "The description.", content_type = "application/json", body = serde_json::Value)))]
async fn show(Extension(web): Extension<Arc<Web>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, web.openapi.text.clone()).into_response()
}

/// The document.
pub(super) fn routes() -> Routes {
    Routes::new().api(routes!(show))
}
