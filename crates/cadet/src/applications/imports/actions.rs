//! Looking at a table, taking it over, and taking that back.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::super::actions::{application_choices, time_zone};
use super::super::log::Change;
use super::super::model::ApplicationId;
use super::super::state::fold;
use super::super::store::{list, log, rows};
use super::columns::{Field, Mapping, corrected, guess};
use super::plan::{Basis, Known, PlannedLine, key, plan};
use super::table::{Table, read};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Lines that a preview shows.
const SHOWN: usize = 50;
/// Lines that are written in one transaction.
const AT_ONCE: usize = 200;

/// What somebody says of a table.
#[derive(Clone, Debug, Default)]
pub struct ImportInput {
    /// The file.
    pub bytes: Vec<u8>,
    /// What columns hold, where the guess is wrong: name or number of a column, and a field.
    pub map: BTreeMap<String, String>,
    /// Whether to add what is there already.
    pub with_known: bool,
}

/// What a table would become.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportPreview {
    /// The encoding that it was read in.
    pub encoding: String,
    /// What stands between its cells.
    pub delimiter: String,
    /// Its columns, each with what it is taken to hold.
    pub columns: Vec<ImportColumn>,
    /// How many lines there are.
    pub lines: usize,
    /// How many would be added.
    pub to_add: usize,
    /// How many are there already, in Cadet or earlier in the file.
    pub known: usize,
    /// The first lines.
    pub first: Vec<PlannedLine>,
    /// Lines that cannot be taken over, with why.
    pub problems: Vec<ImportProblem>,
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportColumn {
    /// Its name.
    pub name: String,
    /// The field that it is taken to hold; none: it goes into the note.
    pub field: Option<Field>,
    /// Its first cell that is not empty.
    pub example: String,
}

/// A line that cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportProblem {
    /// Its number.
    pub line: u64,
    /// Why.
    pub why: String,
}

/// What was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportDone {
    /// How many applications were added.
    pub added: usize,
    /// How many were there already.
    pub known: usize,
    /// Lines that could not be taken over.
    pub problems: Vec<ImportProblem>,
    /// With which it can be taken back as a whole.
    pub batch: String,
}

struct Read {
    table: Table,
    mapping: Mapping,
    lines: Vec<PlannedLine>,
    problems: Vec<ImportProblem>,
}

async fn planned(ctx: &Ctx, input: &ImportInput) -> Result<Read> {
    let table = read(&input.bytes)?;
    let mapping = corrected(guess(&table.header), &table.header, &input.map)?;
    let known: Known = list::known_names(&ctx.db, ctx.owner()?)
        .await?
        .into_iter()
        .map(|(id, company, title)| (key(&company, &title), id))
        .collect();
    let (choices, zone) = (application_choices(ctx).await?, time_zone(ctx).await?);
    let basis = Basis {
        choices: &choices,
        known: &known,
        zone: &zone,
        now: ctx.now(),
    };
    let (lines, problems) = plan(&table, &mapping, &basis);
    let problems = problems
        .into_iter()
        .map(|(line, why)| ImportProblem { line, why })
        .collect();
    Ok(Read {
        table,
        mapping,
        lines,
        problems,
    })
}

/// Says what a table would become, without writing anything.
///
/// # Errors
/// [`Error::Invalid`] for what is no table; from the database.
pub async fn import_preview(ctx: &Ctx, input: &ImportInput) -> Result<ImportPreview> {
    let read = planned(ctx, input).await?;
    let example = |column: usize| {
        let mut cells = read
            .table
            .rows
            .iter()
            .filter_map(|(_, cells)| cells.get(column));
        cells
            .find(|cell| !cell.is_empty())
            .cloned()
            .unwrap_or_default()
    };
    let columns = read.table.header.iter().zip(&read.mapping).enumerate();
    let columns = columns.map(|(at, (name, field))| ImportColumn {
        name: name.clone(),
        field: *field,
        example: example(at).chars().take(80).collect(),
    });
    let known = read.lines.iter().filter(|line| line.is_known()).count();
    Ok(ImportPreview {
        encoding: read.table.encoding.to_owned(),
        delimiter: read.table.delimiter.to_string(),
        columns: columns.collect(),
        lines: read.table.rows.len(),
        to_add: match input.with_known {
            true => read.lines.len(),
            false => read.lines.len() - known,
        },
        known,
        problems: read.problems,
        first: read.lines.into_iter().take(SHOWN).collect(),
    })
}

/// Takes a table over: every line that can be becomes an application, and those that are there already are passed over
/// unless it is asked otherwise.
///
/// # Errors
/// [`Error::Invalid`] for what is no table; from the database.
pub async fn import_run(ctx: &Ctx, input: &ImportInput) -> Result<ImportDone> {
    let read = planned(ctx, input).await?;
    let (owner, now) = (ctx.owner()?, ctx.now());
    let batch = ctx.entropy.secret();
    let known = read.lines.iter().filter(|line| line.is_known()).count();
    let wanted: Vec<&PlannedLine> = read
        .lines
        .iter()
        .filter(|line| input.with_known || !line.is_known())
        .collect();
    for part in wanted.chunks(AT_ONCE) {
        let transaction = ctx.db.begin().await?;
        for line in part {
            let id = rows::insert(&transaction, owner, now).await?;
            let changes = line.changes();
            let entries =
                log::append(&transaction, (owner, id), now, Some(&batch), changes).await?;
            rows::project(&transaction, owner, id, &fold(&entries)).await?;
        }
        transaction.commit().await?;
    }
    Ok(ImportDone {
        added: wanted.len(),
        known,
        problems: read.problems,
        batch,
    })
}

/// Takes an import back: its applications are put away. Nothing of them is lost. Gives how many.
///
/// # Errors
/// [`Error::NotFound`] for an import that there is not; from the database.
pub async fn import_undo(ctx: &Ctx, batch: &str) -> Result<usize> {
    let (owner, now) = (ctx.owner()?, ctx.now());
    let entries = log::of_batch(ctx.db.pool(), owner, batch).await?;
    let ids: HashSet<ApplicationId> = entries.into_iter().map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Err(Error::not_found("import", batch));
    }
    let mut ids: Vec<ApplicationId> = ids.into_iter().collect();
    ids.sort_unstable();
    for part in ids.chunks(AT_ONCE) {
        let transaction = ctx.db.begin().await?;
        for id in part {
            rows::get_locked(&transaction, owner, *id).await?;
            let mut entries = log::entries(&transaction, *id).await?;
            let put_away = vec![(now, Change::Archived { archived: true })];
            entries.extend(log::append(&transaction, (owner, *id), now, None, put_away).await?);
            rows::project(&transaction, owner, *id, &fold(&entries)).await?;
        }
        transaction.commit().await?;
    }
    Ok(ids.len())
}
