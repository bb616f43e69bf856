//! A native dialog: only for what asks for words before it is done, or cannot be undone on this device.

use leptos::{html, prelude::*};

use crate::ui::platform::page;

/// A dialog that opens while `open` is true and sets it to false when it closes. `body` is built anew each time.
pub fn dialog(
    open: RwSignal<bool>,
    title: Signal<String>,
    body: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    let id = super::field::next_id();
    let labelled = id.clone();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            if open.get() {
                page::open_dialog(&element);
            } else {
                element.close();
            }
        }
    });
    view! {
        <dialog class="box" node_ref=node aria-labelledby=labelled on:close=move |_| open.set(false)>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <h2 id=id.clone()>{title}</h2>
                            {body()}
                        }
                    })
            }}
        </dialog>
    }
    .into_any()
}
