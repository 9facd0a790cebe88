//! Feeds: RSS 2.0, Atom and JSON Feed, of single employers and of job boards that collect from many.

use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use serde_json::{Value, json};

use super::{
    View, iso,
    markup::{escape, html, plain},
    places,
};
use crate::demo::model::{Opening, Poll, Venue, Workplace};

/// Which format a feed is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0 with `content:encoded`.
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// Whose openings a feed carries.
#[derive(Clone, Copy, Debug)]
pub enum Carries {
    /// Those of one employer, by its id.
    Employer(&'static str),
    /// Those of a venue; titles start with the company.
    Venue(Venue),
}

/// One feed under `/feeds`.
pub struct Feed {
    /// The last part of its address.
    pub file: &'static str,
    /// What it calls itself.
    pub title: &'static str,
    /// In which format.
    pub format: Format,
    /// Of whom.
    pub carries: Carries,
}

/// All feeds of the sample.
pub const FEEDS: [Feed; 7] = [
    Feed {
        file: "wychbury.rss",
        title: "University of Wychbury: vacancies",
        format: Format::Rss,
        carries: Carries::Employer("wychbury"),
    },
    Feed {
        file: "oberelbe.atom",
        title: "IT-Verbund Oberelbe: Stellenangebote",
        format: Format::Atom,
        carries: Carries::Employer("oberelbe"),
    },
    Feed {
        file: "cartable-labs.json",
        title: "Cartable Labs : nos offres",
        format: Format::Json,
        carries: Carries::Employer("cartable-labs"),
    },
    Feed {
        file: "copihue.rss",
        title: "Copihue Energía: trabaja con nosotros",
        format: Format::Rss,
        carries: Carries::Employer("copihue"),
    },
    Feed {
        file: "backend-jobs.rss",
        title: "Engine Room Weekly: backend jobs",
        format: Format::Rss,
        carries: Carries::Venue(Venue::BackendFeed),
    },
    Feed {
        file: "remote-jobs.json",
        title: "Anywhere Desk: remote jobs",
        format: Format::Json,
        carries: Carries::Venue(Venue::RemoteFeed),
    },
    Feed {
        file: "campus-board.atom",
        title: "Campus Board: internships for students",
        format: Format::Atom,
        carries: Carries::Venue(Venue::CampusFeed),
    },
];

struct Entry<'a> {
    opening: &'a Opening,
    title: String,
    company: String,
    url: String,
}

/// The body of a feed.
pub fn render(view: View, feed: &Feed) -> String {
    let entries = entries(view, feed);
    match feed.format {
        Format::Rss => rss(view, feed, &entries),
        Format::Atom => atom(view, feed, &entries),
        Format::Json => serde_json::to_string(&json_feed(view, feed, &entries)).unwrap_or_default(),
    }
}

fn entries<'a>(view: View<'a>, feed: &Feed) -> Vec<Entry<'a>> {
    let carried = view.world.openings.iter().filter(|opening| {
        opening.is_open(view.poll)
            && match feed.carries {
                Carries::Employer(id) => view.world.employer_of(opening).id == id,
                Carries::Venue(venue) => opening.venues.contains(&venue),
            }
    });
    carried.map(|opening| entry(view, feed, opening)).collect()
}

fn entry<'a>(view: View<'a>, feed: &Feed, opening: &'a Opening) -> Entry<'a> {
    let employer = view.world.employer_of(opening);
    let url = view.posting_url(opening, 0);
    match feed.carries {
        Carries::Employer(_) => Entry {
            opening,
            title: opening.title.clone(),
            company: employer.name.clone(),
            url,
        },
        Carries::Venue(_) => {
            let spelling = opening.number as usize / 10 % (employer.spellings.len() + 1);
            let company = employer
                .spellings
                .get(spelling)
                .unwrap_or(&employer.name)
                .clone();
            let joint = if url.contains('?') { '&' } else { '?' };
            Entry {
                opening,
                title: format!("{company}: {} ({})", opening.title, place(view, opening)),
                company,
                url: format!(
                    "{url}{joint}utm_source={}&utm_medium=rss",
                    feed.file.split('.').next().unwrap_or("feed")
                ),
            }
        }
    }
}

