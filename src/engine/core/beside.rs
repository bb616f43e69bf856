//! The meeting of ACCSM+3 that sits beside one of ACCSM, back to back: called from that one's agenda.
//!
//! Its documents are for ACCSM+3, so nothing in them names the other meeting: that one names it (`parallel`). What reaches the
//! Plus Three countries is what this one command writes, and never an item for a closed session.

use super::{Engine, create::set, refuse};
use crate::{
    domain::{
        Audience, DocId, DocKind, Edit, Fact, Framework, When, Writer,
        agenda::carry,
        meeting::MeetingType,
        record::Value,
        rights::{framework_of, session_id},
    },
    engine::api::{CommandId, Refusal},
};

fn fact(doc: DocId, kind: DocKind, subject: Option<DocId>) -> Fact {
    let writers = vec![Writer::Secretariat, Writer::Chair];
    Fact::Doc { id: doc, kind, subject, audience: Audience::AccsmPlus3, writers, origin: None }
}

impl Engine {
    /// Whether this person may call the meeting beside one that has none; of which type it would be.
    pub(super) fn may_meet_beside(&self, of: DocId) -> Result<MeetingType, Refusal> {
        let unknown = || refuse("unknown-document", of.to_string());
        let entry = self.entry(of).filter(|entry| entry.kind == DocKind::Meeting).ok_or_else(unknown)?;
        let root = &self.documents.get(of).ok_or_else(unknown)?.snapshot().root;
        let kind = root.read::<MeetingType>("type").and_then(MeetingType::plus3);
        let kind = kind.filter(|_| framework_of(&entry.audience) == Framework::Accsm);
        let kind = kind.ok_or_else(|| refuse("bad-value", "no meeting of ACCSM+3 goes beside this one"))?;
        if !root.line("parallel").is_empty() {
            return Err(refuse("document-exists", "the meeting beside it was called"));
        }
        self.may_edit(of, &set("parallel", of.to_string().as_str()))?;
        // A name for asking: the document gets the id that the command gives.
        let asked = fact(DocId::from_bytes([0x42; 16]), DocKind::Meeting, None);
        self.may_state(&asked).map_err(|why| refuse(why.word(), why.to_string()))?;
        Ok(kind)
    }

    /// Calls it, with the agenda of the other one except what is for a closed session.
    pub(super) fn meet_beside(
        &mut self,
        command: CommandId,
        of: DocId,
        doc: DocId,
        title: &str,
        start: Option<When>,
    ) -> Result<(), Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a meeting needs a title"));
        }
        self.commit_texts();
        let kind = self.may_meet_beside(of)?;
        let root = self.documents.get(of).map(|held| held.snapshot().root.clone()).unwrap_or_default();
        let session = session_id(doc, &Audience::AccsmPlus3);
        let agenda = self.about(of, DocKind::Session).into_iter().find(|session| {
            self.entry(*session).is_some_and(|entry| framework_of(&entry.audience) == Framework::Accsm)
        });
        let agenda = agenda.and_then(|session| self.documents.get(session)).map(|held| held.snapshot().clone());
        let items = agenda.map(|last| carry::items_for_partners(&last, session)).unwrap_or_default();

        let mut fields: Vec<(String, Value)> = Vec::new();
        let mut say = |name: &str, value: Value| fields.push((name.to_owned(), value));
        say("title", title.trim().into());
        say("type", kind.word().into());
        say("framework", Framework::AccsmPlus3.word().into());
        if let Some(start) = start {
            say("start", start.to_string().as_str().into());
        }
        for name in ["language", "zone"] {
            if !root.line(name).is_empty() {
                say(name, root.line(name).into());
            }
        }
        let today = self.today();
        let own = self.catalogue.chair(Framework::AccsmPlus3, today);
        if let Some((ordinal, term)) = own.or_else(|| self.catalogue.chair(Framework::Accsm, today)) {
            say("chair", term.party.as_str().into());
            say("term", Value::Int(i64::from(ordinal)));
        }
        self.make(command, fact(doc, DocKind::Meeting, None))?;
        self.write_edit(command, doc, Edit::Begin { fields, texts: Vec::new() })?;
        self.make(command, fact(session, DocKind::Session, Some(doc)))?;
        let fields = vec![
            ("meeting".to_owned(), doc.to_string().as_str().into()),
            ("framework".to_owned(), Framework::AccsmPlus3.word().into()),
        ];
        let begin = Edit::Begin { fields, texts: Vec::new() };
        self.write_edit(command, session, Edit::Make(std::iter::once(begin).chain(items).collect()))?;
        self.write_edit(command, of, set("parallel", doc.to_string().as_str()))
    }
}
