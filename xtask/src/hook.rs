//! What happens to the built application before Trunk puts it in place: a name for this build, and a service worker
//! that knows every file with its size and hash.
//!
//! Trunk calls `cargo xtask trunk-hook seal` (see Trunk.toml). It writes only inside `TRUNK_STAGING_DIR`.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::list;

/// Stands for the build's name in index.html and worker.js.
const PLACEHOLDER: &str = "__BUILD__";
const TEMPLATE: &str = "sw.template.js";

/// When a file is kept on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Before the application may start offline: all of them or none.
    Core,
    /// After that, when nothing else is to be done.
    Lazy,
    /// Not at all: read by browsers and programs, not by the application.
    Never,
}

/// The group of a file, by its address without the leading slash.
pub fn group(path: &str) -> Group {
    let never = ["sw.js", "build.json"];
    if never.contains(&path) || path.starts_with("screens/") || path.ends_with("/OFL.txt") {
        return Group::Never;
    }
    let lazy = path.starts_with("fonts/")
        || path.starts_with("export")
        || path.starts_with("icons/") && path.ends_with(".png")
        || path.starts_with("locales/") && !is_english(path);
    if lazy { Group::Lazy } else { Group::Core }
}

/// Messages of the language that every other one falls back to.
pub fn is_english(path: &str) -> bool {
    path.starts_with("locales/en/") || path == "locales/en.ftl"
}

/// Finishes what Trunk built, in the folders that Trunk names.
pub fn seal() -> Result<(), String> {
    let folder = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or_else(|| format!("{name} is not set: this command is called by Trunk, see Trunk.toml"))
    };
    finish(&folder("TRUNK_STAGING_DIR")?, &folder("TRUNK_SOURCE_DIR")?).map(drop)
}

/// Names the build in `staging` and writes its service worker from the template in `source`. Returns the name.
fn finish(staging: &Path, source: &Path) -> Result<String, String> {
    let template = text(&source.join(TEMPLATE))?;
    // The name is made before it is written anywhere: of all files as they are, and of the service worker's rules.
    let mut all = format!("{TEMPLATE} {}\n", list::hex(&list::sha256(template.as_bytes())));
    for file in list::files(staging)? {
        let hash = list::sha256(&list::read(&staging.join(&file))?);
        all.push_str(&format!("{} {}\n", list::slashed(&file), list::hex(&hash)));
    }
    let build = list::hex(&list::sha256(all.as_bytes())[..8]);

    for name in ["index.html", "worker.js"] {
        let path = staging.join(name);
        let before = text(&path)?;
        if !before.contains(PLACEHOLDER) {
            return Err(format!("{} does not name its build: {PLACEHOLDER} is missing", path.display()));
        }
        list::write(&path, before.replace(PLACEHOLDER, &build).as_bytes())?;
    }

    let (mut core, mut lazy) = (Vec::new(), Vec::new());
    for file in list::files(staging)? {
        let address = list::slashed(&file);
        match group(&address) {
            Group::Core => core.push(entry(staging, &address)?),
            Group::Lazy => lazy.push(entry(staging, &address)?),
            Group::Never => {}
        }
    }
    let worker = template
        .replace(PLACEHOLDER, &build)
        .replace("__CORE__", &Value::Array(core).to_string())
        .replace("__LAZY__", &Value::Array(lazy).to_string());
    list::write(&staging.join("sw.js"), worker.as_bytes())?;
    list::write(&staging.join("build.json"), json!({ "build": build }).to_string().as_bytes())?;
    Ok(build)
}

fn entry(staging: &Path, address: &str) -> Result<Value, String> {
    let bytes = list::read(&staging.join(address))?;
    // The page itself is fetched and kept under the address that a hub serves it at.
    let url = if address == "index.html" { "/".to_owned() } else { format!("/{address}") };
    let integrity = format!("sha256-{}", list::base64(&list::sha256(&bytes)));
    Ok(json!({ "url": url, "integrity": integrity, "size": bytes.len() }))
}

fn text(path: &Path) -> Result<String, String> {
    String::from_utf8(list::read(path)?).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(name: &str, engine: &str) -> (PathBuf, String) {
        let folder = env::temp_dir().join(format!("xtask-hook-{name}-{}", std::process::id()));
        let (staging, source) = (folder.join("stage"), folder.join("public"));
        let put = |path: &Path, text: &str| list::write(path, text.as_bytes()).unwrap();
        put(&source.join(TEMPLATE), "const B = \"__BUILD__\"; const C = __CORE__; const L = __LAZY__;");
        put(&staging.join("index.html"), "<meta name=build content=__BUILD__>");
        put(&staging.join("worker.js"), "self.mufakat = { build: \"__BUILD__\" }");
        put(&staging.join("engine_bg.wasm"), engine);
        put(&staging.join("fonts/noto.woff2"), "font");
        put(&staging.join("locales/en/app.ftl"), "a = A");
        put(&staging.join("locales/km/app.ftl"), "a = K");
        put(&staging.join("screens/plan.png"), "picture");
        let build = finish(&staging, &source).unwrap();
        (folder, build)
    }

    #[test]
    fn the_service_worker_lists_every_file_it_keeps_as_it_is_served() {
        let (folder, build) = staged("list", "wasm");
        let staging = folder.join("stage");
        let worker = text(&staging.join("sw.js")).unwrap();
        let (core, lazy) = worker.split_once("const L").unwrap();
        for url in ["\"/\"", "\"/worker.js\"", "\"/engine_bg.wasm\"", "\"/locales/en/app.ftl\""] {
            assert!(core.contains(url), "{url} in {core}");
        }
        for url in ["\"/fonts/noto.woff2\"", "\"/locales/km/app.ftl\""] {
            assert!(lazy.contains(url) && !core.contains(url), "{url} in {lazy}");
        }
        assert!(!worker.contains("screens") && !worker.contains("__"));
        let page = list::read(&staging.join("index.html")).unwrap();
        assert!(page.ends_with(format!("content={build}>").as_bytes()));
        // The hash is that of the page with its build in it.
        assert!(core.contains(&list::base64(&list::sha256(&page))));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn another_file_is_another_build_and_the_same_files_are_the_same() {
        let builds: Vec<String> = [("a", "one"), ("b", "one"), ("c", "two")]
            .into_iter()
            .map(|(name, engine)| {
                let (folder, build) = staged(name, engine);
                std::fs::remove_dir_all(folder).unwrap();
                build
            })
            .collect();
        assert_eq!(builds[0], builds[1]);
        assert_ne!(builds[0], builds[2]);
    }
}
