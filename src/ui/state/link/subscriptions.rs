//! Who subscribes to what: several users of one view share a subscription.

use std::time::Duration;

use leptos::prelude::*;

use super::{Subscription, with};
use crate::{
    engine::api::{Query, Request, View},
    ui::state::table::Table,
};

/// A view stays subscribed a little longer than its page: people go back.
const LINGER: Duration = Duration::from_secs(20);
/// A view that nobody opened ends before the engine goes on with what it sends by and by.
pub const GLANCE: Duration = Duration::from_millis(900);

/// Subscribes, or joins a subscription that is there.
pub fn subscribe(query: &Query) -> ArcRwSignal<Option<View>> {
    with(|link| {
        if let Some(subscription) = link.subscriptions.get_mut(query) {
            subscription.users += 1;
            return subscription.view.clone();
        }
        let sub = link.number();
        let view = ArcRwSignal::new(None);
        let table = matches!(query, Query::Plan { .. }).then(Table::default);
        link.subscriptions.insert(query.clone(), Subscription { sub, users: 1, view: view.clone(), table });
        link.say(&Request::Subscribe { sub, query: query.clone() });
        view
    })
}

/// The rows of a plan that is subscribed to.
pub fn table(query: &Query) -> Option<Table> {
    with(|link| link.subscriptions.get(query)?.table.clone())
}

fn forgo(query: &Query) {
    with(|link| {
        if let Some(subscription) = link.subscriptions.get_mut(query) {
            subscription.users = subscription.users.saturating_sub(1);
        }
    });
}

/// One user less; the subscription ends a little later.
pub fn release(query: &Query) {
    forgo(query);
    let query = query.clone();
    set_timeout(move || leave(&query), LINGER);
}

/// Subscribes for a page that somebody may be about to open: what it shows first may be here when it is drawn.
pub fn expect(query: &Query) {
    let lingers = with(|link| link.subscriptions.contains_key(query));
    let _ = subscribe(query);
    let query = query.clone();
    let end = move || {
        if lingers {
            release(&query);
        } else {
            forgo(&query);
            leave(&query);
        }
    };
    set_timeout(end, GLANCE);
}

/// What came first of a view is drawn: the rest may come.
pub fn more(query: &Query) {
    with(|link| {
        if let Some(subscription) = link.subscriptions.get(query) {
            link.say(&Request::More { sub: subscription.sub });
        }
    });
}

/// Ends a subscription that has no user any more, without waiting.
pub fn leave(query: &Query) {
    with(|link| {
        if link.subscriptions.get(query).is_some_and(|subscription| subscription.users == 0)
            && let Some(subscription) = link.subscriptions.remove(query)
        {
            link.say(&Request::Unsubscribe { sub: subscription.sub });
        }
    });
}
