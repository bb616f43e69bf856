//! Files: every byte of each, against its hash and size; of those on their way only that they are no longer than they say.

use sha2::{Digest as _, Sha256};

use super::{Report, rows::Past};
use crate::{
    domain::paper::{FileHash, look::Look},
    hub::{
        error::HubError,
        store::{Blob, Store},
    },
};

/// Bytes read at a time.
const PIECE: u64 = 1 << 20;

pub(super) async fn verify(
    store: &dyn Store,
    blobs: Vec<Blob>,
    past: &Past,
    report: &mut Report,
) -> Result<(), HubError> {
    for blob in blobs {
        let mut fault = |what: &str| report.beside(format!("file {} of document {}: {what}", blob.hash, blob.doc));
        if blob.received > blob.size {
            fault("more bytes than its size");
        }
        let Some(kind) = blob.kind else { continue };
        if !past.catalogue.docs.contains_key(&blob.doc) {
            fault("no entry of the log made its document");
        }
        let (look, hash, size) = read(store, blob).await?;
        if size != blob.size || hash != blob.hash {
            fault("its bytes are not the ones its hash names");
        } else if look.kind() != Some(kind) {
            fault("it is not of the kind its row says");
        }
        report.files += 1;
    }
    Ok(())
}

async fn read(store: &dyn Store, blob: Blob) -> Result<(Look, FileHash, u64), HubError> {
    let (mut look, mut sum, mut at) = (Look::default(), Sha256::new(), 0);
    loop {
        let piece = store.piece(blob.id, at, PIECE).await?;
        if piece.is_empty() {
            return Ok((look, FileHash(sum.finalize().into()), at));
        }
        at += piece.len() as u64;
        look.feed(&piece);
        sum.update(&piece);
    }
}
