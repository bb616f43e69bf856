//! Lists of files with their hashes: the inputs of a step, and the outputs of a build.
//!
//! Always sorted, so that the same files give the same hash on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Every file below a folder, as sorted paths relative to it.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(dir) = open.pop() {
        let path = folder.join(&dir);
        let entries = fs::read_dir(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        for entry in entries {
            let entry = entry.map_err(|e| format!("cannot read {}: {e}", path.display()))?;
            let relative = dir.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(relative);
            } else {
                found.push(relative);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path as an address uses it.
pub fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash as `integrity` attributes write it.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = ALPHABET[(word >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// One hash over the names and contents of files and folders (those that exist), except paths that start with one of
/// `without`, relative to the same root.
pub fn fingerprint(paths: &[PathBuf], without: &[PathBuf]) -> Result<String, String> {
    let mut hash = Sha256::new();
    for path in paths {
        let inside =
            if path.is_dir() { files(path)?.iter().map(|file| path.join(file)).collect() } else { vec![path.clone()] };
        for file in inside.iter().filter(|file| file.is_file() && !without.iter().any(|out| file.starts_with(out))) {
            let bytes = read(file)?;
            hash.update(file.to_string_lossy().as_bytes());
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(&bytes);
        }
    }
    Ok(hex(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_standard_one() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_fingerprint_follows_content_names_and_exceptions() {
        let folder = std::env::temp_dir().join(format!("xtask-list-{}", std::process::id()));
        write(&folder.join("a/one"), b"1").unwrap();
        write(&folder.join("b/two"), b"2").unwrap();
        let all = || fingerprint(std::slice::from_ref(&folder), &[]).unwrap();
        let without_b = || fingerprint(std::slice::from_ref(&folder), &[folder.join("b")]).unwrap();
        let (before, before_b) = (all(), without_b());
        assert_eq!(files(&folder).unwrap().iter().map(|p| slashed(p)).collect::<Vec<_>>(), ["a/one", "b/two"]);
        write(&folder.join("b/two"), b"3").unwrap();
        assert_ne!(all(), before);
        assert_eq!(without_b(), before_b);
        fs::remove_dir_all(&folder).unwrap();
    }
}
