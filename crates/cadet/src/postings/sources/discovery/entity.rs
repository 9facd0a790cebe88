//! The tables of discovery.

/// A board that postings lead to.
pub mod discovered_board {
    use sea_orm::entity::prelude::*;

    /// A row of `discovered_board`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "discovered_board")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Kind and address in lower case.
        pub board_key: String,
        /// Connector, kebab-case.
        pub kind: String,
        /// What it reads.
        pub address: String,
        /// The employer's name.
        pub name: String,
        /// Postings that lead there.
        pub postings: i64,
        /// Of these, the open ones.
        pub open_postings: i64,
        /// Of the open ones, the backend internships.
        pub open_backend: i64,
        /// When a posting first led there, ms.
        pub first_seen_at: i64,
        /// When its counts were last worked out, ms.
        pub counted_at: i64,
        /// Dismissed since, ms.
        pub dismissed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a posting leads to a board.
pub mod discovered_link {
    use sea_orm::entity::prelude::*;

    /// A row of `discovered_link`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "discovered_link")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The board.
        pub board_id: i64,
        /// The posting.
        pub posting_id: i64,
        /// The source that told.
        pub source_id: i64,
        /// Whether the posting is open.
        pub is_open: bool,
        /// Whether it is a backend internship.
        pub is_backend: bool,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far the postings were looked through that were there before events told of them.
pub mod discovery_scan {
    use sea_orm::entity::prelude::*;

    /// A row of `discovery_scan`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "discovery_scan")]
    pub struct Model {
        /// The kinds of boards that were looked for.
        #[sea_orm(primary_key, auto_increment = false)]
        pub kinds: String,
        /// The last posting that was looked at.
        pub after_posting: i64,
        /// When the last one was done, ms.
        pub done_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
