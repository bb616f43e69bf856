//! A loaded document: its changes, those that wait for others, and the way in and out for bytes.
//!
//! Changes whose dependencies are absent are kept here and not in Automerge, so that what waits is visible, is saved,
//! and is never thrown away by a local write.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, Change, ChangeHash, PatchLog, ReadDoc};

use super::{
    actor::Author,
    error::DocsError,
    genesis::{self, Roots},
    intake::{Actors, Last, Trust, open, parse, saved_by_others},
    scan, touch, write,
};
use crate::domain::{
    DocKind, Edit, EntityId, Snapshot,
    schema::{self, Schema},
};

/// The hash of a change.
pub type Hash = [u8; 32];

/// A change as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its hash.
    pub hash: Hash,
    /// Its bytes, not compressed: batches compress better than single changes.
    pub bytes: Vec<u8>,
}

/// The one change that an edit became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The change.
    pub bytes: Vec<u8>,
    /// Its hash.
    pub hash: Hash,
    /// Entities it touched.
    pub touched: BTreeSet<EntityId>,
    /// Whether it touched the document itself: its fields, claims or acts.
    pub touches_root: bool,
}

/// What came of changes that arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entities that may show something else now.
    pub touched: BTreeSet<EntityId>,
    /// Whether the document itself may.
    pub touches_root: bool,
    /// Changes that took effect, in causal order; also ones that had waited.
    pub hashes: Vec<Hash>,
    /// What waits now.
    pub waiting: Waiting,
}

/// Changes that are here without what they depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Which wait.
    pub changes: BTreeSet<Hash>,
    /// Which are absent.
    pub absent: BTreeSet<Hash>,
}

impl Waiting {
    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// A document of a kind.
#[derive(Debug, Clone)]
pub struct Doc {
    pub(super) kind: DocKind,
    pub(super) automerge: Automerge,
    pub(super) waiting: BTreeMap<Hash, Change>,
    /// What each actor wrote last; made when first needed.
    pub(super) actors: Option<Actors>,
}

impl Doc {
    /// A document nobody has written in.
    #[must_use]
    pub fn new(kind: DocKind) -> Self {
        Self { kind, automerge: genesis::base(kind).automerge.clone(), waiting: BTreeMap::new(), actors: None }
    }

    /// From what was stored: changes and saved documents, in any order, also twice.
    ///
    /// # Errors
    /// [`DocsError::Malformed`] on bytes that are neither, [`DocsError::Foreign`] on a document of another kind,
    /// [`DocsError::Fork`] when two different changes claim one number of an actor.
    pub fn load<'a>(kind: DocKind, chunks: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, DocsError> {
        let mut saved = Vec::new();
        let mut changes = Vec::new();
        for bytes in chunks {
            for chunk in scan::chunks(bytes) {
                let chunk = chunk.map_err(|error| DocsError::Malformed(error.to_string()))?;
                match chunk.kind {
                    scan::ChunkKind::Document => saved.push(chunk.bytes),
                    scan::ChunkKind::Change | scan::ChunkKind::Deflated => changes.push(parse(chunk.bytes)?),
                }
            }
        }
        // The biggest one is loaded as it is; of further ones only the changes are taken.
        saved.sort_by_key(|bytes| std::cmp::Reverse(bytes.len()));
        let mut saved = saved.into_iter();
        let mut doc = match saved.next() {
            None => Self::new(kind),
            Some(bytes) => {
                let automerge = open(bytes)?;
                let first = genesis::changes(kind).first().map(|change| ChangeHash(change.hash));
                if first.is_none_or(|first| automerge.get_change_meta_by_hash(&first).is_none()) {
                    return Err(DocsError::Foreign);
                }
                Self { kind, automerge, waiting: BTreeMap::new(), actors: None }
            }
        };
        for fixed in genesis::changes(kind) {
            changes.push(parse(&fixed.bytes)?);
        }
        for bytes in saved {
            changes.extend(open(bytes)?.get_changes(&[]));
        }
        doc.take_in(changes, &mut PatchLog::inactive(), Trust::OwnStore)?;
        Ok(doc)
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DocKind {
        self.kind
    }

