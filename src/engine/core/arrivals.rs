//! What comes from the hub: logs and whole documents (of acknowledgements see `lately`). Each is one step in the journal:
//! entries, rows, missing documents and the cursor go to the disk together, and the hub is told only then.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    chunk::{Chunk, Kept},
    comeback::ComeBack,
    documents::{Held, working},
    facts::Seal,
    inspect::inspect,
    store::{Store, meta},
};
use crate::{
    domain::{DocId, Fact},
    sync::{
        Cursor, Key,
        client::Event,
        frame::{Entry, Id, Item, Point},
        marks::Run,
    },
};

/// What the hub told in this life of the engine, which the disk may not have when it greets the hub again.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Documents, by the number of the entry that told of them.
    pub made: BTreeMap<u64, DocId>,
    /// Documents taken away, with the number up to which the hub told then.
    lost: BTreeMap<DocId, u64>,
    /// Documents made here of which the hub said only that it took them: a new greeting is answered with them again.
    pub own: BTreeMap<u64, DocId>,
    /// Numbers of facts that the disk garbled: damaged until the log has passed them.
    pub garbled: BTreeSet<u64>,
    /// Documents that one of those may have told of, by the number that was told last of them.
    pub nameless: BTreeMap<u64, DocId>,
    /// Documents of which the hub took, up to this number, own changes that were made anew meanwhile.
    pub unheard: BTreeMap<DocId, u64>,
}

/// A document's id from the protocol's.
pub(super) fn doc_of(id: Id) -> DocId {
    DocId::from_bytes(id.into())
}

impl Engine {
    /// Takes in what came, in order, as far as the documents for it are loaded. Says whether anything was.
    pub(super) fn take_arrivals(&mut self) -> bool {
        let mut moved = false;
        while let Some(event) = self.inbox.front() {
            let mut needs = event_docs(event);
            if let Event::Log { lost, .. } = event {
                // Of these every chunk must go, also those that no row counts.
                needs.extend(lost.iter().copied().map(doc_of).filter(|doc| self.amiss.is_rowless(*doc)));
            }
            if !self.ready(&needs) {
                break;
            }
            let Some(event) = self.inbox.pop_front() else { break };
            moved = true;
            match event {
                Event::Acked { key, number, receipt } => self.acked_all((key, number, receipt)),
                other => self.arrived(other),
            }
        }
        moved
    }

    /// Documents that what has come is waiting for.
    pub(super) fn arriving(&self) -> impl Iterator<Item = DocId> {
        self.inbox.front().map(event_docs).into_iter().flatten()
    }

    fn arrived(&mut self, event: Event) {
        match event {
            Event::Welcome { head, time, .. } => {
                self.hub_is_at(head);
                self.welcomed = Some(head);
                self.told.made.append(&mut self.told.own);
                self.last_contact = Some(self.clock());
                self.hub_ahead = time.checked_signed_diff(self.clock()).unwrap_or(0);
                self.comeback = ComeBack::Idle;
                self.heard_out();
                self.release_held();
                // What was asked for with the greeting may have come with its answer: it is not asked for twice.
                let come = self.inbox.iter().filter_map(|event| match event {
                    Event::Snapshot { doc, number: 1.., .. } => Some(doc_of(*doc)),
                    _ => None,
                });
                let come = come.collect();
                self.fetch_rewound(&come);
                self.dirty.shell = true;
            }
            Event::Log { from, to, entries, lost, apart } => self.log((from, to), entries, &lost, apart),
            Event::Acked { key, number, receipt } => self.acked_all((key, number, receipt)),
            Event::Refused { key, why } => self.refused(&key, &why),
            Event::Fork { key } => self.forked(&key),
            Event::NeedsDeps { key, deps: _ } => self.needs_deps(&key),
            Event::Retry { .. } | Event::Trouble { .. } => self.dirty.shell = true,
            Event::Snapshot { doc, number, entries, bytes, marks } => {
                self.whole(doc_of(doc), number, entries, bytes.map(|bytes| (bytes, marks)));
            }
            Event::Seen(parties) => self.heard_of(parties),
            Event::Said { doc, from, bytes } => self.said_by(doc_of(doc), from, &bytes),
            Event::Reached(point) => {
                self.history.reach(point);
                self.reached_later();
            }
            Event::Returned { key, told } => self.returned(&key, &told),
            Event::Rewind { to } => self.rewind(to),
            Event::Fatal { code } => {
                if code != "unauthorised" || !self.come_back() {
                    self.barred(&code);
                }
            }
        }
    }

