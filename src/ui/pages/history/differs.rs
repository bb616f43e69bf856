//! What differs between two versions, and which two.

use leptos::prelude::*;

use super::{Of, moment};
use crate::{
    domain::DocKind,
    engine::api::{ChangeLine, Difference, Meets, NamedPast, Query, Sitting, Who},
    ui::{
        components::{change::said, field::next_id, icon::icon},
        i18n::tr,
        platform::page,
        state::{parties::Parties, views::use_view},
    },
};

/// A version as the choices have it: its sitting, or nothing for what is now.
fn word(id: Option<[u8; 32]>) -> String {
    id.map(|id| crate::domain::base64url::encode(&id)).unwrap_or_default()
}

fn read(word: &str) -> Option<[u8; 32]> {
    crate::domain::base64url::decode(word)?.try_into().ok()
}

/// The two choices.
pub fn choose(of: Of, sittings: Signal<Vec<Sitting>>, names: Signal<Vec<NamedPast>>) -> AnyView {
    let pick = move |label: &'static str, first: bool| {
        let id = next_id();
        let labelled = id.clone();
        let chosen = move || {
            let (before, after) = of.compared.get().unwrap_or_default();
            word(if first { before } else { after })
        };
        let options = move || {
            let one = |sitting: Sitting| {
                let value = word(Some(sitting.id));
                let this = value.clone();
                let party = sitting.by.party.as_ref().map(ToString::to_string).unwrap_or_default();
                let name = format!("{} {party}", moment(&sitting));
                view! { <option value=value prop:selected=move || chosen() == this>{name}</option> }
            };
            sittings.get().into_iter().filter(|one| one.number.is_some()).map(one).collect_view()
        };
        let named = move || {
            let one = |named: NamedPast| {
                let value = word(Some(named.id));
                let this = value.clone();
                view! { <option value=value prop:selected=move || chosen() == this>{named.name}</option> }
            };
            names.get().into_iter().filter(|one| one.at.is_some()).map(one).collect_view()
        };
        let change = move |event: leptos::ev::Event| {
            let picked = read(&page::value_of(&event));
            of.compared.update(|pair| {
                let (before, after) = pair.unwrap_or_default();
                *pair = Some(if first { (picked, after) } else { (before, picked) });
            });
        };
        view! {
            <label class="pick pick--of" for=labelled>
                <span class="pick-label">{tr(label)}</span>
                <span class="select">
                    <select id=id on:change=change>
                        <option value="" prop:selected=move || chosen().is_empty()>{tr("history-now")}</option>
                        {named}
                        {options}
                    </select>
                    {icon("down")}
                </span>
            </label>
        }
        .into_any()
    };
    view! {
        <search class="toolbar filters" aria-label=tr("history-compare")>
            <div class="picks">{pick("history-before", true)}{pick("history-after", false)}</div>
        </search>
    }
    .into_any()
}

/// What differs; nothing where no two are chosen.
pub fn shown(of: Of) -> AnyView {
    (move || {
        let (before, after) = of.compared.get()?;
        let live = use_view::<Vec<Difference>>(Query::Compare { doc: of.doc, record: of.record, before, after });
        let found = live.part(Clone::clone);
        let phase = live.phase();
        let lines = move || {
            if phase.get() != crate::ui::state::views::Phase::Here {
                return view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any();
            }
            let found = found.get();
            if found.is_empty() {
                return view! { <p>{tr("history-same")}</p> }.into_any();
            }
            of.parties.with(|parties| list(found, of.kind.get(), parties))
        };
        Some(view! {
            <section class="section" aria-labelledby="h-differs">
                <div class="section-head">
                    <h2 id="h-differs">{tr("history-differs")}</h2>
                    <button type="button" class="btn btn--small btn--quiet" on:click=move |_| of.compared.set(None)>
                        {tr("close")}
                    </button>
                </div>
                <div class="sheet feed-sheet">{lines}</div>
            </section>
        })
    })
    .into_any()
}

fn list(found: Vec<Difference>, kind: DocKind, parties: &Parties) -> AnyView {
    let one = |difference: Difference| {
        let Difference { collection, record, title, what } = difference;
        // Told as a change is, of nobody and at no time.
        let line = ChangeLine {
            collection,
            record,
            title,
            what,
            by: Who::default(),
            times: 1,
            number: 0,
            received_at: None,
            written_at: 0,
            meets: Meets::Nothing,
            open: false,
        };
        view! { <li class="chg-one">{said(&line, kind, parties)}</li> }
    };
    view! { <ul class="chgs differs">{found.into_iter().map(one).collect_view()}</ul> }.into_any()
}
