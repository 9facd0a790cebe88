//! Clips: a posting that a person sends from the page where they found it.
//!
//! Input: a page's address with its `JobPosting` or the text that was selected. Output: a posting through the same pipeline as
//! any other, kept for the person. Invariants: the same address is the same posting; a clip never closes anything; the token
//! that clips can do nothing else.

pub mod actions;
pub mod api;
pub mod model;
