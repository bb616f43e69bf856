//! Who comes to a meeting, in the order in which delegations sit and are called, and what their parties tell the host.

use std::collections::BTreeMap;

use super::super::{
    super::{Engine, documents::root_of, marks::Parties},
    plans::first_day,
};
use crate::{
    domain::{Audience, DocId, DocKind, Framework, PartyCode, Record, Snapshot, delegation, schema},
    engine::api::{DelegationRow, DelegationsView, LogisticsView, MeetingRow},
};

impl Engine {
    pub(super) fn delegations_view(
        &self,
        meeting: DocId,
        row: &MeetingRow,
        snapshot: &Snapshot,
        parties: &mut Parties,
    ) -> DelegationsView {
        let on = first_day(row.start).unwrap_or_else(|| self.today());
        let framework = row.framework.unwrap_or(Framework::Accsm);
        let mut rows: BTreeMap<PartyCode, DelegationRow> = BTreeMap::new();
        let new = |party: PartyCode| DelegationRow {
            seat: delegation::seat(&self.catalogue, &party, row.chair.as_ref(), on),
            party,
            list: None,
            people: Vec::new(),
            marks: BTreeMap::new(),
            recorded: Vec::new(),
            mine: false,
        };
        let mut of = |party: PartyCode, say: &mut dyn FnMut(&mut DelegationRow)| {
            say(rows.entry(party.clone()).or_insert_with(|| new(party)));
        };
        for party in delegation::expected(&self.catalogue, framework, on) {
            of(party, &mut |_| {});
        }
        for record in snapshot.collection("delegations").iter().filter(|record| record.withdrawn.is_none()) {
            if let Some(party) = record.read("party") {
                of(party, &mut |row| row.recorded.extend(record.id));
            }
        }
        for (doc, party, held) in self.voices_on(meeting) {
            let list = delegation::people(held.snapshot().collection("delegates"));
            if list.is_empty() {
                continue;
            }
            let marks: BTreeMap<_, _> =
                list.iter().filter_map(|one| one.id).map(|id| (id, self.record_mark(doc, held, id, parties))).collect();
            of(party, &mut |row| (row.list, row.people, row.marks) = (Some(doc), list.clone(), marks.clone()));
        }
        let own = self.account.as_ref().map(|own| own.party.clone());
        let may_list = self.may_comment(meeting);
        if let Some(own) = own.clone().filter(|_| may_list) {
            of(own, &mut |row| row.mine = true);
        }
        let mut rows: Vec<_> = rows.into_values().collect();
        delegation::seating(&mut rows, |row| (row.seat, self.sort_name(&row.party)));
        let arranged = self.arranged(meeting, row.host.as_ref(), parties);
        let begun = arranged.iter().any(|told| Some(&told.party) == own.as_ref());
        let before = self.told_before(meeting).into_iter().filter(|_| !begun);
        let before = before.filter_map(|doc| match &self.entry(doc)?.audience {
            Audience::Party(host) => Some(host.clone()),
            _ => None,
        });
        DelegationsView {
            rows,
            on,
            told_before: before.collect(),
            arranged,
            may_arrange: self.may_arrange(meeting),
            own,
            may_list,
        }
    }

    /// What a party's name is sorted by.
    pub(super) fn sort_name(&self, code: &PartyCode) -> String {
        let known = self.registers().flat_map(|register| &register.parties).find(|party| party.code == *code);
        let sort = known.map(|party| party.sort.clone()).filter(|sort| !sort.is_empty());
        sort.unwrap_or_else(|| self.party_name(code))
    }

    /// What parties tell the present host, as far as it is here: all of it on the host's devices, one's own on any other.
    fn arranged(&self, meeting: DocId, host: Option<&PartyCode>, parties: &mut Parties) -> Vec<LogisticsView> {
        let mut told = Vec::new();
        for doc in self.about(meeting, DocKind::Logistics) {
            let (Some(held), Some(party), Some(entry)) = (self.documents.get(doc), self.speaker(doc), self.entry(doc))
            else {
                continue;
            };
            let for_host = matches!(&entry.audience, Audience::Party(code) if Some(code) == host);
            if for_host {
                let record: Record = held.snapshot().root.clone();
                let may_write = held.snapshot().schema <= schema::CURRENT && self.may_write(doc);
                let mark = self.record_mark(doc, held, root_of(doc), parties);
                told.push(LogisticsView { doc, party, record, may_write, mark });
            }
        }
        told
    }
}
