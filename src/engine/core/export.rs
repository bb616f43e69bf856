//! A copy for the person: the words that are not sent, then every document, as text that any program opens. For when this
//! browser keeps nothing, so it must not depend on anything that it keeps.
//!
//! The format is `mufakat-text/1`: UTF-8, sections that begin with `#`, lines `name: value` with the names of the schema,
//! further lines of a value indented by two spaces.

use std::fmt::Write;

use super::{Engine, refusals::words};
use crate::{
    domain::{DocId, Record, Snapshot, Value},
    engine::api::Done,
};

/// The name of the format and its version, the first line of the file.
const FORMAT: &str = "mufakat-text/1";

impl Engine {
    /// The copy; every document with a row is loaded.
    pub(super) fn export(&self) -> Done {
        let mut text = Text(String::new());
        text.line("format", FORMAT);
        text.line("day", &self.today().to_string());
        if let Some((_, name, _)) = &self.catalogue.workspace {
            text.line("workspace", name);
        }
        if let Some(account) = &self.account {
            text.line("party", account.party.as_str());
        }
        for entry in self.outbox.iter() {
            let Some(said) = entry.edit().map(words).filter(|said| !said.is_empty()) else { continue };
            text.section("unsent");
            text.line("document", &self.named(entry.doc));
            text.line("words", &said);
        }
        for kept in self.quarantine.values() {
            text.section("refused");
            text.line("document", &kept.title);
            text.line("why", &kept.why);
            text.line("words", &kept.words);
        }
        for doc in self.rows.keys() {
            if let Some(snapshot) = self.attributed(*doc) {
                text.section("document");
                text.line("id", &doc.to_string());
                text.document(&snapshot);
            }
        }
        Done::Export { name: format!("mufakat-{}.txt", self.today()), text: text.0 }
    }

    fn named(&self, doc: DocId) -> String {
        let title = self.title(doc);
        if title.is_empty() { doc.to_string() } else { title }
    }
}

struct Text(String);

impl Text {
    fn section(&mut self, name: &str) {
        // Writing to memory cannot fail.
        let _ = write!(self.0, "\n# {name}\n");
    }

    fn line(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.0, "{name}: {}", value.trim_end().replace('\n', "\n  "));
        }
    }

    fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Empty => {}
            Value::Bool(yes) => self.line(name, &yes.to_string()),
            Value::Int(number) => self.line(name, &number.to_string()),
            Value::Str(text) => self.line(name, text),
        }
    }

    fn record(&mut self, record: &Record) {
        for (name, held) in &record.fields {
            self.value(name, &held.value);
            // What others wrote at the same time stands beside it.
            held.others.iter().for_each(|other| self.value(name, other));
        }
        for (name, prose) in &record.texts {
            self.line(name, prose);
        }
        if let Some(withdrawn) = &record.withdrawn {
            self.line("withdrawn", if withdrawn.reason.is_empty() { "true" } else { &withdrawn.reason });
        }
    }

    fn document(&mut self, snapshot: &Snapshot) {
        self.line("kind", &snapshot.kind.to_string());
        self.record(&snapshot.root);
        for claim in &snapshot.claims {
            self.section("claim");
            self.line("about", &claim.what.to_string());
            self.value("value", &claim.value);
            self.line("evidence", &claim.evidence);
            self.line("reason", &claim.reason);
        }
        for (name, records) in &snapshot.collections {
            for record in records {
                self.section(name);
                self.record(record);
            }
        }
    }
}
