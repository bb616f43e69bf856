//! One paragraph of the report: its verb carries weight, its words are shared as they are typed, and it is agreed as it
//! stands.

mod panel;

use leptos::prelude::*;

use crate::{
    domain::{
        Edit, EntityId,
        report::{AgreeStep, ParagraphKind, Part, is_release},
    },
    engine::api::{AgreedView, ParagraphView, ReportCommand},
    ui::{
        components::{
            carets::Carets,
            field::{Bound, Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, party, provisional, sync_mark},
            points::by_words,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::commands,
    },
};

use super::{report::add, session::Session};

/// The paragraph.
pub fn paragraph(session: Session, part: Signal<Part>, id: EntityId) -> AnyView {
    let subject = session.subject("paragraphs", id);
    let mark = subject.mark;
    let stands = session.part(move |session| session.report.lines.iter().find(|line| line.id == id).cloned());
    let number = Memo::new(move |_| {
        part.with(|part| part.standing.iter().find(|(_, one)| *one == id).map(|(number, _)| *number))
    });
    let release = Memo::new(move |_| subject.record.with(is_release));
    let name = move || number.get().map(|number| t!("para-name", number = number));
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let adds = event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing();
        if adds && subject.may_write.get_untracked() {
            event.prevent_default();
            match release.get_untracked() {
                true => super::release::add(session, part, Some(id)),
                false => add(session, part, Some(id), "discussion"),
            }
        }
    };
    let kind = move || {
        let kind = subject.record.with(|record| record.line("kind").to_owned());
        // A plain paragraph needs no word for what it is, and who writes has the field for it.
        (!kind.is_empty() && kind != "discussion" && !release.get() && !subject.may_write.get())
            .then(|| view! { <span class="chip">{word("paragraph-kind", &kind)}</span> })
    };
    let state = move || {
        stands.with(|stands| match &stands.as_ref()?.standing {
            AgreedView::Open => None,
            AgreedView::Agreed(_) => Some("agreed"),
            AgreedView::Changed { .. } => Some("changed"),
        })
    };
    let open = RwSignal::new(false);
    view! {
        <li class="para" id=format!("p-{id}") data-record=id.to_string() data-sync=sync_attribute(mark) data-state=state
            data-n=move || number.get().map(|number| number.to_string()) aria-label=name on:keydown=keys>
            <div class="para-text">{words(subject, release)}</div>
            <div class="para-marks">
                {standing(session, subject, stands, release)}
                {kind}
                {sync_mark(mark, Form::Short)}
                {panel::opener(session, id, stands, open, number)}
            </div>
            <div class="para-below">
                {changed(stands, release)}
                {move || open.get().then(|| panel::panel(session, part, id, subject, stands))}
            </div>
        </li>
    }
    .into_any()
}

// Whether it is agreed, and what agrees it.
fn standing(session: Session, subject: Subject, stands: Signal<Option<ParagraphView>>, release: Memo<bool>) -> AnyView {
    let empty = Memo::new(move |_| subject.record.with(|record| record.text("text").trim().is_empty()));
    let authority = session.part(|session| (session.report.presides, session.report.clears));
    let presides = move || if release.get() { authority.get().1 } else { authority.get().0 };
    let said =
        move |of_report: &'static str, of_release: &'static str| if release.get() { of_release } else { of_report };
    let shown = Memo::new(move |_| stands.with(|stands| stands.as_ref().map(|stands| stands.standing.clone())));
    let agree = move || {
        let may = presides() && !empty.get() && !matches!(shown.get(), Some(AgreedView::Agreed(_)) | None);
        may.then(|| {
            let click = move |_| {
                if let Some((id, of)) = stands.with_untracked(|it| it.as_ref().map(|it| (it.id, it.of))) {
                    let what = ReportCommand::Agree { paragraph: id, to: AgreeStep::Agreed, of };
                    commands::report(session.doc, what);
                }
            };
            view! { <button type="button" class="btn btn--small para-agree" on:click=click>{tr(said("para-agree", "release-clear"))}</button> }
        })
    };
    let state = move || match shown.get() {
        Some(AgreedView::Agreed(by)) => view! {
            <span class="agreed" title=by_words(said("para-agreed-by", "release-cleared-by"), &by)>
                {icon("check")}{tr(said("para-agreed", "release-para-cleared"))}
            </span>
            {provisional(by.provisional)}
        }
        .into_any(),
        Some(AgreedView::Changed { .. }) => {
            view! { <span class="alert">{icon("warn")}{tr("para-changed")}</span> }.into_any()
        }
        Some(AgreedView::Open) | None => view! { <span class="quiet">{tr("para-draft")}</span> }.into_any(),
    };
    view! { {state}{agree} }.into_any()
}

