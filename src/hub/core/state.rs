//! What is committed, in memory: the log's index, the facts folded, the devices by token.

use std::{collections::HashMap, sync::Arc};

use crate::{
    domain::{Catalogue, Date, DeviceId, Fact, PersonId, Role},
    hub::{
        error::HubError,
        rows, secret,
        store::{AccountChange, Device, Store, StoreError},
    },
    sync::{
        frame::Limits,
        hub::{Hub, Row},
        proof::HubKey,
    },
};

/// Rows read at a time while loading.
const PAGE: u32 = 1_000;

/// The committed state.
#[derive(Debug)]
pub struct State {
    /// The protocol's machine.
    pub hub: Hub,
    /// All facts, folded.
    pub catalogue: Arc<Catalogue>,
    devices: HashMap<DeviceId, Device>,
    tokens: HashMap<[u8; 32], DeviceId>,
}

impl State {
    /// From the store.
    pub async fn load(store: &dyn Store, limits: Limits) -> Result<Self, HubError> {
        let workspace =
            store.workspace().await?.ok_or_else(|| HubError::Damaged("it holds no workspace".to_owned()))?;
        let mut catalogue = Catalogue::default();
        let mut all: Vec<Row> = Vec::new();
        loop {
            let after = all.last().map_or(0, |row| row.number);
            let page = store.rows(after, PAGE).await?;
            if page.is_empty() {
                break;
            }
            for row in page {
                let (mut row, fact) = rows::known(row)?;
                if let Some(fact) = fact {
                    catalogue.fold(&fact);
                }
                forget_body(&mut row);
                all.push(row);
            }
        }
        let key = HubKey::new(store.key(secret::random()?).await?);
        let hub = Hub::load(workspace.id.to_bytes().into(), limits, all)
            .map_err(|error| HubError::Damaged(error.to_string()))?
            .with_key(key);
        if hub.head() != workspace.head || *hub.stamp() != workspace.stamp {
            return Err(HubError::Damaged(format!("it counts {} entries and holds {}", workspace.head, hub.head())));
        }
        let mut state = Self { hub, catalogue: Arc::new(catalogue), devices: HashMap::new(), tokens: HashMap::new() };
        state.load_devices(store).await?;
        state.recall(store.contacts().await?);
        Ok(state)
    }

    /// Reads the devices anew.
    pub async fn load_devices(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let devices = store.devices().await?;
        self.set_devices(devices);
        Ok(())
    }

    /// Takes these devices instead of those known.
    pub fn set_devices(&mut self, devices: Vec<Device>) {
        self.tokens = devices.iter().map(|device| (device.token_hash, device.id)).collect();
        self.devices = devices.into_iter().map(|device| (device.id, device)).collect();
    }

    /// The device with this token's hash.
    pub fn device_with(&self, token_hash: &[u8; 32]) -> Option<&Device> {
        self.devices.get(self.tokens.get(token_hash)?)
    }

    /// Every device.
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.values()
    }

    /// A device.
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.devices.get(&id)
    }

    /// Takes in changes of accounts that are committed.
    pub fn apply(&mut self, changes: Vec<AccountChange>) {
        for change in changes {
            match change {
                AccountChange::Invite(_) | AccountChange::Use { .. } => {}
                AccountChange::AddDevice(device) => {
                    self.tokens.insert(device.token_hash, device.id);
                    self.devices.insert(device.id, device);
                }
                AccountChange::SetToken { device, token_hash } => {
                    if let Some(known) = self.devices.get_mut(&device) {
                        self.tokens.remove(&known.token_hash);
                        known.token_hash = token_hash;
                        self.tokens.insert(token_hash, device);
                    }
                }
                AccountChange::RevokeDevice(device) => {
                    if let Some(device) = self.devices.get_mut(&device) {
                        device.revoked = true;
                    }
                }
            }
        }
    }

    /// The facts as of a number, folded.
    pub fn catalogue_at(&self, number: u64) -> Arc<Catalogue> {
        if !self.hub.facts_after(number) {
            return Arc::clone(&self.catalogue);
        }
        let mut catalogue = Catalogue::default();
        for (_, body) in self.hub.facts().take_while(|(at, _)| *at <= number) {
            if let Ok(fact) = Fact::from_bytes(body) {
                catalogue.fold(&fact);
            }
        }
        Arc::new(catalogue)
    }

    /// A device in one line, for an operator.
    pub fn line_of(&self, device: &Device) -> String {
        let of = |a: &&crate::domain::catalogue::Appointment| a.person == device.person;
        let (party, role) = self
            .catalogue
            .appointments
            .values()
            .find(of)
            .map_or_else(Default::default, |a| (a.party.to_string(), a.role.word()));
        let rights = if device.revoked { "revoked" } else { "active" };
        format!("{}  {party:<8}  {role:<15}  {rights:<7}  {}", device.id, device.label)
    }

    /// The party for which a person receives documents on a day: an observer of it does not.
    pub fn party_that_receives(&self, person: PersonId, on: Date) -> Option<String> {
        let mut appointments = self.catalogue.appointed(person, on);
        appointments.find(|appointment| appointment.role != Role::Observer).map(|by| by.party.to_string())
    }
}

/// The index keeps no bodies of changes; they would only fill memory while it is built.
fn forget_body(row: &mut Row) {
    if let crate::sync::frame::Item::Change { body, .. } = &mut row.item {
        *body = None;
    }
}
