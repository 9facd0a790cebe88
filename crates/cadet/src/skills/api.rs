//! The taxonomy of skills in the REST interface.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::{Skill, SkillId, Taxonomy};
use crate::error::{Error, Result};
use crate::web::{Json, Page, Path, Routes};

/// A skill of the taxonomy.
#[derive(Debug, Serialize, ToSchema)]
struct SkillRecord {
    /// Its stable id.
    #[schema(example = "postgresql")]
    id: String,
    /// How it is shown.
    name: String,
    /// What sort of thing it is.
    kind: &'static str,
    /// Ids of the broader skills that it is part of.
    parents: Vec<String>,
    /// Every spelling by which a text may name it.
    aliases: Vec<String>,
}

impl From<&Skill> for SkillRecord {
    fn from(skill: &Skill) -> Self {
        Self {
            id: skill.id.to_string(),
            name: skill.name.clone(),
            kind: skill.kind.label(),
            parents: skill.parents.iter().map(ToString::to_string).collect(),
            aliases: skill.aliases.clone(),
        }
    }
}

/// All skills by id, on one page.
#[utoipa::path(get, path = "/api/v1/skills", tag = "skills", operation_id = "skillList",
    responses((status = 200, description = "The taxonomy.", body = Page<SkillRecord>)))]
async fn list() -> Page<SkillRecord> {
    Page {
        items: Taxonomy::bundled()
            .skills()
            .iter()
            .map(SkillRecord::from)
            .collect(),
        next: None,
    }
}

/// One skill.
#[utoipa::path(get, path = "/api/v1/skills/{id}", tag = "skills", operation_id = "skillGet",
    params(("id" = String, Path, description = "The skill's id.")),
    responses((status = 200, description = "The skill.", body = SkillRecord)))]
async fn get(Path(id): Path<String>) -> Result<Json<SkillRecord>> {
    let skill = SkillId::parse(&id)
        .ok()
        .and_then(|id| Taxonomy::bundled().get(&id));
    Ok(Json(
        skill.ok_or_else(|| Error::not_found("skill", id))?.into(),
    ))
}

/// The operations on skills.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api(routes!(list)).api(routes!(get))
}
