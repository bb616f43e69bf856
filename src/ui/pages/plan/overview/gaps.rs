//! What a plan in the making lacks: areas without a project, projects without lead, dates or area, and titles so alike that they
//! may be one idea. Every line leads to its rows; the Secretariat asks from here whether two should be one.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, PartyCode, Role,
        tally::{Count, gaps},
    },
    engine::api::{Command, ProjectRow},
    ui::{
        components::{ask, dialog::dialog, marks::who},
        i18n::{t, tr},
        logic::table::{Area, Shown},
        pages::plan::{OnePlan, tabs::Tab},
        platform::clock,
        state::{commands, views::use_shell},
    },
};

use super::{Numbers, figures::figure};

/// A project as one of two that are alike.
#[derive(Debug, Clone, PartialEq)]
struct Twin {
    doc: DocId,
    title: String,
    leads: Vec<PartyCode>,
}

type Pair = (Twin, Twin);

/// The section; nothing once the plan is adopted.
pub(super) fn gaps(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let drafting = plan.live.part(|view| !view.card.state.state.adopted());
    let plan = plan.clone();
    (move || drafting.get().then(|| section(&plan, numbers))).into_any()
}

fn section(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let pairs = pairs(plan, numbers);
    let asked = RwSignal::new(None::<Pair>);
    view! {
        <section class="section" aria-labelledby="h-gaps">
            <div class="section-head"><h2 id="h-gaps">{tr("gaps")}</h2><p>{tr("gaps-note")}</p></div>
            <div class="stack-s">
                {counted(plan, numbers)}
                {areas(plan, numbers)}
                {alike(pairs, asked)}
            </div>
        </section>
        {suggestion(asked)}
    }
    .into_any()
}

/// Projects that lack something, as numbers.
fn counted(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let table = plan.table.clone();
    let shown = move || Shown { lead: numbers.lead(), ..Shown::default() };
    let lacking = Memo::new(move |_| {
        let shown = shown();
        table.read(|rows| {
            let rows = || rows.iter().filter(|row| shown.takes(row));
            let of = |count: &Count| rows().filter(|row| count.takes(&row.item(), numbers.today)).count();
            let areas = rows().filter(|row| row.area.is_none() && row.item().class().is_some()).count();
            [of(&Count::NoLead), of(&Count::NoTimeline), of(&Count::Funding(None)), areas]
                .map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        })
    });
    let list = move || {
        let [leads, dates, funding, areas] = lacking.get();
        let one = |key: &str, number: u32, count: Count| {
            let name = tr(key);
            figure(name.clone(), numbers.link(number, &name, vec![count], |_| {}), None)
        };
        let name = tr("gaps-no-area");
        let none = |shown: &mut Shown| shown.area = Some(Area::None);
        let no_area = figure(name.clone(), numbers.link(areas, &name, vec![Count::All], none), None);
        view! {
            <dl class="figures figures--warn" aria-label=tr("gaps")>
                {one("gaps-no-lead", leads, Count::NoLead)}
                {one("gaps-no-dates", dates, Count::NoTimeline)}
                {one("gaps-no-funding", funding, Count::Funding(None))}
                {no_area}
            </dl>
        }
    };
    list.into_any()
}

/// Areas of the plan in which nothing is proposed.
fn areas(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let all = plan.areas;
    (move || {
        let known = all.get();
        let empty = numbers.tally.with(|tally| gaps::empty(known.iter().map(|(id, ..)| *id), tally));
        let line = |(id, code, title): &(_, String, String)| {
            let id = *id;
            let shown = Shown { lead: numbers.lead(), area: Some(Area::Of(id)), ..Shown::default() };
            let address = numbers.view.address(Tab::Table, &shown);
            view! { <li><a href=address>{format!("{code} {title}").trim().to_owned()}</a></li> }.into_any()
        };
        let lines: Vec<_> = known.iter().filter(|(id, ..)| empty.contains(id)).map(line).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <h3 class="gaps-h">{t!("gaps-areas", count = lines.len())}</h3>
                <ul class="sheet rows gaps-list" aria-label=tr("gaps-areas-list")>{lines}</ul>
            }
        })
    })
    .into_any()
}

