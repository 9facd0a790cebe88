//! A resume as data: the JSON Resume format, and readers and writers of the files that resumes travel in.
//!
//! Inputs: bytes of a file that somebody brings, of any kind and of any quality. Outputs: a [`Resume`] with a report of what was
//! understood, changed or left over; and the reverse, files made from a [`Resume`]. Nothing here does IO or knows the time.

mod date;
mod model;

pub use date::PartialDate;
pub use model::{
    Award, Basics, Certificate, Education, EntryId, Extra, Highlight, Interest, Language, Location,
    OnlineProfile, Project, Publication, Reference, Resume, SkillGroup, Volunteer, Work,
};
