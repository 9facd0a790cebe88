//! What a Git repository tells about the work of one author in it.
//!
//! Inputs: the folder of a repository on this machine and the author's mail addresses. Outputs: [`RepositoryFacts`], which are
//! counts and names and no source text. Only the object database is read, never the files of a checkout, so that a symbolic link
//! leads nowhere; nothing is executed and nothing is fetched. How much is read is bounded by counting ([`Limits`]), whatever the
//! repository holds. Nothing here knows the time.
//!
//! ```no_run
//! use std::ops::ControlFlow;
//! use repository::{Author, Limits, scan};
//!
//! let author = Author::new(["ada@example.org"]);
//! let facts = scan("/home/ada/shop".as_ref(), &author, &Limits::default(), None, &mut |_| ControlFlow::Continue(()))?;
//! println!("{} commits, {:?}", facts.commits.own, facts.languages.keys());
//! # Ok::<(), repository::Error>(())
//! ```

mod author;
mod change;
mod convention;
mod error;
mod exclude;
mod language;
mod limits;
mod lines;
mod manifest;
mod model;
mod open;
mod origin;
mod scan;
mod verify;

pub use author::Author;
pub use error::Error;
pub use language::{Language, language_of};
pub use limits::{Limits, Progress};
pub use manifest::{Ecosystem, Named, dependencies_of};
pub use model::{
    AuthorCount, CommitCounts, Dependency, LanguageWork, Note, RepositoryFacts, TestWork,
};
pub use scan::scan;
pub use verify::{Held, Verdict, holds};
