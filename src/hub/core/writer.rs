//! The one writer: judges what is offered, commits it, and only then lets anyone know.
//!
//! Pushes that wait together go into one transaction, so that a flush to disk is paid once for all of them. When the log
//! has moved on under it (another program appended), it looks again and repeats; when the store fails, nothing was
//! taken and everyone who waits is told so.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, atomic::Ordering::Relaxed},
    time::Instant,
};

use tokio::sync::mpsc;

use super::{
    Core, Who, examine,
    job::{Answer, Job, Offer, Own},
    sound::Documents,
    state::State,
    turns::{Turn, Turns},
};
use crate::{
    domain::{DeviceId, Fact},
    hub::{
        accounts::{self, Admitted, ComeBack, Join, Plan, Wish},
        clock,
        error::HubError,
        refusal::Refusal,
        rights::Admission,
        rows,
        secret::Secret,
        store::{self, AccountChange, StoreError},
    },
    sync::{
        Key,
        frame::{Except, Frame, Item},
        hub::{Checked, Row},
    },
};

/// Pushes that wait for their turn at most; more wait in the channel.
const WAITING: usize = 1_024;
/// Times to look again when the log moved on.
const TRIES: usize = 5;

/// A push that waits for its group.
struct Waiting {
    who: Who,
    req: u32,
    offered: Offer,
    /// Its device's place among those that wait, until it is answered.
    _turn: Turn,
    answer: Answer<Frame>,
}

/// The writer.
pub struct Writer {
    core: Arc<Core>,
    queue: mpsc::Receiver<Job>,
    documents: Documents,
}

impl Writer {
    pub fn new(core: Arc<Core>, queue: mpsc::Receiver<Job>) -> Self {
        Self { core, queue, documents: Documents::default() }
    }

    /// Works until the last sender is gone and nothing waits.
    pub async fn run(mut self) {
        let mut turns = Turns::default();
        loop {
            let mut others = Vec::new();
            if turns.len() == 0 {
                let Some(job) = self.queue.recv().await else { return };
                sort(job, &mut turns, &mut others);
            }
            while turns.len() < WAITING
                && let Ok(job) = self.queue.try_recv()
            {
                sort(job, &mut turns, &mut others);
            }
            self.pushes(turns.take()).await;
            for job in others {
                self.other(job).await;
            }
        }
    }

    async fn other(&self, job: Job) {
        // Whoever asked may be gone; what was done is done.
        match job {
            Job::Append { .. } => {}
            Job::Own { runs, answer } => drop(answer.send(self.own(&runs, Vec::new()).await)),
            Job::Join { join, answer } => drop(answer.send(self.join(join).await)),
            Job::ComeBack { back, answer } => drop(answer.send(self.come_back(*back).await)),
            Job::Invite { by, wish, answer } => drop(answer.send(self.invite(by, wish).await)),
            Job::Revoke { by, device, answer } => drop(answer.send(self.revoke(by, device).await)),
            Job::Look { answer } => drop(answer.send(self.look().await.map_err(Refusal::from))),
        }
    }

    async fn pushes(&self, mut group: Vec<Waiting>) {
        if group.is_empty() {
            return;
        }
        match self.append(&mut group).await {
            Ok(acks) => {
                for (waiting, ack) in group.into_iter().zip(acks) {
                    // What is given back and refused stays with its bringer.
                    if let Offer::Push(offered) = &waiting.offered {
                        self.core.note_refused(waiting.who, offered, &ack);
                    }
                    drop(waiting.answer.send(Ok(ack)));
                }
            }
            Err(error) => {
                tracing::error!(%error, "nothing of {} pushes was taken", group.len());
                for waiting in group {
                    drop(waiting.answer.send(Err(Refusal::Internal)));
                }
            }
        }
    }

    async fn append(&self, group: &mut [Waiting]) -> Result<Vec<Frame>, HubError> {
        let mut tries = TRIES;
        while tries > 0 {
            let now = clock::now();
            let mut policy = self.admission(now);
            let (batch, acks) = self.core.write(|state| {
                let mut batch = state.hub.begin();
                let acks: Vec<Frame> = group
                    .iter()
                    .map(|push| {
                        let (by, req) = (push.who.id(), push.req);
                        match push.offered.clone() {
                            Offer::Push(offered) => {
                                state.hub.prepare(&mut batch, Some(by), req, offered, &mut policy, now)
                            }
                            Offer::Return(brought) => {
                                state.hub.prepare_return(&mut batch, by, req, brought, &mut policy, now)
                            }
                        }
                    })
                    .collect();
                (batch, acks)
            });
            let bad = self.documents.unsound(&*self.core.store, batch.rows(), policy.catalogue()).await?;
            if !bad.is_empty() {
                // The rest is judged again without them: it may stand on them.
                self.documents.forget(batch.rows());
                refuse(group, &bad);
                continue;
            }
            if self.commit(batch, policy, Vec::new()).await? {
                acks.iter().for_each(|ack| self.count(ack));
                return Ok(acks);
            }
            tries -= 1;
            self.reload().await?;
        }
        Err(StoreError::Moved.into())
    }

