//! The running workspace: what is committed, in memory as far as it is asked for often, and the one writer beside it.
//!
//! Readers see committed entries only. Whatever appends goes through the writer, one transaction at a time; nothing is
//! acknowledged, shown or answered before its transaction is on disk.

mod audit;
mod background;
mod blob;
mod compact;
mod contact;
mod device;
mod eph;
mod examine;
mod job;
mod quarantine;
mod rate;
mod recent;
mod sound;
mod state;
mod turns;
mod writer;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock, atomic::Ordering::Relaxed},
};

use tokio::{
    sync::{Notify, mpsc, oneshot, watch},
    task::JoinHandle,
};

pub use self::{
    blob::{PIECE, Piece, Told},
    device::{Place, Who},
    eph::{DOCUMENTS, LASTS, Said},
    examine::{Signer, examine, examine_return, header, own},
    job::Own,
    rate::{Allowance, Levels, later},
    sound::{Tried, try_on},
    writer::fact_item,
};
use self::{
    job::{Job, Offer},
    rate::Rates,
    recent::Recent,
    state::State,
    writer::Writer,
};
use super::{
    accounts::{ComeBack, Join, Wish},
    clock,
    error::HubError,
    metrics::Metrics,
    refusal::Refusal,
    rights::Sight,
    rows,
    secret::Secret,
    store::Store,
};
use crate::{
    domain::{Catalogue, DeviceId, Fact, WorkspaceId},
    sync::{
        Cursor,
        frame::{Entry, Frame, Item, Limits},
        hub::{Greeting, Reader, Row},
        join::Joined,
    },
};

/// Pushes that may wait for the writer; more get `busy`.
const QUEUE: usize = 1024;
/// Seconds after which a device with too many pushes on their way may try again.
const SOON: u32 = 1;
/// Rows read at a time.
const PAGE: u32 = 1_000;

/// The running workspace.
pub struct Core {
    store: Arc<dyn Store>,
    state: RwLock<State>,
    recent: Mutex<Recent>,
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    head: watch::Sender<u64>,
    seen: watch::Sender<u64>,
    seen_changed: Notify,
    contacts: contact::Noted,
    aside: quarantine::Aside,
    connections: Mutex<HashMap<DeviceId, usize>>,
    rates: Rates,
    waiting: turns::Waiting,
    passing: eph::Passing,
    files: blob::Files,
    audit: audit::Audit,
    metrics: Metrics,
    limits: Limits,
}

impl Core {
    /// Opens the workspace that a store holds and starts its writer. The handle ends once [`Core::close`] was called
    /// and everything that waited is done.
    ///
    /// # Errors
    /// When the store fails or what it holds is no unbroken history.
    pub async fn open(store: Arc<dyn Store>, limits: Limits) -> Result<(Arc<Self>, JoinHandle<()>), HubError> {
        let state = State::load(&*store, limits).await?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let core = Arc::new(Self {
            store,
            recent: Mutex::new(Recent::after(state.hub.head())),
            head: watch::Sender::new(state.hub.head()),
            state: RwLock::new(state),
            jobs: Mutex::new(Some(jobs)),
            seen: watch::Sender::new(0),
            seen_changed: Notify::new(),
            contacts: contact::Noted::default(),
            aside: quarantine::Aside::default(),
            connections: Mutex::default(),
            rates: Rates::default(),
            waiting: turns::Waiting::default(),
            passing: eph::Passing::default(),
            files: blob::Files::default(),
            audit: audit::Audit::default(),
            metrics: Metrics::default(),
            limits,
        });
        let writer = tokio::spawn(Writer::new(Arc::clone(&core), queue).run());
        tokio::spawn(background::tell_seen(Arc::downgrade(&core)));
        tokio::spawn(background::look_for_others(Arc::downgrade(&core)));
        tokio::spawn(background::compact(Arc::downgrade(&core)));
        tokio::spawn(background::keep_contacts(Arc::downgrade(&core)));
        tokio::spawn(background::keep_refused(Arc::downgrade(&core)));
        tokio::spawn(background::expire_files(Arc::downgrade(&core)));
        Ok((core, writer))
    }

