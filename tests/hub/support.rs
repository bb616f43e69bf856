//! A real hub on a free port, and devices that talk to it as an engine would.

use std::path::PathBuf;

use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{Audience, DocId, DocKind, Edit, EntityId, Fact, PartyCode, Role, WorkspaceId, Writer, edit::At},
    hub::{
        accounts::Wish,
        cli::{Place, Serve},
        serve::Running,
    },
    sync::{
        codec,
        frame::{Entry, Except, Frame, Id, Item, PROTO, Stamp},
        join::{JoinRequest, Joined, Problem},
        proof::change_text,
    },
};
use p256::ecdsa::{Signature, signature::Signer};

pub use crate::keys::{base64url, key};
use crate::{keys::KEYS, socket::Socket};

pub const SECRETARIAT: Role = Role::Secretariat;
pub const FOCAL: Role = Role::FocalPoint;
pub const JSON: &str = "application/json";
pub const BYTES: &str = "application/octet-stream";

pub fn refused(why: &str) -> Except {
    Except::Refused { why: why.to_owned() }
}

/// A folder that goes away with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mufakat-test-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn options(folder: &Folder) -> Serve {
    Serve {
        listen: "127.0.0.1:0".parse().expect("an address"),
        place: Place { data: folder.0.clone(), database_url: None },
        sample: true,
        app: None,
        max_blob: mufakat::domain::paper::MOST,
        url: None,
    }
}

pub struct Hub {
    pub running: Running,
    pub base: String,
    pub http: reqwest::Client,
}

impl Hub {
    pub async fn start(folder: &Folder) -> Self {
        Self::with(options(folder)).await
    }

    pub async fn with(options: Serve) -> Self {
        let running = Running::start(options).await.expect("the hub starts");
        let base = format!("http://{}", running.address);
        Self { running, base, http: reqwest::Client::new() }
    }

    /// A secret for a party's officer, from the operator.
    pub async fn invitation(&self, party: &str, role: Role) -> String {
        let wish = Wish { party: code(party), role, person: None, days: 1 };
        self.running.core().invite(None, wish).await.expect("an invitation").text()
    }

    pub async fn device(&self, party: &str, role: Role) -> Device {
        let secret = self.invitation(party, role).await;
        let joined = self.join(&secret, &key()).await.expect("joins");
        self.as_device(joined)
    }

    pub fn as_device(&self, joined: Joined) -> Device {
        Device { base: self.base.clone(), http: self.http.clone(), joined, changes: 0 }
    }

    pub async fn join(&self, secret: &str, key: &str) -> Result<Joined, (u16, String)> {
        join(&self.http, &self.base, secret, key).await
    }

    pub async fn post(&self, path: &str, token: Option<&str>, kind: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
        post(&self.http, &format!("{}{path}", self.base), token, kind, body).await
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(format!("{}{path}", self.base)).send().await.expect("an answer")
    }

    pub fn head(&self) -> u64 {
        self.running.core().head()
    }

    pub fn refused(&self, code: &str) -> u64 {
        self.running.core().metrics().refused(code)
    }
}

pub async fn join(http: &reqwest::Client, base: &str, secret: &str, key: &str) -> Result<Joined, (u16, String)> {
    let request =
        JoinRequest { secret: secret.to_owned(), public_key: key.to_owned(), label: "Test laptop".to_owned() };
    let body = serde_json::to_string(&request).expect("JSON");
    let answer = post(http, &format!("{base}/v1/join"), None, "application/json", body.into_bytes()).await;
    match answer.0 {
        200 => {
            let joined: Joined = serde_json::from_slice(&answer.1).expect("a joined");
            let mut keys = KEYS.lock().expect("nobody panics while it is held");
            let pair = keys.get(key).expect("a key made here").clone();
            keys.insert(joined.device.clone(), pair);
            Ok(joined)
        }
        status => Err((status, problem(&answer.1))),
    }
}

async fn post(http: &reqwest::Client, url: &str, token: Option<&str>, kind: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
    try_post(http, url, token, kind, body).await.expect("an answer")
}

