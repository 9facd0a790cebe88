//! The tables of evidence.

/// The ledger.
pub mod evidence {
    use sea_orm::entity::prelude::*;

    /// A row of `evidence`.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The skill's id.
        pub skill: String,
        /// The kind's name.
        pub kind: String,
        /// From 0 to 1.
        pub strength: f64,
        /// When it happened, ms.
        pub at: i64,
        /// When it was written down, ms.
        pub recorded_at: i64,
        /// What it is.
        #[sea_orm(column_type = "Text")]
        pub statement: String,
        /// How to check it again.
        #[sea_orm(column_type = "Text")]
        pub check_again: String,
        /// Where it can be seen.
        #[sea_orm(column_type = "Text", nullable)]
        pub link: Option<String>,
        /// The profile's entry.
        pub entry: Option<String>,
        /// The row that this one replaces.
        pub supersedes_id: Option<i64>,
        /// Whether it says that what it replaces no longer holds.
        pub withdrawn: bool,
        /// What it was read from: `statement`, `profile`, `repository:HASH`, `public:ADDRESS`.
        pub origin: String,
        /// [`Proof`](super::super::model::Proof), JSON.
        #[sea_orm(column_type = "Text", nullable)]
        pub proof: Option<String>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Scans of repositories: how they go, and what they found.
pub mod scan {
    use sea_orm::entity::prelude::*;

    /// A row of `evidence_scan`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence_scan")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The folder.
        #[sea_orm(column_type = "Text")]
        pub path: String,
        /// The author's mail addresses, JSON.
        #[sea_orm(column_type = "Text")]
        pub emails: String,
        /// `waiting`, `running`, `done`, `failed`.
        pub stage: String,
        /// How many commits were looked at.
        pub looked_at: i64,
        /// How many of them are the author's.
        pub found: i64,
        /// What the repository tells, JSON.
        #[sea_orm(column_type = "Text", nullable)]
        pub facts: Option<String>,
        /// Why it failed.
        #[sea_orm(column_type = "Text", nullable)]
        pub error: Option<String>,
        /// Begun, ms.
        pub started_at: i64,
        /// Ended, ms.
        pub finished_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
