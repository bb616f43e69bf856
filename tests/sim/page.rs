//! A page's text field: what a person types is numbered, and what comes back is shown only when it contains all of it.

use mufakat::domain::Splice;

use crate::chance::Chance;

/// An editing session.
#[derive(Debug)]
pub struct Typing {
    pub session: u32,
    n: u32,
    version: Option<u32>,
    text: Vec<char>,
}

fn units(chars: &[char]) -> u32 {
    u32::try_from(chars.iter().map(|c| c.len_utf16()).sum::<usize>()).expect("a short text")
}

impl Typing {
    pub const fn new(session: u32) -> Self {
        Self { session, n: 0, version: None, text: Vec::new() }
    }

    pub fn heard(&mut self, session: u32, version: u32, after: u32, text: String) {
        if session == self.session && after == self.n {
            self.version = Some(version);
            self.text = text.chars().collect();
        }
    }

    /// The next stroke: number, version and splice; none before the field is open.
    pub fn stroke(&mut self, chance: &mut Chance) -> Option<(u32, u32, Vec<Splice>)> {
        let version = self.version?;
        let words = ["and ", "with ", "Hà Nội ", "កម្ពុជា ", "😀", "report; ", "2026 ", "\n"];
        let at = chance.below(self.text.len() + 1);
        let gone = if chance.percent(30) { chance.below((self.text.len() - at).min(5) + 1) } else { 0 };
        let insert = if gone > 0 && chance.percent(30) { "" } else { words[chance.below(words.len())] };
        let splice =
            Splice { at: units(&self.text[..at]), delete: units(&self.text[at..at + gone]), insert: insert.to_owned() };
        self.text.splice(at..at + gone, insert.chars());
        self.n += 1;
        Some((self.n, version, vec![splice]))
    }
}
