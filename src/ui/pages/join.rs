//! Joining a workspace by an invitation: its secret comes in the address's fragment and is taken out of it at once.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{
    engine::api::{Command, Refusal},
    ui::{
        components::{head::Head, icon::icon},
        i18n::{t, tr},
        platform::{install, page},
        state::{commands, toasts, version, views::use_shell},
    },
};

/// How joining stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Ready,
    Asking,
    Failed(Refusal),
}

/// The page.
#[component]
pub fn Join() -> impl IntoView {
    let secret = RwSignal::new(page::take_fragment());
    let shell = use_shell();
    let me = shell.part(|shell| shell.me.as_ref().map(|me| (me.party_name.clone(), shell.workspace.clone())));
    let step = RwSignal::new(Step::Ready);
    // Of the page, not of the form: joining takes the form away before its answer is told.
    let navigate = use_navigate();
    let done = Callback::new(move |()| {
        secret.set(None);
        navigate("/", Default::default());
    });
    let facts = view! { <span>{tr("join-facts")}</span> }.into_any();
    let head = Head::of("join", "join-title").facts(facts).view();
    view! {
        <div class="join">
            {head}
            {move || match (me.get(), secret.get()) {
                (Some((party, workspace)), None) => joined(&party, &workspace),
                (_, Some(secret)) => form(secret, step, done),
                (None, None) => paste(secret),
            }}
        </div>
    }
}

fn joined(party: &str, workspace: &str) -> AnyView {
    view! {
        <div class="empty">
            <h2>{tr("join-joined")}</h2>
            <p>{t!("join-joined-text", party = party, workspace = workspace)}</p>
            <div class="btnrow"><a class="btn btn--main" href="/">{tr("join-go")}</a></div>
        </div>
    }
    .into_any()
}

// Without a secret in the address: the link can be pasted.
fn paste(secret: RwSignal<Option<String>>) -> AnyView {
    let text = RwSignal::new(String::new());
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = text.get_untracked();
        let words = words.trim();
        let found = words.rsplit_once('#').map_or(words, |(_, after)| after);
        if !found.is_empty() {
            secret.set(Some(found.to_owned()));
        }
    };
    view! {
        <form class="join-form" on:submit=take>
            <div>
                <label class="label" for="j-link">{tr("join-link")}</label>
                <input class="input" id="j-link" autocomplete="off" aria-describedby="j-link-h"
                    on:input=move |event| text.set(page::value_of(&event)) />
                <p class="hint" id="j-link-h">{tr("join-link-hint")}</p>
            </div>
            <div class="btnrow"><button type="submit" class="btn btn--main">{tr("join-next")}</button></div>
        </form>
    }
    .into_any()
}

fn form(secret: String, step: RwSignal<Step>, done: Callback<()>) -> AnyView {
    let label = RwSignal::new({
        let platform = page::platform_word();
        if platform.is_empty() { tr("join-device-default") } else { t!("join-device-on", platform = platform) }
    });
    let keep = RwSignal::new(true);
    let join = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if step.get_untracked() == Step::Asking {
            return;
        }
        step.set(Step::Asking);
        if keep.get_untracked() {
            spawn_local(async {
                install::persist().await;
                version::refresh_storage().await;
            });
        }
        let command = Command::Join { secret: secret.clone(), label: label.get_untracked().trim().to_owned() };
        commands::ask(command, move |result| match result {
            Ok(_) => {
                done.try_run(());
            }
            Err(refusal) => step.set(Step::Failed(refusal)),
        });
    };
    let asking = Memo::new(move |_| step.with(|step| *step == Step::Asking));
    let failed = move || {
        step.with(|step| match step {
            Step::Failed(refusal) => {
                let words = toasts::words(refusal);
                Some(view! {
                    <div class="notice notice--bad notice--box" role="alert">
                        {icon("refused")}
                        <p>{words}</p>
                        <div class="notice-acts"></div>
                    </div>
                })
            }
            Step::Ready | Step::Asking => None,
        })
    };
    let button = move || {
        let key = step.with(|step| match step {
            Step::Ready => "join-do",
            Step::Asking => "join-asking",
            Step::Failed(_) => "join-retry",
        });
        tr(key)
    };
    view! {
        <form class="join-form" on:submit=join>
            <div>
                <label class="label" for="j-dev">{tr("join-device")}</label>
                <input class="input" id="j-dev" aria-describedby="j-dev-h" prop:value=move || label.get()
                    on:input=move |event| label.set(page::value_of(&event)) />
                <p class="hint" id="j-dev-h">{tr("join-device-hint")}</p>
            </div>
            <label class="choice">
                <input type="checkbox" prop:checked=move || keep.get()
                    on:change=move |event| keep.set(page::checked_of(&event)) />
                <span>{tr("join-keep")}</span>
            </label>
            {failed}
            <div class="btnrow">
                <button type="submit" class="btn btn--main btn--big"
                    disabled=move || asking.get() || label.with(|label| label.trim().is_empty())>
                    {button}
                </button>
            </div>
            <p class="hint">{tr("join-not-you")}</p>
        </form>
    }
    .into_any()
}
