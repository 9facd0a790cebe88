//! From data to the bytes of a PDF.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use typst::comemo;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::FileId;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::attachment::{self, Attached, Attachment};
use crate::engine::{self, Engine};
use crate::world::Desk;
use crate::{Paper, RenderError, Script, Template, clean, diagnostic, scripts, view};

/// What the typesetter remembers of a document is forgotten when this many later ones did not need it, so that its memory
/// has a bound however many different documents are made.
const REMEMBERED: usize = 8;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year, from 1 to 9999.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

/// What the file says of itself.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The title that a reader shows; the template's title when empty.
    pub title: String,
    /// The author's name.
    pub author: String,
    /// The language of the text as a tag such as `en` or `pt-BR`.
    pub language: String,
    /// The day on which it was made. The same input with the same date gives the same bytes.
    pub date: Date,
}

/// A finished PDF.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What the typesetter found odd, with file and line.
    pub warnings: Vec<String>,
    /// Writing systems that no font at hand can show. Where there are any, the pages have boxes in their places, and the
    /// file is a plain PDF, since an archive may have none.
    pub missing: Vec<Script>,
}

/// What a template is told beside the data.
#[derive(Serialize)]
struct Settings<'a> {
    paper: Paper,
    title: &'a str,
    author: &'a str,
    lang: String,
    region: Option<String>,
    fallback: Vec<String>,
    aside: &'static [&'static str],
    attachments: Vec<Attached<'a>>,
}

/// Sets `data` by `template` on `paper`. Pure but for fonts that have to be read from the engine's folders.
///
/// # Errors
/// When the data is not of the template's kind, the language or the date is none, an attachment has no plain name of its own, or
/// the template cannot be set; each says what to do.
pub fn render(
    engine: &Engine,
    template: Template,
    paper: Paper,
    data: &Value,
    attachments: &[Attachment],
    meta: &Meta,
) -> Result<Rendered, RenderError> {
    let (desk, missing) = prepare(engine, template, paper, data, attachments, meta)?;
    let rendered = set(&desk, &missing);
    comemo::evict(REMEMBERED);
    rendered
}

/// The same pages as pictures, one SVG each, to be shown where no PDF can be: letters are shapes there.
///
/// # Errors
/// As [`render`].
pub fn preview(
    engine: &Engine,
    template: Template,
    paper: Paper,
    data: &Value,
    meta: &Meta,
) -> Result<Vec<String>, RenderError> {
    let (desk, _) = prepare(engine, template, paper, data, &[], meta)?;
    let document = typst::compile::<PagedDocument>(&desk).output;
    let document = document.map_err(|errors| diagnostic::failure(&desk, &errors))?;
    let options = SvgOptions::default();
    let pages = document
        .pages()
        .iter()
        .map(|page| typst_svg::svg(page, &options));
    let pages = pages.collect();
    comemo::evict(REMEMBERED);
    Ok(pages)
}

/// What the typesetter sees, and the scripts that no font has.
fn prepare<'a>(
    engine: &'a Engine,
    template: Template,
    paper: Paper,
    data: &Value,
    attachments: &[Attachment],
    meta: &Meta,
) -> Result<(Desk<'a>, Vec<Script>), RenderError> {
    let view = view::of(template, &clean::value(data))?;
    let shown = serde_json::to_value(&view).map_err(|error| RenderError::Data {
        template: template.name,
        reason: error.to_string(),
    })?;
    let characters = scripts::characters(&shown);
    let (shelf, lacking) = engine.shelf(&characters);
    let (lang, region) = language(&meta.language)?;
    let title = meta.title.trim();
    let settings = Settings {
        paper,
        title: if title.is_empty() {
            template.title
        } else {
            title
        },
        author: meta.author.trim(),
        lang,
        region,
        fallback: shelf.fallbacks(&meta.language, &engine.foreign(&characters)),
        aside: template.aside,
        attachments: attachment::attached(attachments)?,
    };
    let desk = Desk {
        engine,
        shelf,
        main: engine::file(&engine::main_name(template)),
        files: files(&shown, &settings, attachments),
        date: date(meta.date)?,
    };
    Ok((desk, scripts::group(&lacking)))
}

fn date(date: Date) -> Result<Datetime, RenderError> {
    let Date { year, month, day } = date;
    let found = Datetime::from_ymd(year, month, day).filter(|_| (1..=9999).contains(&year));
    found.ok_or(RenderError::Date { year, month, day })
}

