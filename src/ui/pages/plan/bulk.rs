//! One change of many rows. Beforehand it says for how many it will be done, and for how many not and why.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;

use crate::{
    domain::{Act, At, ClaimKind, DocId, Edit, EntityId, Role, Value, project::ProjectStatus},
    engine::api::{Command, ProjectRow, Query, Refusal, ShellView},
    ui::{
        components::{ask, dialog::dialog, icon::icon},
        i18n::{format::word, t, tr},
        logic::table::bulk::{self, Prospect},
        platform::clock,
        state::{commands, table::Line, toasts, views::use_view},
    },
};

use super::{
    clip,
    grid::{Ask, Grid},
};

/// What may be done with the chosen rows; nothing while none are.
pub(super) fn bar(of: Grid) -> AnyView {
    let shell = use_view::<ShellView>(Query::Shell);
    let publishes = shell.part(|shell| shell.me.as_ref().is_some_and(|me| me.role == Role::Secretariat));
    let count = Memo::new(move |_| of.selection.with(|selection| selection.len()));
    let any = Memo::new(move |_| count.get() > 0);
    let act = move |key: &'static str, ask: fn(Vec<DocId>) -> Ask| {
        let open = move |_| of.asking.set(Some(ask(of.chosen())));
        view! { <button type="button" class="btn btn--small" on:click=open>{tr(key)}</button> }.into_any()
    };
    let clear = move |_| {
        of.selection.update(|selection| selection.clear());
        of.focus();
    };
    view! {
        <p class="vh" role="status">{move || any.get().then(|| t!("picked", count = count.get()))}</p>
        {move || any.get().then(|| view! {
            <div class="picked" role="group" aria-label=tr("picked-acts")>
                <b aria-hidden="true">{move || t!("picked", count = count.get())}</b>
                <button type="button" class="btn btn--small" on:click=move |_| clip::copy(of)>{tr("copy-rows")}</button>
                {act("bulk-claim", Ask::Claim)}
                {act("bulk-area", Ask::Area)}
                {move || publishes.get().then(|| act("bulk-publish", Ask::Publish))}
                <button type="button" class="btn btn--small btn--quiet push" on:click=clear>
                    {icon("x")}
                    {tr("pick-none")}
                </button>
            </div>
        })}
    }
    .into_any()
}

/// The dialog of what is asked.
pub(super) fn asked(of: Grid) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(of.asking.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            of.asking.set(None);
            // After the dialog has given it back to what opened it.
            request_animation_frame(move || of.focus());
        }
        is
    });
    let title = Signal::derive(move || {
        of.asking.with(|asking| {
            let (key, count) = match asking {
                Some(Ask::Claim(docs)) => ("bulk-claim-title", docs.len()),
                Some(Ask::Area(docs)) => ("bulk-area-title", docs.len()),
                Some(Ask::Publish(docs)) => ("bulk-publish-title", docs.len()),
                None => return String::new(),
            };
            t!(key, count = count)
        })
    });
    dialog(open, title, move || of.asking.get_untracked().map(|asking| body(of, open, &asking)).into_any())
}

fn rows(of: Grid, docs: &[DocId]) -> Vec<Line> {
    docs.iter().filter_map(|doc| of.row(*doc)).collect()
}

fn body(of: Grid, open: RwSignal<bool>, asking: &Ask) -> AnyView {
    let (choices, label) = choices(of, asking);
    let value = RwSignal::new(choices.first().map(|(word, _)| word.clone()).unwrap_or_default());
    let reason = RwSignal::new(String::new());
    let asking = StoredValue::new(asking.clone());
    let prospect = Memo::new(move |_| asking.with_value(|asking| value.with(|word| prospect(of, asking, word))));
    let needs = Memo::new(move |_| prospect.with(|prospect| prospect.reason));
    let will = Memo::new(move |_| prospect.with(|prospect| prospect.will.len()));
    let ready =
        Signal::derive(move || will.get() > 0 && (!needs.get() || reason.with(|reason| !reason.trim().is_empty())));
    let go = Callback::new(move |()| {
        let docs = prospect.with_untracked(|prospect| prospect.will.clone());
        let why = reason.get_untracked().trim().to_owned();
        let list = asking.with_value(|asking| value.with_untracked(|word| commands_of(of, asking, &docs, word, &why)));
        send(list);
        open.set(false);
    });
    let act = Signal::derive(move || t!("bulk-do", count = will.get()));
    view! {
        <div class="stack-s">
            {ask::choose(label, Signal::stored(choices), value)}
            {move || needs.get().then(|| ask::line("reason", reason, Some("why-hint"), false))}
            <div role="status">{move || prospect.with(told)}</div>
        </div>
        {ask::acts(open, act, "btn btn--main", ready, go)}
    }
    .into_any()
}

fn told(prospect: &Prospect) -> AnyView {
    let wont = prospect.wont.len();
    let reasons = prospect
        .reasons()
        .into_iter()
        .map(|(why, count)| view! { <li>{t!(&format!("left-{}", why.word()), count = count)}</li> }.into_any())
        .collect_view();
    view! {
        <p>{t!("bulk-will", count = prospect.will.len())}</p>
        {(wont > 0).then(|| view! { <p>{t!("bulk-wont", count = wont)}</p><ul class="left-out">{reasons}</ul> })}
    }
    .into_any()
}

