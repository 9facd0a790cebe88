//! The typesetter, built once: its library, the shipped templates as parsed sources, and the fonts.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use crate::Template;
use crate::fonts::Shelf;

/// What the templates share, and each style.
const FILES: [(&str, &str); 7] = [
    ("base.typ", include_str!("../templates/base.typ")),
    ("classic.typ", include_str!("../templates/classic.typ")),
    ("compact.typ", include_str!("../templates/compact.typ")),
    ("modern.typ", include_str!("../templates/modern.typ")),
    ("europass.typ", include_str!("../templates/europass.typ")),
    ("academic.typ", include_str!("../templates/academic.typ")),
    ("sidebar.typ", include_str!("../templates/sidebar.typ")),
];

/// Everything that rendering needs and that does not change: build one and keep it.
pub struct Engine {
    pub(crate) library: LazyHash<Library>,
    pub(crate) sources: HashMap<FileId, Source>,
    inside: Shelf,
    folders: Vec<PathBuf>,
    everywhere: OnceLock<Shelf>,
}

impl Engine {
    /// An engine with the fonts inside. `font_folders` are looked into, once, when a text first needs a character that
    /// those do not have; a folder that does not exist is left out.
    pub fn new(font_folders: Vec<PathBuf>) -> Self {
        let mut sources: HashMap<FileId, Source> = HashMap::new();
        let mut add = |name: &str, text: String| {
            let id = file(name);
            sources.insert(id, Source::new(id, text));
        };
        for (name, text) in FILES {
            add(name, text.to_owned());
        }
        for template in Template::ALL {
            add(&main_name(template), main_text(template));
        }
        Self {
            library: LazyHash::new(Library::default()),
            sources,
            inside: Shelf::inside(),
            folders: font_folders,
            everywhere: OnceLock::new(),
        }
    }

    /// The fonts that are enough for `characters`, and those of them that no font has.
    pub(crate) fn shelf(&self, characters: &[char]) -> (&Shelf, Vec<char>) {
        let lacking = self.inside.lacking(characters);
        if lacking.is_empty() || self.folders.is_empty() {
            return (&self.inside, lacking);
        }
        let everywhere = (self.everywhere).get_or_init(|| Shelf::with_folders(&self.folders));
        let lacking = everywhere.lacking(&lacking);
        (everywhere, lacking)
    }

    /// Which of `characters` the fonts inside lack.
    pub(crate) fn foreign(&self, characters: &[char]) -> Vec<char> {
        self.inside.lacking(characters)
    }
}

pub(crate) fn main_name(template: Template) -> String {
    format!("main-{}.typ", template.name)
}

/// A template begins in a file of three lines, so that a resume and a letter can share a style.
fn main_text(template: Template) -> String {
    let what = match template.kind {
        crate::Kind::Resume => "resume",
        crate::Kind::Letter => "letter",
    };
    let style = template.style;
    format!(
        "#import \"{style}.typ\": {what}\n#show: {what}.with(json(\"data.json\"), json(\"settings.json\"))\n"
    )
}

/// The id of a file that exists only in here.
pub(crate) fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names of shipped files are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
