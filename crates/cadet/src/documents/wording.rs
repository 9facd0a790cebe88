//! Wordings that a language model of the person's choice proposes for one bullet. Off unless configured.
//!
//! A proposal passes the gate and then waits: it becomes a variant of the bullet when the person approves it, never before. The
//! model is asked through the polite client; it may be on a private address only when that address is the configured one.

use resume::EntryId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use utoipa::ToSchema;

use super::entries::{bullet, entries, wordings};
use super::gate::{self, Ground, Refusal};
use super::inputs::Inputs;
use super::model::{Cite, Form, Given, Sentence};
use super::store::proposals;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::fetch::{Accept, Credentials, HeaderName, Request};
use crate::profile::actions::{profile_current, profile_save};
use crate::state::Ctx;

/// The row id of a proposal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
#[schema(as = WordingProposalId)]
pub struct ProposalId(pub i64);

impl std::fmt::Display for ProposalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A wording that waits for the person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WordingProposal)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The bullet.
    #[schema(value_type = String)]
    pub entry: EntryId,
    /// The wording.
    pub text: String,
    /// The model that proposed it.
    pub model: String,
    /// What the gate refuses of it; only one without any can be approved.
    pub refusals: Vec<Refusal>,
    /// When.
    pub proposed_at: Timestamp,
}

/// Longest wording that is taken, in characters.
const LONGEST: usize = 400;

/// What the model is told to do. The gate, not this text, is what keeps facts from being invented.
const TASK: &str = "You reword one bullet of a resume. State only what the bullet states: no new number, name, date, skill, rank or result. \
    Keep its language. Answer with the new bullet alone, in one line.";

/// The part of an answer that is read.
#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

/// Asks the configured model for a wording of a bullet, and stores it with what the gate says.
///
/// # Errors
/// [`Error::Conflict`] when no model is configured; [`Error::NotFound`] for a bullet that is not there; [`Error::Unavailable`] when
/// the model does not answer; from the database.
pub async fn wording_propose(ctx: &Ctx, entry: &EntryId, wish: &str) -> Result<Proposal> {
    let owner = ctx.owner()?;
    if ctx.model.is_none() {
        return Err(unconfigured());
    }
    let inputs = Inputs::gather(ctx, None).await?;
    let own = {
        let all = entries(&inputs.profile.resume);
        let found = bullet(&all, entry).map(|(_, bullet)| bullet.text.clone());
        found.ok_or_else(|| Error::not_found("bullet", entry))?
    };
    let text = ask(ctx, &own, wish).await?;
    let sentence = Sentence {
        place: entry.to_string(),
        text: text.clone(),
        form: Form::Wording,
        cites: vec![Cite::Entry(entry.clone())],
    };
    let now = ctx.now();
    let refusals = super::actions::blocking(move || check(&sentence, &inputs, now)).await?;
    let model = ctx.config.model.name.clone();
    proposals::insert(&ctx.db, owner, now, (entry, &text, &model), &refusals).await
}

fn check(sentence: &Sentence, inputs: &Inputs, now: Timestamp) -> Vec<Refusal> {
    let language = crate::postings::normalise::language::language_of_text(&sentence.text)
        .unwrap_or_else(|| "en".to_owned());
    let english: Option<&(dyn Fn(&str) -> bool + Sync)> = if language == "en" {
        Some(&super::spelling::is_everyday)
    } else {
        None
    };
    let ground = Ground {
        profile: &inputs.profile,
        evidence: &inputs.evidence,
        posting: None,
        given: &Given::default(),
        paragraphs: &std::collections::BTreeMap::new(),
        language: &language,
        is_ordinary: english,
        today: now,
    };
    gate::check(std::slice::from_ref(sentence), &ground)
}

