//! Items on their way to the hub: one queue in causal order, one push in flight.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::{
    super::{
        Key,
        frame::{Except, Frame, Hash, Id, Item, Limits, Receipt},
    },
    Event,
};

/// Bytes of items in one push: small enough that a 64 kbit/s link acknowledges something every half minute.
const PUSH_BYTES: usize = 128 << 10;
/// An acknowledgement must come within this many milliseconds, beside the time the bytes take.
const ANSWER: u64 = 30_000;
/// The slowest link that is worth waiting for, in bytes per millisecond.
const SLOWEST: u64 = 2;

#[derive(Debug)]
struct Flight {
    req: u32,
    keys: Vec<Key>,
    bytes: usize,
    until: u64,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Outbox {
    queue: VecDeque<Item>,
    queued: HashSet<Key>,
    flight: Option<Flight>,
    req: u32,
    held_until: u64,
}

impl Outbox {
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    pub fn holds(&self, key: &Key) -> bool {
        self.queued.contains(key)
    }

    /// Whether something is queued and nothing in flight.
    pub fn waits(&self) -> bool {
        self.flight.is_none() && !self.queue.is_empty()
    }

    pub fn held_until(&self) -> Option<u64> {
        (self.held_until > 0).then_some(self.held_until)
    }

    /// When waiting for the acknowledgement is in vain.
    pub fn flight_until(&self) -> Option<u64> {
        self.flight.as_ref().map(|flight| flight.until)
    }

    pub fn flight_bytes(&self) -> usize {
        self.flight.as_ref().map_or(0, |flight| flight.bytes)
    }

    pub fn offer(&mut self, items: impl IntoIterator<Item = Item>) {
        for item in items {
            if self.queued.insert(item.key()) {
                self.queue.push_back(item);
            }
        }
    }

    pub fn withdraw(&mut self, doc: Id) {
        self.remove(|key| key.doc == Some(doc));
    }

    /// Forgets all that is queued.
    pub fn clear(&mut self) {
        *self = Self { req: self.req, ..Self::default() };
    }

    pub fn take_back(&mut self, key: &Key) {
        self.remove(|other| other == key);
    }

    fn remove(&mut self, gone: impl Fn(&Key) -> bool) {
        self.queue.retain(|item| !gone(&item.key()));
        self.queued.retain(|key| !gone(key));
    }

    /// An item was seen in the hub's log. Says whether it was queued.
    pub fn sighted(&mut self, key: &Key) -> bool {
        let was = self.queued.contains(key);
        if was {
            self.remove(|other| other == key);
        }
        was
    }

    /// What was in flight is offered again.
    pub fn lost(&mut self) {
        self.flight = None;
    }

    /// The next push, unless one is in flight or the hub asked for patience.
    pub fn push(&mut self, limits: &Limits, now: u64) -> Option<Frame> {
        if !self.waits() || now < self.held_until {
            return None;
        }
        self.held_until = 0;
        let most = usize::try_from(limits.entries).unwrap_or(usize::MAX).max(1);
        let room = PUSH_BYTES.min(usize::try_from(limits.frame).unwrap_or(usize::MAX));
        let mut items: Vec<Item> = Vec::new();
        let mut bytes = 0;
        for item in self.queue.iter().take(most) {
            // The first goes whatever its size: it is the hub's to refuse.
            if !items.is_empty() && bytes + item.size() > room {
                break;
            }
            bytes += item.size();
            items.push(item.clone());
        }
        self.req = self.req.wrapping_add(1);
        let until = now + ANSWER + u64::try_from(bytes).unwrap_or(0) / SLOWEST;
        self.flight = Some(Flight { req: self.req, keys: items.iter().map(Item::key).collect(), bytes, until });
        Some(Frame::Push { req: self.req, items })
    }

    /// Takes in an acknowledgement. One of another push is an echo and says nothing.
    pub fn acked(
        &mut self,
        req: u32,
        (first, taken, receipts): (u64, u32, &[u8]),
        except: Vec<(u32, Except)>,
        now: u64,
    ) -> Result<Vec<Event>, String> {
        let Some(flight) = self.flight.take_if(|flight| flight.req == req) else { return Ok(Vec::new()) };
        let verdicts = verdicts(flight.keys.len(), first, taken, except)?;
        let mut events = Vec::new();
        let mut dead_docs: BTreeSet<Id> = BTreeSet::new();
        let mut needy: Vec<(Key, Vec<Hash>)> = Vec::new();
        for (key, verdict) in flight.keys.into_iter().zip(verdicts) {
            // Seen in the log already, or withdrawn while in flight: what was withdrawn may still have been taken.
            let queued = self.queued.contains(&key);
            match verdict {
                Verdict::Taken(number) => {
                    self.remove(|other| *other == key);
                    let nth = usize::try_from(number - first).unwrap_or(usize::MAX);
                    let receipt = receipts.as_chunks().0.get(nth).map(|code| Receipt::from(*code));
                    events.push(Event::Acked { key, number, receipt });
                }
                Verdict::Not(Except::Known { number }) => {
                    self.remove(|other| *other == key);
                    events.push(Event::Acked { key, number, receipt: None });
                }
                Verdict::Not(_) if !queued => {}
                Verdict::Not(Except::Retry { after }) => {
                    self.held_until = self.held_until.max(now.saturating_add(u64::from(after) * 1_000));
                }
                Verdict::Not(Except::NeedsDeps { deps }) => needy.push((key, deps)),
                Verdict::Not(Except::Fork) => {
                    self.remove(|other| *other == key);
                    dead_docs.extend(key.doc);
                    events.push(Event::Fork { key });
                }
                Verdict::Not(Except::Refused { why }) => {
                    self.remove(|other| *other == key);
                    dead_docs.extend(key.doc);
                    events.push(Event::Refused { key, why });
                }
            }
        }
        if self.held_until > now {
            events.push(Event::Retry { at: self.held_until });
        }
        self.remove(|key| key.doc.is_some_and(|doc| dead_docs.contains(&doc)));
        for (key, deps) in needy {
            let doc_died = key.doc.is_some_and(|doc| dead_docs.contains(&doc));
            let on_their_way = deps.iter().all(|hash| self.queued.contains(&Key { doc: key.doc, hash: *hash }));
            // With all it needs queued before it, it only has to wait its turn.
            if !doc_died && !on_their_way {
                self.remove(|other| *other == key);
                events.push(Event::NeedsDeps { key, deps });
            }
        }
        Ok(events)
    }
}

/// What became of an item.
pub enum Verdict {
    Taken(u64),
    Not(Except),
}

/// What an acknowledgement says of each item, in order.
pub fn verdicts(count: usize, first: u64, taken: u32, except: Vec<(u32, Except)>) -> Result<Vec<Verdict>, String> {
    let mut slots: Vec<Option<Except>> = (0..count).map(|_| None).collect();
    for (index, reason) in except {
        let slot = usize::try_from(index).ok().and_then(|index| slots.get_mut(index));
        *slot.ok_or_else(|| format!("an acknowledgement names item {index} of {count}"))? = Some(reason);
    }
    let claimed = slots.iter().filter(|slot| slot.is_none()).count();
    if usize::try_from(taken).ok() != Some(claimed) {
        return Err(format!("an acknowledgement counts {taken} taken and leaves {claimed}"));
    }
    let mut number = first;
    Ok(slots
        .into_iter()
        .map(|slot| {
            slot.map_or_else(
                || {
                    number += 1;
                    Verdict::Taken(number - 1)
                },
                Verdict::Not,
            )
        })
        .collect())
}
