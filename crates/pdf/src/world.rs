//! What the typesetter can see while it sets one document: the shipped templates, the given data, the fonts. Nothing else:
//! no network, no files, no packages, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::engine::Engine;
use crate::fonts::Shelf;

/// One document's surroundings.
pub struct Desk<'a> {
    /// The engine.
    pub engine: &'a Engine,
    /// The fonts.
    pub shelf: &'a Shelf,
    /// The file to begin with.
    pub main: FileId,
    /// Files that exist for this document alone.
    pub files: HashMap<FileId, Bytes>,
    /// The date of the document.
    pub date: Datetime,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.engine
            .sources
            .get(&id)
            .cloned()
            .ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}

/// Why a file is not there.
fn missing(id: FileId) -> FileError {
    let path = id.get();
    let name = path.vpath().get_without_slash();
    match path.root() {
        VirtualRoot::Project => FileError::Other(Some(
            format!("`{name}` is not there: templates see only the shipped ones, `data.json`, `settings.json` and attachments").into(),
        )),
        VirtualRoot::Package(package) => FileError::Other(Some(
            format!("the package {package} is not there: templates use no packages, since nothing is fetched").into(),
        )),
    }
}
