//! Reads what a request carries: its token, its JSON, its frames, each with a precise refusal.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::Door;
use crate::hub::{core::Who, refusal::Refusal, secret::Secret};

/// The body's bytes, within the route's limit.
pub struct Whole(pub Bytes);

impl FromRequest<Door> for Whole {
    type Rejection = Refusal;

    async fn from_request(request: Request, door: &Door) -> Result<Self, Refusal> {
        let limit = door.core.limits().frame as usize;
        Bytes::from_request(request, door).await.map(Self).map_err(|rejection| refused(&rejection, limit))
    }
}

/// Why a body was not taken.
pub fn refused(rejection: &BytesRejection, limit: usize) -> Refusal {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge(limit),
        _ => Refusal::Malformed("the body broke off".to_owned()),
    }
}

/// A JSON body. The type is asked for, so that no form on another site can send one.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Door> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, door: &Door) -> Result<Self, Refusal> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Refusal::WrongType("application/json"));
        }
        let bytes = Bytes::from_request(request, door).await.map_err(|rejection| refused(&rejection, 16 << 10))?;
        // The parser's own words may repeat the input; its place does not.
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            Refusal::Malformed(format!("not the JSON expected, at line {} column {}", error.line(), error.column()))
        })
    }
}

/// The token in `Authorization`, if one is there.
pub fn token(headers: &HeaderMap) -> Result<Option<Secret>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(Refusal::Unauthorised)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::Unauthorised);
    }
    Secret::parse(token.trim()).map(Some).ok_or(Refusal::Unauthorised)
}

/// The device that asks, by its token.
impl FromRequestParts<Door> for Who {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        let token = token(&parts.headers)?.ok_or(Refusal::Unauthorised)?;
        door.core.who(&token)
    }
}
