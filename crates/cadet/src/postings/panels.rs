//! What later features show on a posting's page: how it fits, the application, who is known there.
//!
//! The features that build on postings may not be named here, so the program's assembly hands their panels in.

use async_trait::async_trait;

use super::record::PostingRecord;
use crate::error::Result;
use crate::state::Ctx;

/// A part of a posting's page that another feature makes.
#[async_trait]
pub trait PostingPanel: Send + Sync {
    /// Safe HTML of one `<section>` with its heading (`h2`), or none where there is nothing to show to this reader.
    ///
    /// # Errors
    /// From the database.
    async fn section(&self, ctx: &Ctx, posting: &PostingRecord) -> Result<Option<String>>;
}

/// All panels, in the order in which they are shown.
pub type Panels = Vec<Box<dyn PostingPanel>>;

/// The sections of all panels for a posting.
///
/// # Errors
/// From a panel.
pub async fn sections(ctx: &Ctx, posting: &PostingRecord) -> Result<Vec<String>> {
    let mut sections = Vec::new();
    for panel in &ctx.panels {
        sections.extend(panel.section(ctx, posting).await?);
    }
    Ok(sections)
}