fn place(view: View, opening: &Opening) -> String {
    match opening.workplace {
        Workplace::Remote => format!(
            "Remote, {}",
            places::country_name(view.world, &opening.places[0])
        ),
        _ => places::listed(view.world, &opening.places[0]),
    }
}

/// The first 200 characters, for those who read on in the page.
fn summary(opening: &Opening, poll: Poll) -> String {
    let text: String = plain(opening, poll)
        .replace('\n', " ")
        .chars()
        .take(200)
        .collect();
    format!("{text}…")
}

fn rss(view: View, feed: &Feed, entries: &[Entry]) -> String {
    let mut items = String::new();
    for entry in entries {
        items.push_str(&format!(
            "<item>\n<title>{}</title>\n<link>{}</link>\n<guid isPermaLink=\"false\">{}</guid>\n<pubDate>{}</pubDate>\n\
             <dc:creator>{}</dc:creator>\n<category>{}</category>\n<description>{}</description>\n\
             <content:encoded><![CDATA[{}]]></content:encoded>\n</item>\n",
            escape(&entry.title),
            escape(&entry.url),
            entry.opening.uuid,
            rfc2822(entry.opening.published_ms),
            escape(&entry.company),
            escape(&entry.opening.department),
            escape(&summary(entry.opening, view.poll)),
            html(entry.opening, view.poll).replace("]]>", "]]&gt;"),
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <channel>\n<title>{}</title>\n<link>{}/feeds</link>\n<description>{}</description>\n<lastBuildDate>{}</lastBuildDate>\n\
         {items}</channel>\n</rss>\n",
        escape(feed.title),
        view.base,
        escape(feed.title),
        rfc2822(view.world.last_changed_ms(view.poll)),
    )
}

fn atom(view: View, feed: &Feed, entries: &[Entry]) -> String {
    let mut items = String::new();
    for entry in entries {
        items.push_str(&format!(
            "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<link rel=\"alternate\" href=\"{}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<category term=\"{}\"/>\n\
             <content type=\"html\" xml:lang=\"{}\">{}</content>\n</entry>\n",
            entry.opening.uuid,
            escape(&entry.title),
            escape(&entry.url),
            iso(entry.opening.published_ms, 0),
            iso(view.updated_ms(entry.opening), 0),
            escape(&entry.company),
            escape(&entry.opening.department),
            entry.opening.language,
            escape(&html(entry.opening, view.poll)),
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{0}/feeds/{1}</id>\n\
         <title>{2}</title>\n<link rel=\"self\" href=\"{0}/feeds/{1}\"/>\n<updated>{3}</updated>\n{items}</feed>\n",
        view.base,
        feed.file,
        escape(feed.title),
        iso(view.world.last_changed_ms(view.poll), 0),
    )
}

/// A feed's top level. Its order matters to readers that look for the version in the first bytes, where it always is.
#[derive(serde::Serialize)]
struct JsonFeed {
    version: &'static str,
    title: &'static str,
    home_page_url: String,
    feed_url: String,
    items: Vec<Value>,
}

fn json_feed(view: View, feed: &Feed, entries: &[Entry]) -> JsonFeed {
    let items: Vec<Value> = entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.opening.uuid,
                "url": entry.url,
                "title": entry.title,
                "content_html": html(entry.opening, view.poll),
                "summary": summary(entry.opening, view.poll),
                "date_published": iso(entry.opening.published_ms, 0),
                "date_modified": iso(view.updated_ms(entry.opening), 0),
                "authors": [{ "name": entry.company }],
                "tags": [entry.opening.department],
                "language": entry.opening.language,
            })
        })
        .collect();
    JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title,
        home_page_url: format!("{}/feeds", view.base),
        feed_url: format!("{}/feeds/{}", view.base, feed.file),
        items,
    }
}

fn rfc2822(ms: i64) -> String {
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    DateTimePrinter::new()
        .timestamp_to_string(&timestamp)
        .unwrap_or_default()
}
