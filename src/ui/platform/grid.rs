//! A grid of cells in the page: where the focus is in it, where it goes, and what a cell's field holds.
//!
//! Rows carry `data-row`, and `data-record` where they are a record; cells carry `data-col`. All cells can take the focus, none
//! is a stop of its own: the grid is, and hands the focus to the cell that had it last.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, ClipboardItem, Element, Event, EventTarget, FocusEvent, HtmlElement,
    HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node,
};

/// A cell by the words it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its row.
    pub row: String,
    /// The record that its row is.
    pub record: Option<String>,
    /// Its column.
    pub column: String,
}

/// What a cell's field held when it was opened.
const FIRST: &str = "data-first";
/// What can be written in or chosen from.
const FIELDS: &str = "input, textarea, select";

fn element(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

fn active() -> Option<Element> {
    super::document()?.active_element()
}

fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

fn rows(grid: &Element) -> Vec<HtmlElement> {
    all(grid, "[data-row]:not([hidden])")
}

// Columns give way on narrow screens: what is not drawn cannot take the focus.
fn cells(row: &Element) -> Vec<HtmlElement> {
    let mut cells = all(row, "[data-col]");
    cells.retain(|cell| cell.offset_width() > 0);
    cells
}

fn spot(cell: &Element) -> Option<Spot> {
    let row = closest(cell, "[data-row]")?;
    Some(Spot {
        row: row.get_attribute("data-row")?,
        record: row.get_attribute("data-record"),
        column: cell.get_attribute("data-col")?,
    })
}

/// The cell in which something happened.
#[must_use]
pub fn spot_of(event: &Event) -> Option<Spot> {
    spot(&closest(&element(event.target())?, "[data-col]")?)
}

/// The cell that has the focus, or in which the focus is.
#[must_use]
pub fn here() -> Option<Spot> {
    spot(&closest(&active()?, "[data-col]")?)
}

/// Whether something happened in a field of a cell, where keys mean letters.
#[must_use]
pub fn in_field(event: &Event) -> bool {
    let field = element(event.target()).filter(|target| target.matches(FIELDS).unwrap_or_default());
    field.is_some_and(|field| closest(&field, "[data-editor], dialog").is_some())
}

/// Whether something happened in a link or button of a cell, which knows itself what Enter means.
#[must_use]
pub fn in_control(event: &Event) -> bool {
    element(event.target()).is_some_and(|target| target.matches("a, button, summary").unwrap_or_default())
}

fn attribute(name: &str, value: &str) -> String {
    format!("[{name}=\"{}\"]", value.replace(['"', '\\'], ""))
}

fn cell(grid: &str, spot: &Spot) -> Option<HtmlElement> {
    let grid = super::page::by_id(grid)?;
    let column = attribute("data-col", &spot.column);
    let row = |words: String| grid.query_selector(&format!("{words}:not([hidden])")).ok().flatten();
    // A row that went under another head is still the same record.
    let row = row(attribute("data-row", &spot.row))
        .or_else(|| spot.record.as_deref().and_then(|record| row(attribute("data-record", record))))?;
    let found = row.query_selector(&column).ok().flatten().and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
    found.or_else(|| cells(&row).into_iter().next())
}

/// The element of a cell.
#[must_use]
pub fn cell_of(grid: &str, spot: &Spot) -> Option<Element> {
    cell(grid, spot).map(Element::from)
}

/// Puts the focus on a cell, if it is there.
pub fn focus(grid: &str, spot: &Spot) -> bool {
    let cell = cell(grid, spot);
    if let Some(cell) = &cell {
        let _ = cell.focus();
    }
    cell.is_some()
}

/// Puts the focus on the first cell of the first record; on the first cell where there is none.
pub fn focus_first(grid: &str) {
    let Some(grid) = super::page::by_id(grid) else { return };
    let rows = rows(&grid);
    let first = rows.iter().find(|row| row.has_attribute("data-record")).or_else(|| rows.first());
    if let Some(cell) = first.and_then(|row| cells(row).into_iter().next()) {
        let _ = cell.focus();
    }
}

/// Where the focus is among the grid's rows and its row's cells, how many rows there are, how many cells each has, and how
/// many rows are a screenful: what the next step is reckoned from.
pub fn go(grid: &str, next: impl FnOnce(usize, usize, usize, &dyn Fn(usize) -> usize, usize) -> (usize, usize)) {
    let (Some(grid), Some(at)) = (super::page::by_id(grid), active()) else { return };
    let (Some(cell), Some(row)) = (closest(&at, "[data-col]"), closest(&at, "[data-row]")) else { return };
    let rows = rows(&grid);
    let is = |one: &HtmlElement, other: &Element| one.is_same_node(Some(other.unchecked_ref::<Node>()));
    let Some(at) = rows.iter().position(|one| is(one, &row)) else { return };
    let column = cells(&row).iter().position(|one| is(one, &cell)).unwrap_or_default();
    let height = rows[at].offset_height().max(1);
    let screen = super::window().and_then(|window| window.inner_height().ok()).and_then(|height| height.as_f64());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred pixels")]
    let page = (screen.unwrap_or_default() as usize / height.unsigned_abs() as usize).saturating_sub(3);
    let count = |at: usize| rows.get(at).map_or(0, |row| cells(row).len());
    let (row, column) = next(at, column, rows.len(), &count, page);
    let Some(row) = rows.get(row) else { return };
    let cells = cells(row);
    if let Some(cell) = cells.get(column).or_else(|| cells.last()) {
        let _ = cell.focus();
    }
}

/// Clicks what a cell is for: its button, its box, its link. False when it has none.
pub fn press(grid: &str, spot: &Spot, selector: &str) -> bool {
    let Some(cell) = cell(grid, spot) else { return false };
    let Some(control) = all(&cell, selector).into_iter().next() else { return false };
    control.click();
    true
}

/// Sets the box of a cell.
pub fn check(grid: &str, spot: &Spot, checked: bool) {
    let found = cell(grid, spot).and_then(|cell| all(&cell, "input").into_iter().next());
    if let Some(found) = found.as_ref().and_then(|input| input.dyn_ref::<HtmlInputElement>()) {
        found.set_checked(checked);
    }
}

/// The grid is no stop of its own while the focus is in it.
pub fn entered(grid: &str) {
    if let Some(grid) = super::page::by_id(grid) {
        let _ = grid.set_attribute("tabindex", "-1");
    }
}

/// The focus left the grid, unless it went from one of its cells to another. True when a person took it elsewhere: what takes
/// the focus away by drawing anew names no other place.
pub fn left(grid: &str, event: &FocusEvent) -> bool {
    let Some(grid) = super::page::by_id(grid) else { return false };
    let to = element(event.related_target());
    if to.as_ref().is_some_and(|to| grid.contains(Some(to))) {
        return false;
    }
    let _ = grid.set_attribute("tabindex", "0");
    to.is_some()
}

/// Whether something happened outside of an element.
#[must_use]
pub fn outside(id: &str, event: &Event) -> bool {
    let target = element(event.target());
    super::page::by_id(id).is_some_and(|grid| !target.is_some_and(|target| grid.contains(Some(&target))))
}

/// Whether the focus is nowhere: drawing anew took it.
#[must_use]
pub fn focus_lost() -> bool {
    active().is_none_or(|element| element.tag_name() == "BODY")
}

fn value(field: &HtmlElement) -> String {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    field.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
}

fn write(field: &HtmlElement, text: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
    }
}

