//! `/skills` and `/skills/{id}`: the taxonomy with how many open postings ask for each skill.
//!
//! They stand here and not with the skills, since they show postings, which know skills and not the other way round.

use std::collections::HashMap;

use askama::Template;
use serde::Deserialize;

use super::row::Row;
use super::words::{counted, grouped};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::query::PostingQuery;
use crate::postings::record::Status;
use crate::postings::search::{PostingPage, posting_search, skill_demand};
use crate::skills::{Kind, Skill, SkillId, Taxonomy};
use crate::state::Ctx;
use crate::web::{Layout, Path, Query, Routes, View};

/// Postings shown with a skill.
const POSTINGS_SHOWN: usize = 10;

/// A skill with how many open postings ask for it.
struct Asked {
    skill: &'static Skill,
    count: u64,
}

impl Asked {
    fn count(&self) -> String {
        grouped(self.count)
    }
}

#[derive(Template)]
#[template(path = "postings/pages/skills.html")]
struct SkillsPage {
    layout: Layout,
    q: String,
    total: String,
    kinds: Vec<(Kind, Vec<Asked>)>,
}

impl SkillsPage {
    /// Those that somebody asks for, and the others.
    fn parts<'s>(&self, skills: &'s [Asked]) -> (&'s [Asked], &'s [Asked]) {
        skills.split_at(skills.partition_point(|asked| asked.count > 0))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SkillsParams {
    q: String,
}

async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<SkillsParams>,
) -> Result<View<SkillsPage>> {
    Ok(View(skills_page(layout, params.q, &demand(&ctx)?)))
}

fn skills_page(layout: Layout, q: String, demand: &HashMap<String, u64>) -> SkillsPage {
    let word = q.trim().to_lowercase();
    let found = || {
        Taxonomy::bundled()
            .skills()
            .iter()
            .filter(|skill| is_called(skill, &word))
    };
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let of_kind = found().filter(|skill| skill.kind == kind);
        (kind, by_demand(of_kind, demand))
    });
    SkillsPage {
        layout: layout.titled("Skills"),
        total: counted(found().count() as u64, "skill", "skills"),
        kinds: kinds.filter(|(_, skills)| !skills.is_empty()).collect(),
        q,
    }
}

fn is_called(skill: &Skill, word: &str) -> bool {
    word.is_empty()
        || skill.id.as_str().contains(word)
        || skill
            .aliases
            .iter()
            .any(|alias| alias.to_lowercase().contains(word))
}

fn demand(ctx: &Ctx) -> Result<HashMap<String, u64>> {
    let counted = skill_demand(ctx)?;
    Ok(counted
        .into_iter()
        .map(|skill| (skill.value, skill.count))
        .collect())
}

/// The most asked for first.
fn by_demand(
    skills: impl Iterator<Item = &'static Skill>,
    demand: &HashMap<String, u64>,
) -> Vec<Asked> {
    let mut asked: Vec<Asked> = skills
        .map(|skill| Asked {
            skill,
            count: demand.get(skill.id.as_str()).copied().unwrap_or(0),
        })
        .collect();
    asked.sort_by(|a, b| {
        b.count
            .cmp(&a.count)
            .then_with(|| a.skill.name.cmp(&b.skill.name))
    });
    asked
}

#[derive(Template)]
#[template(path = "postings/pages/skill.html")]
struct SkillPage {
    layout: Layout,
    skill: &'static Skill,
    ancestors: Vec<&'static Skill>,
    children: Vec<Asked>,
    total: u64,
    rows: Vec<Row>,
}

impl SkillPage {
    fn count(&self) -> String {
        counted(
            self.total,
            "open posting asks for it",
            "open postings ask for it",
        )
    }

    fn has_more(&self) -> bool {
        self.total > self.rows.len() as u64
    }

    fn other_names(&self) -> String {
        let names = self
            .skill
            .aliases
            .iter()
            .filter(|alias| **alias != self.skill.name);
        names.cloned().collect::<Vec<_>>().join(", ")
    }
}

async fn show(ctx: Ctx, layout: Layout, Path(given): Path<String>) -> Result<View<SkillPage>> {
    let skill = skill(&given)?;
    let query = PostingQuery {
        skill: vec![skill.id.to_string()],
        status: Some(Status::Open),
        limit: POSTINGS_SHOWN,
        ..PostingQuery::default()
    };
    let found = posting_search(&ctx, &query).await?;
    let demand = demand(&ctx)?;
    Ok(View(skill_page(layout, skill, found, &demand, ctx.now())))
}

fn skill(given: &str) -> Result<&'static Skill> {
    let id = SkillId::parse(given).ok();
    id.and_then(|id| Taxonomy::bundled().get(&id))
        .ok_or_else(|| Error::not_found("skill", given))
}

fn skill_page(
    layout: Layout,
    skill: &'static Skill,
    found: PostingPage,
    demand: &HashMap<String, u64>,
    now: Timestamp,
) -> SkillPage {
    let taxonomy = Taxonomy::bundled();
    SkillPage {
        layout: layout.titled(skill.name.clone()),
        ancestors: taxonomy.ancestors(&skill.id),
        children: by_demand(taxonomy.children(&skill.id).into_iter(), demand),
        skill,
        total: found.total,
        rows: found
            .items
            .into_iter()
            .map(|hit| Row::of_hit(hit, now))
            .collect(),
    }
}

/// The pages.
pub(super) fn routes() -> Routes {
    Routes::new().get("/skills", list).get("/skills/{id}", show)
}
