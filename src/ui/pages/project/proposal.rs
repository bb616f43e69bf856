//! The proposal: the fields of the ASEAN Cooperation Project template, how many of them are filled in, and those that the
//! Secretariat fills in. What is missing is said and never asked for.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    domain::{
        Act, DocId, Edit, EntityId,
        project::{
            Classified, SecretariatField,
            template::{BRIEF_WORDS, Completeness, TemplateField, completeness, words_in},
        },
    },
    engine::api::ProjectView,
    ui::{
        components::{
            field::{Field, Subject, field},
            icon::{icon, toned},
            marks::provisional,
            meetings::meeting_choices,
        },
        i18n::{format::word, t, tr},
        platform::{clock, page},
        state::{commands, views::Live},
    },
};

use super::{is_draft, section};

/// How far a project's proposal is.
pub(super) fn progress(live: Live<ProjectView>) -> Signal<Option<Completeness>> {
    Memo::new(move |_| {
        live.get(|view| {
            let classified: BTreeSet<SecretariatField> = view.classified.iter().map(|(field, ..)| *field).collect();
            let mut far = completeness(&view.snapshot, &classified);
            if view.draft.is_some() {
                // Its fields are filled in once there is a project.
                far.secretariat.clear();
            }
            far
        })
    })
    .into()
}

/// The brief description with its words counted.
pub(super) fn brief(subject: Subject) -> AnyView {
    let count = Memo::new(move |_| subject.record.with(|record| words_in(record.line("brief"))));
    let counted = move || {
        let count = count.get();
        let over = count > BRIEF_WORDS;
        (count > 0).then(|| {
            view! {
                <p class="hint words" data-over=over.then_some("")>
                    {over.then(|| icon("warn"))}
                    {t!("brief-words", count = count, most = BRIEF_WORDS)}
                </p>
            }
        })
    };
    view! { <div class="counted">{Field::new(subject, "brief").wrap().hint("brief-hint").view()}{counted}</div> }
        .into_any()
}

/// The section.
pub(super) fn proposal(
    doc: DocId,
    live: Live<ProjectView>,
    subject: Subject,
    far: Signal<Option<Completeness>>,
) -> AnyView {
    let recurs = Memo::new(move |_| subject.record.with(|record| record.line("recurring") == "yes"));
    let body = view! {
        {filled(far)}
        {Field::new(subject, "recurring").width("w-s").view()}
        {move || recurs.get().then(|| Field::new(subject, "previous-code").width("w-m").view())}
        {Field::new(subject, "scope").width("w-m").view()}
        {Field::new(subject, "duration").width("w-m").view()}
        {Field::new(subject, "pillar").width("w-l").view()}
        {field(subject, "blueprint")}
        {field(subject, "characteristic")}
        {field(subject, "action-line")}
        {field(subject, "connectivity")}
        {Field::new(subject, "alignment").hint("alignment-hint").view()}
        {field(subject, "sponsoring-body")}
        {Field::new(subject, "endorsed-at").choices(meeting_choices()).width("w-l").view()}
        {(!live.peek(is_draft).unwrap_or_default())
            .then(|| {
                let fields = SecretariatField::ALL.iter().map(|field| of_secretariat(doc, live, subject, *field));
                view! { <h3>{tr("proposal-secretariat")}</h3>{fields.collect_view()} }
            })}
    };
    section("proposal", "section-proposal", body.into_any())
}