async fn ask(ctx: &Ctx, own: &str, wish: &str) -> Result<String> {
    let config = &ctx.config.model;
    let (Some(address), Some(client)) = (&config.url, &ctx.model) else {
        return Err(unconfigured());
    };
    let address = format!("{}/chat/completions", address.trim_end_matches('/'));
    let url = Url::parse(&address)
        .map_err(|_| Error::invalid(format!("model.url is no address: {address}")))?;
    let wish = if wish.trim().is_empty() {
        "Make it clearer."
    } else {
        wish.trim()
    };
    let question = json!({
        "model": config.name,
        "temperature": 0.2,
        "messages": [
            {"role": "system", "content": TASK},
            {"role": "user", "content": format!("Bullet: {own}\nWish: {wish}")},
        ],
    });
    let failed = |cause: crate::fetch::Error| {
        Error::unavailable(format!("The language model did not answer: {cause}"), cause)
    };
    let request = request(url, config.key.as_ref().map(|key| key.0.as_str())).map_err(failed)?;
    let answer = client.ask(&request, &question).await.map_err(failed)?;
    let answer: Answer = answer
        .json()
        .ok()
        .and_then(|value| serde_json::from_value(value).ok())
        .ok_or_else(odd)?;
    let text = answer
        .choices
        .into_iter()
        .next()
        .and_then(|choice| choice.message.content);
    cleaned(&text.unwrap_or_default()).ok_or_else(odd)
}

fn request(url: Url, key: Option<&str>) -> Result<Request, crate::fetch::Error> {
    // The operator configured this very address for programs to ask.
    let request = Request::new(url, Accept::Json).to_documented_api();
    let Some(key) = key else { return Ok(request) };
    let header = HeaderName::from_static("authorization");
    Ok(request.with(Credentials::default().in_header(header, &format!("Bearer {key}"))?))
}

fn unconfigured() -> Error {
    Error::Conflict(
        "No language model is configured. Set model.url and model.name if you want one to propose wordings; Cadet works without.".into(),
    )
}

fn odd() -> Error {
    Error::Unavailable {
        message: "The language model's answer cannot be read. Check that model.url is the address of an OpenAI-compatible interface, such as http://127.0.0.1:11434/v1.".into(),
        cause: None,
    }
}

/// One line without the marks that models like to put around it.
fn cleaned(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = line
        .trim_start_matches(['-', '*', '•', ' '])
        .trim_matches(['"', '“', '”', '`']);
    (!line.is_empty() && line.chars().count() <= LONGEST).then(|| line.to_owned())
}

/// Proposals that wait.
///
/// # Errors
/// From the database.
pub async fn proposals_waiting(ctx: &Ctx) -> Result<Vec<Proposal>> {
    proposals::waiting(&ctx.db, ctx.owner()?).await
}

/// Makes a proposal a variant of its bullet.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that the gate refuses by the profile as it is now; from the database.
pub async fn proposal_approve(ctx: &Ctx, id: ProposalId) -> Result<()> {
    let owner = ctx.owner()?;
    let proposal = proposals::get(&ctx.db, owner, id).await?;
    let inputs = Inputs::gather(ctx, None).await?;
    let sentence = Sentence {
        place: proposal.entry.to_string(),
        text: proposal.text.clone(),
        form: Form::Wording,
        cites: vec![Cite::Entry(proposal.entry.clone())],
    };
    let now = ctx.now();
    let refusals = super::actions::blocking(move || check(&sentence, &inputs, now)).await?;
    if let Some(refusal) = refusals.first() {
        return Err(Error::Conflict(format!(
            "The gate refuses this wording. {}",
            refusal.message
        )));
    }
    let mut profile = profile_current(ctx).await?;
    let resume = &mut profile.resume;
    let bullets = (resume
        .work
        .iter_mut()
        .flat_map(|entry| &mut entry.highlights))
    .chain(
        resume
            .volunteer
            .iter_mut()
            .flat_map(|entry| &mut entry.highlights),
    )
    .chain(
        resume
            .projects
            .iter_mut()
            .flat_map(|entry| &mut entry.highlights),
    );
    let mut bullets = bullets.filter(|bullet| bullet.id == proposal.entry);
    let bullet = bullets
        .next()
        .ok_or_else(|| Error::not_found("bullet", &proposal.entry))?;
    if !wordings(bullet).any(|known| known == proposal.text) {
        bullet.variants.push(proposal.text.clone());
        profile_save(ctx, profile, "A proposed wording approved").await?;
    }
    proposals::decide(&ctx.db, owner, id, true, now).await
}

/// Declines a proposal.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn proposal_decline(ctx: &Ctx, id: ProposalId) -> Result<()> {
    let owner = ctx.owner()?;
    proposals::get(&ctx.db, owner, id).await?;
    proposals::decide(&ctx.db, owner, id, false, ctx.now()).await
}
