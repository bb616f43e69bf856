//! A step in a plan's life as JSON: beside the state to which it goes, at which meeting, when, and what it froze. What a
//! later version adds is left where it stands; what cannot be read is left out, and the state is moved all the same.

use serde_json::Value;

use crate::domain::{
    Act, DocId, base64url,
    baseline::Baseline,
    plan::{PlanState, PlanStep},
};

/// What stands beside `to`.
pub(super) fn written(step: &PlanStep) -> Vec<(String, Value)> {
    let said = |name: &str, text: Option<String>| text.map(|text| (name.to_owned(), Value::String(text)));
    let baseline = step.baseline.as_ref();
    let waits = baseline.filter(|baseline| !baseline.waits.is_empty()).map(|baseline| {
        let pair = |(doc, head): &(DocId, [u8; 32])| Value::from(vec![doc.to_string(), base64url::encode(head)]);
        ("waits".to_owned(), baseline.waits.iter().map(pair).collect())
    });
    [
        said("meeting", step.meeting.map(|meeting| meeting.to_string())),
        said("on", step.on.map(|when| when.to_string())),
        said("manifest", baseline.map(|baseline| base64url::encode(&baseline.manifest))),
        waits,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Reads [`written`]: an act that says nothing but the state is the plain one.
pub(super) fn read(to: PlanState, body: &Value) -> Act {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let wait = |pair: &Value| {
        let head = base64url::decode(pair.get(1)?.as_str()?)?;
        Some((pair.get(0)?.as_str()?.parse().ok()?, head.try_into().ok()?))
    };
    let waits = body.get("waits").and_then(Value::as_array).map(|waits| waits.iter().filter_map(wait).collect());
    let baseline = text("manifest")
        .and_then(base64url::decode)
        .map(|manifest| Baseline { manifest, waits: waits.unwrap_or_default() });
    let step = PlanStep {
        to,
        meeting: text("meeting").and_then(|id| id.parse().ok()),
        on: text("on").and_then(|when| when.parse().ok()),
        baseline,
    };
    match step {
        PlanStep { to, meeting: None, on: None, baseline: None } => Act::MovePlan(to),
        step => Act::StepPlan(Box::new(step)),
    }
}
