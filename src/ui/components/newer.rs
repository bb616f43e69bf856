//! The word about a document of a newer version of the application: it can be read here, and why no field takes anything.

use leptos::prelude::*;

use crate::{
    domain::{Snapshot, schema},
    ui::i18n::tr,
};

use super::notice::{Tone, notice};

/// Whether a document was written with a newer version than this one.
#[must_use]
pub const fn is_newer(snapshot: &Snapshot) -> bool {
    snapshot.schema > schema::CURRENT
}

/// The notice, while it is so.
pub fn newer(is: Signal<bool>) -> AnyView {
    (move || {
        is.get().then(|| {
            notice(Tone::Warn, "download", tr("notice-newer-document"), tr("refusal-newer-schema"), ().into_any())
        })
    })
    .into_any()
}
