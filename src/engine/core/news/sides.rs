//! Who wrote apart from whom: what this person did that others had not seen, and what others did that had not seen each
//! other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, meet::Side};
use crate::{
    docs::{Doc, Said, Step},
    domain::{DocId, PersonId, Snapshot},
    engine::{
        api::{Meets, MetBy, Who},
        core::documents::Held,
    },
};

/// Both.
pub(in super::super) struct Sides<'a> {
    own: Side<'a>,
    /// By whose steps they are looked at, then by who wrote without them.
    others: BTreeMap<PersonId, Vec<(PersonId, Side<'a>)>>,
}

/// Whose a change is.
enum Whose {
    Own,
    Another(PersonId),
}

impl<'a> Sides<'a> {
    /// Nobody wrote apart.
    pub const fn none(doc: &'a Doc) -> Self {
        Self { own: Side::none(doc), others: BTreeMap::new() }
    }

    /// How one thing that somebody said in these steps meets what others said without having seen it: one's own first.
    pub fn meets(
        &self,
        by: Option<PersonId>,
        (said, steps): (&Said, &[&Step]),
        now: &Snapshot,
        who: &dyn Fn(PersonId) -> Who,
    ) -> Meets {
        let own = self.own.meets(said, steps, now);
        let others = by.and_then(|by| self.others.get(&by)).filter(|_| !matches!(own, Meets::AtOnce(_)));
        let met = |(person, side): &(PersonId, Side)| match side.meets(said, steps, now) {
            Meets::AtOnce(said) => Some(MetBy { who: who(*person), said }),
            Meets::Others(_) | Meets::Merged | Meets::Nothing => None,
        };
        let met: Vec<MetBy> = others.into_iter().flatten().filter_map(met).collect();
        if met.is_empty() { own } else { Meets::Others(met) }
    }
}

impl Engine {
    /// Who wrote apart from those who wrote these steps.
    pub(super) fn sides<'a>(&self, id: DocId, held: &'a Held, steps: &[Step]) -> Sides<'a> {
        let (doc, known) = (held.doc(), held.provenances());
        let unsent: BTreeSet<[u8; 32]> = self.unsent_of(id).collect();
        let whose = |hash: &[u8; 32]| {
            let device = known.get(hash).and_then(|known| known.device);
            match device {
                Some(device) if self.is_others(Some(device)) => self.catalogue.owner(device).map(Whose::Another),
                Some(_) => Some(Whose::Own),
                None => unsent.contains(hash).then_some(Whose::Own),
            }
        };
        let all: BTreeSet<[u8; 32]> = known.keys().chain(&unsent).copied().collect();
        let mut own = BTreeSet::new();
        let mut others: BTreeMap<(PersonId, PersonId), BTreeSet<[u8; 32]>> = BTreeMap::new();
        let mut devices = BTreeSet::new();
        // Who had not seen something with their last word had not seen it with their first.
        for step in steps.iter().filter(|step| devices.insert(step.device)) {
            let by = step.device.and_then(|device| self.catalogue.owner(device));
            for hash in doc.unseen_at(&[step.hash], &all) {
                match (whose(&hash), by) {
                    (Some(Whose::Own), _) => drop(own.insert(hash)),
                    (Some(Whose::Another(other)), Some(by)) if other != by => {
                        others.entry((by, other)).or_default().insert(hash);
                    }
                    _ => {}
                }
            }
        }
        let mut sides = Sides { own: Side::new(doc, own), others: BTreeMap::new() };
        for ((by, other), unseen) in others {
            sides.others.entry(by).or_default().push((other, Side::new(doc, unseen)));
        }
        sides
    }
}
