//! The test's own conversation with the IMAP server: making folders, putting mails there, looking at their flags.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A mailbox that only one test uses.
pub struct Mailbox {
    user: String,
    /// The password of every user.
    pub password: String,
    host: String,
    tls_host: String,
    /// PEM file of the server's certificate.
    pub certificate: String,
}

/// What an environment variable of the tests says.
#[expect(
    clippy::disallowed_methods,
    reason = "tests learn of their servers from the environment"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Mailbox {
    /// The mailbox of a user made for this test; `None`, with a message, where there is no server.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    pub async fn new(test: &str) -> Option<Self> {
        let (Some(imap), Some(imaps), Some(certificate)) = (
            variable("CADET_TEST_IMAP"),
            variable("CADET_TEST_IMAPS"),
            variable("CADET_TEST_IMAP_CERTIFICATE"),
        ) else {
            eprintln!("skipped: CADET_TEST_IMAP is not set; `cargo xtask test` starts a server");
            return None;
        };
        let at = |url: &str| url.rsplit('@').next().unwrap().to_owned();
        let password = imap.split("cadet:").nth(1)?.split('@').next()?.to_owned();
        let database = variable("CADET_TEST_DATABASE").unwrap_or_else(|| "sqlite".into());
        Some(Self {
            user: format!("{test}-{database}-{}", std::process::id()),
            password,
            host: at(&imap),
            tls_host: at(&imaps),
            certificate,
        })
    }

    /// The source's address.
    pub fn address(&self, scheme: &str, folder: &str) -> String {
        let host = if scheme == "imaps" {
            &self.tls_host
        } else {
            &self.host
        };
        format!("{scheme}://{}@{host}/{folder}", self.user)
    }

    pub async fn create(&self, folder: &str) {
        self.say(&format!("CREATE {folder}"), None).await;
    }

    pub async fn delete(&self, folder: &str) {
        self.say(&format!("DELETE {folder}"), None).await;
    }

    pub async fn append(&self, folder: &str, mail: &str) {
        self.append_at(folder, mail, "\"21-Nov-2026 08:00:00 +0000\"")
            .await;
    }

    /// Puts a mail there as if it had come at a time.
    pub async fn append_at(&self, folder: &str, mail: &str, at: &str) {
        self.say(
            &format!("APPEND {folder} {at} {{{}}}", mail.len()),
            Some(mail),
        )
        .await;
    }

    /// The flags of a folder's mails, as the server writes them.
    pub async fn flags(&self, folder: &str) -> Vec<String> {
        let said = self.say_in(folder, "FETCH 1:* (UID FLAGS)").await;
        // Whether a mail is recent is told to whoever looks first; it is no flag that anybody sets.
        said.lines()
            .filter(|line| line.contains("FETCH"))
            .map(|line| line.replace("\\Recent", "").replace(' ', ""))
            .collect()
    }

    async fn say(&self, command: &str, literal: Option<&str>) -> String {
        let mut talk = Talk::begin(self).await;
        talk.say(command, literal).await
    }

    async fn say_in(&self, folder: &str, command: &str) -> String {
        let mut talk = Talk::begin(self).await;
        talk.say(&format!("EXAMINE {folder}"), None).await;
        talk.say(command, None).await
    }
}

/// A connection without encryption, signed in.
struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn begin(mailbox: &Mailbox) -> Self {
        let wire = TcpStream::connect(&mailbox.host)
            .await
            .expect("the server listens");
        let mut talk = Self(BufReader::new(wire));
        let mut greeting = String::new();
        talk.0.read_line(&mut greeting).await.unwrap();
        talk.say(
            &format!("LOGIN {} {}", mailbox.user, mailbox.password),
            None,
        )
        .await;
        talk
    }

    /// Says a command and gives all that is answered; the command must be carried out.
    async fn say(&mut self, command: &str, literal: Option<&str>) -> String {
        self.0
            .write_all(format!("a {command}\r\n").as_bytes())
            .await
            .unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).await.unwrap(),
                0,
                "{command}: {said}"
            );
            if line.starts_with('+') {
                let literal = literal.expect("only APPEND is asked to go on");
                self.0
                    .write_all(format!("{literal}\r\n").as_bytes())
                    .await
                    .unwrap();
                continue;
            }
            if let Some(done) = line.strip_prefix("a ") {
                assert!(done.starts_with("OK"), "{command}: {line}");
                return said;
            }
            said.push_str(&line);
        }
    }
}

/// An alert mail about one job.
pub fn alert(number: u32) -> String {
    format!(
        "From: LinkedIn Job Alerts <jobalerts-noreply@linkedin.com>\r\nTo: you@example.com\r\nSubject: New jobs\r\nDate: Sat, 21 Nov 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nYour job alert for backend intern\r\n\r\nBackend Intern {number}\r\nFennwick Labs {number}\r\nBerlin, Germany\r\nView job: https://www.linkedin.com/comm/jobs/view/430900000{number}/?otpToken=SECRET\r\n"
    )
}
