//! Versions of a plan: any two are compared, and the plan as it is now can be given a name.

use leptos::prelude::*;

use crate::{
    domain::{
        Act, Date, DocId, Edit, EntityId, When,
        baseline::Line,
        plan::{PlanState, VERSION_NAME_MAX},
        project::Fate,
    },
    engine::api::{PlanVersionView, PlanView, Query, Version},
    ui::{
        components::{ask, dialog::dialog, field::next_id},
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::{clock, page},
        state::{
            commands,
            views::{Live, use_view},
        },
    },
};

use super::{OnePlan, slip};

const TODAY: &str = "today";
const DAY: &str = "day";

/// Where the lines of a version come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The table on this page.
    Table,
    /// The engine.
    Engine(Version),
    /// No day is chosen.
    Nowhere,
}

/// The lines of a version, as far as they are here.
#[derive(Debug, Clone, PartialEq)]
enum Told {
    Unset,
    Coming,
    Never,
    Lines(Vec<Line>, u32),
}

/// One of the two choices: a word of the list, and a day where the word is that.
#[derive(Clone, Copy)]
struct Choice {
    word: RwSignal<String>,
    day: RwSignal<String>,
}

impl Choice {
    fn new(word: String) -> Self {
        let day = clock::today().minus_months(1);
        Self { word: RwSignal::new(word), day: RwSignal::new(When::Day(day).to_string()) }
    }

    fn source(self, view: &PlanView) -> Source {
        let word = self.word.get();
        let id = |word: &str| word.parse::<EntityId>().ok();
        if word == DAY {
            let day = self.day.with(|day| day.parse::<Date>().ok());
            return day.map_or(Source::Nowhere, |day| Source::Engine(Version::Until(clock::end_of(day))));
        }
        if let Some(act) = word.strip_prefix("step-").and_then(id) {
            return Source::Engine(Version::Step(act));
        }
        let named = word.strip_prefix("named-").and_then(id);
        let named = named.and_then(|act| view.named.iter().find(|named| named.act == act));
        // What waits for the hub is named as it will be: as it is now.
        named.and_then(|named| named.at).map_or(Source::Table, |at| Source::Engine(Version::Until(at)))
    }
}

/// The section: two choices, what differs between them, and giving a name.
pub(super) fn versions(plan: &OnePlan) -> AnyView {
    let live = plan.live;
    let first = live.peek(usual).unwrap_or_else(|| DAY.to_owned());
    let (before, after) = (Choice::new(first), Choice::new(TODAY.to_owned()));
    let (old, new) = (told(plan, before), told(plan, after));
    let areas = plan.areas;
    let totals = move || match (old.get(), new.get()) {
        (Told::Lines(old, _), Told::Lines(new, _)) => t!("slip-totals", before = old.len(), after = new.len()),
        (Told::Unset | Told::Coming | Told::Never | Told::Lines(..), _) => String::new(),
    };
    let shown = move || match (old.get(), new.get()) {
        (Told::Unset, _) | (_, Told::Unset) => view! { <p class="quiet">{tr("slip-unset")}</p> }.into_any(),
        (Told::Coming, _) | (_, Told::Coming) => view! { <p class="quiet">{tr("slip-coming")}</p> }.into_any(),
        (Told::Never, _) | (_, Told::Never) => view! { <p class="quiet">{tr("slip-none")}</p> }.into_any(),
        (Told::Lines(old, missing), Told::Lines(new, lacking)) => {
            let missing = missing.max(lacking);
            let note = (missing > 0).then(|| view! { <p class="quiet">{t!("slip-missing", count = missing)}</p> });
            view! { {note}{slip::difference(&old, &new, areas)} }.into_any()
        }
    };
    view! {
        <section class="section" aria-labelledby="h-slip">
            <div class="section-head"><h2 id="h-slip">{tr("slip-title")}</h2><p>{totals}</p></div>
            <div class="sheet life-sheet stack-s">
                <div class="versions-pick">
                    {choose("version-before", before, live)}
                    {choose("version-after", after, live)}
                </div>
                <div class="stack-s" aria-live="polite">{shown}</div>
                {name(plan.doc, live)}
            </div>
        </section>
    }
    .into_any()
}

/// What is compared first: the adoption, or else the latest that was frozen or named.
fn usual(view: &PlanView) -> String {
    let mut frozen = view.life.iter().filter(|step| step.frozen.is_some());
    let adopted = frozen.clone().find(|step| step.stands && step.to == PlanState::HcsAdopted);
    match (adopted.or_else(|| frozen.next_back()), view.named.last()) {
        (Some(step), _) => format!("step-{}", step.act),
        (None, Some(named)) => format!("named-{}", named.act),
        (None, None) => DAY.to_owned(),
    }
}

