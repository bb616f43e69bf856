//! What was adopted, word for word, with who adopted it and what was corrected since. Words that came later are shown as
//! what they are: no part of it.

use leptos::prelude::*;

use crate::{
    domain::EntityId,
    engine::api::{AdoptedLine, AdoptedPart, AdoptedView, CorrectionView, Mark, ReportCommand},
    ui::{
        components::{ask, dialog::dialog, field::next_id, head::sync_attribute, icon::icon, marks::party},
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::commands,
    },
};

use super::{
    super::{paragraph::reading, session::Session},
    life::said,
    own,
};

/// The paragraph that is corrected, and its number.
type Corrected = Option<(EntityId, u32)>;

/// The adopted text.
pub fn text(session: Session) -> AnyView {
    let adopted = session.part(|session| session.report.adopted.clone());
    let corrections = session.part(|session| session.report.corrections.clone());
    let presides = session.part(|session| session.report.presides);
    let correcting = RwSignal::new(None::<Corrected>);
    let text = move || {
        adopted.get().map(|adopted| {
            let corrections = corrections.get();
            let known: Vec<EntityId> = adopted.parts.iter().flat_map(|part| &part.lines).map(|line| line.id).collect();
            let added = adopted.later.iter().filter(|id| !known.contains(id)).copied().collect::<Vec<_>>();
            let parts = adopted
                .parts
                .iter()
                .map(|one| part(session, one, &adopted.later, &corrections, presides.get().then_some(correcting)));
            let parts = parts.collect_view();
            let whole: Vec<_> = corrections.iter().filter(|it| it.paragraph.is_none()).cloned().collect();
            view! { {record(&adopted)}{parts}{corrected(whole)}{later(session, added)} }
        })
    };
    let act = move || {
        presides.get().then(|| {
            view! {
                <div class="para-add">
                    <button type="button" class="btn btn--small" on:click=move |_| correcting.set(Some(None))>
                        {tr("corrigendum-add")}
                    </button>
                </div>
            }
        })
    };
    view! { {text}{act}{correct(session, correcting)} }.into_any()
}

fn record(adopted: &AdoptedView) -> AnyView {
    let short: String = adopted.root.chars().take(12).collect();
    let by = adopted.by.iter().map(party).collect_view();
    let waits =
        (adopted.waits > 0).then(|| view! { <span class="alert">{t!("life-waits", count = adopted.waits)}</span> });
    view! {
        <div class="adoption">
            <p><b>{t!("report-adopted-by", count = adopted.by.len())}</b>" "<span class="adopted-by">{by}</span></p>
            <p class="quiet small">
                {tr("report-recorded")}" "{said(&adopted.said)}" "{tr("report-root")}" "<code title=adopted.root.clone()>{short}</code>
                {waits}
            </p>
        </div>
    }
    .into_any()
}

fn part(
    session: Session,
    part: &AdoptedPart,
    later: &[EntityId],
    corrections: &[CorrectionView],
    correcting: Option<RwSignal<Option<Corrected>>>,
) -> AnyView {
    let id = part.item.map_or_else(next_id, |item| format!("ri-{item}"));
    let labelled = id.clone();
    let title = if part.item.is_none() { tr("report-opening") } else { part.title.clone() };
    let lines = part.lines.iter().map(|line| {
        let corrections: Vec<_> =
            corrections.iter().filter(|it| it.paragraph.is_some_and(|(of, _)| of == line.id)).cloned().collect();
        paragraph(session, line, later.contains(&line.id), corrections, correcting)
    });
    let lines = lines.collect_view();
    let silent = part.item.is_none() && part.lines.is_empty();
    view! {
        <section class="report-item" aria-labelledby=labelled hidden=silent>
            <h3 id=id tabindex="-1"><span class="item-no">{part.number.clone()}</span><span>{title}</span></h3>
            <ol class="paras">{lines}</ol>
        </section>
    }
    .into_any()
}

