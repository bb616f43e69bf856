//! Which paragraphs are agreed, and what was answered to suggestions.

use super::{AgreeStep, Answered, Entry, ReportAct, is_release, of_act, outline};
use crate::domain::{
    act::{ActRecord, in_order},
    canon,
    id::EntityId,
    record::{Record, Snapshot},
};

/// A SHA-256.
pub type Hash = [u8; 32];

/// How a paragraph stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// Nobody agreed it, or it was opened again.
    Open,
    /// What it says was agreed, by this act.
    Agreed(ActRecord),
    /// It was agreed by this act, and says something else.
    Changed(ActRecord),
}

/// How a paragraph stands that says `now`. Whatever was agreed of these very words counts, in whichever order it came;
/// opening it again ends all that was agreed before.
#[must_use]
pub fn agreed(acts: &[ActRecord], paragraph: EntityId, now: &Hash) -> Agreed {
    let (mut same, mut other) = (None, None);
    for act in in_order(acts).into_iter().filter(|act| act.target == Some(paragraph)) {
        let Some(ReportAct::Agree(agreement)) = of_act(act) else { continue };
        match agreement.to {
            AgreeStep::Reopened => (same, other) = (None, None),
            AgreeStep::Agreed if agreement.of == *now => same = Some(act),
            AgreeStep::Agreed => other = Some(act),
        }
    }
    match (same, other) {
        (Some(act), _) => Agreed::Agreed(act.clone()),
        (None, Some(act)) => Agreed::Changed(act.clone()),
        (None, None) => Agreed::Open,
    }
}

/// How a paragraph of a session stands: the hash of what it says, and whether that is agreed. One of the media release is cleared
/// as it stands among the others, by the Chair, whose acts say under which term: what the Secretariat agreed does not count, and
/// neither does what was cleared before one was added, left out or moved.
#[must_use]
pub fn stands(snapshot: &Snapshot, id: EntityId, record: &Record) -> (Hash, Agreed) {
    if !is_release(record) {
        let now = canon::paragraph(record);
        return (now, agreed(&snapshot.acts, id, &now));
    }
    let all = outline(&[], &Entry::release(snapshot));
    let order: Vec<EntityId> = all.iter().flat_map(|part| &part.standing).map(|(_, id)| *id).collect();
    let now = canon::release(record, &order);
    let agrees = |act: &ActRecord| matches!(of_act(act), Some(ReportAct::Agree(what)) if what.to == AgreeStep::Agreed);
    let counts = |act: &&ActRecord| act.target == Some(id) && (act.term.is_some() || !agrees(act));
    (now, agreed(&snapshot.acts.iter().filter(counts).cloned().collect::<Vec<_>>(), id, &now))
}

/// What was answered to a suggestion: the first answer in the hub's order counts.
#[must_use]
pub fn answer(acts: &[ActRecord], suggestion: EntityId) -> Option<(Answered, &ActRecord)> {
    in_order(acts).into_iter().filter(|act| act.target == Some(suggestion)).find_map(|act| match of_act(act)? {
        ReportAct::Answer(to) => Some((*to, act)),
        _ => None,
    })
}
