//! The tables of an export that are read, and what their columns mean.

use super::rows::Row;
use crate::report::{Change, Imported};
use crate::{
    Award, Certificate, Education, EntryId, Language, OnlineProfile, Project, Publication,
    Reference, SkillGroup, Volunteer, Work, places,
};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// The person.
    Profile,
    /// Jobs.
    Positions,
    /// Schools.
    Education,
    /// Skills.
    Skills,
    /// Certificates.
    Certifications,
    /// Languages.
    Languages,
    /// Projects.
    Projects,
    /// Mail addresses.
    Emails,
    /// Telephone numbers.
    Phones,
    /// Unpaid work.
    Volunteering,
    /// Memberships.
    Organizations,
    /// Courses.
    Courses,
    /// Prizes.
    Honors,
    /// Publications.
    Publications,
    /// Patents.
    Patents,
    /// Words of others.
    Recommendations,
}

/// The names of the files, and columns by which a table is known without its name.
const TABLES: [(Table, &str, &[&str]); 16] = [
    (
        Table::Profile,
        "profile",
        &["First Name", "Last Name", "Headline"],
    ),
    (
        Table::Positions,
        "positions",
        &["Company Name", "Title", "Started On"],
    ),
    (
        Table::Education,
        "education",
        &["School Name", "Degree Name"],
    ),
    (Table::Skills, "skills", &[]),
    (
        Table::Certifications,
        "certifications",
        &["Name", "Authority"],
    ),
    (Table::Languages, "languages", &["Name", "Proficiency"]),
    (
        Table::Projects,
        "projects",
        &["Title", "Description", "Url", "Started On"],
    ),
    (
        Table::Emails,
        "email addresses",
        &["Email Address", "Confirmed"],
    ),
    (
        Table::Phones,
        "phonenumbers",
        &["Extension", "Number", "Type"],
    ),
    (
        Table::Volunteering,
        "volunteering",
        &["Company Name", "Role"],
    ),
    (
        Table::Organizations,
        "organizations",
        &["Name", "Position", "Started On"],
    ),
    (Table::Courses, "courses", &["Name", "Number"]),
    (Table::Honors, "honors", &["Title", "Issued On"]),
    (
        Table::Publications,
        "publications",
        &["Name", "Published On", "Publisher"],
    ),
    (Table::Patents, "patents", &["Title", "Patent Number"]),
    (
        Table::Recommendations,
        "recommendations_received",
        &["First Name", "Text", "Status"],
    ),
];

/// The table of a file's name.
pub fn table(name: &str) -> Option<Table> {
    let file = super::file_name(name).to_ascii_lowercase();
    let stem = file.strip_suffix(".csv")?;
    TABLES
        .iter()
        .find(|(_, known, _)| *known == stem)
        .map(|(table, ..)| *table)
}

/// The table whose columns a first line names.
pub fn by_header(line: &str) -> Option<Table> {
    let columns: Vec<&str> = line
        .split(',')
        .map(|column| column.trim().trim_matches('"'))
        .collect();
    let fits =
        |known: &&[&str]| !known.is_empty() && known.iter().all(|column| columns.contains(column));
    TABLES
        .iter()
        .find(|(_, _, known)| fits(known))
        .map(|(table, ..)| *table)
}

/// Reads a row.
pub fn read(i: &mut Imported, table: Table, row: &mut Row) {
    match table {
        Table::Profile => profile(i, row),
        Table::Positions => position(i, row),
        Table::Education => education(i, row),
        Table::Skills => skill(i, row),
        Table::Certifications => certification(i, row),
        Table::Languages => language(i, row),
        Table::Projects => project(i, row),
        Table::Emails => email(i, row),
        Table::Phones => phone(i, row),
        Table::Volunteering => volunteering(i, row, "Company Name", "Role"),
        Table::Organizations => volunteering(i, row, "Name", "Position"),
        Table::Courses => course(i, row),
        Table::Honors => honor(i, row),
        Table::Publications => publication(i, row),
        Table::Patents => patent(i, row),
        Table::Recommendations => recommendation(i, row),
    }
}

