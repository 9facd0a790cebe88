//! The tables of matching; all of it is derived.

/// Declares a table of which nothing is reached through the ORM.
macro_rules! table {
    ($(#[$doc:meta])* $module:ident, $name:literal, { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use sea_orm::entity::prelude::*;

            /// A row.
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                $($(#[$field_doc])* pub $field: $kind,)*
            }

            /// Nothing is joined through the ORM.
            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

table!(
    /// What each open posting asks for.
    requirement, "posting_requirement", {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        posting_id: i64,
        /// Its last change: grows over all postings.
        version: i64,
        /// The compact form; empty for a posting that is not open.
        #[sea_orm(column_type = "Blob")]
        needs: Vec<u8>,
    }
);
table!(
    /// How far the event log was read for requirements: one row.
    position, "match_position", {
        /// 1.
        #[sea_orm(primary_key, auto_increment = false)]
        id: i64,
        /// Under which rules requirements were read.
        rules: String,
        /// The last event that was looked at.
        event_id: i64,
        /// While everything is read anew: the last posting that was.
        filled_after: Option<i64>,
        /// The last change of a requirement.
        version: i64,
    }
);
table!(
    /// Of what a person's scores were made.
    state, "match_state", {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        account_id: i64,
        /// The fingerprint of what was known of the person.
        basis: String,
        /// The last change of a requirement that is in them.
        requirement_version: i64,
        /// Their last change.
        version: i64,
        /// When, ms.
        computed_at: i64,
    }
);
table!(
    /// A person's scores, many postings to a row.
    scores, "posting_match", {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        account_id: i64,
        /// Numbers of postings, divided by how many stand in a row.
        #[sea_orm(primary_key, auto_increment = false)]
        page: i64,
        /// The scores, packed.
        #[sea_orm(column_type = "Blob")]
        entries: Vec<u8>,
    }
);
