//! The Candidate of the newer Europass, which follows HR Open: elements of several namespaces, found by their names.

use super::tree::Node;
use crate::dates::PartialDate;
use crate::report::Imported;
use crate::{
    Award, Certificate, Education, Interest, Language, OnlineProfile, Project, Publication,
    SkillGroup, Volunteer, Work, outline, places,
};

/// Reads a Candidate.
pub fn read(i: &mut Imported, root: &Node) {
    for name in [
        "DocumentID",
        "DocumentCreatedDateTime",
        "RenderingInformation",
    ] {
        root.find(name).into_iter().for_each(Node::ignore);
    }
    if let Some(person) = root.find("CandidatePerson") {
        identity(i, person);
    }
    let profile = root.find("CandidateProfile").unwrap_or(root);
    i.resume.basics.summary = profile.text("ExecutiveSummary");
    for entry in profile.all("EmploymentHistory/EmployerHistory") {
        work(i, entry);
    }
    for entry in profile.all("EducationHistory/EducationOrganizationAttendance") {
        education(i, entry);
    }
    for entry in profile.all("PersonQualifications/PersonCompetency") {
        competency(i, entry);
    }
    for entry in profile.all("Certifications/Certification") {
        let certificate = Certificate {
            name: entry.any("CertificationName"),
            issuer: entry.any("IssuingAuthority"),
            date: date(
                entry
                    .find("FirstIssuedDate")
                    .or_else(|| entry.find("EffectiveDate")),
            ),
            ..Certificate::default()
        };
        i.resume.certificates.push(certificate);
    }
    more(i, profile);
}

fn more(i: &mut Imported, profile: &Node) {
    for entry in profile.all("PublicationHistory/Publication") {
        let publication = Publication {
            name: entry.any("Title"),
            summary: entry.any("Reference"),
            url: entry.any("Link"),
            release_date: date(entry.find("Year")),
            ..Publication::default()
        };
        i.resume.publications.push(publication);
    }
    for entry in profile.all("Projects/Project") {
        let (start_date, end_date) = period(entry);
        let project = Project {
            name: entry.any("Title"),
            description: entry.any("Description"),
            url: entry.any("Link"),
            start_date,
            end_date,
            ..Project::default()
        };
        i.resume.projects.push(project);
    }
    for entry in profile
        .all("HonorsAndAwards/HonorAndAward")
        .into_iter()
        .chain(profile.all("HonorsAwards/HonorAward"))
    {
        let award = Award {
            title: entry.any("Title"),
            awarder: entry.any("IssuingAuthority"),
            summary: entry.any("Description"),
            date: date(entry.find("Date")),
            ..Award::default()
        };
        i.resume.awards.push(award);
    }
    for entry in profile
        .all("VolunteerWorks/VolunteerWork")
        .into_iter()
        .chain(profile.all("Volunteerings/Volunteering"))
    {
        let (start_date, end_date) = period(entry);
        let volunteer = Volunteer {
            position: entry.any("Title"),
            summary: entry.any("Description"),
            start_date,
            end_date,
            ..Volunteer::default()
        };
        i.resume.volunteer.push(volunteer);
    }
    for entry in profile
        .all("HobbiesAndInterests/HobbyAndInterest")
        .into_iter()
        .chain(profile.all("Hobbies/Hobby"))
    {
        let interest = Interest {
            name: entry.any("Title"),
            keywords: Some(entry.any("Description"))
                .filter(|text| !text.is_empty())
                .into_iter()
                .collect(),
            ..Interest::default()
        };
        i.resume.interests.push(interest);
    }
}

fn identity(i: &mut Imported, person: &Node) {
    let (first, last) = (person.any("GivenName"), person.any("FamilyName"));
    let name = outline::joined(&[&first, &last], " ");
    i.from("/basics/name".into(), &name, "PersonName");
    i.resume.basics.name = name;
    for channel in person.all("Communication") {
        let code = channel.any("ChannelCode");
        let use_code = channel.find("UseCode");
        use_code.into_iter().for_each(Node::ignore);
        if let Some(address) = channel.find("Address") {
            place(i, address);
            continue;
        }
        let value = channel.any("URI");
        match code.as_str() {
            "Email" => i.resume.basics.email = value.trim_start_matches("mailto:").to_owned(),
            "Telephone" | "MobileTelephone" => {
                let parts = [
                    channel.any("CountryDialing"),
                    channel.any("AreaDialing"),
                    channel.any("DialNumber"),
                ];
                let country = parts
                    .first()
                    .filter(|text| !text.is_empty())
                    .map(|code| format!("+{}", code.trim_start_matches('+')))
                    .unwrap_or_default();
                let number = parts
                    .iter()
                    .skip(1)
                    .filter(|text| !text.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" ");
                i.resume.basics.phone = if number.is_empty() {
                    value.trim_start_matches("tel:").to_owned()
                } else {
                    outline::joined(&[&country, &number], " ")
                };
            }
            "Web" if i.resume.basics.url.is_empty() => i.resume.basics.url = value,
            _ if !value.is_empty() => {
                let network = if code == "Web" { String::new() } else { code };
                i.resume.basics.profiles.push(OnlineProfile {
                    network,
                    url: value,
                    ..OnlineProfile::default()
                });
            }
            _ => {}
        }
    }
    i.from(
        "/basics/email".into(),
        &i.resume.basics.email.clone(),
        "Communication",
    );
}

