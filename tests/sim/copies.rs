//! One device twice: a profile is copied to a second laptop, and both are used, with one key, one token and one name.
//! And clocks that somebody sets.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    laptop::{Laptop, Own, Who},
    world::{Happening, World},
};

const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;

impl Laptop {
    /// What a copy of this laptop's disk makes of another laptop.
    fn copied(&self) -> Self {
        let own = self.own.iter().filter(|(_, own)| own.flushed);
        let own: BTreeMap<_, Own> = own.map(|(place, own)| (*place, own.clone())).collect();
        Self {
            disk: self.disk.clone(),
            wear: self.wear.clone(),
            told_done: self.told_done.clone(),
            own,
            read_falls: self.wear.falls,
            told_falls: self.told_falls,
            had: self.had.clone(),
            left: self.left,
            ..Self::same(self)
        }
    }

    /// What this laptop's clock says.
    pub fn clock(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.fast)
    }

    /// When it will be what this laptop's clock calls a moment.
    pub fn moment(&self, clock: u64) -> u64 {
        clock.saturating_add_signed(-self.fast)
    }
}

impl World {
    /// Somebody copies a laptop's profile to another laptop and works on both. Once in a story.
    pub fn profile_is_copied(&mut self, who: Who) {
        let devices: BTreeSet<_> = self.laptops.iter().map(|laptop| laptop.device).collect();
        if devices.len() < self.laptops.len() {
            return;
        }
        self.tally.fault("profile copied");
        self.trace_of(who, "is copied");
        let copy = self.laptops[who].copied();
        self.laptops.push(copy);
        self.desk.twice = true;
        let at = self.now + self.chance.of(50..8_000);
        self.at(at, Happening::Wake(self.laptops.len() - 1));
    }

    /// A laptop's clock is set, by minutes or by days, forward or back. Not by a fortnight: see ARCHITECTURE.md, what is not
    /// yet sound.
    pub fn clock_is_set(&mut self, who: Who) {
        let far = if self.chance.percent(50) { 3 * 60 * MINUTE } else { 13 * DAY };
        let by = i64::try_from(self.chance.of(MINUTE..far)).unwrap_or(0);
        let by = if self.chance.percent(50) { by } else { -by };
        self.tally.fault(if by > 0 { "clock set forward" } else { "clock set back" });
        self.trace_of(who, format_args!("has its clock set by {by}"));
        // A second time sets it right again.
        let laptop = &mut self.laptops[who];
        laptop.fast = if laptop.fast == 0 { by } else { 0 };
    }
}
