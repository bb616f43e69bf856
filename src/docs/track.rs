//! Where the units of a text came from: runs that say, for each UTF-16 unit of a later text, which unit of an earlier
//! one it is, or that it is new.
//!
//! Units that both texts have stand in the same order in both. All carrying-over of edits rests on this one structure.

use crate::domain::Splice;

/// A stretch of the later text: units of the earlier one from `from` on, or new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: Option<usize>,
    len: usize,
}

/// The later text's units by where they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Track {
    runs: Vec<Run>,
    /// Units of the earlier text.
    base: usize,
}

impl Track {
    /// Two equal texts of so many units.
    pub(super) fn identity(len: usize) -> Self {
        let mut track = Self { runs: Vec::new(), base: len };
        track.push(Some(0), len);
        track
    }

    /// Nothing in common yet: runs are pushed in order.
    pub(super) const fn empty(base: usize) -> Self {
        Self { runs: Vec::new(), base }
    }

    /// Adds units at the end of the later text.
    pub(super) fn push(&mut self, from: Option<usize>, len: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let goes_on = match (last.from, from) {
                (Some(start), Some(next)) => start + last.len == next,
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if goes_on {
                last.len += len;
                return;
            }
        }
        self.runs.push(Run { from, len });
    }

    /// Units of the earlier text.
    pub(super) const fn base(&self) -> usize {
        self.base
    }

    /// Units of the later text.
    pub(super) fn len(&self) -> usize {
        self.runs.iter().map(|run| run.len).sum()
    }

    /// Whether the texts are the same.
    pub(super) fn is_identity(&self) -> bool {
        *self == Self::identity(self.base)
    }

    /// How many units came or went.
    pub(super) fn size(&self) -> usize {
        let inserted: usize = self.inserted().iter().map(|(_, len)| len).sum();
        inserted + self.base - (self.len() - inserted)
    }

    fn extend_with(&mut self, other: &Self, start: usize, end: usize) {
        let mut at = 0;
        for run in &other.runs {
            let (first, last) = (start.max(at), end.min(at + run.len));
            if first < last {
                self.push(run.from.map(|from| from + first - at), last - first);
            }
            at += run.len;
        }
    }

    /// The later text was spliced.
    pub(super) fn splice(&mut self, at: usize, delete: usize, insert: usize) {
        let mut spliced = Self::empty(self.base);
        spliced.extend_with(self, 0, at);
        spliced.push(None, insert);
        spliced.extend_with(self, at + delete, self.len());
        *self = spliced;
    }

    /// From the earlier text over this one's later text to `next`'s later text.
    pub(super) fn then(&self, next: &Self) -> Self {
        let mut whole = Self::empty(self.base);
        for run in &next.runs {
            match run.from {
                Some(from) => whole.extend_with(self, from, from + run.len),
                None => whole.push(None, run.len),
            }
        }
        whole
    }

    /// Where in the later text something goes that stands before unit `at` of the earlier one: right after the unit before
    /// it, or else right before the unit at it, or else after the nearest unit before it that is still there. Never
    /// further left for a greater `at`.
    pub(super) fn place_of(&self, at: usize) -> usize {
        let mut nearest = 0;
        let mut pos = 0;
        for run in &self.runs {
            if let Some(from) = run.from {
                if from >= at {
                    // What came between here took the place of the units gone before `at`.
                    return if from == at && !self.has_before(at) { pos } else { nearest };
                }
                nearest = pos + run.len.min(at - from);
            }
            pos += run.len;
        }
        if at == self.base && !self.has_before(at) { pos } else { nearest }
    }

    /// Whether the unit before `at` is still there; before the first there is always the beginning.
    fn has_before(&self, at: usize) -> bool {
        let kept = |run: &Run| run.from.is_some_and(|from| (from + 1..=from + run.len).contains(&at));
        at == 0 || self.runs.iter().any(kept)
    }

    /// Where what replaces units `start..end` of the earlier text goes: where the first of them still is, or else where
    /// they would be.
    fn place_between(&self, start: usize, end: usize) -> usize {
        self.places(start, end).first().map_or_else(|| self.place_of(start), |(at, _)| *at)
    }

    /// The stretches of the later text that hold units `start..end` of the earlier one, left to right.
    pub(super) fn places(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut pos = 0;
        for run in &self.runs {
            if let Some(from) = run.from {
                let (first, last) = (start.max(from), end.min(from + run.len));
                if first < last {
                    places.push((pos + first - from, last - first));
                }
            }
            pos += run.len;
        }
        places
    }

