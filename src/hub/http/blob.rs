//! `/v1/blob/{doc}/{sha256}`: files beside documents. `HEAD` says how far one is, `PUT` brings a piece of it, `GET` has it or
//! a range of it. It is handed out to be saved, never to be run: as an attachment, under a policy that lets it do nothing.

use axum::{
    body::{Body, Bytes},
    extract::{
        Path, Query, State,
        rejection::{BytesRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use super::{Door, body::refused};
use crate::{
    domain::{
        DocId,
        paper::{FileHash, PaperKind},
    },
    hub::{
        core::{PIECE, Piece, Told, Who},
        refusal::Refusal,
        store::Blob,
    },
};

/// How many bytes of a file are here; on answers to whoever brings it.
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// What a browser may do with a file that it got from here.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

fn named(doc: &str, hash: &str) -> Result<(DocId, FileHash), Refusal> {
    match (doc.parse(), hash.parse()) {
        (Ok(doc), Ok(hash)) => Ok((doc, hash)),
        (Err(_), _) | (_, Err(_)) => Err(Refusal::NotFound),
    }
}

/// `HEAD`: 200 when it is here whole, 204 with how much is here when it is not.
pub async fn head(
    State(door): State<Door>,
    who: Who,
    Path((doc, hash)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (doc, hash) = named(&doc, &hash)?;
    Ok(match door.core.file_told(who, doc, hash).await? {
        Told::Whole(blob) => with_offset((StatusCode::OK, described(blob, blob.size)).into_response(), blob.size),
        Told::Coming(at) => with_offset(StatusCode::NO_CONTENT.into_response(), at),
    })
}

fn with_offset(mut answer: Response, at: u64) -> Response {
    answer.headers_mut().insert(OFFSET, HeaderValue::from(at));
    answer
}

fn described(blob: Blob, length: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = blob.kind.map_or("application/octet-stream", PaperKind::media);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers
}

/// `GET`.
pub async fn get(
    State(door): State<Door>,
    method: Method,
    who: Who,
    Path((doc, hash)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    if method == Method::HEAD {
        return head(State(door), who, Path((doc, hash))).await;
    }
    let (doc, hash) = named(&doc, &hash)?;
    let blob = door.core.file(who, doc, hash).await?;
    let wanted = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    let (status, from, to) = match wanted.and_then(|range| range_of(range, blob.size)) {
        None => (StatusCode::OK, 0, blob.size),
        Some(Err(refusal)) => return Err(refusal),
        Some(Ok((from, to))) => (StatusCode::PARTIAL_CONTENT, from, to),
    };
    door.core.fetches(who, to - from)?;
    let mut headers = described(blob, to - from);
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = HeaderValue::from_str(&format!("bytes {from}-{}/{}", to - 1, blob.size))
    {
        headers.insert(header::CONTENT_RANGE, range);
    }
    let core = door.core;
    let pieces = stream::unfold(from, move |at| {
        let core = std::sync::Arc::clone(&core);
        async move {
            if at >= to {
                return None;
            }
            match core.file_piece(blob, at, (to - at).min(PIECE as u64)).await {
                // The body breaks off: its length says so.
                Ok(piece) if piece.is_empty() => Some((Err(std::io::Error::other("a piece is missing")), to)),
                Ok(piece) => {
                    let next = at + piece.len() as u64;
                    Some((Ok(Bytes::from(piece)), next))
                }
                Err(error) => Some((Err(std::io::Error::other(error)), to)),
            }
        }
    });
    Ok((status, headers, Body::from_stream(pieces)).into_response())
}

/// The one range that is asked for, as its first byte and the one behind its last; none where the whole is handed out.
fn range_of(text: &str, size: u64) -> Option<Result<(u64, u64), Refusal>> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from.trim(), to.trim()) {
        ("", last) => (size.saturating_sub(last.parse().ok()?), size),
        (from, "") => (from.parse().ok()?, size),
        (from, to) => (from.parse().ok()?, to.parse::<u64>().ok()?.saturating_add(1).min(size)),
    };
    Some(if from < to { Ok((from, to)) } else { Err(Refusal::Range(size)) })
}

/// `?at=&size=`: where the piece begins, and the size of the whole file.
#[derive(Debug, Deserialize)]
pub struct Where {
    at: u64,
    size: u64,
}

/// How far a file is after a piece.
#[derive(Debug, Serialize)]
struct Far {
    at: u64,
    whole: bool,
}

/// `PUT`.
pub async fn put(
    State(door): State<Door>,
    who: Who,
    Path((doc, hash)): Path<(String, String)>,
    place: Result<Query<Where>, QueryRejection>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let (doc, hash) = named(&doc, &hash)?;
    let Query(Where { at, size }) = place.map_err(|_| Refusal::Malformed("at and size are two numbers".to_owned()))?;
    let bytes = bytes.map_err(|rejection| refused(&rejection, PIECE))?.to_vec();
    let told = door.core.bring(who, Piece { doc, hash, size, at, bytes }).await?;
    let (status, far) = match told {
        Told::Whole(blob) => (StatusCode::OK, Far { at: blob.size, whole: true }),
        Told::Coming(at) => (StatusCode::ACCEPTED, Far { at, whole: false }),
    };
    let at = far.at;
    Ok(with_offset((status, axum::Json(far)).into_response(), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_it_is_meant() {
        for (text, range) in [
            ("bytes=0-0", Some(Ok((0, 1)))),
            ("bytes=3-", Some(Ok((3, 10)))),
            ("bytes=3-99", Some(Ok((3, 10)))),
            ("bytes=-4", Some(Ok((6, 10)))),
            ("bytes=-99", Some(Ok((0, 10)))),
            ("bytes=10-", Some(Err(Refusal::Range(10)))),
            ("bytes=5-4", Some(Err(Refusal::Range(10)))),
            ("bytes=1-2,4-5", None),
            ("items=1-2", None),
        ] {
            assert_eq!(range_of(text, 10), range, "{text}");
        }
    }
}
