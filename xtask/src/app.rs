//! Building the browser application with Trunk, in two qualities, and compressing it for the wire.
//!
//! A build whose inputs are unchanged is not repeated. The hub's sources are no input: they are not in the application.

use std::fs;
use std::path::PathBuf;

use crate::tools::Toolbox;
use crate::{list, place, say, tools};

/// How the application is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Unoptimised: minutes faster to build, some megabytes larger. To try things on this machine.
    Quick,
    /// What is served to people: small, compressed with Brotli.
    Release,
}

impl Quality {
    pub fn folder(self) -> PathBuf {
        match self {
            Self::Quick => place::dist_quick(),
            Self::Release => place::dist(),
        }
    }

    fn stamp(self) -> PathBuf {
        place::notes().join(match self {
            Self::Quick => "app-quick.stamp",
            Self::Release => "app-release.stamp",
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Quick => "application, quick build",
            Self::Release => "application, release build",
        }
    }
}

/// Whether the folder holds a build of the present sources.
pub fn is_fresh(quality: Quality) -> Result<bool, String> {
    let built = quality.folder().join("sw.js").is_file() && quality.folder().join("index.html").is_file();
    Ok(built && fs::read_to_string(quality.stamp()).is_ok_and(|old| inputs().is_ok_and(|now| now == old)))
}

/// Builds the application if its sources changed, and returns the folder to serve.
pub fn build(quality: Quality) -> Result<PathBuf, String> {
    let folder = quality.folder();
    if is_fresh(quality)? {
        say::note(&format!("{}: unchanged", quality.name()));
        return Ok(folder);
    }
    let inputs = inputs()?;
    let toolbox = Toolbox::for_app()?;
    fetch()?;
    let _ = fs::remove_file(quality.stamp());
    let mut trunk = toolbox.command("trunk")?;
    trunk.arg("build").arg("--dist").arg(&folder);
    // Trunk understands only true and false here, and some systems set 1.
    trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never").env("RUST_BACKTRACE", "0");
    let own = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
    trunk.env("MUFAKAT_XTASK", own);
    if quality == Quality::Release {
        trunk.arg("--release");
    }
    say::must(quality.name(), &mut trunk)?;
    if quality == Quality::Release {
        compress(&folder)?;
    }
    list::write(&quality.stamp(), inputs.as_bytes())?;
    Ok(folder)
}

/// Downloads the locked dependencies: Trunk, and cargo below it, work offline.
fn fetch() -> Result<(), String> {
    let mut fetch = say::cargo();
    fetch.args(["fetch", "--locked"]);
    say::must("dependencies", &mut fetch).map(drop)
}

fn inputs() -> Result<String, String> {
    let root = place::root();
    let paths = [
        "src",
        "public",
        "style",
        "Cargo.toml",
        "Cargo.lock",
        "Trunk.toml",
        "rust-toolchain.toml",
        ".cargo",
        "xtask/src/app.rs",
        "xtask/src/hook.rs",
        "xtask/src/styles.rs",
        "tests/e2e/package-lock.json",
    ];
    let without = ["src/hub", "src/hub.rs", "src/bin/mufakat.rs"];
    let absolute = |paths: &[&str]| paths.iter().map(|path| root.join(path)).collect::<Vec<_>>();
    list::fingerprint(&absolute(&paths), &absolute(&without))
}

/// Puts a `.br` file beside every file that gets smaller by it.
///
/// Node does the work: it has Brotli built in, and a compressor in this crate would double its compile time.
fn compress(folder: &std::path::Path) -> Result<(), String> {
    const SCRIPT: &str = r#"
const { brotliCompressSync, constants } = require("node:zlib");
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const kinds = /\.(html|css|js|mjs|wasm|svg|ftl|json|webmanifest|txt)$/;
for (const name of readdirSync(process.argv[1], { recursive: true })) {
  if (!kinds.test(name)) continue;
  const path = join(process.argv[1], name);
  const raw = readFileSync(path);
  const small = brotliCompressSync(raw, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  if (small.length < raw.length) writeFileSync(path + ".br", small);
}
"#;
    tools::node()?;
    let mut node = say::command("node");
    node.args(["--eval", SCRIPT, "--"]).arg(folder);
    say::must("Brotli", &mut node).map(drop)
}
