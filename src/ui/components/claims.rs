//! The status of a project: claimed by its lead, published by the Secretariat. Two claims made apart stand side by side
//! until the lead chooses; no clock decides.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{Claim, ClaimKind, DocId, EntityId, claim::standing, project::ProjectStatus, record::Value},
    engine::api::{Mark, Standing},
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::page,
        state::{commands, commands::NewClaim, parties::use_parties},
    },
};

use super::{
    dialog::dialog,
    icon::{icon, toned},
    marks::{Form, provisional, status, sync_mark},
    meetings::decided_at,
};

/// What the status section of a project shows.
#[derive(Clone, Copy)]
pub struct StatusOf {
    /// The project.
    pub doc: DocId,
    /// All its claims.
    pub claims: Signal<Vec<Claim>>,
    /// What is published.
    pub published: Signal<Option<Standing<ProjectStatus>>>,
    /// What may be claimed now.
    pub next: Signal<Vec<ProjectStatus>>,
    /// Where the words of claims are.
    pub marks: Signal<BTreeMap<EntityId, Mark>>,
    /// Whether I may claim.
    pub may_write: Signal<bool>,
}

/// One standing claim, read.
#[derive(Debug, Clone, PartialEq)]
struct Tip {
    claim: Claim,
    status: Option<ProjectStatus>,
}

fn tips(claims: Signal<Vec<Claim>>) -> Signal<Vec<Tip>> {
    Memo::new(move |_| {
        claims.with(|claims| {
            standing(claims, ClaimKind::Status)
                .into_iter()
                .map(|claim| Tip {
                    status: claim.value.as_str().and_then(|word| word.parse().ok()),
                    claim: claim.clone(),
                })
                .collect::<Vec<_>>()
        })
    })
    .into()
}

/// The two statuses side by side, the claims if there are two, and the field that claims.
pub fn status_of(of: StatusOf) -> AnyView {
    let tips = tips(of.claims);
    view! { {two(of, tips)}{choose(of, tips)}{field(of, tips)} }.into_any()
}

fn two(of: StatusOf, tips: Signal<Vec<Tip>>) -> AnyView {
    let claimed = move || {
        tips.with(|tips| match tips.as_slice() {
            [] => view! { <dd><span class="quiet">{tr("claims-none")}</span></dd> }.into_any(),
            [one] => view! { <dd>{one.status.map(status)}</dd> }.into_any(),
            many => view! {
                <dd>{toned("claims", "icon icon--warn")}{t!("claims-count", count = many.len())}</dd>
                <dd class="quiet small">{tr("claims-lead-decides")}</dd>
            }
            .into_any(),
        })
    };
    let published = move || match of.published.get() {
        Some(standing) => view! { <dd>{status(standing.state)}{provisional(standing.provisional)}</dd> }.into_any(),
        None => view! { <dd><span class="quiet">{tr("published-none")}</span></dd> }.into_any(),
    };
    view! {
        <div class="two-status">
            <dl><dt>{tr("claimed-by-lead")}</dt>{claimed}</dl>
            <dl><dt>{tr("published")}</dt>{published}</dl>
        </div>
    }
    .into_any()
}

fn choose(of: StatusOf, tips: Signal<Vec<Tip>>) -> AnyView {
    let (reason, meeting) = (RwSignal::new(String::new()), RwSignal::new(None::<DocId>));
    (move || {
        let tips = tips.get();
        if tips.len() < 2 {
            return ().into_any();
        }
        let all: Vec<EntityId> = tips.iter().map(|tip| tip.claim.id).collect();
        let count = tips.len();
        let shown = of.published.get().map_or_else(
            || tr("claims-both-kept-unpublished"),
            |standing| t!("claims-both-kept", status = word("status", standing.state.word())),
        );
        let cards = tips.into_iter().map(|tip| card(of, tip, all.clone(), reason, meeting)).collect_view();
        let foot = move || {
            of.may_write.get().then(|| {
                view! {
                    {decided_at(meeting)}
                    <div class="claims-foot">
                        <label for="claim-why">{tr("claims-reason")}</label>
                        <input class="input" id="claim-why" placeholder=tr("optional")
                            on:input=move |event| reason.set(page::value_of(&event)) />
                    </div>
                }
            })
        };
        view! {
            <div class="claims" role="group" aria-labelledby="claims-h">
                <div class="claims-head">
                    {icon("claims")}
                    <h3 id="claims-h">{t!("claims-title", count = count)}</h3>
                    <p>{shown}</p>
                </div>
                <div class="claims-pair">{cards}</div>
                {foot}
            </div>
        }
        .into_any()
    })
    .into_any()
}

