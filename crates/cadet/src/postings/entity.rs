//! The tables of postings.

/// One opening.
pub mod posting {
    use sea_orm::entity::prelude::*;

    /// A row of `posting`.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "posting")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        /// The title, as shown.
        pub title: String,
        /// The employer, as shown.
        pub company: String,
        /// The employer, for comparison.
        pub company_key: String,
        /// A `NormalPosting` as JSON, without the texts that have columns.
        pub data: String,
        /// The text as safe HTML; empty where `description_markup` has it.
        pub description_html: String,
        /// The text, plain.
        pub description_text: String,
        /// How much the source that the fields come from is trusted.
        pub source_rank: i32,
        /// Posted, ms.
        pub posted_at: Option<i64>,
        /// Last day to apply, ms.
        pub deadline_at: Option<i64>,
        /// First seen by Cadet, ms.
        pub first_seen_at: i64,
        /// Last seen in a source, ms.
        pub last_seen_at: i64,
        /// Last change of what is shown, ms.
        pub changed_at: i64,
        /// Closed since, ms.
        pub closed_at: Option<i64>,
        /// Open, but surely listed nowhere since, ms.
        pub suspect_since: Option<i64>,
        /// The opening that it tells of: the number of the first posting of that.
        pub opening_id: i64,
        /// The text as safe HTML, packed against the plain text as `packing` says. None in rows of before.
        #[sea_orm(column_type = "Blob", nullable)]
        pub description_markup: Option<Vec<u8>>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What identifies an opening.
pub mod posting_key {
    use sea_orm::entity::prelude::*;

    /// A row of `posting_key`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posting_key")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        /// Whose.
        pub posting_id: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened to an opening.
pub mod posting_event {
    use sea_orm::entity::prelude::*;

    /// A row of `posting_event`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posting_event")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub posting_id: i64,
        /// When, ms.
        pub at: i64,
        /// `changed`, `suspected`, `listed-again`, `closed`, `reopened`, `merged`.
        pub kind: String,
        /// What exactly, JSON.
        pub detail: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A text that was replaced.
pub mod posting_text {
    use sea_orm::entity::prelude::*;

    /// A row of `posting_text`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posting_text")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub posting_id: i64,
        /// Until when it stood, ms.
        pub replaced_at: i64,
        /// The text as HTML and plain, JSON compressed by zstd.
        #[sea_orm(column_type = "Blob")]
        pub body: Vec<u8>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One record of one source.
pub mod sighting {
    use sea_orm::entity::prelude::*;

    /// A row of `sighting`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sighting")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Where it was seen.
        pub source_id: i64,
        /// The source's id for it.
        pub external_id: String,
        /// Which opening it is.
        pub posting_id: i64,
        /// Its page.
        pub url: String,
        /// Title there.
        pub title: String,
        /// Employer there.
        pub company: String,
        /// Places there, JSON list of locations.
        pub locations: String,
        /// Hash of the record, to see changes.
        pub content_hash: i64,
        /// `open`, `closed`, `hidden`: what the source says.
        pub listing: String,
        /// The record, JSON packed as `packing` says, maybe against the posting's HTML.
        #[sea_orm(column_type = "Blob")]
        pub raw: Vec<u8>,
        /// First seen there, ms.
        pub first_seen_at: i64,
        /// Last seen there, ms.
        pub last_seen_at: i64,
        /// Not there any more since, ms.
        pub gone_at: Option<i64>,
        /// `open`, `suspect`, `closed`: what is believed of it.
        pub standing: String,
        /// Not listed as open since, ms.
        pub doubted_since: Option<i64>,
        /// Returned last, ms.
        pub reopened_at: Option<i64>,
        /// Returned the time before, ms.
        pub reopened_before_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An opening that somebody keeps.
pub mod saved_posting {
    use sea_orm::entity::prelude::*;

    /// A row of `saved_posting`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_posting")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Who keeps it.
        pub account_id: i64,
        /// What is kept.
        pub posting_id: i64,
        /// Since, ms.
        pub saved_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
