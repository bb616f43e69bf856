//! From the record to what the hub stores: facts, and documents as changes.

use super::{
    SampleError, facts, ids, meeting, plan, project,
    record::{Record, meetings::Meeting},
    register,
    sheet::Sheet,
};
use crate::{
    docs::{Actor, Author, Doc},
    domain::{Audience, DeviceId, DocId, DocKind, Fact, Framework, PersonId, Writer},
};

/// A document of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleDocument {
    /// Its id; a [`Fact::Doc`] of [`Sample::facts`] tells the rest.
    pub id: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// Its changes in causal order, without the kind's fixed ones.
    pub changes: Vec<Vec<u8>>,
}

/// The sample workspace, the same at every start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The person who entered it; appointed by the first fact.
    pub person: PersonId,
    /// The device all its changes are written on; told by the second fact. Nobody can sign in from it.
    pub device: DeviceId,
    /// Facts, in the order to store them: the author, memberships, chair terms, documents.
    pub facts: Vec<Fact>,
    /// Documents; to be stored after the facts.
    pub documents: Vec<SampleDocument>,
}

/// Reads the record and makes the workspace of it.
///
/// # Errors
/// [`SampleError`] names the record at fault.
pub fn load() -> Result<Sample, SampleError> {
    let record = Record::embedded()?;
    let mut facts: Vec<Fact> = facts::author().into();
    facts.extend(facts::memberships(&record));
    facts.extend(facts::terms(&record));
    let mut documents = Vec::new();
    for entry in entries(&record) {
        documents.push(entry.document()?);
        facts.push(entry.fact);
    }
    Ok(Sample { person: ids::person(), device: ids::device(), facts, documents })
}

/// A document to be: its catalogue entry and what it says.
struct Entry {
    id: DocId,
    kind: DocKind,
    fact: Fact,
    sheet: Sheet,
}

impl Entry {
    fn new(id: DocId, kind: DocKind, subject: Option<DocId>, (audience, writers): Rights, sheet: Sheet) -> Self {
        Self { id, kind, fact: Fact::Doc { id, kind, subject, audience, writers, origin: None }, sheet }
    }

    fn document(&self) -> Result<SampleDocument, SampleError> {
        let (id, kind) = (self.id, self.kind);
        let author = Author { actor: Actor::new(ids::device(), 0), millis: ids::COMPILED_MILLIS };
        let mut doc = Doc::new(kind);
        let made = doc.edit_together(self.sheet.edits(), &author);
        let made = made.map_err(|cause| SampleError::Docs { kind, id, cause })?;
        Ok(SampleDocument { id, kind, changes: vec![made.bytes] })
    }
}

type Rights = (Audience, Vec<Writer>);

/// Everything but the registers goes to the parties of its framework.
const fn audience(framework: Framework) -> Audience {
    match framework {
        Framework::Accsm => Audience::Accsm,
        Framework::AccsmPlus3 => Audience::AccsmPlus3,
    }
}

/// The secretariat, the chair of today, and the party that chaired then: its report may still be open.
fn meeting_rights(meeting: &Meeting) -> Rights {
    let chaired = meeting.chair.iter().map(|chair| Writer::Party(chair.party.clone()));
    (audience(meeting.framework), [Writer::Secretariat, Writer::Chair].into_iter().chain(chaired).collect())
}

fn entries(record: &Record) -> Vec<Entry> {
    let mut entries = Vec::new();
    for &framework in Framework::ALL {
        let id = ids::doc(DocKind::Register, framework.word());
        let rights = (Audience::Public, vec![Writer::Secretariat]);
        entries.push(Entry::new(id, DocKind::Register, None, rights, register::sheet(record, framework)));
    }
    let meetings = &record.meetings.meetings;
    for meeting in meetings {
        let id = meeting::id(&meeting.id);
        let sheet = meeting::sheet(record, meeting);
        entries.push(Entry::new(id, DocKind::Meeting, None, meeting_rights(meeting), sheet));
    }
    for meeting in meetings {
        let (id, subject) = (meeting::session_id(&meeting.id), meeting::id(&meeting.id));
        let sheet = meeting::session(record, meeting);
        entries.push(Entry::new(id, DocKind::Session, Some(subject), meeting_rights(meeting), sheet));
    }
    for plan in &record.plans.plans {
        let rights = (audience(plan.framework), vec![Writer::Secretariat, Writer::Chair]);
        entries.push(Entry::new(plan::id(&plan.id), DocKind::Plan, None, rights, plan::sheet(record, plan)));
    }
    for project in &record.plans.projects {
        let framework = record.plans.plans.iter().find(|plan| plan.id == project.plan).map(|plan| plan.framework);
        let leads = project.leads.iter().cloned().map(Writer::Party).collect();
        let rights = (audience(framework.unwrap_or(Framework::Accsm)), leads);
        let (id, subject) = (project::id(&project.id), plan::id(&project.plan));
        entries.push(Entry::new(id, DocKind::Project, Some(subject), rights, project::sheet(record, project)));
    }
    entries
}

#[cfg(test)]
mod tests;
