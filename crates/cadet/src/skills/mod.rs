//! Skills: the one currency that postings, profiles, practice and interviews share.
//!
//! - Input: the taxonomy in `content/skills/` and any plain text.
//! - Output: [`Taxonomy`], a checked forest of [`Skill`]s; [`extract()`], the skills that a posting asks for, and
//!   [`mentions`], all that any text mentions, both as [`SkillSpan`]s.
//! - Invariants: a [`SkillId`] is stable once published; spans lie on character boundaries of the given text, are
//!   sorted and never overlap; extraction never fails, whatever the text, and takes time linear in its length.

pub mod api;
mod asking;
pub mod commands;
mod context;
mod entries;
pub mod evidence;
mod extract;
mod fold;
mod heads;
mod list;
mod model;
mod pattern;
mod plain;
mod source;
mod taxonomy;
#[cfg(test)]
mod tests;

pub use extract::{extract, mentions};
pub use model::{Kind, Skill, SkillId, SkillIdError, SkillSpan, skills_of};
pub(crate) use plain::plain_len;
pub use source::TaxonomyError;
pub use taxonomy::Taxonomy;
