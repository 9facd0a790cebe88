//! Sites that misbehave. Each trap has a name; it answers under `/traps/NAME`, and as the board `trap-NAME` of every
//! applicant tracking system.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{oddities::SCRIPT, streams, wire::markup};

/// What a trap needs to know of the request.
pub(super) struct Call<'a> {
    /// The trap's name, without `trap-`.
    pub name: &'a str,
    /// The path and query that were asked for, from which redirects are made.
    pub path: &'a str,
    /// Address of the server.
    pub base: &'a str,
    /// Ends the slow answer when the server stops.
    pub stop: &'a CancellationToken,
}

/// The board to which the renamed one leads.
const RENAMED_TO: &str = "grachtwerk";

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// The answer of a trap; `None` if there is none of that name.
pub(super) fn answer(call: &Call) -> Option<Response<Body>> {
    let response = match call.name {
        "malformed" => reply(
            JSON,
            "{\"jobs\": [{\"id\": 17, \"title\": \"Backend Intern\", \"content\": \"We are ",
        ),
        "html" => reply(
            HTML,
            markup::page("Maintenance", "en", "", "<h1>We will be back soon</h1>"),
        ),
        "gone" => with_status(
            StatusCode::NOT_FOUND,
            JSON,
            "{\"status\":404,\"error\":\"Job not found\"}",
        ),
        "empty" => reply(JSON, "{\"jobs\":[],\"meta\":{\"total\":0}}"),
        "null" => reply(JSON, "{\"jobs\":null,\"apiVersion\":\"1\"}"),
        "renamed" => redirect(StatusCode::MOVED_PERMANENTLY, &renamed(call.path)),
        "truncated" => truncated(),
        "huge" => reply(JSON, streams::huge()),
        "bomb" => gzipped(streams::bomb(streams::HUGE / streams::PIECE)),
        "slow" => reply(JSON, streams::slow(call.stop.clone())),
        "loop" => redirect(StatusCode::FOUND, &format!("{}/traps/loop-back", call.base)),
        "loop-back" => redirect(StatusCode::FOUND, &format!("{}/traps/loop", call.base)),
        "metadata" => redirect(
            StatusCode::FOUND,
            "http://169.254.169.254/latest/meta-data/",
        ),
        "strange" => reply(JSON, strange().to_string()),
        // Latin-1 that says it is UTF-8.
        "latin1" => reply(JSON, latin1(&umlauts().to_string())),
        "latin1-as-utf8.rss" => reply("application/rss+xml; charset=utf-8", latin1(&umlaut_feed())),
        // UTF-8 that says it is Latin-1.
        "utf8-as-latin1.html" => reply("text/html; charset=iso-8859-1", umlaut_page()),
        "broken-rows/listings.json" => reply(JSON, broken_rows().to_string()),
        "broken-jsonld.html" => reply(HTML, broken_jsonld()),
        _ => return None,
    };
    Some(response)
}

