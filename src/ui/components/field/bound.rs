//! What a field reads and writes: a record, and one scalar of it with every value that stands beside it.

use leptos::prelude::*;

use crate::{
    domain::{
        At, Claim, ClaimKind, DocId, DocKind, Edit, EntityId,
        claim::standing,
        record::{Held, Record, Value},
    },
    engine::api::Mark,
    ui::state::commands,
};

/// A record whose fields are shown: the document's root or an entity in it.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The document.
    pub doc: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// The collection and the entity; none for the root.
    pub entity: Option<(&'static str, EntityId)>,
    /// The record.
    pub record: Signal<Record>,
    /// Whether it may be edited.
    pub may_write: Signal<bool>,
    /// Where its words are.
    pub mark: Signal<Mark>,
}

/// One scalar of a record, to read and write.
#[derive(Clone, Copy)]
pub struct Bound {
    pub(super) subject: Subject,
    pub(super) name: StoredValue<String>,
    /// The value with all that stand beside it.
    pub held: Signal<Held>,
    /// Whether it may be edited.
    pub may_write: Signal<bool>,
    /// Whether this page wrote it: then its mark is shown.
    pub touched: RwSignal<bool>,
    /// How it is written, where that is not by setting it: the value, the values it resolves, and why.
    writer: Option<Callback<(Value, Vec<Value>, String)>>,
}

impl Bound {
    /// Binds a scalar by its name in the document, members as `field:member`.
    #[must_use]
    pub fn new(subject: Subject, name: &str) -> Self {
        let key = name.to_owned();
        let held =
            Memo::new(move |_| subject.record.with(|record| record.fields.get(&key).cloned().unwrap_or_default()));
        Self {
            subject,
            name: StoredValue::new(name.to_owned()),
            held: held.into(),
            may_write: subject.may_write,
            touched: RwSignal::new(false),
            writer: None,
        }
    }

    /// Binds what is claimed instead of set: the first standing claim, the others beside it. Writing claims anew and
    /// supersedes all that stand.
    #[must_use]
    pub fn claimed(subject: Subject, claims: Signal<Vec<Claim>>, what: ClaimKind) -> Self {
        let held = Memo::new(move |_| {
            claims.with(|claims| {
                let mut values = standing(claims, what).into_iter().map(|claim| claim.value.clone());
                let value = values.next().unwrap_or_default();
                let mut others: Vec<Value> = values.filter(|other| *other != value).collect();
                others.dedup();
                Held { value, others }
            })
        });
        let writer = Callback::new(move |(value, _, reason): (Value, Vec<Value>, String)| {
            let supersedes =
                claims.with_untracked(|claims| standing(claims, what).into_iter().map(|claim| claim.id).collect());
            let evidence = String::new();
            commands::claim(
                subject.doc,
                commands::NewClaim { what, value, evidence, reason, supersedes, meeting: None },
            );
        });
        Self { held: held.into(), writer: Some(writer), ..Self::new(subject, what.word()) }
    }

    /// Binds what is written in a way of its own.
    #[must_use]
    pub fn written(subject: Subject, held: Signal<Held>, write: Callback<Value>) -> Self {
        let writer = Callback::new(move |(value, ..): (Value, Vec<Value>, String)| write.run(value));
        Self { held, writer: Some(writer), ..Self::new(subject, "") }
    }

    /// The document it is in.
    #[must_use]
    pub const fn doc(self) -> DocId {
        self.subject.doc
    }

    /// Where it is.
    #[must_use]
    pub fn at(self) -> At {
        At { entity: self.subject.entity.map(|(_, id)| id), field: self.name.get_value() }
    }

    /// Every value that stands there now.
    #[must_use]
    pub fn seen(self) -> Vec<Value> {
        self.held
            .with_untracked(|held| std::iter::once(held.value.clone()).chain(held.others.iter().cloned()).collect())
    }

    /// Writes it, resolving what stands there now.
    pub fn write(self, value: Value) {
        self.write_over(value, self.seen());
    }

    /// Writes it, resolving the values named.
    pub fn write_over(self, value: Value, seen: Vec<Value>) {
        self.touched.set(true);
        match self.writer {
            Some(writer) => writer.run((value, seen, String::new())),
            None => commands::set(self.subject.doc, self.at(), value, seen),
        }
    }

    /// Chooses one of the values that stand there now, or another, and says why.
    pub fn choose(self, value: Value, reason: String) {
        self.touched.set(true);
        let (seen, beside) = (self.seen(), Vec::new());
        match self.writer {
            Some(writer) => writer.run((value, seen, reason)),
            None => {
                let at = self.at();
                commands::edit(self.subject.doc, Edit::Choose { at, value, seen, beside, reason });
            }
        }
    }

    /// Whether it is a scalar of its document, whose history tells who said what.
    #[must_use]
    pub const fn is_set(self) -> bool {
        self.writer.is_none()
    }
}
