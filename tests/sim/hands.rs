//! What people do: every kind of field, prose, entities and their places, claims, acts, comments, new projects.

use mufakat::{
    domain::{
        Act, At, ClaimKind, Date, DocId, DocKind, Edit, EntityId, Place, Record, Snapshot, Value, When,
        agenda::{AgendaState, ItemState},
        canon,
        draft::{Cleared, DraftStep},
        meeting::MeetingState,
        place::key_between,
        plan::PlanState,
        project::ProjectStatus,
        schema::{self, Collection, Field, FieldKind},
    },
    engine::{
        api::{Command, CommandId, Request},
        core::Input,
    },
};

use crate::{
    cast::{self, SHARED, TERM},
    laptop::Who,
    page::Typing,
    shell::PORT,
    world::{Happening, World},
};

/// Edits of a story, at least.
pub const EDITS: u64 = 110;

impl World {
    /// Somebody does something, and something will be done again.
    pub fn work(&mut self) {
        let at_work: Vec<Who> = (0..self.laptops.len()).filter(|who| self.laptops[*who].engine.is_some()).collect();
        if let Some(&who) = self.chance.pick(&at_work) {
            match self.chance.below(100) {
                0..40 => self.type_on(who),
                40..90 => self.edit_something(who),
                90..95 => self.comment(who),
                95..97 => self.take_back(who),
                _ => self.propose(who),
            }
        }
        if self.tally.edits < EDITS {
            let at = self.now + self.chance.of(20..900);
            self.at(at, Happening::Work);
        }
    }

    fn command_id(&mut self) -> CommandId {
        EntityId::fresh(self.now, self.chance.bytes())
    }

    /// A person sends what was held for review, or puts it aside.
    pub fn looked(&mut self, who: Who, doc: DocId) {
        let held = self.laptops[who].shell.as_ref().is_some_and(|shell| shell.held.iter().any(|held| held.doc == doc));
        if !held || self.laptops[who].engine.is_none() {
            return;
        }
        self.tally.fault("held for review");
        let id = EntityId::fresh(self.now, self.chance.bytes());
        let command = if self.chance.percent(70) { Command::Release { doc } } else { Command::PutAside { doc } };
        self.say_command(who, id, command);
    }

    pub fn say_command(&mut self, who: Who, id: CommandId, command: Command) {
        self.laptops[who].unanswered.insert(id, command.clone());
        self.feed(who, Input::Request { port: PORT, request: Request::Command { id, command } });
    }

    fn edit(&mut self, who: Who, doc: DocId, edit: Edit) {
        let id = self.command_id();
        self.say_command(who, id, Command::Edit { doc, edit });
    }

    fn type_on(&mut self, who: Who) {
        let Some(typing) = self.laptops[who].typing.take() else { return self.open_text(who) };
        if self.chance.percent(12) {
            let request = Request::CloseText { session: typing.session };
            self.feed(who, Input::Request { port: PORT, request });
            return;
        }
        let mut typing = typing;
        let strokes = 1 + self.chance.below(4);
        for _ in 0..strokes {
            let Some((n, version, splices)) = typing.stroke(&mut self.chance) else { break };
            let session = typing.session;
            self.tally.edits += 1;
            self.laptops[who].typing = Some(typing);
            let request = Request::EditText { session, n, version, splices };
            self.feed(who, Input::Request { port: PORT, request });
            match self.laptops[who].typing.take() {
                Some(still) => typing = still,
                None => return,
            }
        }
        self.laptops[who].typing = Some(typing);
    }

    fn open_text(&mut self, who: Who) {
        let Some((doc, snapshot)) = self.something_shown(who) else { return };
        let Some(schema) = schema::of(snapshot.kind) else { return };
        let prose = |fields: &'static [Field]| fields.iter().filter(|field| field.kind == FieldKind::Prose);
        let mut places: Vec<At> = prose(schema.fields).map(|field| At::root(field.name)).collect();
        for collection in schema.collections {
            for record in snapshot.collection(collection.name) {
                places.extend(
                    record
                        .id
                        .into_iter()
                        .flat_map(|id| prose(collection.fields).map(move |field| At::of(id, field.name))),
                );
            }
        }
        let Some(at) = self.chance.pick(&places).cloned() else { return };
        self.tally.sessions += 1;
        let session = self.tally.sessions;
        self.laptops[who].typing = Some(Typing::new(session));
        self.feed(who, Input::Request { port: PORT, request: Request::OpenText { session, doc, at } });
    }

    /// A document that stands open on this laptop; the one that two lead more often than others.
    fn something_shown(&mut self, who: Who) -> Option<(DocId, Snapshot)> {
        let shown = &self.laptops[who].shown;
        let shared = shown.get(&SHARED).filter(|_| self.chance.percent(40)).map(|snapshot| (SHARED, snapshot));
        let all: Vec<(DocId, &Snapshot)> = shown.iter().map(|(doc, snapshot)| (*doc, snapshot)).collect();
        shared.or_else(|| self.chance.pick(&all).copied()).map(|(doc, snapshot)| (doc, snapshot.clone()))
    }

