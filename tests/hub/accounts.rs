//! Joining, inviting, taking a device away.

use std::{sync::Arc, time::Duration};

use mufakat::{
    domain::Fact,
    hub::{
        check::check,
        core::Core,
        store::sqlite::{Missing, Sqlite},
    },
    sync::{
        codec::DEFAULT_LIMITS,
        join::{InviteRequest, Invited, RevokeRequest},
    },
};

use crate::support::{self, Device, FOCAL, Folder, Hub, JSON, SECRETARIAT, key, problem};

#[tokio::test]
async fn a_lost_reply_burns_no_invitation_and_a_used_one_opens_nothing() {
    let folder = Folder::new("join");
    let hub = Hub::start(&folder).await;
    let (secret, key_a, key_b) = (hub.invitation("KH", FOCAL).await, key(), key());

    let first = hub.join(&secret, &key_a).await.expect("joins");
    let head = hub.head();
    let again = hub.join(&secret, &key_a).await.expect("joins again");
    assert_eq!((&first.device, &first.person), (&again.device, &again.person));
    assert_ne!(first.token, again.token, "a fresh token replaces the old one");
    assert_eq!(hub.head(), head, "the second time writes no entry");
    assert_eq!((first.party.as_str(), first.role.as_str(), first.sample), ("KH", "focal-point", true));

    let old = hub.as_device(first).request("/v1/sync", &[]).await;
    assert_eq!(old, Err((401, "unauthorised".to_owned())), "the old token opens nothing");
    assert!(!hub.as_device(again).facts().await.is_empty(), "the new one does");

    assert_eq!(hub.join(&secret, &key_b).await.err(), Some((409, "invitation-used".to_owned())));
    assert_eq!(
        hub.join(&support::base64url(&[1; 32]), &key_b).await.err(),
        Some((404, "invitation-unknown".to_owned()))
    );
    let other = hub.invitation("KH", FOCAL).await;
    assert_eq!(hub.join(&other, &key_a).await.err(), Some((409, "device-known".to_owned())));
    assert_eq!(hub.join(&other, "no key").await.err(), Some((400, "malformed".to_owned())));
    assert_eq!(hub.head(), head, "refusals write nothing");
    assert_eq!(hub.refused("invitation-used"), 1);
}

#[tokio::test]
async fn an_expired_invitation_opens_nothing() {
    let folder = Folder::new("expired");
    let hub = Hub::start(&folder).await;
    let secret = hub.invitation("VN", FOCAL).await;
    hub.running.stop().await;
    // Two days go by.
    let file = folder.0.join("mufakat.sqlite3");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.expect("opens");
    sqlx::query("UPDATE invitation SET expires = expires - 172800000").execute(&pool).await.expect("updates");
    pool.close().await;

    let hub = Hub::start(&folder).await;
    let head = hub.head();
    assert_eq!(hub.join(&secret, &key()).await.err(), Some((410, "invitation-expired".to_owned())));
    assert_eq!(hub.head(), head);
}

#[tokio::test]
async fn invitations_are_the_secretariats_and_a_focal_points_for_its_own_party() {
    let folder = Folder::new("invite");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let ask = async |by: &Device, party: &str, role: &str, person: Option<&str>| {
        let request = InviteRequest {
            party: party.to_owned(),
            role: role.to_owned(),
            days: 7,
            person: person.map(str::to_owned),
        };
        let body = serde_json::to_vec(&request).expect("JSON");
        let (status, body) = hub.post("/v1/invitations", Some(&by.joined.token), JSON, body).await;
        match status {
            201 => Ok(serde_json::from_slice::<Invited>(&body).expect("an invitation").secret),
            _ => Err((status, problem(&body))),
        }
    };
    assert!(ask(&asec, "VN", "focal-point", None).await.is_ok());
    assert_eq!(ask(&kh, "VN", "focal-point", None).await, Err((403, "forbidden".to_owned())));
    assert_eq!(ask(&kh, "ASEC", "secretariat", None).await, Err((403, "forbidden".to_owned())));
    assert_eq!(ask(&asec, "ZZ", "focal-point", None).await, Err((404, "party-unknown".to_owned())));
    assert_eq!(ask(&asec, "KH", "secretariat", None).await, Err((400, "malformed".to_owned())));

    let officer = ask(&kh, "KH", "drafter", None).await.expect("its own party");
    let officer = hub.as_device(hub.join(&officer, &key()).await.expect("joins"));
    assert_ne!(officer.joined.person, kh.joined.person);
    assert_eq!(ask(&officer, "KH", "focal-point", None).await, Err((403, "forbidden".to_owned())));

    let second = ask(&officer, "KH", "drafter", Some(&officer.joined.person)).await.expect("one's own second device");
    let second = hub.join(&second, &key()).await.expect("joins");
    assert_eq!(second.person, officer.joined.person);
    assert_ne!(second.device, officer.joined.device);
    let other = ask(&kh, "KH", "drafter", Some(&officer.joined.person)).await;
    assert_eq!(other, Err((403, "forbidden".to_owned())), "a further device is only oneself's");
}

