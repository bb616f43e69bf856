//! What was measured, beside the same of the peers: as a table for people and as JSON for programs.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

/// The peers, by the word that starts them and the name people know.
pub const PEERS: [(&str, &str); 2] = [("automerge-repo", "automerge-repo"), ("hocuspocus", "Hocuspocus")];

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Which row of `--only` it belongs to.
    pub row: &'static str,
    /// Its name in the peers' answers.
    pub key: &'static str,
    /// What it is, for people.
    pub what: String,
    /// Its unit.
    pub unit: &'static str,
    /// Ours.
    pub ours: f64,
    /// What design asks of ours; none: only to be ahead of the peers.
    pub budget: Option<f64>,
    /// Whether more is better.
    pub more_is_better: bool,
    /// The peers', by name. A peer that has no such figure is left out.
    pub peers: BTreeMap<&'static str, f64>,
    /// Ours divided by each peer's.
    pub ratios: BTreeMap<&'static str, f64>,
    /// What one must know to read it.
    pub note: String,
}

impl Figure {
    pub fn new(key: &'static str, what: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self {
            row: "",
            key,
            what: what.into(),
            unit,
            ours,
            budget: None,
            more_is_better: false,
            peers: BTreeMap::new(),
            ratios: BTreeMap::new(),
            note: String::new(),
        }
    }

    pub const fn budget(mut self, budget: f64) -> Self {
        self.budget = Some(budget);
        self
    }

    pub const fn more(mut self) -> Self {
        self.more_is_better = true;
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Takes in what a peer answered to the same row.
    pub fn beside(&mut self, peer: &'static str, theirs: &BTreeMap<String, Option<f64>>) {
        if let Some(Some(theirs)) = theirs.get(self.key) {
            self.peers.insert(peer, *theirs);
            if *theirs > 0.0 {
                self.ratios.insert(peer, self.ours / theirs);
            }
        }
    }

    fn ratio(&self, peer: &str) -> String {
        let Some(ratio) = self.ratios.get(peer) else { return "–".to_owned() };
        let behind = if self.more_is_better { *ratio < 1.0 } else { *ratio > 1.0 };
        let digits = if *ratio < 0.1 { 4 } else { 2 };
        format!("{ratio:.digits$}{}", if behind { " (behind)" } else { "" })
    }
}

fn number(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The table's head.
pub fn head() -> String {
    "| what | unit | ours | budget | automerge-repo | ours : it | Hocuspocus | ours : it | note |\n\
     |---|---|--:|--:|--:|--:|--:|--:|---|"
        .to_owned()
}

/// One figure as a line of the table.
pub fn line(figure: &Figure) -> String {
    let mut out = format!("| {} | {} | {} |", figure.what, figure.unit, number(figure.ours));
    let budget = figure.budget.map_or_else(|| "–".to_owned(), |budget| format!("≤ {}", number(budget)));
    let _ = write!(out, " {budget} |");
    for (peer, _) in PEERS {
        let theirs = figure.peers.get(peer).map_or_else(|| "–".to_owned(), |theirs| number(*theirs));
        let _ = write!(out, " {theirs} | {} |", figure.ratio(peer));
    }
    let _ = write!(out, " {} |", figure.note);
    out
}