fn card(
    of: StatusOf,
    tip: Tip,
    all: Vec<EntityId>,
    reason: RwSignal<String>,
    meeting: RwSignal<Option<DocId>>,
) -> AnyView {
    let Tip { claim, status: claimed } = tip;
    let name = claimed.map_or_else(String::new, |claimed| word("status", claimed.word()));
    let id = claim.id;
    let mark = Signal::derive(move || of.marks.with(|marks| marks.get(&id).copied().unwrap_or(Mark::Hub)));
    let told = facts(&claim);
    let keep = move || {
        let (value, evidence, all, name) = (claim.value.clone(), claim.evidence.clone(), all.clone(), name.clone());
        of.may_write.get().then(|| {
            let keep = move |_| {
                commands::claim(
                    of.doc,
                    NewClaim {
                        what: ClaimKind::Status,
                        value: value.clone(),
                        evidence: evidence.clone(),
                        reason: reason.get_untracked(),
                        supersedes: all.clone(),
                        meeting: meeting.get_untracked(),
                    },
                );
                reason.set(String::new());
            };
            view! { <button type="button" class="btn" on:click=keep>{t!("claims-keep", status = name)}</button> }
        })
    };
    view! {
        <div class="claim" data-record=id.to_string() data-sync=super::head::sync_attribute(mark)>
            <p class="claim-value">{claimed.map(status)}{sync_mark(mark, Form::Short)}</p>
            {told}
            {keep}
        </div>
    }
    .into_any()
}

fn facts(claim: &Claim) -> AnyView {
    let parties = use_parties();
    let party = claim.origin.party.clone();
    let by = party.map(|code| {
        view! {
            <dt>{tr("by")}</dt>
            <dd>{move || parties.with(|parties| parties.name(&code))}</dd>
        }
    });
    let line = |key: &str, text: &str| {
        (!text.is_empty()).then(|| view! { <dt>{tr(key)}</dt><dd>{text.to_owned()}</dd> }.into_any())
    };
    view! {
        <dl class="facts">
            {by}
            <dt>{tr("when")}</dt>
            <dd>{format::moment(claim.origin.millis)}</dd>
            {line("field-evidence", &claim.evidence)}
            {line("reason", &claim.reason)}
        </dl>
    }
    .into_any()
}

