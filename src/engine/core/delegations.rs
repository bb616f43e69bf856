//! Delegations: a party's own list in its voice on the meeting, and what it tells the host alone.

use super::{Engine, refuse};
use crate::{
    domain::{
        DocId, DocKind, Edit, EntityId, Fact, PartyCode, Place, Value, Writer, delegation, place::key_between,
        rights::logistics_id, schema,
    },
    engine::api::{CommandId, Refusal},
};

impl Engine {
    /// Adds somebody to one's own party's list, behind those who stand there.
    pub(super) fn add_delegate(
        &mut self,
        command: CommandId,
        meeting: DocId,
        id: EntityId,
        fields: Vec<(String, Value)>,
    ) -> Result<(), Refusal> {
        if self.entry(meeting).is_none_or(|entry| entry.kind != DocKind::Meeting) {
            return Err(refuse("unknown-document", meeting.to_string()));
        }
        let named = |(name, value): &(String, Value)| {
            name == "name" && value.as_str().is_some_and(|name| !name.trim().is_empty())
        };
        if !fields.iter().any(named) {
            return Err(refuse("bad-value", "a delegate needs a name"));
        }
        let voice = self.speaking(command, meeting)?;
        let dice: [u8; 4] = self.dice.bytes();
        let list = self.documents.get(voice).map(|held| held.snapshot().collection("delegates"));
        let keys = list.into_iter().flatten().filter_map(|one| one.place.as_ref());
        let key = key_between(keys.map(|place| place.key.as_str()).max(), None, dice);
        let place = Some(Place { parent: None, key });
        let edit = Edit::Add { to: "delegates".to_owned(), id, place, fields, texts: Vec::new() };
        self.may_edit(voice, &edit)?;
        self.write_edit(command, voice, edit)
    }

    /// Which party is the host of a meeting, as its document says.
    pub(super) fn host_of(&self, meeting: DocId) -> Option<&PartyCode> {
        self.meeting_row(meeting)?.host.as_ref()
    }

    fn logistics_fact(&self, meeting: DocId) -> Option<Fact> {
        let (own, host) = (&self.account.as_ref()?.party, self.host_of(meeting)?);
        Some(Fact::Doc {
            id: logistics_id(own, meeting, host),
            kind: DocKind::Logistics,
            subject: Some(meeting),
            audience: crate::domain::Audience::Party(host.clone()),
            writers: vec![Writer::Party(own.clone())],
            origin: None,
        })
    }

    /// Where this person's party tells the host of its delegates; none while no host is known.
    pub(super) fn own_logistics(&self, meeting: DocId) -> Option<DocId> {
        Some(logistics_id(&self.account.as_ref()?.party, meeting, self.host_of(meeting)?))
    }

    /// What this person's party told whoever was the host before.
    pub(super) fn told_before(&self, meeting: DocId) -> Vec<DocId> {
        let own = self.account.as_ref().map(|own| &own.party);
        let now = self.own_logistics(meeting);
        let mine = |doc: &DocId| self.speaker(*doc).as_ref() == own && Some(*doc) != now;
        self.about(meeting, DocKind::Logistics).into_iter().filter(mine).collect()
    }

    /// Whether this person may tell the host of their party's delegates.
    pub(super) fn may_arrange(&self, meeting: DocId) -> bool {
        let Some(fact) = self.logistics_fact(meeting) else { return false };
        match self.own_logistics(meeting).filter(|doc| self.entry(*doc).is_some()) {
            Some(doc) => {
                let newer = self.documents.get(doc).is_some_and(|held| held.snapshot().schema > schema::CURRENT);
                self.may_write(doc) && !newer
            }
            None => self.may_state(&fact).is_ok(),
        }
    }

    /// Makes room for what one's own party tells the host. What it told a host of before comes along: whoever was the host keeps
    /// what it has, and hears no more. Answers the document.
    pub(super) fn open_logistics(&mut self, command: CommandId, meeting: DocId) -> Result<DocId, Refusal> {
        let no_host = || refuse("no-host", "the meeting names no host");
        let fact = self.logistics_fact(meeting).ok_or_else(no_host)?;
        let doc = self.own_logistics(meeting).ok_or_else(no_host)?;
        if self.entry(doc).is_none() {
            let mut fields = vec![("meeting".to_owned(), meeting.to_string().as_str().into())];
            // The latest of them; which is the latest is the hub's to say.
            let last = self.told_before(meeting).into_iter().max_by_key(|doc| self.rows.get(doc).map(|row| row.last));
            if let Some(told) = last.and_then(|doc| self.documents.get(doc)) {
                let known =
                    |name: &str| delegation::LOGISTICS.iter().any(|field| name.split(':').next() == Some(*field));
                let told = told.snapshot().root.fields.iter().filter(|(name, _)| known(name));
                fields.extend(told.map(|(name, held)| (name.clone(), held.value.clone())));
            }
            self.make(command, fact)?;
            self.write_edit(command, doc, Edit::Begin { fields, texts: Vec::new() })?;
        } else if self.documents.get(doc).is_none() && !self.position.missing.contains(&doc) {
            self.put_empty(doc)?;
        }
        Ok(doc)
    }
}
