//! `run` and `build`: the hub with the application, on this machine or to be carried to another.

use std::process::Command;

use crate::app::{self, Quality};
use crate::{browser, place, say, sizes};

/// Builds what changed and serves the sample workspace until Ctrl-C.
pub fn run(args: &[String]) -> Result<(), String> {
    say::step("Building Mufakat (the first time takes some minutes)");
    let hub = browser::hub()?;
    // A release build that is there already is the better one to show.
    let quality = if app::is_fresh(Quality::Release)? { Quality::Release } else { Quality::Quick };
    let app = app::build(quality)?;
    say::step("Serving the sample workspace; stop it with Ctrl-C");
    let mut command = say::command(hub);
    command.args(["serve", "--sample"]);
    if !args.iter().any(|arg| arg == "--data") {
        command.arg("--data").arg(place::target().join("run").join("data"));
    }
    command.arg("--app").arg(app).args(args.iter().filter(|arg| *arg != "--"));
    become_(&mut command)
}

/// The release: one binary with the application inside, and the sizes of what it sends.
pub fn build() -> Result<(), String> {
    say::step("Application");
    let app = app::build(Quality::Release)?;
    say::step("Sizes");
    let sizes = sizes::check(&app);
    say::step("Hub");
    let mut cargo = say::cargo();
    cargo.args(["build", "--locked", "--release", "--package", "mufakat", "--bin", "mufakat", "--features", "embed"]);
    say::must("hub with the application inside", &mut cargo)?;
    say::note(&format!("{}", place::target().join("release").join(place::exe("mufakat")).display()));
    sizes
}

/// Replaces this process, so that signals, output and exit code are the hub's own.
#[cfg(unix)]
fn become_(command: &mut Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(format!("cannot start `{}`: {error}", say::line(command)))
}

#[cfg(not(unix))]
fn become_(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("cannot start `{}`: {e}", say::line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("the hub ended with {status}")) }
}
