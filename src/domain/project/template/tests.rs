use super::*;
use crate::domain::{
    Claim, DocKind, EntityId, Held,
    record::Origin,
    schema::{self, FieldKind},
};

fn empty() -> Snapshot {
    Snapshot {
        kind: DocKind::Project,
        schema: 1,
        root: Record::default(),
        collections: std::collections::BTreeMap::new(),
        claims: Vec::new(),
        acts: Vec::new(),
    }
}

fn put(project: &mut Snapshot, name: &str, value: Value) {
    project.root.fields.insert(name.to_owned(), Held { value, others: Vec::new() });
}

fn claim(project: &mut Snapshot, n: u8, what: ClaimKind, value: Value, supersedes: &[u8]) {
    let id = |n: u8| EntityId::from_bytes([n; 16]);
    project.claims.push(Claim {
        id: id(n),
        what,
        value,
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: supersedes.iter().map(|n| id(*n)).collect(),
        meeting: None,
        origin: Origin::default(),
    });
}

/// Writes something into a field of the template.
fn fill(project: &mut Snapshot, field: TemplateField) {
    let word = field.word();
    match field {
        TemplateField::Start => claim(project, 1, ClaimKind::Start, "2026-Q1".into(), &[]),
        TemplateField::End => claim(project, 2, ClaimKind::End, "2026-Q4".into(), &[]),
        TemplateField::Participants => put(project, "participants:KH", Value::Bool(true)),
        TemplateField::BudgetAmount => put(project, word, Value::Int(0)),
        TemplateField::Objective | TemplateField::ExpectedOutputs => {
            project.root.texts.insert(word.to_owned(), "words".to_owned());
        }
        _ => put(project, word, "words".into()),
    }
}

#[test]
fn every_field_of_the_template_counts_by_itself() {
    let none = BTreeSet::new();
    let before = completeness(&empty(), &none);
    assert_eq!((before.filled.len(), before.total()), (0, TemplateField::ALL.len() - 3), "three do not apply yet");
    for &field in TemplateField::ALL {
        let mut project = empty();
        if field == TemplateField::PreviousCode {
            put(&mut project, "recurring", "yes".into());
        }
        if matches!(field, TemplateField::Participants | TemplateField::ParticipationReason) {
            put(&mut project, "participation", "list".into());
        }
        assert!(completeness(&project, &none).missing.contains(&field), "{field} is asked for");
        fill(&mut project, field);
        assert!(completeness(&project, &none).filled.contains(&field), "{field} is filled in");
    }
}

#[test]
fn what_does_not_apply_is_not_asked_for() {
    let none = BTreeSet::new();
    let total = |recurring: &str, participation: &str| {
        let mut project = empty();
        put(&mut project, "recurring", recurring.into());
        put(&mut project, "participation", participation.into());
        completeness(&project, &none).total()
    };
    let all = TemplateField::ALL.len();
    assert_eq!(
        [total("no", "all"), total("yes", "all"), total("no", "list"), total("yes", "list")],
        [all - 3, all - 2, all - 1, all]
    );
}

#[test]
fn blanks_and_what_was_taken_back_are_missing() {
    let mut project = empty();
    put(&mut project, "brief", "  ".into());
    put(&mut project, "participation", "list".into());
    put(&mut project, "participants:VN", Value::Bool(false));
    claim(&mut project, 1, ClaimKind::Start, "2026".into(), &[]);
    claim(&mut project, 2, ClaimKind::Start, Value::Empty, &[1]);
    let missing = completeness(&project, &BTreeSet::new()).missing;
    for field in [TemplateField::Brief, TemplateField::Participants, TemplateField::Start] {
        assert!(missing.contains(&field), "{field}");
    }
}

#[test]
fn the_secretariats_fields_are_counted_apart() {
    let classified = BTreeSet::from([SecretariatField::Cooperation]);
    let far = completeness(&empty(), &classified);
    assert_eq!(far.secretariat, [SecretariatField::ProposalCode, SecretariatField::Intervention]);
    assert_eq!(far.total(), TemplateField::ALL.len() - 3);
}

#[test]
fn every_field_of_the_template_is_one_of_the_schema_or_a_date() {
    let table = schema::of(DocKind::Project).expect("a schema");
    for &field in TemplateField::ALL {
        let is_date = ClaimKind::WORDS.contains(&field.word());
        let kind = table.field(None, field.word()).map(|field| field.kind);
        assert!(is_date || kind.is_some(), "{field}");
        let is_prose = matches!(field, TemplateField::Objective | TemplateField::ExpectedOutputs);
        assert_eq!(kind == Some(FieldKind::Prose), is_prose, "{field}");
    }
}

#[test]
fn words_are_counted_as_a_reader_counts_them() {
    assert_eq!(words_in(""), 0);
    assert_eq!(words_in("  A workshop\u{a0}on  ethics. "), 4);
}
