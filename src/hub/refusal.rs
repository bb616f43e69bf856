//! What the hub refuses at its doors outside the frames, each with an HTTP status, a stable word and a sentence.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{error::HubError, store::StoreError};
use crate::sync::{codec::CodecError, join::Problem};

/// A refusal. It never repeats what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No token, or none that is known.
    #[error("no device has this token")]
    Unauthorised,
    /// The device lost its rights.
    #[error("this device's rights were taken away")]
    Revoked,
    /// Not this person's to do.
    #[error("no appointment of yours allows this")]
    Forbidden,
    /// Not what the route expects.
    #[error("{0}")]
    Malformed(String),
    /// Larger than the limit, in bytes.
    #[error("more than {0} bytes")]
    TooLarge(usize),
    /// The body is of another type.
    #[error("the body must be {0}")]
    WrongType(&'static str),
    /// No such invitation.
    #[error("no invitation has this secret")]
    InvitationUnknown,
    /// Used by another device.
    #[error("the invitation was used by another device")]
    InvitationUsed,
    /// Too old.
    #[error("the invitation has expired")]
    InvitationExpired,
    /// The device joined under another invitation.
    #[error("this device's key has joined already, by another invitation")]
    DeviceKnown,
    /// No such device.
    #[error("no such device")]
    DeviceUnknown,
    /// No such party.
    #[error("no such party in this workspace")]
    PartyUnknown,
    /// Another protocol version.
    #[error("this hub speaks protocol {0}")]
    Proto(u16),
    /// The `Hello` names another workspace, or another device than the token's.
    #[error("{0}")]
    WrongPlace(&'static str),
    /// Too many connections, or stopping.
    #[error("busy: try again in {0} s")]
    Busy(u32),
    /// Too often; seconds.
    #[error("too often: try again in {0} s")]
    TooFast(u32),
    /// A file larger than a file may be, in bytes.
    #[error("a file may have {0} bytes")]
    FileTooLarge(u64),
    /// A file of a kind that no paper may be.
    #[error("no paper is of this kind")]
    FileType,
    /// A file that is not the one it was announced as.
    #[error("the bytes are not the ones the hash names")]
    FileHash,
    /// The document has no room for another file.
    #[error("the files of this document are too many")]
    PapersFull,
    /// A piece that does not go on where the file ends here, which is at so many bytes.
    #[error("the file has {0} bytes here")]
    Offset(u64),
    /// A range outside a file of so many bytes.
    #[error("the file has {0} bytes")]
    Range(u64),
    /// No such route.
    #[error("no such address")]
    NotFound,
    /// The route takes another method.
    #[error("this address takes {0}")]
    Method(&'static str),
    /// The hub's own fault; the log says more.
    #[error("the hub could not do it: its operator's log says why")]
    Internal,
}

impl Refusal {
    /// The stable word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorised => "unauthorised",
            Self::Revoked => "revoked",
            Self::Forbidden => "forbidden",
            Self::Malformed(_) => "malformed",
            Self::TooLarge(_) => "too-large",
            Self::WrongType(_) => "wrong-type",
            Self::InvitationUnknown => "invitation-unknown",
            Self::InvitationUsed => "invitation-used",
            Self::InvitationExpired => "invitation-expired",
            Self::DeviceKnown => "device-known",
            Self::DeviceUnknown => "device-unknown",
            Self::PartyUnknown => "party-unknown",
            Self::Proto(_) => "proto",
            Self::WrongPlace(_) => "wrong-place",
            Self::Busy(_) => "busy",
            Self::TooFast(_) => "too-fast",
            Self::FileTooLarge(_) => "file-too-large",
            Self::FileType => "file-type",
            Self::FileHash => "file-hash",
            Self::PapersFull => "papers-full",
            Self::Offset(_) => "offset",
            Self::Range(_) => "range",
            Self::NotFound => "not-found",
            Self::Method(_) => "method",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorised => StatusCode::UNAUTHORIZED,
            Self::Revoked | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) | Self::FileTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongType(_) | Self::FileType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::FileHash => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PapersFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Offset(_) => StatusCode::CONFLICT,
            Self::Range(_) => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::InvitationUnknown | Self::DeviceUnknown | Self::PartyUnknown | Self::NotFound => {
                StatusCode::NOT_FOUND
            }
            Self::InvitationUsed | Self::DeviceKnown | Self::WrongPlace(_) => StatusCode::CONFLICT,
            Self::InvitationExpired => StatusCode::GONE,
            Self::Proto(_) => StatusCode::UPGRADE_REQUIRED,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<HubError> for Refusal {
    fn from(error: HubError) -> Self {
        tracing::error!(%error, "request failed");
        Self::Internal
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        HubError::from(error).into()
    }
}

impl From<CodecError> for Refusal {
    fn from(error: CodecError) -> Self {
        match error {
            CodecError::TooLarge { limit } => Self::TooLarge(limit),
            CodecError::Empty
            | CodecError::Format(_)
            | CodecError::Deflate(_)
            | CodecError::Malformed(_)
            | CodecError::Trailing(_)
            | CodecError::Short => Self::Malformed(error.to_string()),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = Problem { code: self.code().to_owned(), message: self.to_string() };
        let mut answer = (self.status(), Json(problem)).into_response();
        match &self {
            Self::Unauthorised => {
                answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Busy(seconds) | Self::TooFast(seconds) => {
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Self::Method(allow) => {
                answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
            }
            Self::Offset(at) => {
                answer.headers_mut().insert("upload-offset", HeaderValue::from(*at));
            }
            Self::Range(size) => {
                if let Ok(range) = HeaderValue::from_str(&format!("bytes */{size}")) {
                    answer.headers_mut().insert(header::CONTENT_RANGE, range);
                }
            }
            Self::FileTooLarge(_)
            | Self::FileType
            | Self::FileHash
            | Self::PapersFull
            | Self::Revoked
            | Self::Forbidden
            | Self::Malformed(_)
            | Self::TooLarge(_)
            | Self::WrongType(_)
            | Self::InvitationUnknown
            | Self::InvitationUsed
            | Self::InvitationExpired
            | Self::DeviceKnown
            | Self::DeviceUnknown
            | Self::PartyUnknown
            | Self::Proto(_)
            | Self::WrongPlace(_)
            | Self::NotFound
            | Self::Internal => {}
        }
        // Counted by the layer that sees every answer.
        answer.extensions_mut().insert(Counted(self.code()));
        answer
    }
}

/// The word of a refusal, on its answer, for whoever counts.
#[derive(Debug, Clone, Copy)]
pub struct Counted(pub &'static str);
