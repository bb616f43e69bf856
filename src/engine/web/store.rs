//! The store in IndexedDB: one database per workspace, and a small index that says which one. Every write of the engine
//! goes through [`begin`], with strict durability: what is said to be on this device is on its disk.

use std::{cell::RefCell, collections::BTreeMap};

use indexed_db_futures::{
    Build, BuildPrimitive, KeyRange,
    database::Database,
    error::{DomException, Error, OpenDbError, SimpleValueError},
    prelude::QuerySource,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    domain::{DocId, WorkspaceId},
    engine::core::store::{Contents, Step, Store, StoreError, Write},
};

const INDEX: &str = "mufakat";
const INDEX_STORE: &str = "index";
/// Key in the index: the workspace of this device.
pub const WORKSPACE: &str = "workspace";
/// Key in the index: the device's key pair.
pub const KEY: &str = "key";
/// Key in the index: whether streams were not to be had.
pub const TRANSPORT: &str = "transport";

/// Begins a transaction that writes. The only place where one is.
fn begin<'a>(db: &'a Database, stores: Vec<&'static str>) -> Result<Transaction<'a>, Error> {
    db.transaction(stores)
        .with_mode(TransactionMode::Readwrite)
        .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
        .build()
}

fn kind(error: &Error) -> StoreError {
    match error {
        Error::DomException(DomException::Other(exception)) => by_name(&exception.name()),
        Error::DomException(DomException::AbortError(exception)) => by_name(&exception.name()),
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
        // A later version of the application has made it over.
        "VersionError" => StoreError::Blocked,
        "SecurityError" => StoreError::Absent,
        "DataError" | "EncodingError" | "NotReadableError" | "DataCloneError" => StoreError::Corrupt,
        _ => StoreError::Lost,
    }
}

fn opening(error: &OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => match error {
            // A private window refuses before anything was ever opened.
            Error::DomException(DomException::InvalidStateError(_)) => StoreError::Absent,
            other => kind(other),
        },
        OpenDbError::VersionZero | OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Absent,
    }
}

/// Which workspace this device belongs to, and its key.
pub struct Index(Option<Database>);

impl Index {
    /// Opens it.
    pub async fn open() -> Result<Self, StoreError> {
        let opening_it = Database::open(INDEX).with_version(1_u8).with_on_upgrade_needed(|_, db| {
            db.create_object_store(INDEX_STORE).build()?;
            Ok(())
        });
        opening_it.await.map(|db| Self(Some(db))).map_err(|error| opening(&error))
    }

    /// One that keeps nothing, for browsers that give no store.
    pub const fn nowhere() -> Self {
        Self(None)
    }

    /// Whether anything can be kept.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// A value.
    pub async fn get(&self, key: &str) -> Option<JsValue> {
        let transaction = self.0.as_ref()?.transaction(INDEX_STORE).build().ok()?;
        let store = transaction.object_store(INDEX_STORE).ok()?;
        let value: Option<Raw> = store.get(key).primitive().ok()?.await.ok()?;
        value.map(|value| value.0)
    }

    /// Keeps a value. False when it was not kept.
    pub async fn put(&self, key: &str, value: &JsValue) -> bool {
        let Some(db) = &self.0 else { return false };
        let Ok(transaction) = begin(db, vec![INDEX_STORE]) else { return false };
        let put = transaction.object_store(INDEX_STORE).and_then(|store| {
            store.put(value.clone()).with_key(key.to_owned()).primitive()?;
            Ok(())
        });
        put.is_ok() && transaction.commit().await.is_ok()
    }
}

/// A value as the browser gives it.
struct Raw(JsValue);

impl indexed_db_futures::primitive::TryFromJs for Raw {
    fn from_js(value: JsValue) -> Result<Self, SimpleValueError> {
        Ok(Self(value))
    }
}

/// Where a workspace is kept.
enum Place {
    /// In the browser's database.
    Disk(Database),
    /// Nowhere: gone with the engine.
    Memory(RefCell<BTreeMap<(Store, String), Vec<u8>>>),
}

/// A workspace's store.
pub struct Workspace {
    name: String,
    place: Place,
}

impl Workspace {
    /// Opens the store of a workspace.
    pub async fn open(id: WorkspaceId) -> Result<Self, StoreError> {
        let name = format!("{INDEX}-{id}");
        let db = database(&name).await?;
        Ok(Self { name, place: Place::Disk(db) })
    }

    /// A store that forgets: for browsers that give none.
    pub fn in_memory() -> Self {
        Self { name: String::new(), place: Place::Memory(RefCell::default()) }
    }

    /// Whether nothing outlives the engine.
    pub const fn is_volatile(&self) -> bool {
        matches!(self.place, Place::Memory(_))
    }

    /// Opens it anew after its connection was lost.
    pub async fn reopen(&self) -> Result<Self, StoreError> {
        Ok(Self { name: self.name.clone(), place: Place::Disk(database(&self.name).await?) })
    }

