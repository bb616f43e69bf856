//! Whether what one side did meets what another did: written apart, to one thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    docs::{Deed, Doc, Said, Step},
    domain::{EntityId, Snapshot, Value, act::ActRecord},
    engine::api::Meets,
};

/// What one side did that another had not seen.
pub(super) struct Side<'a> {
    doc: &'a Doc,
    steps: Vec<Step>,
}

impl<'a> Side<'a> {
    /// These changes.
    pub fn new(doc: &'a Doc, unseen: BTreeSet<[u8; 32]>) -> Self {
        let unseen: Vec<[u8; 32]> = unseen.into_iter().collect();
        Self { doc, steps: doc.steps(&unseen).unwrap_or_default() }
    }

    /// Nothing.
    pub const fn none(doc: &'a Doc) -> Self {
        Self { doc, steps: Vec::new() }
    }

    /// How one thing that another said in these steps meets it.
    pub fn meets(&self, said: &Said, steps: &[&Step], now: &Snapshot) -> Meets {
        if self.steps.is_empty() {
            return Meets::Nothing;
        }
        let about = subject(said, now);
        let mut mine: Vec<(&Step, &Said)> = self
            .steps
            .iter()
            .flat_map(|step| step.said.iter().map(move |said| (step, said)))
            .filter(|(_, mine)| touches(mine, said, about, now))
            .collect();
        let apart = self.apart(&mine, steps);
        mine.retain(|(step, _)| apart.contains(&step.hash));
        if mine.is_empty() {
            return Meets::Nothing;
        }
        if mine.iter().all(|(_, mine)| matches!(mine.deed, Deed::Moved))
            && !matches!(said.deed, Deed::Moved | Deed::Withdrawn(_))
        {
            return Meets::Merged;
        }
        let values = |pick: &dyn Fn(&Deed) -> Option<Value>| {
            let found: BTreeSet<Value> = mine.iter().filter_map(|(_, said)| pick(&said.deed)).collect();
            Meets::AtOnce(found.into_iter().collect())
        };
        match &said.deed {
            Deed::Set { to, .. } => match values(&|deed| match deed {
                Deed::Set { to, .. } => Some(to.clone()),
                _ => None,
            }) {
                // Both said the same.
                Meets::AtOnce(own) if own.iter().all(|own| own == to) && !own.is_empty() => Meets::Merged,
                Meets::AtOnce(own) if own.is_empty() => Meets::AtOnce(own),
                other => other,
            },
            Deed::Wrote { text, .. } => {
                let own: Vec<&Step> = mine
                    .iter()
                    .filter(|(_, said)| matches!(said.deed, Deed::Wrote { .. }))
                    .map(|(step, _)| *step)
                    .collect();
                if own.is_empty() {
                    return Meets::AtOnce(Vec::new());
                }
                // What they wrote before or after, having seen it, is another matter.
                let steps: Vec<&Step> = steps.iter().filter(|step| apart.contains(&step.hash)).copied().collect();
                let theirs = touched(&self.before(text, &steps), &self.after(text, &steps));
                let after = self.after(text, &own);
                let ours = touched(&self.before(text, &own), &after);
                if ours.intersection(&theirs).next().is_none() {
                    return Meets::Merged;
                }
                Meets::AtOnce(vec![Value::Str(after)])
            }
            Deed::Claimed(_) => values(&|deed| match deed {
                Deed::Claimed(id) => now.claims.iter().find(|claim| claim.id == *id).map(|claim| claim.value.clone()),
                _ => None,
            }),
            Deed::Moved if mine.iter().any(|(_, said)| matches!(said.deed, Deed::Moved)) => Meets::AtOnce(Vec::new()),
            Deed::Moved | Deed::Restored | Deed::Added => Meets::Merged,
            Deed::Withdrawn(_) | Deed::Acted(_) => Meets::AtOnce(Vec::new()),
        }
    }

    fn before(&self, text: &crate::docs::TextId, steps: &[&Step]) -> String {
        steps.first().map_or_else(String::new, |step| self.doc.words_at(text, &step.deps))
    }

    fn after(&self, text: &crate::docs::TextId, steps: &[&Step]) -> String {
        steps.last().map_or_else(String::new, |step| self.doc.words_at(text, &[step.hash]))
    }

