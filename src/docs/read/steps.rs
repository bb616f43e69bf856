//! A step in a plan's life as JSON: beside the state to which it goes, at which meeting, when, and what it froze. What a
//! later version adds is left where it stands; what cannot be read is left out, and the state is moved all the same.

use serde_json::Value;

use crate::domain::{
    Act, DocId, When, base64url,
    baseline::Baseline,
    plan::{PlanState, PlanStep},
    project::{ProjectStatus, StatusStep},
};

/// What stands beside `to`.
pub(super) fn written(step: &PlanStep) -> Vec<(String, Value)> {
    decided(step.meeting, step.on).into_iter().chain(frozen(step.baseline.as_ref())).collect()
}

/// What a step froze.
pub(super) fn frozen(baseline: Option<&Baseline>) -> Vec<(String, Value)> {
    let waits = baseline.filter(|baseline| !baseline.waits.is_empty()).map(|baseline| {
        let pair = |(doc, head): &(DocId, [u8; 32])| Value::from(vec![doc.to_string(), base64url::encode(head)]);
        ("waits".to_owned(), baseline.waits.iter().map(pair).collect())
    });
    let manifest = said("manifest", baseline.map(|baseline| base64url::encode(&baseline.manifest)));
    manifest.into_iter().chain(waits).collect()
}

/// Reads [`frozen`].
pub(super) fn read_frozen(body: &Value) -> Option<Baseline> {
    let wait = |pair: &Value| {
        let head = base64url::decode(pair.get(1)?.as_str()?)?;
        Some((pair.get(0)?.as_str()?.parse().ok()?, head.try_into().ok()?))
    };
    let waits = body.get("waits").and_then(Value::as_array).map(|waits| waits.iter().filter_map(wait).collect());
    let manifest = body.get("manifest").and_then(Value::as_str).and_then(base64url::decode)?;
    Some(Baseline { manifest, waits: waits.unwrap_or_default() })
}

fn said(name: &str, text: Option<String>) -> Option<(String, Value)> {
    text.map(|text| (name.to_owned(), Value::String(text)))
}

/// Where and when something was decided, as it stands beside `to`.
pub(super) fn decided(meeting: Option<DocId>, on: Option<When>) -> Vec<(String, Value)> {
    let meeting = said("meeting", meeting.map(|meeting| meeting.to_string()));
    meeting.into_iter().chain(said("on", on.map(|when| when.to_string()))).collect()
}

/// Reads [`decided`].
fn where_and_when(body: &Value) -> (Option<DocId>, Option<When>) {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    (text("meeting").and_then(|id| id.parse().ok()), text("on").and_then(|when| when.parse().ok()))
}

/// Reads a published status: an act that says nothing but the status is the plain one.
pub(super) fn published(to: ProjectStatus, body: &Value) -> Act {
    match where_and_when(body) {
        (None, None) => Act::PublishStatus(to),
        (meeting, on) => Act::PublishStep(Box::new(StatusStep { to, meeting, on })),
    }
}

/// Reads [`written`]: an act that says nothing but the state is the plain one.
pub(super) fn read(to: PlanState, body: &Value) -> Act {
    let baseline = read_frozen(body);
    let (meeting, on) = where_and_when(body);
    let step = PlanStep { to, meeting, on, baseline };
    match step {
        PlanStep { to, meeting: None, on: None, baseline: None } => Act::MovePlan(to),
        step => Act::StepPlan(Box::new(step)),
    }
}
