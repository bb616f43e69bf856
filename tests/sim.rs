//! The fault simulator: three to five delegations work on the same record while the network, the disks, the machines and
//! the hub do what they do in the world. A seed is a story; the same seed tells the same story, so a story that ended
//! badly can be told again:
//!
//! ```text
//! MUFAKAT_SEED=17 cargo test --features engine --test sim -- --nocapture
//! ```
//!
//! `MUFAKAT_STORIES` sets how many are told (1,000), `MUFAKAT_FIRST` the first seed (1), `MUFAKAT_WEATHER=foul` lets
//! everything go wrong that can. `MUFAKAT_TRACE=1` tells every step.

#[path = "sim/cast.rs"]
mod cast;
#[path = "sim/chance.rs"]
mod chance;
#[path = "sim/copies.rs"]
mod copies;
#[path = "sim/counter.rs"]
mod counter;
#[path = "sim/desk.rs"]
mod desk;
#[path = "sim/disk.rs"]
mod disk;
#[path = "sim/displaced.rs"]
mod displaced;
#[path = "sim/hands.rs"]
mod hands;
#[path = "sim/hostile.rs"]
mod hostile;
#[path = "sim/laptop.rs"]
mod laptop;
#[path = "sim/leave.rs"]
mod leave;
#[path = "sim/page.rs"]
mod page;
#[path = "sim/past.rs"]
mod past;
#[path = "sim/promises.rs"]
mod promises;
#[path = "sim/shell.rs"]
mod shell;
#[path = "sim/story.rs"]
mod story;
#[path = "sim/trace.rs"]
mod trace;
#[path = "sim/truth.rs"]
mod truth;
#[path = "sim/upgrade.rs"]
mod upgrade;
#[path = "sim/weather.rs"]
mod weather;
#[path = "sim/wire.rs"]
mod wire;
#[path = "sim/world.rs"]
mod world;

use std::{
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use story::{Tally, tell};
use weather::Weather;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn weather() -> Weather {
    match std::env::var("MUFAKAT_WEATHER").is_ok_and(|weather| weather == "foul") {
        true => Weather::Foul,
        false => Weather::Fair,
    }
}

#[test]
fn a_thousand_stories_end_with_everyone_having_everything() {
    if let Some(seed) = number("MUFAKAT_SEED") {
        println!("{}", tell(seed, weather()));
        return;
    }
    let first = number("MUFAKAT_FIRST").unwrap_or(1);
    let count = number("MUFAKAT_STORIES").unwrap_or(1_000);
    all_end_well(first, count, weather());
}

/// More of them are told by `cargo xtask sim`.
#[test]
fn so_do_a_hundred_stories_in_foul_weather() {
    all_end_well(1, 100, Weather::Foul);
}

fn all_end_well(first: u64, count: u64, weather: Weather) {
    let progress = number("MUFAKAT_PROGRESS").is_some();
    let next = AtomicU64::new(first);
    let total = Mutex::new(Tally::default());
    let bad = Mutex::new(Vec::new());
    let began = Instant::now();
    let tellers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..tellers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        return;
                    }
                    if progress && seed > first && (seed - first).is_multiple_of(100) {
                        let took = began.elapsed().as_secs();
                        eprintln!("{} of {count} stories, {took} s", seed - first);
                    }
                    match catch_unwind(AssertUnwindSafe(|| tell(seed, weather))) {
                        Ok(tally) => total.lock().expect("no teller panics while adding").add(&tally),
                        Err(_) => {
                            eprintln!("story {seed} ended badly");
                            bad.lock().expect("no teller panics while noting").push(seed);
                        }
                    }
                }
            });
        }
    });
    let total = total.into_inner().expect("all tellers are done");
    // Past the test runner's capture: what was simulated is worth a line in every run.
    let told = format!("{total}; {:.1} s\n", began.elapsed().as_secs_f64());
    std::io::stderr().write_all(told.as_bytes()).expect("somebody listens");
    let bad = bad.into_inner().expect("all tellers are done");
    for seed in &bad {
        eprintln!(
            "a story ended badly; tell it again: MUFAKAT_WEATHER={} MUFAKAT_SEED={seed} cargo test --features engine \
             --test sim -- --nocapture",
            if weather == Weather::Foul { "foul" } else { "fair" }
        );
    }
    assert!(bad.is_empty(), "{} of {count} stories ended badly: {bad:?}", bad.len());
    total.is_worth_telling(weather);
}

#[test]
fn a_seed_tells_the_same_story_twice() {
    for (seed, weather) in [(1, Weather::Fair), (2, Weather::Fair), (2, Weather::Foul), (3, Weather::Foul)] {
        assert_eq!(tell(seed, weather), tell(seed, weather));
    }
}
