//! What needs me, what is due, what changed in what I follow, my projects, the next meetings, this device. One page, by counts that
//! lead to where more is told.

mod following;
mod waits;

use leptos::prelude::*;

use crate::{
    engine::api::{MeetingRow, ProjectRow, Query, ShellView, TodayView},
    ui::{
        components::{
            drafts::drafts,
            empty::{empty, gate},
            head::Head,
            icon::{icon, toned},
            marks::{Form, status, sync_mark},
            points::actions,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::status::sync_word,
        platform::page,
        state::{
            version,
            views::{Live, use_shell, use_view},
        },
    },
};

/// The page; before joining, how to join.
#[component]
pub fn Today() -> impl IntoView {
    let shell = use_shell();
    let joined = shell.part(|shell| Some(shell.me.is_some()));
    move || match joined.get() {
        None => view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any(),
        Some(false) => welcome(),
        Some(true) => page(shell),
    }
}

fn welcome() -> AnyView {
    let head = Head::of("today", "welcome").facts(view! { <span>{tr("welcome-facts")}</span> }.into_any()).view();
    view! { {head}{empty(tr("welcome-title"), tr("welcome-text"), view! { <a class="btn btn--main" href="/join">{tr("join-open")}</a> }.into_any())} }
        .into_any()
}

fn page(shell: Live<ShellView>) -> AnyView {
    let live = use_view::<TodayView>(Query::Today);
    let head = Head::of("today", "nav-today").facts(view! { <span>{format::today()}</span> }.into_any()).view();
    let body = gate(live.phase(), move || {
        view! {
            <div class="with-aside">
                <div class="stack">
                    {needs(live, shell)}
                    {waits::due(live)}
                    {tasked(live, shell)}
                    {following::following()}
                    {drafts(live.part(|today| today.drafts.clone()))}
                    {mine(live, shell)}
                </div>
                <aside class="stack aside" aria-label=tr("today-aside")>{meetings(live)}{device(shell)}</aside>
            </div>
        }
        .into_any()
    });
    view! { {head}{body} }.into_any()
}

fn needs(live: Live<TodayView>, shell: Live<ShellView>) -> AnyView {
    let two = live.part(|today| today.to_decide.clone());
    let waits = live.part(|today| today.waits.clone());
    let refused = shell.part(|shell| shell.refused.len());
    let lines = move || {
        let (two, waits, refused) = (two.get(), waits.get(), refused.get());
        if two.is_empty() && waits.is_empty() && refused == 0 {
            return empty(tr("needs-none"), tr("needs-none-text"), ().into_any());
        }
        let decide = two.into_iter().map(decide).collect_view();
        let waits = waits::needs(waits);
        let refused = (refused > 0).then(|| {
            view! {
                <li class="need">
                    <span class="need-mark">{icon("refused")}</span>
                    <div><h3>{t!("notice-refused", count = refused)}</h3><p>{tr("notice-refused-text")}</p></div>
                    <a class="btn" href="/changes">{tr("read-why")}</a>
                </li>
            }
        });
        view! { <ol class="sheet rows needs">{refused}{decide}{waits}</ol> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="h-need"><h2 id="h-need">{tr("needs-you")}</h2>{lines}</section>
    }
    .into_any()
}

fn decide(row: ProjectRow) -> AnyView {
    let claimed: Vec<String> = row.claimed.iter().map(|status| word("status", status.word())).collect();
    let claimed = claimed.join(&tr("list-and"));
    view! {
        <li class="need" data-record=row.doc.to_string() data-sync=sync_word(row.mark)>
            <span class="need-mark">{icon("claims")}</span>
            <div>
                <h3>{t!("claims-title", count = row.claimed.len())}</h3>
                <p>{t!("need-claims", title = row.title, claimed = claimed)}</p>
            </div>
            <a class="btn btn--main" href=format!("/projects/{}#status", row.doc)>{tr("need-choose")}</a>
        </li>
    }
    .into_any()
}

// What my party is to do, and for the chair and the Secretariat what others are.
fn tasked(live: Live<TodayView>, shell: Live<ShellView>) -> AnyView {
    let party = shell.part(|shell| shell.me.as_ref().map(|me| me.party_name.clone()).unwrap_or_default());
    let mine = Signal::derive(move || t!("actions-mine", party = party.get()));
    view! {
        {actions("h-tasked", mine, live.part(|today| today.actions.clone()))}
        {actions("h-others", Signal::stored(tr("actions-others")), live.part(|today| today.others.clone()))}
    }
    .into_any()
}

fn mine(live: Live<TodayView>, shell: Live<ShellView>) -> AnyView {
    let rows = live.part(|today| today.mine.clone());
    let party = shell.part(|shell| shell.me.as_ref().map(|me| me.party_name.clone()).unwrap_or_default());
    let lines = move || {
        let rows = rows.get();
        if rows.is_empty() {
            let act = view! { <a class="btn" href="/plans">{tr("plans-title")}</a> };
            return empty(tr("mine-none"), tr("mine-none-text"), act.into_any());
        }
        let rows = rows.into_iter().map(project).collect_view();
        view! { <ol class="sheet rows">{rows}</ol> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="h-mine">
            <div class="section-head"><h2 id="h-mine">{move || t!("mine", party = party.get())}</h2></div>
            {lines}
        </section>
    }
    .into_any()
}

fn project(row: ProjectRow) -> AnyView {
    let href = format!("/projects/{}", row.doc);
    let confirmed = match row.confirmed {
        Some(when) => t!("last-confirmed", date = format::short(when)),
        None => tr("never-confirmed"),
    };
    let two = (row.claimed.len() > 1).then(|| {
        view! {
            <a class="alert wide-only" href=format!("{href}#status")>
                {icon("claims")}
                {t!("claims-count", count = row.claimed.len())}
            </a>
        }
    });
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    view! {
        <li class="row" data-record=row.doc.to_string() data-sync=sync_word(row.mark)>
            <a class="rowlink" href=href.clone()>{title}</a>
            <span class="sub"><span>{confirmed}</span></span>
            <span class="end">{two}{row.shown().map(status)}{sync_mark(Signal::stored(row.mark), Form::Short)}</span>
        </li>
    }
    .into_any()
}

fn meetings(live: Live<TodayView>) -> AnyView {
    let rows = live.part(|today| today.meetings.clone());
    let past = live.part(|today| today.past);
    let lines = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="quiet small">{tr("meetings-none")}</p> }.into_any();
        }
        let rows = rows.into_iter().map(meeting).collect_view();
        view! { <ol class="nexts">{rows}</ol> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="h-next">
            <h2 id="h-next">{move || tr(if past.get() { "meetings-past" } else { "meetings-next" })}</h2>
            {lines}
            <p class="small"><a href="/meetings">{tr("meetings-all")}</a></p>
        </section>
    }
    .into_any()
}

fn meeting(row: MeetingRow) -> AnyView {
    let when = format::span(row.start, row.end);
    let when = if when.is_empty() { tr("no-dates") } else { when };
    let place = if row.city.is_empty() {
        row.mode.map(|mode| word("mode", mode.word())).unwrap_or_default()
    } else {
        row.city.clone()
    };
    view! {
        <li data-record=row.doc.to_string() data-sync=sync_word(row.mark)>
            <p class="when">{when}</p>
            <p><a href=format!("/meetings/{}", row.doc)>{row.title}</a></p>
            <p class="quiet small">{place}</p>
        </li>
    }
    .into_any()
}

fn device(shell: Live<ShellView>) -> AnyView {
    let loading = shell.part(|shell| shell.loading);
    let offline = move || {
        let left = loading.get();
        if left == 0 {
            view! { <li>{toned("check", "icon icon--good")}<span>{tr("device-offline-ready")}</span></li> }.into_any()
        } else {
            view! { <li>{toned("clock", "icon icon--warn")}<span>{t!("notice-loading-text", count = left)}</span></li> }
                .into_any()
        }
    };
    let kept = move || match version::version().persisted {
        Some(true) => {
            view! { <li>{toned("check", "icon icon--good")}<span>{tr("storage-kept")}</span></li> }.into_any()
        }
        Some(false) => view! {
            <li>
                {toned("clock", "icon icon--warn")}
                <span>{tr("storage-may-clear")}" "<a href="/settings#device">{tr("storage-why")}</a></span>
            </li>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <section class="section" aria-labelledby="h-dev">
            <h2 id="h-dev">{tr("this-device")}</h2>
            <ul class="checks">{offline}{kept}</ul>
            <button type="button" class="btn btn--small btn--quiet" on:click=move |_| page::print()>
                {icon("print")}
                {tr("print")}
            </button>
        </section>
    }
    .into_any()
}
