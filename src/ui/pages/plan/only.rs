//! What the table is narrowed to when somebody followed a number of the overview, and the way back to all rows.

use leptos::prelude::*;

use crate::{
    domain::{
        Date, When,
        tally::{Class, Count, REPORT_DAYS, SOON_DAYS, Stand},
    },
    ui::{
        components::icon::icon,
        i18n::{
            format::{date, word},
            t, tr,
        },
    },
};

use super::View;

/// The line above the table; nothing while no number is followed.
pub(super) fn only(view: View) -> AnyView {
    (move || {
        let only = view.shown.with(|shown| shown.only.clone())?;
        let what = only.counts.iter().map(|count| name(count, only.today)).collect::<Vec<_>>().join(", ");
        let clear = move |_| {
            let mut shown = view.shown.get_untracked();
            shown.only = None;
            view.change.run(shown);
        };
        Some(view! {
            <p class="only" role="status">
                {icon("flag")}
                {t!("only", what = what)}
                " "
                <button type="button" class="btn btn--quiet" on:click=clear>{tr("only-all")}</button>
            </p>
        })
    })
    .into_any()
}

/// What a number counts, in words.
fn name(count: &Count, today: Date) -> String {
    let today = date(When::Day(today));
    match count {
        Count::All => tr("only-in-plan"),
        Count::Of(class) => class_name(*class),
        Count::Stand(Stand::Is(status)) => t!("only-status", status = word("status", status.word())),
        Count::Stand(Stand::Unsettled) => tr("only-status-unsettled"),
        Count::Stand(Stand::Unsaid) => tr("only-status-none"),
        Count::NoLead => tr("only-no-lead"),
        Count::NoTimeline => tr("only-no-timeline"),
        Count::Year(Some(year)) => t!("only-year", year = year.to_string()),
        Count::Year(None) => tr("only-no-year"),
        Count::Funding(Some(source)) => t!("only-funding", source = source.clone()),
        Count::Funding(None) => tr("only-no-funding"),
        Count::Overdue => t!("only-overdue", today = today),
        Count::Soon => t!("only-soon", days = SOON_DAYS, today = today),
        Count::Report => tr("only-report"),
        Count::ReportLate => t!("only-report-late", days = REPORT_DAYS, today = today),
        Count::Unconfirmed(months) => t!("only-unconfirmed", months = *months, today = today),
        Count::Differs => tr("only-differs"),
    }
}

fn class_name(class: Class) -> String {
    tr(&format!("only-{}", class.word()))
}
