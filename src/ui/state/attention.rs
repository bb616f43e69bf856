//! What a person follows, and telling the desktop that something is new in it: one number, in place of the one before, while nobody
//! looks at a page of this browser.
//!
//! Whether this device tells anything, and its quiet hours, are kept in this browser: the one at work may, the one at home not, and
//! the browser's own leave is its own too.

use std::{cell::Cell, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use crate::{
    domain::person::{Follow, ReadMark},
    engine::api::{Command, FollowingView, Query, ShellView},
    ui::{
        i18n::{t, tr},
        logic::attention::{self, Minute, Now, Step, Told, Wish},
        platform::{
            clock,
            notify::{self, Permission},
        },
    },
};

use super::{
    commands, prefs, shared,
    views::{Live, use_shell, use_view},
};

/// How it stands with what is told on the desktop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attention {
    /// What this device wants.
    pub wish: Wish,
    /// What the browser says.
    pub permission: Permission,
}

impl Attention {
    /// As it is kept, and as the browser says now.
    pub(super) fn kept() -> Self {
        Self { wish: prefs::wish(), permission: notify::permission() }
    }
}

/// How it stands, tracked.
#[must_use]
pub fn attention() -> Attention {
    shared().attention.get()
}

/// Changes what this device wants, and keeps it.
pub fn change(work: impl FnOnce(&mut Wish)) {
    let mut wish = prefs::wish();
    work(&mut wish);
    prefs::keep_wish(wish);
    shared().attention.set(Attention::kept());
}

/// Tells from now on, once the browser's question was answered with yes, or no more. The only place from which it is asked.
pub fn turn(on: bool) {
    if !on {
        change(|wish| wish.on = false);
        return;
    }
    spawn_local(async {
        let permission = notify::ask().await;
        change(|wish| wish.on = permission == Permission::Allowed);
    });
}

/// Follows something from now on, or no more.
pub fn follow(what: Follow, on: bool) {
    commands::send(Command::Follow { what, on }, |_| {});
}

/// Whether the person follows something.
#[must_use]
pub fn followed(what: Follow) -> Signal<bool> {
    use_shell().part(move |shell| shell.follows.contains(&what))
}

thread_local! {
    // A browser that keeps nothing is told of nothing twice all the same.
    static TOLD: Cell<Told> = const { Cell::new(Told { mark: ReadMark { number: 0, at: 0 }, at: 0 }) };
}

fn told() -> Told {
    let told = TOLD.get().join(prefs::told());
    TOLD.set(told);
    told
}

fn keep(told: Told) {
    TOLD.set(told);
    prefs::keep_told(told);
}

/// What watches, as long as the page lives.
#[derive(Clone, Copy)]
struct Watch {
    news: Signal<Option<ReadMark>>,
    /// When that last changed, by this device's clock.
    since: StoredValue<u64>,
    /// Whether the numbers are asked for, to be told.
    asks: RwSignal<bool>,
    /// Looks again later.
    bell: StoredValue<Option<TimeoutHandle>>,
    /// Leads to where it can be read.
    open: Callback<()>,
}

/// Watches what is new in what is followed as long as the page lives. `open` leads to where it can be read.
pub fn watch(shell: Live<ShellView>, open: Callback<()>) {
    let watch = Watch {
        news: shell.part(|shell| shell.followed),
        since: StoredValue::new(0),
        asks: RwSignal::new(false),
        bell: StoredValue::new(None),
        open,
    };
    Effect::new(move |_| {
        let _ = watch.news.get();
        watch.since.set_value(clock::now());
        watch.look();
    });
    Effect::new(move |_| {
        let _ = attention();
        watch.look();
    });
    notify::on_look(move || {
        shared().attention.set(Attention::kept());
        watch.look();
    });
    // The documents are read for the numbers only when they are told.
    Effect::new(move |_| {
        if !watch.asks.get() {
            return;
        }
        let live = use_view::<FollowingView>(Query::Following);
        Effect::new(move |_| {
            if let Some(digest) = live.get(|view| (view.coming == 0).then(|| view.digest())).flatten() {
                watch.asks.set(false);
                watch.tell(digest);
            }
        });
    });
}

impl Watch {
    /// Does what is to be done now.
    fn look(self) {
        if let Some(bell) = self.bell.try_update_value(Option::take).flatten() {
            bell.clear();
        }
        let (seen, news) = (notify::looked_at(), self.news.get_untracked());
        if seen {
            notify::withdraw();
            // What is there while somebody looks is no news later.
            if let Some(mark) = news {
                keep(told().join(Told { mark, at: 0 }));
            }
        }
        let at = clock::now();
        let local = clock::local(at);
        let now = Now {
            at,
            minute: Minute::new(local.hour, local.minute).unwrap_or_default(),
            news,
            since: self.since.get_value(),
            seen,
            allowed: notify::permission() == Permission::Allowed,
        };
        match attention::step(prefs::wish(), told(), &now) {
            Step::Tell => self.asks.set(true),
            Step::Wait(millis) => {
                let bell = set_timeout_with_handle(move || self.look(), Duration::from_millis(millis));
                self.bell.set_value(bell.ok());
            }
            Step::Nothing => {}
        }
    }

    /// Tells how much there is: how many changes, in how many things. No word of them: a lock screen shows it.
    fn tell(self, (changes, things): (u32, u32)) {
        let Some(mark) = self.news.get_untracked().filter(|_| !notify::looked_at()) else { return };
        let told = told();
        if told.mark.covers(mark.number, Some(mark.at)) {
            return;
        }
        // By rows alone there was something; it may lie beside what is followed.
        let at = if changes > 0 { clock::now() } else { told.at };
        keep(Told { mark: told.mark.join(mark), at });
        if changes > 0 {
            let words = t!("notify-digest", changes = changes, things = things);
            notify::tell(&tr("notify-title"), &words, move || self.open.run(()));
        }
    }
}
