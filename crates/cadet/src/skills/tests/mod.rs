//! What the taxonomy and the extraction promise, as statements.

mod asking;
mod names;
mod offsets;
mod taxonomy;
mod words_everyday;
mod words_names;
mod words_short;

use super::{SkillId, Taxonomy, mentions};

/// The ids found in `text`, in order of the text.
fn found(text: &str) -> Vec<String> {
    let spans = mentions(Taxonomy::bundled(), text);
    spans.iter().map(|s| s.skill.to_string()).collect()
}

/// Asserts that `skill` is found in each of the texts.
#[track_caller]
fn is_in(skill: &str, texts: &[&str]) {
    known(skill);
    for text in texts {
        let found = found(text);
        assert!(
            found.iter().any(|f| f == skill),
            "{skill} in {text:?}: {found:?}"
        );
    }
}

/// Asserts that `skill` is found in none of the texts.
#[track_caller]
fn is_not_in(skill: &str, texts: &[&str]) {
    known(skill);
    for text in texts {
        let found = found(text);
        assert!(
            !found.iter().any(|f| f == skill),
            "{skill} in {text:?}: {found:?}"
        );
    }
}

#[track_caller]
fn known(skill: &str) {
    let id = SkillId::parse(skill).expect("the test names a skill");
    assert!(
        Taxonomy::bundled().get(&id).is_some(),
        "{skill} is in the taxonomy"
    );
}
