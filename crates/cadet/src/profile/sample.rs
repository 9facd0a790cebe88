//! An invented person, for whoever wants to see what a profile is before writing their own.

use super::model::Profile;
use crate::error::{Error, Result};

/// The invented person's profile.
///
/// # Errors
/// [`Error::Internal`] when the file beside this one is no profile.
pub fn sample_person() -> Result<Profile> {
    serde_json::from_str(include_str!("sample.json")).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use crate::profile::checks::problems;

    #[test]
    fn the_sample_person_has_no_problems_and_every_id_is_given_once() {
        let person = super::sample_person().unwrap();
        assert_eq!(problems(&person).unwrap(), []);
        let mut numbered = person.clone();
        numbered.resume.number();
        assert_eq!(numbered, person);
    }
}
