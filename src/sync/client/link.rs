//! The link's stages and clocks: every wait has a deadline, and silence is failure.

use super::super::frame::Frame;

/// A dialled transport must open within this.
const DIAL: u64 = 15_000;
/// A greeting must be answered within this.
const GREETING: u64 = 20_000;
/// A silent stream is asked whether it lives after this.
const QUIET: u64 = 20_000;
/// A question must be answered within this; long enough for one frame of a log on 16 kbit/s.
const ANSWER: u64 = 40_000;
/// What a request may take beside its bytes; a poll waits 25 s at the hub.
const EXCHANGE: u64 = 70_000;
/// The slowest link that is worth waiting for, in bytes per millisecond.
const SLOWEST: u64 = 2;
/// The first pause after a failure, in milliseconds; doubled by each.
const PAUSE: u64 = 1_000;
/// The longest pause.
const LONGEST: u64 = 60_000;

/// How frames travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// A WebSocket: frames both ways, in order.
    Stream,
    /// HTTP requests: frames there, frames back.
    Requests,
}

/// Which request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// `POST /v1/sync`: answered at once.
    Sync,
    /// `POST /v1/poll?wait=25`: answered when there is news.
    Poll,
}

/// How the link is, for showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing open; waiting to try again.
    Offline,
    /// Dialling, about to, or not yet welcomed.
    Connecting,
    /// A stream, welcomed.
    Live,
    /// Requests, answered.
    Http,
    /// Will not try again by itself: see [`super::Event::Fatal`].
    Stopped,
}

/// What the shell must do with its transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// Open one.
    Dial,
    /// Close what is open: it is dead. The machine dials again after its pause.
    HangUp,
}

#[derive(Debug)]
enum Phase {
    Idle { until: u64 },
    Dialling { until: u64 },
    Stream { greeted: bool, welcome_by: Option<u64>, heard: u64, pinged: Option<u64> },
    Requests { welcomed: bool, sync: Option<u64>, poll: Option<u64> },
    Broken { pause: bool },
    Stopped { hung_up: bool },
}

/// The link.
#[derive(Debug)]
pub struct Link {
    phase: Phase,
    failures: u32,
    pings: u32,
}

impl Link {
    pub fn new() -> Self {
        Self { phase: Phase::Idle { until: 0 }, failures: 0, pings: 0 }
    }

    pub fn stage(&self) -> Stage {
        match self.phase {
            // Not tried yet, or a person asks for it: it is dialled at once.
            Phase::Idle { until: 0 }
            | Phase::Dialling { .. }
            | Phase::Stream { welcome_by: Some(_), .. }
            | Phase::Requests { welcomed: false, .. } => Stage::Connecting,
            Phase::Idle { .. } | Phase::Broken { .. } => Stage::Offline,
            Phase::Stream { welcome_by: None, greeted, .. } => {
                if greeted {
                    Stage::Live
                } else {
                    Stage::Connecting
                }
            }
            Phase::Requests { welcomed: true, .. } => Stage::Http,
            Phase::Stopped { .. } => Stage::Stopped,
        }
    }

    pub fn streaming(&self) -> bool {
        matches!(self.phase, Phase::Stream { .. })
    }

    /// Whether requests on this link have been answered.
    pub fn was_welcomed(&self) -> bool {
        matches!(self.phase, Phase::Requests { welcomed: true, .. })
    }

    pub fn opened(&mut self, transport: Transport, now: u64) {
        self.phase = match transport {
            Transport::Stream => Phase::Stream { greeted: false, welcome_by: None, heard: now, pinged: None },
            Transport::Requests => Phase::Requests { welcomed: false, sync: None, poll: None },
        };
    }

    /// Whether the greeting is still to be sent; it is taken as sent.
    pub fn greets(&mut self, now: u64) -> bool {
        match &mut self.phase {
            Phase::Stream { greeted: greeted @ false, welcome_by, .. } => {
                *greeted = true;
                *welcome_by = Some(now + GREETING);
                true
            }
            Phase::Stream { .. }
            | Phase::Idle { .. }
            | Phase::Dialling { .. }
            | Phase::Requests { .. }
            | Phase::Broken { .. }
            | Phase::Stopped { .. } => false,
        }
    }

    pub fn welcomed(&mut self) {
        self.failures = 0;
        match &mut self.phase {
            Phase::Stream { welcome_by, .. } => *welcome_by = None,
            Phase::Requests { welcomed, .. } => *welcomed = true,
            Phase::Idle { .. } | Phase::Dialling { .. } | Phase::Broken { .. } | Phase::Stopped { .. } => {}
        }
    }

    pub fn heard(&mut self, now: u64) {
        if let Phase::Stream { heard, pinged, .. } = &mut self.phase {
            *heard = now;
            *pinged = None;
        }
    }

