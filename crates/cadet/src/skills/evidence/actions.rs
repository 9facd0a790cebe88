//! What one can do with evidence. Each acts on the caller's own.

use std::collections::{BTreeMap, HashMap};

use super::model::{Evidence, EvidenceId, EvidenceKind, NewEvidence, Recorded};
use super::store::ledger::{self, Standing};
use crate::accounts::model::AccountId;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::skills::SkillId;
use crate::state::Ctx;

/// The longest reason of a withdrawal, in bytes.
const WHY_LONGEST: usize = 300;

/// The caller's evidence that counts, in the order in which it was written down.
///
/// # Errors
/// [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn evidence_of(ctx: &Ctx) -> Result<Vec<Evidence>> {
    let all = evidence_recorded(ctx).await?;
    Ok(all.into_iter().map(|one| one.evidence).collect())
}

/// The same with what the program keeps beside it.
///
/// # Errors
/// [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn evidence_recorded(ctx: &Ctx) -> Result<Vec<Recorded>> {
    ledger::current_of(ctx.db.pool(), ctx.owner()?).await
}

/// One row of the caller's ledger, whether it counts or not.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn evidence_show(ctx: &Ctx, id: EvidenceId) -> Result<Recorded> {
    ledger::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// The caller's rows before number `before`, the newest first, whether they count or not.
///
/// # Errors
/// From the database.
pub async fn evidence_history(ctx: &Ctx, before: i64, limit: u64) -> Result<Vec<Recorded>> {
    ledger::newest(ctx.db.pool(), ctx.owner()?, before, limit).await
}

/// Writes a piece down.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; from the database.
pub async fn evidence_add(ctx: &Ctx, new: NewEvidence) -> Result<Evidence> {
    let owner = ctx.owner()?;
    let new = new.checked()?;
    let transaction = ctx.db.begin().await?;
    let id = ledger::append(&transaction, owner, ctx.now(), &new, Standing::New).await?;
    tell(ctx, &transaction, owner).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(evidence_show(ctx, id).await?.evidence)
}

/// Says that a piece no longer holds. The row stays; a newer one takes it back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for what is withdrawn already; from the database.
pub async fn evidence_withdraw(ctx: &Ctx, id: EvidenceId, why: &str) -> Result<Recorded> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let known = ledger::get(&transaction, owner, id).await?;
    let withdrawal = withdrawal_of(known, why);
    let standing = Standing::Withdraws(id);
    let row = ledger::append(&transaction, owner, ctx.now(), &withdrawal, standing).await?;
    tell(ctx, &transaction, owner).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    evidence_show(ctx, row).await
}

/// Takes a withdrawal back: what it withdrew stands again, as a new row.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for a row that is no withdrawal; from the database.
pub async fn evidence_restore(ctx: &Ctx, withdrawal: EvidenceId) -> Result<Evidence> {
    let owner = ctx.owner()?;
    let row = ledger::get(ctx.db.pool(), owner, withdrawal).await?;
    let withdrawn = row.evidence.supersedes.filter(|_| row.withdrawn);
    let withdrawn = withdrawn
        .ok_or_else(|| Error::Conflict(format!("Evidence {withdrawal} is no withdrawal.")))?;
    let again = again(ledger::get(ctx.db.pool(), owner, withdrawn).await?);
    let same = |one: &Recorded| new_is(&again, one);
    if ledger::current_from(ctx.db.pool(), owner, &again.origin)
        .await?
        .iter()
        .any(same)
    {
        return Err(Error::Conflict("This evidence stands already.".into()));
    }
    evidence_add(ctx, again).await
}

/// Brings what is known from one origin to what it tells now: what is new is added, what changed is superseded, what it no
/// longer tells is withdrawn. Gives how many rows were written; none when nothing changed.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; from the database.
pub async fn evidence_renew(ctx: &Ctx, origin: &str, told: Vec<NewEvidence>) -> Result<u64> {
    let owner = ctx.owner()?;
    let told = each_once(told)?;
    let transaction = ctx.db.begin().await?;
    let known = ledger::current_from(&transaction, owner, origin).await?;
    let mut known: HashMap<_, _> = known.into_iter().map(|one| (key_of(&one), one)).collect();
    let mut written = 0;
    for (key, new) in &told {
        let standing = match known.remove(key) {
            Some(old) if new_is(new, &old) => continue,
            Some(old) => Standing::InsteadOf(old.evidence.id),
            None => Standing::New,
        };
        ledger::append(&transaction, owner, ctx.now(), new, standing).await?;
        written += 1;
    }
    let mut gone: Vec<Recorded> = known.into_values().collect();
    gone.sort_by_key(|one| one.evidence.id);
    for old in gone {
        let standing = Standing::Withdraws(old.evidence.id);
        let withdrawal = withdrawal_of(old, "It is no longer told there.");
        ledger::append(&transaction, owner, ctx.now(), &withdrawal, standing).await?;
        written += 1;
    }
    if written > 0 {
        tell(ctx, &transaction, owner).await?;
    }
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(written)
}

type Key = (SkillId, EvidenceKind, Option<String>);

/// The pieces, checked; of several that tell the same thing the strongest.
fn each_once(told: Vec<NewEvidence>) -> Result<BTreeMap<Key, NewEvidence>> {
    let mut once: BTreeMap<Key, NewEvidence> = BTreeMap::new();
    for new in told {
        let new = new.checked()?;
        let key = (new.skill.clone(), new.kind, new.entry.clone());
        match once.get(&key) {
            Some(known) if known.strength >= new.strength => {}
            _ => {
                once.insert(key, new);
            }
        }
    }
    Ok(once)
}

/// What makes two pieces of one origin the same thing, told at different times.
fn key_of(one: &Recorded) -> Key {
    let piece = &one.evidence;
    (piece.skill.clone(), piece.kind, piece.entry.clone())
}

/// Whether a piece says what a row says already.
fn new_is(new: &NewEvidence, row: &Recorded) -> bool {
    let known = &row.evidence;
    (new.strength - known.strength).abs() < 1e-4
        && (&new.skill, new.kind, &new.statement) == (&known.skill, known.kind, &known.statement)
        && (&new.link, &new.entry, &new.check, new.at)
            == (&known.link, &known.entry, &known.check, known.at)
        && new.proof == row.proof
}

fn withdrawal_of(row: Recorded, why: &str) -> NewEvidence {
    NewEvidence {
        strength: 0.0,
        statement: format!(
            "Withdrawn: {}",
            &why[..why.floor_char_boundary(WHY_LONGEST)]
        ),
        ..again(row)
    }
}

/// A row as a piece to be written down once more.
fn again(row: Recorded) -> NewEvidence {
    let piece = row.evidence;
    NewEvidence {
        skill: piece.skill,
        kind: piece.kind,
        strength: piece.strength,
        at: piece.at,
        statement: piece.statement,
        check: piece.check,
        link: piece.link,
        entry: piece.entry,
        origin: row.origin,
        proof: row.proof,
    }
}

async fn tell(ctx: &Ctx, transaction: &Transaction, account: AccountId) -> Result<()> {
    let event = Event::EvidenceAdded { account };
    events::append(transaction, ctx.now(), &event).await?;
    Ok(())
}
