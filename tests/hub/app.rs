//! The application as a browser gets it, and the headers on whatever the hub answers.

use std::{fs, net::SocketAddr};

use reqwest::{Response, header};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{Folder, Hub, options};

const SECURE: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];
const POLICY: [&str; 11] = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "style-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
];

async fn with_app(folder: &Folder) -> Hub {
    let app = folder.0.join("app");
    fs::create_dir_all(app.join("locales/en")).expect("folders");
    fs::create_dir_all(app.join(".git")).expect("folders");
    for (name, text) in [
        ("index.html", "<!doctype html><title>Mufakat</title>"),
        ("ui-0123456789abcdef_bg.wasm", "wasm"),
        ("ui-0123456789abcdef_bg.wasm.br", "smaller"),
        ("engine.js", "engine"),
        ("sw.js", "worker"),
        ("build.json", "{}"),
        ("manifest.webmanifest", "{}"),
        ("locales/en/main.ftl", "hello = Hello"),
        (".git/config", "hidden"),
    ] {
        fs::write(app.join(name), text).expect("writes");
    }
    fs::write(folder.0.join("secret"), "outside").expect("writes");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.0.join("secret"), app.join("link.txt")).expect("links");
    let mut options = options(folder);
    options.place.data = folder.0.join("data");
    options.app = Some(app);
    Hub::with(options).await
}

async fn raw(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

fn head<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn files_have_their_types_and_lives_and_pages_get_the_index() {
    let folder = Folder::new("app");
    let hub = with_app(&folder).await;
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/ui-0123456789abcdef_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/engine.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/build.json", "application/json", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/locales/en/main.ftl", "text/plain; charset=utf-8", "no-cache"),
        ("/plans/0190-0000", "text/html; charset=utf-8", "no-cache"),
        ("/join", "text/html; charset=utf-8", "no-cache"),
    ] {
        let answer = hub.get(path).await;
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert_eq!((head(&answer, "content-type"), head(&answer, "cache-control")), (kind, cache), "{path}");
    }
    for path in ["/nothing.js", "/v1", "/v1/plans", "/.git/config", "/link.txt", "/sw.js.br"] {
        let answer = hub.get(path).await;
        assert_eq!(answer.status().as_u16(), 404, "{path}");
        let text = answer.text().await.expect("text");
        assert!(!text.contains("outside") && !text.contains("hidden") && !text.contains("<!doctype"), "{path}: {text}");
    }
    // A client that sends paths as they are.
    for path in ["/../secret", "/%2e%2e/secret", "/locales/../../secret", "//secret", "/locales\\..\\x"] {
        let answer = raw(hub.running.address, path).await;
        assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
        assert!(!answer.contains("outside"), "{path}");
    }
    let unknown = hub.get("/no/such/page").await;
    assert_eq!(unknown.status().as_u16(), 404);
    assert!(unknown.text().await.expect("text").contains("Mufakat"), "the application says so in its own words");
    let posted = hub.post("/plans", None, "text/plain", vec![]).await;
    assert_eq!(posted.0, 405);
}

#[tokio::test]
async fn what_is_packed_is_sent_packed_and_what_is_known_is_not_sent() {
    let folder = Folder::new("packed");
    let hub = with_app(&folder).await;
    let get = async |path: &str, name: header::HeaderName, value: &str| {
        hub.http.get(format!("{}{path}", hub.base)).header(name, value).send().await.expect("an answer")
    };
    let wasm = "/ui-0123456789abcdef_bg.wasm";
    let packed = get(wasm, header::ACCEPT_ENCODING, "gzip, br").await;
    assert_eq!(head(&packed, "content-encoding"), "br");
    assert_eq!(head(&packed, "content-type"), "application/wasm");
    assert_eq!(head(&packed, "vary"), "accept-encoding");
    assert_eq!(packed.text().await.expect("text"), "smaller");
    let plain = get(wasm, header::ACCEPT_ENCODING, "gzip").await;
    assert_eq!(head(&plain, "content-encoding"), "");
    let tag = head(&plain, "etag").to_owned();
    assert_eq!(plain.text().await.expect("text"), "wasm");

    let same = get(wasm, header::IF_NONE_MATCH, &tag).await;
    assert_eq!(same.status().as_u16(), 304);
    assert_eq!(same.text().await.expect("text"), "");
    let other = get(wasm, header::IF_NONE_MATCH, "\"other\"").await;
    assert_eq!(other.status().as_u16(), 200);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let folder = Folder::new("headers");
    let hub = with_app(&folder).await;
    for path in ["/", "/engine.js", "/nothing.js", "/healthz", "/readyz", "/metrics", "/v1/sync", "/v1/nothing"] {
        let answer = hub.get(path).await;
        for (name, value) in SECURE {
            assert_eq!(head(&answer, name), value, "{path}");
        }
        let policy: Vec<&str> = head(&answer, "content-security-policy").split(';').map(str::trim).collect();
        for part in &POLICY {
            assert!(policy.contains(part), "{path}: {part} not in {policy:?}");
        }
        assert_eq!(policy.len(), POLICY.len(), "{path}: nothing more is allowed: {policy:?}");
    }
}
