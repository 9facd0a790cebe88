//! The data that templates are tried with. All people and companies are invented.

use pdf::{Attachment, Date, Kind, Meta, Relationship, Template};
use serde_json::Value;

/// One set of data.
pub struct Sample {
    /// Its name.
    pub name: &'static str,
    /// For which kind of template.
    pub kind: Kind,
    /// The language that it is written in.
    pub language: &'static str,
    text: &'static str,
}

/// Those that the fonts inside can show.
pub const SAMPLES: [Sample; 6] = [
    Sample {
        name: "short",
        kind: Kind::Resume,
        language: "en",
        text: include_str!("../data/short.json"),
    },
    Sample {
        name: "full",
        kind: Kind::Resume,
        language: "en",
        text: include_str!("../data/full.json"),
    },
    Sample {
        name: "scripts",
        kind: Kind::Resume,
        language: "uk",
        text: include_str!("../data/scripts.json"),
    },
    Sample {
        name: "long",
        kind: Kind::Resume,
        language: "en",
        text: include_str!("../data/long.json"),
    },
    Sample {
        name: "letter",
        kind: Kind::Letter,
        language: "en-GB",
        text: include_str!("../data/letter.json"),
    },
    Sample {
        name: "letter-long",
        kind: Kind::Letter,
        language: "en",
        text: include_str!("../data/letter-long.json"),
    },
];
/// One that needs a font of the system.
pub const HAN: Sample = Sample {
    name: "cjk",
    kind: Kind::Resume,
    language: "zh",
    text: include_str!("../data/cjk.json"),
};

impl Sample {
    /// The sample of this name.
    pub fn named(name: &str) -> &'static Self {
        SAMPLES
            .iter()
            .find(|sample| sample.name == name)
            .expect("there is such a sample")
    }

    /// The data.
    pub fn data(&self) -> Value {
        serde_json::from_str(self.text).expect("samples are JSON")
    }

    /// The templates for it.
    pub fn templates(&self) -> impl Iterator<Item = Template> {
        let kind = self.kind;
        Template::ALL
            .into_iter()
            .filter(move |template| template.kind == kind)
    }

    /// What the file says of itself.
    pub fn meta(&self) -> Meta {
        Meta {
            title: format!("Sample {}", self.name),
            author: "Mira Oltmann".into(),
            language: self.language.into(),
            date: Date {
                year: 2026,
                month: 11,
                day: 26,
            },
        }
    }

    /// The data as a file to attach.
    pub fn attachment(&self) -> Attachment {
        Attachment {
            name: "data.json".into(),
            bytes: self.text.as_bytes().to_vec(),
            mime: "application/json".into(),
            description: "The same as data".into(),
            relationship: Relationship::Source,
        }
    }
}
