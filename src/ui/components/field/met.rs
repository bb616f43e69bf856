//! Words that met another's in one sentence, marked in their field until they are read: theirs and one's own.

use leptos::prelude::*;

use crate::{
    engine::api::{ChangeLine, Changed, ChangedBy, Query},
    ui::{
        components::{
            by::by,
            change::{at_once, said, when},
            icon::icon,
        },
        i18n::tr,
        state::{parties::use_parties, views::use_view},
    },
};

use super::{Bound, next_id};

/// The mark of a prose field; none where no two wrote in one sentence.
pub fn met(bound: Bound) -> AnyView {
    let live = use_view::<Vec<ChangedBy>>(Query::AtOnce { doc: bound.doc() });
    let at = bound.at();
    let lines = live.part(move |all| {
        let here = |line: &&ChangeLine| {
            line.record == at.entity && matches!(&line.what, Changed::Wrote { field, .. } if *field == at.field)
        };
        all.iter().flat_map(|by| &by.lines).filter(here).cloned().collect::<Vec<ChangeLine>>()
    });
    let id = next_id();
    let kind = bound.subject.kind;
    let parties = use_parties();
    (move || {
        let lines = lines.get();
        if lines.is_empty() {
            return ().into_any();
        }
        let (target, title) = (id.clone(), format!("{id}-title"));
        let labelled = title.clone();
        let rows = parties.with(|parties| {
            let one = |line: ChangeLine| {
                view! {
                    <li class="met">
                        <p>{by(&line.by)}</p>
                        <div class="chg-one">{said(&line, kind, parties)}</div>
                        {at_once(&line, kind, parties)}
                        <p class="sub">{when(&line)}</p>
                    </li>
                }
            };
            lines.into_iter().map(one).collect_view()
        });
        view! {
            <button type="button" class="kept" popovertarget=target>{icon("claims")}{tr("met")}</button>
            <div class="panel kept-panel" popover="auto" id=id.clone() role="group" aria-labelledby=labelled>
                <h3 id=title>{tr("met")}</h3>
                <ul class="kept-all">{rows}</ul>
                <p class="small"><a href="/changes">{tr("met-changes")}</a></p>
            </div>
        }
        .into_any()
    })
    .into_any()
}