    /// The schema it was last written with.
    #[must_use]
    pub fn schema(&self) -> u32 {
        genesis::schema_of(&self.automerge).unwrap_or(u32::MAX)
    }

    /// Whether this version of the application may write it.
    ///
    /// # Errors
    /// [`DocsError::NewerSchema`] when not.
    pub fn writable(&self) -> Result<(), DocsError> {
        let schema = self.schema();
        if schema > schema::CURRENT { Err(DocsError::NewerSchema(schema)) } else { Ok(()) }
    }

    /// Carries out an edit as one change.
    ///
    /// # Errors
    /// Everything of [`DocsError`] but what concerns loading; nothing has changed then. [`DocsError::NoChange`] when the
    /// document already says so.
    pub fn edit(&mut self, edit: &Edit, author: &Author) -> Result<Made, DocsError> {
        self.writable()?;
        let plan = write::plan(self, edit, author)?;
        self.commit(&plan, author)
    }

    /// Carries out edits as one change: for a document made whole. Each is checked against the document as it was before
    /// all of them, so none may build on another.
    ///
    /// # Errors
    /// As [`Doc::edit`]; [`DocsError::Exists`] also when two of them make the same thing. Nothing has changed then.
    pub fn edit_together(&mut self, edits: &[Edit], author: &Author) -> Result<Made, DocsError> {
        self.writable()?;
        let mut whole = write::Plan::default();
        for edit in edits {
            whole.join(write::plan(self, edit, author)?)?;
        }
        self.commit(&whole, author)
    }

    /// Writes a plan as one change.
    pub(super) fn commit(&mut self, plan: &write::Plan, author: &Author) -> Result<Made, DocsError> {
        let id = author.actor.id();
        if self.waiting.values().any(|change| *change.actor_id() == id) {
            return Err(DocsError::ActorBehind);
        }
        if u64::try_from(plan.size()).is_ok_and(|size| size > scan::Limits::default().ops) {
            return Err(DocsError::TooLarge);
        }
        self.automerge.set_actor(id);
        let mut tx = self.automerge.transaction();
        if let Err(error) = write::run(plan, &mut tx) {
            tx.rollback();
            return Err(error);
        }
        let mut options = automerge::transaction::CommitOptions::default()
            .with_time(i64::try_from(author.millis).unwrap_or(i64::MAX));
        if let Some(message) = &plan.message {
            options.set_message(message);
        }
        let Some(hash) = tx.commit_with(options).0 else { return Err(DocsError::NoChange) };
        let change = self.automerge.get_change_by_hash(&hash).ok_or_else(|| lost(&hash))?;
        if let Some(actors) = &mut self.actors {
            actors.insert(change.actor_id().to_bytes().to_vec(), Last::of(&change));
        }
        Ok(Made {
            bytes: change.raw_bytes().to_vec(),
            hash: hash.0,
            touched: plan.touched.clone(),
            touches_root: plan.touches_root,
        })
    }

    /// Takes in changes from elsewhere, in any order, also ones already here; saved documents too.
    ///
    /// # Errors
    /// [`DocsError::Malformed`], [`DocsError::Foreign`] or [`DocsError::Fork`]; then none of them was taken.
    pub fn apply(&mut self, chunks: &[&[u8]]) -> Result<Applied, DocsError> {
        let mut changes = Vec::new();
        for bytes in chunks {
            for chunk in scan::chunks(bytes) {
                let chunk = chunk.map_err(|error| DocsError::Malformed(error.to_string()))?;
                match chunk.kind {
                    scan::ChunkKind::Document => changes.extend(saved_by_others(chunk.bytes)?),
                    scan::ChunkKind::Change | scan::ChunkKind::Deflated => {
                        scan::scan(chunk.bytes, &scan::Limits::default())
                            .map_err(|error| DocsError::Malformed(error.to_string()))?;
                        changes.push(parse(chunk.bytes)?);
                    }
                }
            }
        }
        let mut log = PatchLog::active();
        let hashes = self.take_in(changes, &mut log, Trust::Nobody)?;
        let mut applied = Applied { hashes, waiting: self.waiting(), ..Applied::default() };
        if !applied.hashes.is_empty() {
            touch::collect(self.roots(), &self.automerge.make_patches(&mut log), &mut applied);
        }
        Ok(applied)
    }

