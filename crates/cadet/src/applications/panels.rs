//! What later features show on an application's page: who is known there, mail, answers.
//!
//! The features that build on applications may not be named here, so the program's assembly hands their sections in.

use async_trait::async_trait;

use super::record::ApplicationRecord;
use crate::error::Result;
use crate::state::Ctx;

/// A part of an application's page that another feature makes.
#[async_trait]
pub trait ApplicationSection: Send + Sync {
    /// Safe HTML of one `<section>` with its heading (`h2`), or none where there is nothing to show to this reader.
    ///
    /// # Errors
    /// From the database.
    async fn section(&self, ctx: &Ctx, record: &ApplicationRecord) -> Result<Option<String>>;
}

/// All sections, in the order in which they are shown.
pub type ApplicationSections = Vec<Box<dyn ApplicationSection>>;

/// The sections for an application.
///
/// # Errors
/// From a section.
pub async fn sections(ctx: &Ctx, record: &ApplicationRecord) -> Result<Vec<String>> {
    let mut sections = Vec::new();
    for one in &ctx.application_sections {
        sections.extend(one.section(ctx, record).await?);
    }
    Ok(sections)
}
