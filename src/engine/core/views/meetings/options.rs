//! Days proposed for a meeting, and what parties say of them.

use super::super::super::{Engine, documents::root_of, marks::Parties};
use crate::{
    domain::{
        DocId, Record, Snapshot,
        meeting::options::{AVAILABLE, PROPOSED, WHY, reasons, says},
    },
    engine::api::{DateAnswer, DateOption},
};

impl Engine {
    /// What this person's party says itself.
    pub(super) fn own_words(&self, meeting: DocId) -> Record {
        let voice = self.own_voice(meeting).and_then(|voice| self.documents.get(voice));
        voice.map(|held| held.snapshot().root.clone()).unwrap_or_default()
    }

    /// What is proposed and not taken back, the earliest first; what cannot be read comes last.
    pub(super) fn date_options(&self, meeting: DocId, snapshot: &Snapshot, parties: &mut Parties) -> Vec<DateOption> {
        let proposed = snapshot.root.fields.iter().filter_map(|(name, held)| {
            let id = name.strip_prefix(PROPOSED)?.strip_prefix(':')?.parse().ok()?;
            let text = held.value.as_str().filter(|text| !text.is_empty())?;
            Some(DateOption { id, days: text.parse().ok(), text: text.to_owned(), answers: Vec::new() })
        });
        let mut options: Vec<_> = proposed.collect();
        options.sort_by_key(|option| (option.days.is_none(), option.days, option.id));
        if options.is_empty() {
            return options;
        }
        let voices = self.voices_on(meeting);
        for (doc, party, held) in voices {
            let root = &held.snapshot().root;
            let mark = self.record_mark(doc, held, root_of(doc), parties);
            for option in &mut options {
                let Some(says) = says(root.fields.get(&format!("{AVAILABLE}:{}", option.id))) else { continue };
                let why = reasons(root.fields.get(&format!("{WHY}:{}", option.id)));
                option.answers.push(DateAnswer { party: party.clone(), says, why, doc, mark });
            }
        }
        for option in &mut options {
            option.answers.sort_by_cached_key(|answer| self.sort_name(&answer.party).to_lowercase());
        }
        options
    }
}
