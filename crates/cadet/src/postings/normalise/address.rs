//! Addresses without what only follows people around.

use std::borrow::Cow;

use url::Url;

/// Longest address that is kept, in bytes.
const MAX_ADDRESS_BYTES: usize = 4_096;

/// Parameters that say where a visitor came from and nothing of the posting; in lower case.
const TRACKING: &[&str] = &[
    "ref",
    "refid",
    "referer",
    "referrer",
    "referral",
    "src",
    "source",
    "sources",
    "gh_src",
    "gh_src=",
    "lever-source",
    "lever-source[]",
    "lever-origin",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "ttclid",
    "igshid",
    "yclid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "_ga",
    "_gl",
    "_gid",
    "trk",
    "trkinfo",
    "trackingid",
    "trid",
    "tl",
    "frompage",
    "from_page",
    "codes",
    "iis",
    "iisn",
    "jclickid",
    "jobpipeline",
    "spread",
    "cmpid",
    "campaign",
    "campaignid",
    "mkt_tok",
    "rcm",
    "bid",
    "needsredirect",
    "jan1offset",
    "jun1offset",
    "bga",
    "vs",
    "pvs",
    "feedid",
    "publisher",
    "clearprefilter",
    "sid_ref",
    "recruiter_ref",
    "otptoken",
    "midtoken",
    "midsig",
    "eid",
    "lipi",
    "originalsubdomain",
    "ashby_src",
];

/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &[
    "utm_",
    "utm-",
    "rx_",
    "tm_",
    "hsa_",
    "pk_",
    "mtm_",
    "ga_",
    "at_medium",
    "at_campaign",
];

/// A web address without tracking parameters and without a fragment that is only a position in the page; trimmed. What is
/// no web address is only trimmed, so that nothing is lost. Cleaning twice changes nothing.
#[must_use]
pub fn clean_address(address: &str) -> String {
    clean_url(address).map_or_else(|| trimmed(address).into_owned(), String::from)
}

/// The same, read; `None` for what is no web address.
#[must_use]
pub fn clean_url(address: &str) -> Option<Url> {
    let mut url = parse(&trimmed(address))?;
    strip(&mut url);
    Some(url)
}

fn trimmed(address: &str) -> Cow<'_, str> {
    fn tidy(address: &str) -> &str {
        super::text::cut_bytes(address.trim(), MAX_ADDRESS_BYTES)
    }
    if address.contains(|c: char| c.is_control()) {
        let visible: String = address.chars().filter(|c| !c.is_control()).collect();
        Cow::Owned(tidy(&visible).to_owned())
    } else {
        Cow::Borrowed(tidy(address))
    }
}

/// The address, if it is one of the web; a missing scheme (`jobs.example.com/7`) is taken to be `https`.
#[must_use]
pub fn parse(address: &str) -> Option<Url> {
    let address = address.trim();
    let url = Url::parse(address).or_else(|error| match error {
        url::ParseError::RelativeUrlWithoutBase
            if address
                .split('/')
                .next()
                .is_some_and(|host| host.contains('.') && !host.contains(' ')) =>
        {
            Url::parse(&format!("https://{address}"))
        }
        error => Err(error),
    });
    url.ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn strip(url: &mut Url) {
    // Names and passwords in an address are nobody's business, and browsers refuse them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if url.fragment().is_some_and(|fragment| {
        !fragment.contains(['/', '=', '!']) && !fragment.contains(|c: char| c.is_ascii_digit())
            || fragment.starts_with(":~:")
    }) {
        url.set_fragment(None);
    }
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < query.split('&').count() {
        let kept = kept.join("&");
        url.set_query(Some(&kept));
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = pair
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .replace("%5b", "[")
        .replace("%5d", "]");
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tracking_goes_and_what_identifies_stays() {
        assert_eq!(
            clean_address(
                " https://user:pw@Jobs.Example.com/apply?utm_source=x&gh_jid=42&ref=list&gh_src=ab1&token=7&lever-source%5B%5D=z#app "
            ),
            "https://jobs.example.com/apply?gh_jid=42&token=7"
        );
        assert_eq!(
            clean_address("https://a.example/j?source=LinkedIn"),
            "https://a.example/j"
        );
        assert_eq!(
            clean_address("https://a.example/#/job/12"),
            "https://a.example/#/job/12"
        );
    }

    #[test]
    fn what_is_no_address_is_kept() {
        assert_eq!(clean_address(" see the flyer "), "see the flyer");
        assert_eq!(
            clean_address("jobs.example.com/7"),
            "https://jobs.example.com/7"
        );
        assert_eq!(clean_address("javascript:alert(1)"), "javascript:alert(1)");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(address in "(https?://|//|)[a-zé.:@]{0,12}(/[a-z0-9%]{0,5}){0,3}(\\?(utm_source=[a-z]{0,3}|id=[0-9]{0,3}|ref|&|=){0,4})?(#[a-z0-9/]{0,4})?") {
            let once = clean_address(&address);
            prop_assert_eq!(clean_address(&once), once);
        }
    }
}
