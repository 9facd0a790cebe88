//! Which path is answered by which wire format.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
};

use axum::{
    Router,
    body::Body,
    extract::{OriginalUri, Path, Query, State},
    http::{HeaderMap, Response, StatusCode, Uri, header},
    routing::get,
};
use serde_json::{Value, json};

use super::{
    Site,
    answers::{HTML, JSON, TEXT, XML, answer, plain},
};
use crate::demo::{
    model::{Board, Employer, Opening},
    sources::LISTS,
    traps,
    wire::{
        ashby,
        feeds::{self, FEEDS, Format},
        greenhouse, jsonld, lever, simplify, sites, slug,
    },
};

type Shared = State<Arc<Site>>;
type Arguments = Query<BTreeMap<String, String>>;
type Answer = Response<Body>;

/// All routes of the sample world.
pub(super) fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/greenhouse/v1/boards/{token}", get(greenhouse_board))
        .route("/greenhouse/v1/boards/{token}/jobs", get(greenhouse_jobs))
        .route(
            "/greenhouse/v1/boards/{token}/jobs/{id}",
            get(greenhouse_job),
        )
        .route("/greenhouse/{token}/jobs/{id}", get(greenhouse_page))
        .route("/lever/v0/postings/{site}", get(lever_postings))
        .route("/lever/v0/postings/{site}/{id}", get(lever_posting))
        .route("/lever/{site}/{id}", get(hosted_page))
        .route("/lever/{site}/{id}/apply", get(apply))
        .route("/ashby/posting-api/job-board/{name}", get(ashby_board))
        .route("/ashby/{name}/{id}", get(hosted_page))
        .route("/ashby/{name}/{id}/application", get(apply))
        .route("/sites/{employer}", get(home))
        .route("/sites/{employer}/careers", get(careers))
        .route("/sites/{employer}/sitemap.xml", get(sitemap))
        .route("/sites/{employer}/jobs/{slug}", get(posting_page))
        .route("/sites/{employer}/jobs/{slug}/apply", get(apply))
        .route("/sites/{employer}/job-details", get(job_details))
        .route("/sites/{employer}/apply", get(apply))
        .route("/sites/{employer}/internal/{*page}", get(forbidden))
        .route("/lists/{name}/listings.json", get(list))
        .route("/feeds/{file}", get(feed))
        .route("/traps/{*name}", get(trap))
        .fallback(not_found)
        .with_state(site)
}

impl Site {
    /// The employer of a token, provided that it is on this system.
    fn on_board(&self, token: &str, board: Board) -> Option<&Employer> {
        self.world
            .employer(token)
            .filter(|employer| employer.board == board)
    }

    fn json(&self, request: &HeaderMap, value: &Value) -> Answer {
        answer(request, JSON, value.to_string(), self.changed())
    }

    fn page(&self, request: &HeaderMap, html: Option<String>) -> Answer {
        match html {
            Some(html) => answer(request, HTML, html, self.changed()),
            None => plain(StatusCode::NOT_FOUND, HTML, sites::not_found()),
        }
    }

    fn changed(&self) -> i64 {
        self.world.last_changed_ms(self.view().poll)
    }

    /// What a board answers that is a trap, or that stumbles.
    fn misbehaves(&self, token: &str, uri: &Uri) -> Option<Answer> {
        if let Some(name) = token.strip_prefix("trap-") {
            return self.springs(name, uri);
        }
        self.stumbles(token).then(|| match token {
            "fenwick-tide" => traps::too_many_requests(),
            _ => traps::internal_error(),
        })
    }

    fn springs(&self, name: &str, uri: &Uri) -> Option<Answer> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        traps::answer(&traps::Call {
            name,
            path,
            base: &self.base,
            stop: &self.stop,
        })
    }

    fn find(&self, employer: &str, wanted: impl Fn(&Opening) -> bool) -> Option<&Opening> {
        let poll = self.view().poll;
        self.world.openings.iter().find(|opening| {
            opening.is_open(poll)
                && self.world.employer_of(opening).id == employer
                && wanted(opening)
        })
    }
}

fn unknown(message: &str) -> Answer {
    plain(
        StatusCode::NOT_FOUND,
        JSON,
        json!({ "status": 404, "error": message }).to_string(),
    )
}

async fn robots(State(site): Shared) -> Answer {
    plain(StatusCode::OK, TEXT, sites::robots(&site.base))
}

async fn greenhouse_board(
    State(site): Shared,
    Path(token): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    if let Some(answer) = site.misbehaves(&token, &uri) {
        return answer;
    }
    match site.on_board(&token, Board::Greenhouse) {
        Some(employer) => site.json(&headers, &greenhouse::board(employer)),
        None => unknown("Board not found"),
    }
}

async fn greenhouse_jobs(
    State(site): Shared,
    Path(token): Path<String>,
    Query(arguments): Arguments,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    if let Some(answer) = site.misbehaves(&token, &uri) {
        return answer;
    }
    let content = arguments
        .get("content")
        .is_some_and(|value| value == "true");
    match site.on_board(&token, Board::Greenhouse) {
        Some(employer) => site.json(&headers, &greenhouse::jobs(site.view(), employer, content)),
        None => unknown("Board not found"),
    }
}

async fn greenhouse_job(
    State(site): Shared,
    Path((token, id)): Path<(String, u64)>,
    headers: HeaderMap,
) -> Answer {
    let job = site
        .on_board(&token, Board::Greenhouse)
        .and_then(|employer| greenhouse::single(site.view(), employer, id));
    job.map_or_else(|| unknown("Job not found"), |job| site.json(&headers, &job))
}

