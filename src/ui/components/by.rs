//! By whom something was done, in words.

use leptos::prelude::*;

use crate::{
    engine::api::Who,
    ui::{
        components::marks::who,
        i18n::{format::word, t, tr},
        state::parties::Parties,
    },
};

/// So many digits at the end of an id tell two apart.
const DIGITS: usize = 4;

/// What is called the same, told apart by the end of its id.
#[must_use]
pub fn told_apart(name: &str, id: &str) -> String {
    let end: String = id.chars().skip(id.chars().count().saturating_sub(DIGITS)).collect();
    t!("told-apart", name = name, id = end)
}

/// As what they did it; which of two in one role is said too. None where it is not known.
#[must_use]
pub fn role(by: &Who) -> Option<String> {
    let role = word("role", by.role?.word());
    let id = by.person.filter(|_| by.alike).map(|id| id.to_string());
    Some(id.map_or_else(|| role.clone(), |id| told_apart(&role, &id)))
}

/// Whose it is: the party and the role.
pub fn by(by: &Who) -> AnyView {
    let name = by.party.as_ref().map_or_else(|| tr("changes-somebody").into_any(), who);
    let mine = by.mine.then(|| view! { " "<span class="chip">{tr("history-mine")}</span> });
    let role = role(by).map(|role| view! { " "<span class="quiet small whose">{role}</span> });
    view! { {name}{role}{mine} }.into_any()
}

/// The same in plain words.
#[must_use]
pub fn words(by: &Who, parties: &Parties) -> String {
    match (&by.party, role(by)) {
        _ if by.mine => tr("wrote-you"),
        (Some(party), Some(role)) => t!("wrote-role", party = parties.name(party), role = role),
        (Some(party), None) => parties.name(party),
        (None, _) => tr("changes-somebody"),
    }
}