    /// What it says.
    ///
    /// `order` gives the number under which the hub acknowledged a change; acts take effect in that order.
    ///
    /// # Errors
    /// [`DocsError::Automerge`] when the document's containers are not what they must be.
    pub fn snapshot(&self, order: &dyn Fn(&Hash) -> Option<u64>) -> Result<Snapshot, DocsError> {
        super::read::snapshot(self, None, order)
    }

    /// Everything, waiting changes included, as one chunk that [`Doc::load`] reads.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut bytes = self.automerge.save();
        for change in self.waiting.values() {
            bytes.extend_from_slice(change.raw_bytes());
        }
        bytes
    }

    /// The hashes of the changes nothing depends on, sorted.
    #[must_use]
    pub fn heads(&self) -> Vec<Hash> {
        let mut heads: Vec<_> = self.automerge.get_heads().into_iter().map(|head| head.0).collect();
        heads.sort_unstable();
        heads
    }

    /// All changes that took effect, in causal order, the fixed ones first.
    #[must_use]
    pub fn changes(&self) -> Vec<Stored> {
        let changes = self.automerge.get_changes(&[]);
        changes.iter().map(|change| Stored { hash: change.hash().0, bytes: change.raw_bytes().to_vec() }).collect()
    }

    /// Who wrote the changes that took effect: each one's hash, its actor, and its number among the actor's.
    #[must_use]
    pub fn authors(&self) -> Vec<(Hash, Vec<u8>, u64)> {
        let metas = self.automerge.get_changes_meta(&[]);
        metas.iter().map(|meta| (meta.hash.0, meta.actor.to_bytes().to_vec(), meta.seq)).collect()
    }

    /// The same without the first changes of every such document and without acts: who wrote what it says. An act counts as
    /// one where it is all of its change, so that no words hide behind it.
    #[must_use]
    pub fn writers(&self) -> Vec<(Hash, Vec<u8>, u64)> {
        let acts = super::read::acts_of(self);
        let is_act = |hash: &Hash| {
            acts.contains(hash)
                && self.automerge.get_change_by_hash(&ChangeHash(*hash)).is_some_and(|change| change.len() == 1)
        };
        let mut writers = self.authors();
        writers.retain(|(hash, ..)| !genesis::is_fixed(self.kind, hash) && !is_act(hash));
        writers
    }

    /// Whether a change took effect here.
    #[must_use]
    pub fn has(&self, hash: &Hash) -> bool {
        self.automerge.get_missing_deps(&[ChangeHash(*hash)]).is_empty()
    }

    /// What waits, and for what.
    #[must_use]
    pub fn waiting(&self) -> Waiting {
        let absent = self.waiting.values().flat_map(Change::deps);
        let absent = absent.map(|dep| dep.0).filter(|dep| !self.waiting.contains_key(dep) && !self.has(dep));
        Waiting { changes: self.waiting.keys().copied().collect(), absent: absent.collect() }
    }

    pub(super) fn roots(&self) -> &'static Roots {
        &genesis::base(self.kind).roots
    }

    pub(super) fn schema_table(&self) -> Option<&'static Schema> {
        schema::of(self.kind)
    }
}

fn lost(hash: &ChangeHash) -> DocsError {
    DocsError::Automerge(format!("change {hash} is not there"))
}
