//! What a meeting of a device and the hub costs on the wire.

use mufakat::{docs::Doc, domain::DocKind};

use crate::{
    device::{Device, Traffic},
    line,
    place::{Hub, draft},
    share,
};

fn told(traffic: &Traffic) -> String {
    let Traffic { trips, messages, up, down, .. } = traffic;
    format!("{trips} trips, {messages} messages, {up} + {down} B")
}

/// A hundred edits of one document, made offline, reach the hub.
pub async fn offline_edits() {
    let hub = Hub::start("offline").await;
    let mut device = Device::join(&hub).await;
    let (id, fact) = draft(1);
    device.offer([fact]);
    device.meet(&hub).await;
    let mut doc = Doc::new(DocKind::Draft);
    let edits: Vec<_> = (0..100).map(|n| device.edit(id, &mut doc, &format!("Exam reform, part {n}"))).collect();
    device.offer(edits);
    let traffic = device.meet(&hub).await;
    let other = "automerge sync: 4 messages, 17,878 B";
    line("100 offline edits to one document", &told(&traffic), &share(traffic.bytes(), 6_500), other);
    hub.stop().await;
}

/// Two devices have fifty edits each of one document.
pub async fn both_sides() {
    let hub = Hub::start("both").await;
    let mut one = Device::join(&hub).await;
    let mut two = Device::join(&hub).await;
    let (id, fact) = draft(1);
    one.offer([fact]);
    one.meet(&hub).await;
    two.meet(&hub).await;
    for device in [&mut one, &mut two] {
        let mut doc = Doc::new(DocKind::Draft);
        let edits: Vec<_> = (0..50).map(|n| device.edit(id, &mut doc, &format!("Exam reform, part {n}"))).collect();
        device.offer(edits);
    }
    one.meet(&hub).await;
    let traffic = two.meet(&hub).await;
    assert_eq!(traffic.received, 50);
    let other = "automerge sync: 4 messages, 17,914 B";
    line("50 edits on both sides", &told(&traffic), &share(traffic.bytes(), 7_000), other);
    hub.stop().await;
}

/// A device that has a thousand documents comes back and nothing is new.
pub async fn nothing_new() {
    let hub = Hub::start("nothing").await;
    let mut device = Device::join(&hub).await;
    device.offer((0..1_000).map(|n| draft(n).1));
    device.meet(&hub).await;
    device.meet(&hub).await;
    let traffic = device.meet(&hub).await;
    assert_eq!(traffic.received, 0);
    let other = "automerge-repo: 2,002 messages, 310 KB";
    line("reconnect, 1,000 documents, nothing new", &told(&traffic), &share(traffic.bytes(), 200), other);
    hub.stop().await;
}
