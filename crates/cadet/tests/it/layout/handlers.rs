//! Handlers take extractors, call one action and return a view.

use super::source::{SourceFile, Violation};

/// Most lines of a handler's body.
const LONGEST: usize = 15;

/// Asynchronous functions in pages and API are handlers, or as short as one.
pub fn length(file: &SourceFile) -> Vec<Violation> {
    let view = file.has_part("pages") || file.has_part("api");
    if !file.is_product() || !view {
        return Vec::new();
    }
    let starts = file
        .code
        .iter()
        .enumerate()
        .filter(|(_, line)| line.contains("async fn "));
    starts
        .filter_map(|(start, _)| {
            let lines = body_lines(&file.code[start..]);
            let remedy = format!("The body has {lines} lines. Move decisions into an action and showing into a function.");
            (lines > LONGEST).then(|| file.violation(start, "a handler has at most fifteen lines", remedy))
        })
        .collect()
}

/// Lines between the braces of the function that begins here; blank ones do not count.
fn body_lines(code: &[String]) -> usize {
    let mut depth = 0_usize;
    let mut lines = 0;
    for line in code {
        let open = line.matches('{').count();
        let close = line.matches('}').count();
        let inside = depth > 0;
        depth = (depth + open).saturating_sub(close);
        if inside && depth == 0 {
            return lines;
        }
        if inside && !line.trim().is_empty() {
            lines += 1;
        }
        if !inside && open > 0 && depth == 0 {
            return 0;
        }
    }
    lines
}
