//! Reference numbers that this device has for itself: reserved while the hub is in reach, given also where it is not.

use leptos::prelude::*;

use crate::{
    domain::DocId,
    engine::api::{Command, Link, PlanView},
    ui::{
        components::marks::provisional,
        i18n::{t, tr},
        state::{
            commands,
            views::{Live, use_shell},
        },
    },
};

/// So many of each area: an officer on the road numbers the proposals of one meeting.
const COUNT: u32 = 10;

/// The section; nothing for whoever gives no numbers.
pub(super) fn reserved(plan: DocId, live: Live<PlanView>) -> AnyView {
    let reserved = live.part(|view| view.reserved.clone());
    let shell = use_shell();
    let linked = shell.part(|shell| matches!(shell.link, Link::Live | Link::Http));
    let reserve = move |_| commands::send(Command::ReserveNumbers { plan, count: COUNT }, |_| {});
    let told = move || {
        reserved.get().map(|reserved| {
            let none = reserved.blocks.is_empty().then(|| view! { <p class="quiet">{tr("reserved-none")}</p> });
            let line = |(first, left): (String, u32)| {
                let words = match left {
                    1 => t!("reserved-one", first = first),
                    more => t!("reserved-block", first = first, more = more - 1),
                };
                view! { <li>{words}</li> }.into_any()
            };
            let lines = reserved.blocks.into_iter().map(line).collect_view();
            view! {
                <section class="section" aria-labelledby="h-reserved">
                    <div class="section-head"><h2 id="h-reserved">{tr("reserved-title")}</h2></div>
                    <div class="sheet life-sheet stack-s">
                        <p>{tr("reserved-text")}" "{provisional(reserved.provisional)}</p>
                        {none}
                        <ul class="gaps-list" aria-label=tr("reserved-list")>{lines}</ul>
                        <div class="btnrow">
                            <button type="button" class="btn" disabled=move || !linked.get() on:click=reserve>
                                {t!("reserved-act", count = COUNT)}
                            </button>
                        </div>
                    </div>
                </section>
            }
        })
    };
    told.into_any()
}
