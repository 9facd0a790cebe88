//! A document entry by entry: what is shown and what is left out, why, and what the person may decide. Pure.

use resume::EntryId;
use serde::Serialize;
use utoipa::ToSchema;

use super::entries::{EntryView, bullet, entries, wordings};
use super::model::Content;
use super::tailor::{Decision, Decisions, Show};
use crate::profile::model::Profile;

/// An entry or a bullet with why it is there or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What it is called by, or its wording.
    pub text: String,
    /// Whether the document has it.
    pub shown: bool,
    /// Why, in words.
    pub reasons: Vec<String>,
    /// What the person decided.
    pub decision: Decision,
    /// Wordings that may be chosen; one alone is no choice.
    pub wordings: Vec<String>,
}

impl Line {
    /// Whether this was decided: `always`, `never`, or empty for neither.
    #[must_use]
    pub fn is_decided(&self, what: &str) -> bool {
        match self.decision.show {
            None => what.is_empty(),
            Some(Show::Always) => what == "always",
            Some(Show::Never) => what == "never",
        }
    }

    /// Whether this wording was decided for.
    #[must_use]
    pub fn is_wording(&self, wording: &str) -> bool {
        self.decision.wording.as_deref() == Some(wording)
    }

    /// The place that was decided; empty for none.
    #[must_use]
    pub fn place(&self) -> String {
        self.decision
            .order
            .map_or_else(String::new, |order| order.to_string())
    }
}

/// An entry with its bullets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryLines {
    /// Its section.
    pub section: String,
    /// The entry.
    pub entry: Line,
    /// Its bullets: those that are shown, in their order, then the others.
    pub bullets: Vec<Line>,
}

/// Every entry that the document has or that was left out of it.
#[must_use]
pub fn overview(content: &Content, profile: &Profile, decisions: &Decisions) -> Vec<EntryLines> {
    let known = entries(&profile.resume);
    let shown = entries(&content.resume);
    let describing = Describing {
        content,
        known: &known,
        decisions,
    };
    let mut all: Vec<EntryLines> = shown
        .iter()
        .map(|entry| describing.entry(entry, true))
        .collect();
    for entry in &known {
        if !shown.iter().any(|one| one.id == entry.id) {
            all.push(describing.entry(entry, false));
        }
    }
    all
}

struct Describing<'a> {
    content: &'a Content,
    known: &'a [EntryView<'a>],
    decisions: &'a Decisions,
}

impl Describing<'_> {
    fn entry(&self, entry: &EntryView, shown: bool) -> EntryLines {
        let bullets = entry.bullets.iter().filter(|_| shown);
        let mut lines: Vec<Line> = bullets
            .map(|one| self.line(&one.id, one.text.clone(), true))
            .collect();
        let left = self
            .content
            .left_out
            .iter()
            .filter(|one| one.entry == *entry.id && one.id != *entry.id);
        lines.extend(left.map(|one| self.line(&one.id, one.text.clone(), false)));
        EntryLines {
            section: entry.section.label().to_owned(),
            entry: self.line(entry.id, entry.called(), shown),
            bullets: lines,
        }
    }

    fn line(&self, id: &EntryId, text: String, shown: bool) -> Line {
        let chosen = self.content.chosen.iter().find(|one| one.id == *id);
        let left = self.content.left_out.iter().find(|one| one.id == *id);
        let reasons = match (chosen, left) {
            (Some(choice), _) if shown => {
                choice.reasons.iter().map(|reason| reason.words()).collect()
            }
            (_, Some(left)) => vec![left.reason.words()],
            _ => Vec::new(),
        };
        let approved =
            bullet(self.known, id).map(|(_, bullet)| wordings(bullet).map(str::to_owned).collect());
        Line {
            id: id.to_string(),
            text,
            shown,
            reasons,
            decision: self.decisions.get(id).cloned().unwrap_or_default(),
            wordings: approved.unwrap_or_default(),
        }
    }
}