fn choices(of: Grid, asking: &Ask) -> (Vec<(String, String)>, &'static str) {
    let named = |status: &ProjectStatus| (status.word().to_owned(), word("status", status.word()));
    match asking {
        Ask::Claim(docs) => {
            let plan = docs.first().and_then(|doc| of.plan_of(*doc));
            let next = plan.and_then(|plan| plan.live.peek(|view| view.next_plan.is_some())).unwrap_or_default();
            let rows = rows(of, docs);
            // Into what something is merged is asked for each by itself. What none of them may claim is not offered.
            let offered = |status: &&ProjectStatus| {
                let elsewhere = **status == ProjectStatus::Merged || (**status == ProjectStatus::CarriedOver && !next);
                !elsewhere && rows.iter().any(|row| bulk::may_claim(row, **status).is_ok())
            };
            (ProjectStatus::ALL.iter().filter(offered).map(named).collect(), "field-status")
        }
        Ask::Area(docs) => {
            let areas = docs.first().and_then(|doc| of.plan_of(*doc)).map(|plan| plan.areas.get_untracked());
            let areas = areas.unwrap_or_default().into_iter();
            let named = areas.map(|(id, code, title)| (id.to_string(), format!("{code} {title}").trim().to_owned()));
            (named.chain([(String::new(), tr("area-none"))]).collect(), "field-area")
        }
        Ask::Publish(_) => (ProjectStatus::ALL.iter().map(named).collect(), "published-label"),
    }
}

fn prospect(of: Grid, asking: &Ask, word: &str) -> Prospect {
    let status = word.parse::<ProjectStatus>().ok();
    match (asking, status) {
        (Ask::Claim(docs), Some(to)) => bulk::claim(rows(of, docs).iter().map(|row| &**row), to),
        (Ask::Publish(docs), Some(to)) => bulk::publish(rows(of, docs).iter().map(|row| &**row), to),
        (Ask::Area(docs), _) => bulk::area(rows(of, docs).iter().map(|row| &**row), word.parse().ok()),
        (Ask::Claim(docs) | Ask::Publish(docs), None) => {
            Prospect { wont: docs.iter().map(|doc| (*doc, bulk::Why::NotClaimable)).collect(), ..Prospect::default() }
        }
    }
}

fn commands_of(of: Grid, asking: &Ask, docs: &[DocId], word: &str, reason: &str) -> Vec<Command> {
    let status = word.parse::<ProjectStatus>().ok();
    let one = |row: &Line| match asking {
        Ask::Claim(_) => claim(of, row, status?, reason),
        Ask::Area(_) => {
            let str = |area: Option<EntityId>| area.map_or(Value::Empty, |area| Value::Str(area.to_string()));
            let (value, seen) = (str(word.parse().ok()), vec![str(row.area)]);
            Some(Command::Edit { doc: row.doc, edit: Edit::Set { at: At::root("area"), value, seen } })
        }
        Ask::Publish(_) => {
            let target = Some(EntityId::from_bytes(row.doc.to_bytes()));
            let act = Act::PublishStatus(status?);
            let edit = Edit::Act { id: clock::entity(), act, target, term: None, reason: String::new() };
            Some(Command::Edit { doc: row.plan, edit })
        }
    };
    docs.iter().filter_map(|doc| of.row(*doc)).filter_map(|row| one(&row)).collect()
}

/// The claim of a status in the place of those that stand in a row.
pub(super) fn claim(of: Grid, row: &ProjectRow, to: ProjectStatus, reason: &str) -> Option<Command> {
    if to == ProjectStatus::CarriedOver {
        let plan = of.plan_of(row.doc)?.live.peek(|view| view.next_plan.as_ref().map(|(doc, _)| *doc)).flatten()?;
        return Some(Command::CarryOver { project: row.doc, plan, reason: reason.to_owned() });
    }
    let edit = Edit::Claim {
        id: clock::entity(),
        what: ClaimKind::Status,
        value: Value::from(to.word()),
        as_of: None,
        evidence: String::new(),
        reason: reason.to_owned(),
        supersedes: row.wide.status_claims.clone(),
    };
    Some(Command::Edit { doc: row.doc, edit })
}

/// Sends commands, and says how many were done when all are answered. A refusal is told once, with how many there were.
pub(super) fn send(list: Vec<Command>) {
    let (all, done, open) = (list.len(), Rc::new(Cell::new(0_usize)), Rc::new(Cell::new(list.len())));
    let refused: Rc<Cell<Option<Refusal>>> = Rc::default();
    // They are undone together.
    let of = clock::entity();
    let parts = list.into_iter().map(|command| match command {
        Command::Edit { doc, edit } if all > 1 => Command::Part { of, doc, edit },
        command => command,
    });
    for command in parts {
        let (done, open, refused) = (done.clone(), open.clone(), refused.clone());
        commands::ask(command, move |result| {
            match result {
                Ok(_) => done.set(done.get() + 1),
                Err(why) => refused.set(Some(why)),
            }
            open.set(open.get() - 1);
            if open.get() > 0 {
                return;
            }
            toasts::say(t!("bulk-done", count = done.get()));
            if let Some(why) = refused.take() {
                toasts::say(t!("bulk-refused", count = all - done.get()));
                toasts::refused(&why);
            }
        });
    }
}
