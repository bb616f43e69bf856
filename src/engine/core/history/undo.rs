//! Undo and redo of what was done on this device: each is a command that writes the inverse at the present heads, so that a
//! restart, a merge or another device cannot put it out of step. What can be taken back goes to the disk when its person rests,
//! leaves, or has taken something back; after a crash what is not sent yet is found in the outbox.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    docs::{Step, Undoing},
    domain::{Act, At, DocId, DocKind, Edit, EntityId},
    engine::{
        api::{About, ChangeLine, CommandId, Done, Overtaken, Refusal, UndoLine, UndoView, wire},
        core::{
            Engine,
            documents::{Held, working},
            news::{Sides, name},
            refuse,
            store::{Store, meta},
        },
    },
};

/// The shape in which they are stored.
const UNITS: u8 = 1;
/// So many of them are kept.
const KEPT: usize = 100;
/// And so many of them, the newest, over a restart.
const SAVED: usize = 12;
/// So long after the last of them they go to the disk, in milliseconds: with each of them it would be as much as the words.
const REST: u64 = 60_000;
/// What is typed in one text goes on being one, as long as no pause is longer than this, in milliseconds.
const PAUSE: u64 = 5_000;
/// And as long as it does not take longer than this.
const BURST: u64 = 30_000;

/// What was done at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Unit {
    /// Its place among all: what was done or taken back last has the highest.
    turn: u64,
    /// When, and when last, by this device's clock.
    from: u64,
    to: u64,
    /// The text that was typed in.
    typed: Option<(DocId, At)>,
    about: About,
    /// The changes that say it; once it is taken back, those that took it back.
    changes: Vec<(DocId, [u8; 32])>,
    undone: bool,
}

/// What can be taken back and done again.
#[derive(Debug, Default)]
pub(in crate::engine::core) struct Undos {
    units: BTreeMap<EntityId, Unit>,
    turn: u64,
    /// The place in the outbox before which all of it was known when it went to the disk.
    after: u64,
    /// When what is not on the disk goes there.
    due: Option<u64>,
    /// What is being taken back or done again.
    at_work: Option<EntityId>,
    /// What the change that is being made is a part of.
    part: Option<EntityId>,
    /// The command that acted by authority last: what belongs to it is not taken back.
    acted: Option<CommandId>,
}

impl Engine {
    /// What the store has of them; false where the key is another's.
    pub(in crate::engine::core) fn open_undo(&mut self, key: &str, value: Option<&[u8]>) -> bool {
        if key != meta::UNDO {
            return false;
        }
        let saved: Option<(u64, Vec<(EntityId, Unit)>)> = value.and_then(|value| wire::kept(UNITS, value).ok());
        let (after, units) = saved.unwrap_or_default();
        let undos = &mut self.histories.undos;
        undos.after = after;
        undos.turn = units.iter().map(|(_, unit)| unit.turn).max().unwrap_or(0);
        undos.units = units.into_iter().collect();
        true
    }

    /// What was done and did not come to the store of them, as far as the outbox has it.
    pub(in crate::engine::core) fn undos_of_outbox(&mut self) {
        let after = self.histories.undos.after;
        let edits = self.outbox.iter().filter(|entry| entry.seq >= after);
        let edits: Vec<(CommandId, DocId, Edit, [u8; 32], u64)> = edits
            .filter_map(|entry| Some((entry.command, entry.doc, entry.edit()?.clone(), entry.hash, entry.millis)))
            .collect();
        for (command, doc, edit, hash, at) in edits {
            self.note_undo_at(command, doc, &edit, (hash, at));
        }
    }

    /// When they go to the disk.
    pub(in crate::engine::core) fn undo_timer(&self) -> Option<u64> {
        self.histories.undos.due
    }

    /// They go to the disk when it is time, or at once.
    pub(in crate::engine::core) fn save_undos(&mut self, at_once: bool) {
        let Some(due) = self.histories.undos.due else { return };
        if at_once || due <= self.now {
            self.histories.undos.due = None;
            let mut units: Vec<(&EntityId, &Unit)> = self.histories.undos.units.iter().collect();
            units.sort_by_key(|(_, unit)| std::cmp::Reverse(unit.turn));
            units.truncate(SAVED);
            let saved = wire::keep(UNITS, &(self.outbox.next(), units));
            self.journal.write.put(Store::Meta, meta::UNDO, saved);
        }
    }

    /// What the changes are a part of that are made now, if anything.
    pub(in crate::engine::core) const fn undo_part(&mut self, of: Option<EntityId>) {
        self.histories.undos.part = of;
    }

    /// A change was made here.
    pub(in crate::engine::core) fn note_undo(&mut self, command: CommandId, doc: DocId, edit: &Edit, hash: [u8; 32]) {
        self.note_undo_at(command, doc, edit, (hash, self.clock()));
    }