/// The versions there are: word and name each.
fn offered(view: &PlanView) -> Vec<(String, String)> {
    let steps = view.life.iter().filter(|step| step.frozen.is_some()).map(|step| {
        let on = step.on.map_or_else(|| format::moment(step.at), format::short);
        (format!("step-{}", step.act), format!("{}, {on}", word("plan-state", step.to.word())))
    });
    let named = view.named.iter().map(|named| {
        let at = named.at.map_or_else(|| tr("version-waiting"), format::moment);
        (format!("named-{}", named.act), format!("{}, {at}", named.name))
    });
    let fixed = |word: &str, key: &str| std::iter::once((word.to_owned(), tr(key)));
    fixed(TODAY, "version-today").chain(steps).chain(named).chain(fixed(DAY, "version-day")).collect()
}

fn choose(label: &'static str, choice: Choice, live: Live<PlanView>) -> AnyView {
    let day = move || {
        choice.word.with(|word| word == DAY).then(|| {
            let id = next_id();
            let hint = format!("{id}-hint");
            view! {
                <div class="ask">
                    <label class="label" for=id.clone()>{tr("version-day-which")}</label>
                    <input class="input" type="date" id=id aria-describedby=hint.clone()
                        prop:value=move || choice.day.get()
                        on:change=move |event| choice.day.set(page::value_of(&event)) />
                    <p class="hint" id=hint>{tr("version-day-hint")}</p>
                </div>
            }
        })
    };
    view! { <div class="stack-s">{ask::choose(label, live.part(offered), choice.word)}{day}</div> }.into_any()
}

/// The lines of what is chosen. The engine is asked for as long as they are shown.
fn told(plan: &OnePlan, choice: Choice) -> Signal<Told> {
    let (doc, live, table) = (plan.doc, plan.live, plan.table.clone());
    let source = Memo::new(move |_| live.get(|view| choice.source(view)).unwrap_or(Source::Nowhere));
    let asked = RwSignal::new(None::<(Source, Live<PlanVersionView>)>);
    Effect::new(move |_| {
        let source = source.get();
        asked.set(match source {
            Source::Engine(version) => Some((source, use_view(Query::PlanVersion { doc, version }))),
            Source::Table | Source::Nowhere => None,
        });
    });
    Memo::new(move |_| match source.get() {
        Source::Nowhere => Told::Unset,
        Source::Table => table.read(|rows| {
            let lines = rows.iter().filter(|row| row.fate() != Fate::Out).map(|row| row.line());
            Told::Lines(lines.collect(), 0)
        }),
        wanted @ Source::Engine(_) => {
            let answered = asked.get().filter(|(asked, _)| *asked == wanted);
            let answer = answered.and_then(|(_, live)| live.get(|view| (view.lines.clone(), view.missing)));
            match answer {
                None => Told::Coming,
                Some((None, _)) => Told::Never,
                Some((Some(lines), missing)) => Told::Lines(lines, missing),
            }
        }
    })
    .into()
}

/// Gives the plan as it is now a name.
fn name(doc: DocId, live: Live<PlanView>) -> AnyView {
    let may = live.part(|view| view.may_write);
    let open = RwSignal::new(false);
    let asks = dialog(open, Signal::stored(tr("version-name")), move || {
        let name = RwSignal::new(String::new());
        let told = move |name: &String| (1..=VERSION_NAME_MAX).contains(&name.trim().chars().count());
        let ready = Signal::derive(move || name.with(told));
        let go = Callback::new(move |()| {
            let act = Act::NameVersion(name.get_untracked().trim().to_owned());
            let reason = String::new();
            commands::edit(doc, Edit::Act { id: clock::entity(), act, target: None, term: None, reason });
            open.set(false);
        });
        view! {
            <div class="stack-s">{ask::line("version-name-label", name, Some("version-name-hint"), true)}</div>
            {ask::acts(open, Signal::stored(tr("version-name-act")), "btn btn--main", ready, go)}
        }
        .into_any()
    });
    let button = move || {
        may.get().then(|| {
            view! {
                <div class="btnrow">
                    <button type="button" class="btn" on:click=move |_| open.set(true)>{tr("version-name")}</button>
                </div>
            }
        })
    };
    view! { {button}{asks} }.into_any()
}
