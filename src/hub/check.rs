//! `mufakat check`: verifies every row of the log against everything it claims, and says what is wrong where.
//!
//! It reads only. A fault in one row does not hide the next.

mod documents;
mod files;

use std::collections::{BTreeMap, HashMap, HashSet};

use self::documents::Kept;
use super::{
    core::header,
    error::HubError,
    store::{Device, Row, Store, StoreError, Subject},
};
use crate::{
    docs::{
        genesis,
        scan::{Limits, scan},
    },
    domain::{Catalogue, DocId, Fact},
    sync::hub::Chain,
};

/// Faults told one by one; of more only the count.
const TOLD: usize = 200;
const PAGE: u32 = 500;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    entries: u64,
    documents: usize,
    snapshots: usize,
    refused: usize,
    files: usize,
    faults: Vec<String>,
}

impl Report {
    /// How many faults.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.faults.len()
    }

    /// The report, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.faults.iter().take(TOLD).cloned().collect();
        if self.faults.len() > TOLD {
            lines.push(format!("and {} more", self.faults.len() - TOLD));
        }
        let verdict = if self.faults.is_empty() { "all sound" } else { "damaged" };
        lines.push(format!("{}: {verdict}", self.counted()));
        lines
    }

    /// What there is.
    #[must_use]
    pub fn counted(&self) -> String {
        let mut text = format!("{} entries, {} documents", self.entries, self.documents);
        if self.snapshots > 0 {
            text.push_str(&format!(", {} snapshots", self.snapshots));
        }
        if self.files > 0 {
            text.push_str(&format!(", {} files", self.files));
        }
        if self.refused > 0 {
            text.push_str(&format!(", {} refused changes in quarantine", self.refused));
        }
        text
    }

    fn fault(&mut self, row: &Row, what: impl std::fmt::Display) {
        self.faults.push(format!("entry {}: {what}", row.number));
    }
}

/// What the rows so far have made.
#[derive(Default)]
struct Past {
    number: u64,
    received_at: u64,
    chain: Chain,
    stamp: [u8; 8],
    catalogue: Catalogue,
    facts: HashSet<[u8; 32]>,
    changes: HashSet<(DocId, [u8; 32])>,
    seqs: HashMap<(DocId, Vec<u8>), u64>,
    kept: BTreeMap<DocId, Vec<Kept>>,
}

/// Verifies everything.
///
/// # Errors
/// When the store cannot be read at all.
pub async fn check(store: &dyn Store) -> Result<Report, HubError> {
    let mut report = Report { faults: store.faults().await?, ..Report::default() };
    // A hub may append meanwhile: what was there at the start must be there, and what comes must follow from it.
    let begun = store.workspace().await?;
    let devices = store.devices().await?;
    let blobs = store.blobs().await?;
    let head = begun.map_or(0, |workspace| workspace.head);
    let mut past = Past::default();
    let mut stamp = (head == 0).then_some([0; 8]);
    loop {
        let rows = match store.rows(past.number, PAGE).await {
            Ok(rows) => rows,
            // A row that does not read at all: one by one from here, so that the others are still looked at.
            Err(StoreError::Row { .. }) => one_by_one(store, past.number, &mut report).await?,
            Err(error) => return Err(error.into()),
        };
        let Some(last) = rows.last().map(|row| row.number) else { break };
        for row in rows {
            look(&mut past, &mut report, row);
            if past.number == head {
                stamp = Some(past.stamp);
            }
        }
        past.number = last;
    }
    documents::verify(store, &past, &mut report).await?;
    match (begun, store.workspace().await?) {
        (Some(begun), Some(now)) => {
            let fits = stamp == Some(begun.stamp)
                && now.head >= past.number
                && (now.head > past.number || now.stamp == past.stamp);
            if !fits {
                report.faults.push(format!("the workspace counts {} entries, the log has {}", now.head, past.number));
            }
        }
        (None, _) | (_, None) => report.faults.push("there is no workspace".to_owned()),
    }
    accounts(&devices, &store.devices().await?, &past, &mut report);
    quarantine(store, &mut report).await?;
    files::verify(store, blobs, &past, &mut report).await?;
    report.faults.dedup();
    Ok(report)
}

