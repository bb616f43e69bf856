//! Changes to an adopted agenda. What a meeting adopted as its first item is changed by nobody's hand alone: only the Chair
//! changes it, with the meeting's consent, and each change is an act that says what and why.

use serde::{Deserialize, Serialize};

use super::{lines, state};
use crate::domain::{
    act::{Act, ActRecord},
    edit::Edit,
    id::EntityId,
    kind::words,
    record::{Record, Value},
};

words! {
    /// What a change in session does.
    AmendKind {
        /// Moves an item.
        Order = "ORDER",
        /// Adds an item.
        Add = "ADD",
        /// Changes what an item says of itself.
        Change = "CHANGE",
        /// Takes an item off the agenda.
        Withdraw = "WITHDRAW",
        /// Puts an item back on it.
        Restore = "RESTORE",
    }
}

/// A change in session, as its act records it. The act's target is the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// What is done.
    pub what: AmendKind,
    /// Which field of the item, for a change of one; else empty.
    pub field: String,
    /// What stood there: a value of the field, the item's number before it was moved, or its title.
    pub was: String,
    /// What stands there now; the same.
    pub is: String,
}

/// The fields of an item that a meeting adopts with its agenda. Papers, notes and titles in other languages may follow
/// later: the English title is the canonical one.
const ADOPTED: [&str; 7] = ["title", "kind", "lead", "expected-action", "session", "minutes", "proposer"];

/// Whether an edit of a session changes what is adopted with its agenda.
#[must_use]
pub fn touches_adopted(items: &[Record], edit: &Edit) -> bool {
    let item = |id: EntityId| items.iter().any(|item| item.id == Some(id));
    match edit {
        Edit::Set { at, .. } | Edit::Choose { at, .. } => {
            at.entity.is_some_and(item) && ADOPTED.contains(&at.field.as_str())
        }
        Edit::Add { to, .. } => to == "items",
        Edit::Move { id, .. } | Edit::Withdraw { id, .. } | Edit::Restore { id } => item(*id),
        Edit::Act { act, .. } => matches!(act, Act::Order(_) | Act::AmendAgenda(_)),
        Edit::Make(edits) => edits.iter().any(|edit| touches_adopted(items, edit)),
        Edit::Text { .. } | Edit::Claim { .. } | Edit::ClaimAt { .. } | Edit::Begin { .. } => false,
    }
}

fn told(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Str(text) => text.clone(),
    }
}

/// What an edit of an adopted agenda is, for the record, and of which item; none for an edit that is no single change of it.
#[must_use]
pub fn amendment(items: &[Record], acts: &[ActRecord], edit: &Edit) -> Option<(EntityId, Amendment)> {
    let known = |id: EntityId| items.iter().find(|item| item.id == Some(id));
    let title = |id: EntityId| known(id).map(|item| item.line("title").to_owned());
    let plain =
        |what, id, text: String| Some((id, Amendment { what, field: String::new(), was: text.clone(), is: text }));
    if !touches_adopted(items, edit) {
        return None;
    }
    match edit {
        Edit::Set { at, value, .. } | Edit::Choose { at, value, .. } => {
            let id = at.entity?;
            let was = known(id)?.fields.get(&at.field).map(|held| told(&held.value)).unwrap_or_default();
            Some((id, Amendment { what: AmendKind::Change, field: at.field.clone(), was, is: told(value) }))
        }
        Edit::Add { id, fields, .. } => {
            let named = fields.iter().find(|(name, _)| name == "title").map(|(_, value)| told(value));
            plain(AmendKind::Add, *id, named?)
        }
        Edit::Withdraw { id, .. } => plain(AmendKind::Withdraw, *id, title(*id)?),
        Edit::Restore { id } => plain(AmendKind::Restore, *id, title(*id)?),
        Edit::Act { act: Act::Order(order), target: Some(moved), .. } => {
            let number = |acts: &[ActRecord]| {
                lines(items, acts).into_iter().find(|line| line.item == *moved).map(|line| line.number)
            };
            let was = number(acts)?;
            let (id, act) = (EntityId::from_bytes([0xff; 16]), Some(Act::Order(order.clone())));
            let mut later = acts.to_vec();
            let (target, term, reason, origin) = (None, None, String::new(), crate::domain::record::Origin::default());
            later.push(ActRecord { id, act, target, term, reason, origin, number: None });
            let is = number(&later)?;
            Some((*moved, Amendment { what: AmendKind::Order, field: String::new(), was, is }))
        }
        Edit::Act { .. }
        | Edit::Move { .. }
        | Edit::Make(_)
        | Edit::Text { .. }
        | Edit::Claim { .. }
        | Edit::ClaimAt { .. }
        | Edit::Begin { .. } => None,
    }
}

