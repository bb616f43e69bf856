//! Days proposed for the meeting while its date is not fixed: what every delegation says of them, one's own answer, and for who is
//! in the chair the way from them to a fixed date.

use leptos::prelude::*;

use crate::{
    domain::{
        At, DocKind, Edit, EntityId, PartyCode, Value, When,
        meeting::{
            MeetingState,
            options::{Answer, Days, PROPOSED, Says, WHY},
        },
    },
    engine::api::{Command, DateAnswer, DateOption, Mark},
    ui::{
        components::{
            ask,
            dialog::dialog,
            field::{Field, Subject},
            icon::icon,
            marks::{Form, sync_mark, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::when,
        platform::{grid, page},
        state::commands,
    },
};

use super::{super::Here, Change};

/// How proposed days are called: as they stand where they cannot be read.
fn named(option: &DateOption) -> String {
    option.days.map_or_else(|| option.text.clone(), told)
}

fn told(days: Days) -> String {
    let (first, last) = (format::date(When::Day(days.first)), format::date(When::Day(days.last)));
    if days.first == days.last { first } else { t!("date-span", from = first, to = last) }
}

/// The section, while the date is open: where days are proposed, or may be by me.
pub fn options(here: Here, change: Change) -> AnyView {
    let wanted = here.live.part(|view| {
        let state = view.row.state.map_or(MeetingState::Proposed, |standing| standing.state);
        let open = matches!(state, MeetingState::Proposed | MeetingState::Postponed);
        open && (view.may_fix || !view.dates.options.is_empty())
    });
    let ids = here.live.part(|view| view.dates.options.iter().map(|option| option.id).collect::<Vec<_>>());
    let none = Memo::new(move |_| ids.with(Vec::is_empty));
    let proposing = RwSignal::new(false);
    Effect::new(move |before: Option<bool>| {
        let wanted = wanted.get();
        if before == Some(true) && !wanted {
            proposing.set(false);
            // Whoever fixed the date was in the section, which is gone.
            request_animation_frame(lead_back);
        }
        wanted
    });
    let table = move || {
        if none.get() {
            return view! { <p class="hint">{tr("options-none")}</p> }.into_any();
        }
        view! {
            <p class="hint">{tr("options-hint")}</p>
            <div class="tablewrap">
                <table class="data date-options" role="table" aria-labelledby="h-options">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{tr("options-days")}</th>
                            <th role="columnheader" scope="col">{tr("options-said")}</th>
                            <th role="columnheader" scope="col">{tr("options-own")}</th>
                            <th role="columnheader" scope="col"><span class="vh">{tr("options-act")}</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || ids.get() key=|id| *id let:id>{line(here, change, id)}</For>
                    </tbody>
                </table>
            </div>
        }
        .into_any()
    };
    (move || {
        if !wanted.get() {
            return ().into_any();
        }
        view! {
            <section class="section date-section" aria-labelledby="h-options">
                <div class="section-head">
                    <h2 id="h-options" tabindex="-1">{tr("options-title")}</h2>
                    {propose(here, proposing)}
                </div>
                {table}
            </section>
            {dialog(proposing, Signal::stored(tr("options-propose")), move || ask_days(here, proposing))}
        }
        .into_any()
    })
    .into_any()
}

/// Gives the focus to what is left of the section or the page, where what had it is gone.
fn lead_back() {
    if grid::focus_lost() {
        page::focus_first("#h-options, main h1");
    }
}

fn propose(here: Here, open: RwSignal<bool>) -> AnyView {
    let may = here.live.part(|view| view.may_fix && view.may_write);
    (move || {
        may.get().then(|| {
            view! { <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>{icon("plus")}{tr("options-propose")}</button> }
        })
    })
    .into_any()
}

fn ask_days(here: Here, open: RwSignal<bool>) -> AnyView {
    let (first, last) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<&'static str>);
    let go = Callback::new(move |()| {
        let months = format::months();
        let read = |typed: RwSignal<String>| match when::read(typed.get_untracked().trim(), &months) {
            Some(When::Day(day)) => Some(day),
            _ => None,
        };
        let Some(from) = read(first) else { return wrong.set(Some("options-no-day")) };
        let to = if last.with_untracked(|typed| typed.trim().is_empty()) { Some(from) } else { read(last) };
        let Some(to) = to else { return wrong.set(Some("options-no-day")) };
        let Some(days) = Days::new(from, to) else { return wrong.set(Some("dates-backwards")) };
        let known = here.live.peek(|view| view.dates.options.iter().any(|option| option.days == Some(days)));
        if known == Some(true) {
            return wrong.set(Some("options-known"));
        }
        write(here, days.of(here.doc), Value::from(days.to_string().as_str()));
        open.set(false);
    });
    let error = move || wrong.get().map(|key| view! { <p class="error" role="alert">{icon("warn")}{tr(key)}</p> });
    view! {
        <div class="stack-s">
            <div class="ask-2">
                {ask::line("meeting-field-start", first, Some("options-day-hint"), true)}
                {ask::line("meeting-field-end", last, None, false)}
            </div>
            {error}
        </div>
        {ask::acts(open, Signal::stored(tr("options-propose")), "btn btn--main", Signal::stored(true), go)}
    }
    .into_any()
}

/// Proposes, or takes back.
fn write(here: Here, id: EntityId, value: Value) {
    let field = format!("{PROPOSED}:{id}");
    let seen = here.live.peek(|view| view.snapshot.root.fields.get(&field).cloned()).flatten();
    let seen = seen.map(|held| std::iter::once(held.value).chain(held.others).collect()).unwrap_or_default();
    commands::edit(here.doc, Edit::Set { at: At::root(&field), value, seen });
}

fn line(here: Here, change: Change, id: EntityId) -> AnyView {
    let option = here.live.part(move |view| view.dates.options.iter().find(|option| option.id == id).cloned());
    let days = move || option.with(|option| option.as_ref().map(named));
    let expected = here.live.part(|view| view.delegations.rows.iter().map(|row| row.party.clone()).collect::<Vec<_>>());
    let said = move || option.with(|option| option.as_ref().map(|option| expected.with(|all| answers(option, all))));
    let may_fix = here.live.part(|view| view.may_fix);
    let may_write = here.may_write();
    let acts = move || {
        let named = days().unwrap_or_default();
        let days = option.with(|option| option.as_ref().and_then(|option| option.days));
        let fix = days.filter(|_| may_fix.get()).map(|days| {
            let label = t!("options-fix-these", days = named.as_str());
            view! {
                <button type="button" class="btn btn--small" aria-label=label on:click=move |_| change.ask(Some(days))>
                    {tr("options-fix")}
                </button>
            }
        });
        let back = (may_fix.get() && may_write.get()).then(|| {
            let label = t!("options-take-back", days = named.as_str());
            let said = t!("options-taken-back", days = named.as_str());
            let remove = move |_| {
                write(here, id, Value::Empty);
                here.said.set(said.clone());
                page::focus_id("h-options");
            };
            view! {
                <button type="button" class="iconbtn" aria-label=label on:click=remove>
                    {icon("x")}
                </button>
            }
        });
        view! { <span class="btnrow">{fix}{back}</span> }
    };
    view! {
        <tr role="row" data-option=id.to_string()>
            <th role="rowheader" scope="row">{days}</th>
            <td role="cell" data-label=tr("options-said")>{said}</td>
            <td role="cell" data-label=tr("options-own")>{own(here, id, option)}</td>
            <td role="cell">{acts}</td>
        </tr>
    }
    .into_any()
}

/// Who can come, who cannot and why, and how many said nothing yet.
fn answers(option: &DateOption, expected: &[PartyCode]) -> AnyView {
    let of = |says: Says| option.answers.iter().filter(|answer| answer.says == says).collect::<Vec<_>>();
    let (can, cannot) = (of(Says::One(Answer::Available)), of(Says::One(Answer::NotAvailable)));
    let unclear = of(Says::Unclear);
    let said = |party: &&PartyCode| option.answers.iter().any(|answer| answer.party == **party);
    let silent = expected.iter().filter(|party| !said(party)).count();
    let group = |key: &str, tone: &'static str, who_said: Vec<&DateAnswer>| {
        let count = who_said.len();
        (count > 0).then(|| {
            let names = who_said.into_iter().map(|answer| {
                // Why it could not come says nothing of a party that can.
                let told = !answer.why.is_empty() && answer.says != Says::One(Answer::Available);
                let why = told.then(|| t!("options-because", why = answer.why.join("; ")));
                view! { <li>{who(&answer.party)}" "{why}</li> }.into_any()
            });
            view! {
                <div class="said">
                    <span class="chip" data-tone=tone>{t!(key, count = count)}</span>
                    <ul>{names.collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    };
    view! {
        {group("options-can", "good", can)}
        {group("options-cannot", "warn", cannot)}
        {group("options-unclear", "warn", unclear)}
        {(silent > 0).then(|| view! { <p class="quiet">{t!("options-silent", count = silent)}</p> })}
    }
    .into_any()
}

/// One's own answer, to be given and changed.
fn own(here: Here, id: EntityId, option: Signal<Option<DateOption>>) -> AnyView {
    let me = here.live.part(|view| (view.delegations.own.clone(), view.delegations.may_list));
    let mine = Memo::new(move |_| {
        let party = me.with(|(party, _)| party.clone())?;
        option.with(|option| option.as_ref()?.answers.iter().find(|answer| answer.party == party).cloned())
    });
    let now = Memo::new(move |_| mine.with(|mine| mine.as_ref().map(|mine| mine.says)));
    let mark = Signal::derive(move || mine.with(|mine| mine.as_ref().map_or(Mark::Device, |mine| mine.mark)));
    let voice = Memo::new(move |_| mine.with(|mine| mine.as_ref().map(|mine| mine.doc)));
    let record = here.live.part(|view| view.dates.own.clone());
    let may = Memo::new(move |_| me.with(|(_, may)| *may));
    let days = Memo::new(move |_| option.with(|option| option.as_ref().map(named).unwrap_or_default()));
    let choose = move |event| {
        let answer = page::value_of(&event).parse().ok();
        commands::send(Command::AnswerDates { meeting: here.doc, option: id, answer }, |_| {});
    };
    // Only who cannot come says why; two answers at once may both have one.
    let asked =
        Memo::new(move |_| voice.get().filter(|_| !matches!(now.get(), None | Some(Says::One(Answer::Available)))));
    let reason = move || {
        let doc = asked.get()?;
        let subject =
            Subject { doc, kind: DocKind::Voice, entity: None, record, may_write: Signal::stored(true), mark };
        Some(Field::new(subject, WHY).of_id(id).named(t!("options-why", days = days.get_untracked())).bare().view())
    };
    let unclear = Memo::new(move |_| now.get() == Some(Says::Unclear));
    (move || {
        if !may.get() {
            return mine.with(|mine| mine.as_ref().map(|mine| says(mine.says)));
        }
        let choices = Answer::ALL.iter().map(|answer| {
            let (answer, word) = (*answer, word("date-answer", answer.word()));
            let chosen = move || now.get() == Some(Says::One(answer));
            view! { <option value=answer.word() prop:selected=chosen>{word}</option> }.into_any()
        });
        let both = move || {
            unclear.get().then(|| {
                view! { <option value="unclear" disabled selected>{tr("options-unclear-one")}</option> }
            })
        };
        Some(
            view! {
                <div class="answer">
                    <span class="select">
                        <select aria-label=move || t!("options-answer", days = days.get()) on:change=choose>
                            <option value="" prop:selected=move || now.get().is_none()>{tr("options-unsaid")}</option>
                            {choices.collect_view()}
                            {both}
                        </select>
                        {icon("down")}
                    </span>
                    {move || voice.get().map(|_| sync_mark(mark, Form::Short))}
                    {move || unclear.get().then(|| view! { <p class="error">{icon("warn")}{tr("options-own-unclear")}</p> })}
                    {move || asked.get().map(|_| view! { <span class="hint">{tr("options-why-short")}</span> })}
                    <div class="why">{reason}</div>
                </div>
            }
            .into_any(),
        )
    })
    .into_any()
}

fn says(says: Says) -> AnyView {
    match says {
        Says::One(answer) => word("date-answer", answer.word()).into_any(),
        Says::Unclear => tr("options-unclear-one").into_any(),
    }
}
