//! A real hub on a real database in a folder that goes away.

use std::path::PathBuf;

use mufakat::{
    domain::{Audience, DocId, DocKind, Fact, PartyCode, Role, Writer},
    hub::{
        accounts::{Join, Wish},
        cli::{Place, Serve},
        core::Who,
        secret::{Secret, random},
        serve::Running,
    },
    sync::frame::Item,
};

/// A running hub.
pub struct Hub {
    pub running: Running,
    folder: PathBuf,
}

impl Hub {
    pub async fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("mufakat-bench-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let options = Serve {
            listen: "127.0.0.1:0".parse().expect("an address"),
            place: Place { data: folder.clone(), database_url: None },
            sample: true,
            app: None,
            url: None,
        };
        Self { running: Running::start(options).await.expect("the hub starts"), folder }
    }

    /// Cambodia's next officer, at a new device.
    pub async fn officer(&self) -> Who {
        let core = self.running.core();
        let wish = Wish { party: code(), role: Role::FocalPoint, person: None, days: 1 };
        let secret = core.invite(None, wish).await.expect("an invitation");
        let mut key = vec![4; 65];
        key[1..33].copy_from_slice(&random::<32>().expect("random bytes"));
        let joined = core.join(Join { secret, key, label: "bench".to_owned() }).await.expect("joins");
        let token = Secret::parse(&joined.token).expect("a token");
        core.who(&token).expect("a device")
    }

    pub async fn stop(self) {
        self.running.stop().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn code() -> PartyCode {
    "KH".parse().expect("a code")
}

/// A draft of Cambodia's.
pub fn draft(n: u32) -> (DocId, Item) {
    let mut random = [0; 10];
    random[..4].copy_from_slice(&n.to_be_bytes());
    let id = DocId::fresh(1_772_366_400_000, random);
    let writers = vec![Writer::Party(code())];
    let (kind, audience) = (DocKind::Draft, Audience::Party(code()));
    let body = Fact::Doc { id, kind, subject: None, audience, writers, origin: None }.to_bytes();
    (id, Item::Fact { hash: Fact::hash(&body).into(), body: body.into() })
}
