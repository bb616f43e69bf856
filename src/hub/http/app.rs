//! Serves the built application: from a folder, or from inside this program (feature `embed`).
//!
//! Only files below the root are ever read, hidden ones never. Names that carry a hash are kept by browsers for ever; all
//! others are asked for again each time and answered with 304 while they are the same. Where a brotli version lies beside
//! a file, it is sent to those who can read it. An address of a page gets `index.html`; the page finds its own way.

use std::path::{Path, PathBuf};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use sha2::{Digest, Sha256};

/// Where the application is.
#[derive(Debug, Clone)]
pub enum App {
    /// In a folder.
    Folder(PathBuf),
    /// Inside this program.
    #[cfg(feature = "embed")]
    Inside,
    /// Nowhere: the hub serves devices only.
    Nowhere,
}

/// First parts of the addresses of pages.
const PAGES: &[&str] = &[
    "", "plans", "projects", "meetings", "texts", "changes", "history", "people", "audit", "settings", "join", "today",
];

struct File {
    bytes: Vec<u8>,
    tag: String,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "dist"]
struct Dist;

impl App {
    /// A folder with a built application.
    ///
    /// # Errors
    /// When it holds no readable `index.html`.
    pub fn folder(path: PathBuf) -> Result<Self, std::io::Error> {
        let path = path.canonicalize()?;
        std::fs::File::open(path.join("index.html"))?;
        Ok(Self::Folder(path))
    }

    /// What this program holds.
    #[must_use]
    pub const fn inside() -> Self {
        #[cfg(feature = "embed")]
        return Self::Inside;
        #[cfg(not(feature = "embed"))]
        Self::Nowhere
    }

    async fn read(&self, name: &str) -> Option<File> {
        match self {
            Self::Folder(root) => {
                let path = tokio::fs::canonicalize(root.join(Path::new(name))).await.ok()?;
                // A link inside the folder must not lead out of it.
                if !path.starts_with(root) || !tokio::fs::metadata(&path).await.ok()?.is_file() {
                    return None;
                }
                let bytes = tokio::fs::read(path).await.ok()?;
                let tag = tag(&Sha256::digest(&bytes));
                Some(File { bytes, tag })
            }
            #[cfg(feature = "embed")]
            Self::Inside => {
                let file = <Dist as rust_embed::RustEmbed>::get(name)?;
                Some(File { tag: tag(&file.metadata.sha256_hash()), bytes: file.data.into_owned() })
            }
            Self::Nowhere => None,
        }
    }

    /// Answers a GET or HEAD of a path that no route of the hub took.
    pub async fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        if method != Method::GET && method != Method::HEAD {
            let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "This address can only be read.\n");
            answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return answer;
        }
        let Some(name) = file_name(path) else { return plain(StatusCode::NOT_FOUND, "Not found.\n") };
        let is_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let (name, status) = match is_file {
            true => (name, StatusCode::OK),
            false if PAGES.contains(&name.split('/').next().unwrap_or_default()) => ("index.html", StatusCode::OK),
            // The page says so in the person's language.
            false => ("index.html", StatusCode::NOT_FOUND),
        };
        match self.file(name, headers).await {
            Some(mut answer) => {
                if *answer.status_mut() == StatusCode::OK {
                    *answer.status_mut() = status;
                }
                answer
            }
            None => plain(StatusCode::NOT_FOUND, "Not found.\n"),
        }
    }

    async fn file(&self, name: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        let packed = match takes_brotli(headers) {
            true => self.read(&format!("{name}.br")).await,
            false => None,
        };
        let encoding = packed.is_some();
        let file = match packed {
            Some(file) => file,
            None => self.read(name).await?,
        };
        let mut answer = Response::builder()
            .header(header::CONTENT_TYPE, content_type(name))
            .header(header::VARY, "accept-encoding")
            .header(header::ETAG, &file.tag)
            .header(
                header::CACHE_CONTROL,
                if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" },
            );
        if encoding {
            answer = answer.header(header::CONTENT_ENCODING, "br");
        }
        let same = headers
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == file.tag));
        let answer = match same {
            true => answer.status(StatusCode::NOT_MODIFIED).body(Body::empty()),
            false => answer.body(Body::from(file.bytes)),
        };
        answer.ok()
    }
}

fn tag(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().take(12).fold(String::from("\""), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }) + "\""
}

/// The file a path names, without its first slash; none for paths that try to leave the folder or name hidden files.
fn file_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let good =
        |part: &str| !part.starts_with('.') && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~@".contains(&b));
    (name.split('/').all(good) && !path.contains("//") && !name.ends_with(".br")).then_some(name.trim_end_matches('/'))
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|one| {
            let (name, rest) = one.split_once(';').unwrap_or((one, ""));
            name.trim() == "br" && !matches!(rest.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    })
}

/// Whether a file's name holds a hash of its content: `ui-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.split('.').next().unwrap_or(last);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn content_type(name: &str) -> HeaderValue {
    let kind = match name.rsplit_once('.').map(|(_, end)| end) {
        // Fluent messages are text; what the table of types calls them varies.
        Some("ftl") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("js") => "text/javascript; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some(_) | None => mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream"),
    };
    HeaderValue::from_static(kind)
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_told_from_words() {
        for name in ["ui-0123456789abcdef.js", "ui-0123456789abcdef_bg.wasm", "css/app-deadbeef01.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["engine.js", "engine_bg.wasm", "sw.js", "icons/icon-512.png", "noto-khmer.woff2", "build.json"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_has_a_name() {
        for path in [
            "/../secret",
            "/a/../../b",
            "/.git/config",
            "/a/.env",
            "/a//b",
            "//a",
            "/%2e%2e/x",
            "/a\\b",
            "x",
            "/ui.js.br",
        ] {
            assert_eq!(file_name(path), None, "{path}");
        }
        assert_eq!(file_name("/"), Some(""));
        assert_eq!(file_name("/plans/0192"), Some("plans/0192"));
    }

    #[test]
    fn brotli_is_sent_only_to_those_who_ask() {
        let asks = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            takes_brotli(&headers)
        };
        assert!(asks("gzip, deflate, br") && asks("br;q=0.5") && asks("br"));
        assert!(!asks("gzip") && !asks("br;q=0") && !asks("brx"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