    /// The same, at a time of this device's clock.
    fn note_undo_at(&mut self, command: CommandId, doc: DocId, edit: &Edit, (hash, now): ([u8; 32], u64)) {
        if self.entry(doc).is_none_or(|entry| entry.kind == DocKind::Person) {
            return;
        }
        if let Some(unit) = self.histories.undos.at_work {
            if let Some(unit) = self.histories.undos.units.get_mut(&unit) {
                unit.changes.push((doc, hash));
            }
            return;
        }
        // A name for what it says now changes nothing of it.
        if matches!(edit, Edit::Act { act: Act::NameVersion(_), .. }) {
            return;
        }
        // What is done by authority is on record, and with it what came before it in its document.
        let fixed = matches!(edit, Edit::Act { .. } | Edit::Begin { .. } | Edit::Make(_));
        if fixed || self.histories.undos.acted == Some(command) {
            self.histories.undos.acted = Some(command);
            self.forget_undos(|unit| unit.docs().any(|other| other == doc));
            // A crash must not bring them back.
            self.save_undos(true);
            return;
        }
        let about = self.about_edit(doc, edit);
        let home = self.home(doc);
        let undone = self.histories.undos.units.values().filter(|unit| unit.undone);
        let over = undone.filter(|unit| unit.docs().any(|other| self.home(other) == home)).map(|unit| unit.turn);
        let over: BTreeSet<u64> = over.collect();
        self.forget_undos(|unit| over.contains(&unit.turn));
        let typed = match edit {
            Edit::Text { at, .. } => Some((doc, at.clone())),
            _ => None,
        };
        let undos = &mut self.histories.undos;
        let last = undos.units.iter().max_by_key(|(_, unit)| unit.turn).map(|(id, _)| *id);
        let goes_on = |unit: &Unit| {
            typed.is_some() && unit.typed == typed && now <= unit.to + PAUSE && now <= unit.from + BURST && !unit.undone
        };
        let one = undos.part.unwrap_or(command);
        let id = if undos.units.contains_key(&one) {
            one
        } else {
            last.filter(|id| undos.units.get(id).is_some_and(goes_on)).unwrap_or(one)
        };
        undos.turn += 1;
        let turn = undos.turn;
        let unit = undos.units.entry(id).or_insert_with(|| Unit {
            turn,
            from: now,
            to: now,
            typed,
            about,
            changes: Vec::new(),
            undone: false,
        });
        (unit.turn, unit.to) = (turn, now);
        unit.changes.push((doc, hash));
        self.undos_changed();
        self.forget_old_undos();
    }

    /// A change was written anew under another hash.
    pub(in crate::engine::core) fn undo_renamed(&mut self, doc: DocId, before: [u8; 32], after: [u8; 32]) {
        let changes = self.histories.undos.units.values_mut().flat_map(|unit| &mut unit.changes);
        for change in changes.filter(|change| **change == (doc, before)) {
            change.1 = after;
        }
        self.undos_changed();
    }

    fn undos_changed(&mut self) {
        self.histories.undos.due = Some(self.now + REST);
        self.dirty.undo = true;
    }

    fn forget_undos(&mut self, which: impl Fn(&Unit) -> bool) {
        let gone: Vec<EntityId> =
            self.histories.undos.units.iter().filter(|(_, unit)| which(unit)).map(|(id, _)| *id).collect();
        if !gone.is_empty() {
            self.histories.undos.units.retain(|id, _| !gone.contains(id));
            self.undos_changed();
        }
    }

    fn forget_old_undos(&mut self) {
        let units = &self.histories.undos.units;
        if units.len() > KEPT {
            let oldest = units.values().map(|unit| unit.turn).min();
            self.forget_undos(|unit| Some(unit.turn) == oldest);
        }
    }

    /// What an edit is about, for the name of what takes it back.
    fn about_edit(&self, doc: DocId, edit: &Edit) -> About {
        let (record, field) = match edit {
            Edit::Set { at, .. } | Edit::Choose { at, .. } | Edit::Text { at, .. } => {
                (at.entity, Some(at.field.clone()))
            }
            Edit::Add { id, .. } | Edit::Move { id, .. } | Edit::Withdraw { id, .. } | Edit::Restore { id } => {
                (Some(*id), None)
            }
            Edit::Claim { what, .. } | Edit::ClaimAt { what, .. } => (None, Some(what.word().to_owned())),
            Edit::Act { .. } | Edit::Begin { .. } | Edit::Make(_) => (None, None),
        };
        let snapshot = self.documents.get(doc).map(Held::snapshot);
        let collection = snapshot.zip(record).and_then(|(snapshot, id)| {
            let of = snapshot.collections.iter().find(|(_, records)| records.iter().any(|one| one.id == Some(id)));
            of.map(|(name, _)| name.clone())
        });
        let title = snapshot.zip(record).map_or_else(String::new, |(snapshot, id)| name(snapshot, id));
        About { collection, title, field }
    }

    /// The next that a page's undo or redo is about: what was done, or taken back, last in what the page is of.
    fn next_undo(&self, of: DocId, undone: bool) -> Option<EntityId> {
        let here = |doc: DocId| doc == of || self.home(doc) == of || self.subject_of(doc) == Some(of);
        let units = self.histories.undos.units.iter().filter(|(_, unit)| unit.undone == undone);
        let units = units.filter(|(_, unit)| unit.docs().any(here));
        units.max_by_key(|(_, unit)| unit.turn).map(|(id, _)| *id)
    }

