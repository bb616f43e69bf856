//! The hub's doors: routes, limits, headers and counts around what [`super::core`] does.
//!
//! A request that is malformed, too large, without a known token or not allowed gets a status, a stable word and a
//! sentence, is counted, and changes nothing. No secret ever stands in an address, so none is logged with one.

mod accounts;
mod addresses;
pub mod app;
mod audit;
mod blob;
mod body;
mod headers;
mod health;
mod listen;
mod live;
mod stateless;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode, Uri},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tokio::sync::{mpsc, watch};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

pub use self::{addresses::Addresses, listen::listen};
use self::{addresses::Peer, app::App};
use super::{
    core::{Core, PIECE},
    refusal::{Counted, Refusal},
};

/// Longest time for any request but one with frames.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// Longest silence within a body of frames. All of it may take as long as a slow link needs.
const SILENCE: Duration = Duration::from_secs(60);
/// Longest time for frames: the largest body on the slowest link that a device waits for.
const FRAMES_LIMIT: Duration = Duration::from_secs(40 * 60);

/// What every route needs.
#[derive(Clone)]
pub struct Door {
    /// The workspace.
    pub core: Arc<Core>,
    /// The application.
    pub app: Arc<App>,
    /// What each address does.
    pub addresses: Arc<Addresses>,
    /// Becomes true when the hub stops.
    pub stop: watch::Receiver<bool>,
    /// Held by every live connection, so that stopping waits for them.
    pub alive: mpsc::Sender<()>,
}

/// All routes.
pub fn routes(door: Door) -> Router {
    let limit = DefaultBodyLimit::max(door.core.limits().frame as usize);
    let small = DefaultBodyLimit::max(16 << 10);
    let frames = Router::new()
        .route("/v1/sync", post(stateless::sync))
        .route("/v1/poll", post(stateless::poll))
        .layer(limit)
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, FRAMES_LIMIT))
        .route("/v1/live", get(live::live));
    let files = Router::new()
        .route("/v1/blob/{doc}/{hash}", get(blob::get).put(blob::put))
        .layer(DefaultBodyLimit::max(PIECE))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, FRAMES_LIMIT));
    let json = Router::new()
        .route("/v1/join", post(accounts::join))
        .route("/v1/return", post(accounts::come_back))
        .route("/v1/invitations", post(accounts::invite))
        .route("/v1/devices/revoke", post(accounts::revoke))
        .route("/v1/audit", post(audit::page))
        .route("/v1/audit/check", post(audit::check))
        .layer(small)
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIME_LIMIT));
    let health = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    Router::new()
        .merge(frames)
        .merge(files)
        .merge(json)
        .merge(health)
        .method_not_allowed_fallback(wrong_method)
        .fallback(other)
        .layer(middleware::from_fn_with_state(door.clone(), around))
        .with_state(door)
}

/// Around every request: headers, counts and a line in the log.
async fn around(State(door): State<Door>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let address = addresses::asking(request.extensions().get::<Peer>(), request.headers());
    let answer = match admitted(&door, address, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let answer = headers::secure(answer);
    let status = answer.status().as_u16();
    door.core.metrics().answered(status);
    if let Some(Counted(code)) = answer.extensions().get::<Counted>() {
        if let ("unauthorised" | "invitation-unknown", Some(address)) = (*code, address) {
            door.addresses.stranger(address);
        }
        door.core.metrics().refuse(code);
        tracing::info!(%method, path, status, code, "refused");
    } else {
        tracing::debug!(%method, path, status, "answered");
    }
    answer
}

/// Whether a request is looked at: one of a device that is known always is.
fn admitted(door: &Door, address: Option<std::net::IpAddr>, request: &Request) -> Result<(), Refusal> {
    let Some(address) = address.filter(|_| request.uri().path().starts_with("/v1/")) else { return Ok(()) };
    let token = body::token(request.headers()).ok().flatten();
    if token.is_some_and(|token| door.core.who(&token).is_ok()) {
        return Ok(());
    }
    door.addresses.admits(address)?;
    if request.uri().path() == "/v1/join" { door.addresses.joins(address) } else { Ok(()) }
}

async fn wrong_method(uri: Uri) -> Refusal {
    match uri.path() {
        "/v1/live" | "/healthz" | "/readyz" | "/metrics" => Refusal::Method("GET"),
        path if path.starts_with("/v1/blob/") => Refusal::Method("GET, HEAD, PUT"),
        _ => Refusal::Method("POST"),
    }
}

/// What no route took: a file or page of the application, unless it is below `/v1`.
async fn other(State(door): State<Door>, method: Method, uri: Uri, headers: axum::http::HeaderMap) -> Response {
    match uri.path() == "/v1" || uri.path().starts_with("/v1/") {
        true => Refusal::NotFound.into_response(),
        false => door.app.answer(&method, uri.path(), &headers).await,
    }
}