// That it says something else than what was agreed, and by whom.
fn changed(stands: Signal<Option<ParagraphView>>, release: Memo<bool>) -> AnyView {
    let shown = Memo::new(move |_| stands.with(|stands| stands.as_ref().map(|stands| stands.standing.clone())));
    (move || match shown.get() {
        Some(AgreedView::Changed { agreed, changed }) => {
            let since = changed.as_ref().map(|by| by_words("para-changed-by", by));
            let was = if release.get() { "release-was-cleared" } else { "para-was-agreed" };
            let agreed = by_words(was, &agreed);
            view! { <p class="para-since" role="status">{icon("warn")}<span>{agreed}" "{since}</span></p> }.into_any()
        }
        Some(AgreedView::Open | AgreedView::Agreed(_)) | None => ().into_any(),
    })
    .into_any()
}

fn words(subject: Subject, release: Memo<bool>) -> AnyView {
    (move || if subject.may_write.get() { writing(subject, release.get()) } else { reading(subject) }).into_any()
}

fn writing(subject: Subject, release: bool) -> AnyView {
    let text = Field::new(subject, "text").label("para-text").rows(2).bare().view();
    if release {
        return text;
    }
    let kinds = ParagraphKind::ALL.iter().filter(|kind| **kind != ParagraphKind::Release);
    let kinds = kinds.map(|kind| (kind.word().to_owned(), word("paragraph-kind", kind.word())));
    let kinds = Signal::stored(kinds.collect::<Vec<_>>());
    let kind = Memo::new(move |_| subject.record.with(|record| record.line("kind").to_owned()));
    let beside = move || match kind.get().as_str() {
        "action" => view! {
            <div class="para-action">
                {Field::new(subject, "party").label("para-party").bare().view()}
                {Field::new(subject, "due").label("para-due").bare().width("w-s").view()}
            </div>
        }
        .into_any(),
        "reservation" | "intervention" => {
            view! { <div class="para-action">{Field::new(subject, "party").label("para-party").bare().view()}</div> }
                .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="para-verb">
            <span>{tr("report-the-meeting")}</span>
            {Field::new(subject, "verb").label("para-verb").bare().view()}
            <span class="para-kind">{Field::new(subject, "kind").label("para-kind").choices(kinds).bare().view()}</span>
        </div>
        {beside}
        {text}
    }
    .into_any()
}

/// The paragraph as it will be read: `The Meeting noted …`.
pub fn reading(subject: Subject) -> AnyView {
    let carets = Carets::of(Bound::new(subject, "text"));
    (move || {
        subject.record.with(|record| {
            let verb = record.line("verb");
            let by = record.read("party").map(|code| view! { {party(&code)}" " });
            let start = (!verb.is_empty()).then(|| {
                view! { {tr("report-the-meeting")}" "<span class="verb">{word("verb", verb)}</span>" " }.into_any()
            });
            let text = record.text("text").to_owned();
            let empty = text.is_empty();
            let text = if empty {
                view! { <span class="quiet">{tr("para-empty")}</span> }.into_any()
            } else {
                Carets::among(carets, text)
            };
            let due = record.read("due").map(|due| {
                view! { " "<span class="quiet">{t!("point-due", date = format::date(due))}</span> }
            });
            // What the rapporteur writes for a party is not the party's own word.
            let for_it = matches!(record.line("kind"), "reservation" | "intervention")
                .then(|| view! { " "<span class="quiet small">{tr("para-recorded")}</span> });
            view! { <p class="para-read">{by}{start}{text}{due}{for_it}</p> }
        })
    })
    .into_any()
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
            let own = super::report::own_subject(session, id);
            let (subject, doc) = match own {
                Some(subject) => (subject, subject.doc),
                None => (session.subject("paragraphs", id), session.doc),
            };
            let reason = move || {
                let reason = subject.record.with(|record| record.withdrawn.as_ref().map(|why| why.reason.clone()));
                reason.filter(|reason| !reason.is_empty()).map(|reason| view! { <p class="hint">{reason}</p> })
            };
            let may = move || if own.is_some() { subject.may_write.get() } else { may_write.get() };
            let restore = move || {
                may().then(|| {
                    view! {
                        <button type="button" class="btn btn--small"
                            on:click=move |_| commands::edit(doc, Edit::Restore { id })>{tr("restore")}</button>
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
