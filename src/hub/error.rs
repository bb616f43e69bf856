//! Why the hub cannot do what it was told to. One line each, for the person who runs it; nothing here names a document's
//! content or a secret.

use std::path::{Path, PathBuf};

use super::store::{StoreError, lock::LockError};

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
    /// What was asked for cannot be written to standard output.
    #[error("cannot write to standard output: {0}")]
    Output(#[source] std::io::Error),
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
    /// The database is someone else's now.
    #[error("{0} is in use: stop the hub and every other mufakat command that works on it first")]
    InUse(PathBuf),
    /// A backup's file is taken.
    #[error("{0} is there already: a backup never replaces a file")]
    Taken(PathBuf),
    /// A file cannot be written or read.
    #[error("cannot {what} {path}: {cause}")]
    File {
        /// What was tried.
        what: &'static str,
        /// With which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// A backup that is none.
    #[error("{path} is no whole backup: {why}; nothing was changed")]
    NotWhole {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// `check` found damage; what it found is printed already.
    #[error("{0} faults found")]
    Faults(usize),
}

impl HubError {
    /// Why a database cannot be locked.
    #[must_use]
    pub fn lock(database: &Path, error: LockError) -> Self {
        match error {
            LockError::Taken => Self::InUse(database.to_owned()),
            LockError::System(cause) => Self::file("lock", database)(cause),
        }
    }

    /// Why something cannot be done with a file.
    pub fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::File { what, path, cause }
    }
}
