//! The parties by name: which there are is data, never a list in code.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    domain::{
        PartyCode,
        party::{MembershipStatus, PartyKind},
    },
    engine::api::{PeopleView, Query},
};

use super::views::use_view;

/// A party, as lists and marks need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its code.
    pub code: PartyCode,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Option<PartyKind>,
    /// Whether it is a member or a partner of a framework today or ever was.
    pub takes_part: bool,
}

/// All parties in protocol order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    list: Arc<Vec<Party>>,
    names: Arc<BTreeMap<PartyCode, usize>>,
}

impl Parties {
    /// All, in protocol order.
    pub fn iter(&self) -> impl Iterator<Item = &Party> {
        self.list.iter()
    }

    /// The name of a party; its code while the name is not known.
    #[must_use]
    pub fn name(&self, code: &PartyCode) -> String {
        self.names
            .get(code)
            .and_then(|at| self.list.get(*at))
            .map_or_else(|| code.to_string(), |party| party.name.clone())
    }
}

/// The parties, as a signal.
#[must_use]
pub fn use_parties() -> Signal<Parties> {
    // Found in context where a page above has asked already, so that a table of two thousand rows asks once.
    if let Some(parties) = use_context::<Signal<Parties>>() {
        return parties;
    }
    let people = use_view::<PeopleView>(Query::People);
    people.part(|view| {
        let list: Vec<Party> = view
            .parties
            .iter()
            .map(|party| Party {
                code: party.code.clone(),
                name: party.name.clone(),
                kind: party.kind,
                takes_part: party.memberships.iter().any(|(_, status, _, _)| match status {
                    MembershipStatus::Member | MembershipStatus::Partner => true,
                    MembershipStatus::Observer | MembershipStatus::Guest => false,
                }),
            })
            .collect();
        let names = list.iter().enumerate().map(|(at, party)| (party.code.clone(), at)).collect();
        Parties { list: Arc::new(list), names: Arc::new(names) }
    })
}
