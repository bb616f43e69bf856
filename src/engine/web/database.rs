//! One database of IndexedDB: how it is opened, and what happens to it while it is open. Every write of the engine goes
//! through [`begin`], with strict durability: what is said to be on this device is on its disk.

use std::{cell::Cell, rc::Rc};

use indexed_db_futures::{
    Build,
    database::Database,
    error::{DomException, Error, OpenDbError},
    internals::SystemRepr,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use wasm_bindgen::{JsValue, closure::Closure};

use super::js;
use crate::engine::core::store::StoreError;

/// The version of every database. A later one comes with code that makes an older database over.
const VERSION: u8 = 1;
/// A database that neither opens nor fails for so many milliseconds is held by another window.
const PATIENCE: u64 = 3_000;

/// What happens to an open database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The browser has closed it: an error of the disk, or somebody cleared what it keeps.
    Closed,
    /// A later version of the application wants to make it over, and waits until it is let go.
    Wanted,
    /// It does not open: another window holds it.
    Held,
}

/// Who is told.
pub type Ear = Rc<dyn Fn(Happening)>;

/// What the browser calls, as long as it is kept.
type Listener = Closure<dyn FnMut(JsValue)>;

/// An open database.
pub struct Connection {
    /// It.
    pub db: Database,
    /// Whether it was made just now.
    pub fresh: bool,
    aborted: Rc<Cell<Option<StoreError>>>,
    listeners: Vec<(&'static str, Listener)>,
}

impl Connection {
    /// Opens a database, or makes it with these stores.
    ///
    /// # Errors
    /// Why it does not open; [`StoreError::Newer`] when it is of a later version, and then it is as it was.
    pub async fn open(name: &str, stores: &'static [&'static str], ear: Ear) -> Result<Self, StoreError> {
        let fresh = Rc::new(Cell::new(false));
        let making = Rc::clone(&fresh);
        let opened = Rc::new(Cell::new(false));
        let (waits, late, blocked) = (Rc::clone(&opened), Rc::clone(&ear), Rc::clone(&ear));
        js::after(PATIENCE, move || {
            if !waits.replace(true) {
                late(Happening::Held);
            }
        });
        let opening = Database::open(name)
            .with_version(VERSION)
            .with_on_blocked(move |_| {
                blocked(Happening::Held);
                Ok(())
            })
            .with_on_upgrade_needed(move |_, db| {
                making.set(true);
                for store in stores {
                    db.create_object_store(store).build()?;
                }
                Ok(())
            });
        let result = opening.await;
        opened.set(true);
        match result {
            Ok(db) => Ok(Self::listening(db, fresh.get(), ear)),
            // The binding says so of everything that the browser throws.
            Err(OpenDbError::VersionZero) => Err(thrown(name)),
            Err(error) => Err(opening_failed(&error)),
        }
    }

    fn listening(db: Database, fresh: bool, ear: Ear) -> Self {
        let aborted = Rc::new(Cell::new(None));
        let note = Rc::clone(&aborted);
        let abort = Listener::new(move |event: JsValue| {
            let why = js::text(&js::get(&js::get(&event, "target"), "error"), "name");
            note.set(why.map(|name| by_name(&name)));
        });
        let closed = Rc::clone(&ear);
        let close = Listener::new(move |_| closed(Happening::Closed));
        let wanted = Listener::new(move |event: JsValue| {
            // To be deleted it is not let go: nothing of the application asks for that.
            if !js::get(&event, "newVersion").is_null() {
                ear(Happening::Wanted);
            }
        });
        let listeners = vec![("abort", abort), ("close", close), ("versionchange", wanted)];
        for (name, listener) in &listeners {
            // On the way down: before whoever waits for the transaction goes on.
            call(&db, "addEventListener", &[JsValue::from_str(name), listener.as_ref().clone(), JsValue::TRUE]);
        }
        Self { db, fresh, aborted, listeners }
    }

    /// Why a transaction failed: what the browser said when it gave it up, or else what went wrong on the way.
    pub fn why(&self, error: &Error) -> StoreError {
        self.aborted.take().unwrap_or_else(|| kind(error))
    }

    /// Begins a transaction that writes. The only place where one is.
    ///
    /// # Errors
    /// When the database is closed.
    pub fn begin(&self, stores: Vec<&'static str>) -> Result<Transaction<'_>, Error> {
        self.aborted.set(None);
        self.db
            .transaction(stores)
            .with_mode(TransactionMode::Readwrite)
            .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
            .build()
    }

    /// Lets go of it.
    pub fn close(&self) {
        self.db.clone().close();
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        for (name, listener) in &self.listeners {
            call(&self.db, "removeEventListener", &[JsValue::from_str(name), listener.as_ref().clone(), JsValue::TRUE]);
        }
    }
}

fn call(db: &Database, name: &str, arguments: &[JsValue]) {
    let db: &JsValue = db.as_sys().as_ref();
    if let Some(method) = js::method(db, name) {
        let _ = js_sys::Reflect::apply(&method, db, &arguments.iter().collect());
    }
}

/// What went wrong with a request or a transaction.
pub fn kind(error: &Error) -> StoreError {
    match error {
        Error::DomException(DomException::Other(exception) | DomException::AbortError(exception)) => {
            by_name(&exception.name())
        }
        Error::DomException(DomException::InvalidStateError(_) | DomException::TransactionInactiveError(_)) => {
            StoreError::Lost
        }
        Error::DomException(_) | Error::Serialisation(_) => StoreError::Corrupt,
        Error::MissingData(_) | Error::Unknown(_) => StoreError::Lost,
    }
}

fn by_name(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Quota,
        "VersionError" => StoreError::Newer,
        "SecurityError" => StoreError::Absent,
        "DataError" | "EncodingError" | "NotReadableError" | "DataCloneError" => StoreError::Corrupt,
        _ => StoreError::Lost,
    }
}

fn opening_failed(error: &OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => match error {
            // A private window refuses before anything was ever opened.
            Error::DomException(DomException::InvalidStateError(_)) => StoreError::Absent,
            other => kind(other),
        },
        OpenDbError::VersionZero | OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Absent,
    }
}

/// Why the browser does not even begin to open: asked once more, without the binding, which does not hand it on. Should it
/// begin after all, nothing is made of it.
fn thrown(name: &str) -> StoreError {
    let factory = js::get(&js::global(), "indexedDB");
    let Some(open) = js::method(&factory, "open") else { return StoreError::Absent };
    match open.call2(&factory, &JsValue::from_str(name), &JsValue::from_f64(f64::from(VERSION))) {
        Ok(request) => {
            let undo = Closure::once_into_js(|event: JsValue| {
                let transaction = js::get(&js::get(&event, "target"), "transaction");
                if let Some(abort) = js::method(&transaction, "abort") {
                    let _ = abort.call0(&transaction);
                }
            });
            js::set(&request, "onupgradeneeded", &undo);
            let done = Closure::once_into_js(|event: JsValue| {
                let db = js::get(&js::get(&event, "target"), "result");
                if let Some(close) = js::method(&db, "close") {
                    let _ = close.call0(&db);
                }
            });
            js::set(&request, "onsuccess", &done);
            StoreError::Lost
        }
        Err(error) => match js::text(&error, "name").as_deref() {
            Some("InvalidStateError") | None => StoreError::Absent,
            Some(name) => by_name(name),
        },
    }
}
