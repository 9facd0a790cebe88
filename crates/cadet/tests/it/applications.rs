//! Applications: nothing that was recorded is lost, and what is to be done is told in time.

mod calendar;
mod imports;
mod interface;
mod logs;
mod pages;
mod statistics;

use cadet::accounts::model::{AccountId, Role};
use cadet::applications::actions;
use cadet::applications::model::{ApplicationId, Details, Stage};
use cadet::clock::Timestamp;
use cadet::state::Ctx;

use crate::support::TestApp;

/// Account 1.
fn me(app: &TestApp) -> Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

/// What an application by hand is for.
fn details(company: &str) -> Details {
    Details {
        company: company.into(),
        title: "Backend Intern".into(),
        place: "Berlin".into(),
        source: "a fair".into(),
        ..Details::default()
    }
}

/// An application that stands at a stage since so many days.
async fn application(ctx: &Ctx, company: &str, stage: Stage, days_ago: i64) -> ApplicationId {
    let at = ctx.now().plus_days(-days_ago);
    let added = actions::application_add(ctx, details(company), stage, Some(at)).await;
    added.expect("an application")
}

async fn moved(ctx: &Ctx, id: ApplicationId, to: Stage, at: Option<Timestamp>) {
    let done = actions::application_move(ctx, id, to, at, "").await;
    done.expect("a move");
}

async fn stage(ctx: &Ctx, id: ApplicationId) -> Stage {
    let shown = actions::application_show(ctx, id).await;
    shown.expect("the application").application.stage
}
