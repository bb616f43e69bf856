//! The tables' versions. A migration that was ever released is never edited: the database remembers its checksum.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// All migrations of the SQLite store.
pub fn sqlite() -> Migrator {
    let simple = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        simple(1, "log and accounts", include_str!("migrations/0001_log.sql")),
        simple(2, "key", include_str!("migrations/0002_key.sql")),
        simple(4, "contact", include_str!("migrations/0004_contact.sql")),
        simple(5, "files", include_str!("migrations/0005_blob.sql")),
        simple(6, "denials", include_str!("migrations/0006_denial.sql")),
    ])
}
