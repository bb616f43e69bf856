//! Compaction: the changes of a document that are old enough become one snapshot, once they outweigh the one before.
//!
//! A snapshot is built and read again beside everyone's work, where a panic is caught; the exchange is one transaction of
//! the store, and nothing of a document changes where its snapshot is in any doubt. Only bodies go: number, hash, writer,
//! time and device of every change stay for ever, and travel with a snapshot as its marks.

use std::{collections::HashMap, sync::Arc};

use super::{Core, Who};
use crate::{
    docs::{
        DocsError,
        fold::{fold, unfold},
    },
    domain::{DocId, DocKind},
    hub::{
        clock,
        error::HubError,
        rights::Sight,
        rows,
        store::{Heavy, Snapshot, StoreError, Whole},
    },
    sync::{
        frame::{Frame, Id},
        hub::{Clearance as _, Saved},
    },
};

/// Below this many bytes the changes of a document stay as they are.
const SMALL: u64 = 32 << 10;

/// What a round of compaction did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Documents that have a new snapshot.
    pub documents: usize,
    /// Documents that could not be compacted; the log says why.
    pub failed: usize,
    /// Bytes of bodies that went.
    pub freed: u64,
}

/// The rule: what is old enough outweighs what is compacted already, and is worth the work.
const fn is_due(heavy: &Heavy) -> bool {
    heavy.bytes > SMALL && heavy.bytes > heavy.snapshot
}

impl Core {
    /// Compacts every document that is due, of changes received before a moment.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn compact(&self, before: u64) -> Result<Compacted, HubError> {
        let mut done = Compacted::default();
        for heavy in self.store.heavy(before).await?.into_iter().filter(is_due) {
            match self.compact_one(heavy).await {
                Ok(()) => {
                    done.documents += 1;
                    done.freed += heavy.bytes;
                }
                // Someone else did it, or the database is exchanged: next time.
                Err(HubError::Store(StoreError::Moved)) => {}
                Err(HubError::Damaged(why)) => {
                    tracing::error!(document = %heavy.doc, why, "a document cannot be compacted");
                    done.failed += 1;
                }
                Err(error) => return Err(error),
            }
        }
        if done.documents > 0 {
            tracing::info!(documents = done.documents, bytes = done.freed, "compacted");
        }
        Ok(done)
    }

    async fn compact_one(&self, heavy: Heavy) -> Result<(), HubError> {
        let Heavy { doc, number, .. } = heavy;
        let Some(kind) = self.kind_of(doc) else { return Err(HubError::Damaged("no fact made it".to_owned())) };
        let mut whole = self.store.document(doc).await?;
        whole.rows.retain(|row| row.number <= number);
        let covered = whole.rows.len() as u64;
        let body = aside(move || {
            let saved = whole.snapshot.as_ref().map(|snapshot| snapshot.body.as_slice());
            let rows: Vec<_> = whole.rows.iter().map(|row| (row.hash, row.body.as_deref())).collect();
            fold(kind, saved, &rows)
        });
        let body = body.await?;
        self.store.compact(doc, Snapshot { number, body }, covered).await?;
        Ok(())
    }

    fn kind_of(&self, doc: DocId) -> Option<DocKind> {
        self.read(|state| state.catalogue.docs.get(&doc).map(|doc| doc.kind))
    }

    /// A document whole, for a device that may read it: its snapshot and what came after, or each change by itself for a
    /// device that knows no snapshots.
    ///
    /// # Errors
    /// When the store fails, or what it holds does not read.
    pub async fn snapshot(&self, who: Who, doc: Id, folded: bool) -> Result<Vec<Frame>, HubError> {
        let id = DocId::from_bytes(*doc);
        let sight = || self.read(|state| Sight::new(Arc::clone(&state.catalogue), clock::day(clock::now())));
        let Whole { snapshot, mut rows } = match sight().reads(who.id(), doc) {
            true => self.store.document(id).await?,
            false => Whole::default(),
        };
        let saved = match snapshot {
            Some(Snapshot { number, body }) if folded => Some(Saved { number, bytes: body }),
            Some(Snapshot { body, .. }) => {
                let Some(kind) = self.kind_of(id) else { return Err(HubError::Damaged("no fact made it".to_owned())) };
                let mut bodies: HashMap<_, _> = aside(move || unfold(kind, &body)).await?.into_iter().collect();
                for row in rows.iter_mut().filter(|row| row.body.is_none()) {
                    row.body = bodies.remove(&row.hash);
                }
                None
            }
            None => None,
        };
        let rows: Result<Vec<_>, _> = rows.into_iter().map(|row| rows::known(row).map(|(row, _)| row)).collect();
        let rows = rows?;
        let sees = sight();
        Ok(self.read(|state| state.hub.snapshot_for(who.id(), doc, saved, rows, &sees)))
    }
}

/// Does something with documents beside everyone's work; a panic is that document's alone.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, DocsError> + Send + 'static) -> Result<T, HubError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| HubError::Damaged(error.to_string())),
        Err(_) => Err(HubError::Damaged("it breaks its reader".to_owned())),
    }
}
