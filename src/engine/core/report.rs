//! What is done in a report by authority, and what parties put into it: who may, and what it writes.

mod freeze;
mod may;

use super::{Engine, documents::Held, refuse};
use crate::{
    domain::{
        Act, ActRecord, Audience, DocId, Edit, EntityId, Framework, PartyCode, Place, Record, Snapshot, Value,
        base64url, canon,
        edit::{At, Splice},
        plan::Hand,
        report::{
            self, Agreed, Agreement, Answered, Entry, ParagraphKind, Part, Recorded, ReportAct, ReportStep,
            SuggestionKind,
        },
        rights::framework_of,
        schema,
    },
    engine::api::{CommandId, Refusal, ReportCommand},
};

pub(super) use freeze::annexes;

/// A paragraph or suggestion says so many characters at most.
const WORDS_MAX: usize = 20_000;

fn not_yours() -> Refusal {
    refuse("not-a-writer", "only the chair in effect and the Secretariat")
}

fn unknown() -> Refusal {
    refuse("unknown-entity", "no such paragraph")
}

fn changed() -> Refusal {
    refuse("changed-meanwhile", "it says something else by now")
}

fn no_reason() -> Refusal {
    refuse("reason-missing", "why")
}

/// The record of a collection, where it stands.
pub(super) fn standing<'a>(snapshot: &'a Snapshot, collection: &str, id: EntityId) -> Option<&'a Record> {
    snapshot.collection(collection).iter().find(|record| record.id == Some(id) && record.withdrawn.is_none())
}

/// How many of the paragraphs that stand are agreed, and of how many.
pub(super) fn agreed(snapshot: &Snapshot) -> (u32, u32) {
    let (mut agreed, mut of) = (0, 0);
    let stands = |record: &&Record| record.withdrawn.is_none() && !report::is_release(record);
    for record in snapshot.collection("paragraphs").iter().filter(stands) {
        let Some(id) = record.id else { continue };
        of += 1;
        agreed += u32::from(matches!(report::agreed(&snapshot.acts, id, &canon::paragraph(record)), Agreed::Agreed(_)));
    }
    (agreed, of)
}

impl Engine {
    /// The framework under whose chair a session sits.
    fn framework(&self, session: DocId) -> Option<Framework> {
        self.entry(session).map(|entry| framework_of(&entry.audience))
    }

    pub(super) fn hand_in(&self, session: DocId, term: Option<u16>) -> Hand {
        self.framework(session).map_or(Hand::Nobody, |framework| self.hand(framework, term))
    }

    /// Which party wrote an act in a session. Whose device it was is not everybody's to know, and the act says it: the chair
    /// acts under its term, the Secretariat under none.
    pub(super) fn signed_by(&self, session: DocId, act: &ActRecord) -> Option<PartyCode> {
        let known = self.attributed_origin(&act.origin).party;
        known.or_else(|| match act.term {
            Some(term) => {
                let of = |framework| self.catalogue.terms.get(&(framework, term)).map(|term| term.party.clone());
                self.framework(session).and_then(of).or_else(|| of(Framework::Accsm))
            }
            None => Some(PartyCode::secretariat()),
        })
    }

    /// Whether acts of authority in a session are this person's to do.
    pub(super) fn presides_over(&self, session: DocId) -> bool {
        let Some(framework) = self.framework(session) else { return false };
        match self.hand(framework, self.own_term(framework)) {
            Hand::Secretariat | Hand::Chair => self.may_write(session),
            Hand::Nobody => false,
        }
    }

    /// Whether this person clears the media release of a session: the party in the chair does, and nobody else.
    pub(super) fn clears(&self, session: DocId) -> bool {
        let term = self.framework(session).and_then(|framework| self.own_term(framework));
        let schema = self.documents.get(session).is_some_and(|held| held.snapshot().schema <= schema::CURRENT);
        self.hand_in(session, term) == Hand::Chair && schema && self.may_write(session)
    }

    /// The voices on a session that are here, with their parties.
    pub(super) fn voices_on(&self, session: DocId) -> Vec<(DocId, PartyCode, &Held)> {
        let voices = self.voices(session).into_iter();
        voices.filter_map(|voice| Some((voice, self.speaker(voice)?, self.documents.get(voice)?))).collect()
    }

    /// The report of a session in its order; its documents are loaded.
    pub(super) fn report_outline(&self, session: DocId, snapshot: &Snapshot) -> Vec<Part> {
        let mut entries = Entry::all(snapshot, "paragraphs");
        for (_, _, held) in self.voices_on(session) {
            entries.extend(Entry::all(held.snapshot(), "interventions"));
        }
        report::outline(&report::items(snapshot.collection("items"), &snapshot.acts), &entries)
    }

