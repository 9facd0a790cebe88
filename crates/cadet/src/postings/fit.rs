//! How postings fit a person: for the order "best fit", for a least score, and for the rows of lists.
//!
//! The feature that knows builds on postings and may not be named here, so the program's assembly hands it in.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use search::{Filter, Given, Sort};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::PostingId;
use crate::accounts::model::AccountId;
use crate::error::Result;
use crate::state::Ctx;

/// Scores are kept as whole thousandths.
pub const UNIT: f32 = 1_000.0;

/// How a posting fits a person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fit {
    /// From 0 to 1.
    pub score: f32,
    /// Requirements that evidence proves.
    pub proven: u8,
    /// Requirements of which the person says that they are met.
    pub claimed: u8,
    /// Requirements that nothing meets.
    pub gaps: u8,
    /// Whether something rules the person out.
    pub knocked_out: bool,
}

impl Fit {
    /// The score in whole percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        (self.score.clamp(0.0, 1.0) * 100.0).round() as u8
    }

    /// The score in thousandths.
    #[must_use]
    pub fn thousandths(&self) -> u16 {
        (self.score.clamp(0.0, 1.0) * UNIT).round() as u16
    }
}

/// One person's fits to all open postings.
pub trait Fits: Send + Sync {
    /// The fit of a posting; none for one that is not open, or too new to be known.
    fn fit(&self, id: PostingId) -> Option<Fit>;
}

/// The same, shared, and as numbers for the index.
#[derive(Clone)]
pub struct FitColumn {
    fits: Arc<dyn Fits>,
    numbers: Given,
}

impl fmt::Debug for FitColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FitColumn").finish_non_exhaustive()
    }
}

struct Scores(Arc<dyn Fits>);

impl search::Numbers for Scores {
    fn number(&self, id: u64) -> Option<i64> {
        let id = i64::try_from(id).ok().map(PostingId)?;
        self.0.fit(id).map(|fit| i64::from(fit.thousandths()))
    }
}

impl FitColumn {
    /// A column of these fits.
    #[must_use]
    pub fn new(fits: Arc<dyn Fits>) -> Self {
        let numbers = Given::new(Arc::new(Scores(Arc::clone(&fits))));
        Self { fits, numbers }
    }

    /// The fit of a posting.
    #[must_use]
    pub fn fit(&self, id: PostingId) -> Option<Fit> {
        self.fits.fit(id)
    }

    /// The order, the best fit first.
    #[must_use]
    pub fn sort(&self) -> Sort {
        Sort::Given {
            numbers: self.numbers.clone(),
            descending: true,
        }
    }

    /// The condition of a least score, in thousandths.
    #[must_use]
    pub fn at_least(&self, thousandths: u16) -> Filter {
        Filter::Given {
            numbers: self.numbers.clone(),
            min: Some(i64::from(thousandths)),
            max: None,
        }
    }
}

/// Where fits come from.
#[async_trait]
pub trait PostingFit: Send + Sync {
    /// The fits of whoever acts; none where nothing is known of them, or nobody is signed in.
    ///
    /// # Errors
    /// From the database.
    async fn column(&self, ctx: &Ctx) -> Result<Option<FitColumn>>;

    /// The fits of somebody to these postings as they are now, however new they are. Postings that are not open have none.
    ///
    /// # Errors
    /// From the database.
    async fn fits(
        &self,
        ctx: &Ctx,
        account: AccountId,
        ids: &[PostingId],
    ) -> Result<HashMap<PostingId, Fit>>;
}

/// The condition that no posting meets: what is left of a least score where nothing is known of the person.
#[must_use]
pub fn none_fits() -> Filter {
    Filter::Given {
        numbers: Given::new(Arc::new(Scores(Arc::new(Nothing)))),
        min: None,
        max: None,
    }
}

struct Nothing;

impl Fits for Nothing {
    fn fit(&self, _: PostingId) -> Option<Fit> {
        None
    }
}
