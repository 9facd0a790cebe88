//! The form of the aims: what the person looks for and may do.

use std::collections::BTreeMap;

use resume::PartialDate;
use serde_json::json;

use super::form::Fields;
use super::model::{Aims, Authorisation, StudyDegree};

/// The fields of the form that hold a date.
const DATES: [&str; 3] = ["available_from", "available_until", "graduation"];
/// The fields of the form that hold a number.
const NUMBERS: [&str; 2] = ["hours_per_week", "years_of_work"];

/// Degrees, with their words.
pub const DEGREES: [(StudyDegree, &str, &str); 5] = [
    (
        StudyDegree::Vocational,
        "vocational",
        "School, bootcamp, vocational training",
    ),
    (StudyDegree::Associate, "associate", "Associate"),
    (StudyDegree::Bachelor, "bachelor", "Bachelor"),
    (StudyDegree::Master, "master", "Master"),
    (StudyDegree::Doctorate, "doctorate", "Doctorate"),
];

/// Whether one may work in a country, with the words.
pub const AUTHORISATIONS: [(Authorisation, &str, &str); 3] = [
    (
        Authorisation::Unlimited,
        "unlimited",
        "Yes, without any condition",
    ),
    (
        Authorisation::Permit,
        "permit",
        "Yes, with a permit that I hold",
    ),
    (
        Authorisation::NeedsSponsor,
        "needs-sponsor",
        "Only if the employer sponsors it",
    ),
];

/// Whether a key is one of a field that can be unreadable.
#[must_use]
pub fn is_field(key: &str) -> bool {
    DATES.contains(&key) || NUMBERS.contains(&key)
}

