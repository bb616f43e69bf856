//! The views of a plan. Filters stay in the address from one to the next.

use leptos::prelude::*;

use super::View;
use crate::ui::{
    components::tabs::Tabs,
    i18n::t,
    logic::{
        table::Shown,
        timeline::{Look, joined},
    },
};

/// A view of the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// Its projects as a table, and what it is.
    #[default]
    Table,
    /// Its projects and their activities in time.
    Timeline,
    /// Its projects in numbers.
    Overview,
    /// Its way from drafting to closing.
    Life,
    /// How its projects ended.
    Closing,
}

const ALL: [Tab; 5] = [Tab::Table, Tab::Timeline, Tab::Overview, Tab::Life, Tab::Closing];
const TABS: Tabs = Tabs(&["table", "timeline", "overview", "life", "closing"]);

impl Tab {
    /// The query of its address: the first one needs no word.
    pub fn query(self, shown: &Shown, look: Look) -> String {
        let query = look.onto(&shown.query());
        match self {
            Self::Table => query,
            Self::Timeline | Self::Overview | Self::Life | Self::Closing => {
                joined(&query, &format!("tab={}", TABS.0[self as usize]))
            }
        }
    }
}

/// The tab that the address names.
pub fn current() -> Memo<Tab> {
    let at = TABS.current();
    Memo::new(move |_| ALL[at.get()])
}

fn place(current: Memo<Tab>) -> Signal<usize> {
    Signal::derive(move || current.get() as usize)
}

/// The list of tabs. `open` says how many of the plan's projects have no fate.
pub(super) fn bar(current: Memo<Tab>, view: View, open: Signal<usize>) -> AnyView {
    let address = Callback::new(move |at: usize| view.shown.with(|shown| view.address(ALL[at], shown)));
    let beside = Callback::new(move |at: usize| {
        let count = if ALL[at] == Tab::Closing { open.get() } else { 0 };
        (count > 0).then(|| t!("closing-open", count = count))
    });
    TABS.bar("plan-views", place(current), address, beside)
}

/// What the chosen tab shows.
pub fn panel(current: Memo<Tab>, content: AnyView) -> AnyView {
    TABS.panel(place(current), content)
}
