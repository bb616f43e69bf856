//! What each kind of document holds, as tables: the one place where a field is named.
//!
//! The `docs` room writes and reads by these tables, pages bind their inputs by them, rules read by them. A name that
//! stands here is in people's data for ever: add, never rename, never reuse.

use super::{
    agenda::{ExpectedAction, ItemKind},
    kind::{DocKind, Framework},
    meeting::{MeetingType, Mode, SessionKind, Verb},
    party::{MembershipStatus, PartyKind},
    project::{ProjectKind, ProjectStatus},
};

/// The schema this version of the application writes. A document of a newer one opens read-only.
pub const CURRENT: u32 = 1;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text; all concurrent values are kept.
    Line,
    /// Running prose: an Automerge text, merged by character. Made with its record, never replaced.
    Prose,
    /// A date of any precision: [`super::when::When`].
    When,
    /// A word of a closed enumeration.
    Word(&'static [&'static str]),
    /// A party's code.
    Party,
    /// A set of party codes: members are `field:CODE`, present while true.
    Parties,
    /// A line by language: members are `field:TAG` (BCP 47).
    Languages,
    /// A set of other short words: members are `field:WORD`.
    Words,
    /// A whole number.
    Int,
    /// Yes or no.
    Flag,
    /// The id of a document or of an entity.
    Ref,
    /// A web address.
    Link,
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in documents.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
}

/// A collection of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collection {
    /// Its name in documents.
    pub name: &'static str,
    /// Whether its entities have a place.
    pub placed: bool,
    /// Their fields.
    pub fields: &'static [Field],
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The document's own fields.
    pub fields: &'static [Field],
    /// Its collections.
    pub collections: &'static [Collection],
}

const fn line(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Line }
}
const fn prose(name: &'static str) -> Field {
    Field { name, kind: FieldKind::Prose }
}
const fn when(name: &'static str) -> Field {
    Field { name, kind: FieldKind::When }
}
const fn word(name: &'static str, words: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Word(words) }
}
const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind }
}

/// Who may see a budget figure.
pub const VISIBILITY: &[&str] = &["lead-and-secretariat", "accsm", "everyone"];
/// Who takes part in a project: everyone, or the parties listed with a reason.
pub const PARTICIPATION: &[&str] = &["all", "list"];

/// Where a record comes from: part of every collection and document that the public record fills.
const SOURCE: Field = field("sources", FieldKind::Words);
const INFERRED: Field = field("inferred", FieldKind::Flag);
/// What is inferred and why, or where sources disagree.
const SOURCE_NOTE: Field = line("source-note");

