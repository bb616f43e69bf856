//! Whose push is next: one of each device in its turn, so that a flood of one does not make others wait.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use crate::domain::DeviceId;

/// Pushes in one transaction at most.
const PUSHES: usize = 64;
/// Entries in one transaction, unless a single push has more.
const ENTRIES: usize = 2_000;
/// Pushes of one device that may wait; more are put off.
pub const EACH: usize = 64;

/// What waits, by whose it is.
#[derive(Debug)]
pub struct Turns<K, T> {
    queues: HashMap<K, VecDeque<(usize, T)>>,
    order: VecDeque<K>,
    len: usize,
}

impl<K, T> Default for Turns<K, T> {
    fn default() -> Self {
        Self { queues: HashMap::new(), order: VecDeque::new(), len: 0 }
    }
}

impl<K: Copy + Eq + Hash, T> Turns<K, T> {
    /// How many wait.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// One more, of so many entries.
    pub fn push(&mut self, whose: K, entries: usize, what: T) {
        self.len += 1;
        let queue = self.queues.entry(whose).or_default();
        if queue.is_empty() {
            self.order.push_back(whose);
        }
        queue.push_back((entries, what));
    }

    /// The next group: one of each in turn, until it is large enough.
    pub fn take(&mut self) -> Vec<T> {
        let mut group = Vec::new();
        let mut size = 0;
        while group.len() < PUSHES {
            let Some(whose) = self.order.front().copied() else { break };
            let Some(queue) = self.queues.get_mut(&whose) else { break };
            if !group.is_empty() && queue.front().is_some_and(|(entries, _)| size + entries > ENTRIES) {
                break;
            }
            self.order.pop_front();
            if let Some((entries, what)) = queue.pop_front() {
                size += entries;
                self.len -= 1;
                group.push(what);
            }
            if queue.is_empty() {
                self.queues.remove(&whose);
            } else {
                self.order.push_back(whose);
            }
        }
        group
    }
}

/// How many pushes of each device are on their way.
#[derive(Debug, Default)]
pub struct Waiting(Arc<Mutex<HashMap<DeviceId, usize>>>);

impl Waiting {
    /// A place for one more of a device; none when it has too many already.
    pub fn place(&self, device: DeviceId) -> Option<Turn> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.entry(device).or_default();
        if *count >= EACH {
            return None;
        }
        *count += 1;
        Some(Turn { waiting: Arc::clone(&self.0), device })
    }
}

/// A push on its way; it frees its place when it is done, whether or not anybody still waits for the answer.
#[derive(Debug)]
pub struct Turn {
    waiting: Arc<Mutex<HashMap<DeviceId, usize>>>,
    device: DeviceId,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = waiting.get_mut(&self.device) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_late_with_little_is_not_behind_a_flood() {
        let mut turns = Turns::default();
        for n in 0..1_000 {
            turns.push('f', 1, ('f', n));
        }
        turns.push('a', 1, ('a', 0));
        turns.push('b', 1, ('b', 0));
        turns.push('a', 1, ('a', 1));
        let first = turns.take();
        assert_eq!(first.len(), PUSHES);
        assert_eq!(first[..6], [('f', 0), ('a', 0), ('b', 0), ('f', 1), ('a', 1), ('f', 2)]);
        let mut rest = Vec::new();
        while turns.len() > 0 {
            rest.extend(turns.take());
        }
        let order: Vec<i32> = first.into_iter().chain(rest).filter(|(who, _)| *who == 'f').map(|(_, n)| n).collect();
        assert_eq!(order, (0..1_000).collect::<Vec<_>>(), "each device's own in its order, and none left out");
        assert!(turns.take().is_empty());
    }

    #[test]
    fn a_flood_of_large_pushes_delays_others_by_one_of_them() {
        let mut turns = Turns::default();
        for _ in 0..10 {
            turns.push('f', 5_000, 'f');
        }
        turns.push('a', 1, 'a');
        turns.push('b', 1_999, 'b');
        assert_eq!(turns.take(), ['f'], "more than a group may have, but it must get through");
        assert_eq!(turns.take(), ['a', 'b']);
        assert_eq!((turns.take().len(), turns.len()), (1, 8));
    }

    #[test]
    fn a_device_has_so_many_places_and_gets_them_back() {
        let waiting = Waiting::default();
        let (one, two) = (DeviceId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let mut places: Vec<Turn> = (0..EACH).map(|_| waiting.place(one).expect("a place")).collect();
        assert!(waiting.place(one).is_none());
        assert!(waiting.place(two).is_some(), "others have their own");
        places.pop();
        assert!(waiting.place(one).is_some());
    }
}
