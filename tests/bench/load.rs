//! How long the largest document takes to open.

use std::{
    collections::BTreeMap,
    process::Command,
    time::{Duration, Instant},
};

use mufakat::docs::Doc;

use crate::{
    large::{EACH, KIND, document},
    table::Figure,
};

/// Names the module that `cargo xtask bench` built from `tests/bench/wasm`.
const MODULE: &str = "MUFAKAT_BENCH_WASM";

/// A document of so many records with eighteen changes each, from its saved bytes; what the page reads of it is made too,
/// as at the peers.
pub fn largest(records: u32) -> Vec<Figure> {
    let doc = document(records, 1);
    let bytes = doc.save();
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let began = Instant::now();
            let loaded = Doc::load(KIND, [bytes.as_slice()]).expect("loads");
            loaded.snapshot(&|_| None).expect("reads");
            let took = began.elapsed();
            assert_eq!(loaded.heads(), doc.heads());
            took
        })
        .collect();
    times.sort();
    #[expect(clippy::cast_precision_loss, reason = "bytes of a document")]
    let size = bytes.len() as f64;
    let what = format!("a document of {records} records and {} changes", records * EACH);
    let peers = "automerge in wasm, Yjs in JavaScript, both in Node";
    let figure = |how: &str, took: f64| {
        Figure::new("load_us", format!("{what}: load, {how}"), "µs", took).note(format!("ours {how}; {peers}"))
    };
    let mut figures =
        vec![figure("native", times[3].as_secs_f64() * 1e6), Figure::new("bytes", format!("{what}: saved"), "B", size)];
    if let Some(module) = std::env::var_os(MODULE) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/wasm/load.mjs");
        let output = Command::new("node").arg(script).arg(module).arg(records.to_string()).output().expect("node");
        let text = String::from_utf8_lossy(&output.stdout);
        let answer: BTreeMap<String, f64> = serde_json::from_str(text.trim())
            .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
        figures.push(figure("in wasm, in Node", answer["load_us"]));
    }
    figures
}