async fn try_post(
    http: &reqwest::Client,
    url: &str,
    token: Option<&str>,
    kind: &str,
    body: Vec<u8>,
) -> reqwest::Result<(u16, Vec<u8>)> {
    let mut request = http.post(url).header("content-type", kind).body(body);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let answer = request.send().await?;
    Ok((answer.status().as_u16(), answer.bytes().await?.to_vec()))
}

pub fn problem(body: &[u8]) -> String {
    serde_json::from_slice::<Problem>(body).map_or_else(|_| String::from_utf8_lossy(body).into_owned(), |p| p.code)
}

pub fn code(text: &str) -> PartyCode {
    text.parse().expect("a code")
}

/// A joined device.
#[derive(Clone)]
pub struct Device {
    base: String,
    http: reqwest::Client,
    pub joined: Joined,
    changes: u32,
}

impl Device {
    /// A device of a hub in another process.
    pub fn at(http: reqwest::Client, base: &str, joined: Joined) -> Self {
        Self { base: base.to_owned(), http, joined, changes: 0 }
    }

    /// Pushes to a hub that may be gone: none when no acknowledgement came.
    pub async fn try_push(&self, items: Vec<Item>) -> Option<(u64, u32, Vec<(u32, Except)>)> {
        let items = items.into_iter().map(|item| self.signed(item)).collect();
        let body = codec::encode_body(&[self.start(), Frame::Push { req: 9, items }]);
        let url = format!("{}/v1/sync", self.base);
        let answer = try_post(&self.http, &url, Some(&self.joined.token), BYTES, body).await;
        let (200, body) = answer.ok()? else { return None };
        // An answer that broke off may still have the acknowledgement whole: it counts.
        codec::decode_body(&body, usize::MAX >> 1).ok()?.into_iter().find_map(|frame| match frame {
            Frame::Ack { req: 9, first, taken, except, .. } => Some((first, taken, except)),
            _ => None,
        })
    }

    pub fn id(&self) -> mufakat::domain::DeviceId {
        self.joined.device.parse().expect("an id")
    }

    pub fn frame_id(&self) -> Id {
        self.id().to_bytes().into()
    }

    pub fn hello(&self, cursor: u64, stamp: Stamp) -> Frame {
        Frame::Hello {
            proto: PROTO,
            token: Some(self.joined.token.as_bytes().to_vec().into()),
            workspace: None,
            device: self.frame_id(),
            cursor,
            stamp,
            missing: vec![],
            as_of: 0,
            seen: 0,
            places: vec![],
            apart: 0,
        }
    }

    pub fn start(&self) -> Frame {
        self.hello(0, [0; 8].into())
    }

    pub async fn request(&self, path: &str, frames: &[Frame]) -> Result<Vec<Frame>, (u16, String)> {
        let body = codec::encode_body(frames);
        let url = format!("{}{path}", self.base);
        let (status, body) = post(&self.http, &url, Some(&self.joined.token), "application/octet-stream", body).await;
        match status {
            200 => Ok(codec::decode_body(&body, usize::MAX >> 1).expect("frames")),
            status => Err((status, problem(&body))),
        }
    }