// As a person would: who listens hears of it.
fn put(field: &HtmlElement, text: &str) {
    write(field, text);
    let kind = if field.dyn_ref::<HtmlSelectElement>().is_some() { "change" } else { "input" };
    if let Ok(event) = Event::new(kind) {
        let _ = field.dispatch_event(&event);
    }
}

fn field(cell: &Element) -> Option<HtmlElement> {
    all(cell, "[data-editor] input, [data-editor] textarea, [data-editor] select").into_iter().next()
}

/// Opens the field of a cell: it takes the focus, with what was typed in the place of what it held, or with all of it
/// chosen. `first` is what it holds, where that is known: the field may not have been told yet. False while it is not drawn.
pub fn open(cell: &Element, typed: Option<&str>, first: Option<&str>) -> bool {
    let Some(field) = field(cell) else { return false };
    if let Some(first) = first {
        write(&field, first);
    }
    let _ = field.set_attribute(FIRST, &value(&field));
    let _ = field.focus();
    if let Some(typed) = typed {
        put(&field, typed);
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
    }
    true
}

/// Puts back what the field of a cell held when it was opened; where others wrote there meanwhile, what they wrote. The words
/// that stood there instead, where they were others.
pub fn give_back(cell: &Element) -> Option<String> {
    let field = field(cell)?;
    let (first, now) = (field.get_attribute(FIRST)?, value(&field));
    if let Some(theirs) = all(cell, "[data-editor] .hint .kept").into_iter().next() {
        theirs.click();
        return Some(now);
    }
    if first == now {
        return None;
    }
    put(&field, &first);
    Some(now)
}