fn pairs(plan: &OnePlan, numbers: Numbers) -> Memo<Vec<Pair>> {
    let table = plan.table.clone();
    Memo::new(move |_| {
        let lead = numbers.lead();
        table.read(|rows| {
            let rows: Vec<_> = rows.iter().filter(|row| gaps::compared(&row.item())).collect();
            let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
            let twin = |row: &ProjectRow| Twin { doc: row.doc, title: row.title.clone(), leads: row.leads.clone() };
            let of_lead =
                |(a, b): &Pair| lead.as_ref().is_none_or(|lead| a.leads.contains(lead) || b.leads.contains(lead));
            let pairs = gaps::alike(&titles).into_iter().map(|(a, b)| (twin(rows[a]), twin(rows[b])));
            pairs.filter(of_lead).collect::<Vec<_>>()
        })
    })
}

/// Pairs of titles that are alike.
fn alike(pairs: Memo<Vec<Pair>>, asked: RwSignal<Option<Pair>>) -> AnyView {
    let shell = use_shell();
    let may = shell.part(|shell| shell.me.as_ref().is_some_and(|me| me.role == Role::Secretariat));
    let one = move |pair: Pair| {
        let link = |twin: &Twin| {
            let leads = twin.leads.iter().map(who).collect_view();
            view! { <span class="gaps-twin"><a href=format!("/projects/{}", twin.doc)>{twin.title.clone()}</a>" "{leads}</span> }
                .into_any()
        };
        let (a, b) = (link(&pair.0), link(&pair.1));
        let label = t!("merge-suggest-for", first = pair.0.title.as_str(), second = pair.1.title.as_str());
        let act = move || {
            let (pair, label) = (pair.clone(), label.clone());
            may.get().then(|| {
                view! {
                    <button type="button" class="btn btn--small" aria-label=label
                        on:click=move |_| asked.set(Some(pair.clone()))>{tr("merge-suggest")}</button>
                }
            })
        };
        view! { <li class="gaps-pair"><span>{a}{b}</span>{act}</li> }.into_any()
    };
    (move || {
        let pairs = pairs.get();
        (!pairs.is_empty()).then(|| {
            let count = pairs.len();
            view! {
                <h3 class="gaps-h">{t!("gaps-alike", count = count)}</h3>
                <ul class="sheet rows gaps-list" aria-label=tr("gaps-alike-list")>
                    {pairs.into_iter().map(one).collect_view()}
                </ul>
            }
        })
    })
    .into_any()
}

/// The question whether two should be one, asked of both leads.
fn suggestion(asked: RwSignal<Option<Pair>>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            asked.set(None);
        }
        is
    });
    dialog(open, Signal::stored(tr("merge-suggest")), move || {
        let Some((a, b)) = asked.get_untracked() else { return ().into_any() };
        let docs = [a.doc, b.doc];
        let choices = Signal::stored([a, b].map(|twin| (twin.doc.to_string(), twin.title)).to_vec());
        let stays = RwSignal::new(docs[0].to_string());
        let text = RwSignal::new(tr("merge-question"));
        let ready = Signal::derive(move || text.with(|text| !text.trim().is_empty()));
        let go = Callback::new(move |()| {
            let first = stays.get_untracked() == docs[0].to_string();
            let (into, project) = if first { (docs[0], docs[1]) } else { (docs[1], docs[0]) };
            let (questions, text) = ([clock::entity(), clock::entity()], text.get_untracked());
            commands::send(Command::SuggestMerge { project, into, questions, text }, move |_| open.set(false));
        });
        view! {
            <div class="stack-s">
                {ask::choose("merge-stays", choices, stays)}
                {ask::line("merge-text", text, None, false)}
                <p class="hint">{tr("merge-hint")}</p>
            </div>
            {ask::acts(open, Signal::stored(tr("merge-ask")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
