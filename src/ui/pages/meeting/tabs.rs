//! The parts of a meeting's page.

use leptos::prelude::*;

use crate::ui::components::tabs::Tabs;

use super::Here;

/// A part of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// The agenda.
    #[default]
    Agenda,
    /// The report.
    Report,
    /// Who comes.
    Delegations,
    /// Papers.
    Documents,
    /// What was decided.
    Decisions,
    /// The media release.
    Release,
}

const ALL: [Tab; 6] = [Tab::Agenda, Tab::Report, Tab::Delegations, Tab::Documents, Tab::Decisions, Tab::Release];
const TABS: Tabs = Tabs(&["agenda", "report", "delegations", "documents", "decisions", "release"]);

/// The tab that the address names.
pub fn current() -> Memo<Tab> {
    let at = TABS.current();
    Memo::new(move |_| ALL[at.get()])
}

fn place(current: Memo<Tab>) -> Signal<usize> {
    Signal::derive(move || current.get() as usize)
}

/// The list of tabs.
pub fn bar(here: Here, current: Memo<Tab>) -> AnyView {
    let counts = here.live.part(|view| {
        let decided = view.points.len() + view.rising.len();
        let come = view.snapshot.collection("delegations").iter().filter(|one| one.withdrawn.is_none()).count();
        (come, decided)
    });
    let location = leptos_router::hooks::use_location();
    let address = Callback::new(move |at: usize| format!("{}?tab={}", location.pathname.get(), TABS.0[at]));
    let beside = Callback::new(move |at: usize| {
        let (come, decided) = counts.get();
        match ALL[at] {
            Tab::Delegations => Some(come.to_string()),
            Tab::Decisions => Some(decided.to_string()),
            Tab::Agenda | Tab::Report | Tab::Documents | Tab::Release => None,
        }
    });
    TABS.bar("tabs-name", place(current), address, beside)
}

/// What the chosen tab shows.
pub fn panel(current: Memo<Tab>, content: AnyView) -> AnyView {
    TABS.panel(place(current), content)
}
