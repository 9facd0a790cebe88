//! Sitemaps: which pages a site has, also compressed and as an index of further sitemaps.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

/// What a sitemap lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<SitePage>,
    /// Further sitemaps, if it is an index.
    pub sitemaps: Vec<Url>,
}

/// A page that a sitemap lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePage {
    /// Its address.
    pub url: Url,
    /// When it was changed, as the sitemap writes it.
    pub modified: Option<String>,
}

/// Whether a text looks like a sitemap.
pub(in crate::postings::sources) fn is_sitemap(text: &str) -> bool {
    let head = text.get(..text.len().min(2000)).unwrap_or(text);
    head.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
        && (head.contains("<urlset") || head.contains("<sitemapindex"))
}

/// The body as it is meant: `.gz` sitemaps are sent as compressed files, which the transport leaves alone. Never grows past
/// `limit` bytes; what is broken or larger ends there.
pub(super) fn uncompressed(body: &[u8], limit: u64) -> Vec<u8> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return body.to_vec();
    }
    let mut out = Vec::new();
    // A sitemap that breaks off still lists what came before.
    let _ = MultiGzDecoder::new(body).take(limit).read_to_end(&mut out);
    out
}

/// Reads a sitemap. What is broken in it ends the list there; nothing before is lost.
#[must_use]
pub fn parse(text: &str, base: &Url) -> Sitemap {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut reading = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                name @ ("loc" | "lastmod") => reading.begin(name),
                "sitemapindex" => reading.is_index = true,
                // Images and videos have addresses of their own, in elements with a prefix but other names around.
                _ => reading.field = None,
            },
            Ok(Event::Text(part)) => reading.append(&part),
            Ok(Event::CData(part)) => reading.append(&part),
            Ok(Event::GeneralRef(name)) => {
                reading.append(&super::super::markup::unescape(&format!("&{};", &*name)));
            }
            Ok(Event::End(tag)) => reading.end(tag.local_name().as_ref(), base),
            Ok(Event::Eof) | Err(_) => return reading.sitemap,
            Ok(_) => {}
        }
    }
}

/// A sitemap that is being read.
#[derive(Default)]
struct Reading {
    sitemap: Sitemap,
    is_index: bool,
    /// The field that is being read: its name, and its text so far.
    field: Option<(&'static str, String)>,
    /// The last address was one of a page, whose date of change may follow.
    in_page: bool,
}

impl Reading {
    fn begin(&mut self, name: &str) {
        let name = if name == "loc" { "loc" } else { "lastmod" };
        self.field = Some((name, String::new()));
    }

    fn append(&mut self, part: &str) {
        if let Some((_, text)) = &mut self.field {
            text.push_str(part);
        }
    }

    fn end(&mut self, name: &str, base: &Url) {
        if name == "url" {
            self.in_page = false;
        }
        let Some((_, text)) = self.field.take_if(|(field, _)| *field == name) else {
            return;
        };
        let text = text.trim();
        if name == "lastmod" {
            let last = self.sitemap.pages.last_mut().filter(|_| self.in_page);
            if let Some(page) = last.filter(|_| !text.is_empty() && text.len() <= 64) {
                page.modified = Some(text.to_owned());
            }
            return;
        }
        self.in_page = false;
        let url = base.join(text).ok();
        let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https")) else {
            return;
        };
        if self.is_index {
            self.sitemap.sitemaps.push(url);
        } else {
            self.in_page = true;
            self.sitemap.pages.push(SitePage {
                url,
                modified: None,
            });
        }
    }
}