fn place(i: &mut Imported, address: &Node) {
    let location = &mut i.resume.basics.location;
    location.address = address.any("AddressLine");
    location.city = address.any("CityName");
    location.postal_code = address.any("PostalCode");
    let code = address.any("CountryCode");
    location.country_code = places::country_code(&code).map_or(code, str::to_owned);
}

/// A date as text, somewhere within an element.
fn date(node: Option<&Node>) -> Option<PartialDate> {
    let node = node?;
    let text = node.find("FormattedDateTime").unwrap_or(node).take();
    let day = text.split('T').next().unwrap_or("");
    day.parse().ok().or_else(|| crate::dates::single(&text))
}

fn period(entry: &Node) -> (Option<PartialDate>, Option<PartialDate>) {
    let names = [
        "EmploymentPeriod",
        "AttendancePeriod",
        "Period",
        "EffectiveTimePeriod",
    ];
    let Some(period) = names.iter().find_map(|name| entry.find(name)) else {
        return (None, None);
    };
    period
        .find("CurrentIndicator")
        .into_iter()
        .for_each(Node::ignore);
    (date(period.find("StartDate")), date(period.find("EndDate")))
}

fn work(i: &mut Imported, employment: &Node) {
    let name = employment.text("OrganizationName");
    let contact = employment.at("OrganizationContact");
    let place = contact
        .map(|node| outline::joined(&[&node.any("CityName"), &country(node)], ", "))
        .unwrap_or_default();
    let positions = employment.all("PositionHistory");
    for entry in positions {
        let path = format!("/work/{}", i.resume.work.len());
        let (start_date, end_date) = period(entry);
        let own_place = outline::joined(&[&entry.text("City"), &entry.text("Country")], ", ");
        let work = Work {
            name: name.clone(),
            position: entry.any("PositionTitle"),
            summary: entry.any("Description"),
            location: if own_place.is_empty() {
                place.clone()
            } else {
                own_place
            },
            start_date,
            end_date,
            ..Work::default()
        };
        i.from(
            format!("{path}/name"),
            &work.name,
            "EmployerHistory/OrganizationName",
        );
        i.from(
            format!("{path}/position"),
            &work.position,
            "PositionHistory/PositionTitle",
        );
        i.resume.work.push(work);
    }
}

fn country(node: &Node) -> String {
    let code = node.any("CountryCode");
    places::country_name(&code).map_or(code, str::to_owned)
}

fn education(i: &mut Imported, entry: &Node) {
    let path = format!("/education/{}", i.resume.education.len());
    let (start_date, end_date) = period(entry);
    let (study_type, area) = crate::understand::degree_parts(&entry.any("DegreeName"));
    let mut education = Education {
        institution: entry.text("OrganizationName"),
        study_type,
        area,
        score: entry.any("ScoreText"),
        start_date,
        end_date,
        ..Education::default()
    };
    let contact = entry.at("OrganizationContact");
    let place = contact
        .map(|node| outline::joined(&[&node.any("CityName"), &country(node)], ", "))
        .unwrap_or_default();
    for (key, text) in [
        ("location", place),
        ("summary", entry.any("OccupationalSkillsCovered")),
        ("level", entry.any("EducationLevelCode")),
    ] {
        if !text.is_empty() {
            education.extra.insert(key.into(), text.into());
        }
    }
    i.from(
        format!("{path}/institution"),
        &education.institution,
        "EducationOrganizationAttendance/OrganizationName",
    );
    i.resume.education.push(education);
}

fn competency(i: &mut Imported, entry: &Node) {
    let scheme = entry.any("TaxonomyID").to_lowercase();
    let name = entry.any("CompetencyName");
    let code = entry.any("CompetencyID");
    if scheme == "language" {
        let said = crate::json::language_of_code(&code);
        let language = if name.is_empty() {
            said.unwrap_or(code)
        } else {
            name
        };
        let scores: Vec<String> = entry
            .all("CompetencyDimension")
            .into_iter()
            .map(|dimension| {
                let kind = dimension.any("CompetencyDimensionTypeCode");
                let score = dimension.any("ScoreText");
                outline::joined(
                    &[
                        kind.trim_start_matches("CEF-Understanding-")
                            .trim_start_matches("CEF-Speaking-")
                            .trim_start_matches("CEF-Writing-"),
                        &score,
                    ],
                    " ",
                )
            })
            .filter(|text| !text.is_empty())
            .collect();
        let fluency = if scores.is_empty() {
            "Native speaker".to_owned()
        } else {
            scores.join(", ")
        };
        i.resume.languages.push(Language {
            language,
            fluency,
            ..Language::default()
        });
        return;
    }
    let skill = if name.is_empty() { code } else { name };
    if skill.is_empty() {
        return;
    }
    if i.resume.skills.is_empty() {
        i.resume.skills.push(SkillGroup::default());
    }
    if let Some(group) = i.resume.skills.last_mut() {
        group.keywords.push(skill);
    }
}
