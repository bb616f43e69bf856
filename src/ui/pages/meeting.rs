//! One meeting: its agenda, its report, who comes, and what was decided.

mod acts;
mod agenda;
mod amended;
mod dates;
mod decisions;
mod delegations;
mod documents;
mod facts;
mod item;
mod links;
mod notes;
mod order;
mod paper;
mod paragraph;
mod proposals;
mod release;
mod report;
mod room;
mod session;
mod tabs;

use leptos::prelude::*;

use crate::{
    domain::{DocId, DocKind, EntityId, Record},
    engine::api::{Mark, MeetingView, Query, ShellView},
    ui::{
        components::{
            carets::InCompany,
            empty::gate,
            field::Subject,
            follow::follow,
            head::Head,
            newer::{is_newer, newer},
            undo::undo,
        },
        i18n::{format::word, t, tr},
        pages::{
            meetings::{file, state},
            plans::print_button,
        },
        state::views::{Live, use_shell, use_view},
    },
};

use tabs::Tab;

/// The page.
#[component]
pub fn Meeting() -> impl IntoView {
    super::for_document(page)
}

/// What every part of the page needs.
#[derive(Clone, Copy)]
struct Here {
    doc: DocId,
    live: Live<MeetingView>,
    shell: Live<ShellView>,
    /// What is read aloud after a move.
    said: RwSignal<String>,
}

impl Here {
    /// The document read as the record that marks know it by.
    fn root(self) -> EntityId {
        EntityId::from_bytes(self.doc.to_bytes())
    }

    fn mark(self, id: EntityId) -> Signal<Mark> {
        // What is not listed yet was just written here.
        Signal::derive(move || self.live.get(|view| view.marks.get(&id).copied()).flatten().unwrap_or(Mark::Device))
    }

    fn record(self) -> Signal<Record> {
        self.live.part(|view| view.snapshot.root.clone())
    }

    fn may_write(self) -> Signal<bool> {
        self.live.part(|view| view.may_write)
    }

    fn subject(self) -> Subject {
        Subject {
            doc: self.doc,
            kind: DocKind::Meeting,
            entity: None,
            record: self.record(),
            may_write: self.may_write(),
            mark: self.mark(self.root()),
        }
    }
}

fn page(doc: DocId) -> AnyView {
    let live = use_view::<MeetingView>(Query::Meeting { doc });
    let here = Here { doc, live, shell: use_shell(), said: RwSignal::new(String::new()) };
    provide_context(InCompany);
    gate(live.phase(), move || {
        let tab = tabs::current();
        let change = dates::Change::new();
        paper::offer(here, tab);
        let content = move || match tab.get() {
            Tab::Agenda => agenda::tab(here),
            Tab::Report => report::tab(here),
            Tab::Delegations => delegations::tab(here),
            Tab::Documents => documents::tab(here),
            Tab::Decisions => decisions::tab(here),
            Tab::Release => release::tab(here),
        };
        view! {
            {head(here, change)}
            {newer(live.part(|view| {
                is_newer(&view.snapshot) || view.sessions.iter().any(|session| is_newer(&session.snapshot))
            }))}
            {links::list(here)}
            {dates::options(here, change)}
            {facts::facts(here)}
            {dates::history(here)}
            {room::bars(here, tab)}
            {tabs::bar(here, tab)}
            {tabs::panel(tab, content.into_any())}
            <p class="vh" role="status">{here.said}</p>
        }
        .into_any()
    })
}

fn head(here: Here, change: dates::Change) -> AnyView {
    let title = here.live.part(|view| view.row.title.clone());
    let title =
        Signal::derive(move || Some(title.get()).filter(|title| !title.is_empty()).unwrap_or_else(|| tr("untitled")));
    let term = here.live.part(|view| (view.row.framework, view.row.term));
    let crumb = Signal::derive(move || match term.get() {
        (_, Some(ordinal)) => t!("meeting-term", ordinal = ordinal),
        (Some(framework), None) => word("framework", framework.word()),
        (None, None) => String::new(),
    });
    let standing = here.live.part(|view| view.row.state);
    Head::new("meeting", title)
        .crumb("/meetings", Signal::stored(tr("nav-meetings")))
        .here(crumb)
        .beside((move || standing.get().map(state)).into_any())
        .facts(dates::head(here))
        .acts(
            view! {
                {undo(here.doc)}
                {acts::meeting(here)}
                {dates::button(here, change)}
                {links::follow(here)}
                {links::beside(here)}
                {file::of_meeting(here.live.part(|view| Some(view.row.clone())))}
                {follow(here.doc)}
                {print_button()}
            }
            .into_any(),
        )
        .record(here.doc.to_string(), here.mark(here.root()))
        .view()
}

/// Four bytes that no other device draws.
fn dice() -> [u8; 4] {
    let id = crate::ui::platform::clock::entity().to_bytes();
    [id[12], id[13], id[14], id[15]]
}
