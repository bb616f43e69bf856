//! New documents: the fact and the first words go out together, in that order.

use super::{Engine, documents::Held, refuse};
use crate::{
    domain::{
        At, Audience, ClaimKind, DocId, DocKind, Edit, EntityId, Fact, Framework, PartyCode, Value, When, Writer,
        meeting::MeetingType,
        project::ProjectStatus,
        rights::{framework_of, session_id},
    },
    engine::api::{CommandId, Refusal},
};

pub(super) fn set(field: &str, value: impl Into<Value>) -> Edit {
    Edit::Set { at: At::root(field), value: value.into(), seen: Vec::new() }
}

impl Engine {
    /// Proposes a project of a plan.
    pub(super) fn create_project(
        &mut self,
        command: CommandId,
        doc: DocId,
        plan: DocId,
        title: &str,
        lead: &PartyCode,
    ) -> Result<(), Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a project needs a title"));
        }
        let audience = self
            .entry(plan)
            .filter(|entry| entry.kind == DocKind::Plan)
            .map(|entry| entry.audience.clone())
            .ok_or_else(|| refuse("unknown-document", plan.to_string()))?;
        let claim = Edit::Claim {
            id: self.fresh_id(),
            what: ClaimKind::Status,
            value: Value::from(ProjectStatus::Proposed.word()),
            as_of: None,
            evidence: String::new(),
            reason: String::new(),
            supersedes: Vec::new(),
        };
        self.make(
            command,
            Fact::Doc {
                id: doc,
                kind: DocKind::Project,
                subject: Some(plan),
                audience,
                writers: vec![Writer::Party(lead.clone())],
                origin: None,
            },
        )?;
        let plan = plan.to_string();
        for edit in [set("plan", plan.as_str()), set("title", title.trim()), set("lead", lead.as_str()), claim] {
            self.write_edit(command, doc, edit)?;
        }
        Ok(())
    }

    /// Calls a meeting, with the session in which its agenda is written.
    pub(super) fn create_meeting(
        &mut self,
        command: CommandId,
        doc: DocId,
        framework: Framework,
        meeting: MeetingType,
        title: &str,
        start: Option<When>,
    ) -> Result<(), Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a meeting needs a title"));
        }
        let audience = match framework {
            Framework::Accsm => Audience::Accsm,
            Framework::AccsmPlus3 => Audience::AccsmPlus3,
        };
        let writers = vec![Writer::Secretariat, Writer::Chair];
        let session = session_id(doc, &audience);
        let fact = |id, kind, subject| Fact::Doc {
            id,
            kind,
            subject,
            audience: audience.clone(),
            writers: writers.clone(),
            origin: None,
        };
        self.make(command, fact(doc, DocKind::Meeting, None))?;
        self.make(command, fact(session, DocKind::Session, Some(doc)))?;
        let mut edits =
            vec![set("title", title.trim()), set("type", meeting.word()), set("framework", framework.word())];
        edits.extend(start.map(|start| set("start", start.to_string().as_str())));
        let today = self.today();
        if let Some((ordinal, term)) =
            self.catalogue.chair(framework, today).or_else(|| self.catalogue.chair(framework_of(&audience), today))
        {
            edits.push(set("chair", term.party.as_str()));
            edits.push(Edit::Set { at: At::root("term"), value: Value::Int(i64::from(ordinal)), seen: Vec::new() });
        }
        for edit in edits {
            self.write_edit(command, doc, edit)?;
        }
        for edit in [set("meeting", doc.to_string().as_str()), set("framework", framework.word())] {
            self.write_edit(command, session, edit)?;
        }
        Ok(())
    }

    /// A document of which only the fact is known becomes an empty one.
    pub(super) fn put_empty(&mut self, doc: DocId) -> Result<(), Refusal> {
        let kind =
            self.entry(doc).map(|entry| entry.kind).ok_or_else(|| refuse("unknown-document", doc.to_string()))?;
        let held = Held::new(doc, kind).map_err(|error| refuse(error.word(), error.to_string()))?;
        self.documents.insert(doc, held);
        Ok(())
    }

    pub(super) fn fresh_id(&mut self) -> EntityId {
        EntityId::fresh(self.now, self.dice.bytes())
    }
}