/// Asks for patience, in seconds.
pub(super) fn too_many_requests() -> Response<Body> {
    let mut response = with_status(
        StatusCode::TOO_MANY_REQUESTS,
        JSON,
        "{\"error\":\"slow down, please\"}",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// Fails for no reason that would help.
pub(super) fn internal_error() -> Response<Body> {
    with_status(StatusCode::INTERNAL_SERVER_ERROR, HTML, "<h1>500</h1>")
}

fn reply(content_type: &'static str, body: impl Into<Body>) -> Response<Body> {
    with_status(StatusCode::OK, content_type, body)
}

fn with_status(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Body>,
) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut response = with_status(status, HTML, "");
    if let Ok(location) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn truncated() -> Response<Body> {
    let mut response = reply(
        JSON,
        streams::short("{\"jobs\":[{\"id\":1,\"title\":\"Backend Intern\","),
    );
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from_static("50000"));
    response
}

fn gzipped(body: Body) -> Response<Body> {
    let mut response = reply(JSON, body);
    response
        .headers_mut()
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

/// The same call on the board's new name.
fn renamed(path: &str) -> String {
    if path.contains("trap-renamed") {
        path.replace("trap-renamed", RENAMED_TO)
    } else {
        format!("/greenhouse/v1/boards/{RENAMED_TO}/jobs?content=true")
    }
}

/// A board whose rows are as odd as rows can be: some can be read, and must not be lost with the others.
fn strange() -> Value {
    let text = markup::escape(
        "<p>You help to build the backend of a small shop: Java, Spring and PostgreSQL, for three months.</p>",
    );
    let row = |id: u64, title: &str| {
        json!({
            "id": id,
            "title": title,
            "absolute_url": format!("https://strange.invalid/jobs/{id}"),
            "location": { "name": "Porto, Portugal" },
            "content": text,
            "updated_at": "2026-11-01T08:00:00Z",
        })
    };
    let mut rows = vec![
        row(1, "Backend Intern, Year 9999"),
        row(2, "Backend Intern, Year 1"),
        row(3, "Backend Intern, Sometime"),
        row(4, &format!("Backend Intern {}", "and more ".repeat(1_200))),
        row(
            5,
            "\u{202e}nretnI dnekcaB\u{202c} \u{200b}\u{200d}\u{feff}Backend Intern (متدرب خلفية)",
        ),
        row(
            6,
            "<script>alert(1)</script>Backend Intern <img src=x onerror=alert(2)>",
        ),
        row(7, "Backend Intern, Script Inside"),
        row(8, "Backend Intern, No Place"),
        row(9, "Backend Intern, No Text"),
        row(10, "Backend Intern, No Address"),
        row(11, ""),
        json!("not an object"),
        json!({ "id": "twelve", "title": null }),
        row(12, "Backend Intern, Perfectly Ordinary"),
    ];
    rows[0]["first_published"] = json!("9999-12-31T23:59:59Z");
    rows[0]["updated_at"] = json!("9999-12-31T23:59:59-12:00");
    rows[1]["first_published"] = json!("0001-01-01T00:00:00Z");
    rows[2]["first_published"] = json!("last Thursday");
    rows[2]["application_deadline"] = json!("2027-02-30");
    rows[6]["content"] = json!(markup::escape(&format!("<p>Java and SQL.</p>{SCRIPT}")));
    rows[7]["location"] = Value::Null;
    rows[8]["content"] = Value::Null;
    rows[9]["absolute_url"] = json!("javascript:alert(1)");
    json!({ "meta": { "total": rows.len() }, "jobs": rows })
}

fn umlauts() -> Value {
    json!({ "jobs": [{
        "id": 21,
        "title": "Praktikum Backend-Entwicklung für Grün & Größe",
        "absolute_url": "https://umlaut.invalid/jobs/21",
        "location": { "name": "Köln, Germany" },
        "content": "&lt;p&gt;Wir suchen Verstärkung für unsere Java-Dienste, ab März 2027.&lt;/p&gt;",
        "updated_at": "2026-11-01T08:00:00+01:00",
    }], "meta": { "total": 1 } })
}

fn umlaut_feed() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Stellenmarkt Süd</title>\
     <link>https://umlaut.invalid/</link><description>Offene Stellen</description><item><title>Müller &amp; Söhne: Praktikum \
     Backend (Java)</title><link>https://umlaut.invalid/jobs/22</link><guid>https://umlaut.invalid/jobs/22</guid>\
     <description>Für sechs Monate ab März 2027 in Nürnberg.</description></item></channel></rss>"
        .to_owned()
}

fn umlaut_page() -> String {
    let data = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Stage développement backend (Python) à Orléans",
        "description": "<p>Stage de six mois à partir de février 2027 : Django, PostgreSQL et beaucoup de café.</p>",
        "datePosted": "2026-11-05",
        "employmentType": "INTERN",
        "hiringOrganization": { "@type": "Organization", "name": "Crêperie Numérique" },
        "jobLocation": { "@type": "Place", "address": { "@type": "PostalAddress", "addressLocality": "Orléans", "addressCountry": "FR" } },
    });
    let head = format!("<script type=\"application/ld+json\">{data}</script>\n");
    // The page itself says UTF-8 in its head, and the server contradicts it.
    markup::page(
        "Stage développement backend",
        "fr",
        &head,
        "<h1>Stage développement backend à Orléans</h1>",
    )
}

fn broken_rows() -> Value {
    json!([
        { "id": "ok-1", "company_name": "Ordinary Ltd", "title": "Backend Intern", "locations": ["Leeds, UK"], "terms": ["Summer 2027"],
          "url": "https://ordinary.invalid/jobs/1", "active": true, "is_visible": true, "source": "community", "sponsorship": "Other",
          "date_posted": 1_793_000_000_i64, "date_updated": 1_793_000_000_i64 },
        { "id": 7, "company_name": null, "title": ["Backend", "Intern"], "locations": "Leeds", "active": "yes" },
        { "title": "No id, no company" },
        null,
        { "id": "far-1", "company_name": "Far Future Inc", "title": "Backend Intern", "locations": [], "terms": [], "url": "not a url",
          "active": true, "is_visible": true, "date_posted": 253_402_300_799_999_i64, "date_updated": -62_135_596_800_i64 },
    ])
}

fn broken_jsonld() -> String {
    let head = "<script type=\"application/ld+json\">{\"@type\": \"JobPosting\", \"title\": \"Backend Intern\", }</script>\n\
                <script type=\"application/ld+json\"></script>\n";
    markup::page(
        "Backend Intern",
        "en",
        head,
        "<h1>Backend Intern</h1><p>The structured data of this page is broken.</p>",
    )
}

/// Everything outside Latin-1 becomes a question mark.
fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
        .collect()
}
