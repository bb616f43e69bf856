//! You, how things look, what is told on the desktop, this device, sync, the version. Everything is kept as it is changed.

mod device;
mod look;
mod notify;

use leptos::prelude::*;

use super::people::invite::further_device;
use crate::{
    engine::api::{Command, DeviceView, Link, Query, ShellView},
    ui::{
        components::{head::Head, icon::icon, marks::who, refused::refused},
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::status::link_word,
        state::{
            commands,
            views::{Live, use_shell, use_view},
        },
    },
};

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    const SECTIONS: [&str; 6] = ["you", "look", "notify", "device", "sync", "update"];
    let shell = use_shell();
    let view = use_view::<DeviceView>(Query::Device);
    let head =
        Head::of("settings", "nav-settings").facts(view! { <span>{tr("settings-facts")}</span> }.into_any()).view();
    let links = SECTIONS
        .into_iter()
        .map(|name| view! { <li><a href=format!("#{name}")>{tr(&format!("settings-{name}"))}</a></li> }.into_any())
        .collect_view();
    view! {
        {head}
        <div class="with-nav">
            <nav class="pagenav sticky" aria-label=tr("on-this-page")><ul>{links}</ul></nav>
            <div class="stack">
                {section("you", you(shell))}
                {section("look", look::look())}
                {section("notify", notify::notify())}
                {section("device", device::device(view))}
                {section("sync", sync(shell, view))}
                {refused(shell)}
                {section("update", device::version(view))}
            </div>
        </div>
    }
}

fn section(id: &'static str, body: AnyView) -> AnyView {
    let (heading, labelled) = (format!("h-{id}"), format!("h-{id}"));
    view! {
        <section class="section" id=id aria-labelledby=labelled>
            <h2 id=heading>{tr(&format!("settings-{id}"))}</h2>
            <div class="sheet sets">{body}</div>
        </section>
    }
    .into_any()
}

/// One setting: its name, what it is, what can be done.
fn set(name: &str, body: AnyView, act: AnyView) -> AnyView {
    view! {
        <div class="set">
            <div class="set-name">{tr(name)}</div>
            <div class="set-body">{body}</div>
            <div class="set-act">{act}</div>
        </div>
    }
    .into_any()
}

fn you(shell: Live<ShellView>) -> AnyView {
    let me = shell.part(|shell| shell.me.clone());
    let workspace = shell.part(|shell| shell.workspace.clone());
    let adding = RwSignal::new(false);
    let add = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| adding.set(true)>{icon("plus")}{tr("device-further")}</button>
        }
        .into_any()
    };
    let rows = move || match me.get() {
        None => {
            let act = view! { <a class="btn" href="/join">{tr("join-open")}</a> };
            set("settings-acting", tr("settings-not-joined").into_any(), act.into_any())
        }
        Some(me) => {
            let chairs = me
                .chair_of
                .iter()
                .map(|(framework, ordinal)| {
                    t!("settings-chair-of", framework = word("framework", framework.word()), ordinal = *ordinal)
                })
                .collect::<Vec<_>>()
                .join(&tr("list-and"));
            view! {
                {set("settings-acting", who(&me.party), ().into_any())}
                {set("settings-role", word("role", me.role.word()).into_any(), ().into_any())}
                {(!chairs.is_empty()).then(|| set("settings-chair", chairs.into_any(), ().into_any()))}
                {set("settings-workspace", workspace.get().into_any(), ().into_any())}
                {set("settings-devices", tr("device-further-hint").into_any(), add())}
            }
            .into_any()
        }
    };
    view! { {rows}{further_device(adding)} }.into_any()
}

fn sync(shell: Live<ShellView>, device: Live<DeviceView>) -> AnyView {
    let link = shell.part_or(Link::Connecting, |shell| shell.link);
    let contact = shell.part(|shell| shell.last_contact);
    let unsent = shell.part(|shell| shell.unsent);
    let hub = device.part(|device| device.hub.clone());
    let numbers = device.part(|device| (device.cursor, device.head));
    let hint = move || {
        let (cursor, head) = numbers.get();
        let behind = head.saturating_sub(cursor);
        let answer = match contact.get() {
            Some(at) => t!("panel-hub-contact", moment = format::moment(at)),
            None => tr("panel-hub-never"),
        };
        let number = if behind == 0 {
            t!("settings-number", cursor = cursor)
        } else {
            t!("settings-behind", cursor = cursor, behind = behind)
        };
        view! { {answer}" "{number} }
    };
    let road = move || {
        let link = link.get();
        view! {
            <span class="state">{icon(link_word(link))}{tr(&format!("settings-road-{}", link_word(link)))}</span>
        }
    };
    let waits = move || {
        let unsent = unsent.get();
        if unsent > 0 { t!("panel-device-unsent", count = unsent) } else { tr("settings-all-sent") }
    };
    let now = view! {
        <button type="button" class="btn" on:click=move |_| commands::send(Command::Reconnect, |_| {})>
            {tr("sync-now")}
        </button>
    };
    view! {
        {set("settings-hub", view! { <code>{hub}</code><p class="hint">{hint}</p> }.into_any(), now.into_any())}
        {set("settings-road", road.into_any(), ().into_any())}
        {set("settings-unsent", waits.into_any(), ().into_any())}
    }
    .into_any()
}