    /// Takes no more; the writer finishes what waits.
    pub fn close(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// What this hub allows.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Counters.
    #[must_use]
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The newest committed number.
    #[must_use]
    pub fn head(&self) -> u64 {
        *self.head.borrow()
    }

    /// Changes with every commit.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Changes when a party got further.
    #[must_use]
    pub fn seens(&self) -> watch::Receiver<u64> {
        self.seen.subscribe()
    }

    /// Whether the database answers and the writer works.
    pub async fn ready(&self) -> bool {
        let writes =
            self.jobs.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(|jobs| !jobs.is_closed());
        writes && self.store.ready().await.is_ok()
    }

    /// The device that holds a token.
    ///
    /// # Errors
    /// When none does, or its rights were taken away.
    pub fn who(&self, token: &Secret) -> Result<Who, Refusal> {
        let hash = token.hash();
        self.read(|state| match state.device_with(&hash) {
            None => Err(Refusal::Unauthorised),
            Some(device) if device.revoked => Err(Refusal::Revoked),
            Some(device) => Ok(Who { device: device.id, person: device.person }),
        })
    }

    /// Whether a device still has its rights.
    #[must_use]
    pub fn still(&self, who: Who) -> bool {
        self.read(|state| state.catalogue.devices.get(&who.device).is_some_and(|device| !device.revoked))
    }

    /// A place for one more live connection.
    ///
    /// # Errors
    /// When the device has too many.
    pub fn place(self: &Arc<Self>, who: Who) -> Result<Place, Refusal> {
        let mut open = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(who.device).or_default();
        if *count >= device::CONNECTIONS {
            return Err(Refusal::Busy(30));
        }
        *count += 1;
        self.metrics.live.fetch_add(1, Relaxed);
        Ok(Place { core: Arc::clone(self), device: who.device })
    }

    /// Answers a hello of a known device and notes how far it is.
    #[must_use]
    pub fn greet(&self, who: Who, hello: &Frame) -> Greeting {
        let greeting = self.read(|state| state.hub.greet(hello, clock::now()));
        if let (Greeting::Welcome(..), Frame::Hello { cursor, missing, as_of, .. }) = (&greeting, hello) {
            self.have(who, (*cursor, *as_of), missing);
        }
        greeting
    }

    /// What a device at `cursor` must hear, as far as one page goes; moves the cursor. Empty: nothing new.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn log(&self, reader: &Reader, cursor: &mut Cursor) -> Result<Vec<Frame>, HubError> {
        let rows = self.rows_after(cursor.number).await?;
        let now = clock::now();
        let today = clock::day(now);
        let frames = self.read(|state| {
            let then = (state.hub.facts_after(cursor.number) || clock::day(cursor.as_of) != today)
                .then(|| Sight::new(state.catalogue_at(cursor.number), clock::day(cursor.as_of)));
            let sees = Sight::new(Arc::clone(&state.catalogue), today);
            let then = then.as_ref().map(|sight| sight as _);
            state.hub.log_for(reader, cursor, rows, then, &sees, now)
        });
        if frames.is_empty() {
            // Rights were compared all the same: not again until something changes.
            cursor.as_of = cursor.as_of.max(now);
        }
        Ok(frames)
    }

