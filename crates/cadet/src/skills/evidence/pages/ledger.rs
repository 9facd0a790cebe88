//! `/evidence`: what proves which skill, and the forms that add to it.

use std::collections::BTreeMap;

use askama::Template;
use serde::Deserialize;

use super::super::actions::{evidence_add, evidence_recorded};
use super::super::model::{Evidence, EvidenceId, NewEvidence, Recorded};
use super::super::public::evidence_read;
use super::super::scans::{Scan, scan_list};
use crate::error::{Error, Result};
use crate::skills::{Kind, Skill, SkillId, Taxonomy};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Query, Redirect, View};

/// Skills on a page.
const SKILLS_SHOWN: usize = 100;
/// Pieces shown of a skill.
const PIECES_SHOWN: usize = 6;
/// Scans shown.
const SCANS_SHOWN: u64 = 5;

#[derive(Template)]
#[template(path = "skills/evidence/pages/ledger.html")]
pub(super) struct LedgerPage {
    layout: Layout,
    groups: Vec<Group>,
    total: usize,
    proven: usize,
    /// Which page it is, from 1, and how many there are.
    page: usize,
    pages: usize,
    scans: Vec<Scan>,
    may_scan: bool,
    /// A withdrawal that was just made and can be taken back.
    withdrawn: Option<EvidenceId>,
    params: LedgerParams,
}

/// A skill with its pieces.
struct Group {
    skill: &'static Skill,
    strength: f32,
    pieces: Vec<Recorded>,
    more: usize,
}

impl Group {
    fn is_proven(&self) -> bool {
        self.strength >= Evidence::PROVES
    }

    fn percent(&self) -> u8 {
        (self.strength * 100.0).round() as u8
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LedgerParams {
    withdrawn: Option<EvidenceId>,
    page: usize,
    /// Only skills whose name contains this.
    q: String,
    /// A skill that the form is filled with.
    skill: String,
}

impl LedgerPage {
    fn percent(&self, strength: &f32) -> u8 {
        (strength * 100.0).round() as u8
    }

    fn skills(&self) -> impl Iterator<Item = &'static Skill> {
        let all = Taxonomy::bundled().skills().iter();
        all.filter(|skill| skill.kind != Kind::SoftSkill)
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<LedgerParams>,
) -> Result<View<LedgerPage>> {
    let recorded = evidence_recorded(&ctx).await?;
    let scans = scan_list(&ctx, SCANS_SHOWN).await?;
    let may_scan = !ctx.config.server.multi_user;
    Ok(View(page(
        layout.titled("Evidence"),
        recorded,
        scans,
        may_scan,
        params,
    )))
}

fn page(
    layout: Layout,
    recorded: Vec<Recorded>,
    scans: Vec<Scan>,
    may_scan: bool,
    params: LedgerParams,
) -> LedgerPage {
    let total = recorded.len();
    let mut groups = grouped(recorded, &params.q);
    let proven = groups.iter().filter(|group| group.is_proven()).count();
    let pages = groups.len().div_ceil(SKILLS_SHOWN).max(1);
    let page = params.page.clamp(1, pages);
    let shown = groups
        .drain(..)
        .skip((page - 1) * SKILLS_SHOWN)
        .take(SKILLS_SHOWN);
    LedgerPage {
        layout,
        groups: shown.collect(),
        total,
        proven,
        page,
        pages,
        scans,
        may_scan,
        withdrawn: params.withdrawn,
        params,
    }
}

/// Pieces by skill, the strongest skill first.
fn grouped(recorded: Vec<Recorded>, words: &str) -> Vec<Group> {
    let mut by_skill: BTreeMap<SkillId, Vec<Recorded>> = BTreeMap::new();
    for one in recorded {
        by_skill
            .entry(one.evidence.skill.clone())
            .or_default()
            .push(one);
    }
    let words = words.trim().to_lowercase();
    let mut groups: Vec<Group> = by_skill
        .into_iter()
        .filter_map(|(id, mut pieces)| {
            let skill = Taxonomy::bundled().get(&id)?;
            if !skill.name.to_lowercase().contains(&words) {
                return None;
            }
            let strength = Evidence::together(pieces.iter().map(|one| one.evidence.strength));
            pieces.sort_by(|one, other| other.evidence.strength.total_cmp(&one.evidence.strength));
            let more = pieces.len().saturating_sub(PIECES_SHOWN);
            pieces.truncate(PIECES_SHOWN);
            Some(Group {
                skill,
                strength,
                pieces,
                more,
            })
        })
        .collect();
    groups.sort_by(|one, other| {
        other
            .strength
            .total_cmp(&one.strength)
            .then(one.skill.id.cmp(&other.skill.id))
    });
    groups
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StatementForm {
    skill: String,
    statement: String,
    link: String,
}

impl StatementForm {
    /// The statement; the skill is given by its id or by a name that means nothing else.
    fn piece(self, ctx: &Ctx) -> Result<NewEvidence> {
        let named = Taxonomy::bundled().by_alias(self.skill.trim());
        let skill = match (SkillId::parse(self.skill.trim()), named.as_slice()) {
            (Ok(id), _) if Taxonomy::bundled().get(&id).is_some() => id,
            (_, [skill]) => skill.id.clone(),
            _ => {
                let message = format!(
                    "There is no skill {:?}. Choose one of the list.",
                    self.skill.trim()
                );
                return Err(Error::invalid_field("skill", message));
            }
        };
        Ok(NewEvidence {
            link: Some(self.link),
            ..NewEvidence::statement(skill, self.statement, ctx.now())
        })
    }
}

pub(super) async fn add(ctx: Ctx, Form(form): Form<StatementForm>) -> Result<Redirect> {
    let done = match form.piece(&ctx) {
        Ok(piece) => evidence_add(&ctx, piece).await,
        Err(problem) => Err(problem),
    };
    Redirect::after(done, "/evidence", "It is written down.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PublicForm {
    link: String,
    content: String,
}

pub(super) async fn read(ctx: Ctx, Form(form): Form<PublicForm>) -> Result<Redirect> {
    match evidence_read(&ctx, &form.link, &form.content).await {
        Ok(written) => {
            let told = Flash::ok(format!("{written} pieces of evidence were written down."));
            Ok(Redirect::to("/evidence").with(told))
        }
        failed => Redirect::after(failed, "/evidence", ""),
    }
}
