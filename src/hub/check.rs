//! `mufakat check`: verifies every row of the log against everything it claims, and says what is wrong where.
//!
//! It reads only, a few rows or one document at a time, so that the log may be larger than memory. A fault in one row does
//! not hide the next.

mod documents;
mod files;
mod rows;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use self::rows::Past;
use super::{
    error::HubError,
    store::{Device, Row, Store},
};
use crate::{
    docs::scan::{Limits, scan},
    domain::{DocId, audit::Wrong},
};

/// Faults told one by one; of more only the count.
const TOLD: usize = 200;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The entry it is about.
    pub entry: Option<u64>,
    /// The document it is about.
    pub document: Option<DocId>,
    /// Of which sort it is.
    pub wrong: Wrong,
    /// What exactly, as a line for an operator.
    pub text: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    entries: u64,
    documents: usize,
    snapshots: usize,
    refused: usize,
    files: usize,
    faults: Vec<Fault>,
}

impl Report {
    /// How many faults.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.faults.len()
    }

    /// The faults, in the order in which they were found.
    #[must_use]
    pub fn found(&self) -> &[Fault] {
        &self.faults
    }

    /// The report, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.faults.iter().take(TOLD).map(|fault| fault.text.clone()).collect();
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

    fn fault(&mut self, row: &Row, wrong: Wrong, what: impl std::fmt::Display) {
        self.entry(row.number, wrong, what);
    }

    fn entry(&mut self, number: u64, wrong: Wrong, what: impl std::fmt::Display) {
        let text = format!("entry {number}: {what}");
        self.faults.push(Fault { entry: Some(number), document: None, wrong, text });
    }

    fn document(&mut self, doc: DocId, wrong: Wrong, what: impl std::fmt::Display) {
        let text = format!("document {doc}: {what}");
        self.faults.push(Fault { entry: None, document: Some(doc), wrong, text });
    }

    fn beside(&mut self, text: String) {
        self.faults.push(Fault { entry: None, document: None, wrong: Wrong::Other, text });
    }
}

/// How far a verification is, for whoever looks meanwhile.
#[derive(Debug, Default)]
pub struct Progress {
    /// Entries looked at.
    pub entries: AtomicU64,
    /// Documents loaded.
    pub documents: AtomicU64,
}

/// Verifies everything.
///
/// # Errors
/// When the store cannot be read at all.
pub async fn check(store: &dyn Store) -> Result<Report, HubError> {
    let mut report = Report::default();
    store.faults().await?.into_iter().for_each(|text| report.beside(text));
    let devices = store.devices().await?;
    let blobs = store.blobs().await?;
    let past = follow(store, &mut report, &Progress::default()).await?;
    accounts(&devices, &store.devices().await?, &past, &mut report);
    quarantine(store, &mut report).await?;
    files::verify(store, blobs, &past, &mut report).await?;
    report.faults.dedup();
    Ok(report)
}

/// Verifies the log alone, with the documents that it makes: that no number is missing, and that each fact and each change is
/// the one its hash names, also where only a snapshot still holds it.
///
/// # Errors
/// When the store cannot be read at all.
pub async fn log(store: &dyn Store, progress: &Progress) -> Result<Report, HubError> {
    let mut report = Report::default();
    follow(store, &mut report, progress).await?;
    report.faults.dedup();
    Ok(report)
}

async fn follow(store: &dyn Store, report: &mut Report, progress: &Progress) -> Result<Past, HubError> {
    // A hub may append meanwhile: what was there at the start must be there, and what comes must follow from it.
    let begun = store.workspace().await?;
    let head = begun.map_or(0, |workspace| workspace.head);
    let mut past = Past::default();
    let mut stamp = (head == 0).then_some([0; 8]);
    loop {
        let page = rows::page(store, past.number, report).await?;
        let Some(last) = page.last().map(|row| row.number) else { break };
        for row in page {
            rows::look(&mut past, report, row);
            if past.number == head {
                stamp = Some(past.stamp);
            }
        }
        past.number = last;
        progress.entries.store(report.entries, Relaxed);
    }
    documents::verify(store, &past, report, progress).await?;
    match (begun, store.workspace().await?) {
        (Some(begun), Some(now)) => {
            let fits = stamp == Some(begun.stamp)
                && now.head >= past.number
                && (now.head > past.number || now.stamp == past.stamp);
            // Where numbers are missing at the end, no entry after them could tell.
            let wrong = if past.number < begun.head { Wrong::Missing } else { Wrong::Stamp };
            // A break in the chain was told where it is.
            let told = past.off && wrong == Wrong::Stamp;
            if !(fits || told) {
                let text = format!("the workspace counts {} entries, the log has {}", now.head, past.number);
                report.faults.push(Fault { entry: Some(past.number), document: None, wrong, text });
            }
        }
        (None, _) | (_, None) => report.beside("there is no workspace".to_owned()),
    }
    Ok(past)
}

/// Devices of the log and devices with a token must agree on whose they are and whether they have rights. `before` was read
/// before the log, `after` after it.
fn accounts(before: &[Device], after: &[Device], past: &Past, report: &mut Report) {
    for device in before {
        let Some(known) = past.catalogue.devices.get(&device.id) else {
            report.beside(format!("device {}: no entry of the log names it", device.id));
            continue;
        };
        let revoked_now = after.iter().any(|now| now.id == device.id && now.revoked);
        if known.person != device.person || (device.revoked && !known.revoked) || (known.revoked && !revoked_now) {
            report.beside(format!("device {}: its account is not what the log says", device.id));
        }
    }
}

/// What was set aside must still be what was refused, and is counted.
async fn quarantine(store: &dyn Store, report: &mut Report) -> Result<(), HubError> {
    for refused in store.quarantine().await? {
        report.refused += 1;
        if !scan(&refused.body, &Limits::default()).is_ok_and(|header| header.hash == refused.hash) {
            report.beside(format!("quarantine: a change of document {} is not the one its hash names", refused.doc));
        }
    }
    Ok(())
}
