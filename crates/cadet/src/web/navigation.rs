//! The bar and, below it, the pages of the part that one is in.
//!
//! A feature adds its page to its part here. A page shows when its route is in the list of routes and open to the visitor, and a
//! part when one of its pages does: so that a part appears when it works.

use super::access::{self, Access};
use crate::accounts::model::Role;

/// A part of the program with its pages, each with its word and its path. The first one that shows is where the bar leads.
struct Part {
    label: &'static str,
    pages: &'static [(&'static str, &'static str)],
    /// Paths of pages that belong to the part and are reached from others.
    inner: &'static [&'static str],
}

/// The bar, in order.
const PARTS: &[Part] = &[
    Part {
        label: "Today",
        pages: &[("Today", "/today")],
        inner: &[],
    },
    Part {
        label: "Find",
        pages: &[
            ("Postings", "/postings"),
            ("Saved", "/saved"),
            ("Alerts", "/alerts"),
            ("Market", "/market"),
            ("Skills", "/skills"),
        ],
        inner: &["/openings"],
    },
    Part {
        label: "Apply",
        pages: &[
            ("Applications", "/applications"),
            ("Documents", "/documents"),
            ("Contacts", "/contacts"),
            ("Mail", "/mail"),
        ],
        inner: &[],
    },
    Part {
        label: "Practice",
        pages: &[("Practice", "/practice")],
        inner: &[],
    },
    Part {
        label: "Interview",
        pages: &[("Interview", "/interview")],
        inner: &[],
    },
    Part {
        label: "Work",
        pages: &[("Work", "/work")],
        inner: &[],
    },
    Part {
        label: "You",
        pages: &[
            ("Profile", "/profile"),
            ("Aims", "/profile/aims"),
            ("History", "/profile/history"),
            ("Evidence", "/evidence"),
            ("Gap", "/gap"),
            ("Sources", "/sources"),
            ("Settings", "/settings"),
        ],
        inner: &[],
    },
];

/// An entry of the bar, or of the pages of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavigationEntry {
    /// Its word.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Whether the page asked for is this or below.
    pub current: bool,
}

/// What a visitor can reach from a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Navigation {
    /// The parts.
    pub bar: Vec<NavigationEntry>,
    /// The word of the part that the page belongs to; empty for a page of none.
    pub part: &'static str,
    /// That part's pages; none when there is but one.
    pub pages: Vec<NavigationEntry>,
    /// The paths of all pages, separated by spaces: for the keyboard.
    pub places: String,
}

impl Navigation {
    /// What somebody with this role can reach from the page at `path`.
    #[must_use]
    pub fn of(role: Option<Role>, path: &str) -> Self {
        let mut all = Self::default();
        for part in PARTS {
            let open = |page: &&(&str, &str)| is_open(page.1, role);
            let pages: Vec<_> = part.pages.iter().filter(open).copied().collect();
            let Some((_, first)) = pages.first() else {
                continue;
            };
            let inner = part.inner.iter().any(|page| is_below(path, page));
            let nearest = nearest(&pages, path);
            let current = inner || nearest.is_some();
            all.bar.push(NavigationEntry {
                label: part.label,
                path: first,
                current,
            });
            for (_, page) in &pages {
                all.places.push_str(page);
                all.places.push(' ');
            }
            if current {
                all.part = part.label;
            }
            if current && pages.len() > 1 {
                all.pages = entries(&pages, nearest);
            }
        }
        all
    }
}

fn entries(
    pages: &[(&'static str, &'static str)],
    nearest: Option<&'static str>,
) -> Vec<NavigationEntry> {
    let entry = |&(label, path)| NavigationEntry {
        label,
        path,
        current: nearest == Some(path),
    };
    pages.iter().map(entry).collect()
}

/// The page that `path` is, or is nearest below.
fn nearest(pages: &[(&'static str, &'static str)], path: &str) -> Option<&'static str> {
    let above = pages.iter().filter(|(_, page)| is_below(path, page));
    above.map(|(_, page)| *page).max_by_key(|page| page.len())
}

fn is_below(path: &str, page: &str) -> bool {
    path.strip_prefix(page)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_open(target: &str, role: Option<Role>) -> bool {
    match access::find("GET", target) {
        Some(Access::SignedIn) => role.is_some(),
        Some(Access::Admin) => role == Some(Role::Admin),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Navigation;
    use crate::accounts::model::Role;

    fn current(entries: &[super::NavigationEntry]) -> Vec<&'static str> {
        let current = entries.iter().filter(|entry| entry.current);
        current.map(|entry| entry.label).collect()
    }

    #[test]
    fn a_page_marks_its_part_and_the_nearest_page_of_it() {
        for (path, part, page) in [
            ("/postings/7", "Find", "Postings"),
            ("/alerts/new", "Find", "Alerts"),
            ("/sources", "You", "Sources"),
        ] {
            let navigation = Navigation::of(Some(Role::Candidate), path);
            assert_eq!(current(&navigation.bar), [part], "{path}");
            assert_eq!(current(&navigation.pages), [page], "{path}");
            assert_eq!(navigation.part, part);
        }
    }

    #[test]
    fn a_page_of_no_part_shows_the_bar_alone_and_a_visitor_nothing() {
        let navigation = Navigation::of(Some(Role::Candidate), "/help");
        assert!(navigation.pages.is_empty() && !navigation.bar.is_empty());
        assert_eq!(current(&navigation.bar), [""; 0]);
        assert_eq!(Navigation::of(None, "/postings"), Navigation::default());
    }
}