    /// Who adopts the report of a session: the delegations that its meeting names, else all who take part today.
    pub(super) fn adopters(&self, session: DocId) -> Vec<PartyCode> {
        let Some(entry) = self.entry(session) else { return Vec::new() };
        let meeting = entry.subject.and_then(|meeting| self.documents.get(meeting)).map(Held::snapshot);
        let come = meeting.map_or(&[][..], |meeting| meeting.collection("delegations"));
        let come = come.iter().filter(|record| record.withdrawn.is_none()).filter_map(|record| record.read("party"));
        let mut parties: Vec<PartyCode> = come.collect();
        if parties.is_empty() {
            let all = self.catalogue.members.values().map(|member| member.party.clone());
            // Whoever has an account reads what is open to everyone, and does not adopt it.
            let audience = if entry.audience == Audience::Public { &Audience::Accsm } else { &entry.audience };
            parties = all.filter(|party| self.takes_part(party, audience)).collect();
        }
        parties.retain(|party| *party != PartyCode::secretariat());
        parties.sort();
        parties.dedup();
        parties
    }

    fn takes_part(&self, party: &PartyCode, audience: &Audience) -> bool {
        self.catalogue.party_in(party, audience, self.today())
    }

    /// Documents that must be loaded to do something in a report.
    pub(super) fn report_needs(&self, session: DocId) -> impl Iterator<Item = DocId> {
        let meeting = self.entry(session).and_then(|entry| entry.subject);
        self.voices(session).into_iter().chain(self.own_voice(session)).chain(meeting).chain([session])
    }

    /// Does something in a report.
    pub(super) fn report(&mut self, command: CommandId, session: DocId, what: ReportCommand) -> Result<(), Refusal> {
        // What is being typed is part of what is agreed, answered and adopted.
        self.commit_texts();
        match what {
            ReportCommand::Agree { paragraph, to, of } => {
                let act = ReportAct::Agree(Agreement { to, of });
                self.act_in(command, session, act, Some(paragraph), "")
            }
            ReportCommand::Step { to, by, reason } => {
                let frozen = if to.freezes() { Some(self.freeze_report(session, &by)?) } else { None };
                self.act_in(command, session, ReportAct::Step(ReportStep { to, frozen }), None, &reason)
            }
            ReportCommand::Answer { suggestion, to, reason } => {
                self.answer_suggestion(command, session, suggestion, to, &reason)
            }
            ReportCommand::Record { decision, from, to, reason } => {
                let meeting = self.report_row(session).map(|(meeting, _)| meeting).ok_or_else(unknown)?;
                let (of, _) = self.risen(meeting, from, decision).ok_or_else(unknown)?;
                self.act_in(command, session, ReportAct::Record(Recorded { to, from, of }), Some(decision), &reason)
            }
            ReportCommand::Correct { paragraph, reads, reason } => {
                let reads = reads.trim().to_owned();
                self.act_in(command, session, ReportAct::Correct(reads), paragraph, &reason)
            }
            ReportCommand::Suggest { id, paragraph, kind, text } => {
                self.suggest(command, session, id, paragraph, kind, text)
            }
            ReportCommand::Speak { id, item, kind, place, text } => {
                self.put_in(command, session, id, item, kind, place, text)
            }
            ReportCommand::Progress { action, to, reason } => {
                // Asked before a voice is made for it.
                self.may_progress(session, Some(action), to)?;
                let voice = self.speaking(command, session)?;
                self.act_in(command, voice, ReportAct::Progress(to), Some(action), &reason)
            }
        }
    }

    fn act_in(
        &mut self,
        command: CommandId,
        doc: DocId,
        act: ReportAct,
        target: Option<EntityId>,
        reason: &str,
    ) -> Result<(), Refusal> {
        let term = match act {
            ReportAct::Progress(_) => None,
            _ => self.framework(doc).and_then(|framework| self.own_term(framework)),
        };
        let reason = reason.trim().to_owned();
        let edit = Edit::Act { id: self.fresh_id(), act: Act::Report(act), target, term, reason };
        self.may_edit(doc, &edit)?;
        self.write_edit(command, doc, edit)
    }

    fn answer_suggestion(
        &mut self,
        command: CommandId,
        session: DocId,
        suggestion: EntityId,
        to: Answered,
        reason: &str,
    ) -> Result<(), Refusal> {
        let act = Act::Report(ReportAct::Answer(to));
        let target = Some(suggestion);
        // Asked before its words are written.
        let asked = Edit::Act { id: suggestion, act, target, term: self.term_in(session), reason: String::new() };
        self.may_edit(session, &asked)?;
        if to == Answered::Accepted {
            let edit = self.accepted(session, suggestion)?;
            self.may_edit(session, &edit)?;
            self.write_edit(command, session, edit)?;
        }
        self.act_in(command, session, ReportAct::Answer(to), target, reason)
    }

