//! What a party says about a subject: comments and questions, always in its own voice, and whether a question is answered.

use std::collections::BTreeSet;

use super::{Engine, refuse};
use crate::{
    domain::{
        Act, ActRecord, DocId, DocKind, Edit, EntityId, Fact, PartyCode, Value, Writer,
        comment::{self, CommentKind, Settled},
        project,
        rights::voice_id,
    },
    engine::api::{CommandId, Refusal},
};

impl Engine {
    /// The voice in which this person's party speaks about a subject.
    pub(super) fn own_voice(&self, subject: DocId) -> Option<DocId> {
        let party = &self.account.as_ref()?.party;
        Some(voice_id(party, subject, &self.entry(subject)?.audience))
    }

    /// That voice, made when this is the first word in it.
    pub(super) fn speaking(&mut self, command: CommandId, subject: DocId) -> Result<DocId, Refusal> {
        let account = self.account.as_ref().ok_or_else(|| refuse("not-joined", "no account"))?;
        let party = account.party.clone();
        let unknown = || refuse("unknown-document", subject.to_string());
        let voice = self.own_voice(subject).ok_or_else(unknown)?;
        if self.entry(voice).is_none() {
            let audience = self.entry(subject).map(|entry| entry.audience.clone()).ok_or_else(unknown)?;
            self.make(
                command,
                Fact::Doc {
                    id: voice,
                    kind: DocKind::Voice,
                    subject: Some(subject),
                    audience,
                    writers: vec![Writer::Party(party)],
                    origin: None,
                },
            )?;
        } else if self.documents.get(voice).is_none() && !self.position.missing.contains(&voice) {
            // Known, and nobody has written in it: two officers began it apart.
            self.put_empty(voice)?;
        }
        Ok(voice)
    }

    /// Says something about a subject.
    pub(super) fn comment(
        &mut self,
        command: CommandId,
        subject: DocId,
        comment: EntityId,
        kind: CommentKind,
        about: Option<EntityId>,
        text: String,
    ) -> Result<(), Refusal> {
        let about = about.map(|about| ("about".to_owned(), about.to_string().as_str().into()));
        // A plain comment says nothing of its kind, as it always did.
        let kind = match kind {
            CommentKind::Comment => None,
            CommentKind::Question => Some(("kind".to_owned(), kind.word().into())),
        };
        self.say(command, subject, comment, about.into_iter().chain(kind).collect(), text)
    }

    /// Says something in one's own party's voice, with what goes with it.
    pub(super) fn say(
        &mut self,
        command: CommandId,
        subject: DocId,
        comment: EntityId,
        fields: Vec<(String, Value)>,
        text: String,
    ) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Err(refuse("bad-value", "an empty comment"));
        }
        let (to, place, texts) = ("comments".to_owned(), None, vec![("text".to_owned(), text)]);
        let edit = Edit::Add { to, id: comment, place, fields, texts };
        let voice = self.speaking(command, subject)?;
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }

    /// Says that a question is answered, or open again.
    pub(super) fn settle_question(
        &mut self,
        command: CommandId,
        subject: DocId,
        question: EntityId,
        to: Settled,
        reason: &str,
    ) -> Result<(), Refusal> {
        // Asked before a voice is made for it.
        self.may_settle(subject, Some(question), to)?;
        let voice = self.speaking(command, subject)?;
        let (target, reason) = (Some(question), reason.trim().to_owned());
        let edit = Edit::Act { id: self.fresh_id(), act: Act::Settle(to), target, term: None, reason };
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }

    /// Whether this person may say in their party's voice how a question on a subject stands.
    pub(super) fn may_settle(&self, subject: DocId, question: Option<EntityId>, to: Settled) -> Result<(), Refusal> {
        let unknown = || refuse("unknown-entity", "no such question");
        let question = question.ok_or_else(unknown)?;
        let party = self.account.as_ref().map(|account| &account.party);
        let asker = self.asker(subject, question).ok_or_else(unknown)?;
        let entitled = self.entitled(subject, asker);
        if !party.is_some_and(|party| entitled.contains(party)) {
            return Err(refuse("not-a-writer", "neither who asked, nor a lead, nor the Secretariat"));
        }
        if comment::standing(question, &self.settlements(subject), &entitled).state == to {
            return Err(refuse("no-change", "it stands so"));
        }
        Ok(())
    }

    /// Whose question it is; none where there is no such question here, or it was withdrawn.
    fn asker(&self, subject: DocId, question: EntityId) -> Option<PartyCode> {
        self.voices(subject).into_iter().find_map(|voice| {
            let comments = self.documents.get(voice)?.snapshot().collection("comments");
            let is_question = comments.iter().any(|record| {
                record.id == Some(question)
                    && record.withdrawn.is_none()
                    && record.read("kind") == Some(CommentKind::Question)
            });
            if is_question { self.speaker(voice) } else { None }
        })
    }

    /// The parties that may say whether a question is answered.
    pub(super) fn entitled(&self, subject: DocId, asker: PartyCode) -> BTreeSet<PartyCode> {
        let leads = self.documents.get(subject).map(|held| project::leads(&held.snapshot().root));
        let leads = leads.or_else(|| self.project_row(subject).map(|row| row.leads.clone()));
        leads.into_iter().flatten().chain([asker, PartyCode::secretariat()]).collect()
    }

    /// What all voices say of the questions on a subject.
    pub(super) fn settlements(&self, subject: DocId) -> Vec<(PartyCode, ActRecord)> {
        let mut said = Vec::new();
        for voice in self.voices(subject) {
            let (Some(held), Some(party)) = (self.documents.get(voice), self.speaker(voice)) else { continue };
            said.extend(held.snapshot().acts.iter().map(|act| (party.clone(), act.clone())));
        }
        said
    }

    /// Whose voice it is.
    pub(super) fn speaker(&self, voice: DocId) -> Option<PartyCode> {
        match self.entry(voice)?.writers.as_slice() {
            [Writer::Party(party)] => Some(party.clone()),
            _ => None,
        }
    }
}
