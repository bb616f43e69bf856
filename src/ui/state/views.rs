//! Subscriptions to what the engine shows. They are shared between components and end with the last of them.

use std::marker::PhantomData;

use leptos::prelude::*;

use crate::engine::api::{
    Apart, ChangedBy, ChangesView, DeviceView, Difference, FollowingView, HistoryView, MeetingView, MeetingsView,
    PapersView, PastView, PeopleView, PlanVersionView, PlanView, PlansView, PresenceView, ProjectView, Query,
    ShellView, SittingView, TodayView, UndoView, View, Written,
};

use super::link;

/// A view of one kind.
pub trait Shown: Sized + 'static {
    /// Reads it from what the engine sent.
    fn of(view: &View) -> Option<&Self>;
}

macro_rules! shown {
    ($($variant:ident $name:ident),+ $(,)?) => { $(
        impl Shown for $name {
            fn of(view: &View) -> Option<&Self> {
                if let View::$variant(view) = view { Some(view) } else { None }
            }
        }
    )+ };
}
shown!(
    Shell ShellView,
    Today TodayView,
    Plans PlansView,
    Plan PlanView,
    PlanVersion PlanVersionView,
    Project ProjectView,
    Meetings MeetingsView,
    Meeting MeetingView,
    People PeopleView,
    Device DeviceView,
    Presence PresenceView,
    Papers PapersView,
    Changes ChangesView,
    Following FollowingView,
    History HistoryView,
    Sitting SittingView,
    Past PastView,
    Undo UndoView,
);

impl Shown for Vec<Difference> {
    fn of(view: &View) -> Option<&Self> {
        if let View::Compare(found) = view { Some(found) } else { None }
    }
}

impl Shown for Vec<Apart> {
    fn of(view: &View) -> Option<&Self> {
        if let View::Apart(found) = view { Some(found) } else { None }
    }
}

impl Shown for Vec<Written> {
    fn of(view: &View) -> Option<&Self> {
        if let View::Written(found) = view { Some(found) } else { None }
    }
}

impl Shown for Vec<ChangedBy> {
    fn of(view: &View) -> Option<&Self> {
        if let View::AtOnce(found) = view { Some(found) } else { None }
    }
}

/// What a page may show now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Asked, not answered.
    Waiting,
    /// On its way to this device.
    Coming,
    /// Not on this device.
    Absent,
    /// Here.
    Here,
}

/// A subscribed view. Copy; read it where something reactive runs.
pub struct Live<T> {
    view: RwSignal<Option<View>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Live<T> {}

impl<T: Shown> Live<T> {
    /// What `pick` reads of it; none while it is not here. The reader is called again with every new view: for a part
    /// that changes rarely, use [`Live::part`].
    pub fn get<R>(self, pick: impl FnOnce(&T) -> R) -> Option<R> {
        self.view.with(|view| view.as_ref().and_then(T::of).map(pick))
    }

    /// The same without being called again.
    pub fn peek<R>(self, pick: impl FnOnce(&T) -> R) -> Option<R> {
        self.view.with_untracked(|view| view.as_ref().and_then(T::of).map(pick))
    }

    /// A part of it as a signal that changes only when the part does. Its default while the view is not here.
    pub fn part<R>(self, pick: impl Fn(&T) -> R + Send + Sync + 'static) -> Signal<R>
    where
        R: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.get(&pick).unwrap_or_default()).into()
    }

    /// The same with another value while the view is not here.
    pub fn part_or<R>(self, absent: R, pick: impl Fn(&T) -> R + Send + Sync + 'static) -> Signal<R>
    where
        R: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.get(&pick).unwrap_or_else(|| absent.clone())).into()
    }

    /// Whether it is here.
    pub fn phase(self) -> Signal<Phase> {
        let view = self.view;
        Memo::new(move |_| {
            view.with(|view| match view {
                None => Phase::Waiting,
                Some(View::Absent { loading: true }) => Phase::Coming,
                Some(View::Absent { loading: false }) => Phase::Absent,
                Some(_) => Phase::Here,
            })
        })
        .into()
    }
}

/// Subscribes for as long as the calling component lives.
#[must_use]
pub fn use_view<T: Shown>(query: Query) -> Live<T> {
    let view = link::subscribe(&query);
    on_cleanup(move || link::release(&query));
    Live { view: view.into(), kind: PhantomData }
}

/// The header's view: subscribed as long as the page lives.
#[must_use]
pub fn use_shell() -> Live<ShellView> {
    use_view(Query::Shell)
}