    fn log(&mut self, (from, to): (u64, Cursor), entries: Vec<Entry>, lost: &[Id], apart: Vec<(Id, u64)>) {
        let (before, together) = (self.journal.write.steps.len(), apart.is_empty());
        let mut changes: BTreeMap<DocId, Vec<Kept>> = BTreeMap::new();
        let mut lost: BTreeSet<DocId> = lost.iter().copied().map(doc_of).collect();
        let mut facts = self.told_again(from, to.number, &entries, &mut lost);
        for entry in entries {
            match entry.item {
                Item::Fact { ref body, mac, .. } => {
                    let seal = mac.map(|mac| Seal::new(entry.received_at, entry.device, mac));
                    let new = self.fold_fact(entry.number, body, seal).is_some();
                    facts |= new;
                    if let Ok(Fact::Doc { id, .. }) = Fact::from_bytes(body) {
                        self.told.made.insert(entry.number, id);
                        self.told.lost.remove(&id);
                        facts |= self.position.lost.remove(&id);
                        // Told once more, out of its turn: it could not be read for a while, and what was said in it then was not
                        // told, nor will be. What is here need not be all.
                        let again = entry.number <= from;
                        // What came whole while nothing said what it is was not taken in.
                        let unheard = new && self.position.missing.contains(&id);
                        if again {
                            self.who_has_is_unknown(id);
                        }
                        if again || unheard {
                            self.miss(id);
                        }
                    }
                }
                Item::Change { .. } => {
                    let key = entry.item.key();
                    if self.outbox.by_key(&key).is_some() {
                        // On its way when it was held back for its author, and taken: nothing is left to decide.
                        self.acked_all((key, entry.number, entry.item.receipt()));
                    }
                    if let Some((doc, kept)) = Kept::of(entry) {
                        changes.entry(doc).or_default().push(kept);
                    }
                }
            }
        }
        if facts {
            self.recatalogue();
        }
        lost.extend(self.garbled_and_passed(to.number));
        self.left_out(apart);
        for (doc, changes) in changes {
            self.take_changes(doc, changes);
        }
        for doc in &lost {
            self.taken_away(*doc, to.number);
        }
        if !lost.is_empty() {
            self.recatalogue();
        }
        // Of what lies up to here it is known from now on who may read it.
        let passed = self.rows.iter().filter(|(_, row)| row.last > self.position.number && row.last <= to.number);
        self.dirty.docs.extend(passed.map(|(doc, _)| *doc));
        self.position.number = to.number;
        self.position.stamp = to.stamp.into();
        self.position.as_of = to.as_of;
        self.hub_is_at(to.number);
        self.history.pass(Point { number: to.number, stamp: to.stamp });
        self.last_contact = Some(self.clock());
        self.dirty.shell = true;
        let nothing_new = together && lost.is_empty() && self.journal.write.steps.len() == before;
        if nothing_new && self.passed_later() {
            return;
        }
        self.keep_history();
        self.keep_position();
        self.keep_seen();
        self.have();
    }

