//! Running other programs in the open: what is done and why, progress while it lasts, the whole log when it fails.
//!
//! A step that ends well leaves one line. No step may be silent for longer than a few seconds on a terminal, or half
//! a minute in a file.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::place;

const POLL: Duration = Duration::from_millis(50);
const TERMINAL_EVERY: Duration = Duration::from_millis(500);
const FILE_EVERY: Duration = Duration::from_secs(20);
const TAIL_LINES: usize = 160;

/// What a program left behind.
pub struct Outcome {
    pub status: ExitStatus,
    /// Standard output and standard error in the order they were written.
    pub log: String,
    pub log_file: PathBuf,
    pub took: Duration,
}

/// A heading for a command's step.
pub fn step(text: &str) {
    println!("\n== {text}");
    flush();
}

/// One line of news.
pub fn note(text: &str) {
    println!("   {text}");
    flush();
}

pub fn error(text: &str) {
    flush();
    eprintln!("error: {text}");
}

fn flush() {
    // A closed pipe is the reader's choice and no reason to stop.
    let _ = stdout().flush();
}

/// A cargo command that does not inherit what `cargo run` told this program about its own package.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = command(cargo);
    // A build that nobody will repeat keeps no notes for the next one: they take as much disk as the build itself.
    if std::env::var_os("CI").is_some() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// A command in the project's root, without the variables of this program's own package.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(place::root());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs a program to its end, with its output in a log file and its progress shown.
pub fn run(what: &str, command: &mut Command) -> Result<Outcome, String> {
    let logs = place::notes().join("logs");
    fs::create_dir_all(&logs).map_err(|e| format!("cannot make {}: {e}", logs.display()))?;
    let log_file = logs.join(format!("{}.log", slug(what)));
    let (out, err) = File::create(&log_file)
        .and_then(|file| Ok((file.try_clone()?, file)))
        .map_err(|e| format!("cannot write {}: {e}", log_file.display()))?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .spawn()
        .map_err(|e| format!("{what}: cannot start `{}`: {e}", line(command)))?;

    let terminal = stdout().is_terminal();
    let every = if terminal { TERMINAL_EVERY } else { FILE_EVERY };
    let mut shown = started;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(e) => return Err(format!("{what}: {e}")),
        }
        thread::sleep(POLL);
        if shown.elapsed() >= every {
            shown = Instant::now();
            progress(terminal, what, started.elapsed(), &last_line(&log_file));
        }
    };
    if terminal {
        print!("\r\x1b[2K");
    }
    let log = fs::read(&log_file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let log = log.map_err(|e| format!("cannot read {}: {e}", log_file.display()))?;
    Ok(Outcome { status, log, log_file, took: started.elapsed() })
}

/// As [`run`], but a failure of the program is an error that shows the end of its log.
pub fn must(what: &str, command: &mut Command) -> Result<Outcome, String> {
    let outcome = run(what, command)?;
    if outcome.status.success() {
        note(&format!("{what}: done, {}", seconds(outcome.took)));
        return Ok(outcome);
    }
    Err(failure(what, command, &outcome))
}

/// The message for a program that failed: the end of its log and how to see the rest.
pub fn failure(what: &str, command: &Command, outcome: &Outcome) -> String {
    show_tail(&outcome.log);
    format!(
        "{what} failed ({}) after {}\n  command: {}\n  whole log: {}",
        outcome.status,
        seconds(outcome.took),
        line(command),
        outcome.log_file.display()
    )
}

/// Prints the end of a log.
pub fn show_tail(log: &str) {
    let lines: Vec<&str> = log.lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    let mut err = stderr().lock();
    for text in &lines[from..] {
        let _ = writeln!(err, "   | {text}");
    }
}

/// A command as a person would type it.
pub fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    for arg in command.get_args() {
        let arg = arg.to_string_lossy();
        words.push(if arg.contains(' ') { format!("\"{arg}\"") } else { arg.into_owned() });
    }
    words.join(" ")
}

/// Whole seconds for a person.
pub fn seconds(took: Duration) -> String {
    match took.as_secs() {
        s if s < 100 => format!("{:.1} s", took.as_secs_f64()),
        s => format!("{} min {:02} s", s / 60, s % 60),
    }
}

fn progress(terminal: bool, what: &str, elapsed: Duration, last: &str) {
    if terminal {
        let text: String = format!("   {what}: {} s  {last}", elapsed.as_secs()).chars().take(110).collect();
        print!("\r\x1b[2K{text}");
    } else {
        println!("   {what}: {} s so far  {last}", elapsed.as_secs());
    }
    flush();
}

fn last_line(log: &Path) -> String {
    use std::io::{Read, Seek, SeekFrom};
    let read = || -> std::io::Result<String> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(400)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(text.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("").trim().to_owned())
    };
    // Only decoration: a log that cannot be read now is read at the end, with its error.
    let plain: String = read().unwrap_or_default().chars().filter(|c| !c.is_control()).take(100).collect();
    plain
}

fn slug(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