/// Language and region of a tag, as the typesetter takes them.
fn language(tag: &str) -> Result<(String, Option<String>), RenderError> {
    let wrong = || RenderError::Language(tag.to_owned());
    let mut parts = tag.trim().split(['-', '_']);
    let lang = parts.next().unwrap_or("").to_ascii_lowercase();
    let letters = |text: &str| {
        text.chars()
            .all(|character| character.is_ascii_alphabetic())
    };
    if !(2..=3).contains(&lang.len()) || !letters(&lang) {
        return Err(wrong());
    }
    let region = parts.find(|part| part.len() == 2 && letters(part));
    Ok((lang, region.map(str::to_ascii_uppercase)))
}

fn files(shown: &Value, settings: &Settings, attachments: &[Attachment]) -> HashMap<FileId, Bytes> {
    let json = |value: Vec<u8>| Bytes::new(value);
    let mut files = HashMap::from([
        (
            engine::file("data.json"),
            json(shown.to_string().into_bytes()),
        ),
        (
            engine::file("settings.json"),
            json(serde_json::to_vec(settings).unwrap_or_default()),
        ),
    ]);
    for (attachment, attached) in attachments.iter().zip(&settings.attachments) {
        files.insert(
            engine::file(&attached.file),
            Bytes::new(attachment.bytes.clone()),
        );
    }
    files
}

/// Layout and export.
fn set(desk: &Desk, missing: &[Script]) -> Result<Rendered, RenderError> {
    let compiled = typst::compile::<PagedDocument>(desk);
    let document = compiled
        .output
        .map_err(|errors| diagnostic::failure(desk, &errors))?;
    let options = PdfOptions {
        creator: Smart::Custom(None),
        timestamp: Some(Timestamp::new_utc(desk.date)),
        standards: standards(missing.is_empty())?,
        ..PdfOptions::default()
    };
    let bytes =
        typst_pdf::pdf(&document, &options).map_err(|errors| diagnostic::failure(desk, &errors))?;
    Ok(Rendered {
        bytes,
        pages: document.pages().len(),
        warnings: compiled
            .warnings
            .iter()
            .map(|warning| diagnostic::told(desk, warning))
            .collect(),
        missing: missing.to_vec(),
    })
}

/// An accessible archive, or, where characters have no shape, what comes next to it.
fn standards(complete: bool) -> Result<PdfStandards, RenderError> {
    let list: &[PdfStandard] = if complete {
        &[PdfStandard::A_3a, PdfStandard::Ua_1]
    } else {
        &[PdfStandard::V_1_7]
    };
    PdfStandards::new(list).map_err(|error| RenderError::Template {
        place: "the standards of the file".into(),
        message: error.message().to_string(),
        hints: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use typst::syntax::Source;

    use super::{Date, Meta, render};
    use crate::engine::{self, Engine};
    use crate::{Paper, Template};

    /// What is said of a template with this text.
    fn error_of(text: &str) -> String {
        let template = Template::by_name("classic").unwrap();
        let mut engine = Engine::new(Vec::new());
        let id = engine::file(&engine::main_name(template));
        engine.sources.insert(id, Source::new(id, text.to_owned()));
        let date = Date {
            year: 2026,
            month: 11,
            day: 26,
        };
        let meta = Meta {
            title: "Sample".into(),
            author: String::new(),
            language: "en".into(),
            date,
        };
        let error = render(&engine, template, Paper::A4, &json!({}), &[], &meta).unwrap_err();
        error.to_string()
    }

    #[test]
    fn an_error_names_the_templates_line() {
        let error = error_of("#let fine = 1\n\n#fine.nonsense\n");
        assert!(error.starts_with("main-classic.typ:3: "), "{error}");
    }

    #[test]
    fn a_template_reaches_no_file_and_no_package() {
        let error = error_of("#read(\"/etc/passwd\")");
        assert!(
            error.contains("templates see only the shipped ones"),
            "{error}"
        );
        let error = error_of("#import \"@preview/cetz:0.4.0\": canvas");
        assert!(error.contains("templates use no packages"), "{error}");
    }

    #[test]
    fn what_an_archive_may_not_hold_is_refused_with_a_hint() {
        let error = error_of(
            "#set document(title: \"x\")\n= Heading\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\"))",
        );
        assert!(error.contains("main-classic.typ:3"), "{error}");
        assert!(error.contains("hint"), "{error}");
    }
}
