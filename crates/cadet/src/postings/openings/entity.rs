//! The tables of openings.

/// What is compared of a posting; derived.
pub mod feature {
    use sea_orm::entity::prelude::*;

    /// A row of `opening_feature`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_feature")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub posting_id: i64,
        /// [`Features`](crate::postings::openings::features::Features), JSON.
        pub features: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A key under which alike postings are found; derived.
pub mod band {
    use sea_orm::entity::prelude::*;

    /// A row of `opening_band`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_band")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub band: i64,
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub posting_id: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Two postings that the rules hold to be one opening.
pub mod link {
    use sea_orm::entity::prelude::*;

    /// A row of `opening_link`.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_link")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The posting with the smaller number.
        pub first_id: i64,
        /// The other.
        pub second_id: i64,
        /// How sure, 0 to 1.
        pub score: f64,
        /// Why, JSON list of texts.
        pub reasons: String,
        /// When it was found, ms.
        pub at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody said of two postings.
pub mod decision {
    use sea_orm::entity::prelude::*;

    /// A row of `opening_decision`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_decision")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// The posting with the smaller number.
        pub first_id: i64,
        /// The other.
        pub second_id: i64,
        /// The posting that was taken out or put in; with `at`, what was decided at once.
        pub about_id: i64,
        /// Whether they are one opening.
        pub same: bool,
        /// Who said so; the program itself for nobody.
        pub account_id: Option<i64>,
        /// When, ms.
        pub at: i64,
        /// No longer valid since, ms.
        pub undone_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far the event log was compared: one row.
pub mod progress {
    use sea_orm::entity::prelude::*;

    /// A row of `opening_progress`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opening_progress")]
    pub struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// The last event that was looked at.
        pub event_id: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
