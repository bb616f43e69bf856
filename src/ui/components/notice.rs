//! A sentence and at most two acts.

use leptos::prelude::*;

use super::icon::icon;

/// How it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A word.
    Plain,
    /// News.
    Info,
    /// Something to mind.
    Warn,
    /// Words may be lost, or were refused.
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice notice--plain",
            Self::Info => "notice notice--info",
            Self::Warn => "notice notice--warn",
            Self::Bad => "notice notice--bad",
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Plain | Self::Info | Self::Warn => "status",
            Self::Bad => "alert",
        }
    }
}

/// A notice: its point in `strong`, then the rest, then what can be done.
pub fn notice(tone: Tone, glyph: &str, strong: String, text: String, acts: AnyView) -> AnyView {
    view! {
        <div class=tone.class() role=tone.role()>
            {icon(glyph)}
            <p><b>{strong}</b>" "{text}</p>
            <div class="notice-acts">{acts}</div>
        </div>
    }
    .into_any()
}
