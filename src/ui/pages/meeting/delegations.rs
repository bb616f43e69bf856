//! Who comes: delegations in the order in which they sit and are called, how many people, and who is there. Each party writes its
//! own list below; where it has none, the meeting's record says what is known of it.

mod logistics;
mod own;

use leptos::prelude::*;

use crate::{
    domain::{
        Date, DocKind, Edit, EntityId, PartyCode, Record, Value, When,
        delegation::{Part, Seat, Totals, part, present},
        meeting::MeetingState,
    },
    engine::api::{DelegationRow, Mark, MeetingView},
    ui::{
        components::{
            field::{Bound, Field, Subject, party_choices},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::{clock, page},
        state::{commands, parties::use_parties},
    },
};

use super::Here;

const COLLECTION: &str = "delegations";
/// Of a meeting that lasts longer no more days are offered.
const DAYS: i32 = 31;

/// The day whose attendance is shown and marked; none before the meeting.
#[derive(Clone, Copy)]
struct Day {
    days: Signal<Vec<Date>>,
    chosen: RwSignal<Option<Date>>,
}

impl Day {
    fn of(here: Here) -> Self {
        Self { days: here.live.part(days), chosen: RwSignal::new(None) }
    }

    /// The day chosen, else the last that has come.
    fn get(self) -> Option<Date> {
        self.days.with(|days| self.chosen.get().filter(|day| days.contains(day)).or_else(|| days.last().copied()))
    }
}

/// The meeting's days that have come; today while it sits and its days are not known.
fn days(view: &MeetingView) -> Vec<Date> {
    let today = clock::today();
    let sits = view.row.state.is_some_and(|now| now.state == MeetingState::InSession);
    let dates = &view.dates.now;
    let days: Vec<_> = match (dates.start, dates.last()) {
        (Some(When::Day(first)), Some(When::Day(last))) => {
            (0..DAYS).map(|n| first.plus_days(n)).take_while(|day| *day <= last.min(today)).collect()
        }
        _ => Vec::new(),
    };
    if days.is_empty() && sits { vec![today] } else { days }
}

/// What the meeting's record says of a delegation.
fn recorded<'a>(view: &'a MeetingView, row: &DelegationRow) -> Option<&'a Record> {
    view.snapshot.collection(COLLECTION).iter().find(|one| one.id.is_some() && one.id == row.recorded.first().copied())
}

fn totals(view: &MeetingView, row: &DelegationRow, day: Option<Date>) -> Totals {
    let size = recorded(view, row).and_then(|one| one.fields.get("size")).map(|held| &held.value);
    let size = match size {
        Some(Value::Int(size)) => usize::try_from(*size).unwrap_or(0),
        Some(Value::Empty | Value::Bool(_) | Value::Str(_)) | None => 0,
    };
    let mode = match recorded(view, row).and_then(|one| one.read("mode")) {
        Some(mode) if row.people.is_empty() => Some(mode),
        Some(_) | None => view.row.mode,
    };
    Totals::of(&row.people, size, mode, day)
}

/// How people attend, in words: `6 in person, 2 by video`.
fn modes(totals: &Totals) -> String {
    let Totals { in_person, online, hybrid, unsaid, .. } = *totals;
    let parts = [("in-person", in_person), ("online", online), ("hybrid", hybrid), ("unsaid", unsaid)];
    let told = parts.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| t!(&format!("delegation-{key}"), count = count)).collect::<Vec<_>>().join(", ")
}

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let day = Day::of(here);
    let rows = here.live.part(|view| view.delegations.rows.iter().map(|row| row.party.clone()).collect::<Vec<_>>());
    let sum = move || {
        let day = day.get();
        here.live.get(|view| view.delegations.rows.iter().map(|row| totals(view, row, day)).sum::<Totals>())
    };
    let sum = Memo::new(move |_| sum().unwrap_or_default());
    let told = move || {
        let all = sum.get();
        (all.delegations > 0).then(|| {
            let split = modes(&all);
            let split = (!split.is_empty()).then(|| format!(": {split}"));
            format!(
                "{}{}",
                t!("delegations-count", count = all.delegations, people = all.people),
                split.unwrap_or_default()
            )
        })
    };
    let attended = move || {
        let (day, all) = (day.get()?, sum.get());
        let (date, count) = (format::date(When::Day(day)), all.present);
        (count > 0).then(|| t!("delegations-attended", count = count, date = date))
    };
    view! {
        <section class="section" aria-labelledby="h-delegations">
            <div class="section-head">
                <h2 id="h-delegations">{tr("tab-delegations")}</h2>
                <p class="totals">{told}</p>
                <p>{attended}</p>
                {chooser(day)}
            </div>
            <p class="hint">{tr("delegations-order")}</p>
            <div class="tablewrap">
                <table class="data delegations" role="table" aria-labelledby="h-delegations">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{tr("delegation-party")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-size")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-head")}</th>
                            <th role="columnheader" scope="col">{tr("field-mode")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-roll")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-kept")}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || rows.get() key=Clone::clone let:party>
                            {line(here, day, party)}
                        </For>
                    </tbody>
                </table>
            </div>
            {adder(here, rows)}
        </section>
        {own::list(here, day)}
        {logistics::own(here)}
        {logistics::host(here)}
    }
    .into_any()
}

