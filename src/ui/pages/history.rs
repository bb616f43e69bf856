//! The history of a document or of one record in it: who sat at it and when, what each sitting did, the document as it was after
//! any of them, what differs between any two, and the way back. It needs no network.

mod differs;
mod names;
mod version;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    domain::{DocId, DocKind, EntityId},
    engine::api::{Command, HistoryView, Query, Sitting, SittingView},
    ui::{
        components::{
            by::by,
            change::{kind, said},
            empty::gate,
            head::Head,
            icon::icon,
            said::about,
        },
        i18n::{format, t, tr},
        state::{
            commands,
            parties::{Parties, use_parties},
            toasts,
            views::{Live, use_view},
        },
    },
};

/// So many sittings are shown at first, and with each press for more.
const SHOWN: u32 = 40;

/// The page. `record` in the address leaves what is about one record.
#[component]
pub fn History() -> impl IntoView {
    let address = use_query_map();
    let record =
        Memo::new(move |_| address.with(|address| address.get("record").and_then(|id| id.parse::<EntityId>().ok())));
    super::for_document(move |doc| (move || one(doc, record.get())).into_any())
}

/// A version: the sitting it comes after; none for what is now.
type At = Option<[u8; 32]>;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Of {
    doc: DocId,
    record: Option<EntityId>,
    kind: Signal<DocKind>,
    may_write: Signal<bool>,
    parties: Signal<Parties>,
    /// The sitting after which the document is shown, and the two that are compared.
    shown: RwSignal<Option<[u8; 32]>>,
    compared: RwSignal<Option<(At, At)>>,
}

fn one(doc: DocId, record: Option<EntityId>) -> AnyView {
    let live = use_view::<HistoryView>(Query::History { doc, record, most: SHOWN });
    let of = Of {
        doc,
        record,
        kind: live.part_or(DocKind::Project, |view| view.kind),
        may_write: live.part(|view| view.may_write),
        parties: use_parties(),
        shown: RwSignal::new(None),
        compared: RwSignal::new(None),
    };
    gate(live.phase(), move || {
        // More of them are added to the list; what is open in it stays open.
        let (sittings, more) = (RwSignal::new(Vec::<Sitting>::new()), RwSignal::new(0_u32));
        let most = RwSignal::new(SHOWN);
        let asks = move || {
            let live = use_view::<HistoryView>(Query::History { doc, record, most: most.get() });
            Effect::new(move |_| {
                if let Some((all, left)) = live.get(|view| (view.sittings.clone(), view.more)) {
                    sittings.set(all);
                    more.set(left);
                }
            });
        };
        let names = live.part(|view| view.names.clone());
        view! {
            {head(live)}
            {asks}
            <div class="stack feed">
                {differs::choose(of, sittings.into(), names)}
                {differs::shown(of)}
                {version::shown(of)}
                {names::list(of, names)}
                <section class="section" aria-labelledby="h-sittings">
                    <h2 id="h-sittings">{tr("history-sittings")}</h2>
                    <ol class="sheet feed-sheet sittings">
                        <For each=move || sittings.get() key=|one| (one.id, one.times) children=move |one| sitting(of, one) />
                    </ol>
                    {move || (more.get() > 0).then(|| view! {
                        <button type="button" class="btn" on:click=move |_| most.update(|most| *most += SHOWN)>
                            {t!("history-older", count = more.get())}
                        </button>
                    })}
                </section>
            </div>
        }
        .into_any()
    })
}

fn head(live: Live<HistoryView>) -> AnyView {
    let title = live.part(|view| view.title.clone());
    let named = Signal::derive(move || t!("history-of", title = title.get()));
    let counted = live.part(|view| (view.changes, view.sittings.len() + usize::try_from(view.more).unwrap_or(0)));
    let facts = move || {
        let (changes, sittings) = counted.get();
        view! { <span>{t!("history-count", changes = changes, sittings = sittings)}</span> }
    };
    let back = match live.peek(|view| view.page).flatten() {
        Some((DocKind::Plan, home)) => format!("/plans/{home}"),
        Some((DocKind::Meeting, home)) => format!("/meetings/{home}"),
        Some((_, home)) => format!("/projects/{home}"),
        None => "/changes".to_owned(),
    };
    let here = Signal::stored(tr("history"));
    Head::new("history", named).crumb(back, title).here(here).facts(facts.into_any()).view()
}

/// When a sitting was, for its heading and for the choices.
fn moment(one: &Sitting) -> String {
    let (from, to) = (format::moment(one.from), format::moment(one.to));
    if from == to { to } else { t!("history-span", from = from, to = to) }
}

fn sitting(of: Of, one: Sitting) -> AnyView {
    let open = RwSignal::new(false);
    let id = one.id;
    let name = by(&one.by);
    let waits = one.number.is_none().then(|| view! { <span class="chip">{tr("history-unsent")}</span> });
    let about = {
        let one = one.clone();
        move || of.parties.with(|parties| about(&one.about, of.kind.get(), parties))
    };
    let lines = move || open.get().then(|| lines(of, id));
    let number = one.number;
    let acts = move || {
        open.get().then(|| {
            let back = (of.may_write.get() && number.is_some()).then(|| {
                view! {
                    <button type="button" class="btn btn--small" on:click=move |_| bring_back(of, id)>
                        {tr("history-bring-back")}
                    </button>
                }
            });
            view! {
                <div class="btnrow">
                    <button type="button" class="btn btn--small" on:click=move |_| of.shown.set(Some(id))>{tr("history-show")}</button>
                    <button type="button" class="btn btn--small" on:click=move |_| of.compared.set(Some((Some(id), None)))>
                        {tr("history-with-now")}
                    </button>
                    {back}
                </div>
            }
        })
    };
    view! {
        <li class="sitting">
            <details on:toggle=move |_| open.set(true)>
                <summary>
                    {icon("right")}
                    <span class="sitting-who">{name}{waits}</span>
                    <span class="sitting-what">{about}</span>
                    <span class="quiet small">{moment(&one)}" "{t!("change-times", count = one.times)}</span>
                </summary>
                {lines}
                {acts}
            </details>
        </li>
    }
    .into_any()
}

fn lines(of: Of, id: [u8; 32]) -> AnyView {
    let live = use_view::<SittingView>(Query::Sitting { doc: of.doc, record: of.record, id });
    let told = live.part(|view| view.lines.clone());
    (move || {
        let of_kind = of.kind.get();
        of.parties.with(|parties| {
            let one = |line: &crate::engine::api::ChangeLine| {
                let (look, glyph, key) = kind(line);
                view! {
                    <li class="chg">
                        <span class="kind" data-kind=look>{icon(glyph)}{tr(key)}</span>
                        <div class="chg-one">{said(line, of_kind, parties)}</div>
                    </li>
                }
            };
            told.with(|told| view! { <ol class="chgs">{told.iter().map(one).collect_view()}</ol> })
        })
    })
    .into_any()
}

fn bring_back(of: Of, id: [u8; 32]) {
    let command = Command::BringBack { doc: of.doc, record: of.record, id };
    commands::send(command, move |_| {
        of.compared.set(None);
        toasts::say_key("history-brought-back");
    });
}
