//! Who is who: delegations in protocol order, their agencies, officers by role, and what each has seen.

pub mod invite;
mod officers;

use leptos::prelude::*;

use crate::{
    domain::{Framework, PartyCode, Role, party::PartyKind},
    engine::api::{PartyView, PeopleView, Query},
    ui::{
        components::{
            doc_link::doc_link,
            empty::{empty, gate},
            field::next_id,
            head::Head,
            icon::icon,
            marks::who,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::views::{Live, use_shell, use_view},
    },
};

/// A part of the list: which kinds of parties it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Members,
    PlusThree,
    Others,
    Secretariat,
}

impl Part {
    const ALL: [Self; 4] = [Self::Members, Self::PlusThree, Self::Others, Self::Secretariat];

    const fn of(kind: Option<PartyKind>) -> Self {
        match kind {
            Some(PartyKind::MemberState) => Self::Members,
            Some(PartyKind::PlusThree) => Self::PlusThree,
            Some(PartyKind::DialoguePartner | PartyKind::InternationalOrg) | None => Self::Others,
            Some(PartyKind::Secretariat) => Self::Secretariat,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::PlusThree => "plus-three",
            Self::Others => "others",
            Self::Secretariat => "secretariat",
        }
    }
}

/// The page.
#[component]
pub fn People() -> impl IntoView {
    let live = use_view::<PeopleView>(Query::People);
    let asking = RwSignal::new(false);
    let may_invite = live.part(|view| view.may_invite);
    let reads = use_shell().part(|shell| shell.me.as_ref().is_some_and(|me| me.role == Role::Secretariat));
    let log =
        move || reads.get().then(|| view! { <a class="btn" href="/audit">{icon("history")}{tr("audit-open")}</a> });
    let invite = move || {
        may_invite.get().then(|| {
            view! {
                <button type="button" class="btn btn--main" on:click=move |_| asking.set(true)>
                    {icon("plus")}
                    {tr("invite")}
                </button>
            }
        })
    };
    let head = Head::of("people", "people-title")
        .facts(view! { <span>{tr("people-facts")}</span> }.into_any())
        .acts(view! { {log}{invite} }.into_any())
        .view();
    let body = gate(live.phase(), move || {
        let nobody = live.part(|view| view.parties.is_empty());
        let none = move || nobody.get().then(|| empty(tr("people-empty"), tr("people-empty-text"), ().into_any()));
        let parts = Part::ALL.into_iter().map(|part| section(live, part)).collect_view();
        view! {
            {none}
            <div class="with-aside">
                <div class="stack">{parts}</div>
                {aside(live)}
            </div>
        }
        .into_any()
    });
    view! { {head}{body}{invite::dialog(live, asking)} }
}

