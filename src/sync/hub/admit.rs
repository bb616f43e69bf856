//! Appending: the rules an item must pass, in their order, and the batch that waits for the store.

use std::collections::{HashMap, HashSet};

use super::{
    super::{
        Key,
        frame::{Except, Frame, Hash, Id, Item, Point, Receipt},
    },
    Hub,
    index::{Chain, LoadError, Row},
    policy::{Effect, Policy},
};

/// What a change says about itself, read without decoding its operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Who made it.
    pub actor: Vec<u8>,
    /// Its sequence by that actor, from 1.
    pub seq: u64,
    /// The changes it builds on.
    pub deps: Vec<Hash>,
    /// Whether it is the same in many documents, so that whoever offers it need not have written it.
    pub shared: bool,
}

/// What the caller found when it looked at the item's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// A sound change: its hash is the one offered, and its actor is bound to the device that offers it.
    Change(Header),
    /// A fact with the hash offered.
    Fact,
    /// Never to be taken, for this reason: `malformed`, `wrong-hash`, `foreign-actor`, …
    Bad(&'static str),
    /// Not now: too much from this device; try again after so many seconds.
    Later(u32),
}

/// An item of a push with what the caller found.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The item.
    pub item: Item,
    /// What its bytes say.
    pub checked: Checked,
}

/// What is said of an entry that a device gives back.
#[derive(Debug, Clone, Copy)]
pub struct Past {
    /// Who wrote it; none for the hub itself.
    pub device: Option<Id>,
    /// When the hub received it, as its bringer says.
    pub received_at: u64,
}

/// Rows on their way to the store, of one or several pushes. Dropped, it never was.
#[derive(Debug)]
pub struct Batch {
    base: u64,
    rows: Vec<Row>,
    numbers: HashMap<Key, u64>,
    seqs: HashMap<(Id, Vec<u8>), u64>,
    docs: HashSet<Id>,
    chain: Chain,
    received_at: u64,
}

impl Batch {
    /// What the store must commit, in one transaction, before [`Hub::commit`] and before any of the acknowledgements
    /// goes out.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

enum Verdict {
    Take(Row),
    Not(Except, &'static str),
}

impl Hub {
    /// A batch on top of what is committed. One at a time: a second one begun before the first is committed can no
    /// longer be.
    #[must_use]
    pub fn begin(&self) -> Batch {
        Batch {
            base: self.index.head(),
            rows: Vec::new(),
            numbers: HashMap::new(),
            seqs: HashMap::new(),
            docs: HashSet::new(),
            chain: self.index.chain(),
            received_at: self.index.received_at(),
        }
    }

    /// Judges a push and puts what may be taken into the batch. The acknowledgement that comes back is to be sent only
    /// after [`Self::commit`]. `device` is none for the hub itself; `now` is milliseconds since 1970.
    pub fn prepare(
        &mut self,
        batch: &mut Batch,
        device: Option<Id>,
        req: u32,
        offered: Vec<Offered>,
        policy: &mut dyn Policy,
        now: u64,
    ) -> Frame {
        self.prepare_all(batch, device, req, offered.into_iter().map(|offered| (offered, None)), policy, now)
    }

    /// Judges what a device gives back after a rewind, as [`Self::prepare`] does. What carries this hub's own code was
    /// taken once by the rights of its time, and is taken again under its author's name; what does not is a push like any
    /// other if the device wrote it itself, and nothing if another did.
    pub fn prepare_return(
        &mut self,
        batch: &mut Batch,
        device: Id,
        req: u32,
        brought: Vec<(Offered, Past)>,
        policy: &mut dyn Policy,
        now: u64,
    ) -> Frame {
        let brought = brought.into_iter().map(|(offered, past)| (offered, Some(past)));
        self.prepare_all(batch, Some(device), req, brought, policy, now)
    }

