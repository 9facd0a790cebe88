//! The tables of alerts.

/// A saved search.
pub mod saved_search {
    use sea_orm::entity::prelude::*;

    /// A row of `saved_search`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_search")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// What its owner calls it.
        pub name: String,
        /// The query part of an address.
        pub query: String,
        /// `at-once`, `daily` or `weekly`.
        pub schedule: String,
        /// The full hour.
        pub hour: i32,
        /// 1 for Monday to 7.
        pub weekday: i32,
        /// IANA time zone.
        pub time_zone: String,
        /// Channels as JSON.
        pub channels: String,
        /// The secret part of the feeds' addresses.
        pub feed_token: String,
        /// The secret part of the address that turns mail off.
        pub unsubscribe_token: String,
        /// Made, ms.
        pub created_at: i64,
        /// The last event looked at.
        pub seen_event_id: i64,
        /// When something was last found, ms.
        pub last_run_at: Option<i64>,
        /// When what has gathered is delivered, ms.
        pub next_due_at: Option<i64>,
        /// Paused since, ms.
        pub paused_at: Option<i64>,
        /// Removed since, ms; it can be brought back for some days.
        pub removed_at: Option<i64>,
        /// Its last change: grows over all saved searches, in the order in which changes commit.
        pub version: i64,
        /// The search has yet to be asked alone of the events after this one, up to those that all were asked of.
        pub lag_event_id: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far the event log was read for all saved searches.
pub mod alert_position {
    use sea_orm::entity::prelude::*;

    /// The only row of `alert_position`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "alert_position")]
    pub struct Model {
        /// 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        /// The last event of which all saved searches were asked.
        pub event_id: i64,
        /// The last change of a saved search.
        pub version: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A posting that a saved search found.
pub mod alert_match {
    use sea_orm::entity::prelude::*;

    /// A row of `alert_match`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "alert_match")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// Which saved search.
        pub saved_search_id: i64,
        /// Which posting.
        pub posting_id: i64,
        /// When, ms.
        pub matched_at: i64,
        /// Why, as a JSON list of sentences.
        pub reasons: String,
        /// The first delivery that carries it; null while it waits.
        pub delivery_id: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One alert over one channel.
pub mod delivery {
    use sea_orm::entity::prelude::*;

    /// A row of `delivery`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "delivery")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// Which saved search.
        pub saved_search_id: i64,
        /// The delivery that the matches are written to; null: this one.
        pub batch_id: Option<i64>,
        /// `mail`, `webhook` or `feed`.
        pub channel: String,
        /// The address.
        pub target: String,
        /// `pending`, `delivered` or `failed`.
        pub state: String,
        /// Tries.
        pub attempts: i32,
        /// Postings; 0 for a test.
        pub posting_count: i32,
        /// Why the last try failed.
        pub error: Option<String>,
        /// Made, ms.
        pub created_at: i64,
        /// Delivered or given up, ms.
        pub finished_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
