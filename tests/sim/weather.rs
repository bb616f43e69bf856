//! What goes wrong: links are cut or fall silent, laptops and the hub die, disks fail, rights change under people's hands.

use mufakat::domain::{EntityId, Fact, Writer};

use crate::{
    cast::{self, KHMER},
    laptop::Who,
    wire::WireId,
    world::{Happening, World},
};

/// How hard a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Links, machines, the hub's disk and rights, as they go wrong in any year.
    Fair,
    /// And laptops' disks that lose what they kept, copied profiles, clocks set by hand, revoked devices, restored backups,
    /// tomorrow's schema, and a stranger.
    Foul,
}

impl World {
    /// Something goes wrong, and something will go wrong again.
    pub fn trouble(&mut self) {
        if self.calm {
            return;
        }
        let who = self.chance.below(self.laptops.len());
        if self.chance.percent(30) {
            self.compact();
        }
        let worst = if self.weather == Weather::Foul { 120 } else { 100 };
        match self.chance.below(worst) {
            0..18 => self.cut_somebody(who),
            18..34 => self.silence(who),
            34..48 => self.out_of_reach(who),
            48..66 => self.crash_for_a_while(who),
            66..78 => self.hub_falls(),
            78..80 if self.disks_lose => self.chunk_rots(who),
            78..80 => self.hub_falls_back(),
            80..82 if self.disks_lose => self.hub_falls(),
            80..82 if self.weather == Weather::Foul => self.hub_falls_back(),
            80..90 => {
                self.tally.fault("write failed");
                self.laptops[who].bad_disk = true;
            }
            90..100 => self.rights_change(),
            100..103 => self.profile_is_copied(who),
            103..109 => self.clock_is_set(who),
            109..112 => self.device_is_revoked(who),
            112..116 => self.schema_is_raised(),
            _ => self.a_stranger_comes(),
        }
        if self.tally.troubles > 0 {
            self.tally.troubles -= 1;
            let at = self.now + self.chance.of(500..7_000);
            self.at(at, Happening::Trouble);
        }
    }

    fn cut_somebody(&mut self, who: Who) {
        for wire in self.wires_of(Some(who)) {
            self.tally.fault("cut");
            self.cut(wire);
        }
    }

    /// The link stays open and nothing comes through it, in one direction or both.
    fn silence(&mut self, who: Who) {
        let both = self.chance.percent(40);
        let up = both || self.chance.percent(50);
        let wires: Vec<WireId> = self.wires_of(Some(who));
        for id in wires {
            if let Some(wire) = self.wires.get_mut(&id) {
                self.tally.fault("silence");
                wire.mute_up |= up;
                wire.mute_down |= both || !up;
            }
        }
    }

    fn out_of_reach(&mut self, who: Who) {
        self.tally.fault("out of reach");
        self.laptops[who].in_reach = false;
        self.cut_somebody(who);
        let at = self.now + self.chance.of(1_000..25_000);
        self.at(at, Happening::InReach(who));
    }

    fn crash_for_a_while(&mut self, who: Who) {
        if self.laptops[who].engine.is_none() {
            return;
        }
        self.tally.fault("crash");
        self.crash(who);
        if self.disks_lose {
            self.disk_may_suffer(who);
        }
        let at = self.now + self.chance.of(50..8_000);
        self.at(at, Happening::Wake(who));
    }

    fn hub_falls(&mut self) {
        if !self.desk.up {
            return;
        }
        self.tally.fault("hub restart");
        let written = self.chance.percent(50);
        self.desk.fall(written);
        for wire in self.wires_of(None) {
            self.cut(wire);
        }
        let at = self.now + self.chance.of(50..6_000);
        self.at(at, Happening::Rise);
    }

    /// The hub compacts documents: no harm, and yet whoever was away finds bodies gone.
    fn compact(&mut self) {
        if !self.desk.up {
            return;
        }
        let docs: Vec<_> = self.desk.catalogue.docs.keys().copied().collect();
        for _ in 0..3 {
            let doc = docs[self.chance.below(docs.len())];
            if self.desk.compact(doc) {
                self.tally.fault("compaction");
            }
        }
    }

    /// The hub dies, and an older copy of its disk is put in place.
    fn hub_falls_back(&mut self) {
        let (settled, head) = (self.settled, self.desk.head());
        if !self.desk.up || head <= settled {
            return;
        }
        let restored = self.weather == Weather::Foul && self.chance.percent(40);
        self.tally.fault(if restored { "hub restored" } else { "hub put back" });
        self.desk.restored = restored;
        self.desk.fall(true);
        let head = self.desk.head_on_disk();
        let far = if self.chance.percent(70) { 40 } else { head - settled };
        let back = self.chance.of(1..far.min(head - settled) + 1);
        self.trace(format_args!("the hub falls back from {head} to {}", head - back));
        self.note_who_holds(head - back);
        self.desk.fall_back(head - back);
        for laptop in &mut self.laptops {
            // Under a number above, the hub means something else from now on.
            laptop.had.values_mut().for_each(|had| *had = (*had).min(head - back));
        }
        for wire in self.wires_of(None) {
            self.cut(wire);
        }
        let at = self.now + self.chance.of(50..6_000);
        self.at(at, Happening::Rise);
    }

    /// The chair opens or closes its pen to Viet Nam; Viet Nam's membership ends or begins again.
    fn rights_change(&mut self) {
        if !self.desk.can_state() {
            return;
        }
        self.tally.fault("rights");
        let grant = self.desk.catalogue.grants.iter().find(|(_, (doc, _))| *doc == KHMER).map(|(id, _)| *id);
        let member = self.desk.catalogue.members.get(&cast::VIET_NAMS_MEMBERSHIP).is_some_and(|m| m.to.is_none());
        let fact = match (self.chance.percent(50), grant, member) {
            (true, Some(grant), _) => Fact::Ungrant { grant },
            (true, None, _) => {
                let id = EntityId::fresh(self.now, self.chance.bytes());
                Fact::Grant { id, doc: KHMER, writer: Writer::Party(cast::code("VN")) }
            }
            (false, _, true) => cast::viet_nam_is_member(Some("2025-12-31"), self.now),
            (false, _, false) => cast::viet_nam_is_member(None, self.now),
        };
        self.trace(format_args!("{fact:?}"));
        self.desk.state(&fact, self.now);
        self.tell_everyone();
    }
}