/// Whether an edit must be a recorded change in session: the agenda is adopted, and the edit changes what was.
#[must_use]
pub fn must_be_recorded(items: &[Record], acts: &[ActRecord], edit: &Edit) -> bool {
    state(acts).state.frozen() && touches_adopted(items, edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        agenda::AgendaState,
        edit::At,
        place::Place,
        record::{Held, Origin},
    };

    fn id(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    fn item(n: u8) -> Record {
        let held = |text: String| Held { value: Value::Str(text), others: Vec::new() };
        let place = Some(Place { parent: None, key: format!("k{n}") });
        let fields = [("title".to_owned(), held(format!("Item {n}")))].into();
        Record { id: Some(id(n)), place, fields, ..Record::default() }
    }

    fn act(n: u8, act: Act) -> ActRecord {
        let (target, term, reason, origin) = (None, None, String::new(), Origin::default());
        ActRecord { id: id(n), act: Some(act), target, term, reason, origin, number: Some(u64::from(n)) }
    }

    fn set(entity: Option<EntityId>, field: &str) -> Edit {
        Edit::Set { at: At { entity, field: field.to_owned() }, value: "x".into(), seen: Vec::new() }
    }

    fn order(ids: &[u8], moved: u8) -> Edit {
        let act = Act::Order(ids.iter().map(|n| id(*n)).collect());
        Edit::Act { id: id(99), act, target: Some(id(moved)), term: None, reason: String::new() }
    }

    #[test]
    fn what_was_adopted_is_what_stands_on_the_agenda_and_in_which_order() {
        let items = [item(1), item(2)];
        let place = Place { parent: None, key: "m".to_owned() };
        let (fields, texts) = (Vec::new(), Vec::new());
        let add = |to: &str| Edit::Add {
            to: to.to_owned(),
            id: id(9),
            place: Some(place.clone()),
            fields: Vec::clone(&fields),
            texts: Vec::clone(&texts),
        };
        for (edit, touches) in [
            (set(Some(id(1)), "title"), true),
            (set(Some(id(1)), "minutes"), true),
            (set(Some(id(1)), "titles:vi"), false),
            (set(Some(id(1)), "documents:x"), false),
            (set(Some(id(7)), "title"), false),
            (set(None, "proposals-until"), false),
            (add("items"), true),
            (add("paragraphs"), false),
            (Edit::Move { id: id(1), place: place.clone() }, true),
            (Edit::Move { id: id(7), place }, false),
            (Edit::Withdraw { id: id(2), reason: String::new() }, true),
            (Edit::Withdraw { id: id(7), reason: String::new() }, false),
            (Edit::Restore { id: id(2) }, true),
            (order(&[2, 1], 2), true),
            (Edit::Make(vec![set(Some(id(1)), "note"), set(Some(id(1)), "lead")]), true),
        ] {
            assert_eq!(touches_adopted(&items, &edit), touches, "{edit:?}");
            assert!(!must_be_recorded(&items, &[], &edit), "nothing is adopted yet");
            let adopted = [act(10, Act::MoveAgenda(AgendaState::Adopted))];
            assert_eq!(must_be_recorded(&items, &adopted, &edit), touches, "{edit:?}");
        }
    }

    #[test]
    fn a_change_in_session_says_what_it_changed() {
        let items = [item(1), item(2), item(3)];
        let acts = [act(10, Act::MoveAgenda(AgendaState::Adopted)), act(11, Act::Order(vec![id(1), id(2), id(3)]))];
        let said = |edit: &Edit| amendment(&items, &acts, edit);
        let of = |what, field: &str, was: &str, is: &str| Amendment {
            what,
            field: field.to_owned(),
            was: was.to_owned(),
            is: is.to_owned(),
        };
        assert_eq!(said(&order(&[3, 1, 2], 3)), Some((id(3), of(AmendKind::Order, "", "3", "1"))));
        assert_eq!(said(&set(Some(id(2)), "title")), Some((id(2), of(AmendKind::Change, "title", "Item 2", "x"))));
        assert_eq!(said(&set(Some(id(2)), "minutes")), Some((id(2), of(AmendKind::Change, "minutes", "", "x"))));
        let gone = Edit::Withdraw { id: id(1), reason: "r".to_owned() };
        assert_eq!(said(&gone), Some((id(1), of(AmendKind::Withdraw, "", "Item 1", "Item 1"))));
        assert_eq!(said(&Edit::Restore { id: id(1) }), Some((id(1), of(AmendKind::Restore, "", "Item 1", "Item 1"))));
        assert_eq!(said(&set(Some(id(2)), "note")), None);
        let bare = Edit::Act { id: id(9), act: Act::Order(vec![]), target: None, term: None, reason: String::new() };
        assert_eq!(said(&bare), None, "an order that does not say what moved");
    }
}
