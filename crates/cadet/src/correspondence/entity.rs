//! The tables of correspondence.

/// A mail that a person writes.
pub mod mail_draft {
    use sea_orm::entity::prelude::*;

    /// A row of `mail_draft`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_draft")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The contact that it is to.
        pub contact_id: Option<i64>,
        /// The application that it is about.
        pub application_id: Option<i64>,
        /// The posting that it is about.
        pub posting_id: Option<i64>,
        /// To whom, as JSON.
        pub to_list: String,
        /// Who gets a copy, as JSON.
        pub cc_list: String,
        /// The subject.
        pub subject: String,
        /// The text.
        pub body: String,
        /// Its identifier, without brackets.
        pub message_id: String,
        /// The mail that it answers.
        pub in_reply_to: Option<String>,
        /// What became of it.
        pub state: String,
        /// Why it was not sent.
        pub error: Option<String>,
        /// Begun, ms.
        pub created_at: i64,
        /// Last changed, ms.
        pub updated_at: i64,
        /// When the person said that it shall go, ms.
        pub approved_at: Option<i64>,
        /// When it went, ms.
        pub sent_at: Option<i64>,
        /// Removed since, ms.
        pub removed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A file that goes with a draft.
pub mod mail_attachment {
    use sea_orm::entity::prelude::*;

    /// A row of `mail_attachment`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_attachment")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// With which.
        pub draft_id: i64,
        /// The file's name.
        pub name: String,
        /// The media type.
        pub media_type: String,
        /// Bytes.
        pub size: i64,
        /// Where it came from.
        pub origin: String,
        /// What is in it.
        pub bytes: Vec<u8>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A folder that is read for answers.
pub mod reply_mailbox {
    use sea_orm::entity::prelude::*;

    /// A row of `reply_mailbox`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reply_mailbox")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// `imaps://user@host/Folder`.
        pub address: String,
        /// How far it was read, as JSON.
        pub mark: Option<String>,
        /// Named, ms.
        pub created_at: i64,
        /// Read last, ms.
        pub checked_at: Option<i64>,
        /// What was wrong then.
        pub error: Option<String>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An employer's answer with a proposal.
pub mod mail_reply {
    use sea_orm::entity::prelude::*;

    /// A row of `mail_reply`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_reply")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// What tells the mail from others.
        pub message_key: String,
        /// Who wrote.
        pub from_name: String,
        /// Their address.
        pub from_address: String,
        /// The subject, without codes.
        pub subject: String,
        /// When it came, ms.
        pub received_at: i64,
        /// What it says.
        pub kind: String,
        /// The sentence that says so.
        pub quote: String,
        /// Reasons as JSON.
        pub why: String,
        /// The application that it is about.
        pub application_id: Option<i64>,
        /// The contact who wrote.
        pub contact_id: Option<i64>,
        /// What the person did with it.
        pub state: String,
        /// Read, ms.
        pub created_at: i64,
        /// Accepted or dismissed, ms.
        pub decided_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
