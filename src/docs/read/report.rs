//! What is done in a report as JSON: `to` and what stands beside it. What a later version adds is left where it stands; a
//! word that is not known here makes the act one of a kind not known here.

use serde_json::Value;

use super::steps;
use crate::domain::{
    DocId, base64url,
    report::{Agreement, DecidedBy, Hash, Recorded, ReportAct, ReportStep},
};

/// What stands under `to`.
pub(super) fn to(what: &ReportAct) -> Value {
    match what {
        ReportAct::Agree(agreement) => agreement.to.word().into(),
        ReportAct::Step(step) => step.to.word().into(),
        ReportAct::Answer(to) => to.word().into(),
        ReportAct::Record(recorded) => recorded.to.word().into(),
        ReportAct::Progress(to) => to.word().into(),
        ReportAct::Correct(reads) => reads.as_str().into(),
        ReportAct::Decide(by) => by.paragraph.to_string().into(),
    }
}

/// What stands beside it.
pub(super) fn beside(what: &ReportAct) -> Vec<(String, Value)> {
    let said = |name: &str, text: String| (name.to_owned(), Value::String(text));
    match what {
        ReportAct::Agree(agreement) => vec![said("of", base64url::encode(&agreement.of))],
        ReportAct::Step(step) => steps::frozen(step.frozen.as_ref()),
        ReportAct::Record(recorded) => {
            vec![said("from", recorded.from.to_string()), said("of", base64url::encode(&recorded.of))]
        }
        ReportAct::Decide(by) => vec![said("meeting", by.meeting.to_string())],
        ReportAct::Answer(_) | ReportAct::Progress(_) | ReportAct::Correct(_) => Vec::new(),
    }
}

/// Reads both.
pub(super) fn read(act: &str, word: &str, body: &Value) -> Option<ReportAct> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let of = || -> Option<Hash> { base64url::decode(text("of")?)?.try_into().ok() };
    Some(match act {
        "agree-paragraph" => ReportAct::Agree(Agreement { to: word.parse().ok()?, of: of()? }),
        "move-report" => ReportAct::Step(ReportStep { to: word.parse().ok()?, frozen: steps::read_frozen(body) }),
        "answer-suggestion" => ReportAct::Answer(word.parse().ok()?),
        "record-result" => {
            let from: DocId = text("from")?.parse().ok()?;
            ReportAct::Record(Recorded { to: word.parse().ok()?, from, of: of()? })
        }
        "report-action" => ReportAct::Progress(word.parse().ok()?),
        "correct-report" => ReportAct::Correct(word.to_owned()),
        "name-decision" => {
            ReportAct::Decide(DecidedBy { paragraph: word.parse().ok()?, meeting: text("meeting")?.parse().ok()? })
        }
        _ => return None,
    })
}
