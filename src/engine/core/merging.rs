//! Two projects that are one idea: the Secretariat suggests it to both, each lead agrees for its own, and one goes on.
//!
//! Nobody writes another's project. The lead of the one that goes on agrees first, and takes the other's leads as co-leads; only
//! then may the other go into it, so that no project ends in one that does not want it.

use std::collections::BTreeSet;

use super::{Engine, create::set, outbox::Body, refuse};
use crate::{
    domain::{
        DocId, EntityId, Fact, PartyCode, Record, Value, Writer,
        comment::{CommentKind, Settled},
        project::{ProjectStatus, is_merged},
    },
    engine::api::{CommandId, MergeView, Merging, Refusal},
};

/// Which of two projects a question would let go on, and the other one.
fn asked(record: &Record) -> Option<(Merging, DocId)> {
    let into = record.read("merge-into").map(|other| (Merging::Into, other));
    into.or_else(|| Some((Merging::From, record.read("merge-from")?)))
}

impl Engine {
    /// Asks the leads of two projects whether they should be one.
    pub(super) fn suggest_merge(
        &mut self,
        command: CommandId,
        project: DocId,
        into: DocId,
        questions: [EntityId; 2],
        text: String,
    ) -> Result<(), Refusal> {
        if !self.is_secretariat() {
            return Err(refuse("not-a-writer", "the Secretariat suggests it"));
        }
        self.may_merge(project, into)?;
        let [first, second] = questions;
        for (subject, question, name, other) in
            [(project, first, "merge-into", into), (into, second, "merge-from", project)]
        {
            let fields = vec![
                ("kind".to_owned(), Value::from(CommentKind::Question.word())),
                (name.to_owned(), other.to_string().as_str().into()),
            ];
            self.say(command, subject, question, fields, text.clone())?;
        }
        Ok(())
    }

    /// The leads of a project that another one does not have.
    fn not_among(&self, project: DocId, other: DocId) -> Vec<PartyCode> {
        let known = self.project_row(other).map_or(&[][..], |row| &row.leads);
        let own = self.project_row(project).map_or(&[][..], |row| &row.leads);
        own.iter().filter(|lead| !known.contains(lead)).cloned().collect()
    }

    /// What a question on a project asks of two.
    pub(super) fn merge_view(&self, subject: DocId, record: &Record, is_open: bool) -> Option<MergeView> {
        let (way, other) = asked(record)?;
        let ready = match way {
            Merging::From => true,
            Merging::Into => self.not_among(subject, other).is_empty(),
        };
        Some(MergeView {
            way,
            other,
            title: self.title(other),
            leads: match way {
                Merging::From => self.not_among(other, subject),
                Merging::Into => self.project_row(other).map(|row| row.leads.clone()).unwrap_or_default(),
            },
            mine: (is_open && self.may_write(subject)).then_some(ready),
        })
    }

    /// Agrees that a project is one with another, and says that the question is answered.
    pub(super) fn agree_merge(
        &mut self,
        command: CommandId,
        subject: DocId,
        question: EntityId,
    ) -> Result<(), Refusal> {
        let unknown = || refuse("unknown-entity", "no such question");
        let record = self.voices(subject).into_iter().find_map(|voice| {
            let comments = self.documents.get(voice)?.snapshot().collection("comments");
            comments.iter().find(|record| record.id == Some(question) && record.withdrawn.is_none()).cloned()
        });
        let record = record.ok_or_else(unknown)?;
        let (way, other) = asked(&record).ok_or_else(unknown)?;
        // All is asked before anything is written.
        self.may_settle(subject, Some(question), Settled::Resolved)?;
        match way {
            Merging::From => {
                let edits: Vec<_> = self
                    .not_among(other, subject)
                    .iter()
                    .map(|lead| set(&format!("co-leads:{lead}"), Value::Bool(true)))
                    .collect();
                edits.iter().try_for_each(|edit| self.may_edit(subject, edit))?;
                if edits.is_empty() && !self.may_write(subject) {
                    return Err(refuse("not-a-writer", subject.to_string()));
                }
                for edit in edits {
                    self.write_edit(command, subject, edit)?;
                }
            }
            Merging::Into if self.not_among(subject, other).is_empty() => {
                let reason = record.text("text").trim().to_owned();
                self.set_fate(command, subject, ProjectStatus::Merged, reason, Some(other))?;
            }
            Merging::Into => return Err(refuse("not-agreed", "the lead of the other project has not agreed")),
        }
        self.settle_question(command, subject, question, Settled::Resolved, "")
    }

    /// The projects that became one with another.
    pub(super) fn merged_from(&self, project: DocId) -> Vec<(DocId, String)> {
        let plan = self.plan_of(project).map(|plan| self.projects_of(plan)).unwrap_or_default();
        let merged = |doc: &DocId| {
            self.project_row(*doc).is_some_and(|row| row.merged_into == Some(project) && is_merged(&row.claimed))
        };
        plan.into_iter().filter(merged).map(|doc| (doc, self.title(doc))).collect()
    }

    /// Co-leads of a project that may not write it; none for whoever may not let them.
    pub(super) fn without_pen(&self, project: DocId) -> Vec<PartyCode> {
        let (Some(row), Some(entry)) = (self.project_row(project), self.entry(project)) else { return Vec::new() };
        let mut missing = row.leads.clone();
        missing.retain(|lead| {
            let writer = Writer::Party(lead.clone());
            let granted = self.catalogue.grants.values().any(|(doc, by)| *doc == project && *by == writer);
            !granted && !entry.writers.contains(&writer)
        });
        missing.retain(|lead| self.may_state(&pen_of(project, lead.clone(), EntityId::from_bytes([0; 16]))).is_ok());
        missing
    }

    /// Lets a co-lead write a project.
    pub(super) fn let_write(&mut self, command: CommandId, project: DocId, party: PartyCode) -> Result<(), Refusal> {
        if !self.project_row(project).is_some_and(|row| row.leads.contains(&party)) {
            return Err(refuse("bad-value", "no lead of this project"));
        }
        let fact = pen_of(project, party, self.fresh_id());
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let bytes = fact.to_bytes();
        self.queue(command, project, Fact::hash(&bytes), BTreeSet::new(), Body::Fact { fact, bytes });
        self.recatalogue();
        Ok(())
    }
}

const fn pen_of(doc: DocId, party: PartyCode, id: EntityId) -> Fact {
    Fact::Grant { id, doc, writer: Writer::Party(party) }
}