    /// Everything that is small.
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        Ok(Contents {
            meta: self.all(Store::Meta, None).await?,
            rows: self.all(Store::Row, None).await?,
            outbox: self.all(Store::Outbox, None).await?,
            quarantine: self.all(Store::Quarantine, None).await?,
        })
    }

    /// The chunks of a document.
    pub async fn chunks(&self, doc: DocId) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        // `0` follows `/` in every encoding.
        self.all(Store::Chunk, Some((format!("{doc}/"), format!("{doc}0")))).await
    }

    async fn all(&self, store: Store, range: Option<(String, String)>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let db = match &self.place {
            Place::Disk(db) => db,
            Place::Memory(memory) => {
                let inside =
                    |key: &str| range.as_ref().is_none_or(|(from, to)| from.as_str() <= key && key < to.as_str());
                let memory = memory.borrow();
                let found = memory.iter().filter(|((of, key), _)| *of == store && inside(key));
                return Ok(found.map(|((_, key), value)| (key.clone(), value.clone())).collect());
            }
        };
        match read(db, store.name(), range.clone()).await {
            Ok(found) => Ok(found),
            // One value that cannot be read keeps back all that are read with it.
            Err(error) if kind(&error) == StoreError::Corrupt => {
                each(db, store.name(), range).await.map_err(|error| kind(&error))
            }
            Err(error) => Err(kind(&error)),
        }
    }

    /// Writes a transaction: on the disk, all of it, or not at all.
    pub async fn write(&self, write: &Write) -> Result<(), StoreError> {
        match &self.place {
            Place::Disk(db) => store(db, write).await.map_err(|error| kind(&error)),
            Place::Memory(memory) => {
                let mut memory = memory.borrow_mut();
                for step in &write.steps {
                    match step {
                        Step::Put(store, key, value) => {
                            memory.insert((*store, key.clone()), value.clone());
                        }
                        Step::Delete(store, key) => {
                            memory.remove(&(*store, key.clone()));
                        }
                    }
                }
                Ok(())
            }
        }
    }

    /// Notes, while the engine crashes, at which document: nothing can be waited for any more, so the browser commits
    /// what was begun.
    pub fn note_crash(&self, key: String, count: u32) {
        let Place::Disk(db) = &self.place else { return };
        let Ok(transaction) = begin(db, vec![Store::Meta.name()]) else { return };
        // Dropped it would be undone.
        let transaction = std::mem::ManuallyDrop::new(transaction);
        if let Ok(store) = transaction.object_store(Store::Meta.name()) {
            let bytes = Uint8Array::from(count.to_string().as_bytes());
            let _ = store.put(JsValue::from(bytes)).with_key(key).primitive();
        }
    }

    /// Lets go of the database.
    pub fn close(&self) {
        if let Place::Disk(db) = &self.place {
            db.clone().close();
        }
    }
}

async fn database(name: &str) -> Result<Database, StoreError> {
    Database::open(name)
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, db| {
            for store in Store::ALL {
                db.create_object_store(store.name()).build()?;
            }
            Ok(())
        })
        .await
        .map_err(|error| opening(&error))
}

async fn read(db: &Database, name: &str, range: Option<(String, String)>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let transaction = db.transaction(name).build()?;
    let store = transaction.object_store(name)?;
    let (keys, values) = match range {
        None => (store.get_all_keys::<String>().primitive()?, store.get_all::<Raw>().primitive()?),
        Some((from, to)) => {
            let range = KeyRange::Bound(from, false, to, true);
            (
                store.get_all_keys::<String>().with_query::<String, _>(range.clone()).primitive()?,
                store.get_all::<Raw>().with_query::<String, _>(range).primitive()?,
            )
        }
    };
    let (keys, values) = (keys.await?, values.await?);
    let mut found = Vec::new();
    for (key, value) in keys.zip(values) {
        let bytes = value?.0.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
        found.push((key?, bytes));
    }
    Ok(found)
}

/// Reads value by value; one that cannot be read is empty, which no value is.
async fn each(db: &Database, name: &str, range: Option<(String, String)>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let transaction = db.transaction(name).build()?;
    let all = transaction.object_store(name)?.get_all_keys::<String>().primitive()?.await?;
    let keys: Vec<String> = all.filter_map(Result::ok).collect();
    let inside = |key: &String| range.as_ref().is_none_or(|(from, to)| from <= key && key < to);
    let mut found = Vec::new();
    for key in keys.into_iter().filter(inside) {
        let transaction = db.transaction(name).build()?;
        let value: Result<Option<Raw>, Error> = transaction.object_store(name)?.get(key.clone()).primitive()?.await;
        let bytes = value.ok().flatten().and_then(|value| value.0.dyn_into::<Uint8Array>().ok());
        found.push((key, bytes.map(|bytes| bytes.to_vec()).unwrap_or_default()));
    }
    Ok(found)
}

async fn store(db: &Database, write: &Write) -> Result<(), Error> {
    let mut names: Vec<&'static str> = Vec::new();
    for step in &write.steps {
        let (Step::Put(store, ..) | Step::Delete(store, _)) = step;
        if !names.contains(&store.name()) {
            names.push(store.name());
        }
    }
    let transaction = begin(db, names)?;
    for step in &write.steps {
        match step {
            Step::Put(store, key, value) => {
                let value = JsValue::from(Uint8Array::from(value.as_slice()));
                transaction.object_store(store.name())?.put(value).with_key(key.clone()).primitive()?;
            }
            Step::Delete(store, key) => {
                transaction.object_store(store.name())?.delete(key.clone()).primitive()?;
            }
        }
    }
    // What went wrong in a single request comes out here too, and then nothing is written.
    transaction.commit().await
}
