//! Where the words are, for the whole device: a status region, and what it means in detail.

use leptos::prelude::*;

use crate::{
    engine::api::{Command, Kept, Link, Mark, ShellView},
    ui::{
        components::icon::icon,
        i18n::{format, t, tr},
        logic::status::{link_word, sync_glyph, sync_word},
        platform::page,
        state::{
            commands,
            link::{self, State},
            views::Live,
        },
    },
};

const PANEL: &str = "sync-panel";

/// What the region says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Now {
    kept: Kept,
    /// Whether this device belongs to a workspace: before that, there is nothing that could be on a hub.
    joined: bool,
    link: Link,
    unsent: u32,
    /// Whether something written on this page is not on the disk yet.
    writing: bool,
    refused: usize,
}

impl Default for Now {
    fn default() -> Self {
        Self { kept: Kept::Opening, joined: false, link: Link::Connecting, unsent: 0, writing: false, refused: 0 }
    }
}

impl Now {
    const fn standing(self) -> Standing {
        match (self.kept, self.joined, self.unsent) {
            (Kept::Opening, _, _) => Standing::Opening,
            (Kept::Disk | Kept::Memory, false, _) => Standing::NotJoined,
            (Kept::Disk, true, _) if self.writing => Standing::Writing,
            (Kept::Disk | Kept::Memory, true, 0) => Standing::Sent,
            (Kept::Disk, true, _) => Standing::OnDevice,
            (Kept::Memory, true, _) => Standing::InMemory,
        }
    }

    fn words(self) -> String {
        match self.standing() {
            Standing::Opening => tr("sync-opening"),
            Standing::NotJoined => tr("sync-not-joined"),
            Standing::Writing => tr("sync-writing"),
            Standing::Sent => tr("sync-sent"),
            Standing::OnDevice => t!("sync-unsent", count = self.unsent),
            Standing::InMemory => t!("sync-memory", count = self.unsent),
        }
    }

    fn on_device(self) -> String {
        match self.standing() {
            Standing::Opening => tr("panel-device-opening"),
            Standing::NotJoined => tr("panel-device-not-joined"),
            Standing::Writing => tr("panel-device-writing"),
            Standing::Sent if self.kept == Kept::Memory => tr("panel-device-memory"),
            Standing::Sent => tr("panel-device-sent"),
            Standing::OnDevice => t!("panel-device-unsent", count = self.unsent),
            Standing::InMemory => t!("panel-device-memory-unsent", count = self.unsent),
        }
    }
}

/// Where the words are, as far as the header knows: green is earned, and it knows only of this device and the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Opening,
    NotJoined,
    /// On its way to the disk.
    Writing,
    InMemory,
    OnDevice,
    Sent,
}

fn now(shell: Live<ShellView>) -> Signal<Now> {
    let told = shell.part(|shell| Now {
        kept: shell.kept,
        joined: shell.me.is_some(),
        link: shell.link,
        unsent: shell.unsent,
        writing: false,
        refused: shell.refused.len(),
    });
    // Remembered: the region is made anew only when something in it changes.
    Memo::new(move |_| {
        let mut now = told.get();
        let writing = commands::writing();
        now.writing = writing > 0;
        now.unsent = now.unsent.max(writing);
        if link::state() != State::Ready {
            now.link = Link::Connecting;
        }
        now
    })
    .into()
}

/// The region in the header. Its accessible name begins with the message `sync`.
pub fn region(shell: Live<ShellView>) -> AnyView {
    let now = now(shell);
    let name = move || {
        let now = now.get();
        t!("sync-name", link = tr(&format!("link-long-{}", link_word(now.link))), words = now.words())
    };
    view! {
        <div
            class="sync"
            role="status"
            aria-label=name
            data-link=move || link_word(now.get().link)
            data-unsent=move || now.get().unsent.to_string()
        >
            <button type="button" class="sync-button" popovertarget=PANEL>
                {move || {
                    let now = now.get();
                    let alone = |words| view! { <span class="sync-link"><span>{words}</span></span> }.into_any();
                    let counted = |words| {
                        view! { {now.unsent}<span class="sync-words">" "{words}</span> }.into_any()
                    };
                    let (mark, words) = match now.standing() {
                        Standing::Opening => return alone(tr("sync-opening-short")),
                        Standing::NotJoined => return alone(tr("sync-not-joined-short")),
                        Standing::Writing => (Mark::Pending, tr("sync-writing-short").into_any()),
                        Standing::Sent => (Mark::Hub, tr("sync-sent-short").into_any()),
                        Standing::OnDevice => (Mark::Device, counted(t!("sync-unsent-words", count = now.unsent))),
                        Standing::InMemory => (Mark::Pending, counted(t!("sync-memory-words", count = now.unsent))),
                    };
                    view! {
                        <span class="sync-link">
                            {icon(link_word(now.link))}
                            <span>{tr(&format!("link-{}", link_word(now.link)))}</span>
                        </span>
                        <span class="syncmark" data-sync=sync_word(mark)>
                            {icon(sync_glyph(mark))}
                            <span>{words}</span>
                        </span>
                    }
                    .into_any()
                }}
            </button>
        </div>
    }
    .into_any()
}

/// The panel that the region opens.
pub fn panel(shell: Live<ShellView>) -> AnyView {
    let now = now(shell);
    let contact = shell.part(|shell| shell.last_contact);
    let on_device = move || now.get().on_device();
    let on_hub = move || match contact.get() {
        Some(at) => t!("panel-hub-contact", moment = format::moment(at)),
        None => tr("panel-hub-never"),
    };
    let step = move |standing: Standing| (now.get().standing() == standing).then_some("step");
    view! {
        <div class="panel sync-panel" popover="auto" id=PANEL role="dialog" aria-label=tr("panel-name")>
            <ol class="sync-steps">
                <li data-sync="device" aria-current=move || step(Standing::OnDevice)>
                    {icon("device")}
                    <div><strong>{tr("mark-device")}</strong><p>{on_device}</p></div>
                </li>
                <li data-sync="hub" aria-current=move || step(Standing::Sent)>
                    {icon("hub")}
                    <div><strong>{tr("mark-hub")}</strong><p>{on_hub}</p></div>
                </li>
                <li data-sync="seen">
                    {icon("seen")}
                    <div><strong>{tr("panel-seen")}</strong><p>{tr("panel-seen-why")}</p></div>
                </li>
            </ol>
            {move || {
                (now.get().refused > 0)
                    .then(|| {
                        view! {
                            <p class="panel-note">
                                <a href="/changes" on:click=move |_| page::close_popover(PANEL)>
                                    {t!("panel-refused", count = now.get().refused)}
                                </a>
                            </p>
                        }
                    })
            }}
            <div class="panel-actions">
                <button type="button" class="btn" on:click=move |_| commands::send(Command::Reconnect, |_| {})>
                    {icon("connecting")}
                    {tr("sync-now")}
                </button>
                <a href="/settings#sync" on:click=move |_| page::close_popover(PANEL)>{tr("sync-settings")}</a>
            </div>
        </div>
    }
    .into_any()
}
