//! The documents behind the rows: each as its readers load it, and each snapshot against the rows it stands for.

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::Ordering::Relaxed,
};

use super::{Progress, Report, rows::Past};
use crate::{
    docs::{Doc, DocsError, genesis},
    domain::{DocId, DocKind, audit::Wrong},
    hub::{
        error::HubError,
        store::{Row, Snapshot, Store, StoreError, Subject},
    },
};

/// Verifies every document and every snapshot, one at a time.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify(store: &dyn Store, past: &Past, report: &mut Report, progress: &Progress) -> Result<(), HubError> {
    report.documents = past.catalogue.docs.len();
    let mut with: HashSet<DocId> = HashSet::new();
    for doc in store.snapshots().await? {
        if !with.insert(doc) {
            report.document(doc, Wrong::Snapshot, "it has two snapshots");
        }
        if !past.kept.contains_key(&doc) {
            report.document(doc, Wrong::Snapshot, "there is a snapshot and no change of it");
        }
    }
    report.snapshots = with.len();
    for (doc, kept) in &past.kept {
        let Some(entry) = past.catalogue.docs.get(doc) else { continue };
        match store.document(*doc).await {
            Ok(whole) => one(report, past.number, (*doc, entry.kind), *kept, whole.snapshot.as_ref(), &whole.rows),
            // That row was told already.
            Err(StoreError::Row { .. }) => report.document(*doc, Wrong::Document, "not all of its entries read"),
            Err(error) => return Err(error.into()),
        }
        progress.documents.fetch_add(1, Relaxed);
    }
    Ok(())
}

/// A document, its snapshot and its rows, as of one moment, which is not before `read`.
fn one(
    report: &mut Report,
    read: u64,
    (doc, kind): (DocId, DocKind),
    kept: usize,
    found: Option<&Snapshot>,
    rows: &[Row],
) {
    if rows.iter().filter(|row| row.number <= read).count() != kept {
        report.document(doc, Wrong::Document, "its entries are not those of the log");
    }
    if let Some(found) = found {
        snapshot(report, doc, kind, found, rows);
    }
    let covered = found.map_or(0, |found| found.number);
    for lost in rows.iter().filter(|row| row.body.is_none() && row.number > covered) {
        report.fault(lost, Wrong::Hash, "its bytes are gone and no snapshot holds it");
    }
    let bodies = found.iter().map(|found| found.body.as_slice());
    let bodies: Vec<&[u8]> = bodies.chain(rows.iter().filter_map(|row| row.body.as_deref())).collect();
    match load(kind, &bodies) {
        Ok(loaded) if loaded.waiting().is_empty() => {}
        Ok(_) => report.document(doc, Wrong::Document, "changes wait for others that are not there"),
        Err(why) => report.document(doc, Wrong::Document, format!("it does not load: {why}")),
    }
}

/// A snapshot holds the changes that the rows up to its number name, as they name them, and no other.
fn snapshot(report: &mut Report, id: DocId, kind: DocKind, snapshot: &Snapshot, rows: &[Row]) {
    let doc = match load(kind, &[&snapshot.body]) {
        Ok(doc) if doc.waiting().is_empty() => doc,
        Ok(_) => {
            report.document(id, Wrong::Snapshot, "its snapshot lacks changes");
            return;
        }
        Err(why) => {
            report.document(id, Wrong::Snapshot, format!("its snapshot does not read ({why})"));
            return;
        }
    };
    let mut held: HashMap<[u8; 32], (Vec<u8>, u64)> =
        doc.authors().into_iter().map(|(hash, actor, seq)| (hash, (actor, seq))).collect();
    for row in rows.iter().filter(|row| row.number <= snapshot.number) {
        let Subject::Change { actor, seq, .. } = &row.subject else { continue };
        match held.remove(&row.hash) {
            None => report.fault(row, Wrong::Snapshot, "the document's snapshot does not hold it"),
            Some((of, turn)) if (&of, turn) != (actor, *seq) => {
                report.fault(row, Wrong::Writer, "the document's snapshot names another writer or turn");
            }
            Some(_) => {}
        }
    }
    let others = held.keys().filter(|hash| !genesis::is_fixed(kind, hash)).count();
    if others > 0 {
        let what = format!("its snapshot holds {others} changes that no row up to it names");
        report.document(id, Wrong::Snapshot, what);
    }
}

fn load(kind: DocKind, bodies: &[&[u8]]) -> Result<Doc, String> {
    match catch_unwind(AssertUnwindSafe(|| Doc::load(kind, bodies.iter().copied()))) {
        Ok(loaded) => loaded.map_err(|error: DocsError| error.word().to_owned()),
        Err(_) => Err("it breaks its reader".to_owned()),
    }
}
