//! One paragraph of the report: its verb carries weight, its words are shared as they are typed.

use leptos::prelude::*;

use crate::{
    domain::{Edit, EntityId},
    ui::{
        components::{
            ask,
            dialog::dialog,
            field::{Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, party, sync_mark},
        },
        i18n::{format::word, t, tr},
        logic::agenda::Part,
        state::commands,
    },
};

use super::{report::add, session::Session};

/// The paragraph.
pub fn paragraph(session: Session, part: Signal<Part>, id: EntityId) -> AnyView {
    let subject = session.subject("paragraphs", id);
    let mark = subject.mark;
    let name = move || {
        let number = part.with(|part| part.standing.iter().find(|(_, one)| *one == id).map(|(number, _)| *number));
        number.map(|number| t!("para-name", number = number))
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && subject.may_write.get_untracked() {
            event.prevent_default();
            add(session, part, Some(id), "discussion");
        }
    };
    let kind = move || {
        let kind = subject.record.with(|record| record.line("kind").to_owned());
        // A plain paragraph needs no word for what it is, and who writes has the field for it.
        (!kind.is_empty() && kind != "discussion" && !subject.may_write.get())
            .then(|| view! { <span class="chip">{word("paragraph-kind", &kind)}</span> })
    };
    view! {
        <li class="para" id=format!("p-{id}") data-record=id.to_string() data-sync=sync_attribute(mark) aria-label=name on:keydown=keys>
            <div class="para-text">{words(subject)}</div>
            <div class="para-marks">{kind}{sync_mark(mark, Form::Short)}{tools(session, id, subject)}</div>
        </li>
    }
    .into_any()
}

fn words(subject: Subject) -> AnyView {
    (move || if subject.may_write.get() { writing(subject) } else { reading(subject) }).into_any()
}

fn writing(subject: Subject) -> AnyView {
    view! {
        <div class="para-verb">
            <span>{tr("report-the-meeting")}</span>
            {Field::new(subject, "verb").label("para-verb").bare().view()}
            <span class="para-kind">{Field::new(subject, "kind").label("para-kind").bare().view()}</span>
        </div>
        {Field::new(subject, "text").label("para-text").rows(2).bare().view()}
    }
    .into_any()
}

/// The paragraph as it will be read: `The Meeting noted …`.
pub fn reading(subject: Subject) -> AnyView {
    (move || {
        subject.record.with(|record| {
            let verb = record.line("verb");
            let by = record.read("party").map(|code| party(&code));
            let start = (!verb.is_empty()).then(|| {
                view! { {tr("report-the-meeting")}" "<span class="verb">{word("verb", verb)}</span>" " }.into_any()
            });
            let text = record.text("text").to_owned();
            let empty = text.is_empty();
            let text = if empty {
                view! { <span class="quiet">{tr("para-empty")}</span> }.into_any()
            } else {
                text.into_any()
            };
            view! { <p class="para-read">{by}{start}{text}</p> }
        })
    })
    .into_any()
}

fn tools(session: Session, id: EntityId, subject: Subject) -> AnyView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let go = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        commands::edit(session.doc, Edit::Withdraw { id, reason: why });
        open.set(false);
    });
    let tools = move || {
        subject.may_write.get().then(|| {
            view! {
                <button type="button" class="iconbtn" aria-label=tr("para-withdraw") title=tr("para-withdraw")
                    on:click=move |_| open.set(true)>{icon("x")}</button>
            }
        })
    };
    let dialog = dialog(open, Signal::stored(tr("para-withdraw")), move || {
        view! {
            <p>{tr("para-withdraw-text")}</p>
            {ask::line("act-reason", reason, Some("act-reason-hint"), true)}
            {ask::acts(open, Signal::stored(tr("withdraw")), "btn btn--bad", Signal::stored(true), go)}
        }
        .into_any()
    });
    view! { {tools}{dialog} }.into_any()
}

/// Paragraphs that were withdrawn: kept, and out of the way.
pub fn gone(session: Session, ids: Vec<EntityId>) -> AnyView {
    if ids.is_empty() {
        return ().into_any();
    }
    let may_write = session.may_write();
    let count = ids.len();
    let rows = ids
        .into_iter()
        .map(|id| {
            let subject = session.subject("paragraphs", id);
            let reason = move || {
                let reason = subject.record.with(|record| record.withdrawn.as_ref().map(|why| why.reason.clone()));
                reason.filter(|reason| !reason.is_empty()).map(|reason| view! { <p class="hint">{reason}</p> })
            };
            let restore = move || {
                may_write.get().then(|| {
                    view! {
                        <button type="button" class="btn btn--small"
                            on:click=move |_| commands::edit(session.doc, Edit::Restore { id })>{tr("restore")}</button>
                    }
                })
            };
            view! {
                <li class="row" data-record=id.to_string() data-sync=sync_attribute(subject.mark)>
                    <div class="second-ink">{reading(subject)}{reason}</div>
                    <span class="end">{restore}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <details class="gone gone--paras">
            <summary>{icon("right")}{t!("paras-withdrawn", count = count)}</summary>
            <ul class="rows">{rows}</ul>
        </details>
    }
    .into_any()
}
