//! The SkillsPassport of Europass, version 3.

use super::tree::Node;
use crate::dates::PartialDate;
use crate::report::Imported;
use crate::{
    Award, Education, Interest, Language, OnlineProfile, SkillGroup, Work, outline, places,
};

/// Reads the person of a SkillsPassport.
pub fn read(i: &mut Imported, learner: &Node) {
    if let Some(identification) = learner.at("Identification") {
        identity(i, identification);
    }
    if let Some(headline) = learner.at("Headline") {
        // The type of a headline (job applied for, statement) is not the person's own word.
        headline.find("Type").into_iter().for_each(Node::ignore);
        let text = headline.text("Description/Label");
        i.from("/basics/label".into(), &text, "Headline");
        i.resume.basics.label = text;
    }
    for entry in learner.all("WorkExperienceList/WorkExperience") {
        work(i, entry);
    }
    for entry in learner.all("EducationList/Education") {
        education(i, entry);
    }
    if let Some(all) = learner.at("Skills") {
        skills(i, all);
    }
    for entry in learner.all("AchievementList/Achievement") {
        let path = format!("/awards/{}", i.resume.awards.len());
        let award = Award {
            title: said(i, entry, "Title/Label", &format!("{path}/title")),
            summary: said(i, entry, "Description", &format!("{path}/summary")),
            ..Award::default()
        };
        i.resume.awards.push(award);
    }
}

/// The text at a path, with its source.
fn said(i: &mut Imported, node: &Node, path: &str, to: &str) -> String {
    let text = node.text(path);
    i.from(to.to_owned(), &text, &format!("{}/{path}", node.name));
    text
}

fn identity(i: &mut Imported, node: &Node) {
    let first = said(i, node, "PersonName/FirstName", "/basics/name");
    let last = said(i, node, "PersonName/Surname", "/basics/name");
    i.resume.basics.name = outline::joined(&[&first, &last], " ");
    i.resume.basics.email = said(i, node, "ContactInfo/Email/Contact", "/basics/email");
    let phones = node.all("ContactInfo/TelephoneList/Telephone");
    if let Some(phone) = phones.first() {
        phone.find("Use").into_iter().for_each(Node::ignore);
        i.resume.basics.phone = said(i, phone, "Contact", "/basics/phone");
    }
    for (index, site) in node
        .all("ContactInfo/WebsiteList/Website")
        .into_iter()
        .enumerate()
    {
        site.find("Use").into_iter().for_each(Node::ignore);
        let url = said(i, site, "Contact", "/basics/url");
        if index == 0 {
            i.resume.basics.url = url;
        } else {
            i.resume.basics.profiles.push(OnlineProfile {
                url,
                ..OnlineProfile::default()
            });
        }
    }
    for messenger in node.all("ContactInfo/InstantMessagingList/InstantMessaging") {
        let profile = OnlineProfile {
            network: messenger.text("Use/Label"),
            username: messenger.text("Contact"),
            ..OnlineProfile::default()
        };
        messenger.find("Use").into_iter().for_each(Node::ignore);
        i.resume.basics.profiles.push(profile);
    }
    if let Some(address) = node.at("ContactInfo/Address/Contact") {
        let location = &mut i.resume.basics.location;
        location.address = outline::joined(
            &[&address.text("AddressLine"), &address.text("AddressLine2")],
            "\n",
        );
        location.postal_code = address.text("PostalCode");
        location.city = address.text("Municipality");
        let (code, label) = (address.text("Country/Code"), address.text("Country/Label"));
        location.country_code = places::country_code(&code)
            .or_else(|| places::country_code(&label))
            .map_or(code, str::to_owned);
    }
}

/// A date in attributes: `year="2024" month="--06" day="---01"`.
fn date(node: Option<&Node>) -> Option<PartialDate> {
    let node = node?;
    let number = |name: &str| {
        node.attribute(name)
            .and_then(|value| value.trim_start_matches('-').parse::<i8>().ok())
    };
    let year = node.attribute("year")?.parse().ok()?;
    PartialDate::new(year, number("month"), number("day"))
        .or_else(|| PartialDate::new(year, None, None))
}

fn period(node: &Node) -> (Option<PartialDate>, Option<PartialDate>) {
    let Some(period) = node.at("Period") else {
        return (None, None);
    };
    period.ignore();
    (date(period.at("From")), date(period.at("To")))
}

