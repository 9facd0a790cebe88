//! The tables of profiles.

/// Which revision is an account's profile.
pub mod profile {
    use sea_orm::entity::prelude::*;

    /// A row of `profile`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: i64,
        /// The revision that counts; none before the first one.
        pub revision_id: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What profiles were.
pub mod profile_revision {
    use sea_orm::entity::prelude::*;

    /// A row of `profile_revision`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_revision")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The revision that it was made from; none: from an empty profile.
        pub parent_id: Option<i64>,
        /// After undoing and redoing: the revision whose content this is; 0 for the empty profile.
        pub shows_id: Option<i64>,
        /// After undoing: the revision that redoing leads to in the end.
        pub redo_id: Option<i64>,
        /// What made it.
        pub origin: String,
        /// The page of the editor that it was made in.
        pub session: Option<String>,
        /// What it is about, in words.
        pub note: String,
        /// The profile as JSON.
        #[sea_orm(column_type = "Text")]
        pub content: String,
        /// It was kept beside the profile, because the profile had changed meanwhile.
        pub is_aside: bool,
        /// A later revision of the same sitting stands for it; it goes after some days.
        pub is_passing: bool,
        /// When the sitting began, ms.
        pub begun_at: i64,
        /// When it was written, ms.
        pub created_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Files that were read and wait to be taken over.
pub mod profile_import {
    use sea_orm::entity::prelude::*;

    /// A row of `profile_import`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "profile_import")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The file's name.
        pub file_name: String,
        /// The file.
        pub file: Vec<u8>,
        /// `reading`, `read` or `failed`.
        pub stage: String,
        /// Which kind of file it is.
        pub kind: Option<String>,
        /// Its text, to be compared with what was understood.
        #[sea_orm(column_type = "Text")]
        pub original: String,
        /// The profile that was read, with the corrections since, as JSON.
        #[sea_orm(column_type = "Text", nullable)]
        pub understood: Option<String>,
        /// What the reader has to say, as JSON.
        #[sea_orm(column_type = "Text")]
        pub report: String,
        /// Why it could not be read.
        #[sea_orm(column_type = "Text", nullable)]
        pub error: Option<String>,
        /// Grows with each correction.
        pub version: i32,
        /// When it was uploaded, ms.
        pub created_at: i64,
        /// When it last changed, ms.
        pub changed_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
