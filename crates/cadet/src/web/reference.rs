//! `/api`: the REST interface on one page, rendered from its description, with a form to try each operation. The forms
//! carry data attributes from which the bundle's script makes requests; without it the page is a plain reference.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::response::IntoResponse;
use serde_json::Value;

use super::Web;
use super::layout::Layout;
use super::routes::Routes;
use super::view::View;

/// One operation as shown.
#[derive(Debug)]
struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<Parameter>,
    /// An example of the JSON body, if there is one.
    body: Option<String>,
    responses: Vec<(String, String)>,
}

/// A parameter of the path or the query.
#[derive(Debug)]
struct Parameter {
    name: String,
    place: String,
    description: String,
    kind: String,
    required: bool,
}

/// Operations on one kind of thing.
#[derive(Debug)]
struct Group {
    name: String,
    operations: Vec<Operation>,
}

#[derive(Template)]
#[template(path = "web/reference.html")]
struct ReferencePage {
    layout: Layout,
    description: String,
    groups: Vec<Group>,
}

impl ReferencePage {
    /// The description cut at its backticks: every other part is code.
    fn description_parts(&self) -> Vec<&str> {
        self.description.split('`').collect()
    }
}

async fn show(layout: Layout, Extension(web): Extension<Arc<Web>>) -> impl IntoResponse {
    let document = &web.openapi.value;
    View(ReferencePage {
        layout: layout.titled("API"),
        description: text(&document["info"]["description"]),
        groups: groups(document),
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path, method, operation))
    });
    for (path, method, described) in operations {
        let name = described["tags"][0].as_str().unwrap_or("other");
        let operation = operation(document, path, method, described);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.push(operation),
            None => groups.push(Group {
                name: name.to_owned(),
                operations: vec![operation],
            }),
        }
    }
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups
}

fn operation(document: &Value, path: &str, method: &str, described: &Value) -> Operation {
    let schema = &described["requestBody"]["content"]["application/json"]["schema"];
    let responses = described["responses"].as_object().into_iter().flatten();
    Operation {
        id: text(&described["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&described["summary"]),
        description: text(&described["description"]),
        parameters: described["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
        body: schema
            .is_object()
            .then(|| pretty(&example(document, schema, 0))),
        responses: responses
            .map(|(status, response)| (status.clone(), text(&response["description"])))
            .collect(),
    }
}

fn parameter(described: &Value) -> Parameter {
    let kind = &described["schema"]["type"];
    let kind = kind.as_str().or_else(|| kind[0].as_str());
    Parameter {
        name: text(&described["name"]),
        place: text(&described["in"]),
        description: text(&described["description"]),
        kind: kind.unwrap_or("string").to_owned(),
        required: described["required"].as_bool().unwrap_or(false),
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A value of the shape that `schema` describes, to be edited.
fn example(document: &Value, schema: &Value, depth: u8) -> Value {
    // Schemas may hold themselves.
    if depth > 6 {
        return Value::Null;
    }
    if let Some(given) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return given.clone();
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|at| at.rsplit('/').next()) {
        return example(
            document,
            &document["components"]["schemas"][name],
            depth + 1,
        );
    }
    let choice = schema["oneOf"]
        .as_array()
        .and_then(|choices| choices.last());
    if let Some(choice) = choice {
        return example(document, choice, depth + 1);
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str())
    {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            properties
                .map(|(name, inner)| (name.clone(), example(document, inner, depth + 1)))
                .collect()
        }
        Some("array") => Value::Array(vec![example(document, &schema["items"], depth + 1)]),
        Some("integer" | "number") => Value::from(1),
        Some("boolean") => Value::Bool(true),
        _ => Value::from(""),
    }
}

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/api", show)
}
