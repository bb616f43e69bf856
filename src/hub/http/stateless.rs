//! The same frames without a connection: `POST /v1/sync` answers at once, `POST /v1/poll?wait=25` when there is news.
//!
//! For networks whose proxies break WebSockets. Every request begins with `Hello`; the token is in `Authorization`.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    Door,
    body::{Whole, token},
};
use crate::{
    hub::{
        refusal::Refusal,
        session::{self, Greeted, Session},
    },
    sync::{codec, frame::Frame},
};

/// Longest wait of a poll, in seconds.
const WAIT: u64 = 25;
/// Bytes of the log in one answer, roughly: it must be through a slow link before the device gives up. The rest comes with
/// the next request.
const LOG: usize = 64 << 10;

/// `?wait=`: seconds.
#[derive(Debug, Deserialize)]
pub struct Wait {
    wait: Option<u64>,
}

/// `POST /v1/sync`.
pub async fn sync(State(door): State<Door>, headers: HeaderMap, Whole(body): Whole) -> Result<Response, Refusal> {
    answer(door, &headers, &body, Duration::ZERO).await
}

/// `POST /v1/poll`.
pub async fn poll(
    State(door): State<Door>,
    Query(wait): Query<Wait>,
    headers: HeaderMap,
    Whole(body): Whole,
) -> Result<Response, Refusal> {
    let wait = Duration::from_secs(wait.wait.unwrap_or(WAIT).min(WAIT));
    answer(door, &headers, &body, wait).await
}

async fn answer(door: Door, headers: &HeaderMap, body: &[u8], wait: Duration) -> Result<Response, Refusal> {
    use std::sync::atomic::Ordering::Relaxed;
    door.core.metrics().bytes[0].fetch_add(body.len() as u64, Relaxed);
    // The token first: strangers get no look at how frames are read.
    let token = token(headers)?;
    if let Some(token) = &token {
        door.core.who(token)?;
    }
    let mut frames = codec::decode_body(body, door.core.limits().frame as usize)?.into_iter();
    let hello = frames.next().ok_or_else(|| Refusal::Malformed("no frames".to_owned()))?;
    let who = session::recognise(&door.core, token, &hello)?;
    let mut out = Vec::new();
    match Session::greet(Arc::clone(&door.core), who, &hello) {
        Greeted::Turn(frame) => out.push(frame),
        Greeted::Welcome(mut session, welcome) => {
            out.push(welcome);
            for frame in frames {
                match session.receive(frame).await {
                    Ok(answers) => out.extend(answers),
                    // What came before it is done and must be told.
                    Err(refusal) if out.len() > 1 => {
                        door.core.metrics().refuse(refusal.code());
                        out.push(session::error(&refusal));
                        return Ok(body_of(&door, &out));
                    }
                    Err(refusal) => return Err(refusal),
                }
            }
            news(&door, &mut session, &mut out, wait).await?;
        }
    }
    Ok(body_of(&door, &out))
}

/// Adds what is new; waits for it when there is nothing to say yet.
async fn news(door: &Door, session: &mut Session, out: &mut Vec<Frame>, wait: Duration) -> Result<(), Refusal> {
    let (mut heads, mut seens, mut stop) = (door.core.heads(), door.core.seens(), door.stop.clone());
    let until = tokio::time::Instant::now() + wait;
    let mut size = 0;
    loop {
        heads.borrow_and_update();
        seens.borrow_and_update();
        'pages: while size < LOG {
            let frames = session.log().await?;
            if frames.is_empty() {
                break;
            }
            for frame in frames {
                size += codec::encode(&frame).len();
                out.push(frame);
                if size >= LOG {
                    // The session is forgotten after this answer; the device says itself how far it got.
                    break 'pages;
                }
            }
        }
        out.extend(session.seen());
        // An answer beside the welcome must not wait either.
        if out.len() > 1 || *stop.borrow() {
            return Ok(());
        }
        tokio::select! {
            _ = heads.changed() => {}
            _ = seens.changed() => {}
            _ = stop.changed() => return Ok(()),
            () = tokio::time::sleep_until(until) => return Ok(()),
        }
    }
}

fn body_of(door: &Door, frames: &[Frame]) -> Response {
    let body = codec::encode_body(frames);
    door.core.metrics().bytes[1].fetch_add(body.len() as u64, std::sync::atomic::Ordering::Relaxed);
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"))], body).into_response()
}
