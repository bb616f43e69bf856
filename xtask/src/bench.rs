//! `bench`: the native measurements in tests/bench, in the release profile, with their output shown as it comes.

use crate::{place, say};

/// Runs every bench target that Cargo.toml names under tests/bench.
pub fn bench(args: &[String]) -> Result<(), String> {
    say::step("Measurements");
    let manifest = place::root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).map_err(|e| format!("cannot read {}: {e}", manifest.display()))?;
    if !text.contains("[[bench]]") {
        return Err("Cargo.toml names no [[bench]] yet".to_owned());
    }
    let mut cargo = say::cargo();
    cargo.args(["bench", "--locked", "--package", "mufakat", "--features", "engine", "--bench", "*"]);
    if !args.is_empty() {
        cargo.arg("--").args(args);
    }
    let status = cargo.status().map_err(|e| format!("cannot start cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("a measurement failed: {status}")) }
}
