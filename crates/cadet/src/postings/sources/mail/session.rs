//! The conversation with an IMAP server: connecting, signing in, opening one folder for reading, and waiting for mail.
//!
//! Only EXAMINE, SEARCH, LIST, FETCH with BODY.PEEK and IDLE are ever said, so nothing in the mailbox can change. The one file
//! that speaks IMAP; addresses pass the same guard as every request of the web client.

use std::fmt::Debug;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_imap::error::Error as ImapError;
use async_imap::types::{Capability, Mailbox};
use futures::TryStreamExt as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::address::{Encryption, MailboxAddress, encoded_folder};
use super::password::password;
use crate::postings::sources::connector::{FetchContext, error};
use crate::postings::sources::model::{SourceError, SourceErrorKind};

/// Folders named where one is not found.
const FOLDERS_NAMED: usize = 20;
/// An IDLE is begun anew after this; servers and routers drop silent connections at ten minutes or later.
const IDLE_FOR: Duration = Duration::from_secs(9 * 60);
/// A connection to an IMAP server, encrypted or not.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

type Client = async_imap::Client<Box<dyn Wire>>;
type Imap = async_imap::Session<Box<dyn Wire>>;

/// A folder that is open for reading.
#[derive(Debug)]
pub struct Session {
    imap: Imap,
    patience: Duration,
    at: String,
    /// Mails in the folder.
    pub exists: u32,
    /// Changes when the server numbers its mails anew.
    pub uid_validity: u32,
    /// The number that the next mail will have, if the server says it.
    pub uid_next: Option<u32>,
}

/// One mail as the server has it.
#[derive(Debug)]
pub struct Fetched {
    /// Its number in the folder.
    pub uid: u32,
    /// Bytes, or nothing if it is too large or gone.
    pub body: Option<Vec<u8>>,
    /// When the server got it, ms.
    pub received: Option<i64>,
}

impl Session {
    /// Connects, signs in and opens the folder for reading.
    ///
    /// # Errors
    /// Says which of these failed, and what to do.
    pub async fn open(ctx: &FetchContext, mailbox: &MailboxAddress) -> Result<Self, SourceError> {
        let settings = ctx.client.settings();
        let patience = settings.read_timeout;
        let at = mailbox.to_string();
        let password = password(ctx, mailbox).await?;
        let (client, _) = within(settings.connect_timeout * 3, &at, connect(ctx, mailbox)).await?;
        let login = within(patience, &at, async {
            client
                .login(&mailbox.user, &password)
                .await
                .map_err(|(why, _)| refused_login(mailbox, &why))
        });
        let mut imap = login.await?;
        let opened = within(patience, &at, async {
            Ok(imap.examine(encoded_folder(&mailbox.folder)).await)
        })
        .await?;
        let folder: Mailbox = match opened {
            Ok(folder) => folder,
            Err(ImapError::No(_)) => return Err(unknown_folder(&mut imap, mailbox, patience).await),
            Err(why) => return Err(broken(&at, &why)),
        };
        Ok(Self {
            imap,
            patience,
            exists: folder.exists,
            uid_validity: folder.uid_validity.unwrap_or(0),
            uid_next: folder.uid_next,
            at,
        })
    }

