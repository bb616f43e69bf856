//! A plan in numbers, as of today: how it stands, what is late, and how many by status, area, lead, year and funding. Every
//! number leads to the rows that it counts.

mod bars;
mod figures;
mod gaps;

use leptos::prelude::*;

use crate::{
    domain::{
        Date, PartyCode,
        tally::{self, Count, Tally},
    },
    ui::{
        i18n::{format, t, tr},
        logic::table::{Only, Shown},
        platform::clock,
    },
};

use super::{
    OnePlan, View,
    filters::{self, pick},
    tabs::Tab,
};

/// What the numbers are made from, and where they lead.
#[derive(Clone, Copy)]
struct Numbers {
    view: View,
    tally: Memo<Tally>,
    today: Date,
}

impl Numbers {
    /// The address of the rows that are counted: of the country chosen, and what `narrow` says.
    fn address(self, counts: Vec<Count>, narrow: impl FnOnce(&mut Shown)) -> String {
        let only = Some(Only { counts, today: self.today });
        let mut shown = Shown { lead: self.lead(), only, ..Shown::default() };
        narrow(&mut shown);
        self.view.address(Tab::Table, &shown)
    }

    /// A number, as a link to its rows; what it counts is said to the ear.
    fn link(self, number: u32, what: &str, counts: Vec<Count>, narrow: impl FnOnce(&mut Shown)) -> AnyView {
        if number == 0 {
            return view! { <span class="blank">"0"</span> }.into_any();
        }
        let what = what.to_owned();
        view! { <a href=self.address(counts, narrow)>{number}<span class="vh">" "{what}</span></a> }.into_any()
    }

    fn lead(self) -> Option<PartyCode> {
        self.view.shown.with(|shown| shown.lead.clone())
    }
}

/// The tab.
pub(super) fn tab(plan: &OnePlan, view: View) -> AnyView {
    let table = plan.table.clone();
    let today = clock::today();
    let lead = Memo::new(move |_| view.shown.with(|shown| shown.lead.clone()));
    let of_lead = table.clone();
    let tally = Memo::new(move |_| {
        let shown = Shown { lead: lead.get(), ..Shown::default() };
        of_lead.read(|rows| tally::tally(rows.iter().filter(|row| shown.takes(row)).map(|row| row.item())))
    });
    let numbers = Numbers { view, tally, today };
    let current = Signal::derive(move || lead.get().as_ref().map(PartyCode::to_string).unwrap_or_default());
    let choose = Callback::new(move |word: String| {
        let mut shown = view.shown.get_untracked();
        shown.lead = word.parse().ok();
        view.change.run(shown);
    });
    let as_of = format::date(crate::domain::When::Day(today));
    view! {
        <div class="toolbar filters">
            <div class="picks">{pick("filter-lead", "pick", filters::leads(plan), current, choose)}</div>
            <p class="quiet push">{t!("tally-as-of", today = as_of)}</p>
        </div>
        <div class="stack tallies">
            {figures::figures(plan, numbers)}
            {gaps::gaps(plan, numbers)}
            {figures::attention(plan, numbers)}
            {bars::all(plan, numbers)}
            <p class="legend">{tr("tally-note")}</p>
        </div>
    }
    .into_any()
}
