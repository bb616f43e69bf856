//! The history of a document with five years of edits: how long until it is told, and until an earlier version is read.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use mufakat::docs::Doc;

use crate::{
    large::{EACH, KIND, document},
    table::Figure,
};

/// Whoever opens a history waits no longer than this for all of it, and for each version that is compared: milliseconds.
const OPEN: f64 = 1_000.0;
const VERSION: f64 = 500.0;

fn middle(mut work: impl FnMut() -> Duration) -> f64 {
    let mut times: Vec<Duration> = (0..5).map(|_| work()).collect();
    times.sort();
    times[2].as_secs_f64() * 1e3
}

/// Of a document of so many records with eighteen changes each, by twelve devices.
pub fn told(records: u32) -> Vec<Figure> {
    let doc = document(records, 12);
    let bytes = doc.save();
    let changes = records * EACH;
    let open = middle(|| {
        let began = Instant::now();
        let loaded = Doc::load(KIND, [bytes.as_slice()]).expect("loads");
        assert_eq!(loaded.story().expect("tells").len(), changes as usize);
        began.elapsed()
    });
    let story = doc.story().expect("tells");
    let half: BTreeSet<_> = story.iter().take(story.len() / 2).map(|step| step.hash).collect();
    let version = middle(|| {
        let began = Instant::now();
        let then = doc.past(&|hash| half.contains(hash), &|_| None).expect("reads").expect("something");
        assert_eq!(then.collection("activities").len(), records as usize);
        began.elapsed()
    });
    let last = story.last().expect("some").hash;
    let one = middle(|| {
        let began = Instant::now();
        assert_eq!(doc.steps(&[last]).expect("tells").len(), 1);
        began.elapsed()
    });
    let what = format!("the history of {changes} changes by 12 devices");
    vec![
        Figure::new("open", format!("{what}: loaded and told"), "ms", open).budget(OPEN).note("native".to_owned()),
        Figure::new("version", format!("{what}: a version, as each of two that are compared"), "ms", version)
            .budget(VERSION)
            .note("native".to_owned()),
        Figure::new("step", format!("{what}: one change by itself"), "ms", one).note("native".to_owned()),
    ]
}
