//! Notices under the header: what the person must know about this device, and short words about what went wrong.

use leptos::prelude::*;

use crate::{
    engine::api::{Command, Done, Kept, Link, Progress, ShellView},
    ui::{
        components::{
            held::held_notice,
            icon::icon,
            notice::{Tone, notice},
        },
        i18n::{format, maybe, t, tr},
        platform::page,
        state::{
            commands,
            link::{self, State},
            prefs, toasts, version,
            views::Live,
        },
    },
};

/// All notices that stand.
pub fn notices(shell: Live<ShellView>) -> AnyView {
    view! { {device(shell)}{silent()}{first_offline(shell)}{update()}{damaged(shell)}{loading(shell)}{held_notice(shell)}{refused(shell)}{told()} }
        .into_any()
}

// What the engine says about this device, by message key.
fn device(shell: Live<ShellView>) -> AnyView {
    let key = shell.part(|shell| shell.notice.clone());
    // What is on no disk goes with the window, and with it the right to write: the browser asks first.
    let in_memory = shell.part(|shell| shell.kept == Kept::Memory && shell.me.is_some());
    page::ask_before_leaving(move || in_memory.get_untracked());
    (move || {
        key.get().map(|key| {
            let tone = match key.as_str() {
                "notice-memory-only"
                | "notice-storage-full"
                | "notice-storage-newer"
                | "notice-store-back"
                | "notice-store-cleared"
                | "notice-device-damaged"
                | "notice-revoked"
                | "notice-cannot-sign" => Tone::Bad,
                _ => Tone::Warn,
            };
            // Where words may be lost they can be taken elsewhere.
            let acts = match key.as_str() {
                "notice-memory-only"
                | "notice-storage-full"
                | "notice-storage-newer"
                | "notice-storage-lost"
                | "notice-store-back"
                | "notice-store-cleared" => copy_button(),
                "notice-store-newer" => view! {
                    <button type="button" class="btn btn--small" on:click=|_| page::reload()>{tr("reload")}</button>
                }
                .into_any(),
                // The new version is offered beside this as soon as it is here.
                "notice-newer-hub" => view! {
                    {copy_button()}
                    <button type="button" class="btn btn--small" on:click=|_| version::look()>{tr("version-look")}</button>
                }
                .into_any(),
                _ => ().into_any(),
            };
            let text = maybe(&format!("{key}-text")).unwrap_or_default();
            notice(tone, "warn", tr(&key), text, acts)
        })
    })
    .into_any()
}

fn copy_button() -> AnyView {
    view! { <button type="button" class="btn btn--small" on:click=|_| save_copy()>{tr("save-copy")}</button> }
        .into_any()
}

fn save_copy() {
    commands::flush_typing();
    commands::send(Command::Export, |done| {
        if let Done::Export { name, text } = done {
            page::save(&name, &text);
            toasts::say_key("saved-copy");
        }
    });
}

fn damaged(shell: Live<ShellView>) -> AnyView {
    let count = shell.part(|shell| shell.damaged);
    (move || {
        let count = count.get();
        let strong = || t!("notice-damaged", count = count);
        (count > 0).then(|| notice(Tone::Warn, "warn", strong(), tr("notice-damaged-text"), ().into_any()))
    })
    .into_any()
}

fn silent() -> AnyView {
    (move || {
        (link::state() == State::Silent)
            .then(|| notice(Tone::Warn, "connecting", tr("notice-silent"), tr("notice-silent-text"), ().into_any()))
    })
    .into_any()
}

const OFFLINE_HINT: &str = "offline-hint";

fn first_offline(shell: Live<ShellView>) -> AnyView {
    let offline = shell.part(|shell| shell.link == Link::Offline && shell.me.is_some());
    let away = RwSignal::new(prefs::put_away(OFFLINE_HINT));
    (move || {
        (offline.get() && !away.get()).then(|| {
            let acts = view! {
                <button type="button" class="btn btn--small" on:click=move |_| {
                    prefs::put_hint_away(OFFLINE_HINT);
                    away.set(true);
                }>{tr("got-it")}</button>
            };
            notice(Tone::Plain, "offline", tr("notice-offline"), tr("notice-offline-text"), acts.into_any())
        })
    })
    .into_any()
}

fn update() -> AnyView {
    (move || {
        let version = version::version();
        (version.waits && !version.later).then(|| {
            let acts = view! {
                <button type="button" class="btn btn--small" disabled=version.starting on:click=move |_| version::start()>
                    {tr("update-start")}
                </button>
                <button type="button" class="btn btn--small btn--quiet" on:click=move |_| version::later()>
                    {tr("update-later")}
                </button>
            };
            notice(Tone::Info, "download", tr("notice-update"), tr("notice-update-text"), acts.into_any())
        })
    })
    .into_any()
}

fn loading(shell: Live<ShellView>) -> AnyView {
    let left = shell.part(|shell| shell.loading);
    let under_way = shell.part(|shell| shell.progress.is_some());
    (move || match (under_way.get(), left.get() > 0) {
        (true, _) => Some(progress(shell)),
        (false, true) => {
            let text = t!("notice-loading-text", count = left.get());
            Some(notice(Tone::Info, "download", tr("notice-loading"), text, ().into_any()))
        }
        (false, false) => None,
    })
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "rounded for people")]
fn progress(shell: Live<ShellView>) -> AnyView {
    let now = shell.part(|shell| shell.progress.unwrap_or_default());
    let words = move || {
        let Progress { documents, of, bytes, of_bytes } = now.get();
        let (size, total) = (format::bytes(bytes as f64), format::bytes(of_bytes as f64));
        t!("notice-progress-text", done = documents, count = of, size = size, total = total)
    };
    // It is read out once, not with every document that comes.
    view! {
        <div class="notice notice--info" role="status" data-progress=move || now.get().documents.to_string()>
            {icon("download")}
            <p aria-live="off"><b>{tr("notice-loading")}</b>" "{words}</p>
            <div class="notice-acts"></div>
        </div>
    }
    .into_any()
}

fn refused(shell: Live<ShellView>) -> AnyView {
    let count = shell.part(|shell| shell.refused.len());
    (move || {
        let count = count.get();
        (count > 0).then(|| {
            let acts = view! { <a class="btn btn--small" href="/changes">{tr("read-why")}</a> };
            let strong = t!("notice-refused", count = count);
            // Nothing is lost, so nothing is alarmed: the words are kept.
            notice(Tone::Warn, "refused", strong, tr("notice-refused-text"), acts.into_any())
        })
    })
    .into_any()
}

fn told() -> AnyView {
    view! {
        <For each=toasts::all key=|toast| toast.id let:toast>
            {
                let id = toast.id;
                let acts = view! {
                    <button type="button" class="iconbtn" aria-label=tr("close") on:click=move |_| toasts::dismiss(id)>
                        {icon("x")}
                    </button>
                };
                let (tone, glyph) = if toast.bad { (Tone::Bad, "refused") } else { (Tone::Plain, "check") };
                notice(tone, glyph, String::new(), toast.text, acts.into_any())
            }
        </For>
    }
    .into_any()
}
