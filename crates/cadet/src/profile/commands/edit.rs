//! `cadet profile edit`: the profile as a file in the person's own editor.

use std::path::Path;

use super::{Problem, problems, remarks};
use crate::error::{Error, Result};
use crate::profile::actions::{profile_now, profile_revise};
use crate::profile::export::{Document, Format, profile_file, read_document};
use crate::profile::merge::{How, merge};
use crate::profile::model::RevisionId;
use crate::profile::revision::{Change, Origin, Saved};
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Opens the profile in an editor until the file can be read, and saves it.
pub(super) async fn run(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let (revision, profile) = profile_now(ctx).await?;
    let base = revision.map_or(RevisionId::EMPTY, |revision| revision.id);
    let folder = tempfile::Builder::new()
        .prefix("cadet-profile-")
        .tempdir()
        .map_err(|cause| {
            Error::unavailable("A temporary folder for the file cannot be made.", cause)
        })?;
    let path = folder.path().join("resume.json");
    let before = profile_file(ctx, profile.clone(), Format::Json).await?;
    std::fs::write(&path, &before).map_err(|cause| kept(&path, &cause))?;
    let edited = match until_readable(out, &path, &before).await {
        Ok(Some(edited)) => edited,
        Ok(None) => {
            return out.answer(&serde_json::json!({ "changed": false }), || {
                "Nothing was changed.".to_owned()
            });
        }
        Err(error) => {
            // What was typed is worth more than a tidy folder.
            let path = folder.keep().join("resume.json");
            return Err(Error::invalid(format!(
                "{error} Your text is in {}.",
                path.display()
            )));
        }
    };
    let (profile, _) = merge(&profile, (&edited.profile, edited.own), How::Replace)?;
    let problems = problems(&profile)?;
    let change = Change::new(Origin::Command, "").from_base(base);
    saved(out, profile_revise(ctx, profile, change).await?, &problems)
}

fn saved(out: &Terminal, saved: Saved, problems: &[Problem]) -> Result<()> {
    match saved {
        Saved::Stored(revision) => {
            remarks(out, problems);
            out.answer(&revision, || {
                format!(
                    "Saved as revision {}. `cadet profile undo` brings back what was there.",
                    revision.id
                )
            })
        }
        Saved::Unchanged(_) => out.answer(&serde_json::json!({ "changed": false }), || {
            "Nothing was changed.".to_owned()
        }),
        Saved::Aside { kept, .. } => Err(Error::Conflict(format!(
            "Your profile changed while you edited it, so that your text is kept beside it as revision {}. `cadet profile restore {}` makes it your profile.",
            kept.id, kept.id
        ))),
    }
}

/// Opens the editor again until the file can be read; none when it was left as it was.
async fn until_readable(out: &Terminal, path: &Path, before: &[u8]) -> Result<Option<Document>> {
    let mut last = before.to_vec();
    loop {
        open(path).await?;
        let bytes = std::fs::read(path).map_err(|cause| kept(path, &cause))?;
        if bytes == before {
            return Ok(None);
        }
        match read_document(&bytes) {
            Ok(read) => {
                for note in &read.notes {
                    out.remark(format!("{}: {}", note.at, note.message));
                }
                return Ok(Some(read));
            }
            // Who closes the editor without correcting anything gives up; the text is kept.
            Err(error) if bytes == last => return Err(error),
            Err(error) => out.remark(format!(
                "{error} The file is opened again; close it unchanged to give up."
            )),
        }
        last = bytes;
    }
}

/// Runs the person's editor on a file and waits for it.
async fn open(path: &Path) -> Result<()> {
    #[expect(
        clippy::disallowed_methods,
        reason = "which editor to run is the shell's setting and none of Cadet's"
    )]
    let set = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let Some(editor) = set("VISUAL").or_else(|| set("EDITOR")) else {
        return Err(Error::invalid(
            "No editor is set. Set VISUAL or EDITOR, as in: EDITOR=nano cadet profile edit",
        ));
    };
    // An editor may come with arguments, as in `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default().to_owned();
    let done = tokio::process::Command::new(&program)
        .args(words)
        .arg(path)
        .status()
        .await;
    let status = done.map_err(|cause| {
        Error::unavailable(
            format!("The editor {program} cannot be started: {cause}. Set VISUAL or EDITOR."),
            cause,
        )
    })?;
    match status.success() {
        true => Ok(()),
        false => Err(Error::invalid(format!(
            "The editor {program} ended with an error, so nothing was saved."
        ))),
    }
}

fn kept(path: &Path, cause: &std::io::Error) -> Error {
    Error::invalid(format!("{} cannot be used: {cause}.", path.display()))
}