    fn prepare_all(
        &mut self,
        batch: &mut Batch,
        device: Option<Id>,
        req: u32,
        offered: impl Iterator<Item = (Offered, Option<Past>)>,
        policy: &mut dyn Policy,
        now: u64,
    ) -> Frame {
        let first = batch.base + u64::try_from(batch.rows.len()).unwrap_or(0) + 1;
        let most = usize::try_from(self.limits.entries).unwrap_or(usize::MAX);
        let mut taken = 0;
        let mut later = None;
        let mut except = Vec::new();
        for (index, (offered, past)) in (0_u32..).zip(offered) {
            let verdict = match later {
                // What was put off may be what this one builds on.
                Some(after) => Verdict::Not(Except::Retry { after }, "retry"),
                None if usize::try_from(index).is_ok_and(|index| index >= most) => {
                    Verdict::Not(Except::Retry { after: 0 }, "retry")
                }
                None => self.judge(batch, device, offered, past, policy, now),
            };
            if let Verdict::Not(Except::Retry { after }, _) = verdict {
                later = Some(after);
            }
            match verdict {
                Verdict::Take(row) => {
                    taken += 1;
                    if let Item::Fact { body, .. } = &row.item {
                        policy.fold(body);
                    }
                    batch.take(row);
                }
                Verdict::Not(reason, word) => {
                    *self.counts.entry(word).or_default() += 1;
                    except.push((index, reason));
                }
            }
        }
        let rows = &batch.rows[batch.rows.len() - usize::try_from(taken).unwrap_or(0)..];
        let receipts = rows.iter().filter_map(|row| self.receipt(row)).flat_map(<[u8; 8]>::from);
        let receipts: Vec<u8> = receipts.collect();
        let receipts = (!receipts.is_empty()).then(|| receipts.into());
        let stamp = batch.rows.last().map_or_else(|| self.stamp(), |row| row.stamp);
        let at = Some(Point { number: batch.base + u64::try_from(batch.rows.len()).unwrap_or(0), stamp });
        Frame::Ack { req, first, taken, except, receipts, at }
    }

    fn judge(
        &self,
        batch: &Batch,
        device: Option<Id>,
        offered: Offered,
        past: Option<Past>,
        policy: &dyn Policy,
        now: u64,
    ) -> Verdict {
        let refused = |why: &'static str| Verdict::Not(Except::Refused { why: why.to_owned() }, why);
        let Offered { item, checked } = offered;
        let size = match &item {
            Item::Change { body, .. } => body.as_ref().map_or(0, |body| body.len()),
            Item::Fact { body, .. } => body.len(),
        };
        if size > usize::try_from(self.limits.change).unwrap_or(usize::MAX) {
            return refused("too-large");
        }
        let author = past.map_or(device, |past| past.device);
        let vouched = past.is_some() && self.vouches(author, &item);
        if author != device && !vouched {
            return refused("unvouched");
        }
        let now = past.map_or(now, |past| past.received_at.min(now));
        let key = item.key();
        let (header, makes) = match (checked, &item) {
            (Checked::Bad(why), Item::Change { .. } | Item::Fact { .. }) => return refused(why),
            (Checked::Later(after), Item::Change { .. } | Item::Fact { .. }) => {
                return Verdict::Not(Except::Retry { after }, "retry");
            }
            (Checked::Change(_), Item::Fact { .. })
            | (Checked::Fact, Item::Change { .. })
            | (Checked::Change(_), Item::Change { body: None, .. }) => return refused("malformed"),
            (Checked::Fact, Item::Fact { body, .. }) => {
                let known = self.number_of(batch, &key);
                let judged = if vouched { policy.recall(body) } else { policy.judge(device, body) };
                // Whoever did not write it and may not see it learns no more than if it were not there.
                let told = |device| policy.sees(device, body) || self.wrote(batch, device, &key.hash);
                if let Some(number) = known.filter(|_| vouched || device.is_none_or(told)) {
                    return Verdict::Not(Except::Known { number }, "known");
                }
                match (judged, known) {
                    (Err(why), _) => return refused(why),
                    (Ok(_), Some(number)) => return Verdict::Not(Except::Known { number }, "known"),
                    (Ok(effect), None) => match effect {
                        Effect::Other => (None, None),
                        Effect::Makes(doc) if self.is_known(batch, &doc) => return refused("document-exists"),
                        Effect::Makes(doc) => (None, Some(doc)),
                    },
                }
            }
            (Checked::Change(header), Item::Change { doc, body: Some(_), .. }) => {
                let by = device.filter(|_| !vouched);
                if let Err((reason, word)) = self.judge_change(batch, by, &key, *doc, &header, policy) {
                    return Verdict::Not(reason, word);
                }
                (Some(header), None)
            }
        };
        let number = batch.base + u64::try_from(batch.rows.len()).unwrap_or(0) + 1;
        let (_, stamp) = batch.chain.next(number, &key.hash);
        let (actor, seq) = header.map_or((Vec::new(), 0), |header| (header.actor, header.seq));
        let (received_at, device, item) = (batch.received_at.max(now), author, bare(item));
        Verdict::Take(Row { number, received_at, device, item, actor, seq, makes, stamp })
    }

