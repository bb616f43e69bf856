//! Places in the hub's history that a device has passed, so that a hub which fell back finds the last one they share.
//!
//! Few are kept: the newer, the denser.

use minicbor::{Decode, Encode};

use super::frame::Stamp;

/// A place in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Point {
    /// The number of an entry.
    #[n(0)]
    pub number: u64,
    /// The stamp there.
    #[n(1)]
    pub stamp: Stamp,
}

/// How many are kept.
const KEPT: usize = 16;

/// Places passed, and the furthest that the hub spoke of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    passed: Vec<Point>,
    reached: Option<Point>,
}

impl History {
    /// From what was kept: places in their order, and the furthest heard of.
    #[must_use]
    pub const fn new(passed: Vec<Point>, reached: Option<Point>) -> Self {
        Self { passed, reached }
    }

    /// The places passed, in order.
    #[must_use]
    pub fn passed(&self) -> &[Point] {
        &self.passed
    }

    /// The furthest place that the hub acknowledged something at.
    #[must_use]
    pub const fn reached(&self) -> Option<Point> {
        self.reached
    }

    /// A place was passed. One is let go where they lie densest for their age.
    pub fn pass(&mut self, point: Point) {
        if point.number == 0 || self.passed.last().is_some_and(|last| last.number >= point.number) {
            return;
        }
        self.passed.push(point);
        if self.passed.len() > KEPT {
            // How far apart its neighbours lie, in thousandths of how far back they are.
            let room = |at: usize| {
                let (before, after) = (self.passed[at - 1].number, self.passed[at + 1].number);
                (after - before).saturating_mul(1_000) / (point.number - before).max(1)
            };
            if let Some(dense) = (1..self.passed.len() - 1).min_by_key(|at| room(*at)) {
                self.passed.remove(dense);
            }
        }
    }

    /// The hub acknowledged something and said where its log was then.
    pub fn reach(&mut self, point: Point) {
        if self.reached.is_none_or(|known| known.number < point.number) {
            self.reached = Some(point);
        }
    }

    /// The history ends here now; the place itself, if it was passed.
    pub fn cut(&mut self, to: u64) -> Option<Point> {
        self.passed.retain(|point| point.number <= to);
        self.reached = None;
        self.passed.last().copied().filter(|point| point.number == to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(number: u64) -> Point {
        Point { number, stamp: number.to_be_bytes().into() }
    }

    #[test]
    fn few_places_are_kept_and_the_newer_the_denser() {
        let mut history = History::default();
        for number in 0..=10_000 {
            history.pass(point(number));
            assert!(history.passed().len() <= KEPT);
        }
        let numbers: Vec<u64> = history.passed().iter().map(|point| point.number).collect();
        assert!(numbers.is_sorted() && numbers.contains(&10_000) && numbers.contains(&1), "{numbers:?}");
        // Falling back by any distance costs at most twice that distance again.
        for back in [1_u64, 10, 100, 1_000, 5_000] {
            let at = 10_000 - back;
            let shared = numbers.iter().rfind(|number| **number <= at).expect("the first is kept");
            assert!(at - shared <= 2 * back + 2, "{back} back: {numbers:?}");
        }
    }

    #[test]
    fn what_was_cut_off_is_forgotten() {
        let mut history = History::default();
        for number in [3, 7, 9] {
            history.pass(point(number));
        }
        history.reach(point(12));
        history.reach(point(11));
        assert_eq!(history.reached(), Some(point(12)));
        assert_eq!(history.cut(7), Some(point(7)));
        assert_eq!((history.passed(), history.reached()), (&[point(3), point(7)][..], None));
        assert_eq!(history.cut(5), None, "not a place that was passed");
    }
}
