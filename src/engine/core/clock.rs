//! Time. A device's clock is set by people and by networks, forward and back, by days. Nothing is timed by what it says:
//! a pause of three seconds that began before somebody set it back a week must not last a week.

use super::{Engine, account};
use crate::{domain::Date, sync::client::Client};

/// Milliseconds of a day.
pub(super) const DAY: u64 = 86_400_000;

impl Engine {
    /// Takes in what the device's clock says. Where it was set back, time goes on from where it was.
    pub(super) fn time_is(&mut self, clock: u64) {
        let now = clock.saturating_add(self.ahead);
        self.ahead += self.now.saturating_sub(now);
        self.now = self.now.max(now);
    }

    /// What the device's clock says: for days, and for what people read. Nothing is timed by it.
    pub(super) const fn clock(&self) -> u64 {
        self.now - self.ahead
    }

    /// Today, by which rights are dated.
    pub(super) fn today(&self) -> Date {
        account::day_of(self.clock())
    }

    /// When to call again with `Input::Tick` if nothing happens before: milliseconds since 1970 by the device's clock.
    #[must_use]
    pub fn timer(&self) -> Option<u64> {
        let client = self.client.as_ref().and_then(Client::deadline);
        let midnight = (self.clock() / DAY + 1) * DAY;
        let own = [
            self.journal.timer(),
            self.text_timer(),
            self.amiss.timer(),
            self.presence_timer(),
            self.files_timer(),
            self.told_timer(),
            self.news_timer(),
            self.undo_timer(),
        ];
        let timers = own.into_iter().chain([client, self.lately.timer()]);
        timers.flatten().map(|at| at.saturating_sub(self.ahead)).chain([midnight]).min()
    }
}
