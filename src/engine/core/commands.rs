//! Commands: which of them needs what, and their answers.

use super::{Engine, PortId, refuse};
use crate::{
    domain::{
        DocId, Edit, EntityId, Fact, Writer,
        rights::{next_plan_id, successor_id, voice_id},
    },
    engine::api::{Command, CommandId, Done, Refusal, Reply},
};

impl Engine {
    /// Carries out a command; its documents are loaded. One that was carried out before is only answered.
    pub(super) fn command(&mut self, port: PortId, id: CommandId, command: Command) {
        if self.done.contains(&id) {
            let done = match command {
                Command::CreateProject { doc, .. } | Command::CreateMeeting { doc, .. } => Done::Made { doc },
                Command::CarryOver { project, plan, .. } => Done::Made { doc: successor_id(project, plan) },
                Command::CreatePlan { previous, .. } => Done::Made { doc: next_plan_id(previous) },
                Command::Join { .. }
                | Command::Edit { .. }
                | Command::AdvancePlan { .. }
                | Command::SetFate { .. }
                | Command::Comment { .. }
                | Command::Invite { .. }
                | Command::RevokeDevice { .. }
                | Command::Reconnect
                | Command::Dismiss { .. }
                | Command::OfferAgain { .. }
                | Command::Release { .. }
                | Command::PutAside { .. } => Done::Durable,
                Command::Export => self.export(),
            };
            // Not before what it said is on the disk.
            self.journal.after.replies.push((port, Reply::Done { id, result: Ok(done) }));
            return;
        }
        match command {
            Command::Edit { doc, edit } => self.edit(port, id, doc, edit),
            Command::CreateProject { doc, plan, title, lead } => {
                let result = self.create_project(id, doc, plan, &title, &lead).map(|()| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::CreateMeeting { doc, framework, meeting, title, start } => {
                let result = self.create_meeting(id, doc, framework, meeting, &title, start);
                self.answer_command(port, id, result.map(|()| Done::Made { doc }));
            }
            Command::AdvancePlan { plan, to, meeting, on, reason } => {
                let result = self.advance_plan(id, plan, to, meeting, on, reason);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::SetFate { project, fate, reason, merged_into } => {
                let result = self.set_fate(id, project, fate, reason, merged_into);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::CarryOver { project, plan, reason } => {
                let result = self.carry_over(id, project, plan, reason);
                self.answer_command(port, id, result.map(|doc| Done::Made { doc }));
            }
            Command::CreatePlan { previous, title, from, to } => {
                let result = self.create_plan(id, previous, &title, from, to);
                self.answer_command(port, id, result.map(|doc| Done::Made { doc }));
            }
            Command::Comment { subject, id: comment, about, text } => {
                let result = self.comment(id, subject, comment, about, text).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Join { secret, label } => self.join(port, id, secret, label),
            Command::Invite { whom, days } => self.invite(port, id, &whom, days),
            Command::RevokeDevice { device } => self.revoke_device(port, id, device),
            Command::Reconnect => {
                self.reconnect();
                self.answer_command(port, id, Ok(Done::Durable));
            }
            Command::Release { doc } => {
                self.release_aged(doc);
                self.answer_command(port, id, Ok(Done::Durable));
            }
            Command::PutAside { doc } => {
                self.put_aside(doc);
                self.answer_command(port, id, Ok(Done::Durable));
            }
            // Also when nothing can be written: that is what it is for.
            Command::Export => {
                let result = Ok(self.export());
                self.reply(port, Reply::Done { id, result });
            }
            Command::OfferAgain { command } => {
                let result = self.offer_again(id, command).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Dismiss { command } => {
                self.dismiss(command);
                self.answer_command(port, id, Ok(Done::Durable));
            }
        }
    }

    /// The voice in which this person's party speaks about a subject.
    pub(super) fn own_voice(&self, subject: DocId) -> Option<DocId> {
        let party = &self.account.as_ref()?.party;
        Some(voice_id(party, subject, &self.entry(subject)?.audience))
    }

    fn comment(
        &mut self,
        command: CommandId,
        subject: DocId,
        comment: EntityId,
        about: Option<EntityId>,
        text: String,
    ) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Err(refuse("bad-value", "an empty comment"));
        }
        let account = self.account.as_ref().ok_or_else(|| refuse("not-joined", "no account"))?;
        let party = account.party.clone();
        let voice = self.own_voice(subject).ok_or_else(|| refuse("unknown-document", subject.to_string()))?;
        let fields = about.map(|about| ("about".to_owned(), about.to_string().as_str().into())).into_iter().collect();
        let edit = Edit::Add {
            to: "comments".to_owned(),
            id: comment,
            place: None,
            fields,
            texts: vec![("text".to_owned(), text)],
        };
        if self.entry(voice).is_none() {
            let audience = self.entry(subject).map(|entry| entry.audience.clone());
            let audience = audience.ok_or_else(|| refuse("unknown-document", subject.to_string()))?;
            self.make(
                command,
                Fact::Doc {
                    id: voice,
                    kind: crate::domain::DocKind::Voice,
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
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }
}
