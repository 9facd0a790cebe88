//! Run: from a parsed command line to the action, with configuration, logging and the program put together.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::cli::{Cli, Command, Exported, Global, IndexCommand, ServeArgs};
use crate::config::{self, Config, LogFormat, Overrides, Resolved};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::startup::{self, World};
use crate::state::{App, Ctx};
use crate::terminal::Terminal;
use crate::{
    accounts, alerts, applications, contacts, correspondence, demo, documents, market, matching,
    operations, postings, profile, skills, today, web,
};

/// Threads that wait for the network and the database; computing has its own.
const RUNTIME_THREADS: usize = 2;

/// Runs a command line to its end.
///
/// # Errors
/// Whatever the command says; `main` makes an exit code of it.
pub fn run(cli: Cli) -> Result<()> {
    let out = Terminal::new(cli.global.json, cli.global.quiet);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(RUNTIME_THREADS)
        .enable_all()
        .build()
        .map_err(|cause| Error::unavailable("The program cannot start its threads.", cause))?;
    let resolved = config::resolve(&overrides(&cli)?)?;
    log_to_stderr(&resolved.config, cli.global.verbose);
    runtime.block_on(dispatch(cli, resolved, &out))
}

async fn dispatch(cli: Cli, resolved: Resolved, out: &Terminal) -> Result<()> {
    match cli.command {
        // These need no database.
        Command::Config => operations::commands::config(&resolved, out),
        Command::Completions { shell } => completions(shell, out),
        Command::Man => manual(out),
        Command::Skills { word } => skills::commands::run(word.as_deref(), out),
        Command::Restore { file, replace } => {
            operations::commands::restore(&resolved.config, &file, replace, out).await
        }
        Command::Demo(args) => demo::commands::run(resolved.config, args, out).await,
        Command::Serve(args) => serve(resolved.config, &args, out).await,
        command => {
            let app = startup::open(resolved.config, World::default()).await?;
            let ctx = startup::operator(&app).await?;
            let done = with_app(command, &ctx, out).await;
            drop(ctx);
            close(app).await;
            done
        }
    }
}

async fn with_app(command: Command, ctx: &Ctx, out: &Terminal) -> Result<()> {
    match command {
        Command::Work { .. } => work(ctx, out).await,
        Command::Sync(args) => postings::commands::sync(ctx, &args, out).await,
        Command::Source(command) => postings::sources::commands::run(ctx, command, out).await,
        Command::Search(args) => postings::commands::search(ctx, &args, out).await,
        Command::Show(args) => postings::commands::show::show(ctx, &args, out).await,
        Command::Save { id, remove } => {
            postings::commands::save(ctx, PostingId(id), remove, out).await
        }
        Command::Opening(command) => postings::openings::commands::run(ctx, command, out).await,
        Command::Alert(command) => alerts::commands::run(ctx, command, out).await,
        Command::Profile(command) => profile::commands::run(ctx, command, out).await,
        Command::Document(command) => documents::commands::run(ctx, command, out).await,
        Command::Application(command) => applications::commands::run(ctx, command, out).await,
        Command::Calendar(command) => applications::commands::run_calendar(ctx, command, out).await,
        Command::Today => today::commands::run(ctx, out).await,
        Command::Contact(command) => contacts::commands::run(ctx, command, out).await,
        Command::Mail(command) => correspondence::commands::run_mail(ctx, command, out).await,
        Command::Replies(command) => correspondence::commands::run_replies(ctx, command, out).await,
        Command::Import { file } => operations::commands::import(ctx, &file, out).await,
        Command::Export {
            what: Exported::Postings,
        } => postings::commands::export(ctx, out).await,
        Command::Export {
            what: Exported::Alerts,
        } => alerts::commands::export(ctx, out).await,
        Command::Export {
            what: Exported::Sources,
        } => postings::sources::commands::export(ctx, out).await,
        Command::Market(args) => market::commands::run(ctx, args, out).await,
        Command::Match(args) => matching::commands::run(ctx, args, out).await,
        Command::Gap(args) => matching::commands::gap(ctx, args, out).await,
        Command::Evidence(command) => skills::evidence::commands::run(ctx, command, out).await,
        Command::Index(IndexCommand::Rebuild) => postings::commands::rebuild_index(ctx, out).await,
        Command::Backup { file } => operations::commands::backup(ctx, &file, out).await,
        Command::Doctor => operations::commands::doctor(ctx, out).await,
        Command::LoginLink => accounts::commands::run_login_link(ctx, None, out).await,
        Command::Token(command) => accounts::commands::run_token(ctx, command, out).await,
        Command::Account(command) => {
            accounts::commands::run_account(
                ctx,
                command,
                &mut std::io::BufReader::new(std::io::stdin()),
                out,
            )
            .await
        }
        Command::Job(command) => operations::commands::job(ctx, command, out).await,
        Command::Config
        | Command::Completions { .. }
        | Command::Man
        | Command::Skills { .. }
        | Command::Restore { .. }
        | Command::Demo(_)
        | Command::Serve(_) => Ok(()),
    }
}

/// Serves until told to stop, with the background work unless another node does it.
async fn serve(mut config: Config, args: &ServeArgs, out: &Terminal) -> Result<()> {
    let listener = listen(&mut config).await?;
    let app = startup::open(config, World::default()).await?;
    let ctx = startup::operator(&app).await?;
    let served = serve_on(&ctx, listener, !args.no_worker, out).await;
    drop(ctx);
    close(app).await;
    served
}