fn invalid(cell: &Element) -> Option<HtmlElement> {
    all(cell, "[aria-invalid=\"true\"]").into_iter().next()
}

/// Whether a field of a cell holds what cannot be read: its words are saved nowhere.
#[must_use]
pub fn is_unreadable(cell: &Element) -> bool {
    invalid(cell).is_some()
}

/// The same; the field takes the focus again.
pub fn unreadable(cell: &Element) -> bool {
    let field = invalid(cell);
    if let Some(field) = &field {
        let _ = field.focus();
    }
    field.is_some()
}

/// Marks a cell while its field is open.
pub fn mark(cell: &Element, open: bool) {
    let _ = if open { cell.class_list().add_1("is-editing") } else { cell.class_list().remove_1("is-editing") };
}

/// Whether words of the page are chosen, which a copy is then meant for.
#[must_use]
pub fn words_chosen() -> bool {
    let selection = super::window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Answers a copy with a text, and with the same as HTML.
pub fn answer_copy(event: &ClipboardEvent, text: &str, html: &str) {
    let Some(data) = event.clipboard_data() else { return };
    let _ = data.set_data("text/plain", text);
    let _ = data.set_data("text/html", html);
    event.prevent_default();
}

/// The text that is pasted.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok().filter(|text| !text.is_empty())
}

/// Copies a text, and the same as HTML where the browser takes both; true when it let us.
pub async fn copy(text: &str, html: &str) -> bool {
    let both = || -> Result<js_sys::Promise, JsValue> {
        let item = js_sys::Object::new();
        for (kind, words) in [("text/plain", text), ("text/html", html)] {
            let options = BlobPropertyBag::new();
            options.set_type(kind);
            let parts = js_sys::Array::of1(&JsValue::from_str(words));
            let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
            js_sys::Reflect::set(&item, &JsValue::from_str(kind), &js_sys::Promise::resolve(&blob))?;
        }
        let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&item)?;
        let clipboard = super::window().ok_or(JsValue::NULL)?.navigator().clipboard();
        Ok(clipboard.write(&js_sys::Array::of1(&item)))
    };
    let there = super::window().is_some_and(|window| {
        let has = |of: &JsValue, name: &str| js_sys::Reflect::has(of, &JsValue::from_str(name)).unwrap_or_default();
        has(&window, "ClipboardItem") && has(&window.navigator(), "clipboard")
    });
    if there
        && let Ok(promise) = both()
        && wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
    {
        return true;
    }
    super::page::copy(text).await
}
