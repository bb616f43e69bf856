//! The order of an agenda: one step by key or button, any way by mouse. A draft is moved; an adopted agenda is changed by an
//! act, because what was adopted is not moved by anyone's hand.

use leptos::prelude::*;

use crate::{
    domain::{Act, DocId, Edit, EntityId},
    ui::{
        i18n::t,
        logic::agenda::{Spot, Way, neighbour, order_at, place_at, spots},
        platform::clock,
        state::commands,
    },
};

use super::{amended::Amend, dice, session::Session};

/// An agenda's order, and what is being moved in it.
#[derive(Clone, Copy)]
pub struct Order {
    /// The session.
    pub session: Session,
    /// The numbered items as shown.
    pub spots: Signal<Vec<Spot>>,
    /// Whether I may change the agenda: its order, and what stands on it.
    pub may_move: Signal<bool>,
    /// Whether it is adopted: then every change is recorded with its reason.
    pub frozen: Signal<bool>,
    /// A change of the adopted agenda that waits for its reason.
    pub amending: RwSignal<Option<Amend>>,
    /// The item being dragged.
    pub dragged: RwSignal<Option<EntityId>>,
    /// The item over which it is.
    pub over: RwSignal<Option<EntityId>>,
    /// An item that was moved and has not been seen in its new place.
    moving: RwSignal<Option<EntityId>>,
}

impl Order {
    /// The order of a session's agenda. Moves that arrived are told to `said`.
    pub fn of(session: Session) -> Self {
        let spots = session.part(|session| spots(&session.agenda, session.snapshot.collection("items")));
        let frozen = session.part(|session| session.state.state.frozen());
        let (may_write, may_amend) = (session.may_write(), session.part(|session| session.may_amend));
        let may_move = Memo::new(move |_| if frozen.get() { may_amend.get() } else { may_write.get() }).into();
        let order = Self {
            session,
            spots,
            may_move,
            frozen,
            amending: RwSignal::new(None),
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            moving: RwSignal::new(None),
        };
        Effect::new(move |before: Option<Vec<EntityId>>| {
            let now: Vec<EntityId> = order.spots.with(|spots| spots.iter().map(|spot| spot.item).collect());
            if let Some(item) = order.moving.get_untracked() {
                let at = |list: &[EntityId]| list.iter().position(|one| *one == item);
                if before.as_deref().and_then(at) != at(&now) {
                    order.moving.set(None);
                    order.say(item);
                }
            }
            now
        });
        order
    }

    fn say(self, item: EntityId) {
        let title = self.session.record("items", item).with_untracked(|record| record.line("title").to_owned());
        let number = self
            .session
            .peek(|session| session.agenda.iter().find(|line| line.item == item).map(|line| line.number.clone()));
        let total = self.spots.with_untracked(Vec::len);
        if let Some(Some(number)) = number {
            self.session.here.said.set(t!("agenda-moved", title = title, number = number, total = total));
        }
    }

    /// Whether an item can go one step.
    pub fn can(self, item: EntityId, way: Way) -> Signal<bool> {
        Memo::new(move |_| self.spots.with(|spots| neighbour(spots, item, way).is_some())).into()
    }

    /// Moves an item one step.
    pub fn step(self, item: EntityId, way: Way) {
        let target = self.spots.with_untracked(|spots| neighbour(spots, item, way));
        if let Some(target) = target {
            self.put(item, target);
        }
    }

    /// Puts the item that is being dragged where it is dropped.
    pub fn drop_on(self, target: EntityId) {
        self.over.set(None);
        if let Some(item) = self.dragged.try_update(Option::take).flatten().filter(|item| *item != target) {
            self.put(item, target);
        }
    }

    fn put(self, item: EntityId, target: EntityId) {
        if !self.may_move.get_untracked() {
            return;
        }
        self.moving.set(Some(item));
        if self.session.peek(|session| session.state.state.frozen()).unwrap_or(true) {
            if let Some(order) = self.spots.with_untracked(|spots| order_at(spots, item, target)) {
                let term = self.session.term();
                let (id, reason) = (clock::entity(), String::new());
                self.change(Edit::Act { id, act: Act::Order(order), target: Some(item), term, reason });
            }
        } else if let Some(place) = self.spots.with_untracked(|spots| place_at(spots, item, target, dice())) {
            commands::edit(self.doc(), Edit::Move { id: item, place });
        }
    }

    /// Changes what stands on the agenda: at once, or with a reason once it is adopted.
    pub fn change(self, edit: Edit) {
        if self.frozen.get_untracked() {
            self.amending.set(Some(Amend::Edit(Box::new(edit))));
        } else {
            commands::edit(self.doc(), edit);
        }
    }

    fn doc(self) -> DocId {
        self.session.doc
    }
}