    /// The earlier text was spliced, and the later one with it: `places(at, at + delete)` went and `insert` units came
    /// in their place.
    pub(super) fn splice_both(&mut self, at: usize, delete: usize, insert: usize) {
        let place = self.place_between(at, at + delete);
        let mut after = Self::empty(self.base + insert - delete);
        let mut inserted = false;
        let mut pos = 0;
        for run in &self.runs {
            // Cut runs where the insertion goes and where the deleted units begin and end.
            let mut cuts = vec![0, run.len, place.saturating_sub(pos).min(run.len)];
            if let Some(from) = run.from {
                cuts.push(at.saturating_sub(from).min(run.len));
                cuts.push((at + delete).saturating_sub(from).min(run.len));
            }
            cuts.sort_unstable();
            for cut in cuts.windows(2) {
                let &[start, end] = cut else { continue };
                if !inserted && pos + start >= place {
                    after.push(Some(at), insert);
                    inserted = true;
                }
                match run.from.map(|from| from + start) {
                    None => after.push(None, end - start),
                    Some(unit) if unit < at => after.push(Some(unit), end - start),
                    Some(unit) if unit >= at + delete => after.push(Some(unit + insert - delete), end - start),
                    Some(_) => {}
                }
            }
            pos += run.len;
        }
        if !inserted {
            after.push(Some(at), insert);
        }
        *self = after;
    }

    /// What this track changed, as splices on `theirs`'s later text, from right to left: both start from one text, and
    /// `text` is this one's later text. Nothing that either inserted is lost.
    pub(super) fn onto(&self, text: &[u16], theirs: &Self) -> Vec<Splice> {
        let mut hunks = Vec::new();
        let mut next = 0;
        let mut pos = 0;
        let mut inserted = (0, 0);
        for run in &self.runs {
            match run.from {
                None => inserted = (pos, pos + run.len),
                Some(from) => {
                    hunks.push((next, from, inserted));
                    inserted = (0, 0);
                    next = from + run.len;
                }
            }
            pos += run.len;
        }
        hunks.push((next, self.base, inserted));
        let mut splices = Vec::new();
        for (start, end, (first, last)) in hunks.into_iter().rev() {
            splices.extend(theirs.spliced(start, end, String::from_utf16_lossy(&text[first..last])));
        }
        splices
    }

    /// Units `start..end` of the earlier text replaced by `insert`, as splices on the later one, from right to left.
    pub(super) fn spliced(&self, start: usize, end: usize, mut insert: String) -> Vec<Splice> {
        let place = self.place_between(start, end);
        let mut splices = Vec::new();
        for (at, delete) in self.places(start, end).into_iter().rev() {
            // What replaces the first deleted units goes in with them.
            let insert = if at == place { std::mem::take(&mut insert) } else { String::new() };
            splices.push(splice_of(at, delete, insert));
        }
        if !insert.is_empty() {
            splices.push(splice_of(place, 0, insert));
        }
        splices
    }

    /// From this track's later text (`self`: base to mine) to the later text of `merged` (theirs to the merged text),
    /// where `merged` came of [`Track::onto`] with `theirs`. Inserted units keep their order, so they match by count.
    pub(super) fn across(&self, theirs: &Self, merged: &Self) -> Self {
        let whole = theirs.then(merged);
        let mut across = Self::empty(self.len());
        let mut own = self.inserted();
        let mut own_at = 0;
        let mut merged_pos = 0;
        for run in &merged.runs {
            match run.from {
                // Inserted by mine: the next units that mine inserted.
                None => {
                    let mut left = run.len;
                    while left > 0 && own_at < own.len() {
                        let (start, len) = own[own_at];
                        let take = left.min(len);
                        across.push(Some(start), take);
                        left -= take;
                        if take == len {
                            own_at += 1;
                        } else {
                            own[own_at] = (start + take, len - take);
                        }
                    }
                    across.push(None, left);
                }
                // From theirs: of the common text, or theirs alone.
                Some(_) => {
                    let mut stretch = Self::empty(self.base);
                    stretch.extend_with(&whole, merged_pos, merged_pos + run.len);
                    for part in stretch.runs {
                        match part.from {
                            None => across.push(None, part.len),
                            Some(from) => {
                                let mut unit = from;
                                for (at, len) in self.places(from, from + part.len) {
                                    across.push(Some(at), len);
                                    unit += len;
                                }
                                across.push(None, from + part.len - unit);
                            }
                        }
                    }
                }
            }
            merged_pos += run.len;
        }
        across
    }

    /// The stretches of the earlier text that are not in the later one.
    pub(super) fn gone(&self) -> Vec<(usize, usize)> {
        let mut next = 0;
        let mut gone = Vec::new();
        let kept = self.runs.iter().filter_map(|run| Some((run.from?, run.len))).chain([(self.base, 0)]);
        for (from, len) in kept {
            if from > next {
                gone.push((next, from));
            }
            next = from + len;
        }
        gone
    }

    /// Whether units `start..end` of the earlier text stand together in the later one, all of them.
    pub(super) fn keeps(&self, start: usize, end: usize) -> bool {
        matches!(self.places(start, end).as_slice(), [(_, len)] if *len == end - start)
    }

    fn inserted(&self) -> Vec<(usize, usize)> {
        let mut pos = 0;
        let mut found = Vec::new();
        for run in &self.runs {
            if run.from.is_none() {
                found.push((pos, run.len));
            }
            pos += run.len;
        }
        found
    }
}

/// A splice in the domain's numbers. Texts are far shorter than four thousand million units.
pub(super) fn splice_of(at: usize, delete: usize, insert: String) -> Splice {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Splice { at: number(at), delete: number(delete), insert }
}
