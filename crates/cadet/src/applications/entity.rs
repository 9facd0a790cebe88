//! The tables of applications.

/// What the log of an application says now: made from the log, and rebuilt from it.
pub mod application {
    use sea_orm::entity::prelude::*;

    /// A row of `application`.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "application")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// For which posting.
        pub posting_id: Option<i64>,
        /// The employer.
        pub company: String,
        /// The position.
        pub title: String,
        /// Where.
        pub place: String,
        /// How it was found.
        pub source: String,
        /// What is searched: company, title, place and source in small letters.
        pub search: String,
        /// Its stage.
        pub stage: String,
        /// There since, ms.
        pub stage_since: i64,
        /// Sent, ms.
        pub applied_at: Option<i64>,
        /// First answered, ms.
        pub answered_at: Option<i64>,
        /// First recorded, ms.
        pub created_at: i64,
        /// Last recorded, ms.
        pub changed_at: i64,
        /// Whether it is put away.
        pub archived: bool,
        /// Sleeps until, ms.
        pub snoozed_until: Option<i64>,
        /// The last instant to apply, ms.
        pub deadline_at: Option<i64>,
        /// The greatest instant of everything with a date, ms.
        pub last_date_at: Option<i64>,
        /// How well the posting fitted when it was sent.
        pub score: Option<f64>,
        /// Which version of which document was sent.
        pub document: Option<String>,
        /// How many entries the log has.
        pub events: i32,
        /// The stages that it went to, each with when.
        pub path: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the log says now, whole.
pub mod application_state {
    use sea_orm::entity::prelude::*;

    /// A row of `application_state`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_state")]
    pub struct Model {
        /// Of which application.
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: i64,
        /// The state as JSON.
        pub state: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The log.
pub mod application_event {
    use sea_orm::entity::prelude::*;

    /// A row of `application_event`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_event")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// Of which application.
        pub application_id: i64,
        /// The kind's name.
        pub kind: String,
        /// When it happened, ms.
        pub at: i64,
        /// When it was recorded, ms.
        pub recorded_at: i64,
        /// Recorded together with others of the same batch.
        pub batch: Option<String>,
        /// What it says, as JSON.
        pub change: String,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is to be done, from when until when: made from the state.
pub mod application_due {
    use sea_orm::entity::prelude::*;

    /// A row of `application_due`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_due")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// For which application.
        pub application_id: i64,
        /// Tells it from the application's others.
        pub key: String,
        /// Told from, ms.
        pub from_at: i64,
        /// To be done until, ms; the greatest number when there is no such instant.
        pub due_at: i64,
        /// Told until, ms; the greatest number when it does not end.
        pub until_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Files that are frozen with applications.
pub mod application_file {
    use sea_orm::entity::prelude::*;

    /// A row of `application_file`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_file")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// With which application.
        pub application_id: i64,
        /// `resume`, `letter`, `posting` or `other`.
        pub role: String,
        /// Its name.
        pub name: String,
        /// Its media type.
        pub media_type: String,
        /// SHA-256 of the content, in hexadecimal.
        pub sha256: String,
        /// Length of the content.
        pub bytes: i64,
        /// When, ms.
        pub frozen_at: i64,
        /// The content.
        pub content: Vec<u8>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody chose for their applications.
pub mod application_choice {
    use sea_orm::entity::prelude::*;

    /// A row of `application_choice`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_choice")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: i64,
        /// Names of stages, as JSON.
        pub labels: String,
        /// Weights of what offers are judged by, as JSON.
        pub weights: String,
        /// Applications a week to aim at; 0: none.
        pub weekly_goal: i32,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The calendars that can be subscribed.
pub mod calendar_feed {
    use sea_orm::entity::prelude::*;

    /// A row of `calendar_feed`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_feed")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: i64,
        /// SHA-256 of the secret part of the address, in hexadecimal.
        pub secret_hash: String,
        /// Whether tasks are in it.
        pub tasks: bool,
        /// Made, ms.
        pub created_at: i64,
        /// Last read, ms.
        pub read_at: Option<i64>,
        /// What its owner calls it.
        pub note: Option<String>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
