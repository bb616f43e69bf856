//! What waits for a word of one's party, and what is due: each a count with the way to it.

use leptos::prelude::*;

use crate::{
    domain::{
        DocKind, PartyCode, When,
        tally::{CONFIRM_MONTHS, Count},
    },
    engine::api::{ShellView, TodayView, Wait, WaitView},
    ui::{
        components::icon::{icon, toned},
        i18n::{format, t, tr},
        state::views::{Live, use_shell},
    },
};

/// So many lines are shown at once; the rest is folded away.
const MOST: usize = 6;

/// Glyph, where it is done, and what the button says.
fn way(it: &WaitView, party: Option<&PartyCode>) -> (&'static str, String, String) {
    let (doc, count) = (it.doc, it.count);
    let of_plan = |which: Count, anchor: &str| {
        // One project is named, of several the plan is, with the rows that are counted.
        if count == 1 {
            return format!("/projects/{doc}#{anchor}");
        }
        let lead = party.map_or_else(String::new, |party| format!("&lead={party}"));
        format!("/plans/{doc}?count={which}{lead}")
    };
    match it.what {
        Wait::Questions => ("claims", format!("/projects/{doc}#comments"), tr("wait-questions-act")),
        Wait::Days => ("meetings", format!("/meetings/{doc}#h-options"), tr("wait-days-act")),
        Wait::Items => ("plans", format!("/meetings/{doc}"), tr("wait-items-act")),
        Wait::Suggestions => ("texts", format!("/meetings/{doc}?tab=report"), tr("wait-suggestions-act")),
        Wait::Beside => {
            let place = match it.kind {
                DocKind::Plan => "plans",
                DocKind::Meeting => "meetings",
                DocKind::Project | DocKind::Draft => "projects",
                // What has no page of its own has a history.
                _ => "history",
            };
            ("history", format!("/{place}/{doc}"), tr("wait-beside-act"))
        }
        Wait::Draft => ("lock", format!("/projects/{doc}#clearance"), tr("wait-draft-act")),
        Wait::Proposals => ("meetings", format!("/meetings/{doc}"), tr("wait-open")),
        Wait::Overdue => ("warn", of_plan(Count::Overdue, "status"), tr("wait-open")),
        Wait::Report => ("clock", of_plan(Count::Report, "reports"), tr("wait-open")),
        Wait::Soon => ("clock", of_plan(Count::Soon, "schedule"), tr("wait-open")),
        Wait::Unconfirmed => ("clock", of_plan(Count::Unconfirmed(CONFIRM_MONTHS), "status"), tr("wait-open")),
    }
}

/// What it is, in words.
fn said(it: &WaitView) -> String {
    let count = it.count;
    match it.what {
        Wait::Questions => t!("wait-questions", count = count),
        Wait::Days => t!("wait-days", count = count),
        Wait::Items => t!("wait-items", count = count),
        Wait::Suggestions => t!("wait-suggestions", count = count),
        Wait::Beside => t!("wait-beside", count = count),
        Wait::Draft => tr("wait-draft"),
        Wait::Proposals => tr("wait-proposals"),
        Wait::Overdue => t!("wait-overdue", count = count),
        Wait::Report => t!("wait-report", count = count),
        Wait::Soon => t!("wait-soon", count = count),
        Wait::Unconfirmed => t!("wait-unconfirmed", count = count, months = CONFIRM_MONTHS),
    }
}

fn titled(it: &WaitView) -> String {
    if it.title.is_empty() { tr("untitled") } else { it.title.clone() }
}

/// What somebody has to decide, for the list of what needs me.
pub(super) fn needs(waits: Vec<WaitView>) -> AnyView {
    let line = |it: WaitView| {
        let (glyph, href, act) = way(&it, None);
        view! {
            <li class="need" data-record=it.doc.to_string()>
                <span class="need-mark">{icon(glyph)}</span>
                <div><h3>{said(&it)}</h3><p>{titled(&it)}</p></div>
                <a class="btn" href=href>{act}</a>
            </li>
        }
        .into_any()
    };
    waits.into_iter().map(line).collect_view().into_any()
}

/// What is due, late things first; nothing where there is none.
pub(super) fn due(live: Live<TodayView>) -> AnyView {
    let due = live.part(|today| today.due.clone());
    let party = use_shell().part(|shell: &ShellView| shell.me.as_ref().map(|me| me.party.clone()));
    (move || {
        let mut due = due.get();
        (!due.is_empty()).then(|| {
            let party = party.get();
            let rest = due.split_off(due.len().min(MOST));
            let lines = |all: Vec<WaitView>| all.iter().map(|it| line(it, party.as_ref())).collect_view();
            let more = (!rest.is_empty()).then(|| {
                let count = rest.len();
                view! {
                    <details class="steps">
                        <summary>{toned("right", "icon turn")}{t!("due-more", count = count)}</summary>
                        <ul class="sheet rows">{lines(rest)}</ul>
                    </details>
                }
            });
            view! {
                <section class="section" aria-labelledby="h-due">
                    <h2 id="h-due">{tr("due-title")}</h2>
                    <ul class="sheet rows">{lines(due)}</ul>
                    {more}
                </section>
            }
        })
    })
    .into_any()
}

fn line(it: &WaitView, party: Option<&PartyCode>) -> AnyView {
    let (_, href, _) = way(it, party);
    let by = it.due.map(|day| {
        let date = format::date(When::Day(day));
        let words = match it.what {
            Wait::Proposals => t!("due-until", date = date),
            // Of several this is the first.
            _ if it.count > 1 => t!("due-first", date = date),
            _ => t!("due-by", date = date),
        };
        view! { <span>{words}</span> }
    });
    let late = it.late.then(|| view! { <span class="alert">{icon("warn")}{tr("due-late")}</span> });
    view! {
        <li class="row" data-record=it.doc.to_string()>
            <a class="rowlink" href=href>{said(it)}</a>
            <span class="sub"><span>{titled(it)}</span>{by}</span>
            <span class="end">{late}</span>
        </li>
    }
    .into_any()
}