    fn subject_of(&self, doc: DocId) -> Option<DocId> {
        self.entry(doc)?.subject
    }

    /// What a page can take back and do again.
    pub(in crate::engine::core) fn undo_view(&self, of: DocId) -> UndoView {
        let line = |undone| {
            let id = self.next_undo(of, undone)?;
            let unit = self.histories.undos.units.get(&id)?;
            let doc = unit.docs().next()?;
            Some(UndoLine {
                unit: id,
                doc,
                kind: self.entry(doc)?.kind,
                title: self.title(doc),
                about: unit.about.clone(),
                docs: u32::try_from(unit.docs().collect::<BTreeSet<DocId>>().len()).unwrap_or(u32::MAX),
            })
        };
        UndoView { undo: line(false), redo: line(true) }
    }

    /// The documents that an undo or redo is in.
    pub(in crate::engine::core) fn undo_needs(&self, of: DocId, again: bool) -> BTreeSet<DocId> {
        let unit = self.next_undo(of, again).and_then(|id| self.histories.undos.units.get(&id));
        unit.into_iter().flat_map(Unit::docs).filter(|doc| self.rows.contains_key(doc)).collect()
    }

    /// Takes back what was done last on a page, or does again what was taken back last. Where others have changed the same since,
    /// that is said first: `anyway` names what is then taken back nevertheless.
    pub(in crate::engine::core) fn undo(
        &mut self,
        command: CommandId,
        (of, again): (DocId, bool),
        anyway: Option<EntityId>,
    ) -> Result<Done, Refusal> {
        // What is being typed is part of what was done.
        self.commit_texts();
        let none = || refuse(if again { "redo-none" } else { "undo-none" }, of.to_string());
        let id = self.next_undo(of, again).ok_or_else(none)?;
        let unit = self.histories.undos.units.get(&id).cloned().ok_or_else(none)?;
        let mut undoings: Vec<(DocId, Undoing)> = Vec::new();
        for doc in unit.docs().collect::<BTreeSet<DocId>>() {
            let hashes: Vec<[u8; 32]> =
                unit.changes.iter().filter(|(of, _)| *of == doc).map(|(_, hash)| *hash).collect();
            let claim = EntityId::fresh(self.clock(), self.dice.bytes());
            let held = self.documents.get(doc).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
            let undoing = working(doc, || held.doc().undoing(&hashes, held.snapshot(), claim));
            undoings.push((doc, undoing.map_err(|error| refuse(error.word(), error.to_string()))?));
        }
        if undoings.iter().any(|(_, undoing)| undoing.fixed) {
            return Err(refuse("undo-fixed", "on record"));
        }
        if anyway != Some(id)
            && let Some(overtaken) = self.overtaken(id, &undoings)
        {
            return Ok(Done::Overtaken(overtaken));
        }
        // All is asked before anything is written.
        for (doc, undoing) in &undoings {
            for edit in &undoing.edits {
                self.may_edit(*doc, edit)?;
            }
        }
        self.histories.undos.turn += 1;
        let (turn, now) = (self.histories.undos.turn, self.clock());
        let turned = Unit { turn, to: now, changes: Vec::new(), undone: !unit.undone, ..unit };
        self.histories.undos.units.insert(id, turned);
        self.histories.undos.at_work = Some(id);
        let mut written = Ok(());
        for (doc, edit) in
            undoings.into_iter().flat_map(|(doc, undoing)| undoing.edits.into_iter().map(move |edit| (doc, edit)))
        {
            written = written.and_then(|()| self.write_edit(command, doc, edit));
        }
        self.histories.undos.at_work = None;
        self.undos_changed();
        // Others, or the hub, have taken it back already: there is nothing to do again.
        self.forget_undos(|unit| unit.changes.is_empty());
        self.save_undos(true);
        written.map(|()| Done::Durable)
    }

    /// What others said since of what would be taken back.
    fn overtaken(&self, unit: EntityId, undoings: &[(DocId, Undoing)]) -> Option<Overtaken> {
        let (doc, _) = undoings.iter().find(|(_, undoing)| !undoing.since.is_empty())?;
        let kind = self.entry(*doc)?.kind;
        let mut lines: Vec<ChangeLine> = Vec::new();
        for (doc, undoing) in undoings.iter().filter(|(_, undoing)| !undoing.since.is_empty()) {
            let held = self.documents.get(*doc)?;
            let since: &[Step] = &undoing.since;
            lines.extend(self.lines(held, since, &Sides::none(held.doc())));
        }
        let by = self.by_party(&lines.iter().collect::<Vec<_>>());
        Some(Overtaken { unit, kind, by })
    }
}

impl Unit {
    fn docs(&self) -> impl Iterator<Item = DocId> {
        self.changes.iter().map(|(doc, _)| *doc)
    }
}
