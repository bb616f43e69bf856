//! `bench`: the measurements in tests/bench, in the release profile, ours and the peers', with their output shown as it
//! comes; and one that needs a browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    app::{self, Quality},
    browser, place, say, tools,
};

/// The row that is measured in Chromium, and how often the application is started for it.
const COLD_START: &str = "cold-start";
const STARTS: (u32, u32) = (9, 1);

/// Installs the peers, then measures. `--only NAME` picks a row (may be repeated), `--json FILE` writes the figures.
pub fn bench(args: &[String]) -> Result<(), String> {
    let Wish { rows, cold_start, json, tiny } = Wish::of(args);
    if let Some(rows) = &rows {
        say::step("Measurements");
        tools::node()?;
        tools::npm_peers()?;
        let mut cargo = say::cargo();
        cargo.args(["bench", "--locked", "--package", "mufakat", "--features", "engine", "--bench", "yardsticks"]);
        if !rows.is_empty() {
            cargo.arg("--").args(rows);
        }
        if rows.iter().all(|row| row != "--only") || rows.iter().any(|row| row == "load") {
            cargo.env("MUFAKAT_BENCH_WASM", module()?);
        }
        let status = cargo.status().map_err(|e| format!("cannot start cargo: {e}"))?;
        if !status.success() {
            return Err(format!("a measurement failed: {status}"));
        }
    }
    if cold_start {
        say::step("Measurements in Chromium");
        let hub = browser::hub()?;
        let app = app::build(Quality::Release)?;
        tools::npm_packages()?;
        let figures = browser::pace(&hub, &app, if tiny { STARTS.1 } else { STARTS.0 })?;
        figures.iter().for_each(|figure| println!("{}", line(figure)));
        if let Some(file) = json {
            add(Path::new(&file), figures, rows.is_some())?;
        }
    }
    Ok(())
}

/// Builds what loads a document in wasm, for Node, as the application is built. Answers the module.
fn module() -> Result<PathBuf, String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let tools = tools::Toolbox::for_app()?;
    let mut cargo = say::cargo();
    cargo.args(["build", "--locked", "--package", "mufakat", "--example", "load", "--no-default-features"]);
    cargo.args(["--features", "engine", "--profile", "wasm", "--target", TARGET]);
    say::must("loading in wasm, release build", &mut cargo)?;
    let folder = place::notes().join("bench-wasm");
    let mut bindgen = tools.command("wasm-bindgen")?;
    bindgen.args(["--target", "nodejs", "--out-dir"]).arg(&folder);
    bindgen.arg(place::target().join(TARGET).join("wasm/examples/load.wasm"));
    say::must("wasm-bindgen", &mut bindgen)?;
    Ok(folder.join("load.js"))
}

/// What is to be measured.
struct Wish {
    /// The words for `yardsticks`; none where nothing of it is wanted.
    rows: Option<Vec<String>>,
    cold_start: bool,
    json: Option<String>,
    tiny: bool,
}

impl Wish {
    fn of(args: &[String]) -> Self {
        let named = |pair: &[String]| pair[0] == "--only" && pair[1] == COLD_START;
        let cold_start = args.windows(2).any(named);
        let only = args.iter().any(|arg| arg == "--only");
        let mut rows = args.to_vec();
        while let Some(at) = rows.windows(2).position(named) {
            rows.drain(at..at + 2);
        }
        let others = rows.iter().any(|arg| arg == "--only");
        Self {
            rows: (!only || others).then_some(rows),
            cold_start: !only || cold_start,
            json: args.windows(2).find(|pair| pair[0] == "--json").map(|pair| pair[1].clone()),
            tiny: args.iter().any(|arg| arg == "--tiny"),
        }
    }
}

/// A figure as a line of the table that `yardsticks` prints; peers have no such row.
fn line(figure: &Value) -> String {
    let number = |key: &str| figure[key].as_f64().map(|value| format!("{value:.0}"));
    let budget = number("budget").map_or_else(|| "–".to_owned(), |budget| format!("≤ {budget}"));
    let text = |key: &str| figure[key].as_str().unwrap_or_default().to_owned();
    let ours = number("ours").unwrap_or_default();
    format!("| {} | {} | {ours} | {budget} | – | – | – | – | {} |", text("what"), text("unit"), text("note"))
}

/// Adds figures to the file that has the others, or begins it.
fn add(file: &Path, figures: Vec<Value>, begun: bool) -> Result<(), String> {
    let cannot = |error: &dyn std::fmt::Display| format!("cannot write {}: {error}", file.display());
    let mut all: Vec<Value> = match begun {
        true => serde_json::from_slice(&fs::read(file).map_err(|e| cannot(&e))?).map_err(|e| cannot(&e))?,
        false => Vec::new(),
    };
    all.extend(figures);
    let text = serde_json::to_string_pretty(&all).map_err(|e| cannot(&e))?;
    fs::write(file, text + "\n").map_err(|e| cannot(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_in_the_browser_is_picked_like_the_others() {
        let of = |words: &str| {
            let wish = Wish::of(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            (wish.rows.map(|rows| rows.join(" ")), wish.cold_start, wish.json)
        };
        assert_eq!(of(""), (Some(String::new()), true, None));
        assert_eq!(of("--tiny --json f"), (Some("--tiny --json f".to_owned()), true, Some("f".to_owned())));
        assert_eq!(of("--only cold-start"), (None, true, None));
        assert_eq!(of("--only rate"), (Some("--only rate".to_owned()), false, None));
        let both = of("--only cold-start --only rate --json f");
        assert_eq!(both, (Some("--only rate --json f".to_owned()), true, Some("f".to_owned())));
    }
}
