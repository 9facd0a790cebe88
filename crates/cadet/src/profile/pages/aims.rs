//! What the person looks for, when, and where they may work.

use askama::Template;

use super::super::actions::profile_now;
use super::super::aims::{self, AUTHORISATIONS, AimsForm, DEGREES};
use super::super::checks::{Problem, problems};
use super::super::edits::profile_edit;
use super::super::form::Fields;
use super::super::model::{Authorisation, Profile, RevisionId, StudyDegree};
use super::super::revision::{Change, Origin};
use super::editor::led;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Form, Layout, Redirect, View};

/// Empty rows for further countries.
const SPARE_ROWS: usize = 2;

#[derive(Template)]
#[template(path = "profile/pages/aims.html")]
pub(super) struct AimsPage {
    layout: Layout,
    base: RevisionId,
    form: AimsForm,
    problems: Vec<Problem>,
    degrees: [(StudyDegree, &'static str, &'static str); 5],
    choices: [(Authorisation, &'static str, &'static str); 3],
}

impl AimsPage {
    fn problem(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| problem.message.as_str())
    }
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<View<AimsPage>> {
    let (revision, profile) = profile_now(&ctx).await?;
    let mut problems = problems(&profile)?;
    problems.retain(|problem| problem.entry == "aims");
    Ok(View(AimsPage {
        layout: layout.titled("Aims"),
        base: revision.map_or(RevisionId::EMPTY, |revision| revision.id),
        form: with_spare_rows(AimsForm::of(&profile.aims)),
        problems,
        degrees: DEGREES,
        choices: AUTHORISATIONS,
    }))
}

fn with_spare_rows(mut form: AimsForm) -> AimsForm {
    let spare = std::iter::repeat_n((String::new(), ""), SPARE_ROWS);
    form.authorisation.extend(spare);
    form
}

pub(super) async fn save(ctx: Ctx, Form(pairs): Form<Vec<(String, String)>>) -> Result<Redirect> {
    let mut fields = Fields::new(pairs)?;
    // A box that is not ticked is not sent.
    fields.set_missing("remote", "no");
    let base = fields.get("base").and_then(|base| base.parse().ok());
    let base = base.map_or(RevisionId::EMPTY, RevisionId);
    let change = Change::new(Origin::Editor, "Aims");
    let make = |profile: &Profile| Ok(with_aims(profile, &fields));
    let saved = profile_edit(&ctx, base, change, make).await?;
    Ok(led(&saved, "/profile/aims", "Saved."))
}

fn with_aims(profile: &Profile, fields: &Fields) -> Profile {
    Profile {
        resume: profile.resume.clone(),
        aims: aims::apply(&profile.aims, fields),
    }
}