    /// Numbers of the mails that a search finds, in order.
    ///
    /// # Errors
    /// When the connection breaks or the server refuses.
    pub async fn search(&mut self, query: &str) -> Result<Vec<u32>, SourceError> {
        let at = self.at.clone();
        let found = within(self.patience, &at, async {
            self.imap
                .uid_search(query)
                .await
                .map_err(|why| broken(&at, &why))
        });
        let mut uids: Vec<u32> = found.await?.into_iter().collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// Reads mails without marking them as seen. Those beyond `limit` bytes are left out.
    ///
    /// # Errors
    /// When the connection breaks or the server refuses.
    pub async fn read(
        &mut self,
        uids: &[u32],
        limit: u64,
        patience: Duration,
    ) -> Result<Vec<Fetched>, SourceError> {
        let at = self.at.clone();
        let sizes = self
            .fetch(uids, "(UID RFC822.SIZE)", self.patience, &at)
            .await?;
        let (small, large): (Vec<_>, Vec<_>) = sizes
            .iter()
            .filter_map(|mail| Some((mail.uid?, mail.size.unwrap_or(0))))
            .partition(|(_, size)| u64::from(*size) <= limit);
        let small: Vec<u32> = small.into_iter().map(|(uid, _)| uid).collect();
        let mut read: Vec<Fetched> = large
            .into_iter()
            .map(|(uid, _)| Fetched {
                uid,
                body: None,
                received: None,
            })
            .collect();
        if small.is_empty() {
            return Ok(read);
        }
        let mails = self
            .fetch(&small, "(UID INTERNALDATE BODY.PEEK[])", patience, &at)
            .await?;
        read.extend(mails.iter().filter_map(|mail| {
            Some(Fetched {
                uid: mail.uid?,
                body: mail.body().map(<[u8]>::to_vec),
                received: mail.internal_date().map(|date| date.timestamp_millis()),
            })
        }));
        read.sort_by_key(|mail| mail.uid);
        Ok(read)
    }

    async fn fetch(
        &mut self,
        uids: &[u32],
        what: &str,
        patience: Duration,
        at: &str,
    ) -> Result<Vec<async_imap::types::Fetch>, SourceError> {
        let set = uids
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(",");
        within(patience, at, async {
            let stream = self
                .imap
                .uid_fetch(set, what)
                .await
                .map_err(|why| broken(at, &why))?;
            stream.try_collect().await.map_err(|why| broken(at, &why))
        })
        .await
    }

    /// Whether there is mail beyond what was read, by the marks that a poll left.
    #[must_use]
    pub fn has_more_than(&self, validators: Option<&serde_json::Value>) -> bool {
        super::poll::Mark::read(validators).is_none_or(|mark| {
            mark.uid_validity != self.uid_validity
                || self
                    .uid_next
                    .is_some_and(|next| next > mark.last_uid.saturating_add(1))
        })
    }

    /// Whether the server tells of new mail by itself.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn can_idle(&mut self) -> Result<bool, SourceError> {
        let at = self.at.clone();
        within(self.patience, &at, async {
            let capabilities = self
                .imap
                .capabilities()
                .await
                .map_err(|why| broken(&at, &why))?;
            Ok(capabilities.has(&Capability::Atom("IDLE".into())))
        })
        .await
    }

    /// Waits until something happens in the folder. Gives whether something did; else the time for one wait is over.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn wait(self) -> Result<(Self, bool), SourceError> {
        let Self {
            imap,
            patience,
            at,
            exists,
            uid_validity,
            uid_next,
        } = self;
        let mut idle = imap.idle();
        within(patience, &at, async {
            idle.init().await.map_err(|why| broken(&at, &why))
        })
        .await?;
        let answer = {
            let (waiting, _stop) = idle.wait_with_timeout(IDLE_FOR);
            waiting.await.map_err(|why| broken(&at, &why))?
        };
        let happened = matches!(
            answer,
            async_imap::extensions::idle::IdleResponse::NewData(_)
        );
        let imap = within(patience, &at, async {
            idle.done().await.map_err(|why| broken(&at, &why))
        })
        .await?;
        let session = Self {
            imap,
            patience,
            at,
            exists,
            uid_validity,
            uid_next,
        };
        Ok((session, happened))
    }

    /// Takes leave; a server that does not answer is left without.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(3), self.imap.logout()).await;
    }
}

/// Runs a step of the conversation, which must end.
async fn within<T>(
    patience: Duration,
    at: &str,
    step: impl Future<Output = Result<T, SourceError>>,
) -> Result<T, SourceError> {
    tokio::time::timeout(patience, step)
        .await
        .unwrap_or_else(|_| {
            let message = format!(
                "{at} did not answer within {} seconds. It is tried again later.",
                patience.as_secs()
            );
            Err(error(SourceErrorKind::Timeout, Some(at), message))
        })
}

/// A connection that was greeted and is encrypted as it should be.
async fn connect(
    ctx: &FetchContext,
    mailbox: &MailboxAddress,
) -> Result<(Client, Encryption), SourceError> {
    let at = mailbox.to_string();
    let addresses = ctx.client.resolve(&mailbox.host, mailbox.port, &at).await?;
    let (tcp, peer) = reach(&addresses, &at).await?;
    if mailbox.implicit_tls {
        let mut client = Client::new(encrypted(ctx, mailbox, Box::new(tcp)).await?);
        greeted(&mut client, &at).await?;
        return Ok((client, Encryption::Tls));
    }
    let mut client = Client::new(Box::new(tcp) as Box<dyn Wire>);
    greeted(&mut client, &at).await?;
    let upgraded = client.run_command_and_check_ok("STARTTLS", None).await;
    match upgraded {
        Ok(()) => {
            let wire = encrypted(ctx, mailbox, client.into_inner()).await?;
            Ok((Client::new(wire), Encryption::StartTls))
        }
        Err(ImapError::No(_) | ImapError::Bad(_)) if peer.ip().is_loopback() => {
            Ok((client, Encryption::None))
        }
        Err(ImapError::No(_) | ImapError::Bad(_)) => {
            let message = format!(
                "{} offers no encryption on port {}, so no password is sent. Use imaps://.",
                mailbox.host, mailbox.port
            );
            Err(error(SourceErrorKind::Denied, Some(&at), message))
        }
        Err(why) => Err(broken(&at, &why)),
    }
}

