//! A prose field bound to an editing session of the engine.

use std::{cell::RefCell, rc::Rc};

use crate::{
    domain::{At, DocId},
    engine::api::{Refusal, Request, TextSession},
    ui::logic::session::{Outgoing, Session, Step},
};

use super::link::{self, TextNews};

/// What the field must do.
pub enum Show {
    /// Put this text into the field, keeping the caret with its words.
    Text(String),
    /// Nothing more can be typed here; why.
    Ended(Refusal),
}

struct Inner {
    session: Session,
    id: Option<TextSession>,
    /// The field is left, but the engine has not yet answered and words wait for it.
    closing: bool,
}

/// An open session. Clones are one session.
#[derive(Clone)]
pub struct OpenText {
    inner: Rc<RefCell<Inner>>,
    show: Rc<dyn Fn(Show)>,
}

impl OpenText {
    /// Opens a session on what the field shows.
    pub fn open(doc: DocId, at: At, shown: &str, show: impl Fn(Show) + 'static) -> Self {
        let inner = Rc::new(RefCell::new(Inner { session: Session::begin(shown), id: None, closing: false }));
        let text = Self { inner, show: Rc::new(show) };
        let heard = text.clone();
        let id = link::open_text(doc, at, Rc::new(move |news| heard.heard(news)));
        text.inner.borrow_mut().id = Some(id);
        text
    }

    fn heard(&self, news: TextNews) {
        match news {
            TextNews::Text { version, after, text } => {
                let step = self.inner.borrow_mut().session.arrived(version, after, text);
                self.take(step);
            }
            TextNews::Ended(why) => (self.show)(Show::Ended(why)),
            TextNews::Lost => self.inner.borrow_mut().session.lost(),
        }
    }

    fn take(&self, step: Step) {
        if let Some(edit) = step.send {
            self.send(edit);
        }
        if let Some(text) = step.show {
            (self.show)(Show::Text(text));
        }
        if self.inner.borrow().closing {
            self.close();
        }
    }

    fn send(&self, edit: Outgoing) {
        if let Some(session) = self.inner.borrow().id {
            let Outgoing { n, version, splice } = edit;
            link::say_text(&Request::EditText { session, n, version, splices: vec![splice] });
        }
    }

    /// The field now shows this.
    pub fn typed(&self, now: &str) {
        let edit = self.inner.borrow_mut().session.typed(now);
        if let Some(edit) = edit {
            self.send(edit);
        }
    }

    /// A composition began or ended.
    pub fn composition(&self, open: bool) {
        let step = self.inner.borrow_mut().session.composition(open);
        self.take(step);
    }

    /// What the field shows.
    #[must_use]
    pub fn text(&self) -> String {
        self.inner.borrow().session.text().to_owned()
    }

    /// Ends the session; the engine makes what was typed durable at once.
    pub fn close(&self) {
        let id = {
            let mut inner = self.inner.borrow_mut();
            inner.closing = inner.session.waiting();
            if inner.closing { None } else { inner.id.take() }
        };
        if let Some(id) = id {
            link::close_text(id);
        }
    }
}
