//! A decision or an action in a list: what it says and where, what became of it, and what one may say of it.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, EntityId,
        report::{ActionStatus, Outcome, ParagraphKind},
    },
    engine::api::{ActionView, DecidedView, DecisionLink, MeetingView, PointView, Query, ReportCommand, SaidBy},
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::status::sync_word,
        platform::page,
        state::{commands, parties::use_parties, views::use_view},
    },
};

use super::{
    field::next_id,
    icon::icon,
    marks::{Form, party, provisional, sync_mark},
};

/// The line. `here` is the meeting on whose page it stands; `acts` come after what it says.
pub fn point(it: &PointView, here: Option<DocId>, acts: AnyView) -> AnyView {
    let by = it.party.as_ref().map(|code| view! { {party(code)}" " });
    let verb = it.verb.map(|verb| {
        view! { {tr("report-the-meeting")}" "<span class="verb">{word("verb", verb.word())}</span>" " }
    });
    let text = if it.text.is_empty() {
        view! { <span class="quiet">{tr("para-empty")}</span> }.into_any()
    } else {
        it.text.clone().into_any()
    };
    let href = format!("/meetings/{}?tab=report#p-{}", it.meeting, it.id);
    let at = if it.withdrawn { tr("point-withdrawn") } else { t!("para-name", number = it.number) };
    let meeting = (here != Some(it.meeting)).then(|| view! { <span>{it.title.clone()}</span> });
    let level = it.level.map(|level| view! { <span>{word("level", level.word())}</span> });
    let item = (!it.item.is_empty()).then(|| view! { <span>{t!("point-item", number = it.item.clone())}</span> });
    let due = it.due.map(|due| view! { <span>{t!("point-due", date = format::date(due))}</span> });
    let decided = it.decided.iter().map(decided).collect_view();
    view! {
        <li class="row point" data-record=it.id.to_string() data-sync=sync_word(it.mark)>
            <p class="para-read">{by}{verb}{text}</p>
            <span class="sub"><a href=href>{at}</a>{item}{meeting}{level}{due}</span>
            <span class="end">{chips(it)}{sync_mark(Signal::stored(it.mark), Form::Short)}</span>
            <div class="point-more">{told(it)}{decided}{acts}</div>
        </li>
    }
    .into_any()
}

fn chips(it: &PointView) -> AnyView {
    let result = it.result.as_ref().map(|result| {
        let tone = match result.outcome {
            Outcome::Pending => "accent",
            Outcome::Adopted | Outcome::Noted | Outcome::Amended => "good",
            Outcome::Returned => "warn",
        };
        let waits = result.said.as_ref().is_some_and(|said| said.provisional);
        view! { <span class="chip" data-tone=tone>{word("outcome", result.outcome.word())}</span>{provisional(waits)} }
    });
    let action = it.action.as_ref().map(|action| {
        let tone = match action.status {
            ActionStatus::Open => "plain",
            ActionStatus::Ongoing => "accent",
            ActionStatus::Done => "good",
        };
        let late = action.overdue.then(|| view! { <span class="alert">{icon("warn")}{tr("point-overdue")}</span> });
        let waits = action.said.as_ref().is_some_and(|said| said.provisional);
        view! { {late}<span class="chip" data-tone=tone>{word("action-status", action.status.word())}</span>{provisional(waits)} }
    });
    view! { {result}{action} }.into_any()
}

/// Who said something and when, in the words of a message with `party` and `when`.
pub fn by_words(key: &'static str, by: &SaidBy) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let (parties, by) = (use_parties(), by.clone());
    // Names may come later than what was said.
    move || {
        let party = by.party.as_ref().map_or_else(|| tr("someone"), |code| parties.with(|all| all.name(code)));
        t!(key, party = party, when = format::moment(by.at))
    }
}

// What became of it, by whom and when.
fn told(it: &PointView) -> AnyView {
    let up = it.up.as_ref().map(|(doc, title)| {
        view! { <p class="quiet small">{tr("point-up")}" "<a href=format!("/meetings/{doc}?tab=decisions")>{title.clone()}</a></p> }
    });
    let result = it.result.as_ref().map(|result| {
        let said = result.said.as_ref().map(|said| {
            let reason = (!said.reason.is_empty()).then(|| view! { <blockquote>{said.reason.clone()}</blockquote> });
            view! { <p class="quiet small">{by_words("outcome-by", said)}</p>{reason} }
        });
        let changed = result.changed.then(|| view! { <p class="alert">{icon("warn")}{tr("outcome-changed")}</p> });
        let aside = (result.aside > 0)
            .then(|| view! { <p class="quiet small">{t!("outcome-aside", count = result.aside)}</p> });
        view! { {said}{changed}{aside} }
    });
    let action = it.action.as_ref().and_then(|action| action.said.clone()).map(|said| {
        let reason = (!said.reason.is_empty()).then(|| view! { <blockquote>{said.reason.clone()}</blockquote> });
        view! { <p class="quiet small">{by_words("action-by", &said)}</p>{reason} }
    });
    view! { {up}{result}{action} }.into_any()
}

