//! How far each device is and when it was last heard: told to everyone as far as they may know, and kept over a restart.
//!
//! It is no part of the log. What is lost of it in a crash comes back with the device's next word.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Core, Who, state::State};
use crate::{
    hub::{clock, error::HubError, rights::Sight},
    sync::{
        frame::{Frame, Id},
        hub::Contact,
    },
};

/// What the store was last told of each device.
#[derive(Debug, Default)]
pub struct Noted(Mutex<BTreeMap<Id, Contact>>);

impl Core {
    /// Notes how far a device is: its cursor and when its rights were last compared. A device whose person receives
    /// nothing for a party today says nothing about that party.
    pub fn have(&self, who: Who, at: (u64, u64), missing: &[Id]) {
        let now = clock::now();
        let today = clock::day(now);
        let changed = self.write(|state| {
            let Some(party) = state.party_that_receives(who.person, today) else { return false };
            let sees = Sight::new(Arc::clone(&state.catalogue), today);
            let further = state.hub.have(who.id(), &party, at, missing, &sees);
            state.hub.heard(who.id(), now) || further
        });
        if changed {
            self.seen_changed.notify_one();
        }
    }

    /// Notes that a device is there.
    pub fn heard(&self, who: Who) {
        if self.write(|state| state.hub.heard(who.id(), clock::now())) {
            self.seen_changed.notify_one();
        }
    }

    /// How far each party is, as far as a device may know, if that changed since a revision.
    #[must_use]
    pub fn seen_since(&self, who: Who, revision: u64) -> Option<(u64, Frame)> {
        self.read(|state| {
            let now = state.hub.seen_revision();
            (now != revision).then(|| {
                let sees = Sight::new(Arc::clone(&state.catalogue), clock::day(clock::now()));
                (now, state.hub.seen(who.id(), &sees))
            })
        })
    }

    /// Writes what the store has not been told yet.
    ///
    /// # Errors
    /// When the store fails: the next call tries again.
    pub async fn keep_contacts(&self) -> Result<(), HubError> {
        let now: Vec<Contact> = self.read(|state| state.hub.contacts().collect());
        let news: Vec<Contact> = {
            let noted = self.contacts.0.lock().unwrap_or_else(PoisonError::into_inner);
            now.into_iter().filter(|contact| noted.get(&contact.device) != Some(contact)).collect()
        };
        if news.is_empty() {
            return Ok(());
        }
        self.store.note(news.clone()).await?;
        let mut noted = self.contacts.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.extend(news.into_iter().map(|contact| (contact.device, contact)));
        Ok(())
    }
}

impl State {
    /// Takes in how far devices were. One that may not sync any more says nothing about its party.
    pub fn recall(&mut self, contacts: Vec<Contact>) {
        let today = clock::day(clock::now());
        for contact in contacts {
            let id = crate::domain::DeviceId::from_bytes(*contact.device);
            let person = self.device(id).filter(|device| !device.revoked).map(|device| device.person);
            if let Some(party) = person.and_then(|person| self.party_that_receives(person, today)) {
                self.hub.recall(&party, contact);
            }
        }
    }
}
