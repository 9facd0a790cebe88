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
    pub pages: Vec<Url>,
    /// Further sitemaps, if it is an index.
    pub sitemaps: Vec<Url>,
}

/// Whether a text looks like a sitemap.
pub(super) fn is_sitemap(text: &str) -> bool {
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
    let mut sitemap = Sitemap::default();
    let mut location: Option<String> = None;
    let mut is_index = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "loc" => location = Some(String::new()),
                "sitemapindex" => is_index = true,
                // Only `loc` matters; images and videos have their own, in elements with a prefix but other names around.
                _ => location = None,
            },
            Ok(Event::Text(part)) => append(&mut location, &part),
            Ok(Event::CData(part)) => append(&mut location, &part),
            Ok(Event::GeneralRef(name)) => append(
                &mut location,
                &super::super::markup::unescape(&format!("&{};", &*name)),
            ),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "loc" => {
                let url = location.take().and_then(|text| base.join(text.trim()).ok());
                let list = if is_index {
                    &mut sitemap.sitemaps
                } else {
                    &mut sitemap.pages
                };
                list.extend(url.filter(|url| matches!(url.scheme(), "http" | "https")));
            }
            Ok(Event::Eof) | Err(_) => return sitemap,
            Ok(_) => {}
        }
    }
}

fn append(location: &mut Option<String>, part: &str) {
    if let Some(text) = location {
        text.push_str(part);
    }
}
