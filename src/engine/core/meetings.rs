//! Meetings: the one that follows another, when one is, and how it is held.

use super::{Engine, agendas::bare, closing::taken, create::set, refuse, rows::Shown};
use crate::{
    domain::{
        Act, At, Audience, DocId, DocKind, Edit, Fact, Record, Snapshot, Value, When, Writer,
        agenda::carry,
        meeting::{
            self, Mode,
            dates::{self, BadDates, Dates, FixedDates, ModeStep},
        },
        rights::{framework_of, next_meeting_id, session_id},
        schema,
    },
    engine::api::{CommandId, Refusal},
};

/// What a meeting takes from the last one of its kind: what it is, not when and where. Its ordinal is asked for: it is never
/// reckoned.
const FOLLOWED: [&str; 4] = ["type", "framework", "language", "zone"];

/// A session of the last meeting, as the next one has it too.
struct Last {
    audience: Audience,
    writers: Vec<Writer>,
    said: Option<Snapshot>,
}

fn refused(why: BadDates) -> Refusal {
    let code = match why {
        BadDates::NoDay | BadDates::Backwards | BadDates::NoZone => "bad-dates",
        BadDates::ReasonMissing => "reason-missing",
        BadDates::NoChange => "no-change",
        BadDates::Over => "transition",
    };
    refuse(code, why.to_string())
}

/// Every value that stands in a field, to be resolved by what is written there next.
pub(super) fn seen(root: &Record, field: &str) -> Vec<Value> {
    let held = root.fields.get(field);
    held.map(|held| std::iter::once(&held.value).chain(&held.others).cloned().collect()).unwrap_or_default()
}

/// Dates as fields hold them.
pub(super) fn fields_of(to: &Dates) -> [(&'static str, Value); 5] {
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Value::Empty, Value::Str);
    [
        ("start", text(to.start.map(|when| when.to_string()))),
        ("end", text(to.end.map(|when| when.to_string()))),
        ("start-time", text(to.from.map(|clock| clock.to_string()))),
        ("end-time", text(to.until.map(|clock| clock.to_string()))),
        ("zone", text(Some(to.zone.clone()))),
    ]
}

/// The fields that versions without acts on dates read, as they are from now on.
fn written(root: &Record, to: &Dates) -> Vec<Edit> {
    let changed = fields_of(to).into_iter().filter_map(|(field, value)| {
        let seen = seen(root, field);
        let stands = seen.first().cloned().unwrap_or_default();
        (stands != value || seen.len() > 1).then(|| Edit::Set { at: At::root(field), value, seen })
    });
    changed.collect()
}

impl Engine {
    pub(super) fn next_meeting_fact(&self, previous: DocId) -> Option<Fact> {
        let entry = self.entry(previous).filter(|entry| entry.kind == DocKind::Meeting)?;
        Some(Fact::Doc {
            id: next_meeting_id(previous),
            kind: DocKind::Meeting,
            subject: None,
            audience: entry.audience.clone(),
            writers: entry.writers.clone(),
            origin: Some(previous),
        })
    }

    /// Whether this person may call the meeting that follows one, which nobody has called.
    pub(super) fn may_follow(&self, previous: DocId) -> bool {
        !self.is_followed(previous)
            && self.next_meeting_fact(previous).is_some_and(|fact| self.may_state(&fact).is_ok())
    }

