//! Which lines: by party, by whether they were taken, by day; and by document, person or device, which a line offers.

use leptos::prelude::*;
use leptos_router::{hooks::use_navigate, params::ParamsMap};

use super::{
    lines,
    log::{Log, State},
};
use crate::{
    domain::{
        Date, DeviceId, DocId, PartyCode, PersonId,
        audit::{Filter, Outcome},
    },
    ui::{
        components::{doc_link::doc_link, field::next_id, icon::icon},
        i18n::{format::word, t, tr},
        platform::{clock, page},
        state::parties::use_parties,
    },
};

/// What can stand in the address.
const NAMES: [&str; 7] = ["document", "person", "device", "party", "outcome", "from", "to"];

/// What an address asks: `party=KH&from=2026-11-01`. What does not read asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked([String; 7]);

impl Asked {
    /// Reads an address.
    pub fn read(address: &ParamsMap) -> Self {
        let reads = |name: &str, value: &str| match name {
            "document" => value.parse::<DocId>().is_ok(),
            "person" => value.parse::<PersonId>().is_ok(),
            "device" => value.parse::<DeviceId>().is_ok(),
            "party" => value.parse::<PartyCode>().is_ok(),
            "outcome" => value.parse::<Outcome>().is_ok(),
            _ => value.parse::<Date>().is_ok(),
        };
        Self(NAMES.map(|name| address.get(name).filter(|value| reads(name, value)).unwrap_or_default()))
    }

    fn get(&self, name: &str) -> &str {
        NAMES.iter().position(|known| *known == name).map_or("", |at| self.0[at].as_str())
    }

    /// The address with something else in one place; empty: without it.
    pub fn with(&self, name: &str, value: &str) -> String {
        let value = |known: &str, now: &str| if known == name { value.to_owned() } else { now.to_owned() };
        let said = NAMES.iter().zip(&self.0).map(|(known, now)| (known, value(known, now)));
        let said: Vec<String> =
            said.filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
        if said.is_empty() { "/audit".to_owned() } else { format!("/audit?{}", said.join("&")) }
    }

    fn is_everything(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }

    /// The same for the hub. A day is one of this device's time zone, the last one with all of it.
    pub fn filter(&self) -> Filter {
        let day = |name: &str| self.get(name).parse::<Date>().ok();
        Filter {
            document: self.get("document").parse().ok(),
            person: self.get("person").parse().ok(),
            device: self.get("device").parse().ok(),
            party: self.get("party").parse().ok(),
            outcome: self.get("outcome").parse().ok(),
            from: day("from").map(clock::begin_of),
            to: day("to").map(|day| clock::end_of(day).saturating_add(1)),
        }
    }
}

/// The choices.
pub fn pick(log: Log) -> AnyView {
    let asked = log.asked;
    let go = StoredValue::new_local(use_navigate());
    let to = move |name: &'static str, value: String| {
        let address = asked.get_untracked().with(name, &value);
        go.with_value(|go| go(&address, leptos_router::NavigateOptions { scroll: false, ..Default::default() }));
    };
    let parties = use_parties();
    let of_party = move || {
        let chosen = asked.with(|asked| asked.get("party").to_owned());
        let one = |code: String, name: String| {
            let selected = code == chosen;
            view! { <option value=code prop:selected=selected>{name}</option> }
        };
        let named: Vec<_> =
            parties.with(|all| all.iter().map(|one| (one.code.to_string(), one.name.clone())).collect());
        named.into_iter().map(|(code, name)| one(code, name)).collect_view()
    };
    let outcomes = move || {
        let chosen = asked.with(|asked| asked.get("outcome").to_owned());
        let one = |outcome: &Outcome| {
            let selected = outcome.word() == chosen;
            view! { <option value=outcome.word() prop:selected=selected>{word("audit-outcome", outcome.word())}</option> }
        };
        Outcome::ALL.iter().map(one).collect_view()
    };
    let all = move || {
        asked.with(|asked| !asked.is_everything()).then(|| {
            view! { <a class="btn btn--small btn--quiet" href="/audit">{tr("audit-everything")}</a> }
        })
    };
    view! {
        <search class="toolbar filters" aria-label=tr("audit-which")>
            <div class="picks">
                {choose("audit-party", "audit-any-party", of_party.into_any(), move |value| to("party", value))}
                {choose("audit-outcome", "audit-any-outcome", outcomes.into_any(), move |value| to("outcome", value))}
                {day(log, "from", "audit-from", move |value| to("from", value))}
                {day(log, "to", "audit-to", move |value| to("to", value))}
            </div>
            {chips(log)}
            {all}
        </search>
    }
    .into_any()
}

fn choose(label: &str, any: &str, options: AnyView, to: impl Fn(String) + 'static) -> AnyView {
    let id = next_id();
    let labelled = id.clone();
    view! {
        <label class="pick" for=labelled>
            <span class="pick-label">{tr(label)}</span>
            <span class="select">
                <select id=id on:change=move |event| to(page::value_of(&event))>
                    <option value="">{tr(any)}</option>
                    {options}
                </select>
                {icon("down")}
            </span>
        </label>
    }
    .into_any()
}

fn day(log: Log, name: &'static str, label: &str, to: impl Fn(String) + 'static) -> AnyView {
    let id = next_id();
    let labelled = id.clone();
    let value = move || log.asked.with(|asked| asked.get(name).to_owned());
    view! {
        <label class="pick" for=labelled>
            <span class="pick-label">{tr(label)}</span>
            <span class="date">
                <input class="input input--bare" type="date" id=id prop:value=value
                    on:change=move |event| to(page::value_of(&event)) />
                {icon("calendar")}
            </span>
        </label>
    }
    .into_any()
}

/// What else is filtered by: each goes away by a press.
fn chips(log: Log) -> AnyView {
    (move || {
        let (asked, named) = (log.asked.get(), log.named.get());
        let answered = log.state.with(|state| *state == State::Here);
        let chip = |name: &'static str, known: bool, what: AnyView| {
            (!asked.get(name).is_empty()).then(|| {
                let what = match (known, answered) {
                    (true, _) => what,
                    (false, true) => tr("audit-unknown").into_any(),
                    (false, false) => ().into_any(),
                };
                let label = t!("audit-not-only", what = tr(&format!("audit-{name}")));
                view! {
                    <span class="chip">
                        <span class="quiet">{tr(&format!("audit-{name}"))}</span>
                        " "
                        {what}
                        <a class="iconbtn" href=asked.with(name, "") aria-label=label.clone() title=label>{icon("x")}</a>
                    </span>
                }
            })
        };
        let line = &named.line;
        let document = line.document.map(|doc| doc_link(named.kind, doc, named.title.clone()));
        view! {
            {chip("document", named.kind.is_some(), document.into_any())}
            {chip("person", line.role.is_some(), lines::person(line).into_any())}
            {chip("device", line.device.is_some(), lines::device(&named).into_any())}
        }
    })
    .into_any()
}
