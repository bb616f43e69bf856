//! What was decided: what came up for adoption, what this meeting decided and tasked, and what is open of the meetings before.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, EntityId, Value,
        report::{Outcome, ParagraphKind, Part},
    },
    engine::api::{Command, PointView, ReportCommand},
    ui::{
        components::{
            ask,
            dialog::dialog,
            empty::empty,
            points::{point, progress},
        },
        i18n::{format::word, tr},
        logic::agenda::paragraph_place,
        state::commands,
    },
};

use super::{
    Here, dice,
    report::keys,
    session::{Session, sessions},
};

/// A result that asks for words before it is recorded.
type Asked = Option<(PointView, Outcome)>;

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let of = move |kind: ParagraphKind| {
        here.live.part(move |view| view.points.iter().filter(|it| it.kind == kind).cloned().collect::<Vec<_>>())
    };
    let (decisions, actions) = (of(ParagraphKind::Decision), of(ParagraphKind::Action));
    let rising = here.live.part(|view| view.rising.clone());
    let earlier = here.live.part(|view| view.earlier.clone());
    let none = move || {
        let nothing = [decisions, actions, rising, earlier].iter().all(|list| list.with(Vec::is_empty));
        nothing.then(|| empty(tr("decisions-empty"), tr("decisions-empty-text"), ().into_any()))
    };
    let asked = RwSignal::new(None::<(PointView, Outcome)>);
    view! {
        <div class="stack">
            {none}
            {list(here, "h-rising", "points-rising", rising, Callback::new(move |it| results(here, it, asked)))}
            {list(here, "h-decisions", "points-decisions", decisions, Callback::new(|_| ().into_any()))}
            {list(here, "h-actions", "points-actions", actions, Callback::new(|it| progress(&it)))}
            {list(here, "h-earlier", "points-earlier", earlier, Callback::new(move |it| carry(here, it)))}
        </div>
        {why(here, asked)}
    }
    .into_any()
}

fn list(
    here: Here,
    id: &'static str,
    title: &'static str,
    points: Signal<Vec<PointView>>,
    acts: Callback<PointView, AnyView>,
) -> AnyView {
    (move || {
        let points = points.get();
        (!points.is_empty()).then(|| {
            let lines = points.iter().map(|it| point(it, Some(here.doc), acts.run(it.clone()))).collect_view();
            view! {
                <section class="section" aria-labelledby=id>
                    <div class="section-head"><h2 id=id>{tr(title)}</h2></div>
                    <ol class="sheet rows points">{lines}</ol>
                </section>
            }
        })
    })
    .into_any()
}

/// The session of this meeting in which results are recorded and points carried on: the first that is mine to lead.
fn leading(here: Here) -> Signal<Option<DocId>> {
    here.live.part(|view| view.sessions.iter().find(|session| session.report.presides).map(|session| session.doc))
}

// What this meeting may make of a decision that came up to it.
fn results(here: Here, it: PointView, asked: RwSignal<Asked>) -> AnyView {
    let session = leading(here);
    let outcome = it.result.as_ref().map_or(Outcome::Pending, |result| result.outcome);
    (move || {
        let session = session.get()?;
        let buttons = outcome
            .next()
            .iter()
            .map(|to| {
                let (to, it) = (*to, it.clone());
                let click = move |_| match to {
                    Outcome::Adopted | Outcome::Noted => record(session, &it, to, String::new()),
                    Outcome::Amended | Outcome::Returned | Outcome::Pending => asked.set(Some((it.clone(), to))),
                };
                let class = if to == Outcome::Adopted { "btn btn--small btn--main" } else { "btn btn--small" };
                view! { <button type="button" class=class on:click=click>{word("outcome-act", to.word())}</button> }
                    .into_any()
            })
            .collect_view();
        Some(view! { <div class="btnrow">{buttons}</div> })
    })
    .into_any()
}

fn record(session: DocId, it: &PointView, to: Outcome, reason: String) {
    commands::report(session, ReportCommand::Record { decision: it.id, from: it.session, to, reason });
}

fn why(here: Here, asked: RwSignal<Asked>) -> AnyView {
    let session = leading(here);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    let name = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map(|(_, to)| word("outcome-act", to.word())).unwrap_or_default())
    });
    dialog(open, name, move || {
        let reason = RwSignal::new(String::new());
        let go = Callback::new(move |()| {
            let (Some((it, to)), Some(session)) = (asked.get_untracked(), session.get_untracked()) else { return };
            let (decision, from, reason) = (it.id, it.session, reason.get_untracked());
            let what = ReportCommand::Record { decision, from, to, reason };
            commands::send(Command::Report { session, what }, move |_| open.set(false));
        });
        let ready = Signal::derive(move || reason.with(|reason| !reason.trim().is_empty()));
        view! {
            <div class="stack-s">
                {ask::line("outcome-words", reason, None, true)}
                <p class="hint">{tr("act-hint")}</p>
            </div>
            {ask::acts(open, name, "btn btn--main", ready, go)}
        }
        .into_any()
    })
}

// Takes an open point into this meeting's own report: from then on it is shown there, and stays the same one.
fn carry(here: Here, it: PointView) -> AnyView {
    let writes = sessions(here);
    let own = progress(&it);
    let take = move || {
        let doc = writes.get().into_iter().find(|doc| Session { here, doc: *doc }.may_write().get())?;
        let it = it.clone();
        let click = move |_| take_up(Session { here, doc }, &it);
        Some(view! { <button type="button" class="btn btn--small" on:click=click>{tr("point-carry")}</button> })
    };
    view! { {own}<div class="btnrow">{take}</div> }.into_any()
}

fn take_up(session: Session, it: &PointView) {
    let opening = |part: &&Part| part.item.is_none();
    let place = session.peek(|session| {
        let part = session.report.parts.iter().find(opening).cloned().unwrap_or_default();
        paragraph_place(&keys(session, &part), None, dice())
    });
    let Some(place) = place else { return };
    let said = |name: &str, value: Option<String>| value.map(|value| (name.to_owned(), Value::Str(value)));
    let carries: EntityId = it.id;
    let fields = [
        said("kind", Some(it.kind.word().to_owned())),
        said("verb", it.verb.map(|verb| verb.word().to_owned())),
        said("party", it.party.as_ref().map(ToString::to_string)),
        said("due", it.due.map(|due| due.to_string())),
        said("carries", Some(carries.to_string())),
    ];
    let fields = fields.into_iter().flatten().collect();
    session.add("paragraphs", place, fields, vec![("text".to_owned(), it.text.clone())]);
}
