//! A resume as data: the JSON Resume format, and readers and writers of the files that resumes travel in.
//!
//! Inputs: bytes of a file that somebody brings, of any kind and of any quality. Outputs: a [`Resume`] with a report of what was
//! understood, changed or left over; and the reverse, files made from a [`Resume`]. Nothing here does IO or knows the time.

mod archive;
pub mod dates;
mod detect;
pub mod docx;
mod error;
pub mod europass;
pub mod html;
pub mod json;
pub mod limits;
pub mod linkedin;
pub mod markdown;
pub mod measure;
mod model;
mod outline;
pub mod pdf;
pub mod places;
mod read;
mod report;
pub mod text;
mod understand;

pub use dates::{PartialDate, Wording};
pub use error::ReadError;
pub use model::{
    Award, Basics, Certificate, Education, EntryId, Extra, Highlight, Interest, Language, Location,
    OnlineProfile, Project, Publication, Reference, Resume, SkillGroup, Volunteer, Work,
};
pub use read::read;
pub use report::{Change, Imported, Kind, Note, Offer, Source};

#[cfg(test)]
mod testing;
