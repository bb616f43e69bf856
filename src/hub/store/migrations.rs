//! The tables' versions. A migration that was ever released is never edited: the database remembers its checksum.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// All migrations of the SQLite store.
pub fn sqlite() -> Migrator {
    Migrator::with_migrations(vec![Migration::new(
        1,
        "log and accounts".into(),
        MigrationType::Simple,
        include_str!("migrations/0001_log.sql").into_sql_str(),
        false,
    )])
}
