//! Who may have a database open: any number of programs that use it, or one that replaces it.
//!
//! SQLite itself lets others in between its transactions; a file that is exchanged under them would be written by two
//! histories. The lock is the system's: it ends with the process, however that ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Someone else has it.
    #[error("someone else uses the database")]
    Taken,
    /// The system cannot lock here.
    #[error(transparent)]
    System(#[from] std::io::Error),
}

/// A lock; dropping it lets go.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// For a program that uses the database beside others.
    ///
    /// # Errors
    /// While someone replaces it.
    pub fn shared(database: &Path) -> Result<Self, LockError> {
        let file = open(database)?;
        file.try_lock_shared().map_err(refused)?;
        Ok(Self { _file: file })
    }

    /// For the one that replaces it.
    ///
    /// # Errors
    /// While anyone uses it.
    pub fn alone(database: &Path) -> Result<Self, LockError> {
        let file = open(database)?;
        file.try_lock().map_err(refused)?;
        Ok(Self { _file: file })
    }
}

fn refused(error: TryLockError) -> LockError {
    match error {
        TryLockError::WouldBlock => LockError::Taken,
        TryLockError::Error(error) => error.into(),
    }
}

/// A file of its own beside the database, which is never exchanged.
fn open(database: &Path) -> Result<File, std::io::Error> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(beside(database, ".lock"))
}

/// A file beside another: its name with more behind it.
#[must_use]
pub fn beside(file: &Path, more: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(more);
    name.into()
}
