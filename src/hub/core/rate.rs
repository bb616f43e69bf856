//! How much one device may push: a busy day of work at once, and then as fast as a person with many windows can write.
//!
//! Whoever is too fast is told how long to wait. Nothing of such a push is looked at or taken, and nothing is lost: the
//! device keeps it and offers it again.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use crate::{
    domain::DeviceId,
    sync::frame::{Except, Frame, Item},
};

/// What a device may do at once, and how fast that comes back.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Most at once.
    pub burst: u64,
    /// What comes back each second.
    pub each_second: u64,
}

/// Entries: five full pushes at once, then 50 a second.
pub const ENTRIES: Allowance = Allowance { burst: 10_000, each_second: 50 };
/// Bytes of them: 32 MiB at once, then 128 KiB a second.
pub const BYTES: Allowance = Allowance { burst: 32 << 20, each_second: 128 << 10 };
/// The longest a device is told to wait, in seconds: it may be another day's work by then.
const LONGEST: u64 = 300;

/// A level that fills with time. It may fall below zero once: the largest push must get through in the end.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// In thousandths.
    left: i128,
    at: u64,
}

impl Allowance {
    const fn full(self, now: u64) -> Level {
        Level { left: self.burst as i128 * 1_000, at: now }
    }

    fn refilled(self, level: Level, now: u64) -> Level {
        let gained = i128::from(now.saturating_sub(level.at)) * i128::from(self.each_second);
        Level { left: (level.left + gained).min(i128::from(self.burst) * 1_000), at: level.at.max(now) }
    }

    /// Seconds until something is left; none when something is.
    fn wait(self, level: Level) -> Option<u64> {
        let lacking = u64::try_from(-level.left).ok()?;
        Some(lacking / (self.each_second * 1_000) + 1)
    }
}

/// The levels of whoever did one kind of thing.
#[derive(Debug)]
pub struct Levels<K> {
    allowance: Allowance,
    levels: Mutex<HashMap<K, Level>>,
}

/// So many levels are kept before those that are full again are let go.
const KEPT: usize = 10_000;

impl<K: Eq + Hash> Levels<K> {
    /// All of them full.
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, levels: Mutex::default() }
    }

    /// Takes so much of one's level.
    ///
    /// # Errors
    /// The seconds after which there is something again. Nothing is taken then.
    pub fn take(&self, key: K, amount: u64, now: u64) -> Result<(), u32> {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= KEPT {
            let full = i128::from(self.allowance.burst) * 1_000;
            levels.retain(|_, level| self.allowance.refilled(*level, now).left < full);
        }
        let level = levels.entry(key).or_insert_with(|| self.allowance.full(now));
        *level = self.allowance.refilled(*level, now);
        if let Some(wait) = self.allowance.wait(*level) {
            return Err(u32::try_from(wait.min(LONGEST)).unwrap_or(u32::MAX));
        }
        level.left -= i128::from(amount) * 1_000;
        Ok(())
    }

    /// How long one has to wait, without taking anything.
    ///
    /// # Errors
    /// The seconds after which there is something again.
    pub fn look(&self, key: &K, now: u64) -> Result<(), u32> {
        let levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = levels.get(key).and_then(|level| self.allowance.wait(self.allowance.refilled(*level, now)));
        wait.map_or(Ok(()), |wait| Err(u32::try_from(wait.min(LONGEST)).unwrap_or(u32::MAX)))
    }
}

/// The levels of all devices that pushed.
#[derive(Debug, Default)]
pub struct Rates(Mutex<HashMap<DeviceId, (Level, Level)>>);

impl Rates {
    /// Takes a push into account.
    ///
    /// # Errors
    /// The seconds after which the device may try again, when it was too fast. The push does not count then.
    pub fn take(&self, device: DeviceId, items: &[Item], now: u64) -> Result<(), u32> {
        let mut levels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = || (ENTRIES.full(now), BYTES.full(now));
        let held = levels.entry(device).or_insert_with(full);
        *held = (ENTRIES.refilled(held.0, now), BYTES.refilled(held.1, now));
        if let Some(wait) = ENTRIES.wait(held.0).into_iter().chain(BYTES.wait(held.1)).max() {
            return Err(u32::try_from(wait.min(LONGEST)).unwrap_or(u32::MAX));
        }
        // A push without items costs the hub a turn too.
        let entries = items.len().max(1);
        let bytes: usize = items.iter().map(Item::size).sum();
        held.0.left -= 1_000 * i128::try_from(entries).unwrap_or(i128::MAX / 1_000);
        held.1.left -= 1_000 * i128::try_from(bytes).unwrap_or(i128::MAX / 1_000);
        Ok(())
    }
}

/// The answer to a push of which nothing is taken now.
#[must_use]
pub fn later(req: u32, items: usize, head: u64, after: u32) -> Frame {
    let items = u32::try_from(items).unwrap_or(u32::MAX);
    let except = (0..items).map(|index| (index, Except::Retry { after })).collect();
    Frame::Ack { req, first: head + 1, taken: 0, except, receipts: None, at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId::from_bytes([1; 16]);

    fn items(count: usize, size: usize) -> Vec<Item> {
        vec![Item::fact([0; 32].into(), vec![0; size]); count]
    }

    #[test]
    fn a_burst_then_a_wait_that_is_long_enough_and_no_longer() {
        let rates = Rates::default();
        let push = items(2_000, 1);
        for _ in 0..5 {
            assert_eq!(rates.take(DEVICE, &push, 1_000), Ok(()));
        }
        let wait = rates.take(DEVICE, &push, 1_000).expect_err("too fast");
        assert_eq!(wait, 1, "as soon as there is anything left");
        assert_eq!(rates.take(DeviceId::from_bytes([2; 16]), &push, 1_000), Ok(()), "others are not slowed down");
        let mut now = 1_000 + u64::from(wait) * 1_000;
        assert_eq!(rates.take(DEVICE, &push, now), Ok(()), "what was said holds");
        let wait = rates.take(DEVICE, &push, now).expect_err("in debt");
        assert_eq!(wait, 40, "1,950 entries at 50 a second");
        now += u64::from(wait) * 1_000;
        assert_eq!(rates.take(DEVICE, &push[..1], now), Ok(()));
        assert!(rates.take(DEVICE, &push, now - 5_000).is_ok(), "a clock that goes back takes nothing away");
    }

    #[test]
    fn many_bytes_count_as_many_entries_do() {
        let rates = Rates::default();
        let push = items(16, 256 << 10);
        let taken = (0..100).take_while(|_| rates.take(DEVICE, &push, 0).is_ok()).count();
        assert_eq!(taken, 8, "32 MiB in pushes of 4 MiB");
        assert!(rates.take(DEVICE, &[], 0).is_err(), "nothing at all is too much now");
    }

    #[test]
    fn a_person_who_types_is_never_slowed_down() {
        let rates = Rates::default();
        for tenth in 0..36_000_u64 {
            assert_eq!(rates.take(DEVICE, &items(4, 400), tenth * 100), Ok(()), "after {tenth} tenths of a second");
        }
    }
}
