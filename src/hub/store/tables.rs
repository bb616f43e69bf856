//! Facts as rows of the tables that people look into: documents, persons, appointments.
//!
//! Portable SQL only; each statement runs inside the batch's transaction.

use sqlx::{Sqlite, Transaction};

use crate::domain::Fact;

/// Writes what a fact says beside its entry.
pub async fn follow(tx: &mut Transaction<'_, Sqlite>, number: i64, fact: &Fact) -> Result<(), sqlx::Error> {
    match fact {
        Fact::Doc { id, kind, subject, audience, writers, origin } => {
            let writers: Vec<String> = writers.iter().map(ToString::to_string).collect();
            sqlx::query(
                "INSERT INTO doc (id, number, kind, subject, audience, writers, origin) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (id) DO NOTHING",
            )
            .bind(id.to_bytes().to_vec())
            .bind(number)
            .bind(kind.word())
            .bind(subject.map(|id| id.to_bytes().to_vec()))
            .bind(audience.to_string())
            .bind(writers.join(" "))
            .bind(origin.map(|id| id.to_bytes().to_vec()))
            .execute(&mut **tx)
            .await?;
        }
        Fact::Appoint { id, person, party, role, from, to } => {
            sqlx::query("INSERT INTO person (id, number) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
                .bind(person.to_bytes().to_vec())
                .bind(number)
                .execute(&mut **tx)
                .await?;
            sqlx::query(
                "INSERT INTO appointment (id, number, person, party, role, from_day, to_day) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            )
            .bind(id.to_bytes().to_vec())
            .bind(number)
            .bind(person.to_bytes().to_vec())
            .bind(party.as_str())
            .bind(role.word())
            .bind(from.to_string())
            .bind(to.map(|day| day.to_string()))
            .execute(&mut **tx)
            .await?;
        }
        Fact::End { appointment, on } => {
            sqlx::query("UPDATE appointment SET to_day = $2 WHERE id = $1")
                .bind(appointment.to_bytes().to_vec())
                .bind(on.to_string())
                .execute(&mut **tx)
                .await?;
        }
        Fact::Workspace { .. }
        | Fact::Member { .. }
        | Fact::Term { .. }
        | Fact::Device { .. }
        | Fact::Owner { .. }
        | Fact::Revoke { .. }
        | Fact::Grant { .. }
        | Fact::Ungrant { .. }
        | Fact::Reserve { .. }
        | Fact::Number { .. } => {}
    }
    Ok(())
}
