//! The schema, step by step. A migration that has been released is never changed; a new one is added below it.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod m20261123_000001_foundation;
mod m20261126_000002_openings;
mod m20261126_000003_lifecycle;
mod m20261126_000006_percolator;
mod m20261126_000007_discovery;
mod m20261126_000010_profile;
mod m20261126_000011_evidence;
mod m20261126_000012_documents;
mod m20261126_000013_applications;
mod m20261126_000014_contacts;
mod m20261126_000015_markup;

/// Runs the migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_foundation::Migration),
            Box::new(m20261126_000002_openings::Migration),
            Box::new(m20261126_000003_lifecycle::Migration),
            Box::new(m20261126_000006_percolator::Migration),
            Box::new(m20261126_000007_discovery::Migration),
            Box::new(m20261126_000010_profile::Migration),
            Box::new(m20261126_000011_evidence::Migration),
            Box::new(m20261126_000012_documents::Migration),
            Box::new(m20261126_000013_applications::Migration),
            Box::new(m20261126_000014_contacts::Migration),
            Box::new(m20261126_000015_markup::Migration),
        ]
    }
}
