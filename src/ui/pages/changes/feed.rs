//! What others did: a section for each plan and meeting, in it its documents, and in each what each delegation did.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    domain::{DocId, DocKind},
    engine::api::{ChangeLine, ChangedBy, ChangedDoc, ChangedSubject, ChangesView, Query},
    ui::{
        components::{
            change::{by_when, kind, said},
            doc_link::doc_link,
            icon::icon,
            marks::who,
        },
        i18n::{format::word, tr},
        platform::page,
        state::{
            link,
            parties::{Parties, use_parties},
            views::Live,
        },
    },
};

/// So many documents are drawn at first, and with each frame after it twice as many as are there.
const FIRST: usize = 1;

fn anchor(doc: DocId) -> String {
    format!("of-{doc}")
}

fn lines_of(doc: &ChangedDoc) -> usize {
    doc.by.iter().map(|by| by.lines.len()).sum()
}

/// The sections, to go to, and the switch that leaves only one's own projects.
pub fn contents(live: Live<ChangesView>, only: RwSignal<bool>) -> AnyView {
    let subjects = live.part(|view| {
        let count = |subject: &ChangedSubject| subject.docs.iter().map(lines_of).sum::<usize>();
        let named = |subject: &ChangedSubject| (subject.doc, subject.kind, subject.title.clone(), count(subject));
        view.subjects.iter().map(named).filter(|(.., count)| *count > 0).collect::<Vec<_>>()
    });
    let links = move || {
        let one = |(doc, kind, title, count): (DocId, DocKind, String, usize)| {
            let title = if title.is_empty() { word("part-of", kind.word()) } else { title };
            view! { <li><a href=format!("#{}", anchor(doc))><span>{title}</span><span class="n">{count}</span></a></li> }
        };
        subjects.get().into_iter().map(one).collect_view()
    };
    view! {
        <nav class="pagenav sticky" aria-label=tr("on-this-page")>
            <ul>{links}</ul>
            <label class="switch nav-switch">
                <input type="checkbox" role="switch" prop:checked=move || only.get()
                    on:change=move |event| only.set(page::checked_of(&event)) />
                {tr("changes-only-ours")}
            </label>
        </nav>
    }
    .into_any()
}

/// The sections. The first documents are drawn at once, the rest over the next frames.
pub fn subjects(live: Live<ChangesView>, only: RwSignal<bool>, asked: Query) -> AnyView {
    let parties = use_parties();
    let drawn = RwSignal::new(FIRST);
    let total = live.part(|view| view.subjects.iter().map(|subject| subject.docs.len()).sum::<usize>());
    let coming = live.part(|view| view.coming > 0);
    Effect::new(move |_| {
        if drawn.get() < total.get() {
            let pause = if drawn.get() == FIRST { page::DRAWN } else { Duration::ZERO };
            page::once_drawn(pause, move || _ = drawn.try_update(|drawn| *drawn *= 3));
        }
    });
    let asked = StoredValue::new(asked);
    Effect::new(move |_| {
        total.track();
        if coming.get() {
            page::once_drawn(page::DRAWN, move || _ = asked.try_with_value(link::more));
        }
    });
    let all = live.part(|view| view.subjects.clone());
    let order = Memo::new(move |_| {
        let mut left = drawn.get();
        let mut shown: Vec<(ChangedSubject, usize)> = Vec::new();
        all.with(|all| {
            for subject in all {
                let ours = |doc: &&ChangedDoc| !doc.by.is_empty() && (!only.get() || doc.mine);
                let docs: Vec<ChangedDoc> = subject.docs.iter().filter(ours).take(left).cloned().collect();
                left -= docs.len();
                if !docs.is_empty() {
                    shown.push((ChangedSubject { docs, ..subject.clone() }, left));
                }
            }
        });
        shown.into_iter().map(|(subject, _)| subject).collect::<Vec<_>>()
    });
    let keys = Memo::new(move |_| order.with(|order| order.iter().map(|subject| subject.doc).collect::<Vec<_>>()));
    view! {
        <For each=move || keys.get() key=|doc| *doc children=move |doc| {
            let subject = Memo::new(move |_| order.with(|order| order.iter().find(|subject| subject.doc == doc).cloned()));
            section(doc, subject, parties)
        } />
    }
    .into_any()
}

fn section(doc: DocId, subject: Memo<Option<ChangedSubject>>, parties: Signal<Parties>) -> AnyView {
    let (id, heading) = (anchor(doc), format!("h-{doc}"));
    let labelled = heading.clone();
    let title = Memo::new(move |_| {
        subject.with(|subject| subject.as_ref().map(|subject| (subject.kind, subject.title.clone())))
    });
    let title = move || title.get().map(|(kind, title)| doc_link(Some(kind), doc, title));
    let docs = Memo::new(move |_| {
        subject
            .with(|subject| subject.as_ref().map(|subject| subject.docs.iter().map(|doc| doc.doc).collect::<Vec<_>>()))
    });
    let home = doc;
    view! {
        <section class="section" id=id aria-labelledby=labelled>
            <h2 id=heading>{title}</h2>
            <div class="sheet feed-sheet">
                <For each=move || docs.get().unwrap_or_default() key=|doc| *doc children=move |doc| {
                    let told = Memo::new(move |_| {
                        subject.with(|subject| subject.as_ref()?.docs.iter().find(|told| told.doc == doc).cloned())
                    });
                    move || told.get().map(|told| parties.with(|parties| one_doc(told, home, parties)))
                } />
            </div>
        </section>
    }
    .into_any()
}

fn one_doc(told: ChangedDoc, home: DocId, parties: &Parties) -> AnyView {
    let ChangedDoc { doc, kind, title, by, .. } = told;
    // What is a part of the page of its plan or meeting has no page of its own.
    let link = match kind {
        DocKind::Project | DocKind::Draft => Some(doc_link(Some(kind), doc, title)),
        _ if doc == home => None,
        DocKind::Voice if !title.is_empty() => Some(view! { {title}", "{word("part-of", kind.word())} }.into_any()),
        _ => Some(word("part-of", kind.word()).into_any()),
    };
    let under = link.is_some();
    let heading = link.map(|link| view! { <h3 class="feed-title">{link}</h3> });
    let by = by.into_iter().map(|by| delegation(by, kind, under, parties)).collect_view();
    view! {
        <div class="feed-doc" data-record=doc.to_string()>
            <div class="feed-head">
                {heading}
                <a class="small" href=format!("/history/{doc}")>{tr("history")}</a>
            </div>
            {by}
        </div>
    }
    .into_any()
}

fn delegation(by: ChangedBy, of: DocKind, under: bool, parties: &Parties) -> AnyView {
    let ChangedBy { party, lines } = by;
    let name = party.as_ref().map_or_else(|| tr("changes-somebody").into_any(), who);
    let lines = lines.iter().map(|one| line(one, of, parties)).collect_view();
    // No level of headings is left out.
    let name = if under { view! { <h4>{name}</h4> }.into_any() } else { view! { <h3>{name}</h3> }.into_any() };
    view! { <div class="deleg">{name}<ol class="chgs">{lines}</ol></div> }.into_any()
}

fn line(line: &ChangeLine, of: DocKind, parties: &Parties) -> AnyView {
    let (look, glyph, key) = kind(line);
    view! {
        <li class="chg" data-record=line.record.map(|id| id.to_string())>
            <span class="kind" data-kind=look>{icon(glyph)}{tr(key)}</span>
            <div>
                <div class="chg-one">{said(line, of, parties)}</div>
                <p class="sub">{by_when(line)}</p>
            </div>
        </li>
    }
    .into_any()
}