/// Town and country of an organisation.
fn place(node: &Node) -> String {
    let Some(address) = node.at("ContactInfo/Address/Contact") else {
        return String::new();
    };
    address
        .at("Country/Code")
        .into_iter()
        .for_each(Node::ignore);
    outline::joined(
        &[
            &address.text("Municipality"),
            &address.text("Country/Label"),
        ],
        ", ",
    )
}

fn work(i: &mut Imported, entry: &Node) {
    let path = format!("/work/{}", i.resume.work.len());
    let (start_date, end_date) = period(entry);
    entry.at("Position/Code").into_iter().for_each(Node::ignore);
    let work = Work {
        position: said(i, entry, "Position/Label", &format!("{path}/position")),
        name: said(i, entry, "Employer/Name", &format!("{path}/name")),
        description: said(
            i,
            entry,
            "Employer/Sector/Label",
            &format!("{path}/description"),
        ),
        url: said(
            i,
            entry,
            "Employer/ContactInfo/Website/Contact",
            &format!("{path}/url"),
        ),
        location: entry.at("Employer").map(place).unwrap_or_default(),
        summary: said(i, entry, "Activities", &format!("{path}/summary")),
        start_date,
        end_date,
        ..Work::default()
    };
    entry
        .at("Employer/Sector/Code")
        .into_iter()
        .for_each(Node::ignore);
    i.resume.work.push(work);
}

fn education(i: &mut Imported, entry: &Node) {
    let path = format!("/education/{}", i.resume.education.len());
    let (start_date, end_date) = period(entry);
    let title = said(i, entry, "Title", &format!("{path}/studyType"));
    let (study_type, area) = crate::understand::degree_parts(&title);
    let field = entry.text("Field/Label");
    let place = entry.at("Organisation").map(place).unwrap_or_default();
    let mut education = Education {
        institution: said(
            i,
            entry,
            "Organisation/Name",
            &format!("{path}/institution"),
        ),
        area: if area.is_empty() { field.clone() } else { area },
        study_type,
        start_date,
        end_date,
        ..Education::default()
    };
    let mut keep = |key: &str, text: String| {
        if !text.is_empty() {
            education.extra.insert(key.into(), text.into());
        }
    };
    if education.area != field {
        keep("field", field);
    }
    keep("location", place);
    keep("summary", entry.text("Activities"));
    keep("level", entry.text("Level/Label"));
    i.resume.education.push(education);
}

fn skills(i: &mut Imported, node: &Node) {
    for entry in node.all("Linguistic/MotherTongueList/MotherTongue") {
        entry.find("Code").into_iter().for_each(Node::ignore);
        let language = said(i, entry, "Description/Label", "/languages");
        i.resume.languages.push(Language {
            language,
            fluency: "Native speaker".into(),
            ..Language::default()
        });
    }
    for entry in node.all("Linguistic/ForeignLanguageList/ForeignLanguage") {
        entry.find("Code").into_iter().for_each(Node::ignore);
        let language = said(i, entry, "Description/Label", "/languages");
        let levels = [
            "Listening",
            "Reading",
            "SpokenInteraction",
            "SpokenProduction",
            "Writing",
        ];
        let each: Vec<String> = levels
            .iter()
            .map(|level| entry.text(&format!("ProficiencyLevel/{level}")))
            .collect();
        let same = each.windows(2).all(|pair| pair.first() == pair.last());
        let fluency = if same {
            each.first().cloned().unwrap_or_default()
        } else {
            let said = levels
                .iter()
                .zip(&each)
                .filter(|(_, level)| !level.is_empty());
            said.map(|(name, level)| format!("{name} {level}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        i.resume.languages.push(Language {
            language,
            fluency,
            ..Language::default()
        });
    }
    let groups = [
        ("Communication", "Communication"),
        ("Organisational", "Organisation"),
        ("JobRelated", "Job-related"),
        ("Computer", "Computer"),
    ];
    for (name, title) in groups {
        let Some(group) = node.at(name) else { continue };
        let text = group.text("Description");
        let keywords: Vec<String> = text
            .lines()
            .map(|line| line.trim_start_matches(['•', ' ']).to_owned())
            .flat_map(|line| crate::json::split_joined(&line))
            .collect();
        if !keywords.is_empty() {
            i.resume.skills.push(SkillGroup {
                name: title.into(),
                keywords,
                ..SkillGroup::default()
            });
        }
    }
    let other = node.text("Other/Description");
    if !other.is_empty() {
        i.resume.interests.push(Interest {
            name: other,
            ..Interest::default()
        });
    }
}
