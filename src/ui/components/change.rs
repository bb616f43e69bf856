//! What somebody did to one thing of a record, in words: what, from what to what, and when.

use leptos::prelude::*;

use crate::{
    domain::{DocKind, Value},
    engine::api::{ChangeLine, Changed, Meets, MetBy},
    ui::{
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::parties::Parties,
    },
};

use super::{
    by::{role, words as who_in_words},
    history::{acted, claimed},
    icon::icon,
    pieces::pieces,
    said::FieldOf,
};

/// So far may the clocks of a device and of the hub differ before both times are told: ten minutes.
const APART: u64 = 10 * 60 * 1000;

/// Which kind of change it is: its word for the style, its glyph and its message.
#[must_use]
pub fn kind(line: &ChangeLine) -> (&'static str, &'static str, &'static str) {
    match (&line.meets, &line.what) {
        (Meets::AtOnce(_), _) => ("both", "claims", "change-at-once"),
        (Meets::Others(_), _) => ("both", "claims", "change-others"),
        (Meets::Merged, Changed::Moved { .. }) => ("order", "changes", "change-both-hold"),
        (Meets::Merged, _) => ("clean", "check", "change-merged"),
        (Meets::Nothing, Changed::Made | Changed::Added) => ("add", "plus", "change-new"),
        (Meets::Nothing, Changed::Withdrawn { .. }) => ("gone", "refused", "change-withdrawn"),
        (Meets::Nothing, Changed::Acted(_)) => ("act", "check", "change-decided"),
        (Meets::Nothing, Changed::Claimed { .. }) => ("claim", "claims", "change-claimed"),
        (Meets::Nothing, Changed::Moved { .. }) => ("order", "changes", "change-moved"),
        (Meets::Nothing, Changed::Set { .. } | Changed::Wrote { .. } | Changed::Restored | Changed::Unknown) => {
            ("clean", "arrow", "change-changed")
        }
    }
}

/// The line in words.
pub fn said(line: &ChangeLine, of: DocKind, parties: &Parties) -> AnyView {
    let field = |name: &str| FieldOf { kind: of, collection: line.collection.as_deref(), name }.label(parties);
    let record = line.record.map(|_| {
        let title = match (&line.title, &line.collection) {
            (title, _) if !title.is_empty() => title.clone(),
            (_, Some(collection)) => tr(&format!("record-{collection}")),
            (_, None) => tr("record"),
        };
        view! { <b>{title}</b>": " }
    });
    match &line.what {
        Changed::Made => t!("change-made", kind = word("part-of", of.word())).into_any(),
        Changed::Added => {
            let what = line.collection.as_deref().map(|collection| tr(&format!("record-{collection}")));
            view! { {what.unwrap_or_else(|| tr("record"))}": "<b>{line.title.clone()}</b> }.into_any()
        }
        Changed::Moved { from, to } if !to.is_empty() => {
            let own = matches!(line.meets, Meets::Merged).then(|| t!("change-now", number = to.as_str()));
            view! { {record}{tr("change-moved-from")}" "{from_to(from.clone(), to.clone())}" "{own} }.into_any()
        }
        Changed::Moved { .. } => view! { {record}{tr("change-moved")} }.into_any(),
        Changed::Withdrawn { reason } => view! { {record}{tr("change-withdrawn")}{quoted(reason)} }.into_any(),
        Changed::Restored => view! { {record}{tr("change-restored")} }.into_any(),
        Changed::Set { field: name, pieces: words, why, .. } if !words.is_empty() => {
            view! { {record}{field(name)}{pieces(words.clone())}{quoted(why)} }.into_any()
        }
        Changed::Set { field: name, from, to, why, .. } => {
            let of = FieldOf { kind: of, collection: line.collection.as_deref(), name };
            let words = |value: &Value| of.value(value, parties);
            let before: Vec<String> = from.iter().map(words).filter(|words| !words.is_empty()).collect();
            view! { {record}{field(name)}" "{from_to(before.join(&tr("list-and")), words(to))}{quoted(why)} }.into_any()
        }
        Changed::Wrote { field: name, stretches, more } => {
            let stretches = stretches.iter().cloned().map(pieces).collect_view();
            let more = (*more > 0).then(|| view! { <p class="quiet small">{t!("change-more", count = *more)}</p> });
            view! { {record}{field(name)}{stretches}{more} }.into_any()
        }
        Changed::Claimed { claim, from } => {
            let was = from.as_ref().and_then(Value::as_str).filter(|was| *was != claim.value.as_str().unwrap_or(""));
            let was = was.map(|was| {
                let words = was.parse().map_or_else(
                    |_| was.parse().map_or_else(|_| was.to_owned(), format::short),
                    |status: crate::domain::project::ProjectStatus| word("status", status.word()),
                );
                view! { " "<span class="quiet">{t!("change-was", before = words)}</span> }
            });
            view! { {claimed(claim)}{was}{quoted(&claim.reason)} }.into_any()
        }
        Changed::Acted(act) => view! { {record}{act.act.as_ref().map(acted)}{quoted(&act.reason)} }.into_any(),
        Changed::Unknown => tr("change-unknown").into_any(),
    }
}

