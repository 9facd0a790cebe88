//! All queries of documents. Whoever acts for a person gives the owner.

pub mod decisions;
pub mod documents;
pub mod paragraphs;
pub mod proposals;
