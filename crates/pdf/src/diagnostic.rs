//! What the typesetter says, with the template's file and line.

use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::RenderError;
use crate::world::Desk;

/// The first of its errors.
pub fn failure(desk: &Desk, errors: &[SourceDiagnostic]) -> RenderError {
    let Some(first) = errors.first() else {
        let message = "the typesetter failed without a reason".to_owned();
        return RenderError::Template {
            place: "template".into(),
            message,
            hints: String::new(),
        };
    };
    let hints = first.hints.iter().map(|hint| format!("\nhint: {}", hint.v));
    RenderError::Template {
        place: place(desk, first),
        message: first.message.to_string(),
        hints: hints.collect(),
    }
}

/// A warning in one line.
pub fn told(desk: &Desk, warning: &SourceDiagnostic) -> String {
    format!("{}: {}", place(desk, warning), warning.message)
}

/// File and line, such as `classic.typ:12`.
fn place(desk: &Desk, diagnostic: &SourceDiagnostic) -> String {
    let Some(id) = diagnostic.span.id() else {
        return "template".into();
    };
    let name = id.get().vpath().get_without_slash();
    let start = desk.range(diagnostic.span).map(|range| range.start);
    let source = desk.source(id).ok();
    let line = start
        .zip(source)
        .and_then(|(start, source)| source.lines().byte_to_line(start));
    line.map_or_else(|| name.to_owned(), |line| format!("{name}:{}", line + 1))
}
