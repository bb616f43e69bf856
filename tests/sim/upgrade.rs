//! A version of the application that is not written yet: a device that has it raises a document's schema. Today's laptops
//! show what they can of it, change nothing in it, say so, and lose nothing of what they wrote before.

use automerge::{ActorId, Automerge, ROOT, transaction::Transactable};
use mufakat::{
    domain::{At, Edit, EntityId, Value, schema},
    engine::api::Command,
    sync::frame::Item,
};

use crate::{
    cast::{KHMER, MEETING, PLAN, PLUS_PROJECT, SHARED},
    desk::Desk,
    laptop::Who,
    world::World,
};

/// The word with which a laptop declines to write in a newer document.
pub const NEWER: &str = "newer-schema";

impl Desk {
    /// The change with which a later version raises a document's schema.
    fn raised(&self, doc: mufakat::domain::DocId) -> Item {
        let mut later = Automerge::new();
        for row in &self.full {
            if let Item::Change { doc: of, body: Some(body), .. } = &row.item
                && *of == doc.to_bytes().into()
            {
                later.load_incremental(body).expect("what the hub took loads");
            }
        }
        let actor = [&[0xee; 16][..], &[0, 0, 0, 7]].concat();
        later.set_actor(ActorId::from(actor));
        let mut tx = later.transaction();
        tx.put(ROOT, "schema", u64::from(schema::CURRENT + 1)).expect("the root takes a number");
        tx.commit().0.expect("a change");
        let change = later.get_last_local_change().expect("the one just made");
        Item::change(doc.to_bytes().into(), change.hash().0.into(), change.raw_bytes().to_vec())
    }
}

impl World {
    /// Somebody works with tomorrow's version. Once in a story.
    pub fn schema_is_raised(&mut self) {
        if self.raised.is_some() || !self.desk.can_state() {
            return;
        }
        let docs = [SHARED, KHMER, PLAN, MEETING, PLUS_PROJECT];
        let doc = docs[self.chance.below(docs.len())];
        self.tally.fault("schema raised");
        self.trace(format_args!("{doc} has tomorrow's schema"));
        self.raised = Some(doc);
        let change = self.desk.raised(doc);
        self.desk.append(vec![change], self.now);
        self.tell_everyone();
    }

    /// Whoever sees the document tries to write in it, and is told why not.
    pub fn nobody_writes_in_what_is_newer(&mut self) {
        let Some(doc) = self.raised else { return };
        let whoever = |who: &Who| {
            let laptop = &self.laptops[*who];
            let reads = self.desk.reads(laptop.device, doc, self.now);
            reads && !laptop.left && laptop.shown.get(&doc).is_some_and(|shown| shown.schema > schema::CURRENT)
        };
        for who in (0..self.laptops.len()).filter(whoever).collect::<Vec<_>>() {
            let id = EntityId::fresh(self.now, self.chance.bytes());
            let value = Value::Str("written by yesterday's version".to_owned());
            let edit = Edit::Set { at: At::root("title"), value, seen: Vec::new() };
            let before = self.tally.declined.get(NEWER).copied();
            self.say_command(who, id, Command::Edit { doc, edit });
            self.run_until(self.now + 1_000, |_| false);
            assert!(!self.laptops[who].told_done.contains(&id), "yesterday's version wrote in tomorrow's document");
            assert!(self.tally.declined.get(NEWER).copied() > before, "and was not told why it may not");
        }
    }
}
