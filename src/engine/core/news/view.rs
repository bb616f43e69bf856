//! What was told, as a page shows it: by plan and meeting, then by document, then by delegation.

use std::collections::BTreeMap;

use super::Engine;
use crate::{
    domain::{DocId, DocKind, PartyCode, person::ReadMark},
    engine::api::{ChangeLine, ChangedBy, ChangedDoc, ChangedSubject, ChangesView, Meets, Since},
};

impl Engine {
    pub(in super::super) fn changes_view(
        &self,
        since: Since,
        of: Option<DocId>,
        changed: &[(DocId, ReadMark)],
    ) -> ChangesView {
        let mut subjects: Vec<ChangedSubject> = Vec::new();
        let mut coming = 0;
        for (doc, since) in changed {
            let Some(told) = self.told(*doc, *since) else {
                coming += 1;
                continue;
            };
            let lines: Vec<&ChangeLine> = self.lines_of(told, *doc, of).map(|(_, line)| line).collect();
            if lines.is_empty() && !told.lines.is_empty() {
                continue;
            }
            let home = self.home(*doc);
            let told = self.changed_doc(*doc, home, &lines);
            match subjects.iter_mut().find(|subject| subject.doc == home) {
                Some(subject) => subject.docs.push(told),
                None => subjects.push(ChangedSubject {
                    doc: home,
                    kind: self.entry(home).map_or(DocKind::Register, |entry| entry.kind),
                    title: self.title(home),
                    docs: vec![told],
                }),
            }
        }
        let from = match (since, of) {
            (Since::Moment(at), _) => Some(at),
            (Since::Read, of) => Some(self.read_until(of.unwrap_or(DocId::from_bytes([0; 16]))).at),
        };
        let latest = self.rows.values().filter_map(|row| row.heard);
        let (number, at) =
            latest.fold((self.position.number, 0), |(number, at), heard| (number.max(heard.0), at.max(heard.1)));
        ChangesView {
            since: from.filter(|at| *at > 0),
            subjects,
            coming,
            mark: ReadMark { number, at },
            party: self.account.as_ref().map(|account| account.party.clone()),
        }
    }

    /// What two said of a document at the same time, this person or others, and is not read.
    pub(in super::super) fn at_once(&self, doc: DocId) -> Vec<ChangedBy> {
        let told = self.unread_since(doc).and_then(|since| self.news.told.get(&(doc, since)));
        let met = |line: &&ChangeLine| matches!(line.meets, Meets::AtOnce(_) | Meets::Others(_));
        let lines: Vec<&ChangeLine> = told.into_iter().flat_map(|told| &told.lines).filter(met).collect();
        self.by_party(&lines)
    }

    pub(in super::super) fn by_party(&self, lines: &[&ChangeLine]) -> Vec<ChangedBy> {
        let mut by: BTreeMap<Option<PartyCode>, Vec<ChangeLine>> = BTreeMap::new();
        for line in lines {
            by.entry(line.by.party.clone()).or_default().push((*line).clone());
        }
        by.into_iter().map(|(party, lines)| ChangedBy { party, lines }).collect()
    }

    fn changed_doc(&self, doc: DocId, home: DocId, lines: &[&ChangeLine]) -> ChangedDoc {
        let party = self.account.as_ref().map(|account| &account.party);
        let row = self.project_row(doc);
        ChangedDoc {
            doc,
            kind: self.entry(doc).map_or(DocKind::Register, |entry| entry.kind),
            title: if doc == home { String::new() } else { self.title(doc) },
            mine: party.is_some_and(|party| row.is_some_and(|row| row.leads.contains(party))),
            may_write: self.may_write(doc),
            by: self.by_party(lines),
        }
    }
}
