//! The data of a hub whose plan is as large as one gets: so many projects with three years of edits, made by a focal point's
//! engine. A browser is measured on it.

use std::path::Path;

use mufakat::{
    domain::{PersonId, Role},
    hub::{
        accounts::{Join, Wish},
        secret::{Secret, random},
    },
};
use p256::ecdsa::SigningKey;

use crate::{
    disk::some,
    place::{Folder, Hub},
    writer::Writer,
};

/// Edits of each project: one in two months, for three years.
const EACH: u32 = 18;
/// So many laptops of somebody who has read none of it can be measured.
const LAPTOPS: u32 = 40;

/// Fills a folder, and answers the address of the plan. `laptops` in it has the secrets of join links for laptops of somebody of
/// Viet Nam who joined before the first edit, a line each.
pub async fn fill(folder: &Path, projects: u32) -> String {
    let hub = Hub::at(Folder::kept(folder)).await;
    let mut writer = Writer::join(&hub).await;
    let mut made = Vec::new();
    for n in 0..projects {
        made.push(writer.project(&format!("Exam reform, part {n}")).await);
    }
    let reader = joined(&hub).await;
    some(&mut writer, &made, projects * EACH, true).await;
    let plan = writer.plan();
    drop(writer);
    let mut laptops = String::new();
    for _ in 0..LAPTOPS {
        laptops.push_str(&invited(&hub, Some(reader)).await.text());
        laptops.push('\n');
    }
    std::fs::write(folder.join("laptops"), laptops).expect("written");
    hub.stop().await;
    format!("/plans/{plan}")
}

async fn invited(hub: &Hub, person: Option<PersonId>) -> Secret {
    let party = "VN".parse().expect("a code");
    let wish = Wish { party, role: Role::FocalPoint, person, days: 1 };
    hub.running.core().invite(None, wish).await.expect("an invitation")
}

/// Somebody joins with a laptop that is not used.
async fn joined(hub: &Hub) -> PersonId {
    let secret = invited(hub, None).await;
    let key = SigningKey::from_slice(&random::<32>().expect("random bytes")).expect("a key");
    let key = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    let joined = hub.running.core().join(Join { secret, key, label: "unused".to_owned() }).await.expect("joins");
    joined.person.parse().expect("an id")
}
