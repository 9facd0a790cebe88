//! The employer within an entry's title, where a feed keeps to one way of writing it.

/// How a feed writes employers into its titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Convention {
    /// `Northlight: Backend Intern`.
    Before,
    /// `Backend Intern at Northlight`.
    After,
}

/// The convention of a feed, if at least four of five titles keep to it. One title alone could be anything, so what counts
/// is the feed as a whole.
pub(super) fn convention(titles: &[String]) -> Option<Convention> {
    [Convention::Before, Convention::After]
        .into_iter()
        .find(|convention| {
            let keep = titles
                .iter()
                .filter(|title| parts(title, *convention).is_some())
                .count();
            keep > 0 && keep * 5 >= titles.len() * 4
        })
}

/// The employer and the rest of a title.
pub(super) fn split(title: &str, convention: Option<Convention>) -> (Option<String>, String) {
    match convention.and_then(|convention| parts(title, convention)) {
        Some((company, rest)) => (Some(company.to_owned()), rest.to_owned()),
        None => (None, title.to_owned()),
    }
}

fn parts(title: &str, convention: Convention) -> Option<(&str, &str)> {
    let (company, rest) = match convention {
        Convention::Before => title.split_once(": ")?,
        Convention::After => {
            let (rest, company) = [" at ", " @ ", " bei "]
                .iter()
                .find_map(|between| title.rsplit_once(between))?;
            (company, rest)
        }
    };
    let (company, rest) = (company.trim(), rest.trim());
    (!rest.is_empty() && is_employer(company) && !is_role(company)).then_some((company, rest))
}

/// Whether a name may be an employer's: not empty, not an essay, not an address, not a role account of a site.
pub(super) fn is_employer(name: &str) -> bool {
    let lower = name.to_lowercase();
    let generic = [
        "admin",
        "administrator",
        "author",
        "editor",
        "hr",
        "human resources",
        "job",
        "jobs",
        "careers",
        "noreply",
        "no-reply",
        "recruiting",
        "root",
        "staff",
        "team",
        "unknown",
        "user",
        "webmaster",
    ];
    !name.is_empty()
        && name.chars().count() <= 80
        && !name.contains('@')
        && !name.starts_with("http")
        && !generic.contains(&lower.as_str())
}

/// Whether a name is rather a role, as in `Internship: Backend`, or a label, as in `New: ...`.
fn is_role(name: &str) -> bool {
    let words = [
        "engineer",
        "developer",
        "intern",
        "internship",
        "manager",
        "designer",
        "analyst",
        "scientist",
        "lead",
        "senior",
        "junior",
        "working student",
        "werkstudent",
        "praktikum",
        "praktikant",
        "stage",
        "stagiaire",
        "remote",
        "hiring",
        "new",
        "job",
        "vacancy",
        "opening",
        "position",
        "full-time",
        "part-time",
        "backend",
        "frontend",
        "software",
    ];
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| words.contains(&word))
        || words.contains(&lower.as_str())
}