fn paragraph(
    session: Session,
    line: &AdoptedLine,
    changed: bool,
    corrections: Vec<CorrectionView>,
    correcting: Option<RwSignal<Option<Corrected>>>,
) -> AnyView {
    let (id, number) = (line.id, line.number);
    let by = line.party.as_ref().map(|code| view! { {party(code)}" " });
    let verb = line.verb.map(|verb| {
        view! { {tr("report-the-meeting")}" "<span class="verb">{word("verb", verb.word())}</span>" " }
    });
    let due = line.due.map(|due| view! { " "<span class="quiet">{t!("point-due", date = format::date(due))}</span> });
    let since = changed.then(|| later_words(session, id));
    let mark = mark(session, id);
    let correct = correcting.map(|correcting| {
        view! {
            <button type="button" class="btn btn--small btn--quiet" aria-label=t!("corrigendum-of", number = number)
                on:click=move |_| correcting.set(Some(Some((id, number))))>{tr("corrigendum-short")}</button>
        }
    });
    view! {
        <li class="para" id=format!("p-{id}") data-record=id.to_string() data-sync=sync_attribute(mark) data-state="agreed"
            data-n=number.to_string() aria-label=t!("para-name", number = number)>
            <div class="para-text"><p class="para-read">{by}{verb}{line.text.clone()}{due}</p></div>
            <div class="para-marks">{correct}</div>
            <div class="para-below">{corrected(corrections)}{since}</div>
        </li>
    }
    .into_any()
}

fn corrected(corrections: Vec<CorrectionView>) -> AnyView {
    corrections
        .into_iter()
        .map(|it| {
            let reason = (!it.said.reason.is_empty()).then(|| view! { " "{it.said.reason.clone()} });
            view! {
                <div class="corrigendum" data-record=it.act.to_string()>
                    <p><b>{tr("corrigendum-reads")}</b>" "{it.reads}</p>
                    <p class="quiet small">{said(&it.said)}{reason}</p>
                </div>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

fn mark(session: Session, id: EntityId) -> Signal<Mark> {
    own::subject(session, id).map_or_else(|| session.mark(id), |subject| subject.mark)
}

/// What a paragraph says since: of the session, or a party's own.
fn later_words(session: Session, id: EntityId) -> AnyView {
    let subject = own::subject(session, id).unwrap_or_else(|| session.subject("paragraphs", id));
    let gone = move || subject.record.with(|record| record.withdrawn.is_some());
    let words = move || {
        if gone() { view! { <p>{tr("later-withdrawn")}</p> }.into_any() } else { reading(subject) }
    };
    view! { <div class="later-words"><p class="alert">{icon("warn")}{tr("later-words")}</p>{words}</div> }.into_any()
}

fn later(session: Session, added: Vec<EntityId>) -> AnyView {
    if added.is_empty() {
        return ().into_any();
    }
    let lines = added
        .into_iter()
        .map(|id| view! { <li data-record=id.to_string() data-sync=sync_attribute(mark(session, id))>{later_words(session, id)}</li> }.into_any())
        .collect_view();
    view! {
        <section class="report-item">
            <h3>{tr("later-added")}</h3>
            <ul class="later-list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn correct(session: Session, correcting: RwSignal<Option<Corrected>>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if correcting.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || match correcting.get().flatten() {
        Some((_, number)) => t!("corrigendum-of", number = number),
        None => tr("corrigendum-add"),
    });
    dialog(open, title, move || {
        let paragraph = correcting.get_untracked().flatten().map(|(id, _)| id);
        let (reads, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let go = Callback::new(move |()| {
            let (reads, reason) = (reads.get_untracked(), reason.get_untracked());
            let what = ReportCommand::Correct { paragraph, reads, reason };
            let command = crate::engine::api::Command::Report { session: session.doc, what };
            commands::send(command, move |_| open.set(false));
        });
        let ready = Signal::derive(move || reads.with(|reads| !reads.trim().is_empty()));
        view! {
            <div class="stack-s">
                <p class="second-ink">{tr("corrigendum-text")}</p>
                {ask::line("corrigendum-field", reads, None, true)}
                {ask::line("act-reason", reason, Some("act-reason-hint"), false)}
            </div>
            {ask::acts(open, Signal::stored(tr("corrigendum-record")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