    /// Whether the next meeting was called, or another one of its kind names it as the one before.
    fn is_followed(&self, previous: DocId) -> bool {
        let row = |doc: DocId| match &self.rows.get(&doc)?.shown {
            Shown::Meeting(row) => Some(row),
            Shown::Plan(_)
            | Shown::Project(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        };
        let kind = row(previous).and_then(|row| row.meeting);
        let follows = |doc: DocId| row(doc).is_some_and(|row| row.predecessor == Some(previous) && row.meeting == kind);
        self.entry(next_meeting_id(previous)).is_some() || self.rows.keys().any(|doc| follows(*doc))
    }

    /// Calls the meeting that follows another, with the agenda of that one. Everything but what the person said is derived from
    /// the two ids or read from the last meeting, so that two who do it apart leave one meeting and one agenda. Answers it.
    pub(super) fn follow_meeting(
        &mut self,
        command: CommandId,
        previous: DocId,
        title: &str,
        ordinal: Option<i64>,
        start: Option<When>,
    ) -> Result<DocId, Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a meeting needs a title"));
        }
        self.commit_texts();
        let unknown = || refuse("unknown-document", previous.to_string());
        let fact = self.next_meeting_fact(previous).ok_or_else(unknown)?;
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let meeting = next_meeting_id(previous);
        if self.is_followed(previous) {
            return Err(refuse("document-exists", "the next meeting was called"));
        }
        let root = self.documents.get(previous).ok_or_else(unknown)?.snapshot().root.clone();
        let audience = self.entry(previous).map(|entry| entry.audience.clone()).ok_or_else(unknown)?;
        let sessions = self.sessions_to_carry(previous);
        let (mut fields, texts) = taken(&root, &FOLLOWED);
        let mut say = |name: &str, value: Value| fields.push((name.to_owned(), value));
        say("title", title.trim().into());
        say("predecessor", previous.to_string().as_str().into());
        if let Some(ordinal) = ordinal {
            say("ordinal", Value::Int(ordinal));
        }
        if let Some(start) = start {
            say("start", start.to_string().as_str().into());
        }
        let framework = root.read("framework").unwrap_or_else(|| framework_of(&audience));
        let (own, other) = (self.catalogue.chair(framework, self.today()), framework_of(&audience));
        if let Some((ordinal, term)) = own.or_else(|| self.catalogue.chair(other, self.today())) {
            say("chair", term.party.as_str().into());
            say("term", Value::Int(i64::from(ordinal)));
        }
        self.make(command, fact)?;
        self.write_edit(command, meeting, Edit::Begin { fields, texts })?;
        for Last { audience, writers, said: last } in sessions {
            let session = session_id(meeting, &audience);
            let (kind, subject, origin) = (DocKind::Session, Some(meeting), None);
            self.make(command, Fact::Doc { id: session, kind, subject, audience, writers, origin })?;
            let (mut fields, texts) = last.as_ref().map(|last| taken(&last.root, &["kind"])).unwrap_or_default();
            fields.push(("meeting".to_owned(), meeting.to_string().as_str().into()));
            fields.push(("framework".to_owned(), framework.word().into()));
            let items = last.as_ref().map(|last| carry::items(last, session)).unwrap_or_default();
            let begin = Edit::Begin { fields, texts };
            self.write_edit(command, session, Edit::Make(std::iter::once(begin).chain(items).collect()))?;
        }
        Ok(meeting)
    }

    /// The sessions of a meeting that the next one has too, with what they say. One for the parties of that very meeting does
    /// not come along. There is always the one for everybody whom the meeting is for.
    fn sessions_to_carry(&self, meeting: DocId) -> Vec<Last> {
        let mut sessions: Vec<Last> = Vec::new();
        for session in self.about(meeting, DocKind::Session) {
            let (Some(entry), Some(held)) = (self.entry(session), self.documents.get(session)) else { continue };
            let goes_on = match entry.audience {
                Audience::Public | Audience::Accsm | Audience::AccsmPlus3 => true,
                Audience::Party(_)
                | Audience::Person(_)
                | Audience::Chair(_)
                | Audience::Host(_)
                | Audience::Meeting(_) => false,
            };
            if goes_on && !sessions.iter().any(|last| last.audience == entry.audience) {
                let (audience, writers) = (entry.audience.clone(), entry.writers.clone());
                sessions.push(Last { audience, writers, said: Some(held.snapshot().clone()) });
            }
        }
        if let Some(entry) = self.entry(meeting)
            && !sessions.iter().any(|last| last.audience == entry.audience)
        {
            let (audience, writers) = (entry.audience.clone(), entry.writers.clone());
            sessions.push(Last { audience, writers, said: None });
        }
        sessions
    }

    pub(super) fn meeting_now(
        &self,
        meeting: DocId,
    ) -> Result<(&Record, dates::Fixed, Option<Mode>, meeting::MeetingState), Refusal> {
        let held = self.documents.get(meeting).filter(|held| held.snapshot().kind == DocKind::Meeting);
        let snapshot = held.ok_or_else(|| refuse("unknown-document", meeting.to_string()))?.snapshot();
        let (root, acts) = (&snapshot.root, &snapshot.acts);
        Ok((root, dates::fixed(root, acts), dates::mode(root, acts).0, meeting::state(acts).state))
    }

    /// Asked again of an act that was written by itself.
    pub(super) fn may_fix(&self, meeting: DocId, to: &Dates, reason: &str) -> Result<(), Refusal> {
        let (_, fixed, _, state) = self.meeting_now(meeting)?;
        dates::check(&fixed.now, state, to, reason).map_err(refused)
    }

    /// The same of a mode.
    pub(super) fn may_hold(&self, meeting: DocId, to: Mode, reason: &str) -> Result<(), Refusal> {
        let (_, _, mode, state) = self.meeting_now(meeting)?;
        dates::check_mode(mode, state, to, reason).map_err(refused)
    }

    /// Whether dates and mode of a meeting may still change.
    pub(super) fn may_reschedule(&self, meeting: DocId) -> bool {
        let schema = self.documents.get(meeting).is_some_and(|held| held.snapshot().schema <= schema::CURRENT);
        schema && self.may_write(meeting) && self.meeting_now(meeting).is_ok_and(|(.., state)| dates::may_change(state))
    }

    /// The chair term under which this person acts on a document; none for the Secretariat.
    pub(super) fn term_for(&self, doc: DocId) -> Option<u16> {
        let framework = framework_of(&self.entry(doc)?.audience);
        self.own_term(framework)
    }

    /// Fixes a meeting's days and times, or moves them.
    pub(super) fn fix_dates(
        &mut self,
        command: CommandId,
        meeting: DocId,
        to: Dates,
        reason: &str,
    ) -> Result<(), Refusal> {
        let (root, fixed, ..) = self.meeting_now(meeting)?;
        let fields = written(root, &to);
        let was = Some(fixed.now).filter(|was| *was != Dates::default());
        let act = Act::FixDates(Box::new(FixedDates { to, was }));
        let (term, reason) = (self.term_for(meeting), reason.trim().to_owned());
        let act = Edit::Act { id: self.fresh_id(), act, target: None, term, reason };
        self.write_all(command, meeting, std::iter::once(act).chain(fields).collect())
    }

    /// Changes how people attend a meeting.
    pub(super) fn change_mode(
        &mut self,
        command: CommandId,
        meeting: DocId,
        to: Mode,
        reason: &str,
    ) -> Result<(), Refusal> {
        let (root, _, was, _) = self.meeting_now(meeting)?;
        let mut field = set("mode", to.word());
        if let Edit::Set { seen: stood, .. } = &mut field {
            *stood = seen(root, "mode");
        }
        let (term, reason) = (self.term_for(meeting), reason.trim().to_owned());
        let act = bare(self.fresh_id(), Act::ChangeMode(ModeStep { to, was }), None, term, reason);
        self.write_all(command, meeting, vec![act, field])
    }

    /// Writes edits of one command, all of which are asked before the first.
    pub(super) fn write_all(&mut self, command: CommandId, doc: DocId, edits: Vec<Edit>) -> Result<(), Refusal> {
        for edit in &edits {
            self.may_edit(doc, edit)?;
        }
        for edit in edits {
            self.write_edit(command, doc, edit)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::FieldKind;

    #[test]
    fn what_is_carried_are_fields_of_a_meeting() {
        let table = schema::of(DocKind::Meeting).expect("a schema");
        for name in FOLLOWED {
            assert!(table.field(None, name).is_some_and(|field| field.kind != FieldKind::Ref), "{name}");
        }
    }
}
