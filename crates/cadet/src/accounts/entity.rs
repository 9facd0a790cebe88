//! The tables of accounts and of the ways to sign in. Secrets are stored as the hex SHA-256 of what their owner holds.

/// Somebody who uses this Cadet.
pub mod account {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Lower-case address; empty for the single-user account.
        pub email: Option<String>,
        /// The name shown.
        pub name: String,
        /// The role's name.
        pub role: String,
        /// A PHC string.
        pub password_hash: Option<String>,
        /// [`super::super::model::Settings`] as JSON.
        #[sea_orm(column_type = "Text")]
        pub settings: String,
        /// In ms since the epoch.
        pub created_at: i64,
        /// Since when it cannot sign in, in ms since the epoch.
        pub disabled_at: Option<i64>,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A browser that is signed in.
pub mod session {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// Hash of the cookie's value.
        pub token_hash: String,
        /// The browser, as it names itself, shortened.
        pub user_agent: String,
        /// The address at sign-in.
        pub address: String,
        /// In ms since the epoch.
        pub created_at: i64,
        /// In ms since the epoch, correct to a few minutes.
        pub last_seen_at: i64,
        /// In ms since the epoch.
        pub expires_at: i64,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A link that signs in once.
pub mod login_link {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "login_link")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whom it signs in.
        pub account_id: i64,
        /// Hash of the link's secret.
        pub token_hash: String,
        /// In ms since the epoch.
        pub expires_at: i64,
        /// In ms since the epoch.
        pub used_at: Option<i64>,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A link with which somebody makes an account.
pub mod invitation {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Hash of the link's secret.
        pub token_hash: String,
        /// The only address that may be used with it, if set.
        pub email: Option<String>,
        /// The role of the new account.
        pub role: String,
        /// Who invited.
        pub account_id: i64,
        /// In ms since the epoch.
        pub created_at: i64,
        /// In ms since the epoch.
        pub expires_at: i64,
        /// In ms since the epoch.
        pub accepted_at: Option<i64>,
        /// The account that came of it.
        pub accepted_by: Option<i64>,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A personal access token.
pub mod api_token {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// Whose.
        pub account_id: i64,
        /// What its owner calls it.
        pub name: String,
        /// The first characters of the secret, to recognise it by.
        pub prefix: String,
        /// Hash of the whole secret.
        pub token_hash: String,
        /// Names of the scopes with a blank between.
        pub scopes: String,
        /// In ms since the epoch.
        pub created_at: i64,
        /// In ms since the epoch.
        pub expires_at: Option<i64>,
        /// In ms since the epoch, correct to a minute.
        pub last_used_at: Option<i64>,
        /// In ms since the epoch.
        pub revoked_at: Option<i64>,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A try to sign in with a password.
pub mod login_attempt {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "login_attempt")]
    pub struct Model {
        /// Its number.
        #[sea_orm(primary_key)]
        pub id: i64,
        /// What is throttled: `account:ADDRESS` or `address:IP`.
        pub subject: String,
        /// In ms since the epoch.
        pub at: i64,
        /// Whether it was the right password.
        pub succeeded: bool,
    }

    /// Queries name their joins themselves.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
