//! Where things are: the project's root, its target folder and the folder of the tools that this program installs.
//!
//! Nothing else in xtask may guess a path.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let xtask =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Logs and stamps of this program.
pub fn notes() -> PathBuf {
    target().join("xtask")
}

/// The built application: release builds, which the feature `embed` puts into the binary.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The built application without optimisation, for `cargo xtask run`.
pub fn dist_quick() -> PathBuf {
    target().join("app-quick")
}

/// The npm packages of the browser tests, and wasm-opt beside them.
pub fn npm() -> PathBuf {
    root().join("tests").join("e2e")
}

/// The npm packages of the programs that the measurements compare ours with.
pub fn peers() -> PathBuf {
    root().join("tests").join("bench").join("peers")
}

/// The folder of one installed tool; its programs are in `bin` below it.
///
/// Shared by all projects of one person, because these tools take minutes to build.
pub fn tool(name: &str, version: &str) -> Result<PathBuf, String> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("LOCALAPPDATA").map(PathBuf::from))
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or("neither HOME nor XDG_CACHE_HOME is set: there is no place to install tools to")?;
    Ok(cache.join("mufakat").join("tools").join(format!("{name}-{version}")))
}

/// A program's file name on this system.
pub fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// The first program of this name in `PATH`.
pub fn in_path(name: &str) -> Option<PathBuf> {
    let file = exe(name);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}