    fn edit_something(&mut self, who: Who) {
        let Some((doc, snapshot)) = self.something_shown(who) else { return };
        let Some(schema) = schema::of(snapshot.kind) else { return };
        match self.chance.below(100) {
            0..45 => {
                let field = *self.chance.pick(schema.fields).expect("every kind has fields");
                self.set(who, doc, None, &snapshot.root, field);
            }
            45..60 => {
                if let Some((collection, record)) = self.some_entity(&snapshot) {
                    let field = *self.chance.pick(collection.fields).expect("every collection has fields");
                    self.set(who, doc, record.id, &record, field);
                }
            }
            60..75 => {
                if let Some(collection) = self.chance.pick(schema.collections) {
                    self.add(who, doc, &snapshot, collection);
                }
            }
            75..85 => self.move_or_withdraw(who, doc, &snapshot),
            _ => match snapshot.kind {
                DocKind::Project => self.claim(who, doc, &snapshot),
                _ => self.act(who, doc, &snapshot),
            },
        }
    }

    fn some_entity(&mut self, snapshot: &Snapshot) -> Option<(&'static Collection, Record)> {
        let schema = schema::of(snapshot.kind)?;
        let all: Vec<(&'static Collection, &Record)> = schema
            .collections
            .iter()
            .flat_map(|collection| snapshot.collection(collection.name).iter().map(move |record| (collection, record)))
            .collect();
        self.chance.pick(&all).map(|(collection, record)| (*collection, (*record).clone()))
    }

    /// A value for a field, and the member where the field has members. None for prose.
    fn value(&mut self, field: Field) -> Option<(String, Value)> {
        let name = field.name.to_owned();
        self.tally.words += 1;
        let fresh = format!("word {}", self.tally.words);
        let code = ["KH", "VN", "CN", "SG"][self.chance.below(4)];
        let member = |member: &str| format!("{name}:{member}");
        Some(match field.kind {
            FieldKind::Prose => return None,
            FieldKind::Line => (name, Value::Str(fresh)),
            FieldKind::When => (name, Value::Str(format!("2026-0{}", 1 + self.chance.below(9)))),
            FieldKind::Word(words) => (name, Value::from(words[self.chance.below(words.len())])),
            FieldKind::Party => (name, Value::from(code)),
            FieldKind::Parties => (member(code), Value::Bool(self.chance.percent(60))),
            FieldKind::Languages => (member(["vi", "km", "ms"][self.chance.below(3)]), Value::Str(fresh)),
            FieldKind::Words => (member(["a", "b", "c"][self.chance.below(3)]), Value::Bool(self.chance.percent(60))),
            FieldKind::Years => (member(["2021", "2023", "2025"][self.chance.below(3)]), Value::Str(fresh)),
            FieldKind::ById => (member(&SHARED.to_string()), Value::Str(fresh)),
            FieldKind::Int => (name, Value::Int(i64::try_from(self.chance.below(5_000)).unwrap_or(0))),
            FieldKind::Flag => (name, Value::Bool(self.chance.percent(50))),
            FieldKind::Ref => (name, Value::Str(SHARED.to_string())),
            FieldKind::Link => (name, Value::Str(format!("https://example.org/{}", self.tally.words))),
        })
    }

    fn set(&mut self, who: Who, doc: DocId, entity: Option<EntityId>, record: &Record, field: Field) {
        let Some((name, value)) = self.value(field) else { return };
        let held = record.fields.get(&name);
        let seen = held.map(|held| [vec![held.value.clone()], held.others.clone()].concat()).unwrap_or_default();
        self.edit(who, doc, Edit::Set { at: At { entity, field: name }, value, seen });
    }

    fn add(&mut self, who: Who, doc: DocId, snapshot: &Snapshot, collection: &'static Collection) {
        let mut fields = std::collections::BTreeMap::new();
        let mut texts = Vec::new();
        for field in collection.fields {
            if field.kind == FieldKind::Prose {
                texts.push((field.name.to_owned(), "First words. ".to_owned()));
            } else if self.chance.percent(40) {
                fields.extend(self.value(*field));
            }
        }
        let place = collection.placed.then(|| self.place(snapshot, collection));
        let id = self.command_id();
        let to = collection.name.to_owned();
        self.edit(who, doc, Edit::Add { to, id, place, fields: fields.into_iter().collect(), texts });
    }

    fn place(&mut self, snapshot: &Snapshot, collection: &Collection) -> Place {
        let siblings = snapshot.collection(collection.name);
        let before = self.chance.pick(siblings).and_then(|record| record.place.clone());
        let parent = if self.chance.percent(25) { self.chance.pick(siblings).and_then(|r| r.id) } else { None };
        let random = self.chance.bytes();
        Place { parent, key: key_between(before.as_ref().map(|place| place.key.as_str()), None, random) }
    }

    fn move_or_withdraw(&mut self, who: Who, doc: DocId, snapshot: &Snapshot) {
        let Some((collection, record)) = self.some_entity(snapshot) else { return };
        let Some(id) = record.id else { return };
        let edit = if record.withdrawn.is_some() {
            Edit::Restore { id }
        } else if collection.placed && self.chance.percent(70) {
            Edit::Move { id, place: self.place(snapshot, collection) }
        } else {
            Edit::Withdraw { id, reason: "said twice".to_owned() }
        };
        self.edit(who, doc, edit);
    }

    fn claim(&mut self, who: Who, doc: DocId, snapshot: &Snapshot) {
        let what = ClaimKind::ALL[self.chance.below(ClaimKind::ALL.len())];
        let value = if what == ClaimKind::Status {
            Value::from(ProjectStatus::ALL[self.chance.below(ProjectStatus::ALL.len())].word())
        } else {
            Value::Str(format!("2026-0{}-1{}", 1 + self.chance.below(9), self.chance.below(10)))
        };
        let standing = mufakat::domain::claim::standing(&snapshot.claims, what);
        let supersedes = standing.iter().map(|claim| claim.id).collect();
        let id = self.command_id();
        let (evidence, reason) = ("a letter".to_owned(), "as agreed".to_owned());
        self.edit(who, doc, Edit::Claim { id, what, value, as_of: None, evidence, reason, supersedes });
    }

    fn act(&mut self, who: Who, doc: DocId, snapshot: &Snapshot) {
        let item = self.chance.pick(snapshot.collection("items")).and_then(|record| record.id);
        let (act, target) = match snapshot.kind {
            DocKind::Plan if self.chance.percent(50) => {
                let status = ProjectStatus::ALL[self.chance.below(ProjectStatus::ALL.len())];
                (Act::PublishStatus(status), Some(EntityId::from_bytes(SHARED.to_bytes())))
            }
            DocKind::Plan => (Act::MovePlan(PlanState::ALL[self.chance.below(PlanState::ALL.len())]), None),
            DocKind::Meeting if self.chance.percent(30) => {
                let day = Date::new(2026, 5, 1 + u8::try_from(self.chance.below(28)).unwrap_or(0));
                (Act::FixDate(When::Day(day.expect("a day of May"))), None)
            }
            DocKind::Meeting => (Act::MoveMeeting(MeetingState::ALL[self.chance.below(MeetingState::ALL.len())]), None),
            DocKind::Session if item.is_some() && self.chance.percent(60) => {
                (Act::MoveItem(ItemState::ALL[self.chance.below(ItemState::ALL.len())]), item)
            }
            DocKind::Session => (Act::MoveAgenda(AgendaState::ALL[self.chance.below(AgendaState::ALL.len())]), None),
            DocKind::Draft => {
                let to = DraftStep::ALL[self.chance.below(DraftStep::ALL.len())];
                (Act::StepDraft(Box::new(Cleared { to, of: canon::digest(snapshot) })), None)
            }
            _ => return,
        };
        let id = self.command_id();
        let term = (self.laptops[who].officer == cast::CAMBODIA).then_some(TERM);
        self.edit(who, doc, Edit::Act { id, act, target, term, reason: "by consensus".to_owned() });
    }

    fn comment(&mut self, who: Who) {
        let Some((subject, snapshot)) = self.something_shown(who) else { return };
        let about = if self.chance.percent(40) { self.some_entity(&snapshot).and_then(|(_, r)| r.id) } else { None };
        let (id, comment) = (self.command_id(), self.command_id());
        self.tally.words += 1;
        let text = format!("We would ask about point {}.", self.tally.words);
        self.say_command(who, id, Command::Comment { subject, id: comment, about, text });
    }

    /// Somebody takes back what they did last on a page, or does it again.
    fn take_back(&mut self, who: Who) {
        let Some((of, _)) = self.something_shown(who) else { return };
        let (id, again) = (self.command_id(), self.chance.percent(35));
        self.say_command(who, id, Command::Undo { of, again, anyway: None });
    }

    /// Others have written the same since, and were shown: some take it back all the same.
    pub fn overtaken(&mut self, who: Who, asked: Option<Command>, unit: EntityId) {
        if let Some(Command::Undo { of, again, anyway: None }) = asked
            && self.chance.percent(50)
        {
            let id = self.command_id();
            self.say_command(who, id, Command::Undo { of, again, anyway: Some(unit) });
        }
    }

    fn propose(&mut self, who: Who) {
        let officer = self.laptops[who].officer;
        let (id, doc) = (self.command_id(), DocId::fresh(self.now, self.chance.bytes()));
        let plan = if officer == cast::CHINA { cast::PLUS_PLAN } else { cast::PLAN };
        let lead = cast::code(if officer.party == "ASEC" { "KH" } else { officer.party });
        self.say_command(who, id, Command::CreateProject { doc, plan, title: "A new project".to_owned(), lead });
    }
}
