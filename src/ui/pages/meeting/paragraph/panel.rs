//! What opens below a paragraph: what parties suggest and say of it, and what one does with it beside writing.

use leptos::prelude::*;

use crate::{
    domain::{
        Edit, EntityId,
        report::{AgreeStep, Answered, Part, SuggestionKind, is_release},
    },
    engine::api::{AgreedView, Command, ParagraphView, ReportCommand, SuggestionView},
    ui::{
        components::{
            ask,
            comments::comments,
            dialog::dialog,
            field::{Choices, Field, Subject, next_id},
            follow::follow_record,
            head::sync_attribute,
            history::history_link,
            icon::icon,
            marks::{Form, party, sync_mark},
            points::by_words,
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::agenda::{Way, paragraph_step},
        platform::{clock, page},
        state::commands,
    },
};

use super::super::{dice, report::keys, session::Session};

/// The button that opens it, with how many suggestions wait.
pub fn opener(
    session: Session,
    id: EntityId,
    stands: Signal<Option<ParagraphView>>,
    open: RwSignal<bool>,
    number: Memo<Option<u32>>,
) -> AnyView {
    let waiting = Memo::new(move |_| {
        let waits = |it: &&SuggestionView| it.answer.is_none() && !it.withdrawn;
        stands.with(|stands| stands.as_ref().map_or(0, |stands| stands.suggestions.iter().filter(waits).count()))
    });
    let said = session.comments(Some(id));
    let told = move || {
        let (suggested, said) = (waiting.get(), said.with(Vec::len));
        let suggested =
            (suggested > 0).then(|| view! { <span class="alert">{t!("suggestions", count = suggested)}</span> });
        let said = (said > 0).then(|| view! { <span class="quiet">{t!("comments-count", count = said)}</span> });
        view! { {suggested}{said} }
    };
    view! {
        {told}
        <button type="button" class="iconbtn" aria-label=move || t!("para-more", number = number.get().unwrap_or(0))
            aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
            {icon("more")}
        </button>
    }
    .into_any()
}

/// What opens.
pub fn panel(
    session: Session,
    part: Signal<Part>,
    id: EntityId,
    subject: Subject,
    stands: Signal<Option<ParagraphView>>,
) -> AnyView {
    // The media release is written on after the report is adopted.
    let release = subject.record.with_untracked(is_release);
    let suggestions =
        Memo::new(move |_| stands.with(|stands| stands.as_ref().map(|it| it.suggestions.clone()).unwrap_or_default()));
    let list = move || {
        let lines = suggestions.get().into_iter().map(|one| suggestion(session, one, release)).collect_view();
        view! { <ol class="reports">{lines}</ol> }
    };
    let may_speak = session.part(move |session| if release { session.may_comment } else { session.report.may_speak });
    view! {
        <div class="para-panel">
            {tools(session, part, id, subject, stands)}
            <div class="btnrow">{follow_record(session.doc, id)}</div>
            {list}
            {move || may_speak.get().then(|| suggest(session, id, subject))}
            <h4>{tr("meeting-comments")}</h4>
            {comments(session.doc, Some(id), session.comments(Some(id)), session.part(|session| session.may_comment))}
        </div>
    }
    .into_any()
}

fn suggestion(session: Session, it: SuggestionView, release: bool) -> AnyView {
    let SuggestionView { id, doc, party: code, kind, text, outdated, answer, withdrawn, mine, at, mark } = it;
    let open_still = session.part(move |session| release || session.report.adopted.is_none());
    let presides = session.part(|session| session.report.presides);
    let reason = RwSignal::new(String::new());
    let open = !withdrawn && answer.is_none();
    let words = match kind {
        SuggestionKind::Amend => view! { <blockquote>{text}</blockquote> }.into_any(),
        SuggestionKind::Delete => {
            let why = (!text.is_empty()).then(|| view! { <blockquote>{text}</blockquote> });
            view! { <p>{tr("suggest-delete-told")}</p>{why} }.into_any()
        }
    };
    let told = answer.map(|(to, by)| {
        let key = match to {
            Answered::Accepted => "suggestion-accepted-by",
            Answered::Declined => "suggestion-declined-by",
        };
        let why = (!by.reason.is_empty()).then(|| view! { " "{by.reason.clone()} });
        view! { <p class="quiet small">{by_words(key, &by)}{why}</p> }
    });
    let stale = (outdated && open).then(|| view! { <p class="alert">{icon("warn")}{tr("suggestion-outdated")}</p> });
    let answer = move |to: Answered| {
        let what = ReportCommand::Answer { suggestion: id, to, reason: reason.get_untracked().trim().to_owned() };
        commands::report(session.doc, what);
    };
    let field = next_id();
    let acts = move || {
        (open && open_still.get() && presides.get()).then(|| {
            let field = field.clone();
            view! {
                <div class="settle">
                    <label class="vh" for=field.clone()>{tr("suggestion-answer")}</label>
                    <input class="input" id=field placeholder=tr("suggestion-answer") prop:value=move || reason.get()
                        on:input=move |event| reason.set(page::value_of(&event)) />
                    <button type="button" class="btn btn--small" on:click=move |_| answer(Answered::Accepted)>{tr("suggestion-accept")}</button>
                    <button type="button" class="btn btn--small btn--quiet" on:click=move |_| answer(Answered::Declined)>{tr("suggestion-decline")}</button>
                </div>
            }
        })
    };
    let back = move || {
        (open && mine && open_still.get()).then(|| {
            let withdraw = move |_| commands::edit(doc, Edit::Withdraw { id, reason: String::new() });
            view! { <button type="button" class="btn btn--small btn--quiet" on:click=withdraw>{tr("withdraw")}</button> }
        })
    };
    let mark = Signal::stored(mark);
    view! {
        <li data-record=id.to_string() data-sync=sync_attribute(mark)>
            <header>
                {party(&code)}
                <b>{word("suggestion", kind.word())}</b>
                <span class="quiet">{format::moment(at)}</span>
                {sync_mark(mark, Form::Short)}
            </header>
            {if withdrawn { view! { <p class="quiet">{tr("suggestion-withdrawn")}</p> }.into_any() } else { words }}
            {stale}
            {told}
            {acts}
            {back}
        </li>
    }
    .into_any()
}

// Begins with the words that stand, so that a suggestion is a small change of them.
fn suggest(session: Session, paragraph: EntityId, subject: Subject) -> AnyView {
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let begin = move |_| {
        text.set(subject.record.with_untracked(|record| record.text("text").to_owned()));
        open.set(true);
    };
    let send = move |kind: SuggestionKind| {
        let words = text.get_untracked();
        let text = if kind == SuggestionKind::Delete { String::new() } else { words.trim().to_owned() };
        let what = ReportCommand::Suggest { id: clock::entity(), paragraph, kind, text };
        // The words stay in the field until they are kept.
        commands::send(Command::Report { session: session.doc, what }, move |_| open.set(false));
    };
    let id = next_id();
    let form = move || {
        if !open.get() {
            return view! { <button type="button" class="btn btn--small" on:click=begin>{icon("plus")}{tr("suggest")}</button> }
                .into_any();
        }
        view! {
            <label class="label" for=id.clone()>{tr("suggest-words")}</label>
            <textarea class="input" id=id.clone() rows="3" prop:value=move || text.get()
                on:input=move |event| text.set(page::value_of(&event))></textarea>
            <div class="btnrow">
                <button type="button" class="btn btn--small" disabled=move || text.with(|text| text.trim().is_empty())
                    on:click=move |_| send(SuggestionKind::Amend)>{tr("suggest-send")}</button>
                <button type="button" class="btn btn--small btn--quiet" on:click=move |_| send(SuggestionKind::Delete)>{tr("suggest-delete")}</button>
                <button type="button" class="btn btn--small btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
            </div>
        }
        .into_any()
    };
    view! { <div class="para-suggest">{form}</div> }.into_any()
}

fn items(session: Session) -> Choices {
    session.part(|session| {
        let title = |id: EntityId| {
            let record = session.snapshot.collection("items").iter().find(|record| record.id == Some(id));
            record.map(|record| record.line("title").to_owned()).unwrap_or_default()
        };
        let standing = session.agenda.iter().filter(|line| !line.number.is_empty());
        standing
            .map(|line| (line.item.to_string(), format!("{} {}", line.number, title(line.item))))
            .collect::<Vec<_>>()
    })
}

// Where it stands, whether it is open again, and leaving it out.
fn tools(
    session: Session,
    part: Signal<Part>,
    id: EntityId,
    subject: Subject,
    stands: Signal<Option<ParagraphView>>,
) -> AnyView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let go = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        commands::edit(session.doc, Edit::Withdraw { id, reason: why });
        open.set(false);
    });
    let step = move |way: Way| {
        let part = part.get_untracked();
        let place = session.peek(|session| paragraph_step(&keys(session, &part), id, way, dice())).flatten();
        if let Some(place) = place {
            commands::edit(session.doc, Edit::Move { id, place });
        }
    };
    let presides = session.part(|session| session.report.presides);
    let agreed = Memo::new(move |_| {
        stands.with(|stands| stands.as_ref().is_some_and(|it| !matches!(it.standing, AgreedView::Open)))
    });
    let reopen = move |_| {
        if let Some(of) = stands.with_untracked(|stands| stands.as_ref().map(|stands| stands.of)) {
            commands::report(session.doc, ReportCommand::Agree { paragraph: id, to: AgreeStep::Reopened, of });
        }
    };
    let again = move || {
        (presides.get() && agreed.get()).then(|| {
            view! { <button type="button" class="btn btn--small" on:click=reopen>{tr("para-reopen")}</button> }
        })
    };
    let tools = move || {
        subject.may_write.get().then(|| {
            // The media release does not follow the agenda.
            let item = (!subject.record.with_untracked(is_release)).then(|| {
                view! { <div class="fields-2">{Field::new(subject, "item").label("para-item").choices(items(session)).view()}</div> }
            });
            view! {
                {item}
                <div class="btnrow">
                    <button type="button" class="btn btn--small" on:click=move |_| step(Way::Up)>{icon("moveup")}{tr("para-up")}</button>
                    <button type="button" class="btn btn--small" on:click=move |_| step(Way::Down)>{icon("movedown")}{tr("para-down")}</button>
                    {again}
                    <button type="button" class="btn btn--small btn--quiet" on:click=move |_| open.set(true)>{icon("x")}{tr("para-withdraw")}</button>
                </div>
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
    view! { {tools}{dialog}{history_link(session.doc, Some(id), "history-paragraph")} }.into_any()
}
