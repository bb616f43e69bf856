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
        Ok(Arc::new(Sqlite::open(&file, Missing::Create).await?))
    }

    /// Opens a database that is there.
    ///
    /// # Errors
    /// When it is not, or cannot be used.
    pub async fn open(&self) -> Result<Arc<dyn Store>, HubError> {
        let file = self.file()?;
        match Sqlite::open(&file, Missing::Refuse).await {
            Ok(store) => Ok(Arc::new(store)),
            Err(StoreError::Absent(path)) => {
                Err(HubError::NoWorkspace(path.parent().map_or_else(PathBuf::new, Path::to_path_buf)))
            }
            Err(error) => Err(error.into()),
        }
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
