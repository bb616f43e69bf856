//! Papers in a list: what each is called and how large it is, where it is, and what can be done with it. And the place where
//! files are chosen or dropped.

use leptos::prelude::*;

use crate::{
    domain::{At, DocId, Edit, EntityId, Value, paper::Paper},
    engine::api::{FilePlace, Hold, PaperCard, PapersOf, PapersView, Query},
    ui::{
        i18n::{format, t, tr},
        platform::{files, page},
        state::{
            commands,
            papers::{self, Adding, Show},
            toasts,
            views::{Live, use_view},
        },
    },
};

use super::{ask, dialog::dialog, icon::icon};

/// What may be chosen; what a file is, is told by its bytes.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.png,.jpg,.jpeg,.webp,.txt,.csv";

/// The papers of a meeting and of its sessions.
#[must_use]
pub fn use_papers(meeting: DocId) -> Live<PapersView> {
    use_view(Query::Papers { doc: meeting })
}

fn group(view: &PapersView, doc: DocId) -> Option<&PapersOf> {
    view.groups.iter().find(|group| group.doc == doc)
}

/// The papers of one item of a session's agenda, and where one is added.
pub fn of_item(meeting: DocId, session: DocId, item: EntityId) -> AnyView {
    let live = use_papers(meeting);
    let cards = standing(live, session, move |paper| paper.item == Some(item));
    view! {
        <section class="stack-s paper-group" aria-label=tr("papers-of-item")>
            {list(live, session, cards)}
            {adder(live, session, Signal::stored(Some(item)))}
        </section>
    }
    .into_any()
}

/// Papers of a document that stand, as far as they are meant.
pub fn standing(
    live: Live<PapersView>,
    doc: DocId,
    meant: impl Fn(&Paper) -> bool + Send + Sync + 'static,
) -> Signal<Vec<PaperCard>> {
    live.part(move |view| {
        let cards = group(view, doc).map(|group| group.papers.as_slice()).unwrap_or_default();
        cards.iter().filter(|card| card.paper.withdrawn.is_none() && meant(&card.paper)).cloned().collect()
    })
}

/// The list; nothing where there is none.
pub fn list(live: Live<PapersView>, doc: DocId, cards: Signal<Vec<PaperCard>>) -> AnyView {
    let any = Memo::new(move |_| cards.with(|cards| !cards.is_empty()));
    (move || {
        any.get().then(|| {
            view! {
                <ul class="rows sheet" aria-label=tr("papers-list")>
                    <For each=move || cards.with(|cards| cards.iter().map(|card| card.paper.id).collect::<Vec<_>>()) key=|id| *id let:id>
                        {row(live, doc, id, cards)}
                    </For>
                </ul>
            }
        })
    })
    .into_any()
}

fn row(live: Live<PapersView>, doc: DocId, id: EntityId, cards: Signal<Vec<PaperCard>>) -> AnyView {
    let card = Memo::new(move |_| cards.with(|cards| cards.iter().find(|card| card.paper.id == id).cloned()));
    let may_write = live.part(move |view| group(view, doc).is_some_and(|group| group.may_write));
    let about = RwSignal::new(false);
    let line = move || {
        // What is drawn anew keeps the focus where its button is still there.
        page::keep_focus();
        let card = card.get()?;
        let paper = &card.paper;
        let facts = [
            Some(paper.name.clone()).filter(|name| *name != paper.title),
            Some(size(paper.size)),
            Some(format::word("paper-kind", paper.kind.word())),
            Some(paper.language.clone()).filter(|language| !language.is_empty()),
        ];
        let facts = facts.into_iter().flatten().map(|fact| view! { <span>{fact}</span> }.into_any()).collect_view();
        Some(view! {
            <span class="paper-title">{icon("doc")}{paper.title.clone()}</span>
            <span class="sub">{facts}{place(&card)}</span>
            <span class="end">{acts(doc, &card, may_write.get(), about)}</span>
        })
    };
    let word = move || card.with(|card| card.as_ref().map(|card| place_word(&card.place)));
    view! {
        <li class="row paper-row" data-paper=id.to_string() data-place=word>
            {line}
            {details(doc, id, card, about)}
        </li>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "files are far smaller")]
fn size(bytes: u64) -> String {
    format::bytes(bytes as f64)
}

const fn place_word(place: &FilePlace) -> &'static str {
    match place {
        FilePlace::Away => "away",
        FilePlace::Missing => "missing",
        FilePlace::Coming { .. } => "coming",
        FilePlace::Here => "here",
        FilePlace::Device { .. } => "device",
        FilePlace::Refused { .. } => "refused",
    }
}

fn percent(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100) / whole.max(1)
}

