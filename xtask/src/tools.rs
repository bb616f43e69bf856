//! Finding the programs that the build drives, and installing the ones that are missing.
//!
//! First the `PATH`, then this person's cache, then an installation into that cache. Nothing is installed into the
//! system except by [`crate::browser`], which says so. What cannot be had is an error naming the command to run by hand.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{list, place, say};

/// 0.22 wants a newer compiler than this project's.
const TRUNK: &str = "0.21.14";
/// Playwright 1.5x and `node --test` want at least this.
const NODE_MAJOR: u32 = 20;

/// The folders to put before `PATH`, so that Trunk finds its tools in the versions this project is tested with.
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// Everything a build of the application needs.
    pub fn for_app() -> Result<Self, String> {
        wasm_target()?;
        node()?;
        let bindgen = locked_version("wasm-bindgen")?;
        let folders = vec![
            installed(
                "trunk",
                "trunk",
                TRUNK,
                &["--locked", "--debug", "--no-default-features", "--features", "rustls"],
            )?,
            // Without --locked: its lock file is older than what this compiler accepts.
            installed("wasm-bindgen", "wasm-bindgen-cli", &bindgen, &["--debug"])?,
            npm_packages()?.join(".bin"),
        ];
        Ok(Self { folders })
    }

    /// A command that sees these tools first.
    pub fn command(&self, program: &str) -> Result<Command, String> {
        let mut folders = self.folders.clone();
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let path: OsString = env::join_paths(&folders).map_err(|e| format!("a tool's folder has a bad name: {e}"))?;
        let found = folders.iter().map(|dir| dir.join(place::exe(program))).find(|path| path.is_file());
        let mut command = say::command(found.unwrap_or_else(|| PathBuf::from(program)));
        command.env("PATH", path);
        Ok(command)
    }
}

/// The folder of cargo-fuzz.
pub fn fuzzer(version: &str) -> Result<PathBuf, String> {
    installed("cargo-fuzz", "cargo-fuzz", version, &["--locked", "--debug"])
}

/// The version of a package in `Cargo.lock`.
pub fn locked_version(package: &str) -> Result<String, String> {
    let path = place::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    version_in_lock(&lock, package).ok_or_else(|| format!("Cargo.lock has no package {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

/// Makes sure that the compiler can build for the browser.
pub fn wasm_target() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = output(say::command("rustc").args(["--print", "sysroot"]))
        .ok_or("cannot run rustc: install Rust from https://rustup.rs")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say::note(&format!("installing the compiler's {TARGET} target, because the application runs in a browser"));
    let mut add = say::command("rustup");
    add.args(["target", "add", TARGET]);
    say::must("wasm target", &mut add).map(drop).map_err(|e| format!("{e}\nrun it by hand: rustup target add {TARGET}"))
}

/// Makes sure that Node is there: wasm-opt, Brotli compression and the browser tests run on it.
pub fn node() -> Result<(), String> {
    let help = format!("install Node {NODE_MAJOR} or newer from https://nodejs.org or your system's packages");
    let version = output(say::command("node").arg("--version")).ok_or(format!("cannot run node: {help}"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => Err(format!("node is {}: {help}", version.trim())),
    }
}

/// Installs wasm-opt and Playwright. Returns `node_modules`.
pub fn npm_packages() -> Result<PathBuf, String> {
    npm_in(&place::npm(), "npm.stamp", "wasm-opt and Playwright")
}

/// Installs the programs that the measurements compare ours with. Returns `node_modules`.
pub fn npm_peers() -> Result<PathBuf, String> {
    npm_in(&place::peers(), "npm-peers.stamp", "the peers of the measurements")
}

/// Installs a folder's npm packages in the versions of its `package-lock.json`, once per lock file.
fn npm_in(folder: &Path, stamp: &str, what: &str) -> Result<PathBuf, String> {
    let modules = folder.join("node_modules");
    let stamp = place::notes().join(stamp);
    let inputs = list::fingerprint(&[folder.join("package.json"), folder.join("package-lock.json")], &[])?;
    if modules.is_dir() && fs::read_to_string(&stamp).is_ok_and(|old| old == inputs) {
        return Ok(modules);
    }
    let shown = folder.strip_prefix(place::root()).unwrap_or(folder).display();
    say::note(&format!("installing {what} from npm into {shown}/node_modules"));
    let mut npm = say::command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    say::must(&format!("npm packages of {shown}"), &mut npm)
        .map_err(|e| format!("{e}\nrun it by hand: cd {shown} && npm ci"))?;
    list::write(&stamp, inputs.as_bytes())?;
    Ok(modules)
}

/// The folder of a program that comes as a crate, installed if it is nowhere in this version.
fn installed(program: &str, package: &str, version: &str, flags: &[&str]) -> Result<PathBuf, String> {
    if let Some(path) = place::in_path(program)
        && has_version(&path, version)
        && let Some(folder) = path.parent()
    {
        return Ok(folder.to_path_buf());
    }
    let root = place::tool(program, version)?;
    let bin = root.join("bin");
    if has_version(&bin.join(place::exe(program)), version) {
        return Ok(bin);
    }
    say::note(&format!("installing {package} {version} into {}; once, a few minutes", root.display()));
    let mut install = say::cargo();
    // From outside the project, whose .cargo/config.toml is not meant for other programs.
    install.current_dir(env::temp_dir()).args(["install", package, "--version", version]).args(flags);
    install.arg("--root").arg(&root);
    let by_hand = say::line(&install);
    say::must(package, &mut install).map_err(|e| format!("{e}\nrun it by hand: {by_hand}"))?;
    Ok(bin)
}

fn has_version(program: &Path, version: &str) -> bool {
    program.is_file()
        && output(Command::new(program).arg("--version"))
            .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// The standard output of a program that succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }
}
