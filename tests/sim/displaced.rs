//! What a hub that fell back has no place for any more: while it was being mended it heard something else under the same
//! name and number, from the other one of a copied profile or from a stranger; and what stands on that.

use std::collections::{BTreeMap, BTreeSet};

use mufakat::{
    docs::scan::{Limits, scan},
    domain::DocId,
    engine::core::store::{Store, open},
    sync::frame::{Hash, Item},
};

use crate::world::World;

/// The changes that lost their place.
#[derive(Debug, Default)]
pub struct Displaced {
    pub changes: BTreeSet<Hash>,
    pub docs: BTreeSet<DocId>,
}

impl World {
    /// Finds them among what the laptops set aside.
    pub fn displaced(&self) -> Displaced {
        let read = |body: &[u8]| scan(body, &Limits::default()).ok();
        let hub = self.desk.full.iter().filter_map(|row| match &row.item {
            Item::Change { body: Some(body), .. } => read(body),
            _ => None,
        });
        let taken: BTreeMap<_, _> = hub.map(|change| ((change.actor, change.seq), change.hash)).collect();
        let disks = self.laptops.iter().flat_map(|laptop| &laptop.disk);
        let aside = disks.filter(|((store, key), _)| *store == Store::Quarantine && key.starts_with("lost/"));
        let aside: Vec<_> = aside.filter_map(|(_, value)| open(value).ok().and_then(read)).collect();
        let mut changes = BTreeSet::new();
        loop {
            let before = changes.len();
            for change in &aside {
                let instead = taken.get(&(change.actor, change.seq));
                let forked = instead.is_some_and(|taken| *taken != change.hash);
                let stands = instead.is_none() && change.deps.iter().any(|dep| changes.contains(&Hash::from(*dep)));
                if forked || stands {
                    changes.insert(Hash::from(change.hash));
                }
            }
            if changes.len() == before {
                break;
            }
        }
        let lost = self.desk.lost.iter().filter(|key| changes.contains(&key.hash));
        let docs = lost.filter_map(|key| key.doc).map(|doc| DocId::from_bytes(doc.into())).collect();
        Displaced { changes, docs }
    }
}