fn profile(i: &mut Imported, row: &mut Row) {
    let first = row.text(i, "First Name", "/basics/name");
    let last = row.text(i, "Last Name", "/basics/name");
    i.resume.basics.name = crate::outline::joined(&[&first, &last], " ");
    i.resume.basics.label = row.text(i, "Headline", "/basics/label");
    i.resume.basics.summary = row.text(i, "Summary", "/basics/summary");
    let place = places::place(&row.text(i, "Geo Location", "/basics/location/city"));
    let location = &mut i.resume.basics.location;
    (location.city, location.region, location.country_code) =
        (place.city, place.region, place.country_code);
    let address = row.text(i, "Address", "/basics/location/address");
    let code = row.text(i, "Zip Code", "/basics/location/postalCode");
    let location = &mut i.resume.basics.location;
    (location.address, location.postal_code) = (address, code);
    let sites = row.text(i, "Websites", "/basics/profiles");
    for site in in_brackets(&sites) {
        let url = site
            .split_once(':')
            .filter(|(label, _)| label.chars().all(char::is_uppercase))
            .map_or(site.as_str(), |(_, url)| url)
            .trim()
            .to_owned();
        if i.resume.basics.url.is_empty() {
            i.resume.basics.url = url;
        } else {
            i.resume.basics.profiles.push(OnlineProfile {
                url,
                ..OnlineProfile::default()
            });
        }
    }
    let handles = row.text(i, "Twitter Handles", "/basics/profiles");
    for username in in_brackets(&handles) {
        let url = format!("https://twitter.com/{username}");
        i.resume.basics.profiles.push(OnlineProfile {
            network: "Twitter".into(),
            username,
            url,
            ..OnlineProfile::default()
        });
    }
    i.resume.basics.extra = row.rest(i, "/basics");
}

