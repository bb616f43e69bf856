//! Refused words as text.

use crate::domain::{Act, Edit, Value};

/// What a person wrote, as text to read and copy.
pub(in super::super) fn words(edit: &Edit) -> String {
    let text = |value: &Value| match value {
        Value::Empty => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Str(text) => text.clone(),
    };
    let parts: Vec<String> = match edit {
        Edit::Set { value, .. } => vec![text(value)],
        Edit::Choose { value, reason, .. } => vec![text(value), reason.clone()],
        Edit::Text { splices, .. } => splices.iter().map(|splice| splice.insert.clone()).collect(),
        Edit::Add { fields, texts, .. } | Edit::Begin { fields, texts } => {
            fields.iter().map(|(_, value)| text(value)).chain(texts.iter().map(|(_, prose)| prose.clone())).collect()
        }
        Edit::Move { .. } | Edit::Restore { .. } => Vec::new(),
        Edit::Withdraw { reason, .. } => vec![reason.clone()],
        Edit::Claim { value, evidence, reason, .. } | Edit::ClaimAt { value, evidence, reason, .. } => {
            vec![text(value), evidence.clone(), reason.clone()]
        }
        Edit::Act { act, reason, .. } => vec![act_word(act), reason.clone()],
        Edit::Make(edits) => edits.iter().map(words).collect(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn act_word(act: &Act) -> String {
    match act {
        Act::MovePlan(to) => to.to_string(),
        Act::StepPlan(step) => step.to.to_string(),
        Act::PublishStatus(to) => to.to_string(),
        Act::PublishStep(step) => step.to.to_string(),
        Act::Classify(said) => said.value.clone(),
        Act::Settle(to) => to.to_string(),
        Act::StepDraft(step) => step.to.to_string(),
        Act::MoveMeeting(to) => to.to_string(),
        Act::MoveAgenda(to) => to.to_string(),
        Act::MoveItem(to) => to.to_string(),
        Act::FixDate(when) => when.to_string(),
        Act::FixDates(step) => {
            let days = step.to.start.into_iter().chain(step.to.end).map(|when| when.to_string());
            let times = step.to.from.into_iter().chain(step.to.until).map(|clock| clock.to_string());
            days.chain(times).chain([step.to.zone.clone()]).collect::<Vec<_>>().join(" ").trim().to_owned()
        }
        Act::ChangeMode(step) => step.to.to_string(),
        Act::AmendAgenda(change) => change.is.clone(),
        Act::NameVersion(name) => name.clone(),
        Act::Report(what) => what.words(),
        Act::Order(_) | Act::DeclineItem => String::new(),
    }
}
