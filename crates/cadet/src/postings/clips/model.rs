//! What is clipped, and what became of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::sources::clip;
use crate::postings::sources::model::RawPosting;

/// Longest address, in bytes.
const LONGEST_ADDRESS: usize = 4096;

/// A page with a posting: its data, or a text with a title.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    /// The page's address. The same address again changes the posting and makes no second one.
    #[schema(min_length = 1, max_length = 4096)]
    pub url: String,
    /// The page's schema.org `JobPosting`, as it stands there.
    #[schema(value_type = Option<Object>)]
    pub posting: Option<Value>,
    /// The posting's title; needed where there is no `JobPosting`.
    #[schema(max_length = 1000)]
    pub title: Option<String>,
    /// The employer, if it is known.
    #[schema(max_length = 1000)]
    pub company: Option<String>,
    /// The posting's text; needed where there is no `JobPosting`.
    pub text: Option<String>,
}

/// A clip that was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Clipped {
    /// The posting.
    pub id: PostingId,
    /// Its page in this Cadet.
    pub url: String,
    /// Its title, as Cadet read it.
    pub title: String,
    /// Its employer.
    pub company: String,
    /// Whether this address was not clipped before.
    pub new: bool,
}

impl Clip {
    /// As the record of the source of clips.
    ///
    /// # Errors
    /// [`Error::Invalid`] names the field that is missing or wrong.
    pub fn into_raw(self) -> Result<RawPosting> {
        let bad = || {
            Error::invalid_field(
                "url",
                "The page's address is missing or no web address. It should begin with https://.",
            )
        };
        let page = Url::parse(self.url.trim()).map_err(|_| bad())?;
        let is_web = matches!(page.scheme(), "http" | "https") && page.host_str().is_some();
        if !is_web
            || self.url.len() > LONGEST_ADDRESS
            || !page.username().is_empty()
            || page.password().is_some()
        {
            return Err(bad());
        }
        let (title, company, text) = (
            self.title.as_deref(),
            self.company.as_deref(),
            self.text.as_deref(),
        );
        clip::record(&page, self.posting.as_ref(), title, company, text).ok_or_else(|| {
            Error::invalid_field(
                "posting",
                "There is no posting in this: neither a JobPosting with a title, nor a text with a title. Select the posting's text and clip again.",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn clip(url: &str) -> Clip {
        Clip {
            url: url.to_owned(),
            posting: None,
            title: Some("Backend Intern".to_owned()),
            company: None,
            text: Some("We look for a backend intern who likes Rust.".to_owned()),
        }
    }

    #[test]
    fn addresses_of_the_same_posting_are_one_and_hold_nothing_of_the_reader() {
        let one = clip("https://www.linkedin.com/jobs/view/backend-4100000001/?trackingId=SECRET")
            .into_raw()
            .unwrap();
        let other = clip("https://de.linkedin.com/jobs/search/?currentJobId=4100000001&refId=x")
            .into_raw()
            .unwrap();
        assert_eq!(one.external_id, other.external_id);
        assert_eq!(one.url, "https://www.linkedin.com/jobs/view/4100000001");
        let plain = clip("https://careers.example.org/jobs/7?utm_source=x")
            .into_raw()
            .unwrap();
        assert_eq!(
            plain.external_id,
            clip("https://careers.example.org/jobs/7")
                .into_raw()
                .unwrap()
                .external_id
        );
        assert_ne!(
            plain.external_id,
            clip("https://careers.example.org/jobs/8")
                .into_raw()
                .unwrap()
                .external_id
        );
    }

    #[test]
    fn the_data_of_a_page_is_read_as_on_a_career_page() {
        let posting = json!({ "@type": "JobPosting", "title": "Java Intern", "description": "<p>Write Java.</p>",
            "hiringOrganization": { "name": "Fennwick Labs" }, "url": "https://careers.example.org/" });
        let raw = Clip {
            posting: Some(posting),
            ..clip("https://careers.example.org/jobs/7")
        }
        .into_raw()
        .unwrap();
        assert_eq!(
            (raw.title.as_str(), raw.company.as_deref()),
            ("Java Intern", Some("Fennwick Labs"))
        );
        assert_eq!(raw.url, "https://careers.example.org/jobs/7");
    }

    #[test]
    fn what_is_no_posting_is_refused_with_its_field() {
        for (clip, field) in [
            (clip("chrome://settings"), "url"),
            (clip("https://user:secret@example.org/"), "url"),
            (clip(""), "url"),
            (
                Clip {
                    text: None,
                    ..clip("https://example.org/jobs/7")
                },
                "posting",
            ),
            (
                Clip {
                    title: None,
                    ..clip("https://example.org/jobs/7")
                },
                "posting",
            ),
        ] {
            let error = clip.into_raw().unwrap_err();
            assert!(
                format!("{error:?}").contains(&format!("\"{field}\"")),
                "{field}: {error:?}"
            );
        }
    }
}
