//! The log as somebody reads through it: who brought what and when, newest first, with what was refused between.
//!
//! It never says what a change says. Of what its reader may not read it says that something came, from whom and when, and
//! neither what nor where: not even whether two such lines are about one document. An operator, who has the database, is told.

pub mod file;

use std::collections::VecDeque;

use super::{
    clock,
    store::{Denial, Row, Sift, Store, StoreError, Subject},
};
use crate::domain::{
    Catalogue, Date, DeviceId, DocId, Fact, PartyCode, PersonId,
    audit::{Ask, Cursor, Filter, Line, MOST, Outcome, Page, What},
};

/// Who reads, and by which facts.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Everything the facts say.
    pub catalogue: &'a Catalogue,
    /// The person, on a day; none: the operator.
    pub person: Option<(PersonId, Date)>,
}

impl Reader<'_> {
    /// Whether they may know of a document.
    #[must_use]
    pub fn knows(&self, doc: DocId) -> bool {
        self.person.is_none_or(|(person, on)| {
            self.catalogue.docs.get(&doc).is_some_and(|entry| self.catalogue.may_read(person, entry, on))
        })
    }

    fn sees(&self, fact: &Fact) -> bool {
        self.person.is_none_or(|(person, on)| self.catalogue.may_see(person, fact, on))
    }

    /// The devices that a filter leaves; none: all, and the hub itself.
    fn devices(&self, filter: &Filter) -> Option<Vec<DeviceId>> {
        if filter.device.is_none() && filter.person.is_none() && filter.party.is_none() {
            return None;
        }
        let catalogue = self.catalogue;
        // Whoever ever spoke for the party; for whom they did on the day is looked at line by line.
        let speaks = |person: PersonId| {
            let of =
                |party: &PartyCode| catalogue.appointments.values().any(|by| by.person == person && by.party == *party);
            filter.party.as_ref().is_none_or(of)
        };
        let fits = |(id, device): &(&DeviceId, &crate::domain::catalogue::Device)| {
            filter.device.is_none_or(|wanted| wanted == **id)
                && filter.person.is_none_or(|wanted| wanted == device.person)
                && speaks(device.person)
        };
        Some(catalogue.devices.iter().filter(fits).map(|(id, _)| *id).collect())
    }

    fn brought(&self, person: Option<PersonId>, device: Option<DeviceId>, received_at: u64) -> Line {
        let person = person.or_else(|| self.catalogue.owner(device?));
        let by = person.and_then(|person| self.catalogue.spoke_for(person, clock::day(received_at)));
        let (party, role) = (by.map(|by| by.party.clone()), by.map(|by| by.role.to_string()));
        Line { person, device, party, role, received_at, ..Line::default() }
    }

    fn about(&self, line: Line, what: What, doc: Option<DocId>, hash: [u8; 32]) -> Line {
        let kind = doc.and_then(|doc| self.catalogue.docs.get(&doc)).map(|entry| entry.kind.to_string());
        let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Line { what: Some(what.to_string()), document: doc, kind, hash: Some(hash), ..line }
    }

    fn row(&self, row: &Row) -> Line {
        let line = Line { number: Some(row.number), ..self.brought(row.person, row.device, row.received_at) };
        match &row.subject {
            Subject::Change { doc, .. } if self.knows(*doc) => self.about(line, What::Change, Some(*doc), row.hash),
            Subject::Change { .. } => line,
            Subject::Fact => match Fact::from_bytes(row.body.as_deref().unwrap_or_default()) {
                Ok(fact) if self.sees(&fact) => {
                    self.about(line, What::from(&fact), subject(self.catalogue, &fact), row.hash)
                }
                Err(_) if self.person.is_none() => self.about(line, What::Fact, None, row.hash),
                Ok(_) | Err(_) => line,
            },
        }
    }

    fn denial(&self, denial: &Denial) -> Line {
        let line =
            Line { why: Some(denial.why.clone()), ..self.brought(None, Some(denial.device), denial.received_at) };
        match denial.doc {
            Some(doc) if !self.knows(doc) => line,
            doc => self.about(line, denial.what, doc, denial.hash),
        }
    }
}