fn place(card: &PaperCard) -> AnyView {
    let (glyph, words) = match &card.place {
        FilePlace::Away => ("hub", tr("paper-away")),
        FilePlace::Missing => ("clock", tr("paper-missing")),
        FilePlace::Coming { have: 0 } => ("download", tr("paper-waits")),
        FilePlace::Coming { have } => ("download", t!("paper-coming", percent = percent(*have, card.paper.size))),
        FilePlace::Here if card.kept => ("check", tr("paper-kept")),
        FilePlace::Here => ("device", tr("paper-here")),
        FilePlace::Device { sent: 0 } => ("device", tr("paper-device")),
        FilePlace::Device { sent } => ("upload", t!("paper-sending", percent = percent(*sent, card.paper.size))),
        FilePlace::Refused { why, .. } => {
            let refusal = crate::engine::api::Refusal { code: why.clone(), detail: why.clone() };
            ("refused", toasts::words(&refusal))
        }
    };
    view! { <span class="paper-place">{icon(glyph)}{words}</span> }.into_any()
}

fn act(key: &'static str, glyph: &'static str, paper: &Paper, run: impl Fn() + Send + 'static) -> AnyView {
    let title = &paper.title;
    let name = format!("{}: {title}", tr(key));
    view! {
        <button type="button" class="btn btn--small" id=format!("{key}-{}", paper.id) aria-label=name on:click=move |_| run()>
            {icon(glyph)}{tr(key)}
        </button>
    }
    .into_any()
}

fn acts(doc: DocId, card: &PaperCard, may_write: bool, about: RwSignal<bool>) -> AnyView {
    let paper = card.paper.clone();
    let title = paper.title.clone();
    let is_here = match &card.place {
        FilePlace::Here | FilePlace::Device { .. } | FilePlace::Refused { here: true, .. } => true,
        FilePlace::Away | FilePlace::Missing | FilePlace::Coming { .. } | FilePlace::Refused { here: false, .. } => {
            false
        }
    };
    let waits = matches!(card.place, FilePlace::Coming { .. });
    let shown = |how: Show| {
        let paper = paper.clone();
        move || papers::show(doc, paper.clone(), how)
    };
    let held = |hold: Hold| {
        let paper = paper.clone();
        move || papers::hold(doc, &paper, hold)
    };
    let open = (is_here && paper.kind.opens()).then(|| act("paper-open", "right", &paper, shown(Show::Open)));
    let save = is_here.then(|| act("paper-save", "download", &paper, shown(Show::Save)));
    let fetch = (!is_here && !waits).then(|| act("paper-get", "download", &paper, held(Hold::Once)));
    let again = matches!(card.place, FilePlace::Refused { here: true, .. })
        .then(|| act("paper-again", "upload", &paper, held(Hold::Once)));
    let keep = (!card.kept && !matches!(card.place, FilePlace::Device { .. } | FilePlace::Refused { .. }))
        .then(|| act("paper-keep", "check", &paper, held(Hold::Kept)));
    let free = matches!(card.place, FilePlace::Here).then(|| act("paper-free", "x", &paper, held(Hold::Gone)));
    let more = may_write.then(|| {
        let name = t!("paper-about-of", title = title.as_str());
        view! {
            <button type="button" class="iconbtn" aria-label=name on:click=move |_| about.set(true)>{icon("more")}</button>
        }
    });
    view! { <span class="btnrow">{open}{save}{fetch}{again}{keep}{free}{more}</span> }.into_any()
}

/// What it is called, and taking it back.
fn details(doc: DocId, id: EntityId, card: Memo<Option<PaperCard>>, open: RwSignal<bool>) -> AnyView {
    let (title, language, reason) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let before = move || card.with_untracked(|card| card.as_ref().map(|card| card.paper.clone()));
    Effect::new(move |_| {
        if open.get()
            && let Some(paper) = before()
        {
            title.set(paper.title);
            language.set(paper.language);
            reason.set(String::new());
        }
    });
    let set = move |field: String, was: String, value: String| {
        if was != value {
            let seen = vec![Value::from(was.as_str())];
            commands::edit(doc, Edit::Set { at: At::root(&field), value: Value::from(value.as_str()), seen });
        }
    };
    let write = Callback::new(move |()| {
        if let Some(paper) = before() {
            set(Paper::title_field(id), paper.title, title.get_untracked().trim().to_owned());
            set(Paper::language_field(id), paper.language, language.get_untracked().trim().to_owned());
        }
        open.set(false);
    });
    let withdraw = move |_| {
        commands::edit(doc, Paper::withdraw(id, Some(reason.get_untracked().trim()), Vec::new()));
        open.set(false);
    };
    dialog(open, Signal::stored(tr("paper-about")), move || {
        let ready = Signal::derive(move || !title.get().trim().is_empty());
        view! {
            {ask::line("paper-title", title, None, true)}
            {ask::line("paper-language", language, Some("paper-language-hint"), false)}
            {ask::acts(open, Signal::stored(tr("paper-write")), "btn btn--main", ready, write)}
            <hr />
            {ask::line("act-reason", reason, Some("act-reason-hint"), false)}
            <button type="button" class="btn btn--bad" on:click=withdraw>{tr("paper-withdraw")}</button>
        }
        .into_any()
    })
}

