//! Taking changes in: what is new, what can be applied, and in which order; all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, AutomergeError, Change, LoadOptions, PatchLog, TextEncoding, VerificationMode};

use super::{
    actor::Actor,
    doc::{Doc, Hash},
    error::DocsError,
    genesis, scan, sound,
};

/// Where changes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// From what this device stored: it was checked when it came.
    OwnStore,
    /// From anywhere else.
    Nobody,
}

/// Reads a saved document.
pub(super) fn open(bytes: &[u8]) -> Result<Automerge, DocsError> {
    let options =
        LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit).verification_mode(VerificationMode::Check);
    Automerge::load_with_options(bytes, options).map_err(|error| DocsError::Malformed(error.to_string()))
}

/// The changes of a saved document that came from anywhere: it is looked at before Automerge sees it, and then each of them as
/// if it had come by itself.
pub(super) fn saved_by_others(bytes: &[u8]) -> Result<Vec<Change>, DocsError> {
    let malformed = |error: scan::ScanError| DocsError::Malformed(error.to_string());
    scan::document(bytes, &scan::DocumentLimits::default()).map_err(malformed)?;
    let changes = open(bytes)?.get_changes(&[]);
    // They come out inflated.
    let limits = scan::Limits { bytes: scan::Limits::default().inflated, ..scan::Limits::default() };
    for change in &changes {
        scan::scan(change.raw_bytes(), &limits).map_err(malformed)?;
    }
    Ok(changes)
}

/// Reads a change.
pub(super) fn parse(bytes: &[u8]) -> Result<Change, DocsError> {
    Change::try_from(bytes).map_err(|error| DocsError::Malformed(error.to_string()))
}

impl Doc {
    /// Applies what can be applied of the given changes and of those that waited; returns what took effect.
    ///
    /// A change that waited and turns out to be bad, now that what it stands on is here, is let go: it must not hold up
    /// the good ones.
    pub(super) fn take_in(
        &mut self,
        changes: Vec<Change>,
        log: &mut PatchLog,
        trust: Trust,
    ) -> Result<Vec<Hash>, DocsError> {
        let mut new = BTreeMap::new();
        for change in changes {
            let hash = change.hash().0;
            // Automerge stops hard at an author anywhere but in an actor's first change; we write none.
            if change.author().is_some() || (change.deps().is_empty() && !genesis::is_fixed(self.kind(), &hash)) {
                return Err(DocsError::Foreign);
            }
            if !self.has(&hash) && !self.waiting.contains_key(&hash) {
                new.insert(hash, change);
            }
        }
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let before = self.actors.take().unwrap_or_else(|| actors(&self.automerge));
        loop {
            let pool: BTreeMap<Hash, &Change> =
                self.waiting.iter().chain(&new).map(|(hash, change)| (*hash, change)).collect();
            let order = ready(&pool, |hash| self.has(hash));
            let ready: Vec<&Change> = order.iter().filter_map(|hash| pool.get(hash).copied()).collect();
            let checked = numbered(&before, &ready).and_then(|actors| match trust {
                Trust::OwnStore => Ok(actors),
                Trust::Nobody => sound::check(&self.automerge, &before, &ready).map(|()| actors),
            });
            match checked {
                Ok(actors) => {
                    let mut take = |hash: &Hash| new.remove(hash).or_else(|| self.waiting.remove(hash));
                    let ready: Vec<Change> = order.iter().filter_map(&mut take).collect();
                    self.waiting.append(&mut new);
                    self.actors = Some(actors);
                    return match self.automerge.apply_changes_log_patches(ready, log) {
                        Ok(()) => Ok(order),
                        Err(error) => {
                            self.actors = Some(before);
                            Err(told(error))
                        }
                    };
                }
                Err((culprit, error)) => {
                    let culprit = culprit.hash().0;
                    if new.contains_key(&culprit) || self.waiting.remove(&culprit).is_none() {
                        self.actors = Some(before);
                        return Err(error);
                    }
                }
            }
        }
    }
}

fn told(error: AutomergeError) -> DocsError {
    match error {
        AutomergeError::DuplicateSeqNumber(seq, actor) => DocsError::Fork { actor: Actor::of(&actor), seq },
        other => other.into(),
    }
}

/// What an actor wrote last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Last {
    /// The number of the change.
    pub seq: u64,
    /// The number of its last operation.
    pub op: u64,
}

impl Last {
    pub(super) fn of(change: &Change) -> Self {
        Self { seq: change.seq(), op: change.max_op() }
    }
}

/// What each actor wrote last.
pub(super) type Actors = BTreeMap<Vec<u8>, Last>;

fn actors(automerge: &Automerge) -> Actors {
    let mut actors = Actors::new();
    for meta in automerge.get_changes_meta(&[]) {
        let last = actors.entry(meta.actor.to_bytes().to_vec()).or_default();
        *last = Last { seq: meta.seq.max(last.seq), op: meta.max_op.max(last.op) };
    }
    actors
}

/// What each actor wrote last after these changes, if each is its actor's next.
fn numbered<'a>(before: &Actors, changes: &[&'a Change]) -> Result<Actors, (&'a Change, DocsError)> {
    let mut actors = before.clone();
    for &change in changes {
        let last = actors.entry(change.actor_id().to_bytes().to_vec()).or_default();
        if change.seq() != last.seq + 1 {
            return Err((change, DocsError::Fork { actor: Actor::of(change.actor_id()), seq: change.seq() }));
        }
        // Two operations under one name; Automerge takes them and is out of order from then on.
        if change.start_op().get() <= last.op {
            return Err((change, DocsError::Malformed("numbers that its author took before".to_owned())));
        }
        *last = Last::of(change);
    }
    Ok(actors)
}

/// All changes of the pool whose dependencies are known or come before them, in causal order.
fn ready(pool: &BTreeMap<Hash, &Change>, known: impl Fn(&Hash) -> bool) -> Vec<Hash> {
    let mut missing = BTreeMap::new();
    let mut dependents: BTreeMap<Hash, Vec<Hash>> = BTreeMap::new();
    let mut next = Vec::new();
    for (hash, change) in pool {
        let absent: BTreeSet<_> = change.deps().iter().map(|dep| dep.0).filter(|dep| !known(dep)).collect();
        for dep in &absent {
            dependents.entry(*dep).or_default().push(*hash);
        }
        if absent.is_empty() {
            next.push(*hash);
        }
        missing.insert(*hash, absent.len());
    }
    let mut order = Vec::new();
    while let Some(hash) = next.pop() {
        order.push(hash);
        for dependent in dependents.remove(&hash).unwrap_or_default() {
            if let Some(left) = missing.get_mut(&dependent) {
                *left -= 1;
                if *left == 0 {
                    next.push(dependent);
                }
            }
        }
    }
    order
}
