//! Every word a person reads is a message that exists: a missing one would be shown as its key.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use mufakat::domain::{
    DocKind, Framework, Role,
    agenda::{
        AgendaState, ExpectedAction, ItemKind, ItemState,
        amend::AmendKind,
        proposal::{Arrival, ProposalState},
    },
    audit,
    comment::Settled,
    delegation::{LOGISTICS, Part, Seat},
    draft::{DraftState, DraftStep},
    meeting::{MeetingState, MeetingType, Mode, ReportState, SessionKind, Verb},
    paper::PaperKind,
    plan::PlanState,
    project::{
        ProjectKind, ProjectStatus, SecretariatField,
        secretariat::{Cooperation, Intervention},
        template::TemplateField,
    },
    report::{ActionStatus, AgreeStep, Answered, Level, Outcome, SuggestionKind},
    schema::{self, FieldKind, Schema},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The front end's code without comments.
fn code() -> String {
    let mut files = Vec::new();
    sources(&root().join("src/ui"), &mut files);
    let text: Vec<String> = files.iter().map(|file| fs::read_to_string(file).expect("a source file")).collect();
    let lines = text.iter().flat_map(|text| text.lines());
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn messages() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for entry in fs::read_dir(root().join("public/locales/en")).expect("English") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a message file");
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && is_key(key)
            {
                assert!(keys.insert(key.to_owned()), "{key} is there twice");
            }
        }
    }
    keys
}

fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The literal that follows each place where `call` stands.
fn literals_after<'a>(code: &'a str, call: &str) -> Vec<&'a str> {
    code.match_indices(call)
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .filter_map(|(at, _)| {
            let rest = code[at + call.len()..].trim_start().strip_prefix('"')?;
            rest.split_once('"').map(|(literal, _)| literal)
        })
        .filter(|literal| is_key(literal))
        .collect()
}

fn key_end(word: &str) -> String {
    word.to_lowercase().replace('_', "-").replace('+', "-plus")
}

/// Messages that are looked up by a word of the domain.
fn families() -> BTreeSet<String> {
    let lists: Vec<(&str, &[&str])> = Vec::from([
        ("status", ProjectStatus::WORDS),
        ("project-kind", ProjectKind::WORDS),
        ("mode", Mode::WORDS),
        ("meeting-type", MeetingType::WORDS),
        ("meeting-state", MeetingState::WORDS),
        ("agenda-state", AgendaState::WORDS),
        ("item-state", ItemState::WORDS),
        ("item-kind", ItemKind::WORDS),
        ("proposal-state", ProposalState::WORDS),
        ("arrival", Arrival::WORDS),
        ("amended", AmendKind::WORDS),
        ("expected-action", ExpectedAction::WORDS),
        ("session-kind", SessionKind::WORDS),
        ("verb", Verb::WORDS),
        ("framework", Framework::WORDS),
        ("paper-body", Framework::WORDS),
        ("role", Role::WORDS),
        ("plan-state", PlanState::WORDS),
        ("draft-state", DraftState::WORDS),
        ("draft-step", DraftStep::WORDS),
        ("draft-act", DraftStep::WORDS),
        ("draft", DraftState::WORDS),
        ("draft-by", &["changed", "returned", "approved", "withdrawn", "submitted"]),
        ("kind", DocKind::WORDS),
        ("part-of", DocKind::WORDS),
        ("participation", schema::PARTICIPATION),
        ("budget-visibility", schema::VISIBILITY),
        ("yes-no", schema::YES_NO),
        ("paper-kind", PaperKind::WORDS),
        ("scope", schema::SCOPE),
        ("duration", schema::DURATION),
        ("pillar", schema::PILLARS),
        ("cooperation", Cooperation::WORDS),
        ("intervention", Intervention::WORDS),
        ("field", TemplateField::WORDS),
        ("field", SecretariatField::WORDS),
        ("report-state", ReportState::WORDS),
        ("report-act", ReportState::WORDS),
        ("suggestion", SuggestionKind::WORDS),
        ("level", Level::WORDS),
        ("outcome", Outcome::WORDS),
        ("outcome-act", Outcome::WORDS),
        ("action-status", ActionStatus::WORDS),
        ("action-act", ActionStatus::WORDS),
        ("own-words", &["intervention", "reservation"]),
        ("seat", Seat::WORDS),
        ("part", Part::WORDS),
        ("logistics", &LOGISTICS),
        ("agreed", AgreeStep::WORDS),
        ("answered", Answered::WORDS),
        ("settled", Settled::WORDS),
        ("audit-what", audit::What::WORDS),
        ("audit-wrong", audit::Wrong::WORDS),
        ("audit-outcome", audit::Outcome::WORDS),
        ("audit", &["document", "person", "device"]),
        ("delegation", &["in-person", "online", "hybrid", "unsaid"]),
        ("at-once", &MET),
        ("others", &MET),
    ]);
    lists
        .into_iter()
        .flat_map(|(list, words)| words.iter().map(move |word| format!("{list}-{}", key_end(word))))
        .collect()
}

/// What two can say at the same time (`ui::components::change::at_once`).
const MET: [&str; 8] = ["withdrawn-by", "value", "sentence", "claim", "withdrawn", "moved", "agreed", "else"];

