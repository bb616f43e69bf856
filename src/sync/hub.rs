//! The hub's machine: what may be appended to the log, and what each device is told of it.
//!
//! It holds an index of the log, never the log's bodies, and no rights: those it asks of a [`Policy`] and a
//! [`Clearance`]. Appending has two phases, so that nothing is acknowledged or shown that the store has not committed:
//! [`Hub::prepare`] fills a [`Batch`], the store commits its rows, [`Hub::commit`] takes them in. Between the two the
//! hub still answers from what is committed; a batch dropped changes nothing.

mod admit;
mod index;
mod log;
mod policy;
mod seen;

use std::collections::BTreeMap;

pub use admit::{Batch, Checked, Header, Offered, Past};
pub use index::{Chain, LoadError, Row};
pub use log::{Greeting, Reader, Saved};
pub use policy::{Clearance, Effect, Policy};
pub use seen::{CONTACT_EVERY, Contact};

use self::{index::Index, seen::SeenBoard};
use super::{
    frame::{Id, Item, Limits, Stamp},
    proof::HubKey,
};

/// The hub's machine for one workspace.
#[derive(Debug)]
pub struct Hub {
    workspace: Id,
    limits: Limits,
    index: Index,
    seen: SeenBoard,
    counts: BTreeMap<&'static str, u64>,
    key: Option<HubKey>,
}

impl Hub {
    /// An empty log.
    #[must_use]
    pub fn new(workspace: Id, limits: Limits) -> Self {
        Self {
            workspace,
            limits,
            index: Index::default(),
            seen: SeenBoard::default(),
            counts: BTreeMap::new(),
            key: None,
        }
    }

    /// The log as a store holds it, rows in the order of their numbers; bodies of changes may be left out.
    ///
    /// # Errors
    ///
    /// [`LoadError`] where the rows are not one unbroken history.
    pub fn load(workspace: Id, limits: Limits, rows: impl IntoIterator<Item = Row>) -> Result<Self, LoadError> {
        let mut hub = Self::new(workspace, limits);
        for row in rows {
            hub.index.append(&row)?;
        }
        Ok(hub)
    }

    /// With the key by which it puts its code on whatever it took; without one nothing that it lost can be brought back.
    #[must_use]
    pub fn with_key(self, key: HubKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// An entry's item with the hub's code on it.
    fn sealed(&self, device: Option<Id>, item: Item) -> Item {
        let Some(key) = &self.key else { return item };
        match item {
            Item::Change { doc, hash, body, signature, receipt: _ } => {
                let receipt = Some(key.change(&self.workspace, &doc, &hash, device.as_ref()));
                Item::Change { doc, hash, body, signature, receipt }
            }
            Item::Fact { hash, body, mac: _ } => {
                Item::Fact { hash, body, mac: Some(key.fact(&self.workspace, &hash, device.as_ref())) }
            }
        }
    }

    /// Whether this hub once took an item from this device (none: its own): the item carries its code.
    #[must_use]
    pub fn vouches(&self, device: Option<Id>, item: &Item) -> bool {
        let Some(key) = &self.key else { return false };
        match item {
            Item::Change { doc, hash, receipt: Some(receipt), .. } => {
                same(&receipt[..], &key.change(&self.workspace, doc, hash, device.as_ref())[..])
            }
            Item::Fact { hash, mac: Some(mac), .. } => {
                same(&mac[..], &key.fact(&self.workspace, hash, device.as_ref())[..])
            }
            Item::Change { receipt: None, .. } | Item::Fact { mac: None, .. } => false,
        }
    }

    /// The workspace.
    #[must_use]
    pub fn workspace(&self) -> Id {
        self.workspace
    }

    /// What is allowed.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The newest committed number.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.index.head()
    }

    /// The stamp at the head.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.index.stamp_at(self.head()).unwrap_or(Stamp::from([0; 8]))
    }

    /// Whether a document exists.
    #[must_use]
    pub fn knows(&self, doc: Id) -> bool {
        self.index.knows(&doc)
    }

    /// Items not taken, by reason, since the hub started.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    /// Whether a fact lies after `number`: rights may have changed since then.
    #[must_use]
    pub fn facts_after(&self, number: u64) -> bool {
        self.index.facts_after(number)
    }

    /// The facts in order: number and body. For folding rights as of a number.
    pub fn facts(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.index.facts().map(|fact| (fact.number, fact.body.as_slice()))
    }
}

/// Whether codes are equal, in a time that does not say where they differ.
fn same(one: &[u8], two: &[u8]) -> bool {
    one.len() == two.len() && one.iter().zip(two).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0
}