    fn admission(&self, now: u64) -> Admission {
        Admission::new(self.core.read(|state| Arc::clone(&state.catalogue)), clock::day(now))
    }

    fn count(&self, ack: &Frame) {
        let Frame::Ack { except, .. } = ack else { return };
        for (_, why) in except {
            match why {
                Except::Refused { why } => self.core.metrics().refuse(why),
                Except::Fork => self.core.metrics().refuse("fork"),
                Except::NeedsDeps { .. } => self.core.metrics().refuse("needs-deps"),
                Except::Retry { .. } => self.core.metrics().refuse("retry"),
                Except::Known { .. } => {}
            }
        }
    }

    /// Commits a batch to the store and then takes it in. False: the log has moved on, nothing happened.
    async fn commit(
        &self,
        batch: crate::sync::hub::Batch,
        policy: Admission,
        mut accounts: Vec<AccountChange>,
    ) -> Result<bool, HubError> {
        let rows: Vec<Row> = batch.rows().to_vec();
        accounts.extend(self.revoked_by(&rows, &accounts));
        if rows.is_empty() && accounts.is_empty() {
            return Ok(true);
        }
        let catalogue = policy.into_catalogue();
        let head = self.core.head();
        let stored = rows.iter().map(|row| rows::stored(row, &catalogue)).collect();
        let started = Instant::now();
        match self.core.store.append(head, store::Batch { rows: stored, accounts: accounts.clone() }).await {
            Ok(()) => {}
            Err(error) => {
                // What was tried on them did not come about.
                self.documents.forget(&rows);
                return if matches!(error, StoreError::Moved) { Ok(false) } else { Err(error.into()) };
            }
        }
        let metrics = self.core.metrics();
        metrics.commits.fetch_add(1, Relaxed);
        metrics.entries.fetch_add(rows.len() as u64, Relaxed);
        metrics.commit_micros.fetch_add(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX), Relaxed);
        let head = self.core.write(|state| {
            state.hub.commit(batch).map_err(|error| HubError::Damaged(error.to_string()))?;
            state.catalogue = catalogue;
            state.apply(accounts);
            Ok::<_, HubError>(state.hub.head())
        })?;
        if !rows.is_empty() {
            self.core.recent.lock().unwrap_or_else(PoisonError::into_inner).push(rows);
            self.core.head.send_replace(head);
        }
        Ok(true)
    }

    /// Accounts that lose their rights by these rows: a revocation that was given back counts like any.
    fn revoked_by(&self, rows: &[Row], accounts: &[AccountChange]) -> Vec<AccountChange> {
        let revoked = rows.iter().filter_map(|row| match &row.item {
            Item::Fact { body, .. } => match Fact::from_bytes(body) {
                Ok(Fact::Revoke { device }) => Some(device),
                Ok(_) | Err(_) => None,
            },
            Item::Change { .. } => None,
        });
        let has_rights =
            |id: &DeviceId| self.core.read(|state| state.device(*id).is_some_and(|device| !device.revoked));
        let change = revoked.filter(has_rights).map(AccountChange::RevokeDevice);
        change.filter(|change| !accounts.contains(change)).collect()
    }

    /// Reads everything anew if another program appended. Nothing of this one is in flight here.
    async fn look(&self) -> Result<(), HubError> {
        match self.core.store.workspace().await? {
            Some(workspace) if workspace.head != self.core.head() => self.reload().await,
            Some(_) | None => Ok(()),
        }
    }

    /// Reads everything anew: another program appended.
    async fn reload(&self) -> Result<(), HubError> {
        self.documents.forget_all();
        let mut state = State::load(&*self.core.store, self.core.limits()).await?;
        // What was heard since it was last written down.
        state.recall(self.core.read(|held| held.hub.contacts().collect()));
        let head = state.hub.head();
        *self.core.recent.lock().unwrap_or_else(PoisonError::into_inner) = super::Recent::after(head);
        self.core.write(|held| *held = state);
        self.core.head.send_replace(head);
        Ok(())
    }

    /// Appends the hub's own entries and changes of accounts in one transaction, all or nothing.
    async fn own(&self, runs: &[Own], accounts: Vec<AccountChange>) -> Result<(), Refusal> {
        for _ in 0..TRIES {
            let now = clock::now();
            let mut policy = self.admission(now).trusted();
            let most = self.core.limits().entries as usize;
            let (batch, acks) = self.core.write(|state| {
                let mut batch = state.hub.begin();
                let mut acks = Vec::new();
                for (device, items) in
                    runs.iter().flat_map(|run| run.items.chunks(most).map(|items| (run.device, items)))
                {
                    let offered = examine::own(items, policy.catalogue());
                    acks.push(state.hub.prepare(&mut batch, device, 0, offered, &mut policy, now));
                }
                (batch, acks)
            });
            for ack in &acks {
                if let Frame::Ack { except, .. } = ack
                    && let Some((index, why)) = except.iter().find(|(_, why)| !matches!(why, Except::Known { .. }))
                {
                    tracing::error!(index, ?why, "the hub's own entry was refused");
                    return Err(Refusal::Internal);
                }
            }
            self.documents.forget(batch.rows());
            if self.commit(batch, policy, accounts.clone()).await? {
                return Ok(());
            }
            self.reload().await?;
        }
        Err(StoreError::Moved.into())
    }

    async fn carry_out(&self, plan: Plan) -> Result<(), Refusal> {
        let items = plan.facts.iter().map(fact_item).collect();
        self.own(&[Own { device: None, items }], plan.accounts).await
    }

    async fn join(&self, join: Join) -> Result<Admitted, Refusal> {
        let invitation = self.core.store.invitation(join.secret.hash()).await?;
        let devices: Vec<_> = self.core.read(|state| state.devices().cloned().collect());
        let (admitted, plan) = join.admit(invitation.as_ref(), &devices, clock::now())?;
        self.carry_out(plan).await?;
        Ok(admitted)
    }

    async fn come_back(&self, back: ComeBack) -> Result<(), Refusal> {
        let plan = self.core.read(|state| {
            let known = state.device(back.device()).cloned();
            back.admit(|item| state.hub.vouches(None, item), &state.catalogue, known.as_ref())
        })?;
        self.carry_out(plan).await
    }

    async fn invite(&self, by: Option<Who>, wish: Wish) -> Result<Secret, Refusal> {
        let now = clock::now();
        let catalogue = self.core.read(|state| Arc::clone(&state.catalogue));
        if by.is_some_and(|who| !wish.allowed(&catalogue, who.person, clock::day(now))) {
            return Err(Refusal::Forbidden);
        }
        let (secret, invitation) = wish.grant(&catalogue, now)?;
        self.carry_out(Plan { facts: vec![], accounts: vec![AccountChange::Invite(invitation)] }).await?;
        Ok(secret)
    }

    async fn revoke(&self, by: Option<Who>, device: DeviceId) -> Result<(), Refusal> {
        let found = self.core.read(|state| state.device(device).map(|device| (device.person, device.revoked)));
        let (owner, revoked) = found.ok_or(Refusal::DeviceUnknown)?;
        let today = clock::day(clock::now());
        let catalogue = self.core.read(|state| Arc::clone(&state.catalogue));
        if by.is_some_and(|who| !accounts::may_revoke(&catalogue, who.person, owner, today)) {
            return Err(Refusal::Forbidden);
        }
        if revoked {
            return Ok(());
        }
        let facts = vec![Fact::Revoke { device }];
        self.carry_out(Plan { facts, accounts: vec![AccountChange::RevokeDevice(device)] }).await
    }
}

/// Pushes wait for their device's turn; all else is done after the next group of them.
fn sort(job: Job, turns: &mut Turns<DeviceId, Waiting>, others: &mut Vec<Job>) {
    match job {
        Job::Append { who, req, offered, turn, answer } => {
            turns.push(who.device, offered.len(), Waiting { who, req, offered, _turn: turn, answer });
        }
        other => others.push(other),
    }
}

/// Notes that these changes do not hold together. Each turn refuses at least one more, so there is an end to turns.
fn refuse(group: &mut [Waiting], bad: &HashSet<Key>) {
    for offered in group.iter_mut().flat_map(|push| push.offered.offered_mut()) {
        if bad.contains(&offered.item.key()) {
            offered.checked = Checked::Bad("unsound");
        }
    }
}

/// A fact as an item of the log.
#[must_use]
pub fn fact_item(fact: &Fact) -> Item {
    let body = fact.to_bytes();
    Item::fact(Fact::hash(&body).into(), body)
}
