//! Which paragraphs are agreed, and what was answered to suggestions.

use super::{AgreeStep, Answered, ReportAct, of_act};
use crate::domain::{
    act::{ActRecord, in_order},
    id::EntityId,
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

/// Whether a paragraph of the media release is cleared: by the Chair, whose acts say under which term; what the Secretariat
/// agreed does not count.
#[must_use]
pub fn cleared(acts: &[ActRecord], paragraph: EntityId, now: &Hash) -> Agreed {
    let agrees = |act: &ActRecord| matches!(of_act(act), Some(ReportAct::Agree(what)) if what.to == AgreeStep::Agreed);
    let counts = |act: &&ActRecord| act.target == Some(paragraph) && (act.term.is_some() || !agrees(act));
    agreed(&acts.iter().filter(counts).cloned().collect::<Vec<_>>(), paragraph, now)
}

/// What was answered to a suggestion: the first answer in the hub's order counts.
#[must_use]
pub fn answer(acts: &[ActRecord], suggestion: EntityId) -> Option<(Answered, &ActRecord)> {
    in_order(acts).into_iter().filter(|act| act.target == Some(suggestion)).find_map(|act| match of_act(act)? {
        ReportAct::Answer(to) => Some((*to, act)),
        _ => None,
    })
}