async fn greenhouse_page(
    State(site): Shared,
    Path((token, id)): Path<(String, u64)>,
    headers: HeaderMap,
) -> Answer {
    site.page(&headers, greenhouse_html(&site, &token, id))
}

fn greenhouse_html(site: &Site, token: &str, id: u64) -> Option<String> {
    let employer = site.on_board(token, Board::Greenhouse)?;
    let (opening, city) = greenhouse::find(site.view(), employer, id)?;
    Some(sites::posting(site.view(), opening, city))
}

/// A posting of a board on the employer's own site, by the board's id in the query.
async fn job_details(
    State(site): Shared,
    Path(token): Path<String>,
    Query(arguments): Arguments,
    headers: HeaderMap,
) -> Answer {
    let page = match (arguments.get("gh_jid"), arguments.get("ashby_jid")) {
        (Some(id), _) => id
            .parse()
            .ok()
            .and_then(|id| greenhouse_html(&site, &token, id)),
        (None, Some(id)) => page_by_uuid(&site, &token, id),
        (None, None) => None,
    };
    site.page(&headers, page)
}

fn page_by_uuid(site: &Site, token: &str, uuid: &str) -> Option<String> {
    let opening = site.find(token, |opening| opening.uuid == uuid)?;
    Some(sites::posting(site.view(), opening, 0))
}

async fn lever_postings(
    State(site): Shared,
    Path(token): Path<String>,
    Query(arguments): Arguments,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    if let Some(answer) = site.misbehaves(&token, &uri) {
        return answer;
    }
    let Some(employer) = site.on_board(&token, Board::Lever) else {
        return plain(
            StatusCode::NOT_FOUND,
            JSON,
            json!({ "ok": false, "error": "Document not found" }).to_string(),
        );
    };
    // Without being asked for JSON, the real thing shows a page.
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !accepts.contains("application/json") {
        return site.page(&headers, Some(jsonld::index(site.view(), employer)));
    }
    let number = |name: &str, default| {
        arguments
            .get(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or(default)
    };
    site.json(
        &headers,
        &lever::postings(
            site.view(),
            employer,
            number("skip", 0),
            number("limit", 100),
        ),
    )
}

async fn lever_posting(
    State(site): Shared,
    Path((token, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let posting = site
        .on_board(&token, Board::Lever)
        .and_then(|employer| lever::single(site.view(), employer, &id));
    posting.map_or_else(
        || unknown("Document not found"),
        |posting| site.json(&headers, &posting),
    )
}

async fn ashby_board(
    State(site): Shared,
    Path(token): Path<String>,
    Query(arguments): Arguments,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    if let Some(answer) = site.misbehaves(&token, &uri) {
        return answer;
    }
    let compensation = arguments
        .get("includeCompensation")
        .is_some_and(|value| value == "true");
    match site.on_board(&token, Board::Ashby) {
        Some(employer) => site.json(&headers, &ashby::board(site.view(), employer, compensation)),
        None => unknown("Job board not found"),
    }
}

/// The page of a posting on a board whose ids are UUIDs.
async fn hosted_page(
    State(site): Shared,
    Path((token, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    site.page(&headers, page_by_uuid(&site, &token, &id))
}

async fn posting_page(
    State(site): Shared,
    Path((token, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let page = site
        .find(&token, |opening| slug(opening) == name)
        .map(|opening| sites::posting(site.view(), opening, 0));
    site.page(&headers, page)
}

async fn home(State(site): Shared, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    site.page(&headers, site.world.employer(&token).map(sites::home))
}

async fn careers(State(site): Shared, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    site.page(
        &headers,
        site.world
            .employer(&token)
            .map(|employer| sites::careers(site.view(), employer)),
    )
}

async fn sitemap(State(site): Shared, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    match site.world.employer(&token) {
        Some(employer) => answer(
            &headers,
            XML,
            jsonld::sitemap(site.view(), employer),
            site.changed(),
        ),
        None => plain(StatusCode::NOT_FOUND, HTML, sites::not_found()),
    }
}

async fn apply() -> Answer {
    plain(StatusCode::OK, HTML, sites::apply())
}

async fn forbidden(State(site): Shared) -> Answer {
    site.forbidden.fetch_add(1, Ordering::Relaxed);
    plain(StatusCode::OK, HTML, sites::not_found())
}

async fn list(State(site): Shared, Path(name): Path<String>, headers: HeaderMap) -> Answer {
    match LISTS.iter().find(|(list, _, _)| *list == name) {
        Some((_, _, venue)) => site.json(&headers, &simplify::listings(site.view(), *venue)),
        None => unknown("List not found"),
    }
}

async fn feed(State(site): Shared, Path(file): Path<String>, headers: HeaderMap) -> Answer {
    let Some(feed) = FEEDS.iter().find(|feed| feed.file == file) else {
        return plain(StatusCode::NOT_FOUND, HTML, sites::not_found());
    };
    let content_type = match feed.format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json; charset=utf-8",
    };
    answer(
        &headers,
        content_type,
        feeds::render(site.view(), feed),
        site.changed(),
    )
}

async fn trap(
    State(site): Shared,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Answer {
    site.springs(&name, &uri)
        .unwrap_or_else(|| unknown("No such trap"))
}

async fn not_found() -> Answer {
    plain(StatusCode::NOT_FOUND, HTML, sites::not_found())
}