/// The select that claims. Steps that must say why ask first; the others claim at once.
fn field(of: StatusOf, tips: Signal<Vec<Tip>>) -> AnyView {
    let evidence = RwSignal::new(String::new());
    let asking = RwSignal::new(false);
    let wanted = RwSignal::new(None::<ProjectStatus>);
    let reason = RwSignal::new(String::new());
    let meeting = RwSignal::new(None::<DocId>);
    // Counts up when a choice is given back, so that the select shows again what stands.
    let given_back = RwSignal::new(0_u32);

    let current = Signal::derive(move || {
        tips.with(|tips| match tips.as_slice() {
            [one] => one.status,
            _ => None,
        })
    });
    let claim = Callback::new(move |to: ProjectStatus| {
        commands::claim(
            of.doc,
            NewClaim {
                what: ClaimKind::Status,
                value: Value::from(to.word()),
                evidence: evidence.get_untracked(),
                reason: reason.get_untracked(),
                supersedes: tips.with_untracked(|tips| tips.iter().map(|tip| tip.claim.id).collect()),
                meeting: meeting.get_untracked(),
            },
        );
        evidence.set(String::new());
        reason.set(String::new());
        meeting.set(None);
    });
    let choose = Callback::new(move |to: ProjectStatus| {
        if current.get_untracked().is_some_and(|from| from.needs_reason(to)) {
            wanted.set(Some(to));
            asking.set(true);
        } else {
            claim.run(to);
        }
    });
    let mark = Signal::derive(move || {
        let id = tips.with(|tips| tips.first().map(|tip| tip.claim.id));
        id.and_then(|id| of.marks.with(|marks| marks.get(&id).copied())).unwrap_or(Mark::Hub)
    });
    let control = move || {
        given_back.track();
        let may_write = of.may_write.get();
        let two = tips.with(|tips| tips.len() > 1);
        let now = current.get();
        let mut offered = of.next.get();
        offered.retain(|status| Some(*status) != now);
        view! {
            <div class="field">
                <label for="f-status">{tr("field-status")}</label>
                <div class="field-in">
                    {select(two, may_write, now, offered, choose)}
                    <p class="hint" id="f-status-hint" hidden=!may_write>{tr(if two { "status-choose-first" } else { "status-hint" })}</p>
                </div>
                <div class="field-mark">{now.map(|_| sync_mark(mark, Form::Long))}</div>
            </div>
            <div class="field" hidden=!may_write>
                <label for="f-evidence">{tr("field-evidence")}</label>
                <div class="field-in">
                    <input class="input" id="f-evidence" aria-describedby="f-evidence-hint"
                        prop:value=move || evidence.get()
                        on:input=move |event| evidence.set(page::value_of(&event)) />
                    <p class="hint" id="f-evidence-hint">{tr("evidence-hint")}</p>
                </div>
                <div class="field-mark"></div>
            </div>
        }
        .into_any()
    };
    Effect::new(move |was: Option<bool>| {
        let open = asking.get();
        if was == Some(true) && !open {
            given_back.update(|count| *count += 1);
        }
        open
    });
    let at = move || of.may_write.get().then(|| decided_at(meeting));
    view! { {control}{at}{why(asking, wanted, reason, claim)} }.into_any()
}

fn select(
    two: bool,
    may_write: bool,
    now: Option<ProjectStatus>,
    offered: Vec<ProjectStatus>,
    choose: Callback<ProjectStatus>,
) -> AnyView {
    let option = |status: ProjectStatus, selected: bool| {
        view! { <option value=status.word() prop:selected=selected>{word("status", status.word())}</option> }.into_any()
    };
    let first = match now {
        Some(now) => option(now, true),
        None => {
            let key = if two { "status-two" } else { "not-set" };
            view! { <option value="" prop:selected=true>{tr(key)}</option> }.into_any()
        }
    };
    let rest = offered.into_iter().map(|status| option(status, false)).collect_view();
    view! {
        <span class="select w-m" data-readonly=(!may_write).then_some("")>
            <select id="f-status" disabled=two || !may_write aria-describedby="f-status-hint" on:change=move |event| {
                if let Ok(status) = page::value_of(&event).parse() {
                    choose.run(status);
                }
            }>
                {first}
                {rest}
            </select>
            {icon("down")}
        </span>
    }
    .into_any()
}

fn why(
    asking: RwSignal<bool>,
    wanted: RwSignal<Option<ProjectStatus>>,
    reason: RwSignal<String>,
    claim: Callback<ProjectStatus>,
) -> AnyView {
    let name = move || wanted.get().map_or_else(String::new, |status| word("status", status.word()));
    let title = Signal::derive(move || t!("why-title", status = name()));
    dialog(asking, title, move || {
        let go = move |_| {
            if let Some(to) = wanted.get_untracked().filter(|_| !reason.with_untracked(|text| text.trim().is_empty())) {
                claim.run(to);
                asking.set(false);
            }
        };
        view! {
            <label class="label" for="why-reason">{tr("reason")}</label>
            <input class="input" id="why-reason" prop:value=move || reason.get()
                on:input=move |event| reason.set(page::value_of(&event)) />
            <p class="hint">{tr("why-hint")}</p>
            <div class="btnrow">
                <button type="button" class="btn btn--quiet" on:click=move |_| asking.set(false)>{tr("cancel")}</button>
                <button type="button" class="btn btn--main"
                    disabled=move || reason.with(|text| text.trim().is_empty()) on:click=go>
                    {move || t!("claim-it", status = name())}
                </button>
            </div>
        }
        .into_any()
    })
}
