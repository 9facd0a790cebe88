//! The pages around the boards: home pages, career pages that refer to a board, posting pages for people, robots.txt.

use super::{
    View,
    jsonld::{self, RESERVED_PATH},
    markup::{escape, html, page},
    places,
};
use crate::demo::model::{Board, Embed, Employer, Opening};

/// `GET /robots.txt`: the one that counts, since all sites share one host and port.
pub fn robots(base: &str) -> String {
    format!(
        "User-agent: *\nDisallow: {RESERVED_PATH}\nAllow: /\n\nSitemap: {base}/sites/tallgrass/sitemap.xml\n"
    )
}

/// `GET /sites/{employer}`
pub fn home(employer: &Employer) -> String {
    let mut body = format!("<h1>{}</h1>\n", escape(&employer.name));
    for (language, about) in &employer.about {
        body.push_str(&format!("<p lang=\"{language}\">{}</p>\n", escape(about)));
    }
    body.push_str(&format!(
        "<p><a href=\"/sites/{}/careers\">Careers</a></p>",
        employer.id
    ));
    page(&employer.name, "en", "", &body)
}

/// `GET /sites/{employer}/careers`: the openings themselves, or a reference to the board that has them.
///
/// References name the real hosts of the vendors, as real pages do: the connectors take the board's token from them
/// and ask their own, configurable address.
pub fn careers(view: View, employer: &Employer) -> String {
    let reference = match (employer.board, employer.careers_page.unwrap_or(Embed::Link)) {
        (Board::Pages | Board::Feed | Board::List, _) => return jsonld::index(view, employer),
        (Board::Greenhouse, embed) => greenhouse(&employer.id, embed),
        (Board::Lever, embed) => hosted(&format!("https://jobs.lever.co/{}", employer.id), embed),
        (Board::Ashby, Embed::Script) => {
            format!(
                "<div id=\"ashby_embed\"></div>\n<script src=\"https://jobs.ashbyhq.com/{}/embed\"></script>",
                employer.id
            )
        }
        (Board::Ashby, embed) => {
            hosted(&format!("https://jobs.ashbyhq.com/{}", employer.id), embed)
        }
    };
    let about = employer.about.values().next().map_or("", String::as_str);
    let body = format!(
        "<nav><a href=\"/sites/{0}\">{1}</a></nav>\n<h1>Work at {1}</h1>\n<p>{2}</p>\n<h2>Open positions</h2>\n{reference}",
        employer.id,
        escape(&employer.name),
        escape(about)
    );
    page(&format!("Careers at {}", employer.name), "en", "", &body)
}

fn greenhouse(token: &str, embed: Embed) -> String {
    match embed {
        Embed::Link => hosted(&format!("https://job-boards.greenhouse.io/{token}"), embed),
        Embed::Script => format!(
            "<div id=\"grnhse_app\"></div>\n<script src=\"https://boards.greenhouse.io/embed/job_board/js?for={token}\"></script>"
        ),
        Embed::Iframe => hosted(
            &format!("https://boards.greenhouse.io/embed/job_board?for={token}"),
            embed,
        ),
    }
}

fn hosted(address: &str, embed: Embed) -> String {
    match embed {
        Embed::Iframe => format!(
            "<iframe title=\"Open positions\" src=\"{address}\" width=\"100%\" height=\"900\"></iframe>"
        ),
        Embed::Link | Embed::Script => {
            format!("<p><a class=\"button\" href=\"{address}\">See all open positions</a></p>")
        }
    }
}

/// The page of an opening for people, without structured data; career sites of their own have [`jsonld::posting`].
pub fn posting(view: View, opening: &Opening, city: usize) -> String {
    let employer = view.world.employer_of(opening);
    if matches!(employer.board, Board::Pages | Board::Feed | Board::List) {
        return jsonld::posting(view, opening);
    }
    let places: Vec<String> = opening
        .places
        .iter()
        .map(|place| places::short(view.world, place))
        .collect();
    let body = format!(
        "<nav><a href=\"/sites/{0}/careers\">{1}</a></nav>\n<h1>{2}</h1>\n<p>{3}</p>\n{4}\n<p><a href=\"{5}\">{6}</a></p>",
        employer.id,
        escape(&employer.name),
        escape(&opening.title),
        escape(&places.join(" · ")),
        html(opening, view.poll),
        escape(&format!("/sites/{}/apply", employer.id)),
        "&#9654; Apply",
        // A repeated opening has the same page in each city; only its address differs.
    );
    let canonical = format!(
        "<link rel=\"canonical\" href=\"{}\">\n",
        escape(&view.posting_url(opening, city))
    );
    page(
        &format!("{} - {}", opening.title, employer.name),
        &opening.language,
        &canonical,
        &body,
    )
}

/// Where every "apply" of the sample ends.
pub fn apply() -> String {
    page(
        "Sample application form",
        "en",
        "",
        "<h1>This is the sample world</h1>\n<p>The employer is invented and nothing can be sent from here. With real \
         sources, this link leads to the employer's own form.</p>",
    )
}

/// What a site shows for an address that it does not know, or no longer knows.
pub fn not_found() -> String {
    page(
        "Not found",
        "en",
        "",
        "<h1>This position is no longer available</h1>\n<p>It may have been filled, or the link is old.</p>",
    )
}