    fn term_in(&self, session: DocId) -> Option<u16> {
        self.framework(session).and_then(|framework| self.own_term(framework))
    }

    /// The one edit by which a suggestion's words come into the paragraph.
    fn accepted(&self, session: DocId, suggestion: EntityId) -> Result<Edit, Refusal> {
        let snapshot = self.documents.get(session).map(Held::snapshot).ok_or_else(unknown)?;
        let (_, said) = self.suggestion(session, suggestion).ok_or_else(unknown)?;
        let id = said.read("about").ok_or_else(unknown)?;
        let base = standing(snapshot, "paragraphs", id).ok_or_else(unknown)?.text("text").to_owned();
        match said.read("kind") {
            Some(SuggestionKind::Delete) => Ok(Edit::Withdraw { id, reason: String::new() }),
            Some(SuggestionKind::Amend) => {
                // What others type elsewhere in the paragraph stays.
                let splices = Splice::between(&base, said.text("text")).into_iter().collect();
                Ok(Edit::Text { at: At::of(id, "text"), base, splices })
            }
            None => Err(refuse("bad-value", "not a suggestion that can be taken")),
        }
    }

    /// A suggestion on a session's report that was not withdrawn, and whose it is.
    pub(super) fn suggestion(&self, session: DocId, id: EntityId) -> Option<(PartyCode, &Record)> {
        let mut heard = self.voices_on(session).into_iter();
        heard.find_map(|(_, party, held)| Some((party, standing(held.snapshot(), "proposals", id)?)))
    }

    fn suggest(
        &mut self,
        command: CommandId,
        session: DocId,
        id: EntityId,
        paragraph: EntityId,
        kind: SuggestionKind,
        text: String,
    ) -> Result<(), Refusal> {
        let snapshot = self.documents.get(session).map(Held::snapshot).ok_or_else(unknown)?;
        let record = standing(snapshot, "paragraphs", paragraph).ok_or_else(unknown)?;
        if kind == SuggestionKind::Amend && text.trim() == record.text("text").trim() {
            return Err(refuse("no-change", "it says so"));
        }
        let base = base64url::encode(&canon::paragraph(record));
        let fields = vec![
            ("about".to_owned(), paragraph.to_string().as_str().into()),
            ("kind".to_owned(), kind.word().into()),
            ("base".to_owned(), base.as_str().into()),
        ];
        self.add_to_voice(command, session, "proposals", id, None, fields, text)
    }

    #[expect(clippy::too_many_arguments, reason = "what a command says")]
    fn put_in(
        &mut self,
        command: CommandId,
        session: DocId,
        id: EntityId,
        item: Option<EntityId>,
        kind: ParagraphKind,
        place: Place,
        text: String,
    ) -> Result<(), Refusal> {
        match kind {
            ParagraphKind::Intervention | ParagraphKind::Reservation => {}
            ParagraphKind::Discussion | ParagraphKind::Decision | ParagraphKind::Action | ParagraphKind::Release => {
                return Err(refuse("bad-value", "not a party's own words"));
            }
        }
        if text.trim().is_empty() {
            return Err(refuse("bad-value", "no words"));
        }
        let item = item.map(|item| ("item".to_owned(), Value::from(item.to_string().as_str())));
        let fields = item.into_iter().chain([("kind".to_owned(), kind.word().into())]).collect();
        self.add_to_voice(command, session, "interventions", id, Some(place), fields, text)
    }

    #[expect(clippy::too_many_arguments, reason = "what an edit says")]
    fn add_to_voice(
        &mut self,
        command: CommandId,
        session: DocId,
        to: &str,
        id: EntityId,
        place: Option<Place>,
        fields: Vec<(String, Value)>,
        text: String,
    ) -> Result<(), Refusal> {
        if text.chars().count() > WORDS_MAX {
            return Err(refuse("too-large", "so many words"));
        }
        let edit = Edit::Add { to: to.to_owned(), id, place, fields, texts: vec![("text".to_owned(), text)] };
        let voice = self.speaking(command, session)?;
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }

    /// Whether a paragraph of a session, which is loaded, is of the media release.
    pub(super) fn is_release(&self, session: DocId, paragraph: EntityId) -> bool {
        let paragraphs = self.documents.get(session).map_or(&[][..], |held| held.snapshot().collection("paragraphs"));
        paragraphs.iter().any(|record| record.id == Some(paragraph) && report::is_release(record))
    }

    /// Whether the text of a report may still be written.
    pub(super) fn open_for_words(&self, session: DocId) -> Result<(), Refusal> {
        let frozen = self.report_row(session).is_some_and(|(_, row)| row.state.state.frozen());
        if frozen { Err(refuse("report-adopted", "the report is adopted")) } else { Ok(()) }
    }
}