/// Which day, where there is more than one.
fn chooser(day: Day) -> AnyView {
    (move || {
        let days = day.days.get();
        (days.len() > 1).then(|| {
            let options = days.into_iter().map(|one| {
                view! { <option value=one.to_string() prop:selected=move || day.get() == Some(one)>{format::date(When::Day(one))}</option> }
                    .into_any()
            });
            view! {
                <label class="vh" for="attendance-day">{tr("delegation-day")}</label>
                <span class="select">
                    <select id="attendance-day" on:change=move |event| day.chosen.set(page::value_of(&event).parse().ok())>
                        {options.collect_view()}
                    </select>
                    {icon("down")}
                </span>
            }
        })
    })
    .into_any()
}

/// A delegation.
fn line(here: Here, day: Day, party: PartyCode) -> AnyView {
    let code = party.clone();
    let find = move |view: &MeetingView| view.delegations.rows.iter().find(|row| row.party == code).cloned();
    let row: Signal<Option<DelegationRow>> = here.live.part(find);
    let people = Signal::derive(move || row.with(|row| row.as_ref().map_or(0, |row| row.people.len())));
    let listed = Memo::new(move |_| people.get() > 0);
    let record = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.recorded.first().copied())));
    let seat = move || row.with(|row| row.as_ref().map(|row| row.seat)).and_then(seat);
    let count = move || {
        let own = listed.get().then(|| names(row));
        own.map_or_else(|| record.get().map(|id| said(here, id, "size", "delegation-size")), Some)
    };
    let head = move || {
        if listed.get() {
            return Some(view! { <span>{move || row.with(|row| row.as_ref().map(leaders))}</span> }.into_any());
        }
        record.get().map(|id| said(here, id, "head", "delegation-head"))
    };
    let mode = move || {
        if !listed.get() {
            return record.get().map(|id| said(here, id, "mode", "field-mode"));
        }
        let told =
            move || row.with(|row| here.live.get(|view| row.as_ref().map(|row| modes(&totals(view, row, None)))));
        Some(view! { <span>{told}</span> }.into_any())
    };
    let kept = {
        let code = party.to_string();
        move || {
            let id = record.get()?;
            let (mark, label) = (here.mark(id), t!("delegation-withdraw", party = code.as_str()));
            let remove = here.may_write().get().then(|| {
                let remove = move |_| commands::edit(here.doc, Edit::Withdraw { id, reason: String::new() });
                view! { <button type="button" class="iconbtn" aria-label=label on:click=remove>{icon("x")}</button> }
            });
            Some(view! { <span class="btnrow">{sync_mark(mark, Form::Short)}{remove}</span> })
        }
    };
    let sync = move || record.get().map(|id| sync_attribute(here.mark(id)).get());
    view! {
        <tr role="row" data-party=party.to_string() data-record=move || record.get().map(|id| id.to_string()) data-sync=sync>
            <th role="rowheader" scope="row">{who(&party)}" "{seat}</th>
            <td role="cell" data-label=tr("delegation-size")>{count}</td>
            <td role="cell" data-label=tr("delegation-head")>{head}</td>
            <td role="cell" data-label=tr("field-mode")>{mode}</td>
            <td role="cell" data-label=tr("delegation-roll")>{roll(here, day, party.clone(), row)}</td>
            <td role="cell">{kept}</td>
        </tr>
    }
    .into_any()
}

fn seat(seat: Seat) -> Option<AnyView> {
    match seat {
        Seat::Chair | Seat::Guest => Some(view! { <span class="chip">{word("seat", seat.word())}</span> }.into_any()),
        Seat::Member | Seat::PlusThree | Seat::Secretariat => None,
    }
}

/// A field of the meeting's record of a delegation that has no list of its own.
fn said(here: Here, id: EntityId, name: &'static str, label: &str) -> AnyView {
    let record = here.live.part(move |view| {
        view.snapshot.collection(COLLECTION).iter().find(|one| one.id == Some(id)).cloned().unwrap_or_default()
    });
    let (may_write, mark) = (here.may_write(), here.mark(id));
    let subject =
        Subject { doc: here.doc, kind: DocKind::Meeting, entity: Some((COLLECTION, id)), record, may_write, mark };
    let field = Field::new(subject, name).label(label).bare();
    if name == "head" { field.wrap().view() } else { field.width("w-s").view() }
}

