//! Where the words are, for the whole device: a status region, and what it means in detail.

use leptos::prelude::*;

use crate::{
    engine::api::{Command, Link, Mark, ShellView},
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
    /// Whether this device belongs to a workspace: before that, there is nothing that could be on a hub.
    joined: bool,
    link: Link,
    unsent: u32,
    refused: usize,
}

impl Default for Now {
    fn default() -> Self {
        Self { joined: false, link: Link::Connecting, unsent: 0, refused: 0 }
    }
}

impl Now {
    // Green is earned: the header knows only of this device and the hub.
    const fn mark(self) -> Mark {
        if self.unsent > 0 { Mark::Device } else { Mark::Hub }
    }

    fn words(self) -> String {
        if !self.joined {
            tr("sync-not-joined")
        } else if self.unsent > 0 {
            t!("sync-unsent", count = self.unsent)
        } else {
            tr("sync-sent")
        }
    }
}

fn now(shell: Live<ShellView>) -> Signal<Now> {
    let told = shell.part(|shell| Now {
        joined: shell.me.is_some(),
        link: shell.link,
        unsent: shell.unsent,
        refused: shell.refused.len(),
    });
    Signal::derive(move || {
        let mut now = told.get();
        if link::state() != State::Ready {
            now.link = Link::Connecting;
        }
        now
    })
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
                    let mark = now.mark();
                    let words = if now.unsent > 0 {
                        view! { {now.unsent}<span class="sync-words">" "{t!("sync-unsent-words", count = now.unsent)}</span> }
                            .into_any()
                    } else {
                        tr("sync-sent-short").into_any()
                    };
                    if !now.joined {
                        return view! { <span class="sync-link"><span>{tr("sync-not-joined-short")}</span></span> }.into_any();
                    }
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
    let on_device = move || {
        let now = now.get();
        if !now.joined {
            tr("panel-device-not-joined")
        } else if now.unsent > 0 {
            t!("panel-device-unsent", count = now.unsent)
        } else {
            tr("panel-device-sent")
        }
    };
    let on_hub = move || match contact.get() {
        Some(at) => t!("panel-hub-contact", moment = format::moment(at)),
        None => tr("panel-hub-never"),
    };
    let step = move |unsent: bool| {
        let now = now.get();
        (now.joined && (now.unsent > 0) == unsent).then_some("step")
    };
    view! {
        <div class="panel sync-panel" popover="auto" id=PANEL role="dialog" aria-label=tr("panel-name")>
            <ol class="sync-steps">
                <li data-sync="device" aria-current=move || step(true)>
                    {icon("device")}
                    <div><strong>{tr("mark-device")}</strong><p>{on_device}</p></div>
                </li>
                <li data-sync="hub" aria-current=move || step(false)>
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