async fn reach(addresses: &[SocketAddr], at: &str) -> Result<(TcpStream, SocketAddr), SourceError> {
    let mut last = String::from("its name has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(tcp) => return Ok((tcp, *address)),
            Err(why) => last = why.to_string(),
        }
    }
    let message = format!(
        "{at} cannot be reached: {last}. Check host and port, and whether the server is up."
    );
    Err(error(SourceErrorKind::Unreachable, Some(at), message))
}

async fn greeted(client: &mut Client, at: &str) -> Result<(), SourceError> {
    match client.read_response().await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(broken(at, &ImapError::ConnectionLost)),
        Err(why) => Err(broken(at, &ImapError::Io(why))),
    }
}

/// TLS with the system's certificates, or with the one that the operator names.
async fn encrypted(
    ctx: &FetchContext,
    mailbox: &MailboxAddress,
    wire: Box<dyn Wire>,
) -> Result<Box<dyn Wire>, SourceError> {
    let at = mailbox.to_string();
    let failed = |why: &dyn std::fmt::Display| {
        let message = format!(
            "No encrypted connection to {}: {why}. If the server has a certificate of its own making, name it as mailbox.certificate.",
            mailbox.host
        );
        error(SourceErrorKind::Unreachable, Some(&at), message)
    };
    let name = ServerName::try_from(mailbox.host.clone()).map_err(|why| failed(&why))?;
    let config = match &ctx.mailbox.certificate {
        None => {
            use rustls_platform_verifier::BuilderVerifierExt as _;
            builder()
                .map_err(|why| failed(&why))?
                .with_platform_verifier()
                .map_err(|why| failed(&why))?
                .with_no_client_auth()
        }
        Some(file) => {
            let mut roots = rustls::RootCertStore::empty();
            let pem = tokio::fs::read(file)
                .await
                .map_err(|why| failed(&format!("{}: {why}", file.display())))?;
            for certificate in CertificateDer::pem_slice_iter(&pem) {
                let certificate =
                    certificate.map_err(|why| failed(&format!("{}: {why}", file.display())))?;
                roots.add(certificate).map_err(|why| failed(&why))?;
            }
            builder()
                .map_err(|why| failed(&why))?
                .with_root_certificates(roots)
                .with_no_client_auth()
        }
    };
    let tls = TlsConnector::from(Arc::new(config))
        .connect(name, wire)
        .await;
    Ok(Box::new(tls.map_err(|why| failed(&why))?))
}

/// The provider is named, so that no other crate's choice is needed.
fn builder()
-> Result<rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

fn refused_login(mailbox: &MailboxAddress, why: &ImapError) -> SourceError {
    let at = mailbox.to_string();
    match why {
        ImapError::No(_) | ImapError::Bad(_) => {
            let message = format!(
                "{} refuses the login of {}: {}. Check the user in the address and mailbox.password; many services want a password made for programs (app password).",
                mailbox.host,
                mailbox.user,
                short(&why.to_string())
            );
            error(SourceErrorKind::Denied, Some(&at), message)
        }
        ImapError::Validate(_) => {
            let message = "The user or the password has characters that IMAP cannot carry. Use a password made for programs.";
            error(SourceErrorKind::Denied, Some(&at), message)
        }
        other => broken(&at, other),
    }
}

async fn unknown_folder(
    imap: &mut Imap,
    mailbox: &MailboxAddress,
    patience: Duration,
) -> SourceError {
    let at = mailbox.to_string();
    let listed = within(patience, &at, async {
        let stream = imap
            .list(Some(""), Some("*"))
            .await
            .map_err(|why| broken(&at, &why))?;
        let names: Vec<_> = stream
            .try_collect()
            .await
            .map_err(|why| broken(&at, &why))?;
        Ok(names)
    });
    let names: Vec<String> = listed
        .await
        .unwrap_or_default()
        .iter()
        .take(FOLDERS_NAMED)
        .map(|name| name.name().to_owned())
        .collect();
    let known = if names.is_empty() {
        String::new()
    } else {
        format!(" It has: {}.", names.join(", "))
    };
    let message = format!(
        "The mailbox of {} has no folder {}.{known} Put the folder's name behind the host.",
        mailbox.user, mailbox.folder
    );
    error(SourceErrorKind::NotFound, Some(&at), message)
}

/// A conversation that broke off.
fn broken(at: &str, why: &ImapError) -> SourceError {
    let kind = match why {
        ImapError::Io(_) | ImapError::ConnectionLost => SourceErrorKind::Unreachable,
        _ => SourceErrorKind::Malformed,
    };
    let message = format!(
        "The conversation with {at} broke off: {}. It is tried again later.",
        short(&why.to_string())
    );
    error(kind, Some(at), message)
}

/// A server's words, cut; they may be anything.
fn short(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}
