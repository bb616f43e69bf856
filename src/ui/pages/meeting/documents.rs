//! Papers of the meeting: by session and item, each with its file; and by name what the agenda names without one.

use leptos::prelude::*;

use crate::{
    domain::{Audience, DocId, EntityId},
    engine::api::{PaperCard, PapersView},
    ui::{
        components::{ask, empty::empty, field::next_id, icon::icon, papers},
        i18n::tr,
        state::views::Live,
    },
};

use super::{Here, session::audience_words};

/// An item as a heading: its id, number and title.
type Item = (EntityId, String);

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let live = papers::use_papers(here.doc);
    let groups =
        live.part(|view| view.groups.iter().map(|group| (group.doc, Some(group.audience.clone()))).collect::<Vec<_>>());
    let nothing = live.part(|view| {
        let stands = |card: &PaperCard| card.paper.withdrawn.is_none();
        !view.groups.iter().any(|group| group.may_write || group.papers.iter().any(stands))
    });
    view! {
        <section class="section stack" aria-labelledby="h-documents">
            <h2 id="h-documents">{tr("documents-title")}</h2>
            {papers::pack(live, here.doc)}
            <For each=move || groups.get() key=|(doc, _)| *doc let:group>
                {of(here, live, group.0, group.1)}
            </For>
            {move || nothing.get().then(|| empty(tr("documents-empty"), tr("documents-empty-text"), ().into_any()))}
            {named(here)}
        </section>
    }
    .into_any()
}

// The papers of the meeting itself, or of one of its sessions.
fn of(here: Here, live: Live<PapersView>, doc: DocId, audience: Option<Audience>) -> AnyView {
    let is_meeting = doc == here.doc;
    let title = match (is_meeting, &audience) {
        (true, _) | (false, None) => tr("documents-of-meeting"),
        (false, Some(audience)) => audience_words(audience),
    };
    let items = here.live.part(move |view| {
        let session = view.sessions.iter().find(|session| session.doc == doc);
        session.map_or_else(Vec::new, |session| {
            let records = session.snapshot.collection("items");
            let lines = session.agenda.iter().filter(|line| !line.number.is_empty());
            lines
                .map(|line| {
                    let record = records.iter().find(|record| record.id == Some(line.item));
                    (line.item, format!("{} {}", line.number, record.map_or("", |record| record.line("title"))))
                })
                .collect::<Vec<Item>>()
        })
    });
    let loose = papers::standing(live, doc, |_| true);
    let loose = Signal::derive(move || {
        let known: Vec<EntityId> = items.with(|items| items.iter().map(|(id, _)| *id).collect());
        let mut cards = loose.get();
        cards.retain(|card| !card.paper.item.is_some_and(|item| known.contains(&item)));
        cards
    });
    let with_papers = Memo::new(move |_| {
        let named = live.get(|view| {
            let group = view.groups.iter().find(|group| group.doc == doc)?;
            let stand = group.papers.iter().filter(|card| card.paper.withdrawn.is_none());
            Some(stand.filter_map(|card| card.paper.item).collect::<Vec<_>>())
        });
        let named = named.flatten().unwrap_or_default();
        items.with(|items| items.iter().filter(|(id, _)| named.contains(id)).cloned().collect::<Vec<Item>>())
    });
    let chosen = RwSignal::new(String::new());
    let item = Signal::derive(move || chosen.with(|chosen| chosen.parse().ok()));
    let choices = Signal::derive(move || {
        let all = items.with(|items| items.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>());
        [(String::new(), tr("papers-for-all"))].into_iter().chain(all).collect::<Vec<_>>()
    });
    let may_write = live.part(move |view| view.groups.iter().any(|group| group.doc == doc && group.may_write));
    let bare = live.part(move |view| {
        let group = view.groups.iter().find(|group| group.doc == doc);
        group.is_none_or(|group| !group.may_write && group.papers.iter().all(|card| card.paper.withdrawn.is_some()))
    });
    let choose = move || (!is_meeting && may_write.get()).then(|| ask::choose("papers-for", choices, chosen));
    let heading = next_id();
    let labelled = heading.clone();
    view! {
        <section class="stack-s paper-group" aria-labelledby=labelled data-group=doc.to_string() hidden=move || bare.get()>
            <h3 id=heading>{title}</h3>
            {papers::list(live, doc, loose)}
            <For each=move || with_papers.get() key=|item| item.clone() let:item>
                {of_item(live, doc, item)}
            </For>
            {choose}
            {papers::adder(live, doc, item)}
        </section>
    }
    .into_any()
}

fn of_item(live: Live<PapersView>, doc: DocId, (item, name): Item) -> AnyView {
    let cards = papers::standing(live, doc, move |paper| paper.item == Some(item));
    view! {
        <div class="stack-s">
            <h4 class="papers-item">{name}</h4>
            {papers::list(live, doc, cards)}
        </div>
    }
    .into_any()
}

// What the sources name, without a file of it.
fn named(here: Here) -> AnyView {
    let names = here.live.part(|view| {
        let mut names = Vec::new();
        for session in &view.sessions {
            let items = session.snapshot.collection("items");
            for line in session.agenda.iter().filter(|line| !line.number.is_empty()) {
                let Some(item) = items.iter().find(|item| item.id == Some(line.item)) else { continue };
                let title = item.line("title").to_owned();
                names.extend(
                    item.members("documents").map(|(name, _)| (line.number.clone(), title.clone(), name.to_owned())),
                );
            }
        }
        names
    });
    (move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let rows = names
                .into_iter()
                .map(|(number, title, name)| {
                    view! {
                        <li class="row">
                            <span>{icon("doc")}" "{name}</span>
                            <span class="sub">{number}" "{title}</span>
                        </li>
                    }
                    .into_any()
                })
                .collect_view();
            view! {
                <section class="stack-s" aria-labelledby="h-named">
                    <h3 id="h-named">{tr("documents-named")}</h3>
                    <ul class="rows sheet papers-named">{rows}</ul>
                </section>
            }
        })
    })
    .into_any()
}
