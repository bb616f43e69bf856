//! `test` and `check`: every step in order, a summary, and a last line that counts.
//!
//! A failing step does not stop the ones that do not need it: a run tells all it can.

use std::process::Command;
use std::time::Instant;

use crate::app::{self, Quality};
use crate::counts::{self, Counts};
use crate::{browser, licences, list, place, say, sizes, tools};

/// One part of the suite.
struct Step {
    name: &'static str,
    why: &'static str,
    run: fn() -> Result<Counts, String>,
}

const STEPS: &[Step] = &[
    Step { name: "format", why: "the code is laid out by rustfmt", run: format },
    Step { name: "lints", why: "clippy, for the hub, the interface and the engine", run: lints },
    Step { name: "dependencies", why: "licences and advisories", run: dependencies },
    Step { name: "native", why: "tests of every room that runs on this machine", run: native },
    Step { name: "node", why: "tests of the scripts around the wasm", run: node },
    Step { name: "app", why: "the release build of the application", run: application },
    Step { name: "sizes", why: "what it weighs on the wire", run: weigh },
    Step { name: "browser", why: "people at work, in Chromium, against the real hub", run: in_browser },
];

const FAST: &[&str] = &["format", "lints", "native"];

/// Runs all steps, or those named.
pub fn test(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != *name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("there is no step `{unknown}`; the steps are {}", known.join(", ")));
    }
    suite(|step| names.is_empty() || names.iter().any(|name| name == step.name))
}

/// Runs what takes seconds when nothing changed.
pub fn check() -> Result<(), String> {
    suite(|step| FAST.contains(&step.name))
}

fn suite(wanted: impl Fn(&Step) -> bool) -> Result<(), String> {
    let mut sum = Counts::default();
    let mut summary = Vec::new();
    for step in STEPS.iter().filter(|step| wanted(step)) {
        say::step(&format!("{}: {}", step.name, step.why));
        let started = Instant::now();
        let counts = (step.run)().unwrap_or_else(|message| {
            say::error(&message);
            Counts::BROKEN
        });
        sum += counts;
        summary.push((step.name, counts, started.elapsed()));
    }
    say::step("Summary");
    for (name, counts, took) in summary {
        let verdict = if counts.failed == 0 { "ok" } else { "FAILED" };
        let more = |number: u64, word: &str| if number == 0 { String::new() } else { format!(", {number} {word}") };
        let (skipped, again) = (more(counts.skipped, "skipped"), more(counts.again, "of them only when told again"));
        let numbers = format!("{} passed, {} failed{skipped}{again}", counts.passed, counts.failed);
        say::note(&format!("{name:<13} {verdict:<7} {numbers:<36} {}", say::seconds(took)));
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { Ok(()) } else { Err("not everything passed".to_owned()) }
}

/// A step that holds or does not, and counts no tests.
fn gate(what: &str, command: &mut Command) -> Result<Counts, String> {
    say::must(what, command).map(|_| Counts::default())
}

fn format() -> Result<Counts, String> {
    gate("rustfmt", say::cargo().args(["fmt", "--all", "--check"]))
}

fn lints() -> Result<Counts, String> {
    tools::wasm_target()?;
    const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    let clippy = |what: &str, args: &[&str]| {
        let mut cargo = say::cargo();
        cargo.args(["clippy", "--locked"]).args(args).args(["--", "-D", "warnings"]);
        gate(what, &mut cargo)
    };
    let mut sum = Counts::default();
    // All three are run: the lines of one say nothing about the others.
    for counts in [
        clippy("clippy, native", &["--workspace", "--all-targets", "--features", "mufakat/hub,mufakat/engine"]),
        clippy(
            "clippy, interface",
            &[
                &["--package", "mufakat", "--lib", "--bin", "ui", "--no-default-features", "--features", "ui"],
                &WASM[..],
            ]
            .concat(),
        ),
        clippy(
            "clippy, engine",
            &[
                &["--package", "mufakat", "--lib", "--bin", "engine", "--no-default-features", "--features", "engine"],
                &WASM[..],
            ]
            .concat(),
        ),
    ] {
        sum += counts.unwrap_or_else(|message| {
            say::error(&message);
            Counts::BROKEN
        });
    }
    Ok(sum)
}

fn dependencies() -> Result<Counts, String> {
    licences::check()?;
    licences::advisories()?;
    Ok(Counts::default())
}

fn native() -> Result<Counts, String> {
    let mut sum = Counts::default();
    for (what, args) in [
        ("tests of this tool", &["--package", "xtask"][..]),
        ("native tests", &["--package", "mufakat", "--features", "engine"]),
    ] {
        let mut cargo = say::cargo();
        cargo.args(["test", "--locked", "--no-fail-fast"]).args(args);
        let outcome = say::run(what, &mut cargo)?;
        let counts = counts::of_cargo(&outcome.log).or_broken(outcome.status.success());
        if counts.failed > 0 {
            show_failures(&outcome.log);
            say::error(&say::failure(what, &cargo, &outcome));
        } else {
            say::note(&format!("{what}: {} passed, {}", counts.passed, say::seconds(outcome.took)));
        }
        sum += counts;
    }
    Ok(sum)
}

/// The lines that name failed tests, wherever in the log they stand.
fn show_failures(log: &str) {
    for line in log.lines().filter(|line| line.starts_with("test ") && line.ends_with("FAILED")) {
        say::note(line);
    }
}

fn node() -> Result<Counts, String> {
    tools::node()?;
    let mut node = say::command("node");
    node.args(["--test", "--test-reporter=tap"]);
    // By name: what a folder means here differs between versions of Node.
    let folder = place::root().join("tests").join("node");
    node.args(
        list::files(&folder)?
            .iter()
            .filter(|file| list::slashed(file).ends_with(".test.mjs"))
            .map(|file| folder.join(file)),
    );
    let outcome = say::run("node tests", &mut node)?;
    let counts = counts::of_node(&outcome.log).or_broken(outcome.status.success());
    if counts.failed > 0 {
        say::error(&say::failure("node tests", &node, &outcome));
    } else {
        say::note(&format!("node tests: {} passed", counts.passed));
    }
    Ok(counts)
}

fn application() -> Result<Counts, String> {
    app::build(Quality::Release).map(|_| Counts::default())
}

fn weigh() -> Result<Counts, String> {
    if !app::is_fresh(Quality::Release)? {
        return Err("there is no release build of the present sources: cargo xtask test app".to_owned());
    }
    // A release that is too heavy is refused by `cargo xtask build`; the tests say so and go on.
    if let Err(over) = sizes::check(&Quality::Release.folder()) {
        say::note(&format!("too heavy to be released:\n{over}"));
    }
    Ok(Counts::default())
}

fn in_browser() -> Result<Counts, String> {
    if !app::is_fresh(Quality::Release)? {
        return Err("there is no release build of the present sources: cargo xtask test app".to_owned());
    }
    browser::test(&Quality::Release.folder())
}
