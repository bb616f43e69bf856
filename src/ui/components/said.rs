//! Fields and their values as words, for whoever reads what was changed: by the tables of the schema.

use crate::{
    domain::{
        DocKind, Value, paper,
        schema::{self, Field, FieldKind},
    },
    engine::api::About,
    ui::{
        components::field::{list_of, money},
        i18n::{format::date, maybe, t, tr},
        logic::status::key_end,
        state::parties::Parties,
    },
};

/// A field of a kind of document.
#[derive(Debug, Clone, Copy)]
pub struct FieldOf<'a> {
    /// The kind.
    pub kind: DocKind,
    /// The collection of the record; none for the document itself.
    pub collection: Option<&'a str>,
    /// Its name, with a member of a set or map as `field:member`.
    pub name: &'a str,
}

impl FieldOf<'_> {
    fn base(&self) -> &str {
        self.name.split_once(':').map_or(self.name, |(base, _)| base)
    }

    fn member(&self) -> Option<&str> {
        self.name.split_once(':').map(|(_, member)| member)
    }

    fn holds(&self) -> Option<FieldKind> {
        Some(self.known()?.kind)
    }

    fn known(&self) -> Option<&'static Field> {
        schema::of(self.kind)?.field(self.collection, self.name)
    }

    /// What it is called; with whom or what, where it is one of a set.
    #[must_use]
    pub fn label(&self, parties: &Parties) -> String {
        // A paper is one member of several fields.
        if paper::FIELDS.contains(&self.base()) {
            return tr("field-paper");
        }
        let label = tr(&format!("field-{}", self.base()));
        let Some(member) = self.member() else { return label };
        let of = match self.holds() {
            Some(FieldKind::Parties) => member.parse().map_or_else(|_| member.to_owned(), |code| parties.name(&code)),
            Some(FieldKind::Languages) => maybe(&format!("language-{member}")).unwrap_or_else(|| member.to_owned()),
            Some(FieldKind::Years) => member.to_owned(),
            Some(FieldKind::Words) if self.base() == "present" => {
                let code = member.rsplit('/').next().and_then(|code| code.parse().ok());
                code.map_or_else(|| member.to_owned(), |code| parties.name(&code))
            }
            Some(FieldKind::Words) => member.to_owned(),
            // Ids say nothing to a person.
            Some(_) | None => return label,
        };
        t!("said-member", field = label, member = of)
    }

    /// A value in words; empty where nothing is said.
    #[must_use]
    pub fn value(&self, value: &Value, parties: &Parties) -> String {
        match (value, self.holds()) {
            (Value::Empty, _) => String::new(),
            (Value::Bool(yes), _) => tr(if *yes { "said-in" } else { "said-out" }),
            (Value::Int(_), _) if self.base() == "budget-amount" => (money().show)(value),
            (Value::Int(number), _) => number.to_string(),
            (Value::Str(text), Some(FieldKind::Word(words))) => {
                let list = self.known().map(|field| list_of(field.name, words)).unwrap_or_default();
                maybe(&format!("{list}-{}", key_end(text))).unwrap_or_else(|| text.clone())
            }
            (Value::Str(text), Some(FieldKind::Party)) => {
                text.parse().map_or_else(|_| text.clone(), |code| parties.name(&code))
            }
            (Value::Str(text), Some(FieldKind::When)) => text.parse().map_or_else(|_| text.clone(), date),
            // An id says nothing to a person.
            (Value::Str(_), Some(FieldKind::Ref)) => tr("said-another"),
            (Value::Str(text), _) => text.clone(),
        }
    }
}

/// What something is about, by names of records and fields.
#[must_use]
pub fn about(all: &[About], kind: DocKind, parties: &Parties) -> String {
    let words = all.iter().map(|about| {
        let field = about
            .field
            .as_deref()
            .map(|name| FieldOf { kind, collection: about.collection.as_deref(), name }.label(parties));
        match (about.title.is_empty(), field) {
            (true, Some(field)) => field,
            (false, Some(field)) => t!("said-member", field = about.title.as_str(), member = field),
            (false, None) => about.title.clone(),
            (true, None) => {
                about.collection.as_deref().map_or_else(|| tr("history-step"), |of| tr(&format!("record-{of}")))
            }
        }
    });
    words.collect::<Vec<_>>().join(", ")
}