/// Aims as the form shows them.
#[derive(Clone, Debug, Default)]
pub struct AimsForm {
    /// Titles, one a line.
    pub targets: String,
    /// Countries, separated by commas.
    pub countries: String,
    /// Whether work from home is welcome.
    pub remote: bool,
    /// The first day.
    pub available_from: String,
    /// The last day.
    pub available_until: String,
    /// The most hours a week.
    pub hours_per_week: String,
    /// When the studies end.
    pub graduation: String,
    /// The degree's name; empty for none.
    pub degree: &'static str,
    /// Years of paid work in the field.
    pub years_of_work: String,
    /// Countries with whether one may work there.
    pub authorisation: Vec<(String, &'static str)>,
}

impl AimsForm {
    /// The form that shows these aims.
    #[must_use]
    pub fn of(aims: &Aims) -> Self {
        let typed = |key: &str, value: Option<String>| {
            value.unwrap_or_else(|| {
                aims.extra
                    .get(key)
                    .and_then(|text| text.as_str())
                    .unwrap_or("")
                    .to_owned()
            })
        };
        let date =
            |key: &str, date: Option<PartialDate>| typed(key, date.map(|date| date.to_string()));
        let number =
            |key: &str, number: Option<u8>| typed(key, number.map(|number| number.to_string()));
        let authorisation = aims.authorisation.iter().map(|(country, given)| {
            let found = AUTHORISATIONS.iter().find(|(one, ..)| one == given);
            (country.clone(), found.map_or("", |(_, name, _)| name))
        });
        Self {
            targets: aims.targets.join("\n"),
            countries: aims.countries.join(", "),
            remote: aims.remote,
            available_from: date("available_from", aims.available_from),
            available_until: date("available_until", aims.available_until),
            hours_per_week: number("hours_per_week", aims.hours_per_week),
            graduation: date("graduation", aims.graduation),
            degree: DEGREES
                .iter()
                .find(|(one, ..)| Some(*one) == aims.degree)
                .map_or("", |(_, name, _)| name),
            years_of_work: number("years_of_work", aims.years_of_work),
            authorisation: authorisation.collect(),
        }
    }
}

/// Aims with what was typed. Countries of the authorisation are `country.N` with `may.N`.
#[must_use]
pub fn apply(aims: &Aims, fields: &Fields) -> Aims {
    let mut aims = aims.clone();
    let list = |name: &str, separators: &[char]| -> Option<Vec<String>> {
        let items = fields.get(name)?.split(separators).map(str::trim);
        Some(
            items
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    };
    if let Some(targets) = list("targets", &['\n']) {
        aims.targets = targets;
    }
    if let Some(countries) = list("countries", &['\n', ',', ' ', ';']) {
        aims.countries = countries.iter().map(|code| code.to_uppercase()).collect();
    }
    if let Some(remote) = fields.get("remote") {
        aims.remote = remote == "yes";
    }
    if let Some(degree) = fields.get("degree") {
        aims.degree = DEGREES
            .iter()
            .find(|(_, name, _)| *name == degree)
            .map(|(one, ..)| *one);
    }
    typed(&mut aims, fields);
    if let Some(authorisation) = authorisation(fields) {
        aims.authorisation = authorisation;
    }
    aims
}

/// Dates and numbers. What cannot be read stays as it was typed.
fn typed(aims: &mut Aims, fields: &Fields) {
    for key in DATES.iter().chain(&NUMBERS) {
        let Some(text) = fields.get(key).map(str::trim) else {
            continue;
        };
        let date = resume::dates::single(text);
        let number: Option<u8> = text.parse().ok();
        let understood = match *key {
            "available_from" => set(&mut aims.available_from, date),
            "available_until" => set(&mut aims.available_until, date),
            "graduation" => set(&mut aims.graduation, date),
            "hours_per_week" => set(
                &mut aims.hours_per_week,
                number.filter(|hours| *hours <= 80),
            ),
            _ => set(&mut aims.years_of_work, number.filter(|years| *years <= 60)),
        };
        if understood || text.is_empty() {
            aims.extra.remove(*key);
        } else {
            aims.extra.insert((*key).to_owned(), json!(text));
        }
    }
}

/// Sets a value; tells whether there is one.
fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

fn authorisation(fields: &Fields) -> Option<BTreeMap<String, Authorisation>> {
    let mut given = BTreeMap::new();
    let mut shown = false;
    for index in 0..fields_of_countries(fields) {
        let country = fields.get(&format!("country.{index}")).unwrap_or("").trim();
        let may = fields.get(&format!("may.{index}")).unwrap_or("");
        shown = true;
        let found = AUTHORISATIONS.iter().find(|(_, name, _)| *name == may);
        if let Some((one, ..)) = found.filter(|_| !country.is_empty()) {
            given.insert(country.to_uppercase(), *one);
        }
    }
    shown.then_some(given)
}

/// How many rows of countries the form has.
fn fields_of_countries(fields: &Fields) -> usize {
    (0..)
        .take_while(|index| fields.get(&format!("country.{index}")).is_some())
        .count()
}

#[cfg(test)]
mod tests {
    use super::{AimsForm, apply};
    use crate::profile::form::Fields;
    use crate::profile::model::{Aims, Authorisation, StudyDegree};

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
        .unwrap()
    }

    #[test]
    fn what_is_typed_becomes_aims_and_is_shown_again() {
        let fields = typed(&[
            ("targets", "Backend intern\n\n Platform intern "),
            ("countries", "se, de"),
            ("remote", "yes"),
            ("graduation", "2027-06"),
            ("hours_per_week", "40"),
            ("degree", "bachelor"),
            ("country.0", "se"),
            ("may.0", "unlimited"),
            ("country.1", ""),
            ("may.1", "permit"),
        ]);
        let aims = apply(&Aims::default(), &fields);
        assert_eq!(aims.targets, ["Backend intern", "Platform intern"]);
        assert_eq!(aims.countries, ["SE", "DE"]);
        assert_eq!(aims.degree, Some(StudyDegree::Bachelor));
        assert_eq!(
            aims.authorisation.get("SE"),
            Some(&Authorisation::Unlimited)
        );
        assert_eq!(aims.authorisation.len(), 1);
        let form = AimsForm::of(&aims);
        assert_eq!(
            (form.graduation.as_str(), form.hours_per_week.as_str()),
            ("2027-06", "40")
        );
        assert_eq!(form.degree, "bachelor");
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_it_was_typed_until_it_is_corrected() {
        let aims = apply(
            &Aims::default(),
            &typed(&[("graduation", "next summer"), ("years_of_work", "some")]),
        );
        assert_eq!(aims.graduation, None);
        let form = AimsForm::of(&aims);
        assert_eq!(
            (form.graduation.as_str(), form.years_of_work.as_str()),
            ("next summer", "some")
        );
        let corrected = apply(
            &aims,
            &typed(&[("graduation", "2027"), ("years_of_work", "")]),
        );
        assert!(corrected.extra.is_empty() && corrected.graduation.is_some());
    }

    #[test]
    fn a_form_changes_only_what_it_names() {
        let aims = Aims {
            remote: true,
            targets: vec!["x".into()],
            ..Aims::default()
        };
        assert_eq!(apply(&aims, &typed(&[])), aims);
    }
}
