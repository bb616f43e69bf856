//! Who is in the story, and the record they work on.

use mufakat::{
    docs::{Actor, Author, Doc, genesis},
    domain::{
        At, Audience, Date, DeviceId, DocId, DocKind, Edit, EntityId, Fact, Framework, PartyCode, PersonId, Role,
        Value, WorkspaceId, Writer, party::MembershipStatus,
    },
    sync::frame::Item,
};

/// 1 March 2026, six in the morning: a story does not pass midnight.
pub const MORNING: u64 = 1_772_344_800_000;

/// The plan of the ten, one project that two parties lead, one of Cambodia's alone.
pub const PLAN: DocId = DocId::from_bytes([0x11; 16]);
pub const SHARED: DocId = DocId::from_bytes([0x22; 16]);
pub const KHMER: DocId = DocId::from_bytes([0x23; 16]);
/// What Cambodia drafts for the plan by itself.
pub const DRAFT: DocId = DocId::from_bytes([0x24; 16]);
/// A meeting of the ten and its session.
pub const MEETING: DocId = DocId::from_bytes([0x33; 16]);
pub const SESSION: DocId = DocId::from_bytes([0x34; 16]);
/// A plan and a project that the Plus Three share.
pub const PLUS_PLAN: DocId = DocId::from_bytes([0x41; 16]);
pub const PLUS_PROJECT: DocId = DocId::from_bytes([0x42; 16]);
/// A plan that only the chair and the Secretariat may see.
pub const CHAIRS: DocId = DocId::from_bytes([0x51; 16]);

pub const VIET_NAMS_MEMBERSHIP: EntityId = EntityId::from_bytes([0x72; 16]);
pub const TERM: u16 = 23;

/// A delegation's officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Officer {
    pub party: &'static str,
    pub role: Role,
    /// First byte of the person's id.
    pub person: u8,
}

pub const CAMBODIA: Officer = Officer { party: "KH", role: Role::FocalPoint, person: 1 };
pub const VIET_NAM: Officer = Officer { party: "VN", role: Role::FocalPoint, person: 2 };
pub const SECRETARIAT: Officer = Officer { party: "ASEC", role: Role::Secretariat, person: 3 };
pub const CHINA: Officer = Officer { party: "CN", role: Role::FocalPoint, person: 4 };
const OFFICERS: [Officer; 4] = [CAMBODIA, VIET_NAM, SECRETARIAT, CHINA];

impl Officer {
    pub fn id(self) -> PersonId {
        PersonId::from_bytes([self.person; 16])
    }

    pub fn code(self) -> PartyCode {
        code(self.party)
    }
}

pub fn code(text: &str) -> PartyCode {
    text.parse().expect("a party's code")
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn workspace() -> WorkspaceId {
    WorkspaceId::from_bytes([9; 16])
}

pub fn viet_nam_is_member(until: Option<&str>, stated: u64) -> Fact {
    Fact::Member {
        id: VIET_NAMS_MEMBERSHIP,
        party: code("VN"),
        framework: Framework::Accsm,
        status: MembershipStatus::Member,
        from: None,
        to: until.map(date),
        stated,
    }
}

/// The facts that stand before the story begins.
pub fn facts() -> Vec<Fact> {
    let mut facts = vec![Fact::Workspace { id: workspace(), name: "ACCSM".to_owned(), sample: false, stated: 0 }];
    for officer in OFFICERS {
        let (id, party, from) = (EntityId::from_bytes([officer.person; 16]), officer.code(), date("2020-01-01"));
        facts.push(Fact::Appoint { id, person: officer.id(), party, role: officer.role, from, to: None });
    }
    let member = |id, party: &str, framework, status| {
        let (party, id) = (code(party), EntityId::from_bytes([id; 16]));
        Fact::Member { id, party, framework, status, from: None, to: None, stated: 0 }
    };
    facts.push(member(0x71, "KH", Framework::Accsm, MembershipStatus::Member));
    facts.push(viet_nam_is_member(None, 0));
    facts.push(member(0x73, "CN", Framework::AccsmPlus3, MembershipStatus::Partner));
    facts.push(Fact::Term {
        ordinal: TERM,
        framework: Framework::Accsm,
        party: code("KH"),
        effective_from: Some(date("2025-01-01")),
        effective_to: None,
        handed_over: None,
        stated: 0,
    });
    facts
}

/// The documents that stand before the story begins, each with its fact and its first words.
pub fn documents() -> Vec<(Fact, Vec<Item>)> {
    let chair = || vec![Writer::Secretariat, Writer::Chair];
    let led_by = |parties: &[&str]| parties.iter().map(|party| Writer::Party(code(party))).collect();
    vec![
        document(PLAN, DocKind::Plan, None, Audience::Accsm, chair()),
        document(SHARED, DocKind::Project, Some(PLAN), Audience::Accsm, led_by(&["KH", "VN"])),
        document(KHMER, DocKind::Project, Some(PLAN), Audience::Accsm, led_by(&["KH"])),
        document(DRAFT, DocKind::Draft, Some(PLAN), Audience::Party(code("KH")), led_by(&["KH"])),
        document(MEETING, DocKind::Meeting, None, Audience::Accsm, chair()),
        document(SESSION, DocKind::Session, Some(MEETING), Audience::Accsm, chair()),
        document(PLUS_PLAN, DocKind::Plan, None, Audience::AccsmPlus3, chair()),
        document(PLUS_PROJECT, DocKind::Project, Some(PLUS_PLAN), Audience::AccsmPlus3, led_by(&["KH", "VN", "CN"])),
        document(CHAIRS, DocKind::Plan, None, Audience::Chair(TERM), chair()),
    ]
}

fn document(
    id: DocId,
    kind: DocKind,
    subject: Option<DocId>,
    audience: Audience,
    writers: Vec<Writer>,
) -> (Fact, Vec<Item>) {
    let mut items: Vec<Item> = genesis::changes(kind).iter().map(|first| item(id, first.hash, &first.bytes)).collect();
    let mut doc = Doc::new(kind);
    let mut words = match kind {
        DocKind::Session => Vec::new(),
        _ => vec![("title", format!("Record {}", id.to_bytes()[0]))],
    };
    let field = if kind == DocKind::Session { "meeting" } else { "plan" };
    words.extend(subject.map(|subject| (field, subject.to_string())));
    let actor = Actor::new(DeviceId::from_bytes([0xee; 16]), 0);
    for (field, value) in words {
        let edit = Edit::Set { at: At::root(field), value: Value::Str(value), seen: Vec::new() };
        let made = doc.edit(&edit, &Author { actor, millis: MORNING }).expect("a first word");
        items.push(item(id, made.hash, &made.bytes));
    }
    (Fact::Doc { id, kind, subject, audience, writers, origin: None }, items)
}

fn item(doc: DocId, hash: [u8; 32], bytes: &[u8]) -> Item {
    Item::change(doc.to_bytes().into(), hash.into(), bytes.to_vec())
}

pub fn fact_item(fact: &Fact) -> Item {
    let body = fact.to_bytes();
    Item::fact(Fact::hash(&body).into(), body)
}