    async fn rows_after(&self, number: u64) -> Result<Vec<Row>, HubError> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner).rows_after(number);
        match recent {
            Some(rows) => Ok(rows),
            None => {
                let rows = self.store.rows(number, PAGE).await?;
                rows.into_iter().map(|row| rows::known(row).map(|(row, _)| row)).collect()
            }
        }
    }

    async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<T>) -> Job) -> Result<T, Refusal> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Refusal::Busy(2))?;
        let (answer, wait) = oneshot::channel();
        jobs.try_send(job(answer)).map_err(|_| Refusal::Busy(2))?;
        wait.await.map_err(|_| Refusal::Internal)
    }

    /// Appends what a device offers. The acknowledgement comes after the commit; it says `retry` for all of it when the
    /// device was too fast.
    ///
    /// # Errors
    /// When the hub is too busy, stopping, or its store failed: nothing was taken then.
    pub async fn push(&self, who: Who, req: u32, items: Vec<Item>) -> Result<Frame, Refusal> {
        if let Err(after) = self.rates.take(who.device, &items, clock::now()) {
            self.metrics.refuse("too-fast");
            return Ok(later(req, items.len(), self.head(), after));
        }
        let Some(turn) = self.waiting.place(who.device) else {
            self.metrics.refuse("too-many");
            return Ok(later(req, items.len(), self.head(), SOON));
        };
        let (signer, catalogue) = self.signer(who)?;
        // Signatures take their time: nobody waits for it.
        let offered = Offer::Push(examine(items, &signer, &self.limits, &catalogue));
        self.ask(|answer| Job::Append { who, req, offered, turn, answer }).await?
    }

    /// Takes back what a device gives back after the hub fell to an older state; otherwise as [`Self::push`].
    ///
    /// # Errors
    /// When the hub is too busy, stopping, or its store failed: nothing was taken then.
    pub async fn take_back(&self, who: Who, req: u32, entries: Vec<Entry>) -> Result<Frame, Refusal> {
        let items: Vec<Item> = entries.iter().map(|entry| entry.item.clone()).collect();
        if let Err(after) = self.rates.take(who.device, &items, clock::now()) {
            self.metrics.refuse("too-fast");
            return Ok(later(req, items.len(), self.head(), after));
        }
        let Some(turn) = self.waiting.place(who.device) else {
            self.metrics.refuse("too-many");
            return Ok(later(req, items.len(), self.head(), SOON));
        };
        let (signer, catalogue) = self.signer(who)?;
        let vouched =
            |state: &State| entries.iter().map(|entry| state.hub.vouches(entry.device, &entry.item)).collect();
        let vouched: Vec<bool> = self.read(vouched);
        let offered = Offer::Return(examine_return(entries, &vouched, &signer, &self.limits, &catalogue));
        self.ask(|answer| Job::Append { who, req, offered, turn, answer }).await?
    }

    fn signer(&self, who: Who) -> Result<(Signer, Arc<Catalogue>), Refusal> {
        let known = self.read(|state| {
            let key = state.device(who.device)?.key.clone();
            Some((Signer { workspace: state.hub.workspace(), device: who.device, key }, Arc::clone(&state.catalogue)))
        });
        known.ok_or(Refusal::Unauthorised)
    }

    /// Lets a device join by an invitation.
    ///
    /// # Errors
    /// When the invitation does not allow it.
    pub async fn join(&self, join: Join) -> Result<Joined, Refusal> {
        let admitted = self.ask(|answer| Job::Join { join, answer }).await??;
        self.metrics.joins.fetch_add(1, Relaxed);
        let (workspace, name, sample) =
            self.read(|state| state.catalogue.workspace.clone()).ok_or(Refusal::Internal)?;
        Ok(Joined {
            workspace: workspace.to_string(),
            name,
            sample,
            device: admitted.device.to_string(),
            person: admitted.person.to_string(),
            party: admitted.party.to_string(),
            role: admitted.role.word().to_owned(),
            token: admitted.token.text(),
        })
    }

    /// Knows a device again that this hub lost when it fell back to an older state.
    ///
    /// # Errors
    /// When it cannot show that this hub knew it, or it was revoked.
    pub async fn come_back(&self, back: ComeBack) -> Result<(), Refusal> {
        self.ask(|answer| Job::ComeBack { back: Box::new(back), answer }).await?
    }

    /// Makes an invitation; `by` none: by the operator.
    ///
    /// # Errors
    /// When it is not theirs to give, or makes no sense.
    pub async fn invite(&self, by: Option<&Who>, wish: Wish) -> Result<Secret, Refusal> {
        let by = by.copied();
        self.ask(|answer| Job::Invite { by, wish, answer }).await?
    }

    /// Takes a device's rights away; `by` none: by the operator. Doing it again changes nothing.
    ///
    /// # Errors
    /// When it is not theirs to do, or there is no such device.
    pub async fn revoke(&self, by: Option<&Who>, device: DeviceId) -> Result<(), Refusal> {
        let by = by.copied();
        self.ask(|answer| Job::Revoke { by, device, answer }).await?
    }

    /// Appends the hub's own entries, whole or not at all.
    ///
    /// # Errors
    /// When one of them is refused, or the store fails.
    pub async fn state(&self, runs: Vec<Own>) -> Result<(), Refusal> {
        self.ask(|answer| Job::Own { runs, answer }).await?
    }

    /// The workspace's id.
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.read(|state| WorkspaceId::from_bytes(*state.hub.workspace()))
    }

    /// Whether a device ever joined.
    #[must_use]
    pub fn knows_device(&self, device: DeviceId) -> bool {
        self.read(|state| state.device(device).is_some())
    }

    /// The workspace's first fact; none while the log is empty.
    #[must_use]
    pub fn begun_as(&self) -> Option<Fact> {
        self.read(|state| {
            let (id, name, sample) = state.catalogue.workspace.clone()?;
            Some(Fact::Workspace { id, name, sample, stated: 0 })
        })
    }
}
