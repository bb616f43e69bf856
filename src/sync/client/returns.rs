//! Entries on their way back to a hub that lost them: in their old order, one page in flight, before anything new.

use std::collections::VecDeque;

use super::{
    super::{
        Key,
        frame::{Entry, Except, Frame, Limits},
    },
    Event,
    outbox::{Verdict, verdicts},
};

/// Bytes of entries in one page.
const PAGE_BYTES: usize = 128 << 10;
/// An answer must come within this many milliseconds, beside the time the bytes take.
const ANSWER: u64 = 30_000;
/// The slowest link that is worth waiting for, in bytes per millisecond.
const SLOWEST: u64 = 2;
/// Tells a page's number from a push's.
const MARK: u32 = 1 << 31;

#[derive(Debug)]
struct Flight {
    req: u32,
    keys: Vec<Key>,
    bytes: usize,
    until: u64,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Returns {
    queue: VecDeque<Entry>,
    flight: Option<Flight>,
    req: u32,
    held_until: u64,
}

impl Returns {
    pub fn offer(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.queue.extend(entries);
    }

    pub fn clear(&mut self) {
        *self = Self { req: self.req, ..Self::default() };
    }

    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether something is queued and nothing in flight.
    pub fn waits(&self) -> bool {
        self.flight.is_none() && !self.queue.is_empty()
    }

    pub fn held_until(&self) -> Option<u64> {
        (self.held_until > 0).then_some(self.held_until)
    }

    pub fn flight_until(&self) -> Option<u64> {
        self.flight.as_ref().map(|flight| flight.until)
    }

    pub fn flight_bytes(&self) -> usize {
        self.flight.as_ref().map_or(0, |flight| flight.bytes)
    }

    /// What was in flight is offered again.
    pub fn lost(&mut self) {
        self.flight = None;
    }

    /// An entry was seen in the hub's log: somebody else brought it back. Says whether it was queued.
    pub fn sighted(&mut self, key: &Key) -> bool {
        let before = self.queue.len();
        self.queue.retain(|entry| entry.item.key() != *key);
        self.queue.len() < before
    }

    /// The next page, unless one is in flight or the hub asked for patience.
    pub fn page(&mut self, limits: &Limits, now: u64) -> Option<Frame> {
        if !self.waits() || now < self.held_until {
            return None;
        }
        self.held_until = 0;
        let most = usize::try_from(limits.entries).unwrap_or(usize::MAX).max(1);
        let room = PAGE_BYTES.min(usize::try_from(limits.frame).unwrap_or(usize::MAX));
        let mut entries: Vec<Entry> = Vec::new();
        let mut bytes = 0;
        for entry in self.queue.iter().take(most) {
            let size = 40 + entry.item.size();
            if !entries.is_empty() && bytes + size > room {
                break;
            }
            bytes += size;
            entries.push(entry.clone());
        }
        self.req = self.req.wrapping_add(1) | MARK;
        let until = now + ANSWER + u64::try_from(bytes).unwrap_or(0) / SLOWEST;
        let keys = entries.iter().map(|entry| entry.item.key()).collect();
        self.flight = Some(Flight { req: self.req, keys, bytes, until });
        Some(Frame::Return { req: self.req, entries })
    }

    /// Whether an acknowledgement is of the page in flight.
    pub fn is_mine(&self, req: u32) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.req == req)
    }

    /// Takes in an acknowledgement. What the hub will not have is told and not offered again.
    pub fn acked(
        &mut self,
        (first, taken): (u64, u32),
        except: Vec<(u32, Except)>,
        now: u64,
    ) -> Result<Vec<Event>, String> {
        let Some(flight) = self.flight.take() else { return Ok(Vec::new()) };
        let verdicts = verdicts(flight.keys.len(), first, taken, except)?;
        let mut events = Vec::new();
        for (key, verdict) in flight.keys.into_iter().zip(verdicts) {
            let told = match verdict {
                Verdict::Taken(number) | Verdict::Not(Except::Known { number }) => Ok(number),
                Verdict::Not(Except::Retry { after }) => {
                    self.held_until = self.held_until.max(now.saturating_add(u64::from(after) * 1_000));
                    continue;
                }
                Verdict::Not(Except::NeedsDeps { .. }) => Err("needs-deps".to_owned()),
                Verdict::Not(Except::Fork) => Err("fork".to_owned()),
                Verdict::Not(Except::Refused { why }) => Err(why),
            };
            // Seen in the log meanwhile, it was told then.
            if self.sighted(&key) {
                events.push(Event::Returned { key, told });
            }
        }
        Ok(events)
    }
}