    fn judge_change(
        &self,
        batch: &Batch,
        device: Option<Id>,
        key: &Key,
        doc: Id,
        header: &Header,
        policy: &dyn Policy,
    ) -> Result<(), (Except, &'static str)> {
        let refused = |why: &'static str| (Except::Refused { why: why.to_owned() }, why);
        let known = self.number_of(batch, key);
        // An acknowledgement once lost must be repeatable after the right to read has ended. Beyond that, a document that
        // a device may not read does not exist for it.
        let hidden = device.is_some_and(|device| !policy.reads(device, doc));
        if !self.is_known(batch, &doc) || (hidden && (known.is_none() || header.shared)) {
            return Err(refused("unknown-document"));
        }
        // Before the right to write: to say "I have it" gives nothing away to a reader.
        if let Some(number) = known {
            return Err((Except::Known { number }, "known"));
        }
        if device.is_some_and(|device| !policy.may_write(device, doc)) {
            return Err(refused("not-a-writer"));
        }
        let last = batch
            .seqs
            .get(&(doc, header.actor.clone()))
            .copied()
            .unwrap_or_else(|| self.index.seq_of(doc, &header.actor));
        if header.seq <= last {
            return Err((Except::Fork, "fork"));
        }
        let lacking: Vec<Hash> = header
            .deps
            .iter()
            .copied()
            .filter(|hash| self.number_of(batch, &Key { doc: Some(doc), hash: *hash }).is_none())
            .collect();
        if !lacking.is_empty() {
            return Err((Except::NeedsDeps { deps: lacking }, "needs-deps"));
        }
        if header.seq != last + 1 {
            return Err(refused("sequence"));
        }
        Ok(())
    }

    /// The hub's code on a row; zeros for a fact, which has its own. None without a key.
    fn receipt(&self, row: &Row) -> Option<Receipt> {
        let key = self.key.as_ref()?;
        Some(match &row.item {
            Item::Change { doc, hash, .. } => key.change(&self.workspace, doc, hash, row.device.as_ref()),
            Item::Fact { .. } => [0; 8].into(),
        })
    }

    fn number_of(&self, batch: &Batch, key: &Key) -> Option<u64> {
        batch.numbers.get(key).copied().or_else(|| self.index.number_of(key))
    }

    /// Whether a device wrote a fact.
    fn wrote(&self, batch: &Batch, device: Id, hash: &Hash) -> bool {
        let mut waiting = batch.rows.iter().filter(|row| row.item.key() == Key { doc: None, hash: *hash });
        let mut there = self.index.facts().filter(|fact| fact.hash == *hash);
        waiting.any(|row| row.device == Some(device)) || there.any(|fact| fact.device == Some(device))
    }

    fn is_known(&self, batch: &Batch, doc: &Id) -> bool {
        batch.docs.contains(doc) || self.index.knows(doc)
    }

    /// Takes in a batch that the store has committed. The acknowledgements of its pushes may go out now.
    ///
    /// # Errors
    ///
    /// [`LoadError::Gap`] if another batch was committed since this one was begun: the store's own numbering should
    /// have failed before.
    pub fn commit(&mut self, batch: Batch) -> Result<(), LoadError> {
        if batch.base != self.index.head() {
            return Err(LoadError::Gap { after: self.index.head(), found: batch.base + 1 });
        }
        batch.rows.iter().try_for_each(|row| self.index.append(row))?;
        self.written(&batch.rows);
        Ok(())
    }
}

impl Batch {
    fn take(&mut self, row: Row) {
        let key = row.item.key();
        self.chain = self.chain.next(row.number, &key.hash).0;
        self.received_at = row.received_at;
        self.numbers.insert(key, row.number);
        self.docs.extend(row.makes);
        if let Item::Change { doc, .. } = &row.item {
            self.seqs.insert((*doc, row.actor.clone()), row.seq);
        }
        self.rows.push(row);
    }
}

/// An item as a row has it: the hub's code is made anew whenever it is told.
fn bare(item: Item) -> Item {
    match item {
        Item::Change { doc, hash, body, signature, receipt: _ } => {
            Item::Change { doc, hash, body, signature, receipt: None }
        }
        Item::Fact { hash, body, mac: _ } => Item::Fact { hash, body, mac: None },
    }
}