    /// Signs a text with the device's key.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        let keys = KEYS.lock().expect("nobody panics while it is held");
        let signature: Signature = keys[&self.joined.device].sign(text);
        signature.to_bytes().into()
    }

    /// The text that a device signs for a change; none for a fact.
    pub fn text_of(&self, item: &Item) -> Option<Vec<u8>> {
        let workspace: WorkspaceId = self.joined.workspace.parse().expect("an id");
        match item {
            Item::Change { doc, hash, .. } => Some(change_text(&workspace.to_bytes().into(), doc, hash)),
            Item::Fact { .. } => None,
        }
    }

    /// An item with the device's signature.
    pub fn signed(&self, mut item: Item) -> Item {
        let made = self.text_of(&item).map(|text| self.sign(&text).into());
        if let Item::Change { signature, .. } = &mut item {
            *signature = made;
        }
        item
    }

    /// Signs and pushes over HTTP; the acknowledgement.
    pub async fn push(&self, items: Vec<Item>) -> (u64, u32, Vec<(u32, Except)>) {
        self.push_as_it_is(items.into_iter().map(|item| self.signed(item)).collect()).await
    }

    /// Pushes over HTTP; the acknowledgement.
    pub async fn push_as_it_is(&self, items: Vec<Item>) -> (u64, u32, Vec<(u32, Except)>) {
        let frames = self.request("/v1/sync", &[self.start(), Frame::Push { req: 7, items }]).await.expect("frames");
        let ack = frames.into_iter().find_map(|frame| match frame {
            Frame::Ack { req: 7, first, taken, except, .. } => Some((first, taken, except)),
            _ => None,
        });
        ack.expect("an acknowledgement")
    }

    /// Everything the hub tells this device from the beginning.
    pub async fn log(&self) -> Vec<Entry> {
        let (mut cursor, mut stamp) = (0, [0; 8].into());
        let mut all = Vec::new();
        loop {
            let frames = self.request("/v1/sync", &[self.hello(cursor, stamp)]).await.expect("frames");
            let before = cursor;
            for frame in frames {
                if let Frame::Log { from, to, stamp: at, entries, .. } = frame {
                    assert_eq!(from, cursor, "no gap");
                    (cursor, stamp) = (to, at);
                    all.extend(entries);
                }
            }
            if cursor == before {
                return all;
            }
        }
    }

    pub async fn facts(&self) -> Vec<Fact> {
        let entries = self.log().await;
        let fact = |entry: Entry| match entry.item {
            Item::Fact { body, .. } => Some(Fact::from_bytes(&body).expect("a fact")),
            Item::Change { .. } => None,
        };
        entries.into_iter().filter_map(fact).collect()
    }

    pub async fn live(&self) -> Socket {
        let mut socket = Socket::open(&self.base).await;
        socket.send(&self.start()).await;
        socket
    }

    /// A hello of a device that has heard everything, also how far the parties are.
    pub async fn at_head(&self) -> Frame {
        let mut hello = self.start();
        loop {
            let frames = self.request("/v1/sync", &[hello.clone()]).await.expect("frames");
            let mut news = false;
            for frame in frames {
                let Frame::Hello { cursor, stamp, seen, as_of, .. } = &mut hello else { continue };
                match frame {
                    Frame::Log { to, stamp: at, as_of: of, .. } => {
                        (*cursor, *stamp, *as_of, news) = (to, at, of, true);
                    }
                    Frame::Seen { revision, .. } => (*seen, news) = (revision, true),
                    _ => {}
                }
            }
            if !news {
                return hello;
            }
        }
    }

    /// A fact as an item.
    pub fn fact(fact: &Fact) -> Item {
        let body = fact.to_bytes();
        Item::fact(Fact::hash(&body).into(), body)
    }

    /// An edit of a document as an item; the document takes it in.
    pub fn edit(&mut self, id: DocId, doc: &mut Doc, edit: &Edit) -> Item {
        self.edit_as(1, id, doc, edit)
    }

    /// The same in another incarnation of the device.
    pub fn edit_as(&mut self, incarnation: u32, id: DocId, doc: &mut Doc, edit: &Edit) -> Item {
        self.changes += 1;
        let author = Author { actor: Actor::new(self.id(), incarnation), millis: u64::from(self.changes) };
        let made = doc.edit(edit, &author).expect("an edit");
        Item::change(id.to_bytes().into(), made.hash.into(), made.bytes)
    }
}

pub fn set(field: &str, value: &str) -> Edit {
    Edit::Set { at: At::root(field), value: value.into(), seen: vec![] }
}

pub fn fresh_doc() -> DocId {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let mut random = [0; 10];
    random[..4].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    DocId::fresh(1_700_000_000_000, random)
}

pub fn entity(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

/// A draft that only its party may see.
pub fn draft(party: &str) -> (DocId, Fact) {
    let id = fresh_doc();
    let fact = Fact::Doc {
        id,
        kind: DocKind::Draft,
        subject: None,
        audience: Audience::Party(code(party)),
        writers: vec![Writer::Party(code(party))],
        origin: None,
    };
    (id, fact)
}

/// A plan for everyone in ACCSM.
pub fn plan() -> (DocId, Fact) {
    let id = fresh_doc();
    let fact = Fact::Doc {
        id,
        kind: DocKind::Plan,
        subject: None,
        audience: Audience::Accsm,
        writers: vec![Writer::Secretariat, Writer::Chair],
        origin: None,
    };
    (id, fact)
}
