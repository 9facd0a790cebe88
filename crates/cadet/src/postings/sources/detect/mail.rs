//! What a mailbox's address, a mail, or a folder of mails means.

use std::path::Path;

use super::{Candidate, count};
use crate::postings::sources::connector::{FetchContext, Source as _};
use crate::postings::sources::mail::address::MailboxAddress;
use crate::postings::sources::mail::session::Session;
use crate::postings::sources::mail::{Mail, is_mail, is_mail_folder};
use crate::postings::sources::model::{SourceAddress, SourceError, SourceKind};

/// Bytes of a file that show whether it is a mail.
const HEAD: usize = 4096;

/// Signs in to a mailbox and opens its folder, so that what is wrong is told at once.
pub(super) async fn mailbox(ctx: &FetchContext, input: &str) -> Result<Candidate, SourceError> {
    let mailbox = MailboxAddress::parse(input)?;
    let session = Session::open(ctx, &mailbox).await?;
    let exists = session.exists;
    session.close().await;
    let mails = match exists {
        1 => "1 mail".to_owned(),
        many => format!("{many} mails"),
    };
    Ok(Candidate {
        name: Some(format!("{} of {}", mailbox.folder, mailbox.user)),
        why: format!(
            "the folder {} of {}, with {mails}; it is only read, nothing in it is changed",
            mailbox.folder, mailbox.user
        ),
        address: SourceAddress {
            kind: SourceKind::Mail,
            address: mailbox.to_string(),
        },
    })
}

/// Whether a path is a mail, an mbox, or a folder of mails.
pub(super) fn holds_mails(path: &Path) -> bool {
    if path.is_dir() {
        return is_mail_folder(path);
    }
    let mut head = Vec::with_capacity(HEAD);
    let read = std::fs::File::open(path).and_then(|file| {
        std::io::Read::read_to_end(&mut std::io::Read::take(file, HEAD as u64), &mut head)
    });
    read.is_ok() && is_mail(&head, &path.to_string_lossy())
}

/// Reads mails of this machine.
pub(super) async fn of_path(ctx: &FetchContext, path: &Path) -> Result<Candidate, SourceError> {
    let address = SourceAddress {
        kind: SourceKind::Mail,
        address: path.display().to_string(),
    };
    let fetched = Mail.fetch(ctx, &address, None).await?;
    let what = if path.is_dir() {
        "a folder of mails"
    } else {
        "a file of mails"
    };
    Ok(Candidate {
        name: fetched.name,
        why: format!("{what} with {}", count(fetched.postings.len())),
        address,
    })
}
