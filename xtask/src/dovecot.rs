//! A private IMAP server for the tests: Dovecot with a configuration of its own, in a folder that is gone afterwards.
//!
//! Every user exists, with one password and an empty mailbox of their own, so that each test has a mailbox to itself.
//! Nothing is shared with a server that the machine may have: no port, no socket, no configuration, no mail.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::postgres::{Account, free_port, reachable_by_all, unprivileged_account};
use crate::scratch::Scratch;
use crate::{apt, processes, shell};

/// The password of every user.
const PASSWORD: &str = "mailbox-of-a-test";

/// A running server. Dropping it stops the server and removes its mail.
pub struct Dovecot {
    /// `imap://cadet:PASSWORD@127.0.0.1:PORT`: STARTTLS is offered, and a login without it allowed.
    pub imap: String,
    /// `imaps://...`: TLS from the first byte.
    pub imaps: String,
    /// PEM file of the certificate, for `localhost` and `127.0.0.1`.
    pub certificate: PathBuf,
    // The server stands before its folder, so that it stops before its files go.
    _server: processes::Server,
    _dir: Scratch,
}

impl Dovecot {
    /// Finds or installs Dovecot and starts it on free ports.
    pub fn start() -> Result<Self> {
        let program = find_or_install()?;
        let account = apt::is_root().then(unprivileged_account).transpose()?;
        let mut parent = shell::work_dir("run")?;
        // Sockets have short paths, and the mail's owner must reach them.
        let long = parent.as_os_str().len() > 60;
        if long || account.is_some() && !reachable_by_all(&parent) {
            parent = std::env::temp_dir().join("cadet-xtask");
            std::fs::create_dir_all(&parent)
                .with_context(|| format!("cannot create {}", parent.display()))?;
        }
        let dir = Scratch::create(&parent, "imap")?;
        let certificate = certificate(dir.path())?;
        for name in ["mail", "run", "state"] {
            std::fs::create_dir_all(dir.path().join(name))?;
        }
        if let Some(account) = account {
            std::os::unix::fs::chown(
                dir.path().join("mail"),
                Some(account.uid),
                Some(account.gid),
            )
            .context("cannot hand the mail's folder over")?;
        }
        let mut last = String::new();
        // Between finding a free port and using it, another program may take it.
        for _ in 0..5 {
            let (imap, imaps) = (free_port()?, free_port()?);
            let settings = dir.path().join("dovecot.conf");
            std::fs::write(&settings, configuration(dir.path(), account, imap, imaps)?)?;
            let mut command = shell::command(&program);
            command.arg("-F").arg("-c").arg(&settings);
            let log = std::fs::File::create(dir.path().join("start.log"))?;
            command.stdout(log.try_clone()?).stderr(log);
            let mut server = processes::Server::start(&mut command, "TERM")?;
            let listens = |port| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
            let ready = processes::wait_until(Duration::from_secs(30), || {
                server.ended().is_some() || listens(imap) && listens(imaps)
            });
            if ready && server.ended().is_none() {
                return Ok(Self {
                    imap: format!("imap://cadet:{PASSWORD}@127.0.0.1:{imap}"),
                    imaps: format!("imaps://cadet:{PASSWORD}@127.0.0.1:{imaps}"),
                    certificate,
                    _server: server,
                    _dir: dir,
                });
            }
            last = ["start.log", "dovecot.log"]
                .map(|log| std::fs::read_to_string(dir.path().join(log)).unwrap_or_default())
                .concat();
        }
        bail!("Dovecot did not start; its log says:\n{}", last.trim())
    }
}

fn find_or_install() -> Result<PathBuf> {
    let dirs = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"].map(PathBuf::from);
    let find = || shell::find_program(&["dovecot"], &dirs);
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install("Dovecot (a mail server)", &["dovecot-imapd", "openssl"])?;
    find().context("Dovecot was installed, but is nowhere to be found")
}

/// A certificate that signs itself, for two days.
fn certificate(dir: &Path) -> Result<PathBuf> {
    let file = dir.join("certificate.pem");
    let mut command = shell::command("openssl");
    command
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(dir.join("key.pem"))
        .arg("-out")
        .arg(&file);
    shell::output(&mut command).context("cannot make a certificate for the mail server")?;
    Ok(file)
}

fn configuration(dir: &Path, account: Option<Account>, imap: u16, imaps: u16) -> Result<String> {
    let own = |flag: &str| -> Result<String> {
        Ok(shell::output(Command::new("id").arg(flag))?
            .trim()
            .to_owned())
    };
    let (uid, gid) = match account {
        Some(account) => (account.uid.to_string(), account.gid.to_string()),
        None => (own("-u")?, own("-g")?),
    };
    // Without root, every process runs as whoever started the server.
    let users = match account {
        Some(_) => String::new(),
        None => {
            let (user, group) = (own("-un")?, own("-gn")?);
            format!(
                "default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n"
            )
        }
    };
    let dir = dir.display();
    Ok(format!(
        "base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{dir}/certificate.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{dir}/mail/%u/Maildir
mail_max_userip_connections = 100
{users}passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={dir}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    ))
}
