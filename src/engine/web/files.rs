//! Files in the browser: their pieces in IndexedDB, and to and from the hub. Each piece has a transaction of its own, so that
//! a file for which there is no room keeps no word from the disk.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{Shell, net};
use crate::engine::core::{
    Input,
    files::{FileKey, FileOutcome, FileWork, JobId},
    store::{Step, Store, StoreError, Write},
};

impl Shell {
    /// Does something with a file, and says how it went.
    pub fn file(self: &Rc<Self>, job: JobId, work: FileWork) {
        let shell = Rc::clone(self);
        spawn_local(async move {
            let outcome = match shell.file_work(work).await {
                Ok(outcome) => outcome,
                Err(error) => FileOutcome::Failed(shell.heal(error).await),
            };
            shell.input(Input::File { job, outcome });
        });
    }

    async fn file_work(self: &Rc<Self>, work: FileWork) -> Result<FileOutcome, StoreError> {
        match work {
            FileWork::Put { key, n, sealed } => {
                let steps = vec![Step::Put(Store::Blob, key.piece(n), sealed)];
                let workspace = self.to_write().await.ok_or(StoreError::Absent)?;
                workspace.write(&Write { steps }).await?;
                Ok(FileOutcome::Kept)
            }
            FileWork::Get { key, n } => {
                let workspace = self.workspace.borrow().clone().ok_or(StoreError::Absent)?;
                Ok(FileOutcome::Piece(workspace.value(Store::Blob, &key.piece(n)).await?))
            }
            FileWork::Drop { key } => {
                let workspace = self.to_write().await.ok_or(StoreError::Absent)?;
                // `0` follows `/` in every encoding.
                workspace.clear(Store::Blob, &format!("{key}/"), &format!("{key}0")).await?;
                Ok(FileOutcome::Kept)
            }
            FileWork::Ask { key, token } => Ok(told(net::blob("HEAD", &path(key, ""), &token, None, None).await)),
            FileWork::Send { key, token, at, size, bytes } => {
                let path = path(key, &format!("?at={at}&size={size}"));
                Ok(told(net::blob("PUT", &path, &token, None, Some(bytes)).await))
            }
            FileWork::Fetch { key, token, at, to } => {
                let range = format!("bytes={at}-{}", to.saturating_sub(1));
                Ok(told(net::blob("GET", &path(key, ""), &token, Some(range), None).await))
            }
        }
    }
}

fn path(key: FileKey, query: &str) -> String {
    format!("/v1/blob/{key}{query}")
}

fn told(answer: Option<(u16, Option<u64>, Vec<u8>)>) -> FileOutcome {
    match answer {
        Some((status, at, body)) => FileOutcome::Answer { status, at, body },
        None => FileOutcome::Unreachable,
    }
}
