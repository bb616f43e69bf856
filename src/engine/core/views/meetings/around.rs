//! What stands around an agenda: the items that delegations propose, and the notes that the Chair and the Secretariat make.

use super::super::super::{Engine, marks::Parties};
use crate::{
    domain::{DocId, DocKind, EntityId, Record, Snapshot, agenda::proposal, schema},
    engine::api::{NoteView, ProposalView},
};

impl Engine {
    /// The items that delegations propose for a session, as the hub received them.
    pub(super) fn proposals(&self, session: DocId, snapshot: &Snapshot, parties: &mut Parties) -> Vec<ProposalView> {
        let until = snapshot.root.read("proposals-until");
        let items = snapshot.collection("items");
        let mut proposals = Vec::new();
        for voice in self.voices(session) {
            let (Some(held), Some(party)) = (self.documents.get(voice), self.speaker(voice)) else { continue };
            let mine = held.snapshot().schema <= schema::CURRENT && self.may_write(voice);
            for record in held.snapshot().collection("proposals").iter().filter(|record| proposal::is_item(record)) {
                let Some(id) = record.id else { continue };
                let received = held.touch_of(id).map(|touch| touch.first_at).filter(|at| *at > 0);
                let (state, declined) = proposal::standing(session, id, items, &snapshot.acts);
                let item = proposal::item_id(session, id);
                proposals.push(ProposalView {
                    id,
                    doc: voice,
                    party: party.clone(),
                    record: record.clone(),
                    at: received.unwrap_or_else(|| super::super::project::made_at(id)),
                    arrival: proposal::arrival(received, until),
                    state,
                    declined: declined.map(|act| (act.reason.clone(), act.number.is_none())),
                    item: items.iter().any(|known| known.id == Some(item)).then_some(item),
                    mine,
                    mark: self.record_mark(voice, held, id, parties),
                });
            }
        }
        proposals.sort_by_key(|proposal| (proposal.at, proposal.id));
        proposals
    }

    /// The notes at the items of a session, in every annotated agenda of it that is here. Only the Chair's and the Secretariat's
    /// devices ever have one.
    pub(super) fn notes(&self, session: DocId, parties: &mut Parties) -> Vec<NoteView> {
        let mut notes = Vec::new();
        for doc in self.about(session, DocKind::Annotation) {
            let Some(held) = self.documents.get(doc) else { continue };
            let may_write = held.snapshot().schema <= schema::CURRENT && self.may_write(doc);
            let live = |record: &&Record| record.withdrawn.is_none();
            for record in held.snapshot().collection("notes").iter().filter(live) {
                let (Some(id), Some(item)) = (record.id, record.read::<EntityId>("item")) else { continue };
                let mark = self.record_mark(doc, held, id, parties);
                notes.push(NoteView { doc, item, record: record.clone(), may_write, mark });
            }
        }
        notes
    }
}
