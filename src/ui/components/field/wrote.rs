//! Who wrote what of a prose field: its words in the colours of delegations, with author and time, for eye and ear.

use leptos::prelude::*;

use crate::{
    engine::api::{Query, Written},
    ui::{
        components::{by::words as words_of, icon::icon},
        i18n::{format, t, tr},
        platform::page,
        state::{parties::use_parties, views::use_view},
    },
};

use super::{Bound, next_id};

/// A button that shows it; none while nothing is written.
pub fn wrote(bound: Bound) -> AnyView {
    let name = bound.name.get_value();
    let any = Memo::new(move |_| bound.subject.record.with(|record| !record.text(&name).is_empty()));
    let id = next_id();
    (move || {
        if !any.get() {
            return ().into_any();
        }
        let (target, title) = (id.clone(), format!("{id}-title"));
        let labelled = title.clone();
        // Asked for when somebody looks.
        let open = RwSignal::new(false);
        let look = move || open.get().then(|| words(bound));
        let anchor = id.clone();
        view! {
            <button type="button" class="kept wrote-button" popovertarget=target>
                {icon("people")}
                {tr("wrote")}
            </button>
            <div class="panel wrote" popover="auto" id=id.clone() role="group" aria-labelledby=labelled
                on:toggle=move |event| open.set(page::is_open(&event))>
                <div class="wrote-head">
                    <h3 id=title>{tr("wrote-title")}</h3>
                    <button type="button" class="iconbtn" aria-label=tr("close")
                        on:click=move |_| page::close_popover(&anchor)>{icon("x")}</button>
                </div>
                {look}
            </div>
        }
        .into_any()
    })
    .into_any()
}

fn words(bound: Bound) -> AnyView {
    let live = use_view::<Vec<Written>>(Query::Written { doc: bound.doc(), at: bound.at() });
    let all = live.part(Clone::clone);
    let parties = use_parties();
    let text = move || {
        parties.with(|parties| {
            let mut before = None;
            let one = |one: Written| {
                let by = words_of(&one.by, parties);
                let title = t!("wrote-by", who = by.as_str(), when = format::moment(one.at));
                // For the ear the author is said where another one begins.
                let said = (before.as_ref() != Some(&by))
                    .then(|| view! { <span class="vh">{t!("wrote-ear", who = by.as_str())}" "</span> });
                before = Some(by.clone());
                let party = one.by.party.as_ref().map(ToString::to_string);
                view! { {said}<span class="wrote-one" data-party=party title=title>{one.text}</span> }
            };
            all.get().into_iter().map(one).collect_view()
        })
    };
    let legend = move || {
        parties.with(|parties| {
            let mut found: Vec<(Option<String>, String, u64)> = Vec::new();
            for one in all.get() {
                let by = words_of(&one.by, parties);
                match found.iter_mut().find(|(_, known, _)| *known == by) {
                    Some((.., at)) => *at = one.at.max(*at),
                    None => found.push((one.by.party.as_ref().map(ToString::to_string), by, one.at)),
                }
            }
            let row = |(party, by, at): (Option<String>, String, u64)| {
                let when = t!("wrote-last", when = format::moment(at));
                view! { <li><span class="wrote-swatch" data-party=party></span>{by}" "<span class="quiet small">{when}</span></li> }
            };
            found.into_iter().map(row).collect_view()
        })
    };
    view! {
        <p class="wrote-text">{text}</p>
        <ul class="wrote-who">{legend}</ul>
    }
    .into_any()
}
