//! The product as an engine: the same calls that its own pipeline and pages make, without HTTP.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use async_trait::async_trait;
use cadet::config::Config;
use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::query::PostingQuery;
use cadet::postings::search::posting_find;
use cadet::postings::sources::actions::source_add_candidate;
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::model::{RawPosting, Source, SourceAddress, SourceKind};
use cadet::skills::Taxonomy;
use cadet::startup::{self, World};
use cadet::state::{App, Ctx};
use tokio::task::JoinHandle;

use super::documents::{read_all, text_bytes};
use super::{Answer, Engine};
use crate::generate::Generated;
use crate::queries::{Facet, Query};

/// Documents that are put at once, and after how many the index commits, as the product does.
const PART: usize = 1_000;
const COMMIT_EVERY: u64 = 25_000;
/// Rows that a search gives.
const ROWS: usize = 20;

/// A running product on a data folder, its index following as in `cadet serve`.
struct Product {
    ctx: Ctx,
    source: Source,
    /// None when the index is filled directly.
    follower: Option<JoinHandle<()>>,
}

impl Drop for Product {
    fn drop(&mut self) {
        if let Some(follower) = &self.follower {
            follower.abort();
        }
    }
}

/// Opens the product on an empty data folder.
pub async fn open(folder: &Path) -> Result<Box<dyn Engine>> {
    let config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    let app = startup::open(config, World::default()).await?;
    let mut product = product(&app).await?;
    product.follower = Some(tokio::spawn(cadet::work::follow(
        Arc::clone(&app),
        tokio_util::sync::CancellationToken::new(),
    )));
    Ok(Box::new(product))
}

async fn product(app: &Arc<App>) -> Result<Product> {
    let ctx = startup::operator(app).await?;
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: "https://lists.example/generated.json".into(),
    };
    let candidate = Candidate {
        address,
        name: Some("Generated".into()),
        why: "to be measured".into(),
    };
    let source = source_add_candidate(&ctx, candidate, None, Vec::new())
        .await?
        .source;
    Ok(Product {
        ctx,
        source,
        follower: None,
    })
}

/// The product's index without its database, for more postings than a database is wanted for.
pub struct Direct {
    product: Product,
    folder: PathBuf,
    text_bytes: u64,
    loaded: u64,
}

impl Direct {
    /// Opens it in an empty data folder.
    pub async fn open(folder: &Path) -> Result<Self> {
        let config = Config {
            data_dir: folder.to_owned(),
            ..Config::default()
        };
        let index = config.index_dir();
        let app = startup::open(config, World::default()).await?;
        Ok(Self {
            product: product(&app).await?,
            folder: index,
            text_bytes: 0,
            loaded: 0,
        })
    }

    /// The size of the index beside that of the plain text in it.
    pub fn size_ratio(&self) -> Result<f64> {
        let mut bytes = 0;
        for file in std::fs::read_dir(&self.folder).context("the index has no folder")? {
            bytes += file?.metadata()?.len();
        }
        Ok(bytes as f64 / self.text_bytes as f64)
    }
}

#[async_trait]
impl Engine for Direct {
    fn name(&self) -> &'static str {
        "Cadet's index"
    }

    async fn load(&mut self, postings: Vec<Generated>) -> Result<()> {
        let documents = read_all(&postings)?;
        self.text_bytes += documents.iter().map(text_bytes).sum::<u64>();
        self.loaded += documents.len() as u64;
        let engine = self.product.ctx.index.engine();
        for part in documents.chunks(PART) {
            engine.put(part.iter().cloned())?;
        }
        if self.loaded.is_multiple_of(COMMIT_EVERY) {
            engine.commit(self.loaded)?;
        }
        Ok(())
    }

    async fn settle(&mut self) -> Result<()> {
        Ok(self.product.ctx.index.engine().commit(self.loaded)?)
    }

    async fn search(&self, query: &Query) -> Result<Answer> {
        self.product.search(query).await
    }
}

#[async_trait]
impl Engine for Product {
    fn name(&self) -> &'static str {
        "Cadet"
    }

    async fn load(&mut self, postings: Vec<Generated>) -> Result<()> {
        // What else is known of them is for other engines, and would only be in memory.
        let records: Vec<RawPosting> = postings.into_iter().map(|one| one.raw).collect();
        let completeness = Completeness {
            complete: false,
            doubted_before: None,
        };
        let done = postings_ingest(
            &self.ctx,
            &self.source,
            records.into_iter(),
            completeness,
            &|_| (),
        )
        .await?;
        anyhow::ensure!(
            done.problems.is_empty(),
            "records were refused: {:?}",
            done.problems.first()
        );
        self.ctx.index.nudge();
        Ok(())
    }

    async fn settle(&mut self) -> Result<()> {
        self.ctx.index.catch_up(&self.ctx.db, &|_| ()).await?;
        Ok(())
    }

    async fn follow_up(&mut self) -> Result<Option<Duration>> {
        let start = Instant::now();
        cadet::work::worker(self.ctx.app())?.drain().await?;
        self.ctx.index.catch_up(&self.ctx.db, &|_| ()).await?;
        Ok(Some(start.elapsed()))
    }

    async fn search(&self, query: &Query) -> Result<Answer> {
        let asked = translate(query)?;
        let (page, _) = posting_find(&self.ctx, &asked, None)?;
        let counted = |facet: Facet| {
            if facet == Facet::Company {
                "employer"
            } else {
                facet.name()
            }
        };
        let facets = Facet::ALL.into_iter().flat_map(|facet| {
            let values = page.facets.get(counted(facet)).into_iter().flatten();
            values.map(move |(value, count)| (facet, value.clone(), *count))
        });
        Ok(Answer {
            total: page.total,
            best: page
                .hits
                .iter()
                .map(|hit| usize::try_from(hit.id))
                .collect::<Result<_, _>>()?,
            facets: facets.collect(),
        })
    }
}

/// A query of the mix as the product takes it.
fn translate(query: &Query) -> Result<PostingQuery> {
    let mut pairs = vec![("q", query.text.clone()), ("limit", ROWS.to_string())];
    for (facet, value) in &query.filters {
        let value = match facet {
            Facet::Skill => {
                let known = Taxonomy::bundled().by_alias(value);
                known
                    .first()
                    .with_context(|| format!("the taxonomy has no skill {value}"))?
                    .id
                    .to_string()
            }
            _ => value.clone(),
        };
        pairs.push((facet.name(), value));
    }
    Ok(PostingQuery::parse(pairs)?)
}
