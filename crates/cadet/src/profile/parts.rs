//! The parts of a profile that are changed apart from each other: a change of one does not clash with a change of another.

use serde_json::{Map, Value};

use super::model::Profile;
use crate::error::{Error, Result};

/// A profile taken apart: its sections, and the aims.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts(Map<String, Value>);

/// The key of the aims among the parts.
const AIMS: &str = "aims";
/// Counts what was numbered; belongs to no part.
const COUNTER: &str = "last_number";

impl Parts {
    /// The parts of a profile.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written as JSON.
    pub fn of(profile: &Profile) -> Result<Self> {
        let resume = serde_json::to_value(&profile.resume).map_err(Error::internal)?;
        let Value::Object(mut parts) = resume else {
            return Err(Error::internal("a resume is an object"));
        };
        let aims = serde_json::to_value(&profile.aims).map_err(Error::internal)?;
        parts.insert(AIMS.to_owned(), aims);
        Ok(Self(parts))
    }

    /// The profile of these parts.
    ///
    /// # Errors
    /// [`Error::Internal`] when they are of no profile.
    pub fn whole(mut self) -> Result<Profile> {
        let aims = self.0.remove(AIMS).unwrap_or(Value::Object(Map::new()));
        Ok(Profile {
            resume: serde_json::from_value(Value::Object(self.0)).map_err(Error::internal)?,
            aims: serde_json::from_value(aims).map_err(Error::internal)?,
        })
    }

    /// The keys of the parts that differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let keys = self
            .0
            .keys()
            .chain(other.0.keys().filter(|key| !self.0.contains_key(*key)));
        keys.filter(|key| *key != COUNTER && self.0.get(*key) != other.0.get(*key))
            .cloned()
            .collect()
    }

    /// These parts, with what other ones hold where these are empty.
    #[must_use]
    pub fn filled_from(mut self, other: &Self) -> Self {
        for (key, value) in &other.0 {
            match self.0.get_mut(key) {
                Some(mine) => fill(mine, value),
                None => {
                    self.0.insert(key.clone(), value.clone());
                }
            }
        }
        self
    }

    fn take(&mut self, key: &str, from: &Self) {
        match from.0.get(key) {
            Some(value) => self.0.insert(key.to_owned(), value.clone()),
            None => self.0.remove(key),
        };
    }

    fn counter(&self) -> u64 {
        self.0.get(COUNTER).and_then(Value::as_u64).unwrap_or(0)
    }
}

/// Puts values where there are none.
fn fill(mine: &mut Value, other: &Value) {
    match (mine, other) {
        (Value::Object(mine), Value::Object(other)) => {
            for (key, value) in other {
                fill(mine.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(mine), Value::Array(other)) if mine.is_empty() => mine.clone_from(other),
        (mine @ (Value::Null | Value::Bool(false)), other) => *mine = other.clone(),
        _ => {}
    }
}

/// What becomes of an edit while others changed the profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The profile with the edit.
    pub profile: Profile,
    /// Whether the edit is about a part that others changed as well.
    pub clashes: bool,
}

/// Puts an edit upon the current profile: `mine` was made from `base`, and `theirs` are the parts that others changed since.
///
/// # Errors
/// [`Error::Internal`] when a profile cannot be written as JSON.
pub fn join(
    base: &Profile,
    mine: &Profile,
    current: &Profile,
    theirs: &[String],
) -> Result<Joined> {
    let (base, mine, current) = (Parts::of(base)?, Parts::of(mine)?, Parts::of(current)?);
    let changed = mine.differing(&base);
    let mut joined = current.clone();
    for key in mine.differing(&current) {
        // A part that neither this edit nor anybody else changed since is as the page's earlier saves left it; those are
        // undone by typing it back.
        if !theirs.contains(&key) || changed.contains(&key) {
            joined.take(&key, &mine);
        }
    }
    let counter = mine.counter().max(current.counter());
    joined.0.insert(COUNTER.to_owned(), counter.into());
    Ok(Joined {
        clashes: changed.iter().any(|key| theirs.contains(key)),
        profile: joined.whole()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Joined, join};
    use crate::profile::model::Profile;

    fn profile(name: &str, target: &str) -> Profile {
        let mut profile = Profile::default();
        profile.resume.basics.name = name.into();
        profile.aims.targets = vec![target.into()];
        profile
    }

    #[test]
    fn edits_of_different_parts_are_joined() {
        let base = profile("a", "x");
        let theirs = ["aims".to_owned()];
        let joined = join(&base, &profile("b", "x"), &profile("a", "y"), &theirs).unwrap();
        let expected = Joined {
            profile: profile("b", "y"),
            clashes: false,
        };
        assert_eq!(joined, expected);
    }

    #[test]
    fn edits_of_the_same_part_clash() {
        let base = profile("a", "x");
        let theirs = ["basics".to_owned()];
        let joined = join(&base, &profile("b", "x"), &profile("c", "x"), &theirs).unwrap();
        assert!(joined.clashes);
        assert_eq!(joined.profile, profile("b", "x"));
    }

    #[test]
    fn a_page_can_type_its_own_earlier_saves_back() {
        let base = profile("a", "x");
        let joined = join(&base, &base, &profile("saved before", "x"), &[]).unwrap();
        assert_eq!(joined.profile, base);
    }
}
