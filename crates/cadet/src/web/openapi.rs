//! The description of the REST interface, gathered from the handlers: `/api/v1/openapi.json`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
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
    pub(super) value: Value,
    text: String,
    /// The parameters of the query that each operation knows, by path and method in lower case.
    parameters: HashMap<(String, String), Vec<String>>,
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
            parameters: query_parameters(&value),
            value,
        }
    }
}

fn query_parameters(document: &Value) -> HashMap<(String, String), Vec<String>> {
    let names = |operation: &Value| {
        let all = operation["parameters"].as_array().into_iter().flatten();
        all.filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str().map(str::to_owned))
            .collect()
    };
    let mut found = HashMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            found.insert((path.clone(), method.clone()), names(operation));
        }
    }
    found
}

/// The layer that refuses parameters of the query which the description of the operation does not have, so that a
/// misspelt filter is not ignored.
pub(super) async fn known_parameters(
    State(web): State<Arc<Web>>,
    request: Request,
    next: Next,
) -> Response {
    match unknown_parameter(&web.openapi, &request) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn unknown_parameter(document: &Document, request: &Request) -> Option<Problem> {
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    let method = request.method().as_str().replace("HEAD", "GET");
    let key = (path.to_owned(), method.to_lowercase());
    let known = document.parameters.get(&key)?;
    let query = request.uri().query().unwrap_or("");
    let (unknown, _) = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| !known.iter().any(|one| one == name))?;
    let names = if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    };
    let detail = format!("There is no parameter `{unknown}` here. Those known: {names}.");
    let mut problem = Problem::new(StatusCode::BAD_REQUEST, "unknown-parameter", detail.clone());
    problem.fields.push(FieldProblem {
        field: unknown.into_owned(),
        message: detail,
    });
    Some(problem)
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
    responses((status = 200, description = "The description.", content_type = "application/json", body = Value)))]
async fn show(Extension(web): Extension<Arc<Web>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, web.openapi.text.clone()).into_response()
}

/// The document.
pub(super) fn routes() -> Routes {
    Routes::new().api(routes!(show))
}
