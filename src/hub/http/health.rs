//! For whoever watches the hub: is it up, can it work, what does it count.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::Door;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers and the hub is not stopping.
pub async fn ready(State(door): State<Door>) -> Response {
    let works = door.core.ready().await;
    let stopping = *door.stop.borrow();
    match (stopping, works) {
        (false, true) => "ready\n".into_response(),
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response(),
        (false, false) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// Counters as Prometheus reads them.
pub async fn metrics(State(door): State<Door>) -> Response {
    let text = door.core.metrics().text(door.core.head());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