fn section(live: Live<PeopleView>, part: Part) -> AnyView {
    let codes = live.part(move |view| {
        let of_part = view.parties.iter().filter(|party| Part::of(party.kind) == part);
        of_part.map(|party| party.code.clone()).collect::<Vec<_>>()
    });
    let id = format!("h-{}", part.word());
    (move || {
        if codes.with(Vec::is_empty) {
            return ().into_any();
        }
        let (id, labelled, named) = (id.clone(), id.clone(), id.clone());
        let rows = codes.get().into_iter().map(|code| row(live, code)).collect_view();
        view! {
            <section class="section" aria-labelledby=labelled>
                <div class="section-head">
                    <h2 id=id>{tr(&format!("people-{}", part.word()))}</h2>
                    <p>{tr(&format!("people-{}-of", part.word()))}</p>
                </div>
                <div class="tablewrap">
                    <table class="data people" role="table" aria-labelledby=named>
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">{tr("people-delegation")}</th>
                                <th role="columnheader" scope="col" class="p-agency">{tr("people-agency")}</th>
                                <th role="columnheader" scope="col" class="num p-fp">{tr("people-focal-points")}</th>
                                <th role="columnheader" scope="col" class="p-last">{tr("people-last")}</th>
                                <th role="columnheader" scope="col" class="p-seen">{tr("people-seen")}</th>
                            </tr>
                        </thead>
                        {rows}
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
    .into_any()
}

fn row(live: Live<PeopleView>, code: PartyCode) -> AnyView {
    let shell = use_shell();
    let own = code.clone();
    let mine = shell.part(move |shell| shell.me.as_ref().is_some_and(|me| me.party == own));
    let chairs = shell.part(|shell| shell.me.as_ref().map(|me| me.chair_of.clone()).unwrap_or_default());
    let wanted = code.clone();
    let party = live.part(move |view| view.parties.iter().find(|party| party.code == wanted).cloned());
    // What is written out stays as it is while only the numbers of seen changes move: a dialog may be open in it.
    let steady = Memo::new(move |_| party.get().map(|party| PartyView { heard_at: None, unseen: None, ..party }));
    let open = RwSignal::new(false);
    let more = next_id();
    let controls = more.clone();
    let second = move || {
        let chair = if mine.get() { chairs.get() } else { Vec::new() };
        let chair = chair.into_iter().map(|(framework, ordinal)| {
            t!("people-chair", framework = word("framework", framework.word()), ordinal = ordinal)
        });
        let observes = party.with(|party| party.as_ref().and_then(observer));
        let lines: Vec<String> = chair.chain(observes).collect();
        (!lines.is_empty()).then(|| view! { <span class="second">{lines.join(". ")}</span> })
    };
    let agencies = move || party.with(|party| party.as_ref().map(|party| party.agencies.join(", ")));
    let points = move || party.with(|party| party.as_ref().map_or(0, focal_points));
    let name = who(&code);
    view! {
        <tbody role="rowgroup">
            <tr role="row" class=move || if mine.get() { "mine" } else { "" } data-record=code.to_string()>
                <th role="rowheader" scope="row">
                    <button type="button" class="party-open" aria-expanded=move || open.get().to_string()
                        aria-controls=move || open.get().then(|| controls.clone())
                        on:click=move |_| open.update(|open| *open = !*open)>
                        {name}
                        {icon("right")}
                    </button>
                    {second}
                </th>
                <td role="cell" class="p-agency">{agencies}</td>
                <td role="cell" class="num p-fp">{points}</td>
                <td role="cell" class="nowrap p-last">{last(mine, party)}</td>
                <td role="cell" class="p-seen">{seen(mine, party)}</td>
            </tr>
            {move || {
                let more = more.clone();
                open.get().then(|| {
                    view! {
                        <tr role="row" class="party-more" id=more>
                            <td role="cell" colspan="5">
                                {move || steady.get().map(|steady| details(steady, unseen(mine, party)))}
                            </td>
                        </tr>
                    }
                })
            }}
        </tbody>
    }
    .into_any()
}

fn focal_points(party: &PartyView) -> usize {
    let serves = |role: Role| match role {
        Role::FocalPoint | Role::Secretariat => true,
        Role::SeniorOfficial | Role::Head | Role::Drafter | Role::Host | Role::Observer => false,
    };
    party.officers.iter().filter(|officer| serves(officer.role) && officer.to.is_none()).count()
}

// `Observer in ACCSM since May 2023`, for those who only observe.
fn observer(party: &PartyView) -> Option<String> {
    use crate::domain::party::MembershipStatus as S;
    let (framework, .., from, _) = party.memberships.iter().find(|(framework, status, _, to)| match status {
        S::Observer => *framework == Framework::Accsm && to.is_none(),
        S::Member | S::Partner | S::Guest => false,
    })?;
    let framework = word("framework", framework.word());
    Some(match from {
        Some(from) => {
            t!("people-observes-since", framework = framework, date = format::date(*from))
        }
        None => t!("people-observes", framework = framework),
    })
}

// When the hub last heard a delegation.
fn last(mine: Signal<bool>, party: Signal<Option<PartyView>>) -> AnyView {
    let heard = Memo::new(move |_| party.with(|party| party.as_ref().and_then(|party| party.heard_at)));
    (move || match heard.get() {
        _ if mine.get() => tr("people-this-device"),
        Some(millis) => format::moment(millis),
        None => String::new(),
    })
    .into_any()
}

// What a delegation has not got yet, by the page where it is read.
fn unseen(mine: Signal<bool>, party: Signal<Option<PartyView>>) -> AnyView {
    let lines = Memo::new(move |_| {
        let unseen = party.with(|party| party.as_ref().and_then(|party| party.unseen.clone()));
        if mine.get() { Vec::new() } else { unseen.unwrap_or_default() }
    });
    (move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| {
                view! { <li data-record=line.doc.to_string()>{doc_link(line.kind, line.doc, line.title)}</li> }
            });
            view! {
                <dt>{tr("people-unseen")}</dt>
                <dd class="unseen"><ul>{lines.collect_view()}</ul></dd>
            }
        })
    })
    .into_any()
}

