//! Pages from data: a typesetter with its fonts inside, and two readers that read its pages back.
//!
//! Input: data in the shape of JSON Resume or of a letter (see [`view`]), and one of the shipped [`Template`]s. Output: a PDF
//! that is an archive (PDF/A-3), accessible (PDF/UA-1), and whose text comes out again, whole and in order, of whatever reads
//! it. That last is not assumed: [`readback`] reads the bytes with two independent engines and compares with what was meant.
//!
//! Nothing here opens a connection, and no file is read but fonts in the folders that the caller names.

mod attachment;
mod clean;
mod diagnostic;
mod engine;
mod error;
mod fonts;
pub mod readback;
mod render;
mod scripts;
mod template;
pub mod view;
mod world;

pub use attachment::{Attachment, Relationship};
pub use engine::Engine;
pub use error::RenderError;
pub use fonts::usual_folders;
pub use render::{Date, Meta, Rendered, preview, render};
pub use scripts::Script;
pub use template::{Kind, Paper, Template};
