//! The frame around every page: mark, navigation, sync, notices. Its names are a contract: other programs drive the
//! application by them.

mod closed;
mod notices;
mod sync;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    engine::api::{Kept, Query, ShellView, Since},
    ui::{
        i18n::{
            format::{today, word},
            t, tr,
        },
        platform::page,
        state::{
            attention,
            link::{self, State},
            prefs,
            views::{Live, use_view},
        },
    },
};

use super::{
    head::{Root, sync_attribute},
    icon::icon,
    marks::party,
};

/// Address, glyph and message key of each place.
const PLACES: [(&str, &str); 7] = [
    ("/", "today"),
    ("/plans", "plans"),
    ("/meetings", "meetings"),
    ("/texts", "texts"),
    ("/changes", "changes"),
    ("/people", "people"),
    ("/settings", "settings"),
];

/// The frame, with the pages inside.
pub fn shell(pages: AnyView) -> AnyView {
    let view = use_view::<ShellView>(Query::Shell);
    let root = RwSignal::new(None);
    let title = RwSignal::new(String::new());
    provide_context(Root { record: root, title });
    let told = view.part(|shell| (shell.kept != Kept::Opening).then_some(shell.me.is_some()));
    Effect::new(move |_| told.get().into_iter().for_each(prefs::keep_joined));
    let had_joined = prefs::had_joined();
    let joined = Memo::new(move |_| told.get().unwrap_or(had_joined));
    let sample = view.part(|shell| shell.sample);
    let mark = Signal::derive(move || root.get().map_or(crate::engine::api::Mark::Hub, |(_, mark)| mark));
    let word = sync_attribute(mark);
    let go = StoredValue::new_local(use_navigate());
    attention::watch(view, Callback::new(move |()| go.with_value(|go| go("/", NavigateOptions::default()))));
    let stopped = Memo::new(move |_| matches!(link::state(), State::Failed(_) | State::OtherBuild));
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            page::focus_first("main");
        }>{tr("skip")}</a>
        <header class="shell">
            <a class="brand" href="/">{icon("mark")}<span>{tr("app")}</span></a>
            {move || joined.get().then(|| nav(view))}
            <div class="shell-end">{sync::region(view)}{me(view)}</div>
        </header>
        {sync::panel(view)}
        <div class="notices">{notices::notices(view)}</div>
        {print_head(view, title)}
        <main
            id="main"
            tabindex="-1"
            data-record=move || root.with(|root| root.as_ref().map(|(id, _)| id.clone()))
            data-sync=move || root.with(Option::is_some).then(|| word.get())
        >
            {move || if stopped.get() { closed::closed() } else { ().into_any() }}
            <div hidden=move || stopped.get()>{pages}</div>
        </main>
        <footer class="foot">{move || sample.get().then(|| view! { <p>{tr("sample")}</p> })}</footer>
    }
    .into_any()
}

// Paper says what it is, as of when, by whom, and what is missing from it.
fn print_head(shell: Live<ShellView>, title: RwSignal<String>) -> AnyView {
    let facts = shell.part(|shell| shell.me.as_ref().map(|me| (me.party_name.clone(), me.role, shell.unsent)));
    (move || {
        facts.get().map(|(party, role, unsent)| {
            let words = t!(
                "print-head",
                title = title.get(),
                today = today(),
                party = party,
                role = word("role", role.word()),
                unsent = unsent
            );
            view! { <p class="print-head">{words}</p> }
        })
    })
    .into_any()
}

// What a place shows first.
fn asks(place: &str) -> Option<Query> {
    match place {
        "today" => Some(Query::Today),
        "plans" => Some(Query::Plans),
        "meetings" => Some(Query::Meetings),
        "changes" => Some(Query::Changes { since: Since::Read, of: None }),
        _ => None,
    }
}

fn nav(shell: Live<ShellView>) -> AnyView {
    let location = use_location();
    let unread = shell.part(|shell| shell.unread);
    let links = PLACES
        .into_iter()
        .map(|(href, name)| {
            let current = move || {
                location.pathname.with(|path| {
                    let here = match href {
                        "/" => path == "/",
                        // A project belongs to a plan's page.
                        "/plans" => path.starts_with("/plans") || path.starts_with("/projects"),
                        _ => path.starts_with(href),
                    };
                    here.then_some("page")
                })
            };
            let expect = move || {
                if let (Some(query), None) = (asks(name), current()) {
                    link::expect(&query);
                }
            };
            // The head of the page that is gone to takes the window to its top.
            let stays = move || current().is_none().then_some("");
            let count = move || (name == "changes").then(|| unread.get()).filter(|count| *count > 0);
            let new = move || count().map(|count| view! { <span class="count" aria-hidden="true">{count}</span> });
            let told = move || {
                count().map(|count| view! { <span id="n-changes" hidden>{t!("changes-new", count = count)}</span> })
            };
            let described = move || count().is_some().then_some("n-changes");
            view! {
                <li>
                    <a
                        href=href
                        aria-current=current
                        data-noscroll=stays
                        aria-describedby=described
                        on:pointerenter=move |_| expect()
                        on:focus=move |_| expect()
                    >
                        {icon(name)}
                        <span>{tr(&format!("nav-{name}"))}</span>
                        {new}
                    </a>
                    {told}
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <nav class="mainnav" aria-label=tr("nav-main")><ul>{links}</ul></nav> }.into_any()
}

fn me(shell: Live<ShellView>) -> AnyView {
    let me = shell.part(|shell| shell.me.as_ref().map(|me| (me.party.clone(), me.role, me.chair_of.len())));
    (move || {
        me.get().map(|(code, role, chairs)| {
            let role = word("role", role.word());
            let role = if chairs > 0 { t!("role-and-chair", role = role) } else { role };
            view! {
                <a class="me" href="/settings#you">
                    <span class="vh">{tr("you")}" "</span>
                    {party(&code)}
                    <span class="me-role">{role}</span>
                </a>
            }
        })
    })
    .into_any()
}
