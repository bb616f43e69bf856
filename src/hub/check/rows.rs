//! The rows of the log, one after the other: each against its hash, its place, and what the ones before it made.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Report;
use crate::{
    docs::genesis,
    domain::{Catalogue, DocId, Fact, audit::Wrong},
    hub::{
        core::header,
        error::HubError,
        store::{Row, Store, StoreError, Subject},
    },
    sync::hub::Chain,
};

/// Rows read at a time.
const PAGE: u32 = 200;

/// What the rows so far have made. No bytes of a change are kept.
#[derive(Default)]
pub struct Past {
    pub number: u64,
    pub received_at: u64,
    pub chain: Chain,
    pub stamp: [u8; 8],
    /// Whether the last stamp did not fit.
    pub off: bool,
    pub catalogue: Catalogue,
    pub facts: HashSet<[u8; 32]>,
    pub changes: HashSet<(DocId, [u8; 32])>,
    pub seqs: HashMap<(DocId, Vec<u8>), u64>,
    /// How many changes each document has.
    pub kept: BTreeMap<DocId, usize>,
}

/// The rows after a number; those that do not read are told and left out.
///
/// # Errors
/// When the store fails.
pub async fn page(store: &dyn Store, after: u64, report: &mut Report) -> Result<Vec<Row>, HubError> {
    match store.rows(after, PAGE).await {
        Ok(rows) => Ok(rows),
        // A row that does not read at all: one by one from here, so that the others are still looked at.
        Err(StoreError::Row { .. }) => one_by_one(store, after, report).await,
        Err(error) => Err(error.into()),
    }
}

async fn one_by_one(store: &dyn Store, after: u64, report: &mut Report) -> Result<Vec<Row>, HubError> {
    let head = store.workspace().await?.map_or(0, |workspace| workspace.head);
    let mut rows: Vec<Row> = Vec::new();
    for number in after..head {
        match store.rows(number, 1).await {
            Ok(found) => rows.extend(found.into_iter().filter(|row| row.number == number + 1)),
            Err(StoreError::Row { table, key, why }) => {
                // It names itself: where numbers are missing it is not the next one.
                let entry = Some(key.parse().unwrap_or(number + 1));
                let text = StoreError::Row { table, key, why }.to_string();
                report.faults.push(super::Fault { entry, document: None, wrong: Wrong::Unreadable, text });
            }
            Err(error) => return Err(error.into()),
        }
        if rows.len() >= PAGE as usize {
            break;
        }
    }
    Ok(rows)
}

/// Looks at a row, given what came before it.
pub fn look(past: &mut Past, report: &mut Report, row: Row) {
    report.entries += 1;
    if row.number != past.number + 1 {
        report.fault(&row, Wrong::Missing, format!("follows entry {}", past.number));
    }
    if row.received_at < past.received_at {
        report.fault(&row, Wrong::Order, "was received before the one in front of it");
    }
    let (chain, stamp) = past.chain.next(row.number, &row.hash.into());
    // Behind a break no stamp fits any more: it is told once.
    let off = *stamp != row.stamp;
    if off && !past.off {
        report.fault(&row, Wrong::Stamp, "its stamp does not continue the chain");
    }
    past.off = off;
    (past.number, past.received_at, past.chain, past.stamp) = (row.number, row.received_at, chain, *stamp);
    match row.subject.clone() {
        Subject::Fact => fact(past, report, &row),
        Subject::Change { doc, actor, seq } => change(past, report, row, doc, actor, seq),
    }
}

fn fact(past: &mut Past, report: &mut Report, row: &Row) {
    let body = row.body.as_deref().unwrap_or_default();
    if Fact::hash(body) != row.hash {
        report.fault(row, Wrong::Hash, "the fact is not the one its hash names");
    }
    if !past.facts.insert(row.hash) {
        report.fault(row, Wrong::Order, "the fact is there twice");
    }
    match Fact::from_bytes(body) {
        Ok(fact) => past.catalogue.fold(&fact),
        Err(_) => report.fault(row, Wrong::Unreadable, "the fact does not read"),
    }
}

fn change(past: &mut Past, report: &mut Report, row: Row, doc: DocId, actor: Vec<u8>, seq: u64) {
    let Some(kind) = past.catalogue.docs.get(&doc).map(|doc| doc.kind) else {
        report.fault(&row, Wrong::Base, "changes a document that no fact before it made");
        return;
    };
    match row.body.as_deref().map(|body| header(kind, body)) {
        // Looked at with the snapshot that must hold it.
        None => {}
        Some(Err(why)) => report.fault(&row, Wrong::Unreadable, format!("the change does not read ({why})")),
        Some(Ok(header)) => {
            if header.hash != row.hash {
                report.fault(&row, Wrong::Hash, "the change is not the one its hash names");
            }
            if header.actor.to_bytes()[..] != actor || header.seq != seq {
                report.fault(&row, Wrong::Writer, "the change is of another writer or turn than its row says");
            }
            let fixed = genesis::is_fixed(kind, &header.hash);
            if !fixed && row.device.is_some_and(|device| device != header.actor.device()) {
                report.fault(&row, Wrong::Writer, "the change was not written by the device its row names");
            }
            let there = |dep: &[u8; 32]| past.changes.contains(&(doc, *dep)) || genesis::is_fixed(kind, dep);
            if !header.deps.iter().all(there) {
                report.fault(&row, Wrong::Base, "builds on a change that does not stand before it");
            }
        }
    }
    if row.device.is_some_and(|device| !past.catalogue.devices.contains_key(&device)) {
        report.fault(&row, Wrong::Writer, "comes from a device that no fact before it names");
    }
    let last = past.seqs.insert((doc, actor), seq).unwrap_or(0);
    if seq != last + 1 {
        report.fault(&row, Wrong::Order, format!("turn {seq} of its writer follows turn {last}"));
    }
    if !past.changes.insert((doc, row.hash)) {
        report.fault(&row, Wrong::Order, "the change is there twice");
    }
    *past.kept.entry(doc).or_default() += 1;
}
