//! `/evidence/scans/{id}`: how a scan goes, and what it found.

use askama::Template;
use serde::Deserialize;

use super::super::scans::{Scan, ScanId, scan_begin, scan_show};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Form, Layout, Path, Redirect, View};

#[derive(Template)]
#[template(path = "skills/evidence/pages/scan.html")]
pub(super) struct ScanPage {
    layout: Layout,
    scan: Scan,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ScanForm {
    path: String,
    email: String,
}

pub(super) async fn begin(ctx: Ctx, Form(form): Form<ScanForm>) -> Result<Redirect> {
    match scan_begin(&ctx, &form.path, &[form.email]).await {
        Ok(scan) => Ok(Redirect::to(format!("/evidence/scans/{}", scan.id))),
        failed => Redirect::after(failed, "/evidence", ""),
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ScanId>,
) -> Result<View<ScanPage>> {
    let scan = scan_show(&ctx, id).await?;
    let layout = layout.titled("Scan");
    Ok(View(ScanPage { layout, scan }))
}
