//! A real hub on a real database in a folder that goes away, and folders made ready for a hub in a process of its own.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use mufakat::{
    docs::Doc,
    domain::{Audience, DocId, DocKind, Fact, PartyCode, Role, Writer},
    hub::{
        accounts::{Join, Wish},
        cli::{Place, Serve},
        core::Who,
        secret::{Secret, random},
        serve::Running,
    },
    sync::frame::{Frame, Item},
};
use p256::ecdsa::SigningKey;

use crate::{device::Device, live::Passport};

/// A folder that goes away, unless it is said to stay.
pub struct Folder {
    path: PathBuf,
    stays: bool,
}

impl Folder {
    /// One that stays.
    pub fn kept(path: &Path) -> Self {
        Self { path: path.to_owned(), stays: true }
    }

    pub fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mufakat-bench-{}-{n}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self { path, stays: false }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.stays {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// A running hub in this process.
pub struct Hub {
    pub running: Running,
    folder: Folder,
}

/// A folder with devices that have heard everything and documents of theirs.
pub struct Ready {
    pub folder: Folder,
    /// The devices; the document of each is the one of its index, modulo their number.
    pub devices: Vec<Passport>,
    /// The newest number.
    pub head: u64,
}

impl Hub {
    pub async fn start(name: &str) -> Self {
        Self::at(Folder::new(name)).await
    }

    /// One on the data in a folder.
    pub async fn at(folder: Folder) -> Self {
        let options = Serve {
            listen: "127.0.0.1:0".parse().expect("an address"),
            place: Place { data: folder.path().to_owned(), database_url: None },
            sample: true,
            app: None,
            max_blob: mufakat::domain::paper::MOST,
            url: None,
        };
        Self { running: Running::start(options).await.expect("the hub starts"), folder }
    }

    /// Cambodia's next officer, at a new device, with its token and its key.
    pub async fn officer(&self) -> (Who, String, SigningKey) {
        let core = self.running.core();
        let wish = Wish { party: officer(), role: Role::FocalPoint, person: None, days: 1 };
        let secret = core.invite(None, wish).await.expect("an invitation");
        let pair = SigningKey::from_slice(&random::<32>().expect("random bytes")).expect("a key");
        let key = pair.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        let joined = core.join(Join { secret, key, label: "bench".to_owned() }).await.expect("joins");
        let token = Secret::parse(&joined.token).expect("a token");
        (core.who(&token).expect("a device"), joined.token, pair)
    }

    pub async fn stop(self) -> Folder {
        self.running.stop().await;
        self.folder
    }

    /// Makes a folder ready: so many devices and documents, each document with its first edit.
    pub async fn ready(name: &str, devices: u32, docs: u32) -> Ready {
        let hub = Self::start(name).await;
        let mut first = Device::join(&hub).await;
        let made: Vec<_> = (0..docs).map(draft).collect();
        let mut items: Vec<Item> = made.iter().map(|(_, fact)| fact.clone()).collect();
        if docs > 1 {
            for (id, _) in &made {
                let mut edit = first.edit(*id, &mut Doc::new(DocKind::Draft), "Untitled");
                first.sign(std::slice::from_mut(&mut edit));
                items.push(edit);
            }
        }
        for (req, items) in (1..).zip(items.chunks(1_000)) {
            let ack = hub.running.core().push(first.who, req, items.to_vec()).await.expect("an answer");
            assert!(matches!(&ack, Frame::Ack { except, .. } if except.is_empty()), "{ack:?}");
        }
        let mut officers = Vec::new();
        while officers.len() < devices as usize {
            // Together they share flushes.
            let some = (devices as usize - officers.len()).min(50);
            officers.extend(futures_util::future::join_all((0..some).map(|_| hub.officer())).await);
        }
        first.meet(&hub).await;
        let cursor = first.cursor();
        let workspace = hub.running.core().workspace().to_bytes().into();
        let passport = |(n, (who, token, key)): (usize, (Who, String, SigningKey))| {
            let doc = made[n % made.len()].0;
            Passport { device: who.device, token, key, workspace, cursor, doc, keeps: true }
        };
        let devices = officers.into_iter().enumerate().map(passport).collect();
        Ready { folder: hub.stop().await, devices, head: cursor.number }
    }
}

/// Whose officers all devices are.
pub fn officer() -> PartyCode {
    "KH".parse().expect("a code")
}

/// A draft of Cambodia's.
pub fn draft(n: u32) -> (DocId, Item) {
    let mut random = [0; 10];
    random[..4].copy_from_slice(&n.to_be_bytes());
    let id = DocId::fresh(1_772_366_400_000, random);
    let writers = vec![Writer::Party(officer())];
    let (kind, audience) = (DocKind::Draft, Audience::Party(officer()));
    let body = Fact::Doc { id, kind, subject: None, audience, writers, origin: None }.to_bytes();
    (id, Item::fact(Fact::hash(&body).into(), body))
}
