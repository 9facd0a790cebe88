//! The resume itself: the sections and fields of JSON Resume 1.3.1, each entry and each bullet with an id that stays.
//!
//! This is the form in which a resume is kept and worked with. It is not the JSON Resume file: there a bullet is a bare text
//! and an entry has no id; the reader and the writer of that format translate.

use serde::{Deserialize, Serialize};

use crate::PartialDate;

/// What a file held beyond the fields known here, by its key, kept as it was.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// The id of an entry or a bullet: unique within its resume and never given again, such as `work-2` or `work-2-1`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub String);

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Defines a section's entry: every field may be missing in stored data, and what no field holds is in `extra`.
macro_rules! entry {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
            /// Keys of the file that no field holds.
            #[serde(skip_serializing_if = "Extra::is_empty")]
            pub extra: Extra,
        }
    };
}

entry! {
    /// A whole resume. Lists are in the order of the person.
    Resume {
        /// Who it is about.
        basics: Basics,
        /// Paid work.
        work: Vec<Work>,
        /// Unpaid work.
        volunteer: Vec<Volunteer>,
        /// Schools and degrees.
        education: Vec<Education>,
        /// Prizes and honours.
        awards: Vec<Award>,
        /// Certificates.
        certificates: Vec<Certificate>,
        /// Papers, articles, books.
        publications: Vec<Publication>,
        /// Skills in groups.
        skills: Vec<SkillGroup>,
        /// Spoken languages.
        languages: Vec<Language>,
        /// Interests.
        interests: Vec<Interest>,
        /// What others say.
        references: Vec<Reference>,
        /// Projects.
        projects: Vec<Project>,
        /// The highest number given so far to an entry or a bullet: the next one gets one more.
        last_number: u32,
    }
}

entry! {
    /// The person.
    Basics {
        /// The whole name.
        name: String,
        /// A title such as "Computer science student".
        label: String,
        /// The address of a picture.
        image: String,
        /// The mail address.
        email: String,
        /// The telephone number, as the person writes it.
        phone: String,
        /// The person's own page.
        url: String,
        /// Two or three sentences.
        summary: String,
        /// Where the person lives.
        location: Location,
        /// Accounts elsewhere.
        profiles: Vec<OnlineProfile>,
    }
}

entry! {
    /// A place to live.
    Location {
        /// Street and number; may have several lines.
        address: String,
        /// The postal code.
        postal_code: String,
        /// The town.
        city: String,
        /// The country in two letters (ISO 3166-1).
        country_code: String,
        /// State, province or canton.
        region: String,
    }
}

entry! {
    /// An account at another site.
    OnlineProfile {
        /// The site, such as "GitHub".
        network: String,
        /// The name there.
        username: String,
        /// The address of the page.
        url: String,
    }
}

/// One bullet of an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Highlight {
    /// Its id.
    pub id: EntryId,
    /// The wording that the person wrote.
    pub text: String,
    /// Other wordings of the same fact that the person approved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// Words by which the person chooses, such as "databases".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

entry! {
    /// A job.
    Work {
        /// Its id.
        id: EntryId,
        /// The employer.
        name: String,
        /// What the employer does.
        description: String,
        /// The title held.
        position: String,
        /// Where.
        location: String,
        /// The employer's page.
        url: String,
        /// The first day.
        start_date: Option<PartialDate>,
        /// The last day; none for a job that goes on.
        end_date: Option<PartialDate>,
        /// A paragraph.
        summary: String,
        /// Bullets.
        highlights: Vec<Highlight>,
    }
}

entry! {
    /// Unpaid work.
    Volunteer {
        /// Its id.
        id: EntryId,
        /// For whom.
        organization: String,
        /// As what.
        position: String,
        /// Their page.
        url: String,
        /// The first day.
        start_date: Option<PartialDate>,
        /// The last day; none for work that goes on.
        end_date: Option<PartialDate>,
        /// A paragraph.
        summary: String,
        /// Bullets.
        highlights: Vec<Highlight>,
    }
}

entry! {
    /// A school or a degree.
    Education {
        /// Its id.
        id: EntryId,
        /// The school.
        institution: String,
        /// Its page.
        url: String,
        /// The subject, such as "Computer Science".
        area: String,
        /// The degree, such as "Bachelor".
        study_type: String,
        /// The first day.
        start_date: Option<PartialDate>,
        /// The last day, or the one expected.
        end_date: Option<PartialDate>,
        /// The grade, as written.
        score: String,
        /// Courses.
        courses: Vec<String>,
    }
}

