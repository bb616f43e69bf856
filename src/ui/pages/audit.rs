//! The log of the hub, for the Secretariat: who brought what and when, and what was refused; whether all of it is whole; and
//! the way to have it as a file.
//!
//! It is the hub's and on no device, so it is asked for there and then, and without the hub the page says so. What is asked is
//! in its address.

mod check;
mod file;
mod lines;
mod log;
mod pick;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::log::Log;
use crate::{
    domain::Role,
    engine::api::{Kept, Link, ShellView},
    ui::{
        components::{
            empty::{empty, gate},
            head::Head,
        },
        i18n::{t, tr},
        state::views::{Live, use_shell},
    },
};

/// Whether the person here may ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum May {
    /// Not known yet.
    #[default]
    Unknown,
    No,
    Yes,
}

fn may(shell: &ShellView) -> May {
    match &shell.me {
        Some(me) if me.role == Role::Secretariat => May::Yes,
        None if shell.kept == Kept::Opening => May::Unknown,
        Some(_) | None => May::No,
    }
}

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(pick::Asked::read));
    let shell = use_shell();
    let may = shell.part(may);
    gate(shell.phase(), move || {
        (move || match may.get() {
            May::Unknown => view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any(),
            May::No => not_theirs(),
            May::Yes => page(shell, asked),
        })
        .into_any()
    })
}

fn not_theirs() -> AnyView {
    let head = Head::of("audit", "audit-title").view();
    let back = view! { <a class="btn" href="/people">{tr("nav-people")}</a> };
    view! { {head}{empty(tr("audit-not-yours"), tr("audit-not-yours-text"), back.into_any())} }.into_any()
}

fn page(shell: Live<ShellView>, asked: Memo<pick::Asked>) -> AnyView {
    let link = shell.part_or(Link::Connecting, |shell| shell.link);
    let log = Log::open(asked, link);
    let count = move || {
        let head = log.head.get();
        (head > 0).then(|| view! { <span>{t!("audit-count", count = head)}</span> })
    };
    let facts = view! { <span>{tr("audit-facts")}</span>{count} };
    let head = Head::of("audit", "audit-title").facts(facts.into_any()).acts(file::save(log)).view();
    view! {
        {head}
        <div class="stack audit">
            {check::section(link)}
            <section class="section" aria-labelledby="h-audit-lines">
                <h2 class="vh" id="h-audit-lines">{tr("audit-lines")}</h2>
                {pick::pick(log)}
                {lines::lines(log)}
            </section>
        </div>
    }
    .into_any()
}
