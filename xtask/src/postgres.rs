//! A private PostgreSQL server for the tests: a new cluster in xtask's folder, on a free port, gone afterwards.
//!
//! Nothing is shared with a server that the machine may have: no port, no socket, no data, no configuration.

use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::scratch::{self, Scratch};
use crate::{apt, processes, shell};

/// Whether commits wait for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// They do not: a cluster for tests is thrown away after them, and tests commit thousands of times.
    Off,
    /// As PostgreSQL ships, for measurements that are to be fair.
    AsShipped,
}

/// A running server. Dropping it stops the server and removes the cluster.
pub struct Postgres {
    /// Address of its maintenance database, for a superuser: `postgres://cadet@127.0.0.1:PORT/postgres`.
    pub url: String,
    // The server stands before the folder, so that it stops before its files go.
    _server: processes::Server,
    _cluster: Cluster,
}

/// The account that the server runs as when we are root, since PostgreSQL refuses to run as root.
#[derive(Clone, Copy)]
pub struct Account {
    /// The user's number.
    pub uid: u32,
    /// The number of the user's group.
    pub gid: u32,
}

/// The folder of one cluster, and who owns it.
struct Cluster {
    dir: Scratch,
    account: Option<Account>,
}

impl Postgres {
    /// Finds or installs PostgreSQL, creates a cluster and starts it.
    pub fn start(durability: Durability) -> Result<Self> {
        let bin = find_or_install()?;
        let cluster = Cluster::create(&bin)?;
        let mut last = String::new();
        // Between finding a free port and using it, another program may take it.
        for _ in 0..5 {
            let port = free_port()?;
            let mut server =
                processes::Server::start(&mut cluster.server(&bin, port, durability)?, "QUIT")?;
            let ready = processes::wait_until(Duration::from_secs(30), || {
                server.ended().is_some() || cluster.answers(&bin, port)
            });
            if ready && server.ended().is_none() {
                let url = format!("postgres://cadet@127.0.0.1:{port}/postgres");
                return Ok(Self {
                    url,
                    _server: server,
                    _cluster: cluster,
                });
            }
            last = std::fs::read_to_string(cluster.log()).unwrap_or_default();
        }
        bail!("PostgreSQL did not start; its log says:\n{}", last.trim())
    }
}

impl Cluster {
    /// A new cluster in a folder of this process. What killed runs left behind is removed first.
    fn create(bin: &Path) -> Result<Self> {
        let account = if apt::is_root() {
            Some(unprivileged_account()?)
        } else {
            None
        };
        let mut parent = shell::work_dir("run")?;
        if account.is_some() && !reachable_by_all(&parent) {
            parent = std::env::temp_dir().join("cadet-xtask");
            std::fs::create_dir_all(&parent)
                .with_context(|| format!("cannot create {}", parent.display()))?;
        }
        stop_abandoned(&parent);
        let cluster = Self {
            dir: Scratch::create(&parent, "postgres")?,
            account,
        };
        if let Some(account) = account {
            chown(cluster.dir.path(), Some(account.uid), Some(account.gid))
                .context("cannot hand the cluster's folder over")?;
        }
        let mut initdb = cluster.command(&bin.join("initdb"));
        initdb.args([
            "--username=cadet",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--pgdata",
        ]);
        shell::output(initdb.arg(cluster.data())).context("cannot create a PostgreSQL cluster")?;
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    /// `program` as the account that owns the cluster.
    fn command(&self, program: &Path) -> Command {
        let mut command = shell::command(program);
        command
            .current_dir(self.dir.path())
            .env("HOME", self.dir.path());
        if let Some(account) = self.account {
            command.gid(account.gid).uid(account.uid);
        }
        command
    }

    /// The server in the foreground on `port` of the loopback address, without a Unix socket.
    fn server(&self, bin: &Path, port: u16, durability: Durability) -> Result<Command> {
        let log = std::fs::File::create(self.log()).context("cannot create PostgreSQL's log")?;
        let mut command = self.command(&bin.join("postgres"));
        command.arg("-D").arg(self.data());
        let port = format!("port={port}");
        let fixed = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            &port,
        ];
        let fast = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ];
        let fast: &[&str] = if durability == Durability::Off {
            &fast
        } else {
            &[]
        };
        for setting in fixed.iter().chain(fast) {
            command.args(["-c", setting]);
        }
        command.stdout(log.try_clone()?).stderr(log);
        Ok(command)
    }

    fn answers(&self, bin: &Path, port: u16) -> bool {
        let mut command = self.command(&bin.join("pg_isready"));
        command.args(["--quiet", "--host=127.0.0.1", &format!("--port={port}")]);
        shell::output(&mut command).is_ok()
    }
}

/// The folder of `initdb` and `postgres`, newest version first; installs them when there is none.
fn find_or_install() -> Result<PathBuf> {
    if let Some(bin) = find() {
        return Ok(bin);
    }
    apt::install("PostgreSQL", &["postgresql"])?;
    find().context("PostgreSQL was installed, but its `initdb` is nowhere to be found")
}

fn find() -> Option<PathBuf> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    // Folders are named by version: 9, 15, 17.
    dirs.sort_by_key(|dir| {
        std::cmp::Reverse(
            dir.file_name()
                .and_then(|name| name.to_str()?.parse::<u32>().ok()),
        )
    });
    let mut dirs: Vec<PathBuf> = dirs.into_iter().map(|dir| dir.join("bin")).collect();
    if let Ok(dir) = shell::output(shell::command("pg_config").arg("--bindir")) {
        dirs.insert(0, PathBuf::from(dir.trim()));
    }
    let initdb = shell::find_program(&["initdb"], &dirs)?;
    // A link on the PATH is followed to the folder that holds the other programs too.
    let bin = initdb.canonicalize().ok()?.parent()?.to_path_buf();
    bin.join("postgres").is_file().then_some(bin)
}

/// A user without rights of their own, to run a server as.
pub fn unprivileged_account() -> Result<Account> {
    let id = |flag: &str, name: &str| -> Result<u32> {
        Ok(shell::output(shell::command("id").args([flag, name]))?
            .trim()
            .parse()?)
    };
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| Some(Account { uid: id("-u", name).ok()?, gid: id("-g", name).ok()? }))
        .context("the servers of tests do not run as root, and there is neither a user `postgres` nor `nobody` to run them as")
}

/// Whether every folder above lets other users through.
pub fn reachable_by_all(dir: &Path) -> bool {
    dir.ancestors().all(|part| {
        part.metadata()
            .is_ok_and(|data| data.permissions().mode() & 0o001 != 0)
    })
}

/// Stops servers whose xtask was killed before it could stop them.
fn stop_abandoned(parent: &Path) {
    for dir in scratch::abandoned(parent) {
        let pid_file = std::fs::read_to_string(dir.join("data/postmaster.pid")).unwrap_or_default();
        let pid = pid_file
            .lines()
            .next()
            .and_then(|line| line.trim().parse::<u32>().ok());
        if let Some(pid) = pid.filter(|pid| is_server_of(*pid, &dir)) {
            processes::send(pid, "QUIT");
            processes::wait_until(Duration::from_secs(10), || !processes::alive(pid));
        }
    }
}

/// Process ids are used again; only a process that was started on this folder is its server.
fn is_server_of(pid: u32, dir: &Path) -> bool {
    let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).contains(&*dir.to_string_lossy())
}

/// A port of the loopback address that nothing listens on.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))
        .context("cannot find a free port on the loopback address")?;
    Ok(listener.local_addr()?.port())
}
