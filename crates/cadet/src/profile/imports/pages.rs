//! The pages of imports: bringing a file, and looking at what was understood beside the original.

use askama::Template;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use axum::response::{IntoResponse, Response};
use resume::Change;

use super::actions::{
    import_again, import_begin, import_discard, import_foresee, import_get, import_list,
    import_press, import_reopen,
};
use super::model::{Import, ImportId, Origin, READING_SECONDS, Stage};
use super::store::Listed;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::profile::form::Fields;
use crate::profile::merge::Merged;
use crate::profile::pages::editor::{EditedSection, edited};
use crate::profile::sections::Kind;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Redirect, Routes, Upload, View};

/// The longest body of an upload, in bytes: the largest file, and room for the form around it.
const UPLOAD_BYTES: usize = resume::limits::FILE_BYTES + 1024 * 1024;

#[derive(Template)]
#[template(path = "profile/imports/list.html")]
struct ListPage {
    layout: Layout,
    imports: Vec<Listed>,
    most_mib: usize,
}

async fn list(ctx: Ctx, layout: Layout) -> Result<Response> {
    let page = ListPage {
        layout: layout.titled("Import"),
        imports: import_list(&ctx).await?,
        most_mib: resume::limits::FILE_BYTES / (1024 * 1024),
    };
    Ok(View(page).into_response())
}

async fn upload(ctx: Ctx, upload: Upload) -> Result<Redirect> {
    let Some(file) = upload.file else {
        let pasted = upload.field("text").trim().to_owned();
        if pasted.is_empty() {
            let flash = Flash::error("Choose a file first, or paste the text of one.");
            return Ok(Redirect::to("/profile/import").with(flash));
        }
        return begun(import_begin(&ctx, "Pasted text", pasted.into_bytes()).await);
    };
    begun(import_begin(&ctx, &file.name, file.bytes.to_vec()).await)
}

/// The import's page, or the form with what was wrong.
fn begun(result: Result<Import>) -> Result<Redirect> {
    match result {
        Ok(import) => Ok(Redirect::to(path(import.id))),
        Err(error @ (Error::Invalid { .. } | Error::Conflict(_))) => {
            Ok(Redirect::to("/profile/import").with(Flash::error(error.to_string())))
        }
        Err(other) => Err(other),
    }
}

fn path(id: ImportId) -> String {
    format!("/profile/import/{id}")
}

#[derive(Template)]
#[template(path = "profile/imports/show.html")]
struct ShowPage {
    layout: Layout,
    import: Import,
    sections: Vec<EditedSection>,
    foreseen: Merged,
    lines: Vec<String>,
    stuck: bool,
}

/// A note of the report as it is shown.
struct ShownNote<'a> {
    index: usize,
    word: &'static str,
    warns: bool,
    at: &'a str,
    field: Option<&'a str>,
    message: &'a str,
    offers: bool,
}

impl ShowPage {
    /// Where a field came from.
    fn origins(&self, name: impl AsRef<str>) -> Vec<&Origin> {
        let origins = self.import.report.origins.iter();
        origins
            .filter(|origin| origin.field == name.as_ref())
            .take(2)
            .collect()
    }

    /// The page's buttons lead back to the whole page.
    fn is_focused(&self, _: &str, _: &str) -> bool {
        false
    }

    fn notes(&self) -> Vec<ShownNote<'_>> {
        let report = &self.import.report;
        let notes = report
            .notes
            .iter()
            .enumerate()
            .map(|(index, note)| ShownNote {
                index,
                word: word(note.change),
                warns: matches!(note.change, Change::Suspicious | Change::Residue),
                at: &note.at,
                field: report.fields.get(index).and_then(Option::as_deref),
                message: &note.message,
                offers: note.offer.is_some(),
            });
        notes.collect()
    }
}

const fn word(change: Change) -> &'static str {
    match change {
        Change::Moved => "moved",
        Change::Renamed => "renamed",
        Change::Normalised => "rewritten",
        Change::Kept => "kept",
        Change::Empty => "empty",
        Change::Suspicious => "look",
        Change::Residue => "left over",
        Change::Offered => "offer",
        Change::File => "file",
    }
}

async fn show(ctx: Ctx, layout: Layout, Path(id): Path<ImportId>) -> Result<Response> {
    let import = import_get(&ctx, id).await?;
    let page = ShowPage {
        layout: layout.titled(format!("Import of {}", import.file_name)),
        sections: edited(&import.understood)?,
        foreseen: import_foresee(&ctx, &import).await?,
        lines: import.original.lines().map(str::to_owned).collect(),
        stuck: is_stuck(&import, ctx.now()),
        import,
    };
    Ok(View(page).into_response())
}

/// Whether reading was cut off, as when the program was stopped meanwhile.
fn is_stuck(import: &Import, now: Timestamp) -> bool {
    let limit = i64::try_from(READING_SECONDS)
        .unwrap_or(i64::MAX)
        .saturating_mul(2_000);
    import.stage == Stage::Reading && now.0.saturating_sub(import.created_at.0) > limit
}

/// Saves the corrections, and does what the button says.
async fn correct(
    ctx: Ctx,
    Path(id): Path<ImportId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect> {
    let fields = Fields::new(pairs)?;
    match import_press(&ctx, id, &fields).await {
        Ok(Some(told)) => Ok(Redirect::to("/profile").with(Flash::ok(words(&told)))),
        done => Redirect::after(
            done,
            &path(id),
            "Your corrections are kept here. Nothing is in your profile yet.",
        ),
    }
}

/// What taking an import over did.
fn words(told: &Merged) -> String {
    if *told == Merged::default() {
        return "It is your profile now. Undo brings back what was there.".to_owned();
    }
    format!(
        "Taken over: {} new, {} there already, {} filled in. Undo brings back what was there.",
        told.added.len(),
        told.known.len(),
        told.filled.len()
    )
}

async fn discard(ctx: Ctx, Path(id): Path<ImportId>) -> Result<Redirect> {
    let done = import_discard(&ctx, id).await;
    Redirect::after(
        done,
        "/profile/import",
        "Discarded. It can be opened again below for 30 days.",
    )
}

async fn reopen(ctx: Ctx, Path(id): Path<ImportId>) -> Result<Redirect> {
    Redirect::after(import_reopen(&ctx, id).await, &path(id), "Open again.")
}

async fn again(ctx: Ctx, Path(id): Path<ImportId>) -> Result<Redirect> {
    Redirect::after(import_again(&ctx, id).await, &path(id), "Read again.")
}

/// The routes of these pages.
pub fn routes() -> Routes {
    let upload = upload.layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    Routes::new()
        .get("/profile/import", list)
        .post("/profile/import", upload)
        .get("/profile/import/{id}", show)
        .post("/profile/import/{id}", correct)
        .post("/profile/import/{id}/discard", discard)
        .post("/profile/import/{id}/reopen", reopen)
        .post("/profile/import/{id}/again", again)
}