/// The document that a fact is about.
pub fn subject(catalogue: &Catalogue, fact: &Fact) -> Option<DocId> {
    match fact {
        Fact::Doc { id, .. } => Some(*id),
        Fact::Grant { doc, .. } | Fact::Number { doc, .. } | Fact::Reserve { plan: doc, .. } => Some(*doc),
        Fact::Ungrant { grant } => {
            let standing = catalogue.grants.get(grant).map(|(doc, _)| *doc);
            standing.or_else(|| catalogue.ended.get(grant).copied().flatten())
        }
        Fact::Workspace { .. }
        | Fact::Member { .. }
        | Fact::Term { .. }
        | Fact::Appoint { .. }
        | Fact::End { .. }
        | Fact::Device { .. }
        | Fact::Owner { .. }
        | Fact::Revoke { .. } => None,
    }
}

/// The numbers of the facts that are about a document.
pub fn about<'a>(catalogue: &Catalogue, facts: impl Iterator<Item = (u64, &'a [u8])>, doc: DocId) -> Vec<u64> {
    let is = |body: &[u8]| Fact::from_bytes(body).is_ok_and(|fact| subject(catalogue, &fact) == Some(doc));
    facts.filter(|(_, body)| is(body)).map(|(number, _)| number).collect()
}

/// One of the two lists that are told as one, as far as it was read.
struct Told<T> {
    read: VecDeque<T>,
    /// All that is left of it is read.
    ended: bool,
}

impl<T> Told<T> {
    const fn new(wanted: bool) -> Self {
        Self { read: VecDeque::new(), ended: !wanted }
    }

    fn lacks(&self) -> bool {
        self.read.is_empty() && !self.ended
    }

    fn came(&mut self, rows: Vec<T>, limit: u32) {
        self.ended = rows.len() < limit as usize;
        self.read = rows.into();
    }
}

/// The next lines that fit. `about` are the numbers of the facts about the document that is asked for. `head` stays 0.
///
/// # Errors
/// When the store fails, or a row does not read.
pub async fn page(store: &dyn Store, reader: Reader<'_>, ask: &Ask, about: Vec<u64>) -> Result<Page, StoreError> {
    let filter = &ask.filter;
    let mut page = Page::default();
    // Ids can be derived: no answer tells that there is a document to whoever may not know of it.
    if filter.document.is_some_and(|doc| !reader.knows(doc)) {
        return Ok(page);
    }
    let sift = Sift {
        about: filter.document.map(|doc| (doc, about)),
        devices: reader.devices(filter),
        from: filter.from,
        to: filter.to,
    };
    let limit = ask.limit.clamp(1, MOST);
    let mut at = ask.before.unwrap_or(Cursor { entry: u64::MAX, denial: u64::MAX });
    let mut rows = Told::new(filter.outcome != Some(Outcome::Refused));
    let mut denials = Told::new(filter.outcome != Some(Outcome::Accepted));
    loop {
        if rows.lacks() {
            rows.came(store.sift(sift.clone(), at.entry, limit).await?, limit);
            // What comes later is not among what is older.
            at.entry = rows.read.front().map_or(0, |row| row.number + 1);
        }
        if denials.lacks() {
            denials.came(store.denials(sift.clone(), at.denial, limit).await?, limit);
            at.denial = denials.read.front().map_or(0, |denial| denial.id + 1);
        }
        let line = match (rows.read.front(), denials.read.front()) {
            (None, None) => return Ok(page),
            _ if page.lines.len() >= limit as usize => {
                page.next = Some(at);
                return Ok(page);
            }
            (Some(row), denial) if denial.is_none_or(|denial| denial.received_at <= row.received_at) => {
                at.entry = row.number;
                let line = reader.row(row);
                rows.read.pop_front();
                line
            }
            (_, Some(denial)) => {
                at.denial = denial.id;
                let line = reader.denial(denial);
                denials.read.pop_front();
                line
            }
            (Some(_), None) => return Ok(page),
        };
        if filter.party.is_none() || filter.party == line.party {
            page.lines.push(line);
        }
    }
}