async fn one_by_one(store: &dyn Store, after: u64, report: &mut Report) -> Result<Vec<Row>, HubError> {
    let head = store.workspace().await?.map_or(0, |workspace| workspace.head);
    let mut rows = Vec::new();
    for number in after..head {
        match store.rows(number, 1).await {
            Ok(found) => rows.extend(found.into_iter().filter(|row| row.number == number + 1)),
            Err(error @ StoreError::Row { .. }) => report.faults.push(error.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(rows)
}

fn look(past: &mut Past, report: &mut Report, row: Row) {
    report.entries += 1;
    if row.number != past.number + 1 {
        report.fault(&row, format!("follows entry {}", past.number));
    }
    if row.received_at < past.received_at {
        report.fault(&row, "was received before the one in front of it");
    }
    let (chain, stamp) = past.chain.next(row.number, &row.hash.into());
    if *stamp != row.stamp {
        report.fault(&row, "its stamp does not continue the chain");
    }
    (past.number, past.received_at, past.chain, past.stamp) = (row.number, row.received_at, chain, *stamp);
    match row.subject.clone() {
        Subject::Fact => fact(past, report, &row),
        Subject::Change { doc, actor, seq } => change(past, report, row, doc, actor, seq),
    }
}

fn fact(past: &mut Past, report: &mut Report, row: &Row) {
    let body = row.body.as_deref().unwrap_or_default();
    if Fact::hash(body) != row.hash {
        report.fault(row, "the fact is not the one its hash names");
    }
    if !past.facts.insert(row.hash) {
        report.fault(row, "the fact is there twice");
    }
    match Fact::from_bytes(body) {
        Ok(fact) => past.catalogue.fold(&fact),
        Err(_) => report.fault(row, "the fact does not read"),
    }
}

fn change(past: &mut Past, report: &mut Report, row: Row, doc: DocId, actor: Vec<u8>, seq: u64) {
    let Some(kind) = past.catalogue.docs.get(&doc).map(|doc| doc.kind) else {
        report.fault(&row, "changes a document that no fact before it made");
        return;
    };
    match row.body.as_deref().map(|body| header(kind, body)) {
        // Looked at with the snapshot that must hold it.
        None => {}
        Some(Err(why)) => report.fault(&row, format!("the change does not read ({why})")),
        Some(Ok(header)) => {
            if header.hash != row.hash {
                report.fault(&row, "the change is not the one its hash names");
            }
            if header.actor.to_bytes()[..] != actor || header.seq != seq {
                report.fault(&row, "the change is of another writer or turn than its row says");
            }
            let fixed = genesis::is_fixed(kind, &header.hash);
            if !fixed && row.device.is_some_and(|device| device != header.actor.device()) {
                report.fault(&row, "the change was not written by the device its row names");
            }
            let there = |dep: &[u8; 32]| past.changes.contains(&(doc, *dep)) || genesis::is_fixed(kind, dep);
            if !header.deps.iter().all(there) {
                report.fault(&row, "builds on a change that does not stand before it");
            }
        }
    }
    if row.device.is_some_and(|device| !past.catalogue.devices.contains_key(&device)) {
        report.fault(&row, "comes from a device that no fact before it names");
    }
    let last = past.seqs.insert((doc, actor.clone()), seq).unwrap_or(0);
    if seq != last + 1 {
        report.fault(&row, format!("turn {seq} of its writer follows turn {last}"));
    }
    if !past.changes.insert((doc, row.hash)) {
        report.fault(&row, "the change is there twice");
    }
    past.kept.entry(doc).or_default().push(Kept { number: row.number, hash: row.hash, actor, seq, body: row.body });
}

/// Devices of the log and devices with a token must agree on whose they are and whether they have rights. `before` was read
/// before the log, `after` after it.
fn accounts(before: &[Device], after: &[Device], past: &Past, report: &mut Report) {
    for device in before {
        let Some(known) = past.catalogue.devices.get(&device.id) else {
            report.faults.push(format!("device {}: no entry of the log names it", device.id));
            continue;
        };
        let revoked_now = after.iter().any(|now| now.id == device.id && now.revoked);
        if known.person != device.person || (device.revoked && !known.revoked) || (known.revoked && !revoked_now) {
            report.faults.push(format!("device {}: its account is not what the log says", device.id));
        }
    }
}

/// What was set aside must still be what was refused, and is counted.
async fn quarantine(store: &dyn Store, report: &mut Report) -> Result<(), HubError> {
    for refused in store.quarantine().await? {
        report.refused += 1;
        if !scan(&refused.body, &Limits::default()).is_ok_and(|header| header.hash == refused.hash) {
            report
                .faults
                .push(format!("quarantine: a change of document {} is not the one its hash names", refused.doc));
        }
    }
    Ok(())
}
