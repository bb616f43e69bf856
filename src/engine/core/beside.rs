//! Meetings that sit beside another one, called from that one's agenda: of ACCSM+3, back to back with one of ACCSM, and the
//! open session of a meeting, for whoever has an account.
//!
//! Their documents are for more people, so nothing in them names the other meeting: that one names them (`Beside::field`). What
//! reaches those people is what this one command writes, and never an item that is not meant for them.

use super::{Engine, closing::taken, create::set, meetings::fields_of, refuse};
use crate::{
    domain::{
        Audience, DocId, DocKind, Edit, Fact, Framework, Record, When, Writer,
        agenda::carry,
        meeting::{Beside, MeetingType},
        record::Value,
        rights::{framework_of, session_id},
    },
    engine::api::{CommandId, Refusal},
};

fn fact(doc: DocId, kind: DocKind, subject: Option<DocId>, beside: Beside) -> Fact {
    let writers = vec![Writer::Secretariat, Writer::Chair];
    Fact::Doc { id: doc, kind, subject, audience: beside.audience(), writers, origin: None }
}

/// Of which type and framework the meeting beside one would be; none where there is no such meeting.
fn kind_of(beside: Beside, of: &Record, audience: &Audience) -> Option<(MeetingType, Framework)> {
    let kind: MeetingType = of.read("type")?;
    match beside {
        Beside::Plus3 => {
            let kind = kind.plus3().filter(|_| framework_of(audience) == Framework::Accsm);
            kind.filter(|_| *audience != Audience::Public).map(|kind| (kind, Framework::AccsmPlus3))
        }
        // Of ACCSM alone: what is open to everyone has the Chair of ACCSM, who need not be that of ACCSM+3.
        Beside::Open => (*audience == Audience::Accsm).then_some((kind, Framework::Accsm)),
    }
}

/// What it takes from the other one: an open session is that meeting, with the same Chair on the same days.
const fn kept(beside: Beside) -> &'static [&'static str] {
    match beside {
        Beside::Plus3 => &["language", "zone"],
        Beside::Open => &["language", "term", "chair", "host", "city", "venue"],
    }
}

impl Engine {
    /// The meetings that this person may call beside one.
    pub(super) fn may_meet_beside(&self, of: DocId) -> Vec<Beside> {
        Beside::ALL.iter().copied().filter(|beside| self.meets_beside(of, *beside).is_ok()).collect()
    }

    /// Whether this person may call the meeting beside one that has none; of which type and framework it would be.
    fn meets_beside(&self, of: DocId, beside: Beside) -> Result<(MeetingType, Framework), Refusal> {
        let unknown = || refuse("unknown-document", of.to_string());
        let entry = self.entry(of).filter(|entry| entry.kind == DocKind::Meeting).ok_or_else(unknown)?;
        let root = &self.documents.get(of).ok_or_else(unknown)?.snapshot().root;
        let kind = kind_of(beside, root, &entry.audience);
        let kind = kind.ok_or_else(|| refuse("bad-value", "no such meeting goes beside this one"))?;
        if !root.line(beside.field()).is_empty() {
            return Err(refuse("document-exists", "the meeting beside it was called"));
        }
        self.may_edit(of, &set(beside.field(), of.to_string().as_str()))?;
        // A name for asking: the document gets the id that the command gives.
        let asked = fact(DocId::from_bytes([0x42; 16]), DocKind::Meeting, None, beside);
        self.may_state(&asked).map_err(|why| refuse(why.word(), why.to_string()))?;
        Ok(kind)
    }

    /// Calls it, with what of the other one's agenda is meant for those who take part in it.
    pub(super) fn meet_beside(
        &mut self,
        command: CommandId,
        (of, doc, beside): (DocId, DocId, Beside),
        title: &str,
        start: Option<When>,
    ) -> Result<(), Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a meeting needs a title"));
        }
        self.commit_texts();
        let (kind, framework) = self.meets_beside(of, beside)?;
        let root = self.documents.get(of).map(|held| held.snapshot().root.clone()).unwrap_or_default();
        let session = session_id(doc, &beside.audience());
        let audience = self.entry(of).map(|entry| entry.audience.clone());
        let mut sessions = self.about(of, DocKind::Session).into_iter();
        let agenda = sessions.find(|session| self.entry(*session).map(|entry| &entry.audience) == audience.as_ref());
        let agenda = agenda.and_then(|session| self.documents.get(session)).map(|held| held.snapshot().clone());
        let items = agenda.map(|last| carry::items_beside(&last, session, beside)).unwrap_or_default();

        let (mut fields, _) = taken(&root, kept(beside));
        let mut say = |name: &str, value: Value| fields.push((name.to_owned(), value));
        say("title", title.trim().into());
        say("type", kind.word().into());
        say("framework", framework.word().into());
        match beside {
            Beside::Plus3 => {
                if let Some(start) = start {
                    say("start", start.to_string().as_str().into());
                }
            }
            Beside::Open => {
                let (_, fixed, mode, _) = self.meeting_now(of)?;
                for (name, value) in fields_of(&fixed.now) {
                    say(name, value);
                }
                if let Some(mode) = mode {
                    say("mode", mode.word().into());
                }
            }
        }
        let today = self.today();
        let own = self.catalogue.chair(framework, today).or_else(|| self.catalogue.chair(Framework::Accsm, today));
        if let Some((ordinal, term)) = own.filter(|_| beside == Beside::Plus3) {
            say("chair", term.party.as_str().into());
            say("term", Value::Int(i64::from(ordinal)));
        }
        self.make(command, fact(doc, DocKind::Meeting, None, beside))?;
        self.write_edit(command, doc, Edit::Begin { fields, texts: Vec::new() })?;
        self.make(command, fact(session, DocKind::Session, Some(doc), beside))?;
        let fields = vec![
            ("meeting".to_owned(), doc.to_string().as_str().into()),
            ("framework".to_owned(), framework.word().into()),
        ];
        let begin = Edit::Begin { fields, texts: Vec::new() };
        self.write_edit(command, session, Edit::Make(std::iter::once(begin).chain(items).collect()))?;
        self.write_edit(command, of, set(beside.field(), doc.to_string().as_str()))
    }
}
