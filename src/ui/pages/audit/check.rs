//! Whether the log is whole: the hub looks, the page tells how far it is and what it found.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    domain::audit::Verdict,
    engine::api::{AuditAnswer, AuditAsk, AuditFault, AuditVerdict, Command, Done, Link},
    ui::{
        components::{
            doc_link::doc_link,
            icon::{icon, toned},
        },
        i18n::{format, maybe, t, tr},
        state::{commands, toasts},
    },
};

/// How often the hub is asked how far it is.
const EVERY: Duration = Duration::from_millis(700);

/// The part of the page.
pub fn section(link: Signal<Link>) -> AnyView {
    let verdict = RwSignal::new(None::<AuditVerdict>);
    let wrong = RwSignal::new(None::<String>);
    let reaches = Memo::new(move |_| matches!(link.get(), Link::Live | Link::Http));
    // What was found last, also by somebody else.
    Effect::new(move |_| {
        if reaches.get() && verdict.with_untracked(Option::is_none) {
            look(verdict, wrong, false);
        }
    });
    let runs = Memo::new(move |_| verdict.with(|verdict| verdict.as_ref().is_some_and(|told| runs(&told.verdict))));
    let begin = move |_| look(verdict, wrong, true);
    let told = move || {
        let failed = wrong.get().map(|words| view! { <p class="error" role="alert">{icon("warn")}{words}</p> });
        view! { {verdict.get().map(|told| found(&told.verdict))}{failed} }
    };
    let faults = move || {
        let told = verdict.with(|verdict| verdict.as_ref().map(|told| told.told.clone())).unwrap_or_default();
        (!told.is_empty()).then(|| view! { <ul class="audit-faults">{told.into_iter().map(fault).collect_view()}</ul> })
    };
    view! {
        <section class="section" aria-labelledby="h-audit-check">
            <h2 id="h-audit-check">{tr("audit-check")}</h2>
            <div class="sheet audit-check">
                <div>
                    <p class="quiet">{tr("audit-check-hint")}</p>
                    <div role="status">{told}</div>
                    {faults}
                </div>
                <button type="button" class="btn" disabled=move || runs.get() || !reaches.get() on:click=begin>
                    {tr("audit-verify")}
                </button>
            </div>
        </section>
    }
    .into_any()
}

const fn runs(verdict: &Verdict) -> bool {
    verdict.began_at.is_some() && verdict.ended_at.is_none()
}

fn look(verdict: RwSignal<Option<AuditVerdict>>, wrong: RwSignal<Option<String>>, start: bool) {
    wrong.set(None);
    commands::ask(Command::Audit(AuditAsk::Check { start }), move |result| {
        // The page may be gone.
        if verdict.try_get_untracked().is_none() {
            return;
        }
        match result {
            Ok(Done::Audit(answer)) => {
                if let AuditAnswer::Check(now) = *answer {
                    if runs(&now.verdict) {
                        set_timeout(
                            move || {
                                if verdict.try_get_untracked().is_some() {
                                    look(verdict, wrong, false);
                                }
                            },
                            EVERY,
                        );
                    }
                    verdict.set(Some(now));
                }
            }
            Ok(_) => {}
            Err(refusal) => {
                // What was under way goes on at the hub; here it is asked for again.
                verdict.set(None);
                wrong.set(Some(toasts::words(&refusal)));
            }
        }
    });
}

fn found(verdict: &Verdict) -> AnyView {
    let Some(began) = verdict.began_at else { return ().into_any() };
    let Some(ended) = verdict.ended_at else {
        let looked = verdict.entries.min(verdict.head);
        return view! { <p class="state">{icon("clock")}{t!("audit-checking", entries = looked, head = verdict.head)}</p> }
            .into_any();
    };
    let (tone, glyph, words) = if verdict.failed {
        ("icon icon--warn", "warn", tr("audit-check-failed"))
    } else if verdict.faults > 0 {
        ("icon icon--warn", "warn", t!("audit-faults", count = verdict.faults))
    } else {
        ("icon icon--good", "check", t!("audit-whole", entries = verdict.entries, documents = verdict.documents))
    };
    let when = t!("audit-checked", when = format::moment(ended.max(began)));
    view! { <p class="state">{toned(glyph, tone)}<span><b>{words}</b>" "<span class="quiet">{when}</span></span></p> }
        .into_any()
}

fn fault(told: AuditFault) -> AnyView {
    let word = &told.fault.word;
    let what = maybe(&format!("audit-wrong-{word}")).unwrap_or_else(|| word.clone());
    let place = match (told.fault.entry, told.fault.document) {
        (Some(number), _) => Some(t!("audit-entry", number = number).into_any()),
        (None, Some(doc)) => Some(doc_link(told.kind, doc, told.title.clone())),
        (None, None) => None,
    };
    view! { <li>{place.map(|place| view! { <b>{place}</b>" " })}{what}</li> }.into_any()
}
