//! What a person was told is done: it is on the hub, or kept for them with the reason why not.

use std::collections::BTreeSet;

use mufakat::{
    domain::{DeviceId, Fact},
    engine::core::store::{Store, meta, open},
    sync::Key,
};

use crate::{
    desk::RIGHTS,
    displaced::Displaced,
    laptop::{Own, Who},
    truth::says,
    world::World,
};

impl World {
    /// Whether what a hub that fell back would not have again is kept by whoever brought it, and there is a reason.
    pub fn is_set_aside(&self, key: &Key, displaced: &Displaced) -> bool {
        let place = (Store::Quarantine, meta::lost_fact(&key.hash).replacen(meta::LOST_FACT, "lost/", 1));
        let mut kept = self.laptops.iter().filter_map(|laptop| laptop.disk.get(&place));
        kept.any(|value| displaced.changes.contains(&key.hash) || self.was_said_again(value))
    }

    /// Whether what a hub that fell back would not have again is a membership that was stated once more before it came.
    fn was_said_again(&self, value: &[u8]) -> bool {
        let fact = open(value).ok().and_then(|body| Fact::from_bytes(body).ok());
        let Some(Fact::Member { id, stated, .. }) = fact else { return false };
        self.desk.catalogue.members.get(&id).is_some_and(|now| now.stated > stated)
    }

    /// Whether a laptop shows a document that says what an edit would make it say.
    pub fn says_already(&self, who: Who, own: &Own) -> bool {
        let shown = self.laptops[who].shown.get(&own.doc).zip(own.edit.as_ref());
        own.said.get() || shown.is_some_and(|(snapshot, edit)| says(snapshot, edit))
    }

    /// Whether own words had to leave the device with the right to read them, and the hub that had them fell back before
    /// anybody else heard of them.
    fn is_nowhere(&self, device: DeviceId, own: &Own) -> bool {
        let everyone = || 0..self.laptops.len();
        let gone = |key: &Key| {
            self.desk.lost.contains(key)
                && everyone()
                    .all(|who| !self.held_by(who).contains(key) && !self.laptops[who].waiting_on_disk().contains(key))
        };
        !self.desk.reads(device, own.doc, self.now) && own.keys.iter().all(gone)
    }

    /// What a person was told is done is on the hub, or kept for them with the reason why not.
    pub fn check_promises(&self, who: Who, displaced: &Displaced) {
        let laptop = &self.laptops[who];
        for refused in laptop.shell.iter().flat_map(|shell| &shell.refused) {
            assert!(
                RIGHTS.contains(&refused.why.as_str())
                    || refused.why == "put-aside"
                    // Run again on a document that meanwhile is tomorrow's.
                    || (refused.why == "newer-schema" && self.raised == Some(refused.doc))
                    || (["fork", "needs-deps"].contains(&refused.why.as_str()) && displaced.docs.contains(&refused.doc))
                    || (["damaged", "foreign-actor"].contains(&refused.why.as_str()) && laptop.wear.rotted),
                "{} is refused without cause: {refused:?}",
                laptop.officer.party
            );
        }
        assert_eq!(laptop.waiting_on_disk(), BTreeSet::<Key>::new(), "{} has unsent words", laptop.officer.party);
        assert!(laptop.keeps_what_is_left(), "{} has nothing of words that its disk garbled", laptop.officer.party);
        for own in laptop.own.values().filter(|own| laptop.told_done.contains(&own.command)) {
            let there = own.keys.iter().any(|key| self.desk.number_of(key).is_some());
            let kept = laptop.disk.contains_key(&(Store::Quarantine, own.command.to_string()));
            // What the document said already when it was run again, it says still, unless somebody has written since.
            let said = self.says_already(who, own);
            // Set aside after a fall of the hub, they are shown to their author as refused.
            let same = self.laptops.iter().filter(|other| other.device == laptop.device);
            let mut refused = same.flat_map(|same| &same.shell).flat_map(|shell| &shell.refused);
            let aside =
                own.keys.iter().any(|key| self.is_set_aside(key, displaced)) && refused.any(|edit| edit.doc == own.doc);
            let fine = there || kept || said || aside || self.is_nowhere(laptop.device, own);
            assert!(fine, "{} lost what it was told is done: {own:?}", laptop.officer.party);
        }
    }
}
