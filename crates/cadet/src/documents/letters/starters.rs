//! Paragraphs to begin with, in English and German: `starters.toml`. They say by `[[...]]` what is the person's own to write.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Paragraph, Part};
use crate::documents::model::DocumentKind;

/// Languages that have starters.
pub const STARTER_LANGUAGES: [&str; 2] = ["en", "de"];

#[derive(Deserialize)]
struct Raw {
    part: String,
    #[serde(default)]
    conditions: Vec<String>,
    text: String,
}

/// By language and kind.
type File = BTreeMap<String, BTreeMap<String, Vec<Raw>>>;

/// The starters of a kind in a language; none for a language that has none.
#[must_use]
pub fn starters(kind: DocumentKind, language: &str) -> Vec<Paragraph> {
    static FILE: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(include_str!("starters.toml"))
            .expect("the starters are part of the program, and a test reads them")
    });
    let raw = FILE.get(language).and_then(|kinds| kinds.get(kind.name()));
    let all = raw.into_iter().flatten().enumerate();
    all.map(|(at, raw)| Paragraph {
        id: None,
        key: format!("starter-{}-{language}-{}", kind.name(), at + 1),
        kind,
        language: language.to_owned(),
        part: raw.part.parse().unwrap_or(Part::Body),
        position: i32::try_from(at + 1).unwrap_or(i32::MAX),
        conditions: raw
            .conditions
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect(),
        text: raw.text.split_whitespace().collect::<Vec<_>>().join(" "),
        sources: Vec::new(),
        starter: true,
    })
    .collect()
}