fn decided(it: &DecidedView) -> AnyView {
    let (href, what) = match (it.plan, it.status) {
        (Some(state), _) => (format!("/plans/{}", it.doc), word("plan-state", state.word())),
        (None, Some(status)) => (format!("/projects/{}", it.doc), word("status", status.word())),
        (None, None) => return ().into_any(),
    };
    let title = if it.title.is_empty() { tr("untitled") } else { it.title.clone() };
    view! { <p class="small">{tr("point-decided")}" "<a href=href>{title}</a>" "<b>{what}</b></p> }.into_any()
}

/// What one's own party may say of its action.
pub fn progress(it: &PointView) -> AnyView {
    let Some(ActionView { status, mine: true, .. }) = it.action.clone() else { return ().into_any() };
    let (session, action) = (it.session, it.id);
    let reason = RwSignal::new(String::new());
    let id = next_id();
    let buttons = ActionStatus::ALL
        .iter()
        .filter(|to| **to != status)
        .map(|to| {
            let to = *to;
            let say = move |_| {
                let reason = reason.get_untracked().trim().to_owned();
                commands::report(session, ReportCommand::Progress { action, to, reason });
            };
            view! { <button type="button" class="btn btn--small" on:click=say>{word("action-act", to.word())}</button> }
                .into_any()
        })
        .collect_view();
    view! {
        <div class="settle">
            <label class="vh" for=id.clone()>{tr("action-note")}</label>
            <input class="input" id=id placeholder=tr("action-note") prop:value=move || reason.get()
                on:input=move |event| reason.set(page::value_of(&event)) />
            {buttons}
        </div>
    }
    .into_any()
}

/// A list of actions under its heading; nothing where there is none.
pub fn actions(id: &'static str, title: Signal<String>, list: Signal<Vec<PointView>>) -> AnyView {
    (move || {
        let list = list.get();
        (!list.is_empty()).then(|| {
            let late = list.iter().filter(|it| it.action.as_ref().is_some_and(|action| action.overdue)).count();
            let late =
                (late > 0).then(|| view! { <p class="alert">{icon("warn")}{t!("points-overdue", count = late)}</p> });
            let lines = list.iter().map(|it| point(it, None, progress(it))).collect_view();
            view! {
                <section class="section" aria-labelledby=id>
                    <div class="section-head"><h2 id=id>{title}</h2>{late}</div>
                    <ol class="sheet rows points">{lines}</ol>
                </section>
            }
        })
    })
    .into_any()
}

/// The decision by which something was decided.
pub fn decision_link(it: &DecisionLink) -> AnyView {
    let (doc, title) = &it.meeting;
    let href = format!("/meetings/{doc}?tab=decisions");
    let name = match it.number {
        Some(number) => t!("decision-number", number = number),
        None => tr("decision-unnumbered"),
    };
    view! { <a href=href title=title.clone()>{name}</a> }.into_any()
}

/// A field that names the decision of a meeting which goes with what is said next; kept nowhere until then.
pub fn decided_by(meeting: Signal<Option<DocId>>, value: RwSignal<Option<EntityId>>) -> AnyView {
    let chosen = Memo::new(move |_| meeting.get());
    (move || {
        value.set(None);
        chosen.get().map(|doc| choose(doc, value))
    })
    .into_any()
}

fn choose(meeting: DocId, value: RwSignal<Option<EntityId>>) -> AnyView {
    let live = use_view::<MeetingView>(Query::Meeting { doc: meeting });
    let decisions = live.part(|view| {
        let decisions = view.points.iter().filter(|it| it.kind == ParagraphKind::Decision);
        decisions.map(|it| (it.id, it.number, it.text.chars().take(60).collect::<String>())).collect::<Vec<_>>()
    });
    let id = next_id();
    let options = move || {
        let some = decisions.get().into_iter().map(|(id, number, text)| (Some(id), format!("{number}. {text}")));
        std::iter::once((None, tr("decision-none")))
            .chain(some)
            .map(|(this, name)| {
                let word = this.map(|id| id.to_string()).unwrap_or_default();
                view! { <option value=word prop:selected=move || value.get() == this>{name}</option> }.into_any()
            })
            .collect_view()
    };
    view! {
        <div class="field ask">
            <label class="label" for=id.clone()>{tr("decided-by")}</label>
            <div class="field-in">
                <span class="select w-l">
                    <select id=id on:change=move |event| value.set(page::value_of(&event).parse().ok())>{options}</select>
                    {icon("down")}
                </span>
            </div>
            <div class="field-mark"></div>
        </div>
    }
    .into_any()
}
