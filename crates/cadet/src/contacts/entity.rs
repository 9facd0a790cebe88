//! The tables of contacts.

/// A contact.
pub mod contact {
    use sea_orm::entity::prelude::*;

    /// A row of `contact`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// What stays the same in every vCard of it.
        pub uid: String,
        /// The name.
        pub name: String,
        /// The name, folded, to sort by.
        pub sort_name: String,
        /// Where they work.
        pub company: String,
        /// The same for comparison.
        pub company_key: String,
        /// What they do.
        pub role: String,
        /// Where they were met.
        pub met: Option<String>,
        /// More on that.
        pub met_note: String,
        /// Anything else.
        pub notes: String,
        /// Mail addresses as JSON.
        pub mails: String,
        /// Telephone numbers as JSON.
        pub phones: String,
        /// Web addresses as JSON.
        pub links: String,
        /// Kept lines of an imported vCard as JSON.
        pub other: String,
        /// What a search looks in, folded.
        pub search: String,
        /// The day of the next touch.
        pub next_touch_on: Option<String>,
        /// Why.
        pub next_touch_reason: String,
        /// The last conversation, ms.
        pub last_touch_at: Option<i64>,
        /// First written down, ms.
        pub created_at: i64,
        /// Last changed, ms.
        pub updated_at: i64,
        /// Removed since, ms; it can be brought back.
        pub removed_at: Option<i64>,
        /// The contact that it was joined to.
        pub merged_into: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An entry of a contact's log.
pub mod contact_entry {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_entry`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_entry")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// With whom.
        pub contact_id: i64,
        /// What kind of conversation.
        pub kind: String,
        /// When, ms.
        pub happened_at: i64,
        /// What was said.
        pub text: String,
        /// The first entry that this one corrects.
        pub corrects: Option<i64>,
        /// Whether it says that the first one never was.
        pub withdrawn: bool,
        /// When it was written, ms.
        pub created_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A promise.
pub mod contact_promise {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_promise`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_promise")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// With whom.
        pub contact_id: i64,
        /// `me` or `them`.
        pub owed_by: String,
        /// What.
        pub text: String,
        /// By when.
        pub due_on: Option<String>,
        /// When it was made, ms.
        pub created_at: i64,
        /// When it was kept, ms.
        pub done_at: Option<i64>,
        /// Removed since, ms.
        pub removed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a person wrote of a company.
pub mod contact_company {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_company`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_company")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The name for comparison.
        pub company_key: String,
        /// The name.
        pub name: String,
        /// What they wrote.
        pub notes: String,
        /// Web addresses as JSON.
        pub links: String,
        /// Last changed, ms.
        pub updated_at: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An event.
pub mod contact_event {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_event`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_event")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// What it is called.
        pub name: String,
        /// Where.
        pub place: String,
        /// Its page.
        pub url: String,
        /// When it begins, ms.
        pub starts_at: i64,
        /// When it ends, ms.
        pub ends_at: Option<i64>,
        /// IANA time zone of the place.
        pub time_zone: String,
        /// What to remember.
        pub notes: String,
        /// Written down, ms.
        pub created_at: i64,
        /// Removed since, ms.
        pub removed_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Somebody at an event.
pub mod contact_event_person {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_event_person`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_event_person")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Which event.
        pub event_id: i64,
        /// Who.
        pub contact_id: i64,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A joining of two contacts.
pub mod contact_merge {
    use sea_orm::entity::prelude::*;

    /// A row of `contact_merge`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_merge")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// The contact that stayed.
        pub kept_id: i64,
        /// The contact that went into it; none for a card of a file.
        pub gone_id: Option<i64>,
        /// What undoing needs, as JSON.
        pub before: String,
        /// When, ms.
        pub created_at: i64,
        /// Undone since, ms.
        pub undone_at: Option<i64>,
    }

    /// Nothing is joined through the ORM.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
