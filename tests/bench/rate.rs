//! How many changes a second the hub commits, each flushed to the disk before it is acknowledged.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use mufakat::{
    docs::Doc,
    domain::DocKind,
    sync::frame::{Frame, Item},
};

use crate::{
    device::Device,
    line,
    place::{Hub, draft},
};

/// Devices that write at the same time, each in a document of its own.
const DEVICES: u32 = 32;
/// For so long.
const TIME: Duration = Duration::from_secs(3);
/// Changes made ready for each.
const CHANGES: u32 = 2_000;

pub async fn durable_changes() {
    let hub = Hub::start("rate").await;
    let core = hub.running.core();
    let mut writers = Vec::new();
    for n in 0..DEVICES {
        let mut device = Device::join(&hub).await;
        let (id, fact) = draft(n);
        let ack = core.push(device.who, 0, vec![fact]).await.expect("an answer");
        assert!(matches!(ack, Frame::Ack { taken: 1, .. }), "{ack:?}");
        let mut doc = Doc::new(DocKind::Draft);
        let mut changes: Vec<Item> = (0..CHANGES).map(|n| device.edit(id, &mut doc, &format!("Title {n}"))).collect();
        changes.iter_mut().for_each(|change| device.sign(std::slice::from_mut(change)));
        writers.push((device.who, changes));
    }
    let counted = |what: &std::sync::atomic::AtomicU64| what.load(Relaxed);
    let metrics = core.metrics();
    let (entries, commits, micros) =
        (counted(&metrics.entries), counted(&metrics.commits), counted(&metrics.commit_micros));
    let began = Instant::now();
    let tasks: Vec<_> = writers
        .into_iter()
        .map(|(who, changes)| {
            let core = Arc::clone(core);
            tokio::spawn(async move {
                for (req, change) in (1..).zip(changes) {
                    if began.elapsed() > TIME {
                        break;
                    }
                    let ack = core.push(who, req, vec![change]).await.expect("an answer");
                    assert!(matches!(ack, Frame::Ack { taken: 1, .. }), "{ack:?}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a writer ends");
    }
    let took = began.elapsed();
    let taken = counted(&metrics.entries) - entries;
    let flushes = (counted(&metrics.commits) - commits).max(1);
    let flush = (counted(&metrics.commit_micros) - micros) / flushes;
    let rate = u128::from(taken) * 1_000 / took.as_millis().max(1);
    let ours = format!("{rate} changes/s, {DEVICES} devices");
    let beside = format!("{flush} µs a commit with its flush, {} changes in each", taken / flushes);
    line("accepted changes, durable", &ours, "none", &beside);
    hub.stop().await;
}
