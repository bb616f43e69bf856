//! Commands: which of them needs what, and their answers.

use super::{Engine, PortId, files::FileKey};
use crate::{
    domain::{
        comment::CommentKind,
        rights::{next_meeting_id, next_plan_id, submitted_id, successor_id},
    },
    engine::api::{Command, CommandId, Done, Reply},
};

impl Engine {
    /// Carries out a command; its documents are loaded. One that was carried out before is only answered.
    pub(super) fn command(&mut self, port: PortId, id: CommandId, command: Command) {
        if self.done.contains(&id) {
            let done = match command {
                Command::CreateProject { doc, .. }
                | Command::CreateDraft { doc, .. }
                | Command::CreateMeeting { doc, .. }
                | Command::MeetBeside { doc, .. } => Done::Made { doc },
                Command::SubmitDraft { draft } => Done::Made { doc: submitted_id(draft) },
                Command::CarryOver { project, plan, .. } => Done::Made { doc: successor_id(project, plan) },
                Command::CreatePlan { previous, .. } => Done::Made { doc: next_plan_id(previous) },
                Command::FollowMeeting { previous, .. } => Done::Made { doc: next_meeting_id(previous) },
                Command::Annotate { session, .. } => match self.own_annotation(session) {
                    Some(doc) => Done::Made { doc },
                    None => Done::Durable,
                },
                Command::OpenLogistics { meeting } => match self.own_logistics(meeting) {
                    Some(doc) => Done::Made { doc },
                    None => Done::Durable,
                },
                Command::Join { .. }
                | Command::Edit { .. }
                | Command::Part { .. }
                | Command::AdvancePlan { .. }
                | Command::SetFate { .. }
                | Command::SetPen { .. }
                | Command::Comment { .. }
                | Command::Ask { .. }
                | Command::Settle { .. }
                | Command::FixDates { .. }
                | Command::ChangeMode { .. }
                | Command::ProposeItem { .. }
                | Command::TakeProposal { .. }
                | Command::DeclineProposal { .. }
                | Command::AmendAgenda { .. }
                | Command::AddDelegate { .. }
                | Command::AnswerDates { .. }
                | Command::Report { .. }
                | Command::AssignNumber { .. }
                | Command::SuggestMerge { .. }
                | Command::Agree { .. }
                | Command::LetWrite { .. }
                | Command::ReserveNumbers { .. }
                | Command::MarkRead { .. }
                | Command::Follow { .. }
                | Command::BringBack { .. }
                | Command::Undo { .. }
                | Command::Invite { .. }
                | Command::RevokeDevice { .. }
                | Command::Audit(_)
                | Command::Reconnect
                | Command::Dismiss { .. }
                | Command::OfferAgain { .. }
                | Command::Release { .. }
                | Command::PutAside { .. }
                | Command::AddPiece { .. }
                | Command::AddPaper { .. }
                | Command::HoldPaper { .. }
                | Command::HoldPack { .. } => Done::Durable,
                // It is never among those that are done: it is answered anew.
                Command::ReadPaper { .. } => Done::Piece { bytes: Vec::new() },
                Command::Export => self.export(),
            };
            // Not before what it said is on the disk.
            self.journal.after.replies.push((port, Reply::Done { id, result: Ok(done) }));
            return;
        }
        match command {
            Command::Edit { doc, edit } => self.edit(port, id, doc, edit),
            Command::Part { of, doc, edit } => {
                self.undo_part(Some(of));
                self.edit(port, id, doc, edit);
                self.undo_part(None);
            }
            Command::CreateProject { doc, plan, title, lead } => {
                let result = self.create_project(id, doc, plan, &title, &lead).map(|()| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::CreateDraft { doc, plan, title } => {
                let result = self.create_draft(id, doc, plan, &title).map(|()| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::SubmitDraft { draft } => {
                let result = self.submit_draft(id, draft).map(|doc| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::CreateMeeting { doc, framework, meeting, title, start } => {
                let result = self.create_meeting(id, doc, framework, meeting, &title, start);
                self.answer_command(port, id, result.map(|()| Done::Made { doc }));
            }
            Command::FollowMeeting { previous, title, ordinal, start } => {
                let result = self.follow_meeting(id, previous, &title, ordinal, start);
                self.answer_command(port, id, result.map(|doc| Done::Made { doc }));
            }
            Command::MeetBeside { of, doc, beside, title, start } => {
                let result = self.meet_beside(id, (of, doc, beside), &title, start).map(|()| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::FixDates { meeting, to, reason } => {
                let result = self.fix_dates(id, meeting, to, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::ChangeMode { meeting, to, reason } => {
                let result = self.change_mode(id, meeting, to, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::ProposeItem { session, id: item, fields, text } => {
                let result = self.propose_item(id, session, item, fields, text).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::TakeProposal { session, proposal, reason } => {
                let result = self.take_proposal(id, session, proposal, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::DeclineProposal { session, proposal, reason } => {
                let result = self.decline_proposal(id, session, proposal, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::AmendAgenda { session, edit, reason } => {
                let result = self.amend_agenda(id, session, edit, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Annotate { session, item } => {
                let result = self.annotate(id, session, item).map(|doc| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::AddDelegate { meeting, id: delegate, fields } => {
                let result = self.add_delegate(id, meeting, delegate, fields).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::AnswerDates { meeting, option, answer } => {
                let result = self.answer_dates(id, meeting, option, answer).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::OpenLogistics { meeting } => {
                let result = self.open_logistics(id, meeting).map(|doc| Done::Made { doc });
                self.answer_command(port, id, result);
            }
            Command::Report { session, what } => {
                let result = self.report(id, session, what).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::AdvancePlan { plan, to, meeting, decision, on, reason } => {
                let result = self.advance_plan(id, plan, to, (meeting, decision), on, reason);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::SetFate { project, fate, reason, merged_into } => {
                let result = self.set_fate(id, project, fate, reason, merged_into);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::SetPen { plan, open } => {
                let result = self.set_pen(id, plan, open).map(|()| Done::Durable);
                self.answer_command(port, id, result);
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
                let result = self.comment(id, subject, comment, CommentKind::Comment, about, text);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::Ask { subject, id: comment, about, text } => {
                let result = self.comment(id, subject, comment, CommentKind::Question, about, text);
                self.answer_command(port, id, result.map(|()| Done::Durable));
            }
            Command::Settle { subject, question, to, reason } => {
                let result = self.settle_question(id, subject, question, to, &reason).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::SuggestMerge { project, into, questions, text } => {
                let result = self.suggest_merge(id, project, into, questions, text).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Agree { subject, question } => {
                let result = self.agree_merge(id, subject, question).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::LetWrite { project, party } => {
                let result = self.let_write(id, project, party).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::ReserveNumbers { plan, count } => {
                let result = self.reserve_numbers(id, plan, count).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::AssignNumber { project, reference } => {
                let result = self.assign_number(id, project, &reference).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Join { secret, label } => self.join(port, id, secret, label),
            Command::Invite { whom, days } => self.invite(port, id, &whom, days),
            Command::RevokeDevice { device } => self.revoke_device(port, id, device),
            Command::Audit(ask) => self.ask_audit(port, id, ask),
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
            Command::AddPiece { doc, hash, size, at, bytes } => {
                self.add_piece(port, id, FileKey { doc, hash }, (size, at), bytes);
            }
            Command::AddPaper { doc, new } => {
                let result = self.add_paper(id, doc, new).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::HoldPaper { doc, hash, size, hold } => {
                let result = self.hold_paper(FileKey { doc, hash }, size, hold).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::HoldPack { meeting, keep } => {
                self.hold_pack(meeting, keep);
                self.answer_command(port, id, Ok(Done::Durable));
            }
            Command::ReadPaper { doc, hash, at } => self.read_paper(port, id, FileKey { doc, hash }, at),
            Command::BringBack { doc, record, id: version } => {
                let result = self.bring_back(id, doc, record, version).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Undo { of, again, anyway } => match self.undo(id, (of, again), anyway) {
                // Nothing was done yet: it is asked again.
                Ok(asked @ Done::Overtaken(_)) => self.reply(port, Reply::Done { id, result: Ok(asked) }),
                result => self.answer_command(port, id, result),
            },
            Command::MarkRead { of, mark } => {
                let result = self.mark_read(id, of, mark).map(|()| Done::Durable);
                self.answer_command(port, id, result);
            }
            Command::Follow { what, on } => {
                let result = self.follow(id, what, on).map(|()| Done::Durable);
                self.answer_command(port, id, result);
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
}