/// Labels of the fields that pages show by the schema: those named in a page as `field(x, "name")` or in its columns.
fn labels(code: &str) -> BTreeSet<String> {
    let kinds = [DocKind::Plan, DocKind::Project, DocKind::Meeting, DocKind::Session];
    let schemas: Vec<&Schema> = kinds.into_iter().filter_map(schema::of).collect();
    let names = schemas.iter().flat_map(|schema| {
        schema.fields.iter().chain(schema.collections.iter().flat_map(|collection| collection.fields))
    });
    names
        .filter(|field| {
            let by_call = ["field", "Field::new"].iter().any(|call| {
                code.match_indices(&format!(", \"{}\")", field.name)).any(|(at, found)| {
                    let after = code[at + found.len()..].trim_start();
                    let renamed = after.starts_with(".label(") || after.starts_with(".named(");
                    !renamed && code[..at].rsplit_once('(').is_some_and(|(before, _)| before.ends_with(call))
                })
            });
            by_call && field.kind != FieldKind::Flag
        })
        .map(|field| format!("field-{}", field.name))
        .collect()
}

/// What any field and any record of a document is called, for whoever reads what was changed.
fn named() -> BTreeSet<String> {
    let schemas = DocKind::ALL.iter().filter(|kind| **kind != DocKind::Person).filter_map(|kind| schema::of(*kind));
    let mut named = BTreeSet::new();
    for schema in schemas {
        let mut fields: Vec<_> = schema.fields.iter().collect();
        for collection in schema.collections {
            named.insert(format!("record-{}", collection.name));
            fields.extend(collection.fields);
        }
        // A paper is one thing to a person, however many fields it has.
        let fields = fields.into_iter().filter(|field| !field.name.starts_with("paper"));
        named.extend(fields.map(|field| format!("field-{}", field.name)));
    }
    named
}

#[test]
fn every_message_that_is_shown_exists() {
    let (code, messages) = (code(), messages());
    let calls = ["tr(", "t!(", "say_key(", "fact(", ".hint(", ".label(", "nothing("];
    let mut wanted: BTreeSet<String> =
        calls.iter().flat_map(|call| literals_after(&code, call)).map(str::to_owned).collect();
    wanted.extend(families());
    wanted.extend(labels(&code));
    wanted.extend(named());
    assert!(wanted.len() > 300, "only {} messages were found in the code", wanted.len());
    let missing: Vec<_> = wanted.difference(&messages).collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
}

#[test]
fn every_message_is_shown_somewhere() {
    let (code, messages) = (code(), messages());
    let families = families();
    // Made of a word and a state, or named by the engine: by their beginnings.
    let open = [
        "refusal-",
        "audit-why-",
        "notice-",
        "field-",
        "record-",
        "language-",
        "link-",
        "mark-",
        "date-",
        "short-",
        "bytes-",
        "nav-",
        "section-",
        "settings-",
        "theme-",
        "density-",
        "activity-kind-",
        "paragraph-kind-",
        "agenda-life-",
        "agenda-title-",
        "item-act-",
        "membership-",
        "people-",
        "tab-",
        "source-",
        "only-",
        "slip-",
        "zoom-",
        "column-",
        "group-",
        "left-",
    ];
    let text = messages_text();
    let unused: Vec<_> = messages
        .iter()
        .filter(|key| {
            !families.contains(*key)
                && !open.iter().any(|start| key.starts_with(start))
                && !code.contains(&format!("\"{key}\""))
                && !text.contains(&format!("{{ {key} }}"))
        })
        .collect();
    assert!(unused.is_empty(), "nothing shows: {unused:?}");
}

/// A file of the code, and what stands before a word in it that a person may be told.
const TOLD: [(&str, &[&str]); 10] = [
    ("src/docs/error.rs", &["=> \""]),
    ("src/domain/rights.rs", &["=> \""]),
    ("src/domain/draft.rs", &["=> \""]),
    ("src/hub/refusal.rs", &["=> \""]),
    ("src/hub/core/examine.rs", &["=> \"", "Bad(\"", "Err(\""]),
    ("src/sync/hub/admit.rs", &["refused(\""]),
    ("src/engine/core/life.rs", &["=> \""]),
    ("src/engine/core/rules.rs", &["=> \""]),
    ("src/engine/core/refusals.rs", &["why: \"", "{ \""]),
    ("src/engine/core/review.rs", &["&str = \""]),
];

/// Every word by which the engine or the hub refuses, and every notice about the device, as the code has them.
fn codes() -> (BTreeSet<String>, BTreeSet<String>) {
    let read = |path: &Path| fs::read_to_string(path).expect("a source file");
    let words = |text: &str, before: &str| -> Vec<String> {
        let after = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
        after
            .filter_map(|rest| rest.split_once('"'))
            .map(|(word, _)| word.to_owned())
            .filter(|word| is_key(word))
            .collect()
    };
    let (mut refusals, mut notices) = (BTreeSet::new(), BTreeSet::new());
    for (path, befores) in TOLD {
        let text = read(&root().join(path));
        let found: Vec<String> = befores.iter().flat_map(|before| words(&text, before)).collect();
        assert!(!found.is_empty(), "{path} tells nothing any more");
        refusals.extend(found);
    }
    let mut files = Vec::new();
    sources(&root().join("src/engine"), &mut files);
    for path in files.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
        let text = read(path);
        refusals.extend(words(&text, "refuse(\""));
        refusals.extend(words(&text, "end_texts_of(doc, \""));
        notices.extend(words(&text, "\"").into_iter().filter(|word| word.starts_with("notice-")));
    }
    (refusals, notices)
}

#[test]
fn whatever_the_engine_or_the_hub_can_say_has_its_own_words() {
    let (messages, (refusals, notices)) = (messages(), codes());
    assert!(refusals.len() > 40 && notices.len() > 6, "{refusals:?} {notices:?}");
    let wanted = refusals.iter().map(|code| format!("refusal-{code}"));
    let notices = notices.iter().flat_map(|notice| [notice.clone(), format!("{notice}-text")]);
    let missing: Vec<_> = wanted.chain(notices).filter(|key| !messages.contains(key)).collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
}

fn messages_text() -> String {
    let files = fs::read_dir(root().join("public/locales/en")).expect("English");
    files.map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a message file")).collect()
}
