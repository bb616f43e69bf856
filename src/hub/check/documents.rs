//! The documents behind the rows: each as its readers load it, and each snapshot against the rows it stands for.

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{Past, Report};
use crate::{
    docs::{Doc, DocsError, genesis},
    domain::{DocId, DocKind},
    hub::{
        error::HubError,
        store::{Snapshot, Store},
    },
};

/// What a row says of a change.
pub struct Kept {
    pub number: u64,
    pub hash: [u8; 32],
    pub actor: Vec<u8>,
    pub seq: u64,
    /// Its bytes; none where a snapshot must hold it.
    pub body: Option<Vec<u8>>,
}

/// Verifies every document and every snapshot.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify(store: &dyn Store, past: &Past, report: &mut Report) -> Result<(), HubError> {
    report.documents = past.catalogue.docs.len();
    let mut with: HashSet<DocId> = HashSet::new();
    for doc in store.snapshots().await? {
        if !with.insert(doc) {
            report.faults.push(format!("document {doc}: it has two snapshots"));
        }
        if !past.kept.contains_key(&doc) {
            report.faults.push(format!("document {doc}: there is a snapshot and no change of it"));
        }
    }
    report.snapshots = with.len();
    for (doc, kept) in &past.kept {
        let Some(entry) = past.catalogue.docs.get(doc) else { continue };
        let found = match with.contains(doc) {
            true => store.document(*doc).await?.snapshot,
            false => None,
        };
        if let Some(found) = &found {
            snapshot(report, *doc, entry.kind, found, kept, past.number);
        }
        let covered = found.as_ref().map_or(0, |found| found.number);
        for lost in kept.iter().filter(|kept| kept.body.is_none() && kept.number > covered) {
            report.faults.push(format!("entry {}: its bytes are gone and no snapshot holds it", lost.number));
        }
        let bodies = found.iter().map(|found| found.body.as_slice());
        let bodies: Vec<&[u8]> = bodies.chain(kept.iter().filter_map(|kept| kept.body.as_deref())).collect();
        match load(entry.kind, &bodies) {
            Ok(doc) if doc.waiting().is_empty() => {}
            Ok(_) => report.faults.push(format!("document {doc}: changes wait for others that are not there")),
            Err(why) => report.faults.push(format!("document {doc} does not load: {why}")),
        }
    }
    Ok(())
}

/// A snapshot holds the changes that the rows up to its number name, as they name them, and no other.
fn snapshot(report: &mut Report, id: DocId, kind: DocKind, snapshot: &Snapshot, kept: &[Kept], read: u64) {
    let doc = match load(kind, &[&snapshot.body]) {
        Ok(doc) if doc.waiting().is_empty() => doc,
        Ok(_) => {
            report.faults.push(format!("document {id}: its snapshot lacks changes"));
            return;
        }
        Err(why) => {
            report.faults.push(format!("document {id}: its snapshot does not read ({why})"));
            return;
        }
    };
    let mut held: HashMap<[u8; 32], (Vec<u8>, u64)> =
        doc.authors().into_iter().map(|(hash, actor, seq)| (hash, (actor, seq))).collect();
    for row in kept.iter().filter(|row| row.number <= snapshot.number) {
        match held.remove(&row.hash) {
            None => report.faults.push(format!("entry {}: the document's snapshot does not hold it", row.number)),
            Some((actor, seq)) if (&actor, seq) != (&row.actor, row.seq) => report
                .faults
                .push(format!("entry {}: the document's snapshot names another writer or turn", row.number)),
            Some(_) => {}
        }
    }
    let others = held.keys().filter(|hash| !genesis::is_fixed(kind, hash)).count();
    // One that was made meanwhile may hold what was appended after the rows were read.
    if others > 0 && snapshot.number <= read {
        report.faults.push(format!("document {id}: its snapshot holds {others} changes that no row up to it names"));
    }
}

fn load(kind: DocKind, bodies: &[&[u8]]) -> Result<Doc, String> {
    match catch_unwind(AssertUnwindSafe(|| Doc::load(kind, bodies.iter().copied()))) {
        Ok(loaded) => loaded.map_err(|error: DocsError| error.word().to_owned()),
        Err(_) => Err("it breaks its reader".to_owned()),
    }
}
