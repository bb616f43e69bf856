//! A text field as an editing session: what was typed, what the engine has, what may be shown.
//!
//! Typed words are never replaced by an older view, and nothing remote is shown while an input method's composition is
//! open. The engine may die and come back in between: what it had not taken is offered again.

use crate::domain::Splice;

use super::splice;

/// An edit for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number in the session, from 1.
    pub n: u32,
    /// The view it stands on.
    pub version: u32,
    /// The splice.
    pub splice: Splice,
}

/// What follows from a view.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Text to put in the field.
    pub show: Option<String>,
    /// An edit to send.
    pub send: Option<Outgoing>,
}

/// One session.
#[derive(Debug, Clone)]
pub struct Session {
    /// What the field shows.
    text: String,
    /// The last text known to be the engine's.
    base: String,
    /// The version of `base`; none until the engine has answered.
    version: Option<u32>,
    /// The number of the last edit sent.
    n: u32,
    /// Texts after each edit that no view has contained yet.
    unseen: Vec<(u32, String)>,
    composing: bool,
    held: Option<(u32, u32, String)>,
}

impl Session {
    /// Begins with what the field shows.
    #[must_use]
    pub fn begin(shown: &str) -> Self {
        Self {
            text: shown.to_owned(),
            base: shown.to_owned(),
            version: None,
            n: 0,
            unseen: Vec::new(),
            composing: false,
            held: None,
        }
    }

    /// What the field shows.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything typed is in a view of the engine.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.unseen.is_empty() && self.text == self.base
    }

    /// Whether words wait for the engine's first answer.
    #[must_use]
    pub fn waiting(&self) -> bool {
        self.version.is_none() && self.text != self.base
    }

    /// The person typed; the field now shows `now`.
    pub fn typed(&mut self, now: &str) -> Option<Outgoing> {
        let splice = splice::between(&self.text, now)?;
        now.clone_into(&mut self.text);
        let version = self.version?;
        self.n += 1;
        self.unseen.push((self.n, self.text.clone()));
        Some(Outgoing { n: self.n, version, splice })
    }

    /// A view came.
    pub fn arrived(&mut self, version: u32, after: u32, text: String) -> Step {
        if self.version.is_none() {
            return self.opened(version, text);
        }
        self.unseen.retain(|(n, _)| *n > after);
        if after < self.n {
            return Step::default();
        }
        if self.composing {
            self.held = Some((version, after, text));
            return Step::default();
        }
        self.version = Some(version);
        text.clone_into(&mut self.base);
        let show = (text != self.text).then(|| text.clone());
        self.text = text;
        Step { show, send: None }
    }

    /// A composition began or ended.
    pub fn composition(&mut self, open: bool) -> Step {
        self.composing = open;
        match self.held.take() {
            Some((version, after, text)) if !open => self.arrived(version, after, text),
            held => {
                self.held = held;
                Step::default()
            }
        }
    }

    /// The engine is gone: the next view opens the session anew.
    pub fn lost(&mut self) {
        self.version = None;
        self.held = None;
    }

    fn opened(&mut self, version: u32, text: String) -> Step {
        // What the engine took before it died is one of the texts we had: only the rest is offered again.
        let known = self.unseen.iter().any(|(_, had)| *had == text);
        let wanted = if known { self.text.clone() } else { splice::carried_over(&self.base, &self.text, &text) };
        let show = (wanted != self.text).then(|| wanted.clone());
        if self.composing && show.is_some() {
            // The input method would write what it composes once more, into a field that it does not know.
            self.held = Some((version, 0, text));
            return Step::default();
        }
        self.held = None;
        let splice = splice::between(&text, &wanted);
        self.version = Some(version);
        self.base = text;
        self.text = wanted;
        self.n = 0;
        self.unseen.clear();
        let send = splice.map(|splice| {
            self.n = 1;
            self.unseen.push((1, self.text.clone()));
            Outgoing { n: 1, version, splice }
        });
        Step { show, send }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_older_than_the_last_edit_is_not_shown() {
        let mut session = Session::begin("");
        session.arrived(1, 0, String::new());
        let first = session.typed("a").expect("an edit");
        let second = session.typed("ab").expect("an edit");
        assert_eq!((first.n, second.n, second.version), (1, 2, 1));
        assert_eq!(session.arrived(2, 1, "a".into()), Step::default());
        assert_eq!(session.text(), "ab");
        assert_eq!(session.arrived(3, 2, "ab!".into()).show.as_deref(), Some("ab!"));
        assert!(session.settled());
        assert_eq!(session.typed("ab!c").map(|edit| (edit.n, edit.version)), Some((3, 3)));
    }

    #[test]
    fn nothing_remote_is_shown_while_composing() {
        let mut session = Session::begin("x");
        session.arrived(1, 0, "x".into());
        session.composition(true);
        assert_eq!(session.arrived(2, 0, "y".into()), Step::default());
        assert_eq!(session.composition(false).show.as_deref(), Some("y"));
    }

    #[test]
    fn words_composed_meanwhile_outrank_the_view_that_waited() {
        let mut session = Session::begin("x");
        session.arrived(1, 0, "x".into());
        session.composition(true);
        session.arrived(2, 0, "y".into());
        assert!(session.typed("xệ").is_some());
        assert_eq!(session.composition(false), Step::default());
        assert_eq!(session.text(), "xệ");
    }

    #[test]
    fn neither_the_first_view_nor_the_first_of_a_new_engine_is_shown_while_composing() {
        let mut session = Session::begin("x");
        session.composition(true);
        assert_eq!(session.typed("xe"), None);
        assert_eq!(session.arrived(1, 0, "zero x".into()), Step::default());
        assert_eq!(session.typed("xê"), None);
        let step = session.composition(false);
        assert_eq!(step.show.as_deref(), Some("zero xê"));
        assert_eq!(step.send.map(|edit| (edit.n, edit.version, edit.splice.insert)), Some((1, 1, "ê".into())));

        session.arrived(2, 1, "zero xê".into());
        session.composition(true);
        assert!(session.typed("zero xêt").is_some());
        session.lost();
        assert_eq!(session.arrived(1, 0, "0 xê".into()), Step::default());
        // The same as the field shows by the time the next one comes: the session goes on at once, and the one that waited
        // is forgotten.
        let step = session.arrived(2, 0, "zero xêt".into());
        assert_eq!(step, Step::default());
        assert_eq!(session.composition(false), Step::default());
        assert_eq!(session.typed("zero xêt!").map(|edit| (edit.n, edit.version)), Some((1, 2)));
    }

    #[test]
    fn what_is_typed_before_the_engine_answers_is_sent_after() {
        let mut session = Session::begin("draft");
        assert_eq!(session.typed("draft note"), None);
        let step = session.arrived(7, 0, "the draft".into());
        assert_eq!(step.show.as_deref(), Some("the draft note"));
        assert_eq!(step.send.map(|edit| (edit.n, edit.version)), Some((1, 7)));
    }

    #[test]
    fn a_dead_engine_costs_no_word_and_repeats_none() {
        let mut session = Session::begin("ab");
        session.arrived(1, 0, "ab".into());
        session.typed("abc");
        session.typed("abcd");
        session.lost();
        session.typed("abcde");
        let step = session.arrived(1, 0, "abc".into());
        assert_eq!(step.show, None);
        assert_eq!(step.send.map(|edit| edit.splice.insert), Some("de".into()));
    }
}
