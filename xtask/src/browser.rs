//! What needs a browser: Chromium itself, the Playwright tests and the screenshots.
//!
//! A browser that is already there is used as it is. Installing one changes the system, so it is done only by the
//! system's own package manager, only where that needs no password, and it is said.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::app::{self, Quality};
use crate::counts::{self, Counts};
use crate::{list, place, say, tools};

/// The pictures of `docs/screens` that the manifest shows to who is asked to install the application.
const SHOWN_ON_INSTALL: [&str; 4] = ["plan-wide", "plan-narrow", "meeting-agenda-wide", "meeting-agenda-narrow"];

/// Runs the browser tests against the real hub and the release build of the application.
pub fn test(app: &Path) -> Result<Counts, String> {
    let report = place::notes().join("playwright.json");
    let _ = fs::remove_file(&report);
    let mut playwright = playwright(app)?;
    playwright.args(["test", "--reporter=list,json", "--output"]).arg(place::notes().join("playwright"));
    playwright.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let outcome = say::run("browser tests", &mut playwright)?;
    let counted = list::read(&report)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .and_then(|json| counts::of_playwright(&json));
    let ended_well = outcome.status.success() && counted.is_some();
    let counts = counted.unwrap_or_default().or_broken(ended_well);
    if counts.failed > 0 {
        say::error(&say::failure("browser tests", &playwright, &outcome));
    } else {
        if counts.again > 0 {
            // What went wrong the first time stands at the end of the log, and must be seen.
            say::show_tail(&outcome.log);
        }
        say::note(&format!("browser tests: {} passed, {}", counts.passed, say::seconds(outcome.took)));
    }
    Ok(counts)
}

/// Takes pictures of every page.
pub fn screenshots() -> Result<(), String> {
    say::step("Screenshots");
    let hub = hub()?;
    let app = app::build(Quality::Release)?;
    tools::npm_packages()?;
    let screens = place::root().join("docs").join("screens");
    let mut node = say::command("node");
    node.arg("screenshots.mjs").current_dir(place::npm());
    surroundings(&mut node, &hub, &app)?;
    node.env("MUFAKAT_SCREENS", &screens);
    say::must("screenshots", &mut node)?;
    let shown = place::root().join("public").join("screens");
    for name in SHOWN_ON_INSTALL {
        let (from, to) = (screens.join(format!("{name}-light.png")), shown.join(format!("{name}.png")));
        fs::copy(&from, &to).map_err(|e| format!("cannot copy {} to {}: {e}", from.display(), to.display()))?;
    }
    say::note(&format!("written to {}", screens.display()));
    Ok(())
}

/// Measures in Chromium by a script of tests/e2e; the figures as `bench` writes them.
pub fn pace(
    hub: &Path,
    app: &Path,
    row: &str,
    script: &str,
    size: &[String],
) -> Result<Vec<serde_json::Value>, String> {
    let mut node = say::command("node");
    node.arg(script).args(size).current_dir(place::npm());
    surroundings(&mut node, hub, app)?;
    let outcome = say::must(row, &mut node)?;
    let figures = outcome.log.lines().rev().find_map(|line| serde_json::from_str(line).ok());
    figures.ok_or_else(|| format!("no figures in {}", outcome.log_file.display()))
}

/// Builds the hub that the browser tests and `run` start.
pub fn hub() -> Result<PathBuf, String> {
    let mut cargo = say::cargo();
    cargo.args(["build", "--locked", "--package", "mufakat", "--bin", "mufakat"]);
    say::must("hub", &mut cargo)?;
    Ok(place::target().join("debug").join(place::exe("mufakat")))
}

fn playwright(app: &Path) -> Result<Command, String> {
    let hub = hub()?;
    let modules = tools::npm_packages()?;
    let mut command = say::command("node");
    command.arg(modules.join("@playwright").join("test").join("cli.js")).current_dir(place::npm());
    surroundings(&mut command, &hub, app)?;
    Ok(command)
}

/// Tells the scripts in tests/e2e what to drive.
fn surroundings(command: &mut Command, hub: &Path, app: &Path) -> Result<(), String> {
    command.env("MUFAKAT_BIN", hub).env("MUFAKAT_APP", app).env("CHROMIUM", chromium()?);
    Ok(())
}

/// The browser's program: `$CHROMIUM`, one that is installed, or one installed now.
pub fn chromium() -> Result<PathBuf, String> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from) {
        return if path.is_file() { Ok(path) } else { Err(format!("CHROMIUM names no file: {}", path.display())) };
    }
    if let Some(path) = found_chromium() {
        return Ok(path);
    }
    install_chromium()?;
    found_chromium().ok_or_else(|| by_hand("the package is installed, but there is no program named chromium"))
}

fn found_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let places = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ];
    names
        .iter()
        .find_map(|name| place::in_path(name))
        .or_else(|| places.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn install_chromium() -> Result<(), String> {
    let root = tools::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let sudo = !root && tools::output(Command::new("sudo").args(["-n", "true"])).is_some();
    if place::in_path("apt-get").is_none() || !(root || sudo) {
        return Err(by_hand("Chromium is missing"));
    }
    say::note("installing Chromium with apt-get, because the browser tests drive it");
    for words in [&["apt-get", "update"][..], &["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]] {
        let (program, rest) = if sudo { ("sudo", &[&["-n"], words].concat()[..]) } else { (words[0], &words[1..]) };
        let mut command = say::command(program);
        command.args(rest).env("DEBIAN_FRONTEND", "noninteractive");
        say::must(&words[..2].join(" "), &mut command).map_err(|e| by_hand(&e))?;
    }
    Ok(())
}

fn by_hand(why: &str) -> String {
    format!(
        "{why}\ninstall Chromium or Chrome by hand, for example: sudo apt-get install chromium\n\
         or set CHROMIUM to the program's path"
    )
}
