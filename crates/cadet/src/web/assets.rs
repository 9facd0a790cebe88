//! The bundle of the user interface, embedded in the program: `manifest.json` maps logical names (`app.js`) to files in
//! `assets/` whose names hold a hash of their content, each with `.br` and `.gz` beside it when that is smaller.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::extract::Path;
use super::respond::Problem;
use super::routes::Routes;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Bundle;

/// Files never change under their name.
const FOREVER: &str = "public, max-age=31536000, immutable";

fn manifest() -> Cow<'static, HashMap<String, String>> {
    let read = || {
        Bundle::get("manifest.json")
            .and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_default()
    };
    if cfg!(debug_assertions) {
        // Debug builds read the bundle from the disk, so that a rebuilt one shows without compiling again.
        return Cow::Owned(read());
    }
    static MANIFEST: OnceLock<HashMap<String, String>> = OnceLock::new();
    Cow::Borrowed(MANIFEST.get_or_init(read))
}

/// The address of a file by its logical name. A name that the bundle lacks gives an address that answers 404.
#[must_use]
pub fn url(name: &str) -> String {
    let manifest = manifest();
    format!(
        "/assets/{}",
        manifest.get(name).map_or(name, String::as_str)
    )
}

/// Whether the bundle has a file of this logical name.
#[must_use]
pub fn exists(name: &str) -> bool {
    manifest().contains_key(name)
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let path = format!("assets/{name}");
    let plain = Bundle::get(&path).filter(|_| !is_encoded(&name));
    let plain = plain.ok_or_else(Problem::no_such_page)?;
    let kind = HeaderValue::from_static(content_type(&name));
    let (encoding, file) = negotiate(&path, plain, &headers);
    let mut response = Body::from(file.data).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, kind);
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOREVER));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

fn is_encoded(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// The smallest form that the caller takes.
fn negotiate(
    path: &str,
    plain: EmbeddedFile,
    headers: &HeaderMap,
) -> (Option<&'static str>, EmbeddedFile) {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding)
            && let Some(file) = Bundle::get(&format!("{path}.{extension}"))
        {
            return (Some(encoding), file);
        }
    }
    (None, plain)
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let named = pieces
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = pieces.any(|piece| {
            piece
                .strip_prefix("q=")
                .and_then(|q| q.parse::<f32>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        named && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// The files.
pub(super) fn routes() -> Routes {
    Routes::new().get("/assets/{file}", serve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_only_if_it_is_accepted() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("BR;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn an_unknown_name_gives_an_address_all_the_same() {
        assert_eq!(url("no-such-file.js"), "/assets/no-such-file.js");
        assert!(!exists("no-such-file.js"));
    }
}