/// Binds the configured address; port 0 becomes the port that was free.
///
/// # Errors
/// [`Error::Unavailable`] when the address cannot be bound.
pub async fn listen(config: &mut Config) -> Result<TcpListener> {
    let bind = config.server.bind;
    let listener = TcpListener::bind(bind).await.map_err(|cause| {
        Error::unavailable(format!("Cadet cannot listen on {bind}: {cause}. Is another Cadet running? Choose another port with --bind (0 means any)."), cause)
    })?;
    config.server.bind = listener.local_addr().map_err(Error::internal)?;
    Ok(listener)
}

/// Serves on an open listener until told to stop; tells where it is and how its one person signs in.
///
/// # Errors
/// From the listener and the database.
pub async fn serve_on(ctx: &Ctx, listener: TcpListener, works: bool, out: &Terminal) -> Result<()> {
    let stop = stop_signal();
    let background = background(ctx.app(), works, &stop)?;
    welcome(ctx, out).await?;
    let served = web::serve(Arc::clone(ctx.app()), listener, stop.clone()).await;
    stop.cancel();
    for task in background {
        // A task that panicked has been logged by its own panic.
        let _ = task.await;
    }
    served
}

async fn welcome(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let address = ctx.config.server.url("");
    if ctx.config.server.multi_user {
        if out.wants_json() {
            return out.json_line(&serde_json::json!({ "url": address }));
        }
        return out.line(format!("Cadet serves at {address}"));
    }
    let link = accounts::actions::login_link_create(ctx).await?;
    let link = ctx.config.server.url(&format!("/login/{}", link.token.0));
    if out.wants_json() {
        return out.json_line(&serde_json::json!({ "url": address, "link": link }));
    }
    out.line(format!("Cadet serves at {address}\nOpen this link within ten minutes to sign in (`cadet login-link` makes another):\n\n    {link}\n"))
}

/// Works without serving, until told to stop.
async fn work(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let stop = stop_signal();
    out.line("Cadet works. Stop it with Ctrl-C.")?;
    for task in background(ctx.app(), true, &stop)? {
        // A task that panicked has been logged by its own panic.
        let _ = task.await;
    }
    Ok(())
}

/// The follower of the event log and, if this node works, the worker.
///
/// # Errors
/// [`Error::Internal`] when a schedule cannot be read.
pub fn background(
    app: &Arc<App>,
    works: bool,
    stop: &CancellationToken,
) -> Result<Vec<tokio::task::JoinHandle<()>>> {
    let mut tasks = vec![tokio::spawn(crate::work::follow(
        Arc::clone(app),
        stop.clone(),
    ))];
    if works && app.config.mailbox.wait {
        tasks.push(tokio::spawn(postings::sources::watch::mailboxes(
            Arc::clone(app),
            stop.clone(),
        )));
    }
    if works {
        let worker = crate::work::worker(app)?;
        let stop = stop.clone();
        tasks.push(tokio::spawn(async move {
            if let Err(error) = worker.run(stop).await {
                tracing::error!(%error, "the worker cannot start");
            }
        }));
    }
    Ok(tasks)
}

/// Is cancelled by Ctrl-C, or by the signal with which services are stopped.
#[must_use]
pub fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut terminate) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => {}
                    _ = terminate.recv() => {}
                }
                told.cancel();
                return;
            }
        }
        let _ = tokio::signal::ctrl_c().await;
        told.cancel();
    });
    stop
}

/// Closes the database, so that SQLite folds its write-ahead log into the file.
pub async fn close(app: Arc<App>) {
    if let Some(app) = Arc::into_inner(app) {
        app.db.close().await;
    }
}

fn overrides(cli: &Cli) -> Result<Overrides> {
    let Global {
        data_dir, config, ..
    } = cli.global.clone();
    let mut values = Vec::new();
    match &cli.command {
        Command::Serve(args) => {
            values.extend(
                args.bind
                    .clone()
                    .map(|bind| ("server.bind".to_owned(), bind.into())),
            );
            values.extend(
                args.public_url
                    .clone()
                    .map(|url| ("server.public_url".to_owned(), url.into())),
            );
            if args.multi_user {
                values.push(("server.multi_user".to_owned(), true.into()));
            }
        }
        Command::Work {
            concurrency: Some(concurrency),
        } => {
            if *concurrency == 0 {
                return Err(Error::invalid_field(
                    "concurrency",
                    "--concurrency must be at least 1.",
                ));
            }
            values.push(("work.concurrency".to_owned(), (*concurrency).into()));
        }
        _ => {}
    }
    Ok(Overrides {
        data_dir,
        config,
        values,
    })
}

fn log_to_stderr(config: &Config, verbose: u8) {
    let filter = match verbose {
        0 => config.log.filter.clone(),
        1 => "info,cadet=debug".to_owned(),
        _ => "debug,cadet=trace".to_owned(),
    };
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new("warn"));
    // Colours are for eyes; in a file or a journal they would be signs among the words.
    let colours = anstream::AutoStream::choice(&std::io::stderr());
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours != anstream::ColorChoice::Never)
        .with_writer(std::io::stderr);
    // Setting it twice, as two tests in one process do, is no fault.
    let _ = match config.log.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder.try_init(),
    };
}

fn completions(shell: clap_complete::Shell, out: &Terminal) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::command(), "cadet", &mut script);
    out.bytes(&script)
}

fn manual(out: &Terminal) -> Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(crate::cli::command())
        .render(&mut page)
        .map_err(Error::internal)?;
    out.bytes(&page)
}
