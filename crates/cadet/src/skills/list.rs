//! Enumerations: whether two names stand side by side in one, and whether a name fills its place alone.

/// The longest text between two neighbours of an enumeration, in bytes.
const MAX_GAP: usize = 24;
/// The words that join the parts of an enumeration.
const JOINTS: &[&str] = &[
    "and", "or", "und", "oder", "et", "ou", "y", "o", "e", "with", "mit", "avec", "con", "plus",
    "on", "in",
];

/// What lies between two names of one enumeration.
pub(super) struct Link {
    /// Nothing but space.
    pub bare: bool,
    /// A line break.
    pub line_break: bool,
}

/// The link between two names with `between` in the middle, if there is nothing but what joins an enumeration.
pub(super) fn link(between: &str) -> Option<Link> {
    if between.len() > MAX_GAP {
        return None;
    }
    let line_break = between.contains('\n');
    let mut bare = true;
    for word in between.split(|c: char| c == ' ' || c == '\n' || is_separator(c)) {
        if !word.is_empty() {
            bare = false;
            if !is_joint(word) {
                return None;
            }
        }
    }
    let bare = bare && !between.contains(is_separator);
    Some(Link { bare, line_break })
}

fn is_separator(c: char) -> bool {
    ",/|;&+()[]*-\"':".contains(c)
}

fn is_joint(word: &str) -> bool {
    JOINTS.iter().any(|joint| joint.eq_ignore_ascii_case(word))
}

/// Whether what follows a name does not continue its sentence: a separator, a joint, the end.
pub(super) fn closed_after(after: &str) -> bool {
    let rest = after.trim_start_matches(' ');
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    match rest.chars().next() {
        None => true,
        Some('-') => rest.starts_with("- "),
        Some(c) => ",;/|)].\n*&+".contains(c) || is_joint(word),
    }
}

/// Whether what precedes a name does not lead into it: a separator, a joint, the start.
pub(super) fn closed_before(before: &str) -> bool {
    let rest = before.trim_end_matches(' ');
    let word = rest
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    match rest.chars().next_back() {
        None => true,
        Some('-') => rest.len() < 2 || rest.ends_with(" -") || rest.ends_with("\n-"),
        Some(c) => ",;/|([:\n*&+".contains(c) || is_joint(word),
    }
}

/// Whether the name between `before` and `after` has a line to itself, apart from bullets.
pub(super) fn fills_line(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '-', '*']);
    let after = after.trim_start_matches([' ', ',', ';', '.']);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}
