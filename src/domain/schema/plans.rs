//! What a work plan and a project hold.

use super::{Collection, Field, FieldKind, INFERRED, SOURCE, SOURCE_NOTE, Schema, field, line, prose, when, word};
use crate::domain::{
    kind::Framework,
    meeting::Mode,
    project::{ProjectKind, ProjectStatus},
};

/// Who may see a budget figure.
pub const VISIBILITY: &[&str] = &["lead-and-secretariat", "accsm", "everyone"];
/// An answer that may also be missing, which a flag cannot say.
pub const YES_NO: &[&str] = &["yes", "no"];
/// Whether a project concerns one sector of cooperation or several.
pub const SCOPE: &[&str] = &["single-sector", "cross-sector"];
/// How long a project runs, as the proposal template asks.
pub const DURATION: &[&str] = &["under-6-months", "6-to-12-months", "over-12-months"];
/// The pillars of the ASEAN Community.
pub const PILLARS: &[&str] = &["apsc", "aec", "ascc"];
/// Who takes part in a project: everyone, or the parties listed with a reason.
pub const PARTICIPATION: &[&str] = &["all", "list"];

pub(super) const PLAN: Schema = Schema {
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
    // A line and no prose: prose stands in the first change of a document, which is fixed for ever.
    line("brief"),
    word("recurring", YES_NO),
    line("previous-code"),
    word("scope", SCOPE),
    word("pillar", PILLARS),
    line("blueprint"),
    line("characteristic"),
    line("action-line"),
    line("connectivity"),
    word("duration", DURATION),
    line("sponsoring-body"),
    field("endorsed-at", FieldKind::Ref),
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
        fields: &[
            line("title"),
            line("baseline"),
            // For the whole project, and as versions of before wrote them; by year beside it.
            line("target"),
            line("actual"),
            line("unit"),
            field("targets", FieldKind::Years),
            field("actuals", FieldKind::Years),
        ],
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
            // Of a completion report; lines, because prose of a record stands in its first change.
            line("outputs"),
            line("participants"),
            SOURCE,
            INFERRED,
            SOURCE_NOTE,
        ],
    },
];

pub(super) const PROJECT: Schema = Schema { fields: PROJECT_FIELDS, collections: PROJECT_COLLECTIONS };
