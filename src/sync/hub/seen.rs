//! How far each party's best device is, told to each device as far as it may know.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::frame::{Frame, Id, PartySeen},
    Clearance, Hub,
    index::Row,
};

#[derive(Debug)]
struct Device {
    party: String,
    cursor: u64,
    as_of: u64,
    missing: BTreeSet<Id>,
    heard_at: u64,
}

/// How far one device is, as a store keeps it over a restart of the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The device.
    pub device: Id,
    /// The highest number durable on it.
    pub cursor: u64,
    /// When its rights were last compared: milliseconds since 1970.
    pub as_of: u64,
    /// What it has not got all the same.
    pub missing: Vec<Id>,
    /// When it was last heard: milliseconds since 1970.
    pub heard_at: u64,
}

/// How long a contact may be untold: one alone is no reason to tell everybody something.
pub const CONTACT_EVERY: u64 = 5 * 60 * 1_000;

/// What the devices said they have.
#[derive(Debug, Default)]
pub struct SeenBoard {
    devices: BTreeMap<Id, Device>,
    /// The newest contact of each party when the revision last changed.
    told: BTreeMap<String, u64>,
    revision: u64,
}

impl Hub {
    /// A device said, in [`Frame::Have`] or [`Frame::Hello`], how far it is. Says whether that changed anything.
    ///
    /// Of the `missing`, only documents that `sees` lets the device read count: what a device says of others is noise.
    pub fn have(
        &mut self,
        device: Id,
        party: &str,
        (cursor, as_of): (u64, u64),
        missing: &[Id],
        sees: &dyn Clearance,
    ) -> bool {
        let said = Device {
            party: party.to_owned(),
            // Nobody has what is not there: a device from before a restore must not make others green.
            cursor: cursor.min(self.head()),
            as_of,
            missing: missing.iter().copied().filter(|doc| sees.reads(device, *doc)).collect(),
            heard_at: self.seen.devices.get(&device).map_or(0, |known| known.heard_at),
        };
        let before = self.best();
        self.seen.devices.insert(device, said);
        let changed = before != self.best();
        self.seen.revision += u64::from(changed);
        changed
    }

    /// Rows were committed. Whoever had everything before what it wrote itself has that too: it was on its disk first.
    pub(super) fn written(&mut self, rows: &[Row]) {
        let before = self.best();
        for row in rows {
            let writer = row.device.and_then(|device| self.seen.devices.get_mut(&device));
            if let Some(writer) = writer.filter(|writer| writer.cursor + 1 == row.number) {
                writer.cursor = row.number;
            }
        }
        self.seen.revision += u64::from(before != self.best());
    }

    /// A device that said how far it is gave a sign of life. Says whether others should be told: not at every sign.
    pub fn heard(&mut self, device: Id, now: u64) -> bool {
        let Some(known) = self.seen.devices.get_mut(&device) else { return false };
        known.heard_at = known.heard_at.max(now);
        let told = self.seen.told.entry(known.party.clone()).or_default();
        let late = known.heard_at >= *told + CONTACT_EVERY;
        if late {
            *told = known.heard_at;
        }
        self.seen.revision += u64::from(late);
        late
    }

    /// How far every device is, to keep over a restart.
    pub fn contacts(&self) -> impl Iterator<Item = Contact> {
        self.seen.devices.iter().map(|(device, known)| Contact {
            device: *device,
            cursor: known.cursor,
            as_of: known.as_of,
            missing: known.missing.iter().copied().collect(),
            heard_at: known.heard_at,
        })
    }

    /// Takes in what was kept of a device of a party.
    pub fn recall(&mut self, party: &str, contact: Contact) {
        let told = self.seen.told.entry(party.to_owned()).or_default();
        *told = contact.heard_at.max(*told);
        let device = Device {
            party: party.to_owned(),
            cursor: contact.cursor.min(self.head()),
            as_of: contact.as_of,
            missing: contact.missing.into_iter().collect(),
            heard_at: contact.heard_at,
        };
        self.seen.devices.insert(contact.device, device);
        // Beyond what any earlier run of the hub has counted to: devices compare it with what that run told them.
        self.seen.revision = self.seen.revision.max(contact.heard_at) + 1;
    }

    /// Counts up whenever [`Self::seen`] may have changed for someone.
    #[must_use]
    pub fn seen_revision(&self) -> u64 {
        self.seen.revision
    }

    /// How far each party's best device is, as far as `reader` may know: documents it may not read are not named.
    #[must_use]
    pub fn seen(&self, reader: Id, sees: &dyn Clearance) -> Frame {
        let mut parties = self.best();
        for party in &mut parties {
            party.missing.retain(|doc| sees.reads(reader, *doc));
        }
        Frame::Seen { parties, revision: self.seen.revision }
    }

    fn best(&self) -> Vec<PartySeen> {
        let mut best: BTreeMap<&str, &Device> = BTreeMap::new();
        let mut heard: BTreeMap<&str, u64> = BTreeMap::new();
        for device in self.seen.devices.values() {
            let at = heard.entry(&device.party).or_default();
            *at = device.heard_at.max(*at);
            let rank = |device: &Device| (device.cursor, device.as_of, std::cmp::Reverse(device.missing.len()));
            let held = best.entry(&device.party).or_insert(device);
            if rank(device) > rank(held) {
                *held = device;
            }
        }
        best.into_iter()
            .map(|(party, device)| PartySeen {
                party: party.to_owned(),
                cursor: device.cursor,
                missing: device.missing.iter().copied().collect(),
                as_of: device.as_of,
                heard_at: heard.get(party).copied().unwrap_or_default(),
            })
            .collect()
    }
}
