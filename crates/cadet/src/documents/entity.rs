//! The tables of documents. A posting's number 0 stands for no posting in particular, so that a row is unique on every database.

/// A stored version of a document.
pub mod document {
    use sea_orm::entity::prelude::*;

    /// A row of `document`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "document")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// For which posting; 0: none.
        pub posting_id: i64,
        /// `resume`, `letter`...
        pub kind: String,
        /// From 1 for each kind and posting.
        pub version: i32,
        /// What it is called.
        pub title: String,
        /// Title and company in lower case, for the list's search.
        pub search_text: String,
        /// The template.
        pub template: String,
        /// `a4` or `us-letter`.
        pub paper: String,
        /// ISO 639-1.
        pub language: String,
        /// The content as JSON.
        pub content: String,
        /// SHA-256 of `content`.
        pub sha256: String,
        /// Made, ms.
        pub made_at: i64,
        /// Removed since, ms; it can be brought back.
        pub removed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a person decided about an entry or a bullet.
pub mod decision {
    use sea_orm::entity::prelude::*;

    /// A row of `document_decision`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "document_decision")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// For which posting; 0: all.
        pub posting_id: i64,
        /// The entry or bullet.
        pub entry_id: String,
        /// `always` or `never`.
        pub show: Option<String>,
        /// Its place among its neighbours, from 1.
        pub place: Option<i32>,
        /// The wording to use.
        pub wording: Option<String>,
        /// When, ms.
        pub decided_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A paragraph of letters.
pub mod paragraph {
    use sea_orm::entity::prelude::*;

    /// A row of `letter_paragraph`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "letter_paragraph")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// `letter`, `thanks`...
        pub kind: String,
        /// ISO 639-1.
        pub language: String,
        /// `subject`, `salutation`, `body`, `closing`.
        pub part: String,
        /// Its place in the part.
        pub position: i32,
        /// Conditions, with commas between.
        pub conditions: String,
        /// The words.
        pub text: String,
        /// Ids of entries as JSON.
        pub sources: String,
        /// Whether it is as it came with the program.
        pub is_starter: bool,
        /// Changed, ms.
        pub changed_at: i64,
        /// Removed since, ms.
        pub removed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A wording that a language model proposed.
pub mod proposal {
    use sea_orm::entity::prelude::*;

    /// A row of `wording_proposal`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "wording_proposal")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The bullet.
        pub entry_id: String,
        /// The proposed wording.
        pub text: String,
        /// The model's name.
        pub model: String,
        /// What the gate refused of it, as JSON.
        pub refusals: String,
        /// When, ms.
        pub proposed_at: i64,
        /// Approved or declined, ms.
        pub decided_at: Option<i64>,
        /// Whether it was approved.
        pub is_approved: bool,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