/// Whoever leads a delegation, as its list says.
fn leaders(row: &DelegationRow) -> String {
    let heads = row.people.iter().filter(|one| part(one) == Part::Head);
    heads.map(full_name).collect::<Vec<_>>().join(", ")
}

fn full_name(one: &Record) -> String {
    [one.line("honorific"), one.line("name")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many, and who they are.
fn names(row: Signal<Option<DelegationRow>>) -> AnyView {
    let people = move || row.with(|row| row.as_ref().map(|row| row.people.clone()).unwrap_or_default());
    let count = move || t!("delegation-people", count = people().len());
    let list = move || {
        let one = |one: Record| {
            let native = one.line("native-name").to_owned();
            let native = (!native.is_empty()).then(|| format!(" ({native})"));
            let title = Some(one.line("title").to_owned()).filter(|title| !title.is_empty());
            let is = part(&one);
            let chip = (is != Part::Member).then(|| view! { " "<span class="chip">{word("part", is.word())}</span> });
            view! { <li>{full_name(&one)}{native}{title.map(|title| format!(", {title}"))}{chip}</li> }.into_any()
        };
        people().into_iter().map(one).collect_view()
    };
    view! { <details class="names"><summary>{count}</summary><ol>{list}</ol></details> }.into_any()
}

/// The roll call of the day, and how many attended.
fn roll(here: Here, day: Day, party: PartyCode, row: Signal<Option<DelegationRow>>) -> AnyView {
    let (may_write, parties) = (here.may_write(), use_parties());
    (move || {
        let day = day.get()?;
        let bound = Bound::new(here.subject(), &present(day, &party));
        let answered = Signal::derive(move || bound.held.with(|held| held.value == Value::Bool(true)));
        let name = parties.with(|parties| parties.name(&party));
        let attended = move || {
            row.with(|row| {
                let people = &row.as_ref()?.people;
                let count = Totals::of(people, 0, None, Some(day)).present;
                (count > 0).then(|| t!("delegation-attended", count = count, of = people.len()))
            })
        };
        let call = move || {
            let label = t!("delegation-present", party = name.as_str());
            if !may_write.get() {
                return answered.get().then(|| {
                    view! { <span class="good">{icon("check")}{tr("delegation-answered")}</span> }.into_any()
                });
            }
            let set = move |event| bound.write(Value::Bool(page::checked_of(&event)));
            Some(
                view! { <input type="checkbox" aria-label=label prop:checked=move || answered.get() on:change=set /> }
                    .into_any(),
            )
        };
        Some(view! { <span class="btnrow">{call}<span>{attended}</span></span> })
    })
    .into_any()
}

fn adder(here: Here, rows: Signal<Vec<PartyCode>>) -> AnyView {
    let may_write = here.may_write();
    let all = party_choices();
    let chosen = RwSignal::new(String::new());
    // A guest, or a delegation that does not write its list itself.
    let noted = here.live.part(|view| {
        let rows = view.delegations.rows.iter().filter(|row| !row.recorded.is_empty() || !row.people.is_empty());
        rows.map(|row| row.party.to_string()).collect::<Vec<_>>()
    });
    let rest = move || {
        rows.track();
        let come = noted.get();
        let free = all.get().into_iter().filter(|(code, _)| !come.contains(code));
        free.map(|(code, name)| {
            let this = code.clone();
            view! { <option value=code prop:selected=move || chosen.with(|now| *now == this)>{name}</option> }
                .into_any()
        })
        .collect_view()
    };
    let add = move |_| {
        let code = chosen.get_untracked();
        if !code.is_empty() {
            commands::add(here.doc, COLLECTION, None, vec![("party".into(), Value::Str(code))], Vec::new());
            chosen.set(String::new());
        }
    };
    (move || {
        may_write.get().then(|| {
            view! {
                <div class="btnrow items-add">
                    <label class="vh" for="delegation-new">{tr("delegation-new")}</label>
                    <span class="select w-m">
                        <select id="delegation-new" on:change=move |event| chosen.set(page::value_of(&event))>
                            <option value="" prop:selected=move || chosen.with(String::is_empty)>{tr("delegation-new")}</option>
                            {rest}
                        </select>
                        {icon("down")}
                    </span>
                    <button type="button" class="btn" on:click=add>{icon("plus")}{tr("delegation-add")}</button>
                </div>
            }
        })
    })
    .into_any()
}

/// The mark of somebody in a list.
fn mark_of(row: Signal<Option<DelegationRow>>, id: EntityId) -> Signal<Mark> {
    Signal::derive(move || {
        row.with(|row| row.as_ref().and_then(|row| row.marks.get(&id).copied())).unwrap_or(Mark::Device)
    })
}