// What a delegation has stored of everything that the hub has.
fn seen(mine: Signal<bool>, party: Signal<Option<PartyView>>) -> AnyView {
    let lines = move |party: &PartyView| party.unseen.as_ref().map(Vec::len);
    let count = Memo::new(move |_| party.with(|party| party.as_ref().and_then(lines)));
    (move || match count.get() {
        _ if mine.get() => view! { <span class="quiet">{tr("people-you")}</span> }.into_any(),
        None => view! { <span class="quiet">{tr("people-never")}</span> }.into_any(),
        Some(0) => {
            view! { <span class="syncmark" data-sync="seen">{icon("seen")}{tr("people-all-seen")}</span> }.into_any()
        }
        Some(count) => view! {
            <span class="syncmark" data-sync="hub">{icon("hub")}{t!("people-to-come", count = count)}</span>
        }
        .into_any(),
    })
    .into_any()
}

fn details(party: PartyView, unseen: AnyView) -> AnyView {
    let memberships = party
        .memberships
        .iter()
        .map(|(framework, status, from, to)| {
            let dates = format::span(*from, *to);
            let what = t!(
                "people-membership",
                status = word("membership", status.word()),
                framework = word("framework", framework.word())
            );
            view! { <p>{what}" "<span class="quiet">{dates}</span></p> }.into_any()
        })
        .collect_view();
    let names = party
        .names
        .iter()
        .map(|(tag, name)| view! { <p lang=tag.clone()>{name.clone()}</p> }.into_any())
        .collect_view();
    let terms: Vec<String> = party
        .terms
        .iter()
        .map(|(framework, ordinal)| {
            t!("people-term", framework = word("framework", framework.word()), ordinal = *ordinal)
        })
        .collect();
    let line =
        |key: &str, there: bool, value: AnyView| there.then(|| view! { <dt>{tr(key)}</dt><dd>{value}</dd> }.into_any());
    let agencies = party.agencies.iter().map(|agency| view! { <p>{agency.clone()}</p> }.into_any()).collect_view();
    view! {
        <dl class="facts">
            {unseen}
            {line("people-names", !party.names.is_empty(), names.into_any())}
            {line("people-agency", !party.agencies.is_empty(), agencies.into_any())}
            {line("people-memberships", !party.memberships.is_empty(), memberships.into_any())}
            {line("people-terms", !terms.is_empty(), terms.join(", ").into_any())}
            <dt>{tr("people-officers")}</dt>
            <dd>{officers::list(&party)}</dd>
            {line("field-sources", !party.sources.is_empty(), party.sources.join(", ").into_any())}
        </dl>
    }
    .into_any()
}

// My own delegation, and who is in the Chair.
fn aside(live: Live<PeopleView>) -> AnyView {
    let shell = use_shell();
    let me = shell.part(|shell| shell.me.as_ref().map(|me| me.party.clone()));
    let mine = Memo::new(move |_| {
        let code = me.get()?;
        let party = live.get(|view| view.parties.iter().find(|party| party.code == code).cloned()).flatten()?;
        Some(PartyView { heard_at: None, unseen: None, ..party })
    });
    let delegation = move || {
        mine.get().map(|party| {
            view! {
                <section class="section" aria-labelledby="h-mine">
                    <div class="section-head"><h2 id="h-mine">{party.name.clone()}</h2></div>
                    {officers::list(&party)}
                </section>
            }
        })
    };
    let terms = live.part(|view| {
        let held = view.parties.iter().flat_map(|party| {
            let held = party.terms.iter().filter(|(framework, _)| *framework == Framework::Accsm);
            held.map(|(_, ordinal)| (*ordinal, party.code.clone()))
        });
        let mut held: Vec<_> = held.collect();
        held.sort_by_key(|(ordinal, _)| std::cmp::Reverse(*ordinal));
        held.truncate(5);
        held
    });
    let chair_of = shell.part(|shell| shell.me.as_ref().map(|me| me.chair_of.clone()).unwrap_or_default());
    let chair = move || {
        let terms = terms.get();
        let mine = chair_of.get();
        let steps = terms
            .iter()
            .map(|(ordinal, code)| {
                let current = mine.contains(&(Framework::Accsm, *ordinal)).then_some("step");
                view! { <li aria-current=current>{who(code)}" "<span class="quiet">{t!("meeting-term", ordinal = *ordinal)}</span></li> }
                    .into_any()
            })
            .collect_view();
        (!terms.is_empty()).then(|| {
            view! {
                <section class="section" aria-labelledby="h-chair">
                    <div class="section-head"><h2 id="h-chair">{tr("people-chairs")}</h2></div>
                    <ol class="life life--dated">{steps}</ol>
                </section>
            }
        })
    };
    view! { <aside class="stack" aria-label=tr("people-yours")>{delegation}{chair}</aside> }.into_any()
}