    /// The log was heard again up to a number: facts that the disk had garbled are here anew, or not for this device any
    /// more. Answers the documents that those told of.
    fn garbled_and_passed(&mut self, to: u64) -> Vec<DocId> {
        let later = self.told.garbled.split_off(&(to + 1));
        for number in std::mem::replace(&mut self.told.garbled, later) {
            if !self.facts.has(number) {
                self.journal.write.delete(Store::Meta, meta::fact(number));
                self.journal.write.delete(Store::Meta, meta::seal(number));
            }
        }
        let later = self.told.nameless.split_off(&(to + 1));
        let heard = std::mem::replace(&mut self.told.nameless, later);
        heard.into_values().filter(|doc| self.entry(*doc).is_none()).collect()
    }

    /// This device may not have a document any more: told by the hub, which was at this number.
    fn taken_away(&mut self, doc: DocId, number: u64) {
        self.end_texts_of(doc, "not-a-reader");
        self.forget(doc);
        self.drop_files_of(doc);
        self.healed(doc);
        self.came(doc);
        self.position.missing.remove(&doc);
        self.mended(doc);
        self.position.lost.insert(doc);
        self.told.lost.insert(doc, number);
        self.release_held_of(doc);
    }

    /// Takes in numbered changes of a document that is loaded, or new.
    fn take_changes(&mut self, doc: DocId, changes: Vec<Kept>) {
        if self.position.missing.contains(&doc) || self.rewinding.rewound.docs.contains(&doc) {
            return;
        }
        let Some(kind) = self.entry(doc).map(|entry| entry.kind) else { return };
        if let Some(bad) = changes.iter().find(|kept| inspect(kind, kept).is_err()) {
            self.came_damaged(doc, std::slice::from_ref(bad));
            return;
        }
        if self.documents.get(doc).is_none() {
            let Ok(held) = Held::new(doc, kind) else { return };
            self.documents.insert(doc, held);
        }
        let me = self.account.as_ref().map(|account| account.device);
        let company = changes.iter().any(|kept| kept.device.is_some() && kept.device != me);
        self.hear(doc, changes.iter().map(|kept| (kept.number, kept.received_at, kept.device)));
        let Some(held) = self.documents.get_mut(doc) else { return };
        let absent = changes.iter().any(|kept| {
            kept.body.is_none() && !held.doc().has(&kept.hash.into()) && !held.acknowledged(&kept.hash.into())
        });
        if absent {
            // One's own change of an earlier life of this store: only the hub has it now. What is here stays until that comes: of
            // what the hub took since, and may lose, nobody else need have any.
            self.commit_texts_of(doc);
            self.leave_on_disk(doc);
            self.miss(doc);
            return;
        }
        match working(doc, || held.take(changes.clone())) {
            // The hub's log lacks what these stand on.
            Ok(_) if !held.doc().waiting().is_empty() => self.came_damaged(doc, &changes),
            Ok(Some(chunk)) => {
                if company {
                    self.company_at = self.now;
                    self.hasten_texts();
                }
                self.keep_chunk(doc, &chunk);
                self.text_arrived(doc);
            }
            Ok(None) => {}
            Err(_) => self.came_damaged(doc, &changes),
        }
    }

