//! Watching mailboxes: a connection to each waits for new mail and has it polled soon after it arrives.
//!
//! Only a hint: what is missed here is brought by the ordinary poll, so nothing depends on it. Several nodes may watch the same
//! mailbox, since a poll that is waiting already is not enqueued again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jobs::{Enqueued, NewJob};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::mail::address::MailboxAddress;
use super::mail::session::Session;
use super::model::{Source, SourceError, SourceId, SourceKind, SourceState};
use super::store;
use crate::error::Result;
use crate::flow::kind;
use crate::state::{App, Ctx};

/// How often the list of sources is looked at for new mailboxes.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// The first wait after a connection broke; each further one doubles it.
const FIRST_RETRY: Duration = Duration::from_secs(15);
/// The longest wait.
const LONGEST_RETRY: Duration = Duration::from_secs(15 * 60);
/// A poll that runs already may have looked before the mail came, so another one is asked for after this.
const ASK_AGAIN: Duration = Duration::from_secs(10);
/// How often another one is asked for.
const MOST_ASKED: u32 = 30;

/// Watches every active mailbox until told to stop.
pub async fn mailboxes(app: Arc<App>, stop: CancellationToken) {
    let mut watched: HashMap<(SourceId, String), JoinHandle<()>> = HashMap::new();
    loop {
        match mailboxes_of(&app).await {
            Ok(sources) => keep(&app, &stop, &mut watched, sources),
            Err(error) => tracing::debug!(%error, "the mailboxes to watch are not known just now"),
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    for task in watched.into_values() {
        task.abort();
    }
}

/// Begins and ends watching, so that it is done for just these sources.
fn keep(
    app: &Arc<App>,
    stop: &CancellationToken,
    watched: &mut HashMap<(SourceId, String), JoinHandle<()>>,
    sources: Vec<Source>,
) {
    let key = |source: &Source| (source.id, source.address.address.clone());
    watched.retain(|known, task| {
        let stays = sources.iter().any(|source| key(source) == *known);
        if !stays {
            task.abort();
        }
        stays
    });
    for source in sources {
        watched.entry(key(&source)).or_insert_with(|| {
            let (app, stop) = (Arc::clone(app), stop.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = watch(app, source) => {}
                }
            })
        });
    }
}

async fn mailboxes_of(app: &App) -> Result<Vec<Source>> {
    let mut sources = store::list(&app.db).await?;
    sources.retain(|source| {
        source.state == SourceState::Active
            && source.address.kind == SourceKind::Mail
            && MailboxAddress::is_one(&source.address.address)
    });
    Ok(sources)
}

/// Watches one mailbox for ever, or until its server turns out not to tell of new mail.
async fn watch(app: Arc<App>, source: Source) {
    let mut wait = FIRST_RETRY;
    loop {
        let failure = match watch_once(&app, &source, &mut wait).await {
            Ok(()) => return,
            Err(failure) => failure,
        };
        tracing::debug!(source = source.id.0, error = %failure, "a mailbox is not watched just now");
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_RETRY);
    }
}

/// Waits on one connection for as long as it holds.
async fn watch_once(
    app: &Arc<App>,
    source: &Source,
    wait: &mut Duration,
) -> std::result::Result<(), SourceError> {
    let mailbox = MailboxAddress::parse(&source.address.address)?;
    let mut session = Session::open(&app.fetch, &mailbox).await?;
    if !session.can_idle().await? {
        session.close().await;
        return Ok(());
    }
    *wait = FIRST_RETRY;
    // What came while nobody watched.
    let known = store::get(&app.db, source.id)
        .await
        .ok()
        .and_then(|source| source.validators);
    if known.is_some() && session.has_more_than(known.as_ref()) {
        ask_for_poll(app, source.id).await;
    }
    loop {
        let happened;
        (session, happened) = session.wait().await?;
        if happened {
            ask_for_poll(app, source.id).await;
        }
    }
}

/// Enqueues a poll; while one is under way, another one after it.
async fn ask_for_poll(app: &Arc<App>, source: SourceId) {
    for _ in 0..MOST_ASKED {
        match enqueue(app, source).await {
            Ok(Enqueued::Duplicate) => tokio::time::sleep(ASK_AGAIN).await,
            Ok(Enqueued::New(_)) => return,
            Err(error) => {
                tracing::debug!(%error, "a poll could not be asked for");
                return;
            }
        }
    }
}

async fn enqueue(app: &Arc<App>, source: SourceId) -> Result<Enqueued> {
    let ctx = Ctx::system(Arc::clone(app));
    let job = NewJob::new(kind::SOURCE_POLL, &source)?
        .max_attempts(1)
        .unique(source.to_string())?;
    let enqueued = jobs::enqueue(ctx.db.pool(), ctx.now().0, &job).await?;
    ctx.queue.wake();
    Ok(enqueued)
}
