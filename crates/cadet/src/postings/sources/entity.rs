//! The tables of sources and of their polls.

/// Where postings come from.
pub mod source {
    use sea_orm::entity::prelude::*;

    /// A row of `source`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "source")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Connector, kebab-case.
        pub kind: String,
        /// What it reads.
        pub address: String,
        /// As shown.
        pub name: String,
        /// `active`, `paused`, `removed`.
        pub state: String,
        /// Who added it; nobody when the program did.
        pub added_by: Option<i64>,
        /// When, ms.
        pub added_at: i64,
        /// Minutes between polls.
        pub poll_minutes: i32,
        /// Next poll not before, ms.
        pub next_poll_at: i64,
        /// Last try, ms.
        pub last_polled_at: Option<i64>,
        /// Last success, ms.
        pub last_ok_at: Option<i64>,
        /// Being polled by one process until then at the latest, ms.
        pub polling_until: Option<i64>,
        /// For conditional requests, JSON.
        pub validators: Option<String>,
        /// Failures since the last success.
        pub failures: i32,
        /// Why the last poll failed, a `SourceError` as JSON.
        pub last_error: Option<String>,
        /// Records open there at the last success.
        pub open_count: i64,
        /// Where it says that it has moved, a `SourceAddress` as JSON.
        pub moved_to: Option<String>,
        /// Which fields its records usually fill, a `Profile` as JSON.
        pub profile: Option<String>,
        /// Minutes between polls by how often it changes.
        pub interval_minutes: Option<i32>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One look at a source.
pub mod poll {
    use sea_orm::entity::prelude::*;

    /// A row of `poll`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Of which source.
        pub source_id: i64,
        /// Begin, ms.
        pub started_at: i64,
        /// End, ms.
        pub finished_at: i64,
        /// `complete`, `partial`, `unchanged`, `failed`.
        pub outcome: String,
        /// Records read.
        pub found: i32,
        /// Of these, first seen.
        pub added: i32,
        /// Of these, changed.
        pub changed: i32,
        /// Gone or closed.
        pub closed: i32,
        /// There again.
        pub reopened: i32,
        /// Bytes received.
        pub bytes: i64,
        /// A `SourceError` as JSON.
        pub error: Option<String>,
        /// Records that could not be read, JSON list.
        pub problems: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that is or was wrong with a source.
pub mod source_notice {
    use sea_orm::entity::prelude::*;

    /// A row of `source_notice`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "source_notice")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Of which source.
        pub source_id: i64,
        /// A `NoticeKind` by its name.
        pub kind: String,
        /// What was seen last.
        pub detail: String,
        /// Since when, ms.
        pub since: i64,
        /// Seen last, ms.
        pub seen_at: i64,
        /// Over since, ms.
        pub ended_at: Option<i64>,
        /// The operator was told, ms.
        pub told_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