/// How many fields are filled in, and a way to each that is not.
fn filled(far: Signal<Option<Completeness>>) -> AnyView {
    (move || {
        far.get().map(|far| {
            let (filled, total) = (far.filled.len(), far.total());
            let links = far.missing.iter().map(|field| missing(*field)).collect_view();
            let missing = (!far.missing.is_empty()).then(|| {
                view! {
                    <details class="missing">
                        <summary>
                            {toned("right", "icon turn")}
                            {t!("proposal-missing", count = far.missing.len())}
                        </summary>
                        <ul class="missing-list">{links}</ul>
                    </details>
                }
            });
            let secretariat = (!far.secretariat.is_empty()).then(|| {
                let names: Vec<String> = far.secretariat.iter().map(|field| tr(&format!("field-{field}"))).collect();
                view! { <p class="quiet small">{t!("proposal-secretariat-missing", fields = names.join(", "))}</p> }
            });
            view! {
                <div class="filled">
                    <p>
                        <b>{t!("proposal-filled", filled = filled, total = total)}</b>
                        <progress max=total value=filled aria-hidden="true"></progress>
                    </p>
                    {missing}
                    {secretariat}
                    <p class="hint">{tr("proposal-note")}</p>
                </div>
            }
        })
    })
    .into_any()
}

fn missing(field: TemplateField) -> AnyView {
    // A group of choices has its name on the group, all else on the control.
    let id = match field {
        TemplateField::Participants => format!("f-{field}-name"),
        _ => format!("f-{field}"),
    };
    let to = format!("#{id}");
    let go = move |_| page::focus_first(&format!("#{id}"));
    view! { <li><a href=to on:click=go>{tr(&format!("field-{field}"))}</a></li> }.into_any()
}

/// One of the Secretariat's fields: what it wrote; else, of the code, what stands in the project from before.
fn of_secretariat(doc: DocId, live: Live<ProjectView>, subject: Subject, field: SecretariatField) -> AnyView {
    let said = live.part(move |view| {
        let said = view.classified.iter().find(|(of, ..)| *of == field);
        said.map(|(_, value, waits)| (value.clone(), *waits)).unwrap_or_default()
    });
    let shown = Memo::new(move |_| {
        let (value, _) = said.get();
        if value.is_empty() { subject.record.with(|record| record.line(field.word()).to_owned()) } else { value }
    });
    let may = live.part(|view| view.may_publish);
    let id = format!("f-{field}");
    let write = Callback::new(move |value: String| {
        let value = value.trim().to_owned();
        if let Some(plan) = live.peek(|view| view.row.plan).filter(|_| value != said.get_untracked().0) {
            let act = Act::Classify(Box::new(Classified { field, value }));
            let target = Some(EntityId::from_bytes(doc.to_bytes()));
            commands::edit(plan, Edit::Act { id: clock::entity(), act, target, term: None, reason: String::new() });
        }
    });
    let labelled = id.clone();
    let control = move || {
        let (id, value) = (id.clone(), shown.get());
        match (may.get(), field.words()) {
            (true, []) => view! {
                <input class="input w-m" id=id prop:value=value
                    on:change=move |event| write.run(page::value_of(&event)) />
            }
            .into_any(),
            (true, words) => choice(id, field, words, value, write),
            (false, _) if value.is_empty() => {
                view! { <output class="field-ro quiet" id=id>{tr("by-secretariat")}</output> }.into_any()
            }
            (false, words) => {
                let value = if words.is_empty() { value } else { word(field.word(), &value) };
                view! { <output class="field-ro" id=id>{value}</output> }.into_any()
            }
        }
    };
    view! {
        <div class="field">
            <label for=labelled>{tr(&format!("field-{field}"))}</label>
            <div class="field-in">{control}</div>
            <div class="field-mark">{move || provisional(said.get().1)}</div>
        </div>
    }
    .into_any()
}

fn choice(
    id: String,
    field: SecretariatField,
    words: &'static [&'static str],
    now: String,
    write: Callback<String>,
) -> AnyView {
    let options = words
        .iter()
        .map(|this| {
            view! { <option value=*this prop:selected=now == *this>{word(field.word(), this)}</option> }.into_any()
        })
        .collect_view();
    view! {
        <span class="select w-m">
            <select id=id on:change=move |event| write.run(page::value_of(&event))>
                <option value="" prop:selected=now.is_empty()>{tr("not-set")}</option>
                {options}
            </select>
            {icon("down")}
        </span>
    }
    .into_any()
}
