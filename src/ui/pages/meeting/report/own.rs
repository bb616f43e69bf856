//! What a party puts into the report itself, in its own voice: an intervention, or a reservation. Nobody else writes in it.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, DocKind, Edit, EntityId,
        report::{ParagraphKind, Part},
    },
    engine::api::{Mark, ReportCommand, SpokenView},
    ui::{
        components::{
            field::{Field, Subject, next_id},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark, who},
        },
        i18n::{format::word, t, tr},
        logic::agenda::paragraph_place,
        platform::{clock, page},
        state::commands,
    },
};

use super::{
    super::{dice, session::Session},
    adds, keys,
};

fn spoken(session: Session, id: EntityId) -> Signal<Option<SpokenView>> {
    session.part(move |session| session.report.spoken.iter().find(|spoken| spoken.record.id == Some(id)).cloned())
}

/// Its record as fields know it; none while it is not here.
pub fn subject(session: Session, id: EntityId) -> Option<Subject> {
    let spoken = spoken(session, id);
    let open = session.part(|session| session.report.adopted.is_none());
    let doc: DocId = spoken.with_untracked(|spoken| spoken.as_ref().map(|spoken| spoken.doc))?;
    Some(Subject {
        doc,
        kind: DocKind::Voice,
        entity: Some(("interventions", id)),
        record: Signal::derive(move || spoken.get().map(|spoken| spoken.record).unwrap_or_default()),
        may_write: Signal::derive(move || {
            open.get() && spoken.with(|spoken| spoken.as_ref().is_some_and(|it| it.mine))
        }),
        mark: Signal::derive(move || spoken.with(|spoken| spoken.as_ref().map_or(Mark::Device, |spoken| spoken.mark))),
    })
}

/// What a party said, in its place.
pub fn line(session: Session, part: Signal<Part>, id: EntityId) -> AnyView {
    let Some(subject) = subject(session, id) else { return ().into_any() };
    let number = Memo::new(move |_| {
        part.with(|part| part.standing.iter().find(|(_, one)| *one == id).map(|(number, _)| *number))
    });
    let name = move || number.get().map(|number| t!("para-name", number = number));
    let text = move || {
        if subject.may_write.get() {
            Field::new(subject, "text").label("para-text").rows(2).bare().view()
        } else {
            view! { <p class="para-read">{move || subject.record.with(|record| record.text("text").to_owned())}</p> }
                .into_any()
        }
    };
    let withdraw = move || {
        subject.may_write.get().then(|| {
            let withdraw = move |_| commands::edit(subject.doc, Edit::Withdraw { id, reason: String::new() });
            view! {
                <button type="button" class="iconbtn" aria-label=tr("para-withdraw") title=tr("para-withdraw")
                    on:click=withdraw>{icon("x")}</button>
            }
        })
    };
    view! {
        <li class="para para--own" id=format!("p-{id}") data-record=id.to_string() data-sync=sync_attribute(subject.mark)
            data-n=move || number.get().map(|number| number.to_string()) aria-label=name>
            <div class="para-text">{whose(session, id)}{text}</div>
            <div class="para-marks">{sync_mark(subject.mark, Form::Short)}{withdraw}</div>
        </li>
    }
    .into_any()
}

/// Whose words they are, and what.
fn whose(session: Session, id: EntityId) -> AnyView {
    let spoken = spoken(session, id);
    (move || {
        spoken.get().map(|spoken| {
            let kind = spoken.record.read("kind").unwrap_or(ParagraphKind::Intervention);
            view! { <p class="para-own">{who(&spoken.party)}" "<span class="chip">{word("paragraph-kind", kind.word())}</span></p> }
        })
    })
    .into_any()
}

/// Puts one's own party's words into a part.
pub fn adder(session: Session, part: Signal<Part>) -> AnyView {
    let may = session.part(|session| session.report.may_speak);
    let open = RwSignal::new(None::<ParagraphKind>);
    let text = RwSignal::new(String::new());
    let button = move |kind: ParagraphKind, key: &'static str| {
        view! {
            <button type="button" class="btn btn--quiet btn--small" aria-label=adds(part, key)
                aria-expanded=move || (open.get() == Some(kind)).to_string()
                on:click=move |_| open.update(|open| *open = if *open == Some(kind) { None } else { Some(kind) })>
                {icon("hand")}{tr(key)}
            </button>
        }
        .into_any()
    };
    let put = move |_| {
        let Some(kind) = open.get_untracked() else { return };
        let (here, words) = (part.get_untracked(), text.get_untracked());
        let place = session.peek(|session| paragraph_place(&keys(session, &here), None, dice()));
        if let (Some(place), false) = (place, words.trim().is_empty()) {
            let (id, item) = (clock::entity(), here.item);
            let what = ReportCommand::Speak { id, item, kind, place, text: words.trim().to_owned() };
            let command = crate::engine::api::Command::Report { session: session.doc, what };
            // The words stay in the field until they are kept.
            commands::send(command, move |_| {
                text.set(String::new());
                open.set(None);
            });
        }
    };
    let form = move || {
        open.get().map(|kind| {
            let id = next_id();
            view! {
                <div class="para-own-form">
                    <label class="label" for=id.clone()>{word("own-words", kind.word())}</label>
                    <textarea class="input" id=id rows="3" prop:value=move || text.get()
                        on:input=move |event| text.set(page::value_of(&event))></textarea>
                    <div class="btnrow">
                        <button type="button" class="btn btn--small"
                            disabled=move || text.with(|text| text.trim().is_empty()) on:click=put>{tr("own-put")}</button>
                    </div>
                </div>
            }
        })
    };
    (move || {
        may.get().then(|| {
            view! {
                {button(ParagraphKind::Intervention, "own-intervention")}
                {button(ParagraphKind::Reservation, "own-reservation")}
                {form}
            }
        })
    })
    .into_any()
}