/// Where files are chosen or dropped, and those on their way; nothing for whoever may not add any.
pub fn adder(live: Live<PapersView>, doc: DocId, item: Signal<Option<EntityId>>) -> AnyView {
    let may_write = live.part(move |view| group(view, doc).is_some_and(|group| group.may_write));
    let adding = papers::adding(doc);
    let over = RwSignal::new(false);
    let add = move |chosen: Vec<files::Chosen>| {
        chosen.into_iter().for_each(|file| papers::add(doc, item.get_untracked(), file));
    };
    let place = move || {
        may_write.get().then(|| {
            let on = move |event: leptos::ev::DragEvent| {
                if files::brings_files(&event) {
                    event.prevent_default();
                    over.set(true);
                }
            };
            let drop = move |event: leptos::ev::DragEvent| {
                if files::brings_files(&event) {
                    event.prevent_default();
                    over.set(false);
                    add(files::dropped(&event));
                }
            };
            view! {
                <div class="paper-drop" data-over=move || over.get().then_some("") on:dragover=on on:drop=drop
                    on:dragleave=move |_| over.set(false)>
                    <label class="btn btn--small filebtn">
                        {icon("plus")}{tr("papers-add")}
                        <input type="file" class="vh" multiple=true accept=ACCEPT
                            on:change=move |event| add(files::chosen(&event)) />
                    </label>
                    <span class="hint">{tr("papers-drop")}</span>
                </div>
            }
        })
    };
    let lines = move || {
        let all = adding.get();
        (!all.is_empty())
            .then(|| view! { <ul class="papers-adding">{all.into_iter().map(under_way).collect_view()}</ul> })
    };
    view! { {place}<div role="status">{lines}</div> }.into_any()
}

fn under_way(one: Adding) -> AnyView {
    let id = one.id;
    match one.why {
        Some(why) => view! {
            <li class="paper-bad">
                {icon("refused")}
                <span>{t!("paper-not-added", name = one.name)}" "{why}</span>
                <button type="button" class="iconbtn" aria-label=tr("close") on:click=move |_| papers::dismiss(id)>{icon("x")}</button>
            </li>
        }
        .into_any(),
        None => view! { <li>{icon("upload")}<span>{t!("paper-adding", name = one.name, percent = percent(one.done, one.size))}</span></li> }
            .into_any(),
    }
}

/// All papers of a meeting at once: how many, how large, how much of it is here, and keeping all of them.
pub fn pack(live: Live<PapersView>, meeting: DocId) -> AnyView {
    let sums = live.part(|view| {
        let cards = view.groups.iter().flat_map(|group| &group.papers).filter(|card| card.paper.withdrawn.is_none());
        let mut sums = (0_u32, 0_u64, 0_u64);
        for card in cards {
            let have = match &card.place {
                FilePlace::Here | FilePlace::Device { .. } | FilePlace::Refused { here: true, .. } => card.paper.size,
                FilePlace::Coming { have } => *have,
                FilePlace::Away | FilePlace::Missing | FilePlace::Refused { here: false, .. } => 0,
            };
            sums = (sums.0 + 1, sums.1 + card.paper.size, sums.2 + have);
        }
        sums
    });
    let kept = live.part(|view| view.kept);
    (move || {
        let (count, whole, here) = sums.get();
        let kept = kept.get();
        (count > 0 || kept).then(|| {
            let (key, glyph) = if kept { ("pack-free", "x") } else { ("pack-keep", "download") };
            let complete = here == whole;
            let state = match (kept, here) {
                (_, here) if here == whole => tr("pack-complete"),
                (true, _) => t!("pack-coming", here = size(here), whole = size(whole)),
                (false, 0) => tr("pack-none"),
                (false, _) => t!("pack-here", here = size(here)),
            };
            let bar = (kept && !complete).then(|| {
                view! {
                    <progress max=whole.to_string() value=here.to_string() aria-label=tr("pack-progress")></progress>
                }
            });
            view! {
                <section class="sheet pack" aria-label=tr("pack-title") data-complete=(kept && complete).then_some("")>
                    <p><strong>{t!("pack-of", count = count, size = size(whole))}</strong>" "{state}</p>
                    {bar}
                    <button type="button" class="btn btn--small" on:click=move |_| papers::pack(meeting, !kept)>
                        {icon(glyph)}{tr(key)}
                    </button>
                </section>
            }
        })
    })
    .into_any()
}