const REGISTER: Schema = Schema {
    fields: &[line("title"), SOURCE],
    collections: &[
        Collection {
            name: "parties",
            placed: false,
            fields: &[
                field("code", FieldKind::Party),
                line("name"),
                field("names", FieldKind::Languages),
                line("sort-key"),
                word("kind", PartyKind::WORDS),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "agencies",
            placed: false,
            fields: &[
                field("party", FieldKind::Party),
                line("name"),
                field("names", FieldKind::Languages),
                line("abbreviation"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "memberships",
            placed: false,
            fields: &[
                field("party", FieldKind::Party),
                line("body"),
                word("status", MembershipStatus::WORDS),
                when("from"),
                when("to"),
                line("basis"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "officers",
            placed: false,
            fields: &[
                field("party", FieldKind::Party),
                field("agency", FieldKind::Ref),
                line("name"),
                field("names", FieldKind::Languages),
                line("honorific"),
                line("title"),
                when("as-of"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "terms",
            placed: false,
            fields: &[
                field("ordinal", FieldKind::Int),
                field("ordinal-plus3", FieldKind::Int),
                field("chair", FieldKind::Party),
                line("period"),
                line("theme"),
                field("themes", FieldKind::Languages),
                when("from"),
                when("to"),
                when("effective-from"),
                when("handed-over"),
                prose("note"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "gatherings",
            placed: false,
            fields: &[
                line("title"),
                field("titles", FieldKind::Languages),
                field("term", FieldKind::Int),
                field("host", FieldKind::Party),
                line("city"),
                line("venue"),
                when("start"),
                when("end"),
                word("mode", Mode::WORDS),
                prose("note"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
    ],
};

const PLAN: Schema = Schema {
    fields: &[
        line("title"),
        field("titles", FieldKind::Languages),
        word("framework", Framework::WORDS),
        field("from", FieldKind::Int),
        field("to", FieldKind::Int),
        prose("goal"),
        field("enablers", FieldKind::Words),
        when("adopted"),
        field("adopted-at", FieldKind::Ref),
        field("published-total", FieldKind::Int),
        line("published-unit"),
        field("previous", FieldKind::Ref),
        prose("note"),
        SOURCE,
        INFERRED,
        SOURCE_NOTE,
    ],
    collections: &[
        Collection {
            name: "areas",
            placed: true,
            fields: &[
                line("code"),
                line("title"),
                field("titles", FieldKind::Languages),
                prose("note"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "counts",
            placed: false,
            fields: &[
                when("as-of"),
                field("area", FieldKind::Ref),
                field("completed", FieldKind::Int),
                field("planned", FieldKind::Int),
                field("approximate", FieldKind::Flag),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
    ],
};

const ACTIVITY_FIELDS: &[Field] = &[
    line("title"),
    word("kind", &["workshop", "study", "training", "forum", "meeting", "other"]),
    when("start"),
    when("end"),
    line("city"),
    word("mode", Mode::WORDS),
    word("status", ProjectStatus::WORDS),
    prose("note"),
    SOURCE,
    INFERRED,
    SOURCE_NOTE,
];

const PROJECT_FIELDS: &[Field] = &[
    field("plan", FieldKind::Ref),
    line("title"),
    field("titles", FieldKind::Languages),
    word("kind", ProjectKind::WORDS),
    prose("objective"),
    prose("expected-outputs"),
    prose("progress-note"),
    prose("challenges"),
    line("remarks"),
    field("lead", FieldKind::Party),
    field("co-leads", FieldKind::Parties),
    field("partners", FieldKind::Parties),
    line("implementing-agency"),
    word("participation", PARTICIPATION),
    field("participants", FieldKind::Parties),
    line("participation-reason"),
    field("area", FieldKind::Ref),
    line("key-result"),
    line("venue"),
    word("mode", Mode::WORDS),
    line("funding-source"),
    field("budget-amount", FieldKind::Int),
    line("budget-currency"),
    word("budget-visibility", VISIBILITY),
    line("alignment"),
    line("proposal-code"),
    field("carried-from", FieldKind::Ref),
    field("merged-into", FieldKind::Ref),
    when("confirmed"),
    field("documents", FieldKind::Words),
    SOURCE,
    INFERRED,
    SOURCE_NOTE,
];

const PROJECT_COLLECTIONS: &[Collection] = &[
    Collection { name: "activities", placed: true, fields: ACTIVITY_FIELDS },
    Collection {
        name: "indicators",
        placed: true,
        fields: &[line("title"), line("baseline"), line("target"), line("actual"), line("unit")],
    },
    Collection {
        name: "reports",
        placed: false,
        fields: &[
            field("party", FieldKind::Party),
            when("as-of"),
            word("status", ProjectStatus::WORDS),
            prose("narrative"),
            line("evidence"),
            line("made-for"),
            SOURCE,
            INFERRED,
            SOURCE_NOTE,
        ],
    },
];

const MEETING: Schema = Schema {
    fields: &[
        line("title"),
        field("titles", FieldKind::Languages),
        field("aliases", FieldKind::Words),
        word("type", MeetingType::WORDS),
        field("ordinal", FieldKind::Int),
        word("framework", Framework::WORDS),
        field("gathering", FieldKind::Ref),
        field("term", FieldKind::Int),
        field("chair", FieldKind::Party),
        line("chair-officer"),
        field("co-chair", FieldKind::Party),
        field("host", FieldKind::Party),
        line("organiser"),
        line("city"),
        line("venue"),
        word("mode", Mode::WORDS),
        field("platform-link", FieldKind::Link),
        when("start"),
        when("end"),
        line("start-time"),
        line("end-time"),
        line("zone"),
        line("language"),
        line("theme"),
        line("statement"),
        field("predecessor", FieldKind::Ref),
        field("reports-to", FieldKind::Ref),
        field("parallel", FieldKind::Ref),
        prose("note"),
        SOURCE,
        INFERRED,
        SOURCE_NOTE,
    ],
    collections: &[Collection {
        name: "delegations",
        placed: false,
        fields: &[
            field("party", FieldKind::Party),
            field("size", FieldKind::Int),
            line("head"),
            word("mode", Mode::WORDS),
            prose("note"),
            SOURCE,
            INFERRED,
            SOURCE_NOTE,
        ],
    }],
};

const SESSION: Schema = Schema {
    fields: &[
        field("meeting", FieldKind::Ref),
        word("kind", SessionKind::WORDS),
        word("framework", Framework::WORDS),
        SOURCE,
    ],
    collections: &[
        Collection {
            name: "items",
            placed: true,
            fields: &[
                line("title"),
                field("titles", FieldKind::Languages),
                word("kind", ItemKind::WORDS),
                field("lead", FieldKind::Party),
                word("expected-action", ExpectedAction::WORDS),
                word("session", SessionKind::WORDS),
                field("minutes", FieldKind::Int),
                field("proposer", FieldKind::Party),
                field("documents", FieldKind::Words),
                prose("note"),
                SOURCE,
                INFERRED,
                SOURCE_NOTE,
            ],
        },
        Collection {
            name: "paragraphs",
            placed: true,
            fields: &[
                field("item", FieldKind::Ref),
                word("kind", &["discussion", "decision", "action", "reservation", "intervention"]),
                word("verb", Verb::WORDS),
                prose("text"),
                field("party", FieldKind::Party),
                when("due"),
                line("agreed-hash"),
            ],
        },
    ],
};

const VOICE: Schema = Schema {
    fields: &[field("subject", FieldKind::Ref), field("party", FieldKind::Party)],
    collections: &[
        Collection {
            name: "comments",
            placed: false,
            fields: &[
                field("about", FieldKind::Ref),
                field("reply-to", FieldKind::Ref),
                prose("text"),
                field("resolved", FieldKind::Flag),
            ],
        },
        Collection {
            name: "delegates",
            placed: true,
            fields: &[
                line("name"),
                line("native-name"),
                line("title"),
                line("honorific"),
                word("part", &["head", "alternate", "member"]),
                word("mode", Mode::WORDS),
            ],
        },
        Collection {
            name: "proposals",
            placed: false,
            fields: &[
                field("about", FieldKind::Ref),
                word("kind", &["amend", "add", "delete", "reserve", "comment"]),
                prose("text"),
                line("base"),
            ],
        },
        Collection {
            name: "interventions",
            placed: true,
            fields: &[field("item", FieldKind::Ref), line("summary"), prose("text")],
        },
    ],
};

/// The schema of a kind, as far as this version writes it: kinds that later work fills have none.
#[must_use]
pub const fn of(kind: DocKind) -> Option<&'static Schema> {
    match kind {
        DocKind::Register => Some(&REGISTER),
        DocKind::Plan => Some(&PLAN),
        DocKind::Project | DocKind::Draft => Some(&Schema { fields: PROJECT_FIELDS, collections: PROJECT_COLLECTIONS }),
        DocKind::Meeting => Some(&MEETING),
        DocKind::Session => Some(&SESSION),
        DocKind::Voice => Some(&VOICE),
        DocKind::Annotation
        | DocKind::Text
        | DocKind::Consultation
        | DocKind::Response
        | DocKind::Logistics
        | DocKind::Person => None,
    }
}

impl Schema {
    /// The field that `name` means in the document itself (`collection` none) or in a collection; a member of a set
    /// counts as its field.
    #[must_use]
    pub fn field(&self, collection: Option<&str>, name: &str) -> Option<&'static Field> {
        let base = name.split_once(':').map_or(name, |(base, _)| base);
        let fields = match collection {
            None => self.fields,
            Some(collection) => self.collection(collection)?.fields,
        };
        fields.iter().find(|field| field.name == base)
    }

    /// A collection by name.
    #[must_use]
    pub fn collection(&self, name: &str) -> Option<&'static Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }
}
