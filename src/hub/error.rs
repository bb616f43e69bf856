//! Why the hub cannot do what it was told to. One line each, for the person who runs it; nothing here names a document's
//! content or a secret.

use std::path::PathBuf;

use super::store::StoreError;

/// What stops a command of the hub.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No workspace is there yet.
    #[error("no workspace in {0}: start `mufakat serve` with this folder first")]
    NoWorkspace(PathBuf),
    /// The data folder cannot be used.
    #[error("cannot use the data folder {path}: {cause}")]
    Data {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The application's folder cannot be used.
    #[error("cannot serve the application from {path}: {cause}")]
    App {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Which.
        address: std::net::SocketAddr,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The server broke off.
    #[error("the server stopped: {0}")]
    Serve(#[source] std::io::Error),
    /// The system gives no random bytes.
    #[error("no random bytes: {0}")]
    Random(String),
    /// What the store holds contradicts itself.
    #[error("the database is damaged: {0}; `mufakat check` says more")]
    Damaged(String),
    /// The workspace is not a sample.
    #[error("--sample needs an empty data folder or one that began as the sample; this one holds other work")]
    NotSample,
    /// A party or a device that is not there.
    #[error("{0}")]
    Unknown(String),
    /// The sample record is faulty.
    #[error("the sample record: {0}")]
    Sample(String),
    /// `check` found damage; what it found is printed already.
    #[error("{0} faults found")]
    Faults(usize),
}
