//! Finds the database that an operator means, and opens it without surprises.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    cli::Place,
    error::HubError,
    store::{
        Store, StoreError,
        lock::Lock,
        sqlite::{self, Missing, Sqlite},
    },
};

/// The database's name in the data folder.
const FILE: &str = "mufakat.sqlite3";

impl Place {
    /// The database's file.
    ///
    /// # Errors
    /// When the address names none that this build can use.
    pub fn file(&self) -> Result<PathBuf, StoreError> {
        match &self.database_url {
            Some(url) => sqlite::file_of(url),
            None => Ok(self.data.join(FILE)),
        }
    }

    /// Opens the database, making folder and file where they are not there.
    ///
    /// # Errors
    /// When the address, the folder or the file cannot be used.
    pub async fn make(&self) -> Result<Arc<dyn Store>, HubError> {
        let file = self.file()?;
        if self.database_url.is_none() {
            make_folder(&self.data).map_err(|cause| HubError::Data { path: self.data.clone(), cause })?;
        }
        let lock = Lock::shared(&file).map_err(|error| HubError::lock(&file, error))?;
        Ok(Arc::new(Sqlite::open(&file, Missing::Create).await?.holding(lock)))
    }

    /// Opens a database that is there.
    ///
    /// # Errors
    /// When it is not, or cannot be used.
    pub async fn open(&self) -> Result<Arc<dyn Store>, HubError> {
        let file = self.file()?;
        let absent = || HubError::NoWorkspace(folder_of(&file).to_path_buf());
        if !file.exists() {
            return Err(absent());
        }
        let lock = Lock::shared(&file).map_err(|error| HubError::lock(&file, error))?;
        match Sqlite::open(&file, Missing::Refuse).await {
            Ok(store) => Ok(Arc::new(store.holding(lock))),
            Err(StoreError::Absent(_)) => Err(absent()),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes the folder where it is not there, and keeps everyone else away from the database: its file, and the lock.
    ///
    /// # Errors
    /// When the folder cannot be used, or someone uses the database.
    pub fn alone(&self) -> Result<(PathBuf, Lock), HubError> {
        let file = self.file()?;
        let folder = folder_of(&file);
        make_folder(folder).map_err(|cause| HubError::Data { path: folder.to_owned(), cause })?;
        let lock = Lock::alone(&file).map_err(|error| HubError::lock(&file, error))?;
        Ok((file, lock))
    }
}

/// The folder of a file.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// The folder is for its owner alone: it holds what governments have not published.
fn make_folder(path: &Path) -> Result<(), std::io::Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    std::fs::read_dir(path).map(drop)
}
