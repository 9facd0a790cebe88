//! Fits for the lists of postings and for alerts.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::compute::{account_match, acting_for, basis_of};
use super::needs::encode;
use super::requirements;
use super::score::{Score, UNIT, score};
use super::store::scores::{self, Entries, PAGE, place_of};
use crate::accounts::model::AccountId;
use crate::error::Result;
use crate::postings::fit::{Fit, FitColumn, Fits, PostingFit};
use crate::postings::model::PostingId;
use crate::postings::store::read;
use crate::state::Ctx;

/// Gives fits from the stored scores.
#[derive(Clone, Copy, Debug)]
pub struct Fitting;

impl From<Score> for Fit {
    fn from(score: Score) -> Self {
        Self {
            score: f32::from(score.thousandths) / UNIT,
            proven: score.proven,
            claimed: score.claimed,
            gaps: score.gaps,
            knocked_out: score.knocked_out,
        }
    }
}

#[async_trait]
impl PostingFit for Fitting {
    async fn column(&self, ctx: &Ctx) -> Result<Option<FitColumn>> {
        let Ok(owner) = ctx.owner() else {
            return Ok(None);
        };
        let mut state = scores::state(ctx.db.pool(), owner).await?;
        if state.is_none() && !basis_of(ctx).await?.is_blank() {
            // The first time somebody asks, or the job that does it has not come yet.
            account_match(ctx, owner).await?;
            state = scores::state(ctx.db.pool(), owner).await?;
        }
        let Some(state) = state else {
            return Ok(None);
        };
        if let Some(column) = ctx.matching.column(owner, state.version) {
            return Ok(Some(column));
        }
        let pages = scores::pages(ctx.db.pool(), owner, None).await?;
        let dense = pages
            .into_iter()
            .map(|(page, entries)| (page, dense(&entries)));
        let column = FitColumn::new(Arc::new(Column(dense.collect())));
        ctx.matching.hold(owner, state.version, column.clone());
        Ok(Some(column))
    }

    async fn fits(
        &self,
        ctx: &Ctx,
        account: AccountId,
        ids: &[PostingId],
    ) -> Result<HashMap<PostingId, Fit>> {
        let basis = basis_of(&acting_for(ctx, account)).await?;
        if basis.is_blank() {
            return Ok(HashMap::new());
        }
        let postings = read::whole(&ctx.db, ids).await?;
        let open = postings.iter().filter(|one| one.closed_at.is_none());
        let fit = |one: &crate::postings::record::Stored| {
            let needs = encode(&one.posting, &requirements::read(&one.posting));
            Some((one.id, score(&needs, &basis)?.into()))
        };
        Ok(open.filter_map(fit).collect())
    }
}

/// One person's scores, by row and by the place in it: a look costs a few nanoseconds.
struct Column(HashMap<i64, Box<[Option<Score>]>>);

fn dense(entries: &Entries) -> Box<[Option<Score>]> {
    let mut dense = vec![None; usize::try_from(PAGE).unwrap_or_default()];
    for (place, score) in entries {
        if let Some(slot) = dense.get_mut(usize::from(*place)) {
            *slot = Some(*score);
        }
    }
    dense.into_boxed_slice()
}

impl Fits for Column {
    fn fit(&self, id: PostingId) -> Option<Fit> {
        let (page, place) = place_of(id.0);
        let score = *self.0.get(&page)?.get(usize::from(place))?;
        score.map(Fit::from)
    }
}
