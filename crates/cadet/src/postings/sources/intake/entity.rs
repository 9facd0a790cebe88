//! The tables of intakes.

/// Boards that are added together.
pub mod source_intake {
    use sea_orm::entity::prelude::*;

    /// A row of `source_intake`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "source_intake")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Who adds them; nobody when the program does.
        pub added_by: Option<i64>,
        /// Where they were chosen.
        pub origin: String,
        /// When, ms.
        pub started_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One board of an intake.
pub mod source_intake_item {
    use sea_orm::entity::prelude::*;

    /// A row of `source_intake_item`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "source_intake_item")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Of which intake.
        pub intake_id: i64,
        /// Connector, kebab-case.
        pub kind: String,
        /// What it reads.
        pub address: String,
        /// The employer's name.
        pub name: String,
        /// `waiting`, `added`, `known`, `failed`.
        pub stage: String,
        /// The source that it became, or was already.
        pub source_id: Option<i64>,
        /// Postings found by the first reading.
        pub found: i64,
        /// Why it could not be read, a `SourceError` as JSON.
        pub error: Option<String>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
