//! Freezing a report as a meeting adopts it: its words, in which versions, and who adopted them.

use super::{
    super::{Engine, documents::Held, refuse},
    standing,
};
use crate::{
    domain::{
        DocId, EntityId, PartyCode, Snapshot,
        baseline::Baseline,
        canon,
        report::{self, Annex, Entry, FrozenLine, FrozenPart, Hash, MANIFEST_MAX, Manifest, Written},
    },
    engine::api::Refusal,
};

impl Engine {
    /// The report as it is here, to be frozen. Its documents are loaded.
    pub(super) fn freeze_report(&self, session: DocId, by: &[PartyCode]) -> Result<Baseline, Refusal> {
        let partly = || refuse("report-not-complete", "not all of the report is on this device");
        let held = self.documents.get(session).ok_or_else(partly)?;
        if self.position.missing.contains(&session)
            || self.voices(session).iter().any(|voice| self.position.missing.contains(voice))
        {
            return Err(partly());
        }
        if by.is_empty() {
            return Err(refuse("bad-value", "nobody adopts it"));
        }
        let snapshot = held.snapshot();
        let heard = self.voices_on(session);
        let spoken = |id: EntityId| {
            heard.iter().find_map(|(_, party, held)| Some((party, standing(held.snapshot(), "interventions", id)?)))
        };
        let line = |(number, id): &(u32, EntityId)| match standing(snapshot, "paragraphs", *id) {
            Some(record) => Some(FrozenLine::new(*number, *id, record, None)),
            None => spoken(*id).map(|(party, record)| FrozenLine::new(*number, *id, record, Some(party))),
        };
        let title = |item: EntityId| {
            let record = snapshot.collection("items").iter().find(|record| record.id == Some(item));
            record.map(|record| record.line("title").to_owned())
        };
        let parts: Vec<FrozenPart> = self
            .report_outline(session, snapshot)
            .into_iter()
            .filter(|part| !part.number.is_empty() || !part.standing.is_empty())
            .map(|part| FrozenPart {
                item: part.item,
                title: part.item.and_then(title).unwrap_or_default(),
                number: part.number,
                lines: part.standing.iter().filter_map(line).collect(),
            })
            .collect();
        let speaks = |held: &Held| Entry::all(held.snapshot(), "interventions").iter().any(|entry| !entry.withdrawn);
        let voices = heard.iter().filter(|(_, _, held)| speaks(held)).map(|(voice, _, held)| (*voice, *held));
        let (mut docs, mut waits) = (Vec::new(), Vec::new());
        for (doc, held) in std::iter::once((session, held)).chain(voices) {
            let heads = held.doc().heads();
            waits.extend(heads.iter().filter(|head| !held.acknowledged(head)).map(|head| (doc, *head)));
            docs.push(Written::new(doc, heads, canon::digest(held.snapshot())));
        }
        let frozen = Manifest::new(docs, parts, by, annexes(snapshot)).freeze(waits);
        if frozen.manifest.len() > MANIFEST_MAX {
            return Err(refuse("too-large", "too many words for one act"));
        }
        Ok(frozen)
    }

    /// Heads that an adoption froze and the hub has not acknowledged yet.
    pub(in super::super) fn report_waits(&self, frozen: &Baseline) -> u32 {
        let open = |(doc, head): &&(DocId, Hash)| match self.documents.get(*doc) {
            Some(held) => !held.acknowledged(head),
            None => self.outbox.of(*doc).any(|entry| entry.hash == *head),
        };
        u32::try_from(frozen.waits.iter().filter(open).count()).unwrap_or(u32::MAX)
    }
}

/// What is annexed to the report of a session.
pub(in super::super) fn annexes(snapshot: &Snapshot) -> Vec<Annex> {
    report::annexes(&snapshot.root, snapshot.collection("items"), &snapshot.acts)
}