    /// Takes in a document whole, in place of whatever is here, and puts one's own unacknowledged words on top.
    fn whole(&mut self, doc: DocId, number: u64, entries: Vec<Entry>, compacted: Option<(Vec<u8>, Vec<Run>)>) {
        let Some(kind) = self.entry(doc).map(|entry| entry.kind) else { return };
        if self.rewinding.rewound.owing {
            // A hub that has not got it yet, or not all of it: what is here stays.
            return;
        }
        if number == 0 && self.acknowledged.docs.contains_key(&doc) {
            // The hub knows it and does not tell: the right to read it ended.
            self.taken_away(doc, self.position.number);
            self.recatalogue();
            self.keep_position();
            self.have();
            return;
        }
        if self.rewinding.rewound.docs.contains(&doc) {
            // Somebody may be writing in it.
            self.commit_texts_of(doc);
        }
        let changes: Vec<Kept> =
            entries.into_iter().filter_map(|entry| Kept::of(entry).map(|(_, kept)| kept)).collect();
        if let Some(bad) = changes.iter().find(|kept| inspect(kind, kept).is_err()) {
            self.came_damaged(doc, std::slice::from_ref(bad));
            return;
        }
        let made = working(doc, || {
            let (mut held, mut chunk) = match compacted {
                Some((document, marks)) => Held::compacted(doc, kind, document, marks)?,
                None => (Held::new(doc, kind)?, Chunk::default()),
            };
            if let Some(tail) = held.take(changes)? {
                chunk.changes = tail.changes;
                chunk.touched.extend(tail.touched);
            }
            Ok::<_, crate::docs::DocsError>((held, chunk))
        });
        // Of what waits for what the hub did not send, nothing could be shown.
        let Some((held, chunk)) = made.ok().filter(|(held, _)| held.doc().waiting().is_empty()) else {
            self.came_damaged(doc, &[]);
            return;
        };
        self.forget(doc);
        self.healed(doc);
        self.came(doc);
        self.documents.insert(doc, held);
        self.position.missing.remove(&doc);
        self.mended(doc);
        self.hear_loaded(doc);
        self.keep_chunk(doc, &chunk);
        self.own_words_on_top(doc);
        self.text_arrived(doc);
        if self.told.unheard.remove(&doc).is_some_and(|taken| taken > number) {
            // It was made before the hub took those.
            self.miss(doc);
        }
        self.keep_position();
        self.have();
        self.dirty.shell = true;
    }

    /// A device greets with what its disk has, and may have heard more: the hub tells that again, by the rights of now, and
    /// says nothing of what it does not know to be here. Documents told of then and not now may no longer be received;
    /// those taken away then and not now may be again. Says whether the catalogue changes.
    fn told_again(&mut self, from: u64, to: u64, entries: &[Entry], lost: &mut BTreeSet<DocId>) -> bool {
        let named: BTreeSet<u64> = entries.iter().map(|entry| entry.number).collect();
        let twice = self.told.made.range(from + 1..=to.max(from + 1)).filter(|(number, _)| **number <= to);
        let gone: Vec<(u64, DocId)> =
            twice.filter(|(number, _)| !named.contains(number)).map(|(number, doc)| (*number, *doc)).collect();
        for (number, doc) in gone {
            self.told.made.remove(&number);
            lost.insert(doc);
        }
        let back = self.told.lost.iter().filter(|(doc, at)| **at > from && !lost.contains(doc));
        let back: Vec<DocId> = back.map(|(doc, _)| *doc).collect();
        for doc in &back {
            self.told.lost.remove(doc);
            self.who_has_is_unknown(*doc);
            self.miss(*doc);
        }
        !back.is_empty()
    }
}

pub(super) fn key_doc(key: &Key) -> Option<DocId> {
    key.doc.map(doc_of)
}

/// Documents that must be loaded before an event can be taken in.
fn event_docs(event: &Event) -> BTreeSet<DocId> {
    match event {
        Event::Log { entries, .. } => entries
            .iter()
            .filter_map(|entry| match &entry.item {
                Item::Change { doc, .. } => Some(doc_of(*doc)),
                Item::Fact { .. } => None,
            })
            .collect(),
        Event::Acked { key, .. }
        | Event::Refused { key, .. }
        | Event::Fork { key }
        | Event::NeedsDeps { key, .. }
        | Event::Returned { key, told: Err(_) } => key_doc(key).into_iter().collect(),
        Event::Welcome { .. }
        | Event::Retry { .. }
        | Event::Snapshot { .. }
        | Event::Returned { told: Ok(_), .. }
        | Event::Seen(_)
        | Event::Said { .. }
        | Event::Reached(_)
        | Event::Rewind { .. }
        | Event::Trouble { .. }
        | Event::Fatal { .. } => BTreeSet::new(),
    }
}
