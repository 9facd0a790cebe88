//! `cadet skills`.

use super::{Skill, Taxonomy};
use crate::error::Result;
use crate::terminal::{Align, Terminal};

/// Runs `cadet skills`: the taxonomy, or those skills whose name or alias contains `word`.
///
/// # Errors
/// When the output is closed.
pub fn run(word: Option<&str>, out: &Terminal) -> Result<()> {
    let word = word.unwrap_or_default().to_lowercase();
    let fits = |skill: &&Skill| {
        word.is_empty()
            || skill.id.as_str().contains(&word)
            || skill.name.to_lowercase().contains(&word)
            || skill
                .aliases
                .iter()
                .any(|alias| alias.to_lowercase().contains(&word))
    };
    let found: Vec<&Skill> = Taxonomy::bundled().skills().iter().filter(fits).collect();
    if out.wants_json() {
        return out.json(&found);
    }
    if found.is_empty() {
        return out.line("No skill is called that. `cadet skills` lists them all.");
    }
    let columns = [
        ("Id", Align::Left),
        ("Name", Align::Left),
        ("Kind", Align::Left),
        ("Also", Align::Left),
    ];
    out.table(&columns, found.iter().map(|skill| row(skill)).collect())
}

fn row(skill: &Skill) -> Vec<String> {
    let aliases: Vec<&str> = skill.aliases.iter().take(5).map(String::as_str).collect();
    vec![
        skill.id.to_string(),
        skill.name.clone(),
        skill.kind.label().to_owned(),
        aliases.join(", "),
    ]
}
