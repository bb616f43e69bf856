//! What one's own party answers to the days proposed for a meeting, in its voice on it.

use super::{Engine, meetings::seen, refuse};
use crate::{
    domain::{
        At, DocId, DocKind, Edit, EntityId, Value,
        meeting::options::{AVAILABLE, Answer, PROPOSED},
    },
    engine::api::{CommandId, Refusal},
};

impl Engine {
    /// Answers whether one's own party can come on proposed days. Why not is a field of its voice like any other.
    pub(super) fn answer_dates(
        &mut self,
        command: CommandId,
        meeting: DocId,
        option: EntityId,
        answer: Option<Answer>,
    ) -> Result<(), Refusal> {
        let unknown = || refuse("unknown-document", meeting.to_string());
        let held = self.documents.get(meeting).ok_or_else(unknown)?;
        if self.entry(meeting).is_none_or(|entry| entry.kind != DocKind::Meeting) {
            return Err(unknown());
        }
        if held.snapshot().root.line(&format!("{PROPOSED}:{option}")).is_empty() {
            return Err(refuse("unknown-entity", "these days are not proposed, or not any more"));
        }
        let voice = self.speaking(command, meeting)?;
        let field = format!("{AVAILABLE}:{option}");
        let root = self.documents.get(voice).map(|held| &held.snapshot().root);
        // What stands there is resolved: two officers of this party may have answered apart.
        let seen = root.map(|root| seen(root, &field)).unwrap_or_default();
        let value = answer.map_or(Value::Empty, |answer| answer.word().into());
        let edit = Edit::Set { at: At::root(&field), value, seen };
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }
}
