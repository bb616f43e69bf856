//! Opening the store: the engine's memory from what is on the disk.

use super::{
    Engine,
    account::{Account, CONTACT, Position, SEEN},
    marks::Heard,
    outbox::Entry,
    refusals::Quarantined,
    rows::Row,
    store::{Contents, Store, meta, open},
};
use crate::{
    domain::{DocId, Fact, PartyCode},
    engine::api::wire,
};

/// How often a document crashed the engine, where a value says so.
pub(super) fn crash_count(key: &str, value: &[u8]) -> Option<(DocId, u32)> {
    let doc = key.strip_prefix(meta::CRASHED)?.parse().ok()?;
    Some((doc, std::str::from_utf8(value).ok()?.parse().ok()?))
}

impl Engine {
    /// Takes in what the store holds, and from joining what the store does not hold yet.
    pub(super) fn open(&mut self, contents: &Contents, volatile: bool) {
        self.volatile = volatile;
        self.opened = true;
        self.dirty.all = true;
        if self.notice == Some("notice-second-tab") {
            self.notice = None;
        }
        if volatile {
            self.notice = Some("notice-memory-only");
        }
        for (key, value) in &contents.meta {
            self.open_meta(key, open(value));
        }
        self.recatalogue();
        for (key, value) in &contents.rows {
            // A row of another version is made anew when the document is next loaded.
            if let (Ok(doc), Some(row)) = (key.parse::<DocId>(), Row::decode(open(value))) {
                self.rows.insert(doc, row);
            }
        }
        for (key, value) in &contents.outbox {
            match Entry::decode(key, open(value)) {
                Ok(entry) => {
                    self.done.push_back(entry.command);
                    self.outbox.restore(entry);
                }
                // Words that cannot be read are kept, never dropped: they may be of a newer version.
                Err(_) => self.journal.write.put(Store::Quarantine, format!("outbox/{key}"), value.clone()),
            }
        }
        self.recatalogue();
        for (key, value) in &contents.quarantine {
            if let (Ok(command), Some(kept)) = (key.parse(), Quarantined::decode(open(value))) {
                self.quarantine.insert(command, kept);
            }
        }
        self.joined_on_opening();
        self.start_client();
    }

    fn open_meta(&mut self, key: &str, value: &[u8]) {
        if let Some(number) = key.strip_prefix(meta::FACT) {
            if let Ok(number) = number.parse::<u64>() {
                self.facts.insert(Fact::hash(value));
                if let Ok(fact) = Fact::from_bytes(value) {
                    self.acknowledged.fold(&fact);
                    self.note_rights(number, &fact);
                }
            }
        } else if let Some((doc, count)) = crash_count(key, value) {
            self.crashed.insert(doc, count);
        } else if key == meta::DEVICE {
            self.account = Account::decode(value);
            if self.account.as_ref().is_some_and(|account| account.barred.is_some()) {
                self.notice = Some("notice-revoked");
            }
        } else if key == meta::CURSOR {
            self.position = Position::decode(value).unwrap_or_default();
        } else if key == meta::SEEN {
            let seen: Vec<(PartyCode, Heard)> = wire::kept(SEEN, value).unwrap_or_default();
            self.seen = seen.into_iter().collect();
        } else if key == meta::CONTACT {
            let contact: Vec<(PartyCode, u64)> = wire::kept(CONTACT, value).unwrap_or_default();
            self.contact = contact.into_iter().collect();
        }
    }

    /// Writes who this device is with the next transaction.
    pub(super) fn keep_account(&mut self) {
        if let Some(account) = &self.account {
            self.journal.write.put(Store::Meta, meta::DEVICE, account.encode());
        }
    }

    /// Writes how far this device is with the next transaction.
    pub(super) fn keep_position(&mut self) {
        self.journal.write.put(Store::Meta, meta::CURSOR, self.position.encode());
    }
}
