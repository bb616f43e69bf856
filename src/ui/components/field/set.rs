//! Several values in one field: parties, languages, short words. Each member is a scalar of its own, so two people who
//! add different ones have both.

use leptos::prelude::*;

use crate::{
    domain::Value,
    ui::{
        components::{icon::icon, marks::who},
        i18n::{format, t, tr},
        platform::page,
        state::commands,
    },
};

use super::{
    Bound, Codec, Control, Subject, code,
    kept::kept_member,
    next_id, party_choices,
    select::{Chooser, chooser},
    text,
};

/// Languages in which titles are kept beside English: BCP 47 tags.
pub const LANGUAGES: [&str; 12] = ["vi", "km", "th", "lo", "my", "id", "ms", "tl", "pt", "zh", "ja", "ko"];

fn members(subject: Subject, name: &'static str) -> Memo<Vec<String>> {
    Memo::new(move |_| {
        subject.record.with(|record| record.members(name).map(|(member, _)| member.to_owned()).collect::<Vec<_>>())
    })
}

fn put(subject: Subject, name: &str, member: &str, value: Value) {
    let bound = Bound::new(subject, &format!("{name}:{member}"));
    commands::set(subject.doc, bound.at(), value, bound.seen());
}

pub(super) fn parties(subject: Subject, name: &'static str, id: String) -> AnyView {
    let present = members(subject, name);
    let all = party_choices();
    let rest = Memo::new(move |_| {
        let present = present.get();
        all.get().into_iter().filter(|(code, _)| !present.contains(code)).collect::<Vec<_>>()
    });
    let list = move || {
        let present = present.get();
        if present.is_empty() && !subject.may_write.get() {
            return view! { <span class="quiet field-ro">{tr("none")}</span> }.into_any();
        }
        present
            .into_iter()
            .filter_map(|member| {
                let known = code(&member)?;
                let name_of = tr("remove");
                let shown = who(&known);
                let called = all.with(|all| all.iter().find(|(code, _)| *code == member).map(|(_, name)| name.clone()));
                let kept = kept_member(subject, name, &member, called.unwrap_or_else(|| member.clone()));
                let remove = move || {
                    let member = member.clone();
                    subject.may_write.get().then(|| {
                        let label = format!("{name_of} {member}");
                        view! {
                            <button type="button" class="iconbtn" aria-label=label on:click=move |_| {
                                put(subject, name, &member, Value::Bool(false));
                            }>{icon("x")}</button>
                        }
                    })
                };
                Some(view! { <span class="chip">{shown}{remove}</span>{kept} }.into_any())
            })
            .collect_view()
            .into_any()
    };
    let labelled = format!("{id}-name");
    view! {
        <div class="btnrow" role="group" aria-labelledby=labelled>
            {list}
            {move || subject.may_write.get().then(|| adder(&id, "add-party", rest.into(), Callback::new(move |code: String| {
                put(subject, name, &code, Value::Bool(true));
            })))}
        </div>
    }
    .into_any()
}

// A select that adds what is chosen and shows nothing itself.
fn adder(id: &str, label: &'static str, choices: Signal<Vec<(String, String)>>, add: Callback<String>) -> AnyView {
    let outside = Chooser { id: id.to_owned(), aria: Some(tr(label)), described: None, width: "w-s", none: label };
    let write = Callback::new(move |word: String| {
        if !word.is_empty() {
            add.run(word);
        }
    });
    chooser(outside, choices, Signal::stored(String::new()), write, Signal::stored(false))
}

pub(super) fn languages(subject: Subject, name: &'static str, id: String) -> AnyView {
    let present = members(subject, name);
    let rest = Memo::new(move |_| {
        let present = present.get();
        LANGUAGES
            .iter()
            .filter(|tag| !present.iter().any(|had| had == *tag))
            .map(|tag| ((*tag).to_owned(), format::word("language", tag)))
            .collect::<Vec<_>>()
    });
    // A language just chosen has no value yet, but a field.
    let opened = RwSignal::new(Vec::<String>::new());
    let shown = Memo::new(move |_| {
        let mut tags = present.get();
        for tag in opened.get() {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    });
    let labelled = format!("{id}-name");
    view! {
        <div class="stack-s" role="group" aria-labelledby=labelled>
            <For each=move || shown.get() key=Clone::clone let:tag>
                {language(subject, name, &tag)}
            </For>
            {move || subject.may_write.get().then(|| adder(&id, "add-language", rest.into(), Callback::new(move |tag: String| {
                opened.update(|opened| opened.push(tag));
            })))}
            {move || (shown.with(Vec::is_empty) && !subject.may_write.get())
                .then(|| view! { <span class="quiet field-ro">{tr("none")}</span> })}
        </div>
    }
    .into_any()
}

fn language(subject: Subject, name: &'static str, tag: &str) -> AnyView {
    let bound = Bound::new(subject, &format!("{name}:{tag}"));
    let language = format::word("language", tag);
    let label = t!("in-language", language = language.as_str());
    let control = Control { bound, id: next_id(), aria: Some(label), described: None, width: "", wrap: true };
    let tag = tag.to_owned();
    view! {
        <div>
            <span class="hint">{language}</span>
            <span lang=tag>{text::text(control, Codec::of(crate::domain::schema::FieldKind::Line))}</span>
            {super::marks(bound, |value| value.as_str().unwrap_or_default().to_owned())}
        </div>
    }
    .into_any()
}

pub(super) fn words(subject: Subject, name: &'static str, id: String) -> AnyView {
    let present = members(subject, name);
    let labelled = format!("{id}-name");
    let add = move |event: leptos::ev::Event| {
        let word = page::value_of(&event);
        let word = word.trim();
        if !word.is_empty() {
            put(subject, name, word, Value::Bool(true));
        }
    };
    let list = move || {
        let present = present.get();
        if present.is_empty() && !subject.may_write.get() {
            return view! { <span class="quiet field-ro">{tr("none")}</span> }.into_any();
        }
        present
            .into_iter()
            .map(|word| {
                let shown = word.clone();
                let kept = kept_member(subject, name, &word, word.clone());
                let remove = move || {
                    let word = word.clone();
                    subject.may_write.get().then(|| {
                        let label = t!("remove-word", word = word.as_str());
                        view! {
                            <button type="button" class="iconbtn" aria-label=label on:click=move |_| {
                                put(subject, name, &word, Value::Bool(false));
                            }>{icon("x")}</button>
                        }
                    })
                };
                view! { <span class="chip">{shown}{remove}</span>{kept} }.into_any()
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="btnrow" role="group" aria-labelledby=labelled>
            {list}
            {move || {
                // Made anew after each word, empty.
                present.track();
                let id = id.clone();
                subject.may_write.get().then(|| view! {
                    <input class="input w-s" id=id aria-label=tr("add-word") placeholder=tr("add-word") on:change=add />
                })
            }}
        </div>
    }
    .into_any()
}
