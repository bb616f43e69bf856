//! What one's own party says of the days proposed for a meeting, in its voice on it.

use super::{Engine, meetings::seen, refuse};
use crate::{
    domain::{
        At, DocId, DocKind, Edit, EntityId, Record, Value,
        meeting::options::{AVAILABLE, Answer, PROPOSED, WHY},
    },
    engine::api::{CommandId, Refusal},
};

/// The write that makes a field say something, and resolves what stands there; none where it says just that.
fn to_say(root: &Record, field: String, text: &str) -> Option<Edit> {
    let seen = seen(root, &field);
    let value = if text.is_empty() { Value::Empty } else { Value::from(text) };
    let stands = seen.first().cloned().unwrap_or_default();
    let says = stands == value || (text.is_empty() && stands == Value::from(""));
    (!says || seen.len() > 1).then(|| Edit::Set { at: At::root(&field), value, seen })
}

impl Engine {
    /// Answers whether one's own party can come on proposed days, and why not.
    pub(super) fn answer_dates(
        &mut self,
        command: CommandId,
        meeting: DocId,
        option: EntityId,
        answer: Option<Answer>,
        why: &str,
    ) -> Result<(), Refusal> {
        let unknown = || refuse("unknown-document", meeting.to_string());
        let held = self.documents.get(meeting).ok_or_else(unknown)?;
        if self.entry(meeting).is_none_or(|entry| entry.kind != DocKind::Meeting) {
            return Err(unknown());
        }
        if held.snapshot().root.line(&format!("{PROPOSED}:{option}")).is_empty() {
            return Err(refuse("unknown-record", "these days are not proposed, or not any more"));
        }
        let voice = self.speaking(command, meeting)?;
        for (field, text) in [(AVAILABLE, answer.map_or("", Answer::word)), (WHY, why.trim())] {
            let root = self.documents.get(voice).map(|held| held.snapshot().root.clone()).unwrap_or_default();
            let Some(edit) = to_say(&root, format!("{field}:{option}"), text) else { continue };
            self.may_edit(voice, &edit)?;
            self.write_edit(command, voice, edit)?;
        }
        Ok(())
    }
}
