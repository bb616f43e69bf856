//! The log as the Secretariat reads it, and its verification: one at a time for the whole hub, beside everything else.

use std::sync::{Arc, Mutex, PoisonError, atomic::Ordering::Relaxed};

use super::{Allowance, Core, Levels, Who};
use crate::{
    domain::{
        Catalogue, Date, DeviceId,
        audit::{Ask, FaultLine, MOST, Page, TOLD, Verdict},
    },
    hub::{
        audit::{self, Reader},
        check::{self, Progress, Report},
        clock,
        error::HubError,
        refusal::Refusal,
    },
};

/// Lines that one device may ask for: the file of a hundred thousand entries at once, then a thousand a second.
const LINES: Allowance = Allowance { burst: 100_000, each_second: 1_000 };
/// What the smallest answer counts as: many rows may be passed over for it.
const LEAST: u32 = 100;
/// Milliseconds for which a verdict stands before the next verification begins.
const STANDS: u64 = 10_000;

/// Who reads the log how fast, and the verification.
pub struct Audit {
    lines: Levels<DeviceId>,
    /// One reader at a time: the others of the database are for the devices.
    reading: tokio::sync::Mutex<()>,
    run: Mutex<Run>,
}

#[derive(Default)]
struct Run {
    began_at: Option<u64>,
    ended_at: Option<u64>,
    head: u64,
    progress: Arc<Progress>,
    /// None where it could not be read to its end.
    report: Option<Report>,
}

impl Default for Audit {
    fn default() -> Self {
        Self { lines: Levels::new(LINES), reading: tokio::sync::Mutex::default(), run: Mutex::default() }
    }
}

impl Core {
    /// The next lines of the log that fit.
    ///
    /// # Errors
    /// When the person is not of the Secretariat now, was too fast, or the store fails.
    pub async fn audit(&self, who: Who, ask: Ask) -> Result<Page, Refusal> {
        let (catalogue, on) = self.may_audit(who)?;
        let amount = ask.limit.clamp(LEAST, MOST);
        self.audit.lines.take(who.device, amount.into(), clock::now()).map_err(Refusal::TooFast)?;
        let _turn = self.audit.reading.lock().await;
        let about = ask.filter.document.map(|doc| self.read(|state| audit::about(&catalogue, state.hub.facts(), doc)));
        let reader = Reader { catalogue: &catalogue, person: Some((who.person, on)) };
        let page = audit::page(&*self.store, reader, &ask, about.unwrap_or_default()).await?;
        Ok(Page { head: self.head(), ..page })
    }

    fn may_audit(&self, who: Who) -> Result<(Arc<Catalogue>, Date), Refusal> {
        let on = clock::day(clock::now());
        let catalogue = self.read(|state| Arc::clone(&state.catalogue));
        catalogue.is_secretariat(who.person, on).then_some((catalogue, on)).ok_or(Refusal::Forbidden)
    }

    /// How far the verification of the log is, or what the last one found. `start` begins one where none is under way and the
    /// last is not of this moment.
    ///
    /// # Errors
    /// When the person is not of the Secretariat now.
    pub fn verify(self: &Arc<Self>, who: Who, start: bool) -> Result<Verdict, Refusal> {
        let (catalogue, on) = self.may_audit(who)?;
        let now = clock::now();
        let mut run = self.audit.run.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = match (run.began_at, run.ended_at) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(_), Some(ended)) => now < ended + STANDS,
        };
        if start && !stands {
            *run = Run { began_at: Some(now), head: self.head(), ..Run::default() };
            tracing::info!(device = %who.device, "the log is verified");
            tokio::spawn(verify(Arc::clone(self), Arc::clone(&run.progress)));
        }
        let reader = Reader { catalogue: &catalogue, person: Some((who.person, on)) };
        Ok(run.verdict(reader))
    }
}

impl Run {
    fn verdict(&self, reader: Reader<'_>) -> Verdict {
        let found = self.report.as_ref().map(Report::found).unwrap_or_default();
        let told = found.iter().take(TOLD).map(|fault| FaultLine {
            entry: fault.entry,
            document: fault.document.filter(|doc| reader.knows(*doc)),
            word: fault.wrong.to_string(),
        });
        Verdict {
            began_at: self.began_at,
            ended_at: self.ended_at,
            failed: self.ended_at.is_some() && self.report.is_none(),
            entries: self.progress.entries.load(Relaxed),
            head: self.head,
            documents: self.progress.documents.load(Relaxed),
            faults: found.len() as u64,
            told: told.collect(),
        }
    }
}

/// Runs where it holds nobody up: reading a large document takes its time.
async fn verify(core: Arc<Core>, progress: Arc<Progress>) {
    let (store, runtime) = (Arc::clone(&core.store), tokio::runtime::Handle::current());
    let work = move || runtime.block_on(check::log(&*store, &progress));
    let report = match tokio::task::spawn_blocking(work).await {
        Ok(report) => report,
        Err(error) => Err(HubError::Damaged(error.to_string())),
    };
    match &report {
        Ok(report) if report.faults() == 0 => tracing::info!("the log is whole: {}", report.counted()),
        Ok(report) => tracing::error!(faults = report.faults(), "the log is damaged; `mufakat check` says more"),
        Err(error) => tracing::error!(%error, "the log was not verified to its end"),
    }
    let mut run = core.audit.run.lock().unwrap_or_else(PoisonError::into_inner);
    (run.ended_at, run.report) = (Some(clock::now()), report.ok());
}
