//! Why something was chosen or left out, as data and in words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::skills::evidence::EvidenceId;

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// It shows a skill that is asked for.
    Shows {
        /// The skill's name.
        skill: String,
    },
    /// It shows a skill that is part of one that is asked for, or the other way round.
    Near {
        /// The skill's name.
        skill: String,
    },
    /// Evidence supports it.
    Evidence {
        /// Which.
        id: EvidenceId,
        /// How much it proves, 0 to 1.
        strength: f32,
    },
    /// It is recent: its year, or that it goes on.
    Recent {
        /// The last year.
        year: i16,
    },
    /// It states a result in numbers.
    Result,
    /// It carries a tag that the posting's title has.
    Tagged {
        /// The tag.
        tag: String,
    },
    /// The entry stays, since a gap in the dates raises questions; so does its first bullet.
    Kept,
    /// The person wants it always.
    Always,
    /// The person wants it never.
    Never,
    /// The wording was chosen since it names what is asked for.
    WordedFor {
        /// The skill's name.
        skill: String,
    },
    /// There is no room on the pages aimed at, and others say more.
    NoRoom,
    /// It shows nothing that is asked for, and others do.
    NothingAsked,
    /// Other bullets of the entry show the same.
    ShownAlready {
        /// The skill's name.
        skill: String,
    },
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Shows { skill } => format!("shows {skill}, which is asked for"),
            Self::Near { skill } => format!("is near {skill}, which is asked for"),
            Self::Evidence { id, strength } => {
                format!("evidence {id} supports it ({:.0} %)", strength * 100.0)
            }
            Self::Recent { year } => format!("is recent ({year})"),
            Self::Result => "states a result in numbers".to_owned(),
            Self::Tagged { tag } => format!("is tagged \"{tag}\""),
            Self::Kept => "stays, so that the dates have no gap".to_owned(),
            Self::Always => "you want it always".to_owned(),
            Self::Never => "you want it never".to_owned(),
            Self::WordedFor { skill } => format!("in the wording that names {skill}"),
            Self::NoRoom => "no room on the pages aimed at, and others say more".to_owned(),
            Self::NothingAsked => "shows nothing that is asked for, and others do".to_owned(),
            Self::ShownAlready { skill } => format!("{skill} is shown by another bullet"),
        }
    }
}
