//! The servers that tests talk to, and the environment variables that tell the tests where they are.

use std::process::Command;

use anyhow::Result;

use crate::dovecot::Dovecot;
use crate::postgres::{Durability, Postgres};
use crate::report::Report;
use crate::shell;
use crate::smtp::Smtp;

/// Address of a PostgreSQL server on which tests may create databases.
pub const POSTGRES: &str = "CADET_TEST_POSTGRES";
/// Address, user and password of a mail server without encryption.
pub const SMTP: &str = "CADET_TEST_SMTP";

/// Address and password of an IMAP server on which every user exists.
pub const IMAP: &str = "CADET_TEST_IMAP";

/// Servers that run, and their variables. Dropping it stops them.
#[derive(Default)]
pub struct Services {
    variables: Vec<(&'static str, String)>,
    postgres: Option<Postgres>,
    smtp: Option<Smtp>,
    imap: Option<Dovecot>,
}

impl Services {
    /// Starts all of them, each as a stage of `report`. One that cannot start is missing, and the others run.
    pub fn start(report: &mut Report) -> Self {
        let mut services = Self::default();
        report.stage("start PostgreSQL", |_| services.start_postgres());
        report.stage("start SMTP server", |_| services.start_smtp());
        report.stage("start IMAP server", |_| services.start_imap());
        services
    }

    fn start_postgres(&mut self) -> Result<()> {
        if let Some(url) = shell::environment(POSTGRES) {
            println!("using the server that {POSTGRES} names");
            self.variables.push((POSTGRES, url));
            return Ok(());
        }
        let postgres = Postgres::start(Durability::Off)?;
        println!("{}", postgres.url);
        self.variables.push((POSTGRES, postgres.url.clone()));
        self.postgres = Some(postgres);
        Ok(())
    }

    fn start_smtp(&mut self) -> Result<()> {
        let smtp = Smtp::start()?;
        println!("{}", smtp.listening.smtp);
        self.variables.extend([
            (SMTP, smtp.listening.smtp.clone()),
            ("CADET_TEST_SMTP_STARTTLS", smtp.listening.starttls.clone()),
            ("CADET_TEST_SMTPS", smtp.listening.smtps.clone()),
            (
                "CADET_TEST_SMTP_CERTIFICATE",
                smtp.listening.certificate.clone(),
            ),
            (
                "CADET_TEST_SMTP_DIR",
                smtp.dir().to_string_lossy().into_owned(),
            ),
        ]);
        self.smtp = Some(smtp);
        Ok(())
    }

    fn start_imap(&mut self) -> Result<()> {
        let imap = Dovecot::start()?;
        println!("{}", imap.imap);
        self.variables.extend([
            (IMAP, imap.imap.clone()),
            ("CADET_TEST_IMAPS", imap.imaps.clone()),
            (
                "CADET_TEST_IMAP_CERTIFICATE",
                imap.certificate.to_string_lossy().into_owned(),
            ),
        ]);
        self.imap = Some(imap);
        Ok(())
    }

    /// Whether a PostgreSQL server is there.
    pub fn has_postgres(&self) -> bool {
        self.variables.iter().any(|(name, _)| *name == POSTGRES)
    }

    /// Tells `command` where the servers are.
    pub fn tell(&self, command: &mut Command) {
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
    }
}

/// Starts the servers, prints their variables as shell commands, and waits until Ctrl-C.
pub fn hold() -> Result<()> {
    let mut report = Report::default();
    let services = Services::start(&mut report);
    println!();
    for (name, value) in &services.variables {
        println!("export {name}='{value}'");
    }
    println!("\nPress Ctrl-C to stop them.");
    loop {
        // The handler of signals stops the servers and ends the program.
        std::thread::park();
    }
}