/// Why, in somebody's words.
fn quoted(reason: &str) -> Option<AnyView> {
    (!reason.is_empty()).then(|| view! { <blockquote>{reason.to_owned()}</blockquote> }.into_any())
}

/// What stood there, and what stands there.
fn from_to(from: String, to: String) -> AnyView {
    let or_empty = |words: String| if words.is_empty() { tr("kept-empty") } else { words };
    view! {
        <span class="fromto">
            <span class="was">
                <span class="vh">{tr("change-from")}</span>
                <s>{or_empty(from)}</s>
            </span>
            {icon("arrow")}
            <span>
                <span class="vh">{tr("change-to")}</span>
                <b>{or_empty(to)}</b>
            </span>
        </span>
    }
    .into_any()
}

/// As what somebody did it; when it came, and when it was written where the two are far apart: with no network, or by a
/// clock that is wrong.
pub fn by_when(line: &ChangeLine) -> AnyView {
    let role = role(&line.by).map(|role| view! { <span class="whose">{role}</span> });
    view! { {role}{when(line)} }.into_any()
}

/// When it came, and when it was written.
pub fn when(line: &ChangeLine) -> AnyView {
    let written = format::moment(line.written_at);
    let Some(at) = line.received_at else { return view! { <span>{written}</span> }.into_any() };
    let received = format::moment(at);
    let times = (line.times > 1).then(|| view! { <span>{t!("change-times", count = line.times)}</span> });
    let apart = if line.written_at > at + APART {
        Some(t!("change-clock-ahead", when = written))
    } else if at > line.written_at + APART {
        Some(t!("change-written", when = written))
    } else {
        None
    };
    view! { <span>{received}</span>{apart.map(|words| view! { <span>{words}</span> })}{times} }.into_any()
}

/// What somebody has to know of what was said at once.
pub fn at_once(line: &ChangeLine, of: DocKind, parties: &Parties) -> AnyView {
    let key = |said: &[Value]| match &line.what {
        Changed::Set { .. } | Changed::Wrote { .. } if said.is_empty() => "withdrawn-by",
        Changed::Set { .. } => "value",
        Changed::Wrote { .. } => "sentence",
        Changed::Claimed { .. } => "claim",
        Changed::Withdrawn { .. } => "withdrawn",
        Changed::Moved { .. } => "moved",
        Changed::Acted(_) => "agreed",
        Changed::Made | Changed::Added | Changed::Restored | Changed::Unknown => "else",
    };
    let words = |value: &Value| match &line.what {
        Changed::Set { field, .. } => {
            FieldOf { kind: of, collection: line.collection.as_deref(), name: field }.value(value, parties)
        }
        Changed::Claimed { claim, .. } => {
            let text = value.as_str().unwrap_or_default();
            match claim.what {
                crate::domain::ClaimKind::Status => word("status", text),
                _ => text.parse().map_or_else(|_| text.to_owned(), format::short),
            }
        }
        _ => value.as_str().unwrap_or_default().to_owned(),
    };
    let words = |said: &[Value]| {
        let words: Vec<String> = said.iter().map(words).filter(|words| !words.is_empty()).collect();
        (!words.is_empty()).then(|| words.join(&tr("list-and")))
    };
    let quoted = |words: String| view! { <blockquote>{words}</blockquote> };
    match &line.meets {
        Meets::AtOnce(own) => {
            let words = words(own).map(|words| quoted(t!("at-once-own", words = words)));
            view! { <p>{tr(&format!("at-once-{}", key(own)))}</p>{words} }.into_any()
        }
        Meets::Others(others) => {
            let one = |met: &MetBy| {
                let who = who_in_words(&met.who, parties);
                let words = words(&met.said);
                let words = words.map(|words| quoted(t!("others-said", who = who.as_str(), words = words)));
                view! { <p>{t!(&format!("others-{}", key(&met.said)), who = who)}</p>{words} }
            };
            others.iter().map(one).collect_view().into_any()
        }
        Meets::Nothing | Meets::Merged => ().into_any(),
    }
}
