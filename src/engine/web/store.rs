//! The store in IndexedDB: one database per workspace, and a small index that says which one. Where the browser gives none,
//! the same in memory.

use std::{cell::RefCell, collections::BTreeMap};

use indexed_db_futures::{
    Build, BuildPrimitive, KeyRange,
    database::Database,
    error::{Error, SimpleValueError},
    prelude::QuerySource,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use super::{
    database::{Connection, Ear, kind},
    js::{self, both},
};
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

/// Which workspace this device belongs to, and its key.
pub struct Index(Option<Connection>);

impl Index {
    /// Opens it.
    pub async fn open(ear: Ear) -> Result<Self, StoreError> {
        Connection::open(INDEX, &[INDEX_STORE], ear).await.map(|open| Self(Some(open)))
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
        let transaction = self.0.as_ref()?.db.transaction(INDEX_STORE).build().ok()?;
        let store = transaction.object_store(INDEX_STORE).ok()?;
        let value: Option<Raw> = store.get(key).primitive().ok()?.await.ok()?;
        value.map(|value| value.0)
    }

    /// Keeps a value. False when it was not kept.
    pub async fn put(&self, key: &str, value: &JsValue) -> bool {
        let Some(open) = &self.0 else { return false };
        let Ok(transaction) = open.begin(vec![INDEX_STORE]) else { return false };
        let put = transaction.object_store(INDEX_STORE).and_then(|store| {
            store.put(value.clone()).with_key(key.to_owned()).primitive()?;
            Ok(())
        });
        put.is_ok() && transaction.commit().await.is_ok()
    }
}

/// How long after its requests a transaction says why it was given up, in milliseconds.
const TOLD: u64 = 20;

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
    Disk(Connection),
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
    pub async fn open(id: WorkspaceId, ear: Ear) -> Result<Self, StoreError> {
        Self::named(format!("{INDEX}-{id}"), ear).await
    }

    async fn named(name: String, ear: Ear) -> Result<Self, StoreError> {
        let open = Connection::open(&name, &STORES, ear).await?;
        Ok(Self { name, place: Place::Disk(open) })
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
    pub async fn reopen(&self, ear: Ear) -> Result<Self, StoreError> {
        match &self.place {
            Place::Disk(old) => {
                old.close();
                Self::named(self.name.clone(), ear).await
            }
            Place::Memory(_) => Err(StoreError::Absent),
        }
    }

    /// Whether there was nothing, so that it had to be made.
    pub const fn is_fresh(&self) -> bool {
        matches!(&self.place, Place::Disk(open) if open.fresh)
    }

    /// Everything that is kept in memory, to be written elsewhere.
    pub fn everything(&self) -> Write {
        let Place::Memory(memory) = &self.place else { return Write::default() };
        let put = |((store, key), value): (&(Store, String), &Vec<u8>)| Step::Put(*store, key.clone(), value.clone());
        Write { steps: memory.borrow().iter().map(put).collect() }
    }

    /// Everything that is small.
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        let all = |store| self.all(store, None);
        let ((meta, rows), (outbox, quarantine)) =
            both(both(all(Store::Meta), all(Store::Row)), both(all(Store::Outbox), all(Store::Quarantine))).await;
        Ok(Contents { meta: meta?, rows: rows?, outbox: outbox?, quarantine: quarantine? })
    }

    /// The chunks of a document.
    pub async fn chunks(&self, doc: DocId) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        // `0` follows `/` in every encoding.
        self.all(Store::Chunk, Some((format!("{doc}/"), format!("{doc}0")))).await
    }

    async fn all(&self, store: Store, range: Option<(String, String)>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let db = match &self.place {
            Place::Disk(open) => &open.db,
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
            Place::Disk(open) => match store(open, write).await {
                Ok(()) => Ok(()),
                Err(error) => {
                    // Of a transaction given up each request is told first, and why only then.
                    js::sleep(TOLD).await;
                    Err(open.why(&error))
                }
            },
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

    /// One value; none when it is not there.
    pub async fn value(&self, store: Store, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let open = match &self.place {
            Place::Disk(open) => open,
            Place::Memory(memory) => return Ok(memory.borrow().get(&(store, key.to_owned())).cloned()),
        };
        let read = async {
            let transaction = open.db.transaction(store.name()).build()?;
            let value: Option<Raw> = transaction.object_store(store.name())?.get(key).primitive()?.await?;
            Ok(value.and_then(|value| value.0.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
        };
        match read.await {
            Ok(value) => Ok(value),
            Err(error) => match kind(&error) {
                // It is as good as not there.
                StoreError::Corrupt => Ok(None),
                other => Err(other),
            },
        }
    }

    /// Takes away all values from one key up to another.
    pub async fn clear(&self, store: Store, from: &str, to: &str) -> Result<(), StoreError> {
        let open = match &self.place {
            Place::Disk(open) => open,
            Place::Memory(memory) => {
                let gone = |(of, key): &(Store, String)| *of == store && from <= key.as_str() && key.as_str() < to;
                memory.borrow_mut().retain(|key, _| !gone(key));
                return Ok(());
            }
        };
        let clear = async {
            let transaction = open.begin(vec![store.name()])?;
            let range = KeyRange::Bound(from.to_owned(), false, to.to_owned(), true);
            transaction.object_store(store.name())?.delete::<String, _>(range).primitive()?;
            transaction.commit().await
        };
        clear.await.map_err(|error: Error| open.why(&error))
    }

    /// Notes, while the engine crashes, at which document: nothing can be waited for any more, so the browser commits
    /// what was begun.
    pub fn note_crash(&self, key: String, count: u32) {
        let Place::Disk(open) = &self.place else { return };
        let Ok(transaction) = open.begin(vec![Store::Meta.name()]) else { return };
        // Dropped it would be undone.
        let transaction = std::mem::ManuallyDrop::new(transaction);
        if let Ok(store) = transaction.object_store(Store::Meta.name()) {
            let bytes = Uint8Array::from(count.to_string().as_bytes());
            let _ = store.put(JsValue::from(bytes)).with_key(key).primitive();
        }
    }

    /// Lets go of the database.
    pub fn close(&self) {
        if let Place::Disk(open) = &self.place {
            open.close();
        }
    }
}

const STORES: [&str; 6] = {
    let mut names = [""; 6];
    let mut n = 0;
    while n < names.len() {
        names[n] = Store::ALL[n].name();
        n += 1;
    }
    names
};

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

async fn store(open: &Connection, write: &Write) -> Result<(), Error> {
    let mut names: Vec<&'static str> = Vec::new();
    for step in &write.steps {
        let (Step::Put(store, ..) | Step::Delete(store, _)) = step;
        if !names.contains(&store.name()) {
            names.push(store.name());
        }
    }
    let transaction = open.begin(names)?;
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