/// The items of a list in brackets: `[A,B]`.
fn in_brackets(text: &str) -> Vec<String> {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    inner
        .split(',')
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

fn position(i: &mut Imported, row: &mut Row) {
    let path = format!("/work/{}", i.resume.work.len());
    let work = Work {
        name: row.text(i, "Company Name", &format!("{path}/name")),
        position: row.text(i, "Title", &format!("{path}/position")),
        location: row.text(i, "Location", &format!("{path}/location")),
        summary: row.text(i, "Description", &format!("{path}/summary")),
        start_date: row.date(i, "Started On", &format!("{path}/startDate")),
        end_date: row.date(i, "Finished On", &format!("{path}/endDate")),
        extra: row.rest(i, &path),
        ..Work::default()
    };
    i.resume.work.push(work);
}

fn education(i: &mut Imported, row: &mut Row) {
    let path = format!("/education/{}", i.resume.education.len());
    let (study_type, area) =
        crate::understand::degree_parts(&row.text(i, "Degree Name", &format!("{path}/studyType")));
    let education = Education {
        institution: row.text(i, "School Name", &format!("{path}/institution")),
        start_date: row.date(i, "Start Date", &format!("{path}/startDate")),
        end_date: row.date(i, "End Date", &format!("{path}/endDate")),
        study_type,
        area,
        extra: row.rest(i, &path),
        ..Education::default()
    };
    i.resume.education.push(education);
}

fn skill(i: &mut Imported, row: &mut Row) {
    if i.resume.skills.is_empty() {
        i.resume.skills.push(SkillGroup::default());
    }
    let count = i
        .resume
        .skills
        .first()
        .map_or(0, |group| group.keywords.len());
    let name = row.text(i, "Name", &format!("/skills/0/keywords/{count}"));
    let extra = row.rest(i, "/skills/0");
    if let Some(group) = i.resume.skills.first_mut().filter(|_| !name.is_empty()) {
        group.keywords.push(name);
        group.extra.extend(extra);
    }
}

fn certification(i: &mut Imported, row: &mut Row) {
    let path = format!("/certificates/{}", i.resume.certificates.len());
    let certificate = Certificate {
        name: row.text(i, "Name", &format!("{path}/name")),
        url: row.text(i, "Url", &format!("{path}/url")),
        issuer: row.text(i, "Authority", &format!("{path}/issuer")),
        date: row.date(i, "Started On", &format!("{path}/date")),
        id: EntryId::default(),
        extra: row.rest(i, &path),
    };
    i.resume.certificates.push(certificate);
}

fn language(i: &mut Imported, row: &mut Row) {
    let path = format!("/languages/{}", i.resume.languages.len());
    let language = Language {
        language: row.text(i, "Name", &format!("{path}/language")),
        fluency: row.text(i, "Proficiency", &format!("{path}/fluency")),
        id: EntryId::default(),
        extra: row.rest(i, &path),
    };
    i.resume.languages.push(language);
}

fn project(i: &mut Imported, row: &mut Row) {
    let path = format!("/projects/{}", i.resume.projects.len());
    let project = Project {
        name: row.text(i, "Title", &format!("{path}/name")),
        description: row.text(i, "Description", &format!("{path}/description")),
        url: row.text(i, "Url", &format!("{path}/url")),
        start_date: row.date(i, "Started On", &format!("{path}/startDate")),
        end_date: row.date(i, "Finished On", &format!("{path}/endDate")),
        extra: row.rest(i, &path),
        ..Project::default()
    };
    i.resume.projects.push(project);
}

fn email(i: &mut Imported, row: &mut Row) {
    let address = row.text(i, "Email Address", "/basics/email");
    let primary = row.text(i, "Primary", "").eq_ignore_ascii_case("yes");
    // When it was confirmed and changed says nothing about the person.
    row.text(i, "Confirmed", "");
    row.text(i, "Updated On", "");
    let known = std::mem::take(&mut i.resume.basics.email);
    let (first, other) = if primary || known.is_empty() {
        (address, known)
    } else {
        (known, address)
    };
    i.resume.basics.email = first;
    if !other.is_empty() {
        i.note(
            Change::Kept,
            &row.at,
            Some("/basics/emails"),
            format!("`{other}` is kept under `emails`: one address has a field"),
        );
        let list = i
            .resume
            .basics
            .extra
            .entry("emails")
            .or_insert_with(|| serde_json::json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(other.into());
        }
    }
    let extra = row.rest(i, "/basics");
    i.resume.basics.extra.extend(extra);
}

fn phone(i: &mut Imported, row: &mut Row) {
    let number = row.text(i, "Number", "/basics/phone");
    if i.resume.basics.phone.is_empty() {
        i.resume.basics.phone = number;
    } else if !number.is_empty() {
        i.note(
            Change::Kept,
            &row.at,
            Some("/basics/phones"),
            format!("`{number}` is kept under `phones`: one number has a field"),
        );
        let list = i
            .resume
            .basics
            .extra
            .entry("phones")
            .or_insert_with(|| serde_json::json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(number.into());
        }
    }
    row.text(i, "Type", "");
    let extra = row.rest(i, "/basics");
    i.resume.basics.extra.extend(extra);
}

fn volunteering(i: &mut Imported, row: &mut Row, organization: &str, position: &str) {
    let path = format!("/volunteer/{}", i.resume.volunteer.len());
    let volunteer = Volunteer {
        organization: row.text(i, organization, &format!("{path}/organization")),
        position: row.text(i, position, &format!("{path}/position")),
        summary: row.text(i, "Description", &format!("{path}/summary")),
        start_date: row.date(i, "Started On", &format!("{path}/startDate")),
        end_date: row.date(i, "Finished On", &format!("{path}/endDate")),
        extra: row.rest(i, &path),
        ..Volunteer::default()
    };
    i.resume.volunteer.push(volunteer);
}

fn course(i: &mut Imported, row: &mut Row) {
    if i.resume.education.is_empty() {
        i.resume.education.push(Education::default());
    }
    let count = i
        .resume
        .education
        .first()
        .map_or(0, |school| school.courses.len());
    let path = format!("/education/0/courses/{count}");
    let number = row.text(i, "Number", &path);
    let name = row.text(i, "Name", &path);
    i.note(
        Change::Moved,
        &row.at,
        Some(&path),
        format!("the course `{name}` was put to the first school: move it if it was elsewhere"),
    );
    if let Some(school) = i.resume.education.first_mut() {
        school
            .courses
            .push(crate::outline::joined(&[&number, &name], " - "));
    }
}

fn honor(i: &mut Imported, row: &mut Row) {
    let path = format!("/awards/{}", i.resume.awards.len());
    let award = Award {
        title: row.text(i, "Title", &format!("{path}/title")),
        summary: row.text(i, "Description", &format!("{path}/summary")),
        date: row.date(i, "Issued On", &format!("{path}/date")),
        extra: row.rest(i, &path),
        ..Award::default()
    };
    i.resume.awards.push(award);
}

fn publication(i: &mut Imported, row: &mut Row) {
    let path = format!("/publications/{}", i.resume.publications.len());
    let publication = Publication {
        name: row.text(i, "Name", &format!("{path}/name")),
        publisher: row.text(i, "Publisher", &format!("{path}/publisher")),
        summary: row.text(i, "Description", &format!("{path}/summary")),
        url: row.text(i, "Url", &format!("{path}/url")),
        release_date: row.date(i, "Published On", &format!("{path}/releaseDate")),
        id: EntryId::default(),
        extra: row.rest(i, &path),
    };
    i.resume.publications.push(publication);
}

fn patent(i: &mut Imported, row: &mut Row) {
    let path = format!("/publications/{}", i.resume.publications.len());
    let publication = Publication {
        name: row.text(i, "Title", &format!("{path}/name")),
        summary: row.text(i, "Description", &format!("{path}/summary")),
        url: row.text(i, "Url", &format!("{path}/url")),
        release_date: row.date(i, "Issued On", &format!("{path}/releaseDate")),
        extra: row.rest(i, &path),
        ..Publication::default()
    };
    i.resume.publications.push(publication);
}

fn recommendation(i: &mut Imported, row: &mut Row) {
    let path = format!("/references/{}", i.resume.references.len());
    let name = format!("{path}/name");
    let parts = ["First Name", "Last Name"].map(|column| row.text(i, column, &name));
    let job = ["Job Title", "Company"].map(|column| row.text(i, column, &name));
    let person = crate::outline::joined(&[&parts[0], &parts[1]], " ");
    let reference = Reference {
        name: crate::outline::joined(&[&person, &job[0], &job[1]], ", "),
        reference: row.text(i, "Text", &format!("{path}/reference")),
        id: EntryId::default(),
        extra: row.rest(i, &path),
    };
    i.resume.references.push(reference);
}
