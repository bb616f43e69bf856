//! `bench`: the measurements in tests/bench, in the release profile, ours and the peers', with their output shown as it
//! comes; and those that need a browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    app::{self, Quality},
    browser, place, say, tools,
};

/// A row that is measured in Chromium by a script of tests/e2e.
struct InBrowser {
    row: &'static str,
    script: &'static str,
    /// What the script is told: how much of everything, and how much with `--tiny`.
    size: (&'static [&'static str], &'static [&'static str]),
    /// Whether it is told of a hub's data that `yardsticks` makes, with as many projects as it is told first, and of the address
    /// of the plan in it.
    filled: bool,
}

const IN_BROWSER: [InBrowser; 5] = [
    InBrowser { row: "cold-start", script: "pace.mjs", size: (&["9"], &["1"]), filled: false },
    InBrowser { row: "edit-to-paint", script: "edits.mjs", size: (&["2000", "24"], &["20", "2"]), filled: false },
    InBrowser { row: "three-years", script: "years.mjs", size: (&["500", "12"], &["10", "2"]), filled: true },
    InBrowser { row: "away", script: "away.mjs", size: (&["50", "12"], &["3", "2"]), filled: true },
    InBrowser { row: "screens", script: "screens.mjs", size: (&["40", "120"], &["3", "2"]), filled: false },
];

/// Installs the peers, then measures. `--only NAME` picks a row (may be repeated), `--json FILE` writes the figures.
pub fn bench(args: &[String]) -> Result<(), String> {
    let Wish { rows, in_browser, json, tiny } = Wish::of(args);
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
    if !in_browser.is_empty() {
        say::step("Measurements in Chromium");
        let hub = browser::hub()?;
        let app = app::build(Quality::Release)?;
        tools::npm_packages()?;
        let mut begun = rows.is_some();
        for InBrowser { row, script, size: (whole, small), filled } in in_browser {
            let mut told: Vec<String> = if tiny { small } else { whole }.iter().map(ToString::to_string).collect();
            if *filled {
                told.extend(fill(row, &told[0])?);
            }
            let figures = browser::pace(&hub, &app, row, script, &told)?;
            figures.iter().for_each(|figure| println!("{}", line(figure)));
            if let Some(file) = &json {
                add(Path::new(file), figures, std::mem::replace(&mut begun, true))?;
            }
        }
    }
    Ok(())
}

/// Makes a hub's data with a plan that is as large as one gets. Answers the folder and the plan's address.
fn fill(row: &str, projects: &str) -> Result<[String; 2], String> {
    let folder = place::notes().join(format!("bench-{row}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let mut cargo = say::cargo();
    cargo.args(["bench", "--locked", "--package", "mufakat", "--features", "engine", "--bench", "yardsticks", "--"]);
    cargo.arg("--fill").arg(&folder).args(["--projects", projects]);
    let outcome = say::must("a plan with three years of edits", &mut cargo)?;
    let plan = outcome.log.lines().rev().find(|line| line.starts_with("/plans/"));
    let plan = plan.ok_or_else(|| format!("no plan in {}", outcome.log_file.display()))?;
    Ok([folder.display().to_string(), plan.to_owned()])
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
    in_browser: Vec<&'static InBrowser>,
    json: Option<String>,
    tiny: bool,
}

impl Wish {
    fn of(args: &[String]) -> Self {
        let named = |pair: &[String], row: &str| pair[0] == "--only" && pair[1] == row;
        let only = args.iter().any(|arg| arg == "--only");
        let wanted = |own: &&InBrowser| !only || args.windows(2).any(|pair| named(pair, own.row));
        let in_browser = IN_BROWSER.iter().filter(wanted).collect();
        let mut rows = args.to_vec();
        while let Some(at) = rows.windows(2).position(|pair| IN_BROWSER.iter().any(|own| named(pair, own.row))) {
            rows.drain(at..at + 2);
        }
        let others = rows.iter().any(|arg| arg == "--only");
        Self {
            rows: (!only || others).then_some(rows),
            in_browser,
            json: args.windows(2).find(|pair| pair[0] == "--json").map(|pair| pair[1].clone()),
            tiny: args.iter().any(|arg| arg == "--tiny"),
        }
    }
}

/// A figure as a line of the table that `yardsticks` prints; peers have no such row.
fn line(figure: &Value) -> String {
    let number = |key: &str| figure[key].as_f64().map(|value| format!("{value:.*}", usize::from(value < 100.0)));
    let part = figure["ours"].as_f64().zip(figure["budget"].as_f64()).map(|(ours, budget)| ours / budget);
    let budget = number("budget").zip(part);
    let budget = budget.map_or_else(|| "–".to_owned(), |(budget, part)| format!("≤ {budget} ({part:.2} of it)"));
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
    fn a_line_says_how_much_of_its_budget_a_figure_takes() {
        let figure =
            serde_json::json!({"what": "a key", "unit": "ms", "ours": 120.4, "budget": 300, "note": "40 keys"});
        assert_eq!(line(&figure), "| a key | ms | 120 | ≤ 300 (0.40 of it) | – | – | – | – | 40 keys |");
        let free = serde_json::json!({"what": "bytes", "unit": "B", "ours": 12.5, "budget": null, "note": ""});
        assert_eq!(line(&free), "| bytes | B | 12.5 | – | – | – | – | – |  |");
    }

    #[test]
    fn the_rows_in_the_browser_are_picked_like_the_others() {
        let of = |words: &str| {
            let wish = Wish::of(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            let own: Vec<&str> = wish.in_browser.iter().map(|own| own.row).collect();
            (wish.rows.map(|rows| rows.join(" ")), own.join(" "), wish.json)
        };
        let expect = |rows: Option<&str>, own: &str, json: Option<&str>| {
            (rows.map(str::to_owned), own.to_owned(), json.map(str::to_owned))
        };
        assert_eq!(of(""), expect(Some(""), "cold-start edit-to-paint three-years away screens", None));
        assert_eq!(
            of("--tiny --json f"),
            expect(Some("--tiny --json f"), "cold-start edit-to-paint three-years away screens", Some("f"))
        );
        assert_eq!(of("--only cold-start"), expect(None, "cold-start", None));
        assert_eq!(of("--only edit-to-paint --only cold-start"), expect(None, "cold-start edit-to-paint", None));
        assert_eq!(of("--only rate"), expect(Some("--only rate"), "", None));
        let both = of("--only cold-start --only rate --json f");
        assert_eq!(both, expect(Some("--only rate --json f"), "cold-start", Some("f")));
    }
}