#[tokio::test]
async fn a_revoked_device_is_refused_everywhere_and_put_out() {
    let folder = Folder::new("revoke");
    let hub = Hub::start(&folder).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let kh = hub.device("KH", FOCAL).await;
    let vn = hub.device("VN", FOCAL).await;
    let mut live = kh.live().await;
    live.caught_up(hub.head()).await;
    let revoke = async |by: &Device, device: &str| {
        let body = serde_json::to_vec(&RevokeRequest { device: device.to_owned() }).expect("JSON");
        let (status, body) = hub.post("/v1/devices/revoke", Some(&by.joined.token), JSON, body).await;
        (status, if status == 204 { String::new() } else { problem(&body) })
    };
    assert_eq!(revoke(&vn, &kh.joined.device).await, (403, "forbidden".to_owned()));
    assert_eq!(revoke(&asec, "nonsense").await, (404, "device-unknown".to_owned()));
    assert_eq!(revoke(&asec, &kh.joined.device).await, (204, String::new()));
    let head = hub.head();
    assert_eq!(revoke(&asec, &kh.joined.device).await, (204, String::new()), "again changes nothing");
    assert_eq!(hub.head(), head);

    assert_eq!(live.error().await, "revoked");
    assert_eq!(live.next().await, None);
    assert_eq!(kh.request("/v1/sync", &[kh.start()]).await, Err((403, "revoked".to_owned())));
    assert_eq!(kh.live().await.error().await, "revoked");
    assert!(asec.facts().await.contains(&Fact::Revoke { device: kh.id() }));
}

/// `mufakat devices revoke` beside a running hub: another program on the same database.
#[tokio::test]
async fn what_another_program_appends_is_noticed_and_breaks_nothing() {
    let folder = Folder::new("beside");
    let hub = Hub::start(&folder).await;
    let kh = hub.device("KH", FOCAL).await;
    let asec = hub.device("ASEC", SECRETARIAT).await;
    let head = hub.head();
    let file = folder.0.join("mufakat.sqlite3");
    let store = Arc::new(Sqlite::open(&file, Missing::Refuse).await.expect("opens"));
    let (beside, writer) = Core::open(store, DEFAULT_LIMITS).await.expect("opens");
    beside.revoke(None, kh.id()).await.expect("revokes");
    assert_eq!(beside.head(), head + 1);
    assert_eq!(hub.head(), head, "not noticed yet");

    // A push just now finds the log moved on, looks again, and stands behind what came between.
    let (first, taken, _) = asec.push(vec![Device::fact(&support::plan().1)]).await;
    assert_eq!((first, taken), (head + 2, 1));
    assert_eq!(kh.request("/v1/sync", &[kh.start()]).await, Err((403, "revoked".to_owned())));

    // And without a push it is noticed soon.
    beside.revoke(None, asec.id()).await.expect("revokes");
    let noticed = async {
        while hub.head() != head + 3 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), noticed).await.expect("noticed");
    assert_eq!(asec.request("/v1/sync", &[asec.start()]).await, Err((403, "revoked".to_owned())));
    beside.close();
    writer.await.expect("ends");
    hub.running.stop().await;
    let store = Sqlite::open(&file, Missing::Refuse).await.expect("opens");
    assert_eq!(check(&store).await.expect("reads").faults(), 0);
}