entry! {
    /// A prize.
    Award {
        /// Its id.
        id: EntryId,
        /// What for.
        title: String,
        /// When.
        date: Option<PartialDate>,
        /// Who gave it.
        awarder: String,
        /// A paragraph.
        summary: String,
    }
}

entry! {
    /// A certificate.
    Certificate {
        /// Its id.
        id: EntryId,
        /// What it certifies.
        name: String,
        /// When.
        date: Option<PartialDate>,
        /// Where it can be checked.
        url: String,
        /// Who gave it.
        issuer: String,
    }
}

entry! {
    /// A publication.
    Publication {
        /// Its id.
        id: EntryId,
        /// Its title.
        name: String,
        /// Who published it.
        publisher: String,
        /// When.
        release_date: Option<PartialDate>,
        /// Where it can be read.
        url: String,
        /// A paragraph.
        summary: String,
    }
}

entry! {
    /// Skills that belong together.
    SkillGroup {
        /// Its id.
        id: EntryId,
        /// The group, such as "Databases", or a single skill.
        name: String,
        /// How well, in the person's words.
        level: String,
        /// The skills of the group.
        keywords: Vec<String>,
    }
}

entry! {
    /// A spoken language.
    Language {
        /// Its id.
        id: EntryId,
        /// Which, in words.
        language: String,
        /// How well, in words.
        fluency: String,
    }
}

entry! {
    /// An interest.
    Interest {
        /// Its id.
        id: EntryId,
        /// Which.
        name: String,
        /// More exactly.
        keywords: Vec<String>,
    }
}

entry! {
    /// What somebody says of the person.
    Reference {
        /// Its id.
        id: EntryId,
        /// Who.
        name: String,
        /// The words.
        reference: String,
    }
}

entry! {
    /// A project.
    Project {
        /// Its id.
        id: EntryId,
        /// Its name.
        name: String,
        /// One or two sentences.
        description: String,
        /// Bullets.
        highlights: Vec<Highlight>,
        /// Technologies and topics.
        keywords: Vec<String>,
        /// The first day.
        start_date: Option<PartialDate>,
        /// The last day; none for a project that goes on.
        end_date: Option<PartialDate>,
        /// Its page or repository.
        url: String,
        /// The person's parts in it.
        roles: Vec<String>,
        /// For whom it was made.
        entity: String,
        /// What it is, such as "application".
        kind: String,
    }
}

impl Resume {
    /// Gives an id to every entry and bullet that has none, and a new one to every second bearer of an id.
    pub fn number(&mut self) {
        let mut numbering = Numbering {
            last: self.last_number,
            seen: std::collections::HashSet::new(),
        };
        macro_rules! entries {
            ($($section:ident $word:literal;)*) => {$(
                for entry in &mut self.$section {
                    numbering.give(&mut entry.id, $word);
                }
            )*};
        }
        entries! {
            work "work"; volunteer "volunteer"; education "education"; awards "award";
            certificates "certificate"; publications "publication"; skills "skill";
            languages "language"; interests "interest"; references "reference"; projects "project";
        }
        let bullets = (self.work.iter_mut().map(|entry| &mut entry.highlights))
            .chain(self.volunteer.iter_mut().map(|entry| &mut entry.highlights))
            .chain(self.projects.iter_mut().map(|entry| &mut entry.highlights));
        for bullet in bullets.flatten() {
            numbering.give(&mut bullet.id, "bullet");
        }
        self.last_number = numbering.last;
    }
}

/// Which ids a resume has given.
struct Numbering {
    last: u32,
    seen: std::collections::HashSet<EntryId>,
}

impl Numbering {
    fn give(&mut self, id: &mut EntryId, word: &str) {
        if !id.0.is_empty() && self.seen.insert(id.clone()) {
            return;
        }
        loop {
            self.last = self.last.saturating_add(1);
            *id = EntryId(format!("{word}-{}", self.last));
            if self.seen.insert(id.clone()) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EntryId, Highlight, Resume, Work};

    #[test]
    fn ids_stay_and_are_never_given_again() {
        let work = |id: &str| Work {
            id: EntryId(id.into()),
            highlights: vec![Highlight::default()],
            ..Work::default()
        };
        let mut resume = Resume {
            work: vec![work("work-7"), work(""), work("work-7")],
            last_number: 7,
            ..Resume::default()
        };
        resume.number();
        let once = resume.clone();
        resume.number();
        assert_eq!(resume, once, "numbering again changes nothing");
        assert_eq!(resume.work[0].id.0, "work-7");
        let mut ids: Vec<&str> = (resume.work.iter())
            .flat_map(|w| [w.id.0.as_str(), w.highlights[0].id.0.as_str()])
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 6);
    }
}