    /// A question, if the stream has been silent for long.
    pub fn ping(&mut self, now: u64) -> Option<Frame> {
        match &mut self.phase {
            Phase::Stream { welcome_by: None, greeted: true, heard, pinged: pinged @ None }
                if now >= *heard + QUIET =>
            {
                *pinged = Some(now);
                self.pings = self.pings.wrapping_add(1);
                Some(Frame::Ping { n: self.pings })
            }
            Phase::Stream { .. }
            | Phase::Idle { .. }
            | Phase::Dialling { .. }
            | Phase::Requests { .. }
            | Phase::Broken { .. }
            | Phase::Stopped { .. } => None,
        }
    }

    pub fn may_request(&self, request: Request) -> bool {
        match (&self.phase, request) {
            (Phase::Requests { sync: None, .. }, Request::Sync)
            | (Phase::Requests { sync: None, poll: None, .. }, Request::Poll) => true,
            (
                Phase::Requests { .. }
                | Phase::Stream { .. }
                | Phase::Idle { .. }
                | Phase::Dialling { .. }
                | Phase::Broken { .. }
                | Phase::Stopped { .. },
                Request::Sync | Request::Poll,
            ) => false,
        }
    }

    pub fn requested(&mut self, request: Request, bytes: usize, now: u64) {
        if let Phase::Requests { sync, poll, .. } = &mut self.phase {
            let until = now + EXCHANGE + u64::try_from(bytes).unwrap_or(0) / SLOWEST;
            match request {
                Request::Sync => *sync = Some(until),
                Request::Poll => *poll = Some(until),
            }
        }
    }

    pub fn answered(&mut self, request: Request) {
        if let Phase::Requests { sync, poll, .. } = &mut self.phase {
            match request {
                Request::Sync => *sync = None,
                Request::Poll => *poll = None,
            }
        }
    }

    /// Something is wrong with what was heard: hang up and pause.
    pub fn break_off(&mut self) {
        self.phase = Phase::Broken { pause: true };
    }

    /// Hang up and dial again at once.
    pub fn redial(&mut self) {
        self.phase = Phase::Broken { pause: false };
    }

    pub fn stop(&mut self) {
        self.phase = Phase::Stopped { hung_up: false };
    }

    pub fn resume(&mut self) {
        match self.phase {
            Phase::Idle { .. } | Phase::Stopped { hung_up: true } => self.phase = Phase::Idle { until: 0 },
            Phase::Stopped { hung_up: false } => self.redial(),
            Phase::Dialling { .. } | Phase::Stream { .. } | Phase::Requests { .. } | Phase::Broken { .. } => {}
        }
    }

    pub fn lost(&mut self, now: u64, random: u32) {
        match self.phase {
            // Already counted: the shell only confirms what it was told to do.
            Phase::Idle { .. } | Phase::Stopped { .. } => {}
            Phase::Broken { pause: false } => self.phase = Phase::Idle { until: now },
            Phase::Dialling { .. } | Phase::Stream { .. } | Phase::Requests { .. } | Phase::Broken { pause: true } => {
                let pause = (PAUSE << self.failures.min(6)).min(LONGEST);
                self.failures += 1;
                self.phase = Phase::Idle { until: now + pause / 2 + u64::from(random) % (pause / 2 + 1) };
            }
        }
    }

    pub fn due(&mut self, now: u64, random: u32) -> Due {
        match &mut self.phase {
            Phase::Idle { until } if now >= *until => {
                self.phase = Phase::Dialling { until: now + DIAL };
                Due::Dial
            }
            Phase::Stopped { hung_up: hung_up @ false } => {
                *hung_up = true;
                Due::HangUp
            }
            Phase::Idle { .. } | Phase::Stopped { .. } => Due::Nothing,
            Phase::Broken { .. } => {
                self.lost(now, random);
                Due::HangUp
            }
            Phase::Dialling { .. } | Phase::Stream { .. } | Phase::Requests { .. } => {
                if self.patience().is_some_and(|until| now >= until) {
                    self.lost(now, random);
                    Due::HangUp
                } else {
                    Due::Nothing
                }
            }
        }
    }

    /// When the present wait is in vain.
    fn patience(&self) -> Option<u64> {
        match self.phase {
            Phase::Dialling { until } => Some(until),
            Phase::Stream { welcome_by, pinged, .. } => welcome_by.or(pinged.map(|at| at + ANSWER)),
            Phase::Requests { sync, poll, .. } => sync.into_iter().chain(poll).min(),
            Phase::Idle { .. } | Phase::Broken { .. } | Phase::Stopped { .. } => None,
        }
    }

    pub fn deadline(&self) -> Option<u64> {
        match self.phase {
            Phase::Idle { until } => Some(until),
            Phase::Broken { .. } | Phase::Stopped { hung_up: false } => Some(0),
            Phase::Stopped { hung_up: true } => None,
            Phase::Stream { welcome_by: None, pinged: None, heard, .. } => Some(heard + QUIET),
            Phase::Dialling { .. } | Phase::Stream { .. } | Phase::Requests { .. } => self.patience(),
        }
    }
}
