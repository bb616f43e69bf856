//! Marks: what a log said of changes that are now inside a compacted document, so that no snapshot loses who and when.
//!
//! A change is named by its actor and its number among the actor's, as the document itself names it, so that a run of
//! changes made and taken one after another costs what one costs. The same runs lie in a device's chunks, and travel
//! with a compacted document. Field numbers are for ever: add, never reuse.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode, bytes::ByteVec};

use super::frame::Id;

/// What the hub said of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Who wrote it.
    pub actor: Vec<u8>,
    /// Its number among the actor's changes, from 1.
    pub seq: u64,
    /// Its number in the hub's log.
    pub number: u64,
    /// When the hub received it, in milliseconds since 1970; none while it has not said so.
    pub received_at: Option<u64>,
    /// The device that sent it; none for the hub itself.
    pub device: Option<Id>,
    /// The device's signature, where the change has one.
    pub signature: Option<Vec<u8>>,
    /// The hub's code: it took the change.
    pub receipt: Option<[u8; 8]>,
}

/// Changes of one actor that follow one another, there and in the hub's log, and of which it said the same.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Run {
    /// Who wrote them.
    #[n(0)]
    pub actor: ByteVec,
    /// The first one's number among the actor's changes.
    #[n(1)]
    pub seq: u64,
    /// How many they are.
    #[n(2)]
    pub count: u64,
    /// The first one's number in the hub's log.
    #[n(3)]
    pub number: u64,
    /// When the hub received them.
    #[n(4)]
    pub received_at: Option<u64>,
    /// The device that sent them.
    #[n(5)]
    pub device: Option<Id>,
    /// The device's signature, where the run is one change that has one.
    #[n(6)]
    pub signature: Option<ByteVec>,
    /// The hub's codes, one after the other; none where it told none.
    #[n(7)]
    pub receipts: Option<ByteVec>,
}

impl Run {
    /// Whether a mark goes on where this run ends.
    fn goes_on(&self, mark: &Mark) -> bool {
        self.actor[..] == mark.actor[..]
            && self.seq + self.count == mark.seq
            && self.number + self.count == mark.number
            && self.received_at == mark.received_at
            && self.device == mark.device
            && self.signature.is_none()
            && mark.signature.is_none()
            && self.receipts.is_some() == mark.receipt.is_some()
    }
}

/// Marks as runs, in the order of actors and their changes.
#[must_use]
pub fn runs(mut marks: Vec<Mark>) -> Vec<Run> {
    marks.sort_by(|a, b| (&a.actor, a.seq).cmp(&(&b.actor, b.seq)));
    let mut runs: Vec<Run> = Vec::new();
    for mark in marks {
        match runs.last_mut().filter(|run| run.goes_on(&mark)) {
            Some(run) => {
                run.count += 1;
                run.receipts =
                    run.receipts.take().zip(mark.receipt).map(|(codes, code)| [&codes[..], &code].concat().into());
            }
            None => runs.push(Run {
                actor: mark.actor.into(),
                seq: mark.seq,
                count: 1,
                number: mark.number,
                received_at: mark.received_at,
                device: mark.device,
                signature: mark.signature.map(Into::into),
                receipts: mark.receipt.map(|code| code.to_vec().into()),
            }),
        }
    }
    runs
}

/// Runs by actor and first change, to look marks up in.
#[derive(Debug, Default)]
pub struct Marks<'a>(BTreeMap<(&'a [u8], u64), &'a Run>);

impl<'a> Marks<'a> {
    /// Of these runs.
    #[must_use]
    pub fn of(runs: &'a [Run]) -> Self {
        Self(runs.iter().map(|run| ((&run.actor[..], run.seq), run)).collect())
    }

    /// What was said of a change.
    #[must_use]
    pub fn get(&self, actor: &[u8], seq: u64) -> Option<Mark> {
        let ((_, first), run) = self.0.range((actor, 0)..=(actor, seq)).next_back()?;
        let at = seq - first;
        (at < run.count).then(|| Mark {
            actor: actor.to_vec(),
            seq,
            number: run.number.saturating_add(at),
            received_at: run.received_at,
            device: run.device,
            signature: run.signature.as_ref().map(|bytes| bytes.to_vec()),
            receipt: run
                .receipts
                .as_ref()
                .and_then(|codes| codes.as_chunks().0.get(usize::try_from(at).ok()?).copied()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(actor: u8, seq: u64, number: u64, at: u64) -> Mark {
        let (received_at, device) = (Some(at), Some(Id::from([actor; 16])));
        let receipt = Some([seq.to_be_bytes()[7]; 8]);
        Mark { actor: vec![actor; 20], seq, number, received_at, device, signature: None, receipt }
    }

    #[test]
    fn changes_that_follow_one_another_cost_what_one_costs_and_each_keeps_its_mark() {
        let marks = vec![
            mark(2, 1, 7, 5),
            mark(1, 3, 6, 5),
            mark(1, 1, 4, 5),
            mark(1, 2, 5, 5),
            mark(1, 4, 9, 5),
            mark(1, 5, 10, 6),
        ];
        let runs = runs(marks.clone());
        assert_eq!(runs.len(), 4, "a gap in the log and another time begin a run of their own");
        let bytes = minicbor::to_vec(&runs).expect("encodes");
        let again: Vec<Run> = minicbor::decode(&bytes).expect("decodes");
        let found = Marks::of(&again);
        for mark in marks {
            assert_eq!(found.get(&mark.actor, mark.seq), Some(mark));
        }
        for (actor, seq) in [(1, 0), (1, 6), (2, 2), (3, 1)] {
            assert_eq!(found.get(&[actor; 20], seq), None, "nothing was said of {actor} {seq}");
        }
    }
}
