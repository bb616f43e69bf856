//! What a meeting of a device and the hub costs on the wire.

use mufakat::{docs::Doc, domain::DocKind};

use crate::{
    device::{Device, Traffic},
    place::{Hub, draft},
    table::Figure,
};

/// What automerge-repo says has no round trips: it speaks for each document whenever it likes.
#[expect(clippy::cast_precision_loss, reason = "bytes of a meeting")]
fn told(what: &str, traffic: &Traffic, budget: f64) -> Vec<Figure> {
    let Traffic { trips, messages, up, down, .. } = traffic;
    vec![
        Figure::new("bytes", what, "B", traffic.bytes() as f64).budget(budget).note(format!("{up} up, {down} down")),
        Figure::new("messages", format!("{what}: messages"), "", *messages as f64),
        Figure::new("trips", format!("{what}: round trips, greeting among them"), "", *trips as f64),
    ]
}

/// Edits of one document, made offline, reach the hub.
pub async fn offline_edits(edits: u32) -> Vec<Figure> {
    let hub = Hub::start("offline").await;
    let mut device = Device::join(&hub).await;
    let (id, fact) = draft(1);
    device.offer([fact]);
    device.meet(&hub).await;
    let mut doc = Doc::new(DocKind::Draft);
    let edits: Vec<_> = (0..edits).map(|n| device.edit(id, &mut doc, &format!("Exam reform, part {n}"))).collect();
    let what = format!("{} offline edits to one document", edits.len());
    device.offer(edits);
    let traffic = device.meet(&hub).await;
    hub.stop().await;
    told(&what, &traffic, 6_500.0)
}

/// Two devices have edits of one document each; what the second to come says and hears.
pub async fn both_sides(edits: u32) -> Vec<Figure> {
    let hub = Hub::start("both").await;
    let mut one = Device::join(&hub).await;
    let mut two = Device::join(&hub).await;
    let (id, fact) = draft(1);
    one.offer([fact]);
    one.meet(&hub).await;
    two.meet(&hub).await;
    for device in [&mut one, &mut two] {
        let mut doc = Doc::new(DocKind::Draft);
        let made: Vec<_> = (0..edits).map(|n| device.edit(id, &mut doc, &format!("Exam reform, part {n}"))).collect();
        device.offer(made);
    }
    one.meet(&hub).await;
    let traffic = two.meet(&hub).await;
    assert_eq!(traffic.received, u64::from(edits));
    hub.stop().await;
    told(&format!("{edits} edits on both sides"), &traffic, 7_000.0)
}

/// A device that has many documents comes back and nothing is new.
pub async fn nothing_new(docs: u32) -> Vec<Figure> {
    let hub = Hub::start("nothing").await;
    let mut device = Device::join(&hub).await;
    device.offer((0..docs).map(|n| draft(n).1));
    device.meet(&hub).await;
    device.meet(&hub).await;
    let traffic = device.meet(&hub).await;
    assert_eq!(traffic.received, 0);
    hub.stop().await;
    told(&format!("reconnect, {docs} documents, nothing new"), &traffic, 200.0)
}
