//! The size of everything the application downloads, against its budget.
//!
//! Each budget has a limit, which a build may not pass, and a goal, which is printed beside it so that nobody forgets it.
//! A limit stands close above what the application weighs; who raises it writes the reason into ARCHITECTURE.md, which also
//! says where the bytes are and why a goal is not reached. A kilobyte is 1,000 bytes. A budget that cannot be measured because its files are
//! missing is a failure too.

use std::fs;
use std::path::Path;

use crate::{hook, list, say};

const KB: u64 = 1000;

/// One row of the budget.
struct Budget {
    name: &'static str,
    /// Above this the build fails.
    limit: u64,
    /// What it should weigh.
    goal: u64,
    includes: fn(&str) -> bool,
}

const BUDGETS: &[Budget] = &[
    Budget { name: "first load", limit: 2_110 * KB, goal: 750 * KB, includes: is_first_load },
    Budget {
        name: "interface wasm",
        limit: 995 * KB,
        goal: 260 * KB,
        includes: |path| path.starts_with("ui") && path.ends_with(".wasm"),
    },
    Budget { name: "engine wasm", limit: 1_040 * KB, goal: 430 * KB, includes: |path| path == "engine_bg.wasm" },
    Budget {
        name: "fonts",
        limit: 85 * KB,
        goal: 85 * KB,
        includes: |path| path.starts_with("fonts/") && path.ends_with(".woff2"),
    },
];

/// HTML, CSS, JavaScript, both wasm files and the English messages.
fn is_first_load(path: &str) -> bool {
    let code = [".html", ".css", ".js", ".wasm"].iter().any(|end| path.ends_with(end));
    code && !path.starts_with("export") || hook::is_english(path)
}

/// One file as it is served.
struct Asset {
    path: String,
    raw: u64,
    /// Bytes on the wire: compressed where that helps.
    wire: u64,
}

/// Prints every asset with its size, and fails over a budget.
pub fn check(folder: &Path) -> Result<(), String> {
    let assets = assets(folder)?;
    println!("   {:<44} {:>10} {:>10}", "asset, bytes", "raw", "brotli");
    for asset in &assets {
        println!("   {:<44} {:>10} {:>10}", asset.path, asset.raw, asset.wire);
    }
    println!("   {:<44} {:>10} {:>10} {:>10}", "budget, bytes", "goal", "limit", "brotli");
    let mut over = Vec::new();
    for budget in BUDGETS {
        let wire = weigh(budget, &assets);
        println!("   {:<44} {:>10} {:>10} {:>10}", budget.name, budget.goal, budget.limit, wire);
        if wire == 0 {
            over.push(format!("{}: no file found in {}", budget.name, folder.display()));
        } else if wire > budget.limit {
            over.push(format!("{}: {wire} bytes, {} over its budget", budget.name, wire - budget.limit));
        }
    }
    if over.is_empty() {
        say::note("every size is within its limit");
        return Ok(());
    }
    Err(over.join("\n"))
}

fn weigh(budget: &Budget, assets: &[Asset]) -> u64 {
    assets.iter().filter(|asset| (budget.includes)(&asset.path)).map(|asset| asset.wire).sum()
}

fn assets(folder: &Path) -> Result<Vec<Asset>, String> {
    let size = |path: &Path| fs::metadata(path).map(|meta| meta.len()).ok();
    let mut assets = Vec::new();
    for file in list::files(folder)? {
        let path = list::slashed(&file);
        if path.ends_with(".br") {
            continue;
        }
        let raw = size(&folder.join(&file)).ok_or_else(|| format!("{path} disappeared"))?;
        let wire = size(&folder.join(format!("{path}.br"))).unwrap_or(raw);
        assets.push(Asset { path, raw, wire });
    }
    Ok(assets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(path: &str, raw: u64, wire: u64) -> Asset {
        Asset { path: path.to_owned(), raw, wire }
    }

    #[test]
    fn the_first_load_is_weighed_as_it_is_sent() {
        let assets = [
            asset("index.html", 10, 5),
            asset("ui-1f_bg.wasm", 100, 40),
            asset("engine_bg.wasm", 200, 70),
            asset("locales/en/app.ftl", 9, 3),
            asset("locales/km/app.ftl", 900, 300),
            asset("fonts/noto.woff2", 50, 50),
            asset("export_bg.wasm", 5000, 2000),
        ];
        let sums: Vec<u64> = BUDGETS.iter().map(|budget| weigh(budget, &assets)).collect();
        assert_eq!(sums, [118, 40, 70, 50]);
    }

    #[test]
    fn a_missing_file_and_a_heavy_one_fail() {
        let folder = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        list::write(&folder.join("index.html"), b"<!doctype html>").unwrap();
        assert!(check(&folder).unwrap_err().contains("engine wasm: no file"));
        list::write(&folder.join("engine_bg.wasm"), &vec![0; 2_000_000]).unwrap();
        assert!(check(&folder).unwrap_err().contains("engine wasm: 2000000 bytes, "));
        list::write(&folder.join("engine_bg.wasm.br"), b"small").unwrap();
        assert!(!check(&folder).unwrap_err().contains("engine wasm"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
