//! Opening the store: the engine's memory from what is on the disk. What is damaged there is made good: see `damage`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    account::{Account, CONTACT, Position, SEEN},
    facts::Seal,
    marks::Heard,
    outbox::Entry,
    refusals::Quarantined,
    rows::Row,
    store::{Contents, Store, aside, meta, open, remains},
};
use crate::{
    domain::{DocId, PartyCode},
    engine::api::wire,
};

/// How often a document crashed the engine, where a value says so.
pub(super) fn crash_count(key: &str, value: &[u8]) -> Option<(DocId, u32)> {
    let doc = key.strip_prefix(meta::CRASHED)?.parse().ok()?;
    Some((doc, std::str::from_utf8(value).ok()?.parse().ok()?))
}

/// How often documents crashed the engine, by what the store holds.
#[must_use]
pub fn crash_counts(contents: &Contents) -> BTreeMap<DocId, u32> {
    let counts = contents.meta.iter().filter_map(|(key, value)| crash_count(key, open(value).ok()?));
    counts.collect()
}

/// What was found on the way.
#[derive(Default)]
struct Found {
    device: Option<Account>,
    /// The same, from its second place.
    again: Option<Account>,
    /// A device stands there that cannot be read.
    unnamed: bool,
    /// The log must be heard from its beginning.
    recount: bool,
    /// Numbers of the facts that cannot be read.
    garbled: BTreeSet<u64>,
}

impl Engine {
    /// Takes in what the store holds, and from joining what the store does not hold yet.
    pub(super) fn open(&mut self, contents: &Contents, volatile: bool) {
        self.volatile = volatile;
        self.opened = true;
        self.dirty.all = true;
        self.store_opened();
        if volatile {
            self.notice = Some("notice-memory-only");
        }
        let mut found = Found::default();
        for (key, value) in &contents.meta {
            self.open_meta(key, value, &mut found);
        }
        self.coming_is_missing();
        self.open_device(&found);
        self.refold();
        for (key, value) in &contents.rows {
            let Ok(doc) = key.parse::<DocId>() else { continue };
            match open(value).ok().and_then(Row::decode) {
                Some(row) => drop(self.rows.insert(doc, row)),
                None => self.row_unread(doc),
            }
        }
        for (key, value) in &contents.quarantine {
            if let Some(doc) = aside::doc(key) {
                self.found_aside(doc, key);
            } else if let Ok(command) = key.parse() {
                match open(value).ok().and_then(Quarantined::decode) {
                    Some(kept) => drop(self.quarantine.insert(command, kept)),
                    None => self.salvage_refused(command, value),
                }
            }
        }
        self.open_outbox(contents);
        self.recatalogue();
        self.undos_of_outbox();
        self.told.own = self.facts.documents_above(self.position.number);
        if found.recount || !found.garbled.is_empty() {
            self.recount(found.garbled);
        }
        self.joined_on_opening();
        self.rows_are_made();
        self.start_client();
    }

    fn open_outbox(&mut self, contents: &Contents) {
        let mut damaged = Vec::new();
        for (key, value) in &contents.outbox {
            let entry = open(value).ok().and_then(|whole| Entry::decode(key, whole).ok());
            match entry {
                Some(entry) => {
                    if *key != entry.key() {
                        // Of a version with longer keys.
                        self.journal.write.delete(Store::Outbox, key);
                        self.journal.write.put(Store::Outbox, entry.key(), remains(value).to_vec());
                    }
                    self.done.push_back(entry.command);
                    self.outbox.restore(entry);
                }
                // Whole, and yet not to be read: a newer version wrote it, and will read it again.
                None if value.first() == Some(&0xff) && open(value).is_ok() => {
                    self.journal.write.put(Store::Quarantine, aside::entry(key), value.clone());
                }
                None => damaged.push((key, value)),
            }
        }
        self.recatalogue();
        for (key, value) in damaged {
            self.salvage(key, value);
        }
        self.doubt_rows();
    }

    /// Who this device is: from either of the two places where it stands.
    fn open_device(&mut self, found: &Found) {
        if found.device.is_some() {
            self.account.clone_from(&found.device);
        } else if found.again.is_some() {
            self.account.clone_from(&found.again);
            self.keep_account();
        } else if found.unnamed {
            self.notice = Some("notice-device-damaged");
        }
        if self.account.as_ref().is_some_and(|account| account.barred.is_some()) {
            self.notice = Some("notice-revoked");
        }
    }

    fn open_meta(&mut self, key: &str, value: &[u8], found: &mut Found) {
        let whole = open(value);
        if let Some(number) = key.strip_prefix(meta::FACT) {
            let Ok(number) = number.parse::<u64>() else { return };
            match whole {
                // A fact that a newer version understands is an object all the same.
                Ok(body @ [b'{', .., b'}']) => drop(self.facts.insert(number, body)),
                Ok(_) | Err(_) => drop(found.garbled.insert(number)),
            }
        } else if let Some(number) = key.strip_prefix(meta::SEAL) {
            if let (Ok(number), Some(seal)) = (number.parse(), whole.ok().and_then(Seal::decode)) {
                self.facts.seal(number, seal);
            }
        } else if self.open_rewound(key, whole.ok())
            || self.open_coming(key, whole.ok())
            || self.open_file(key, whole.ok())
            || self.open_undo(key, whole.ok())
        {
        } else if let Some((doc, count)) = whole.ok().and_then(|value| crash_count(key, value)) {
            self.crashed.insert(doc, count);
        } else if key == meta::DEVICE {
            found.device = whole.ok().and_then(Account::decode);
            found.unnamed |= found.device.is_none();
        } else if key == meta::DEVICE_AGAIN {
            found.again = whole.ok().and_then(Account::decode);
            found.unnamed |= found.again.is_none();
        } else if key == meta::CURSOR {
            match whole.ok().and_then(Position::decode) {
                Some(position) => self.position = position,
                None => found.recount = true,
            }
        } else if key == meta::ROWS {
            self.open_lately(whole.ok());
        } else if key == meta::SEEN {
            // The hub tells it again.
            let seen: Vec<(PartyCode, Heard)> =
                whole.ok().and_then(|value| wire::kept(SEEN, value).ok()).unwrap_or_default();
            self.seen = seen.into_iter().collect();
        } else if key == meta::CONTACT {
            let contact: Vec<(PartyCode, u64)> =
                whole.ok().and_then(|value| wire::kept(CONTACT, value).ok()).unwrap_or_default();
            self.contact = contact.into_iter().collect();
        }
    }

    /// Writes who this device is with the next transaction.
    pub(super) fn keep_account(&mut self) {
        if let Some(account) = &self.account {
            let value = account.encode();
            self.journal.write.put(Store::Meta, meta::DEVICE_AGAIN, value.clone());
            self.journal.write.put(Store::Meta, meta::DEVICE, value);
        }
    }

    /// Writes how far this device is with the next transaction.
    pub(super) fn keep_position(&mut self) {
        // What is on its way in a first load stands beside it, each under a key of its own: thousands would be written
        // again with every one that comes.
        // Who is so far has what was acknowledged up to there.
        self.keep_all_acked();
        let mut position = self.position.clone();
        position.missing.retain(|doc| !self.coming.has(*doc));
        self.journal.write.put(Store::Meta, meta::CURSOR, position.encode());
    }
}
