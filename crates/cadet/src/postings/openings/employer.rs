//! Whether two names are one employer's. Pure.

/// Letters that a name must have before a longer one that begins with it is held to be the same.
const MIN_PREFIX: usize = 4;
/// Letters from which on one differing letter is a slip of the pen.
const MIN_SLIP: usize = 7;

/// How two names of employers go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Employers {
    /// Two employers, as far as the names tell.
    Different,
    /// `Northlight` and `Northlight Technologies`; a letter more or less.
    Alike,
    /// One name.
    Same,
}

/// Compares two names for comparison (`NormalPosting::company_key`).
#[must_use]
pub fn compare(one: &str, two: &str) -> Employers {
    if one.is_empty() || two.is_empty() {
        return Employers::Different;
    }
    if one == two || letters(one).eq(letters(two)) {
        return Employers::Same;
    }
    let (short, long) = if one.len() <= two.len() {
        (one, two)
    } else {
        (two, one)
    };
    let begins = long
        .strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(' '));
    if begins && letters(short).count() >= MIN_PREFIX {
        return Employers::Alike;
    }
    if letters(short).count() >= MIN_SLIP && one_slip(short, long) {
        return Employers::Alike;
    }
    Employers::Different
}

/// The first letters of a name, under which alike names fall together.
#[must_use]
pub fn head(name: &str) -> String {
    letters(name).take(MIN_PREFIX).collect()
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| *c != ' ')
}

/// Whether the names differ by one letter put in, taken out or changed, behind the first.
fn one_slip(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (letters(one).collect(), letters(two).collect());
    if one.first() != two.first() || one.len().abs_diff(two.len()) > 1 {
        return false;
    }
    let same_head = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let same_tail = one
        .iter()
        .rev()
        .zip(two.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    // A digit tells two divisions apart and is no slip.
    let digit = |name: &[char]| name.get(same_head).is_some_and(char::is_ascii_digit);
    same_head + same_tail + 1 >= one.len().max(two.len()) && !digit(&one) && !digit(&two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_division_or_a_slip_are_alike() {
        for (one, two, expected) in [
            ("northlight", "northlight", Employers::Same),
            ("north light", "northlight", Employers::Same),
            ("northlight", "northlight technologies", Employers::Alike),
            ("northlight", "nortlight", Employers::Alike),
            ("northlight", "northlite", Employers::Different),
            ("northlight", "southlight", Employers::Different),
            ("harbour 1", "harbour 2", Employers::Different),
            ("bay", "bay harbour works", Employers::Different),
            ("acme systems", "acme software", Employers::Different),
            ("", "", Employers::Different),
        ] {
            assert_eq!(compare(one, two), expected, "{one} / {two}");
            assert_eq!(compare(two, one), expected, "{two} / {one}");
        }
    }
}
