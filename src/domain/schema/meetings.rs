//! What a meeting, its sessions and a party's voice hold.

use super::{Collection, FieldKind, INFERRED, PAPERS, SOURCE, SOURCE_NOTE, Schema, field, line, prose, when, word};
use crate::domain::{
    agenda::{ExpectedAction, ItemKind, proposal},
    comment::CommentKind,
    delegation::{LOGISTICS as ARRANGED, Part},
    kind::Framework,
    meeting::{MeetingType, Mode, SessionKind, Verb, options},
    report::ParagraphKind,
};

pub(super) const MEETING: Schema = Schema {
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
        // What of it is open to whoever has an account: a meeting of its own, which does not name this one.
        field("open-session", FieldKind::Ref),
        prose("note"),
        SOURCE,
        INFERRED,
        SOURCE_NOTE,
        PAPERS[0],
        PAPERS[1],
        PAPERS[2],
        PAPERS[3],
        PAPERS[4],
        PAPERS[5],
        // Delegations that answered the roll call of a day.
        field("present", FieldKind::Words),
        // Days proposed before the date is fixed.
        field(options::PROPOSED, FieldKind::ById),
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

pub(super) const SESSION: Schema = Schema {
    fields: &[
        field("meeting", FieldKind::Ref),
        word("kind", SessionKind::WORDS),
        word("framework", Framework::WORDS),
        SOURCE,
        // Until when delegations propose items, by the hub's days.
        when("proposals-until"),
        PAPERS[0],
        PAPERS[1],
        PAPERS[2],
        PAPERS[3],
        PAPERS[4],
        PAPERS[5],
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
                // Who speaks to it: of a forum, the programme says so.
                line("speaker"),
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
                word("kind", ParagraphKind::WORDS),
                word("verb", Verb::WORDS),
                prose("text"),
                field("party", FieldKind::Party),
                when("due"),
                // The paragraph of an earlier report that this one carries on: both are one decision or action.
                field("carries", FieldKind::Ref),
                // Nothing writes it: what is agreed is said by acts, which tell who and when.
                line("agreed-hash"),
            ],
        },
    ],
};

/// What the Chair and the Secretariat note at the items of an agenda, and nobody else ever has.
pub(super) const ANNOTATION: Schema = Schema {
    fields: &[field("session", FieldKind::Ref)],
    collections: &[Collection {
        name: "notes",
        placed: false,
        fields: &[field("item", FieldKind::Ref), prose("text")],
    }],
};

/// What the host has to know of a party's delegates, each said under the delegate's id; only the party and the host have it.
pub(super) const LOGISTICS: Schema = Schema {
    fields: &{
        let mut fields = [field("meeting", FieldKind::Ref); ARRANGED.len() + 1];
        let mut n = 0;
        while n < ARRANGED.len() {
            fields[n + 1] = field(ARRANGED[n], FieldKind::ById);
            n += 1;
        }
        fields
    },
    collections: &[],
};

pub(super) const VOICE: Schema = Schema {
    fields: &[
        field("subject", FieldKind::Ref),
        field("party", FieldKind::Party),
        // On a meeting: of the days proposed for it.
        field(options::AVAILABLE, FieldKind::ById),
        field(options::WHY, FieldKind::ById),
    ],
    collections: &[
        Collection {
            name: "comments",
            placed: false,
            fields: &[
                field("about", FieldKind::Ref),
                field("reply-to", FieldKind::Ref),
                // A question whether two projects should be one names the other: that into which its subject would go, or
                // that which would go into its subject.
                field("merge-into", FieldKind::Ref),
                field("merge-from", FieldKind::Ref),
                word("kind", CommentKind::WORDS),
                prose("text"),
                // Nothing writes it: whether a question is answered is said by acts, which tell who and when.
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
                word("part", Part::WORDS),
                word("mode", Mode::WORDS),
                // On which days.
                field("attended", FieldKind::Words),
            ],
        },
        Collection {
            name: "proposals",
            placed: false,
            fields: &[
                field("about", FieldKind::Ref),
                word("kind", &["amend", "add", "delete", "reserve", "comment", proposal::KIND]),
                prose("text"),
                line("base"),
                // Of an item for an agenda; `about` is the item under which it is meant to stand.
                line("title"),
                field("titles", FieldKind::Languages),
                word("item-kind", ItemKind::WORDS),
                word("expected-action", ExpectedAction::WORDS),
                field("minutes", FieldKind::Int),
                word("session", SessionKind::WORDS),
            ],
        },
        Collection {
            name: "interventions",
            placed: true,
            // Absent kind: an intervention.
            fields: &[
                field("item", FieldKind::Ref),
                word("kind", &[ParagraphKind::Reservation.word(), ParagraphKind::Intervention.word()]),
                line("summary"),
                prose("text"),
            ],
        },
    ],
};
