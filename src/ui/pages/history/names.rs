//! Versions that somebody named, and a name for what stands there now.

use leptos::prelude::*;

use super::Of;
use crate::{
    domain::{Act, Edit, plan::VERSION_NAME_MAX},
    engine::api::NamedPast,
    ui::{
        components::{ask, by::by, dialog::dialog},
        i18n::{format, tr},
        platform::clock,
        state::{commands, toasts},
    },
};

/// The names; nothing where there are none and none may be given.
pub fn list(of: Of, names: Signal<Vec<NamedPast>>) -> AnyView {
    let open = RwSignal::new(false);
    let one = move |named: NamedPast| {
        let by = by(&named.by);
        let when = named.at.map_or_else(|| tr("history-unsent"), format::moment);
        let id = named.id;
        // What the hub has not received names what is here now.
        let acts = named.at.map(|_| {
            view! {
                <div class="btnrow">
                    <button type="button" class="btn btn--small" on:click=move |_| of.shown.set(Some(id))>{tr("history-show")}</button>
                    <button type="button" class="btn btn--small" on:click=move |_| of.compared.set(Some((Some(id), None)))>
                        {tr("history-with-now")}
                    </button>
                </div>
            }
        });
        view! { <li class="named"><div><b>{named.name}</b><p class="sub">{by}" "{when}</p></div>{acts}</li> }
    };
    let shown = move || {
        let names = names.get();
        (!names.is_empty())
            .then(|| view! { <ul class="sheet feed-sheet nameds">{names.into_iter().map(one).collect_view()}</ul> })
    };
    let button = move || {
        of.may_write.get().then(|| {
            view! {
                <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>{tr("history-name")}</button>
            }
        })
    };
    let any = move || of.may_write.get() || names.with(|names| !names.is_empty());
    view! {
        <Show when=any>
            <section class="section" aria-labelledby="h-names">
                <div class="section-head"><h2 id="h-names">{tr("history-names")}</h2>{button}</div>
                {shown}
            </section>
        </Show>
        {asks(of, open)}
    }
    .into_any()
}

/// Asks what it is called as it is now.
fn asks(of: Of, open: RwSignal<bool>) -> AnyView {
    dialog(open, Signal::stored(tr("history-name")), move || {
        let name = RwSignal::new(String::new());
        let told = move |name: &String| (1..=VERSION_NAME_MAX).contains(&name.trim().chars().count());
        let ready = Signal::derive(move || name.with(told));
        let go = Callback::new(move |()| {
            let act = Act::NameVersion(name.get_untracked().trim().to_owned());
            let edit = Edit::Act { id: clock::entity(), act, target: None, term: None, reason: String::new() };
            commands::edit(of.doc, edit);
            toasts::say_key("history-name-given");
            open.set(false);
        });
        view! {
            <div class="stack-s">{ask::line("version-name-label", name, Some("history-name-hint"), true)}</div>
            {ask::acts(open, Signal::stored(tr("version-name-act")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
