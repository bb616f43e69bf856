//! Which columns the table shows, and in which order. Kept on this device and told to nobody.

use leptos::prelude::*;

use crate::ui::{
    components::{dialog::dialog, icon::icon},
    i18n::{t, tr},
    logic::table::{Column, columns},
    platform::page,
};

use super::grid::Grid;

/// The button that says how many are shown, and its dialog.
pub(super) fn button(of: Grid) -> AnyView {
    let open = RwSignal::new(false);
    let shown = move || t!("columns-shown", shown = of.columns.with(Vec::len), all = Column::ALL.len());
    let list = dialog(open, Signal::stored(tr("columns")), move || {
        let all = move || {
            // The shown ones in their order, then the others.
            let mut list = of.columns.get();
            list.extend(Column::ALL.iter().filter(|column| !list.contains(column)).copied().collect::<Vec<_>>());
            list
        };
        let reset = move |_| of.show(Column::FIRST.to_vec());
        view! {
            <p class="hint">{tr("columns-hint")}</p>
            <ul class="columns">
                <For each=all key=|column| *column let:column>{one(of, column)}</For>
            </ul>
            <div class="btnrow">
                <button type="button" class="btn btn--quiet" on:click=reset>{tr("columns-reset")}</button>
                <button type="button" class="btn btn--main" on:click=move |_| open.set(false)>{tr("close")}</button>
            </div>
        }
        .into_any()
    });
    view! {
        <button type="button" class="btn btn--quiet" on:click=move |_| open.set(true)>
            {icon("columns")}
            {tr("columns")}
            " "
            <span class="quiet">{shown}</span>
        </button>
        {list}
    }
    .into_any()
}

fn one(of: Grid, column: Column) -> AnyView {
    let name = tr(&format!("column-{}", column.word()));
    let id = format!("column-{}", column.word());
    let at = Memo::new(move |_| of.columns.with(|columns| columns.iter().position(|known| *known == column)));
    let last = Memo::new(move |_| of.columns.with(|columns| columns.len().saturating_sub(1)));
    let step = |by: isize, glyph: &'static str, key: &'static str| {
        let label = t!(key, column = name.as_str());
        let id = format!("column-{}-{glyph}", column.word());
        let this = id.clone();
        let go = move |_| {
            of.show(of.columns.with_untracked(|columns| columns::moved(columns, column, by)));
            page::focus_soon(&this);
        };
        let end = move || at.get().is_none_or(|at| if by < 0 { at == 0 } else { at == last.get() });
        view! {
            <button type="button" class="iconbtn" id=id aria-label=label aria-disabled=move || end().to_string()
                on:click=go>{icon(glyph)}</button>
        }
        .into_any()
    };
    let (up, down) = (step(-1, "moveup", "column-up"), step(1, "movedown", "column-down"));
    let toggle = move |_| of.show(of.columns.with_untracked(|columns| columns::toggled(columns, column)));
    view! {
        <li>
            <input type="checkbox" id=id.clone() prop:checked=move || at.get().is_some() disabled=column.stays()
                on:change=toggle />
            <label for=id>{name.clone()}</label>
            {up}
            {down}
        </li>
    }
    .into_any()
}