    /// Those of both of whom neither had seen the other.
    fn apart(&self, mine: &[(&Step, &Said)], theirs: &[&Step]) -> BTreeSet<[u8; 32]> {
        let ours: BTreeSet<[u8; 32]> = mine.iter().map(|(step, _)| step.hash).collect();
        let mut apart = BTreeSet::new();
        if ours.is_empty() {
            return apart;
        }
        let lacking = theirs.iter().map(|step| (step.hash, self.doc.unseen_at(&[step.hash], &ours)));
        let lacking: BTreeMap<[u8; 32], BTreeSet<[u8; 32]>> = lacking.filter(|(_, ours)| !ours.is_empty()).collect();
        let theirs: BTreeSet<[u8; 32]> = lacking.keys().copied().collect();
        for own in ours.iter().filter(|_| !theirs.is_empty()) {
            let unseen = self.doc.unseen_at(&[*own], &theirs).into_iter();
            let both: Vec<[u8; 32]> = unseen.filter(|other| lacking[other].contains(own)).collect();
            apart.extend(both.first().map(|_| *own));
            apart.extend(both);
        }
        apart
    }
}

/// The record that something is about: an act is about its target.
fn subject(said: &Said, now: &Snapshot) -> Option<EntityId> {
    let target = |id: EntityId| act(now, id).and_then(|act| act.target);
    match said.deed {
        Deed::Acted(id) => target(id),
        _ => said.record,
    }
}

fn act(now: &Snapshot, id: EntityId) -> Option<&ActRecord> {
    now.acts.iter().find(|act| act.id == id)
}

/// Whether one's own word is about the same thing.
fn touches(mine: &Said, theirs: &Said, about: Option<EntityId>, now: &Snapshot) -> bool {
    let same_record = subject(mine, now) == about;
    match (&mine.deed, &theirs.deed) {
        (Deed::Claimed(a), Deed::Claimed(b)) => {
            let what = |id: &EntityId| now.claims.iter().find(|claim| claim.id == *id).map(|claim| claim.what);
            what(a) == what(b)
        }
        (Deed::Set { field: a, .. }, Deed::Set { field: b, .. })
        | (Deed::Wrote { field: a, .. }, Deed::Wrote { field: b, .. }) => same_record && a == b,
        // Withdrawn, agreed or moved while somebody wrote in it; and written in while it was withdrawn.
        (Deed::Set { .. } | Deed::Wrote { .. } | Deed::Moved, Deed::Withdrawn(_) | Deed::Moved)
        | (Deed::Withdrawn(_) | Deed::Moved, Deed::Set { .. } | Deed::Wrote { .. }) => same_record && about.is_some(),
        (Deed::Set { .. } | Deed::Wrote { .. }, Deed::Acted(_)) => same_record && about.is_some(),
        _ => false,
    }
}

/// The sentences of an earlier text that a later one has not as they were.
fn touched(before: &str, after: &str) -> BTreeSet<String> {
    let after: BTreeSet<String> = sentences(after).collect();
    sentences(before).filter(|sentence| !after.contains(sentence)).collect()
}

/// Sentences, by the marks that end them in the languages of ACCSM: also Khmer, Burmese, Chinese and Japanese.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '\n' | '។' | '၊' | '။' | '。' | '！' | '？');
    text.split(ends).map(|sentence| sentence.trim().to_owned()).filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_both_changed_are_found_and_others_are_not() {
        let base = "The Meeting noted the report. It thanked Viet Nam. Next time in Brunei.";
        let theirs = touched(base, "The Meeting noted the final report. It thanked Viet Nam. Next time in Brunei.");
        let far = touched(base, "The Meeting noted the report. It thanked Viet Nam. Next time online.");
        let near = touched(base, "The Meeting adopted the report. It thanked Viet Nam. Next time in Brunei.");
        assert!(theirs.is_disjoint(&far));
        assert_eq!(theirs, near);
        let added = touched(base, &format!("{base} And one more."));
        assert!(added.is_empty(), "what is added takes nothing from anybody");
        assert_eq!(sentences("រដ្ឋ។ ការងារ").count(), 2);
    }
}
