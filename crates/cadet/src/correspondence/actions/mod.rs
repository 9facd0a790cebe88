//! What one can do with drafts and answers. Each acts on the caller's own.

mod drafts;
mod mailbox;
mod replies;
mod sending;

pub use drafts::{
    DraftAbout, draft_add, draft_attach, draft_begin, draft_detach, draft_get, draft_list,
    draft_remove, draft_restore, draft_update, drafts_of_application,
};
pub use mailbox::{mailbox_check, mailbox_get, mailbox_remove, mailbox_set, mailboxes_due};
pub use replies::{
    ReadReport, replies_open, replies_proposed_for, replies_read, reply_accept, reply_dismiss,
    reply_list, reply_restore,
};
pub use sending::{Look, draft_eml, draft_look, draft_mark_sent, draft_send, send_run};
