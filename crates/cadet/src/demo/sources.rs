//! What the demonstration adds as sources: every employer's board, the lists and feeds, and the traps.

use super::{
    model::{Board, Venue},
    server::STUMBLING,
    wire::feeds::{Carries, FEEDS},
    world::World,
};

/// One source of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleSource {
    /// A name for people.
    pub name: String,
    /// What a person would give to `source add`: `greenhouse:TOKEN`, `lever:SITE`, `ashby:NAME` or a URL.
    pub address: String,
    /// What connector should be found for the address: `greenhouse`, `lever`, `ashby`, `listings`, `jsonld` or `feed`.
    pub kind: &'static str,
    /// What it is there for, as one sentence without its stop.
    pub what: String,
    /// False for traps, whose sync may end in an error that is then shown at the source.
    pub healthy: bool,
}

/// The community lists: name under `/lists`, title, venue.
pub(super) const LISTS: [(&str, &str, Venue); 2] = [
    (
        "world-tech-internships",
        "World Tech Internships",
        Venue::AmericasList,
    ),
    (
        "europe-tech-internships",
        "Europe Tech Internships",
        Venue::EuropeList,
    ),
];

/// All sources, the healthy ones first.
pub(super) fn sources(world: &World, base: &str) -> Vec<SampleSource> {
    let mut sources = boards(world, base);
    sources.extend(LISTS.iter().map(|(name, title, _)| SampleSource {
        name: (*title).to_owned(),
        address: format!("{base}/lists/{name}/listings.json"),
        kind: "listings",
        what: "A community list, with rows that are hidden, outdated or there twice".to_owned(),
        healthy: true,
    }));
    sources.extend(FEEDS.iter().map(|feed| {
        SampleSource {
            name: feed.title.to_owned(),
            address: format!("{base}/feeds/{}", feed.file),
            kind: "feed",
            what: match feed.carries {
                Carries::Employer(_) => "An employer that publishes a feed".to_owned(),
                Carries::Venue(_) => {
                    "A job board's feed, with openings that are on their employers' boards too"
                        .to_owned()
                }
            },
            healthy: true,
        }
    }));
    sources.extend(traps(base));
    sources
}

fn boards(world: &World, base: &str) -> Vec<SampleSource> {
    let mut sources = Vec::new();
    for employer in &world.employers {
        let (id, careers) = (
            &employer.id,
            format!("{base}/sites/{}/careers", employer.id),
        );
        let (kind, token) = match employer.board {
            Board::Greenhouse => ("greenhouse", format!("greenhouse:{id}")),
            Board::Lever => ("lever", format!("lever:{id}")),
            Board::Ashby => ("ashby", format!("ashby:{id}")),
            Board::Pages => ("jsonld", careers.clone()),
            // These are reached through feeds and lists.
            Board::Feed | Board::List => continue,
        };
        let what = match (
            STUMBLING.iter().find(|(token, _)| token == id),
            employer.careers_page,
        ) {
            (Some((_, sentence)), _) => (*sentence).to_owned(),
            (None, Some(_)) => format!(
                "{}: a career page, behind which the board is to be found",
                employer.industry
            ),
            (None, None) => format!("{}: a job board", employer.industry),
        };
        let address = if employer.careers_page.is_some() {
            careers
        } else {
            token
        };
        sources.push(SampleSource {
            name: employer.name.clone(),
            address,
            kind,
            what,
            healthy: true,
        });
    }
    sources
}

/// Board system, trap, what it does.
const BOARD_TRAPS: [(&str, &str, &str); 15] = [
    (
        "greenhouse",
        "malformed",
        "JSON that stops in the middle of a string",
    ),
    ("greenhouse", "html", "A maintenance page where JSON is due"),
    ("greenhouse", "gone", "A board that has been removed (404)"),
    ("greenhouse", "empty", "A board without any job"),
    (
        "greenhouse",
        "renamed",
        "A board that has moved to another name (301)",
    ),
    (
        "greenhouse",
        "truncated",
        "An answer that promises 50,000 bytes and ends after fifty",
    ),
    ("greenhouse", "huge", "An answer of 200 MB"),
    ("greenhouse", "bomb", "A small gzip that inflates to 200 MB"),
    ("greenhouse", "slow", "An answer of a byte a second"),
    (
        "greenhouse",
        "loop",
        "Two addresses that redirect to each other",
    ),
    (
        "greenhouse",
        "metadata",
        "A redirect to the address of a cloud's metadata service",
    ),
    (
        "greenhouse",
        "strange",
        "Dates in the years 1 and 9999, a title of 10 kB, script, hidden characters, missing fields",
    ),
    ("greenhouse", "latin1", "Latin-1 that says it is UTF-8"),
    ("lever", "html", "A page for people where JSON is due"),
    ("ashby", "null", "A list of jobs that is null"),
];

/// Path under `/traps`, connector, what it does.
const PAGE_TRAPS: [(&str, &str, &str); 4] = [
    (
        "latin1-as-utf8.rss",
        "feed",
        "A feed in Latin-1 that says it is UTF-8",
    ),
    (
        "utf8-as-latin1.html",
        "jsonld",
        "A page in UTF-8 that its server calls Latin-1",
    ),
    (
        "broken-rows/listings.json",
        "listings",
        "A list with rows of the wrong shape between good ones",
    ),
    (
        "broken-jsonld.html",
        "jsonld",
        "A page whose structured data cannot be parsed",
    ),
];

fn traps(base: &str) -> Vec<SampleSource> {
    let boards = BOARD_TRAPS.iter().map(|(kind, name, what)| SampleSource {
        name: format!("Trap: {name} ({kind})"),
        address: format!("{kind}:trap-{name}"),
        kind,
        what: (*what).to_owned(),
        healthy: false,
    });
    let pages = PAGE_TRAPS.iter().map(|(path, kind, what)| SampleSource {
        name: format!("Trap: {}", path.split(['.', '/']).next().unwrap_or(path)),
        address: format!("{base}/traps/{path}"),
        kind,
        what: (*what).to_owned(),
        healthy: false,
    });
    boards.chain(pages).collect()
}
