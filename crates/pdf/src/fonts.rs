//! The fonts: those inside the program, and those of folders that the caller names, which are looked at only when a text
//! needs a character that the ones inside do not have.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// The sans-serif family that ships; licence in `fonts/OFL.txt`.
const SANS: [&[u8]; 4] = [
    include_bytes!("../fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../fonts/SourceSans3-Bold.ttf"),
];
/// Families of the typesetter's own fonts that templates use. Those of formulas are left out: they are large.
const SERIF: [&str; 2] = ["Libertinus Serif", "New Computer Modern"];
/// Files larger than this are no fonts for text.
const MAX_FILE: u64 = 64 << 20;
/// No more files than this are looked at, so that a wrong folder cannot hold a page up for minutes.
const MAX_FILES: usize = 4_000;
const MAX_DEPTH: usize = 6;

/// A row of fonts and what is known of them.
pub struct Shelf {
    /// What the typesetter chooses from.
    pub book: LazyHash<FontBook>,
    slots: Vec<Slot>,
    /// How many of them are inside the program; they come first.
    inside: usize,
}

/// A font that is parsed when it is first used.
struct Slot {
    origin: Origin,
    index: u32,
    font: OnceLock<Option<Font>>,
}

#[derive(Clone)]
enum Origin {
    Inside(&'static [u8]),
    File(PathBuf),
}

impl Slot {
    fn font(&self) -> Option<Font> {
        let parse = || match &self.origin {
            Origin::Inside(bytes) => Font::new(Bytes::new(*bytes), self.index),
            Origin::File(path) => Font::new(Bytes::new(std::fs::read(path).ok()?), self.index),
        };
        self.font.get_or_init(parse).clone()
    }
}

impl Shelf {
    /// The fonts inside the program.
    pub fn inside() -> Self {
        let mut book = FontBook::new();
        let mut slots = Vec::new();
        for bytes in SANS.into_iter().chain(typst_assets::fonts()) {
            for (index, info) in (0u32..).zip(FontInfo::iter(bytes)) {
                let wanted =
                    info.family == "Source Sans 3" || SERIF.contains(&info.family.as_str());
                if wanted {
                    book.push(info);
                    let origin = Origin::Inside(bytes);
                    slots.push(Slot {
                        origin,
                        index,
                        font: OnceLock::new(),
                    });
                }
            }
        }
        let inside = slots.len();
        Self {
            book: LazyHash::new(book),
            slots,
            inside,
        }
    }

    /// The fonts inside, and those in `folders` and the folders below.
    pub fn with_folders(folders: &[PathBuf]) -> Self {
        let inside = Self::inside();
        let mut book: FontBook = (*inside.book).clone();
        let mut slots = inside.slots;
        for path in files(folders) {
            let Ok(bytes) = std::fs::read(&path) else {
                continue;
            };
            for (index, info) in (0u32..).zip(FontInfo::iter(&bytes)) {
                book.push(info);
                let origin = Origin::File(path.clone());
                slots.push(Slot {
                    origin,
                    index,
                    font: OnceLock::new(),
                });
            }
        }
        Self {
            book: LazyHash::new(book),
            slots,
            inside: inside.inside,
        }
    }

    /// The font at `index` of the book.
    pub fn font(&self, index: usize) -> Option<Font> {
        self.slots.get(index)?.font()
    }

    /// Which of `characters` no font has.
    pub fn lacking(&self, characters: &[char]) -> Vec<char> {
        let infos = || (0..self.slots.len()).filter_map(|index| self.book.info(index));
        let has = |character: &char| {
            character.is_whitespace()
                || infos().any(|info| info.coverage.contains(u32::from(*character)))
        };
        characters
            .iter()
            .copied()
            .filter(|character| !has(character))
            .collect()
    }

    /// Families from folders to ask after the template's own, best first: those made for `language` where a family is cut
    /// for one of several languages that share characters.
    pub fn fallbacks(&self, language: &str, lacking: &[char]) -> Vec<String> {
        let cut = cut_for(language);
        let mut families: Vec<(usize, String)> = (self.inside..self.slots.len())
            .filter_map(|index| self.book.info(index))
            .filter(|info| {
                lacking
                    .iter()
                    .any(|character| info.coverage.contains(u32::from(*character)))
            })
            .map(|info| {
                let covered = lacking
                    .iter()
                    .filter(|character| info.coverage.contains(u32::from(**character)));
                let missed = lacking.len() - covered.count();
                let cut_for_others = !info.family.ends_with(cut);
                let fixed = info.family.contains("Mono");
                (
                    missed * 4 + usize::from(cut_for_others) * 2 + usize::from(fixed),
                    info.family.clone(),
                )
            })
            .collect();
        families.sort();
        families.dedup();
        families
            .into_iter()
            .map(|(_, family)| family)
            .take(6)
            .collect()
    }
}

/// The ending of the families that are cut for a language written with Han characters.
fn cut_for(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    match language.split(['-', '_']).next().unwrap_or("") {
        "ja" => " JP",
        "ko" => " KR",
        "zh" if language.contains("hk") => " HK",
        "zh" if language.contains("tw") || language.contains("hant") => " TC",
        "zh" => " SC",
        _ => "",
    }
}

/// The font files in `folders` and below, in a fixed order.
fn files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        walk(folder, 0, &mut found);
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = (std::fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        let Ok(metadata) = std::fs::metadata(&path) else {
            continue;
        };
        if metadata.is_dir() && depth < MAX_DEPTH {
            walk(&path, depth + 1, found);
        } else if is_font(&path) && metadata.len() <= MAX_FILE && found.len() < MAX_FILES {
            found.push(path);
        }
    }
}

/// The folders in which this kind of system keeps fonts, for [`crate::Engine::new`]; `home` is the person's own folder.
pub fn usual_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let (shared, own): (&[&str], &[&str]) = if cfg!(target_os = "macos") {
        (
            &["/System/Library/Fonts", "/Library/Fonts"],
            &["Library/Fonts"],
        )
    } else if cfg!(windows) {
        (
            &["C:\\Windows\\Fonts"],
            &["AppData/Local/Microsoft/Windows/Fonts"],
        )
    } else {
        (
            &["/usr/share/fonts", "/usr/local/share/fonts"],
            &[".local/share/fonts", ".fonts"],
        )
    };
    let own = own.iter().filter_map(|folder| Some(home?.join(folder)));
    shared.iter().map(PathBuf::from).chain(own).collect()
}

fn is_font(path: &Path) -> bool {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc")
}
