//! The engine's browser shell: ports, store, hub and clock around the core, in a worker shared by all tabs.
//!
//! It decides nothing. It must never write without strict durability, never speak the engine's terms with a page of
//! another build, and never open the store without the lock.

mod js;
mod key;
mod lock;
mod net;
mod ports;
mod store;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessagePort;

use self::{
    key::Keys,
    lock::Lock,
    net::Net,
    ports::Ports,
    store::{Index, TRANSPORT, WORKSPACE, Workspace},
};
use super::core::{
    Engine, Input, Output, Settings,
    documents::at_work,
    store::{StoreError, meta},
};
use crate::domain::WorkspaceId;

/// A lock not granted after this long is held by another tab's engine.
const SECOND: u64 = 1_500;
/// A store that does not open is tried again after so many milliseconds, then after twice as many, and so on.
const AGAIN: u64 = 250;
/// So often in all, before the application goes on in memory and says so.
const TRIES: u32 = 5;
/// How often a successor's wish is looked at again while the last words are written.
const LAST_WORDS: u64 = 20;
/// And how often at most, before the old engine goes all the same.
const LAST_LOOKS: u32 = 500;
/// And how often at most for pages to say what their fields hold back: one in the background may be frozen.
const HELD_BACK_LOOKS: u32 = 50;

/// The shell.
pub struct Shell {
    build: String,
    engine: RefCell<Option<Engine>>,
    queue: RefCell<VecDeque<Input>>,
    running: Cell<bool>,
    index: RefCell<Option<Rc<Index>>>,
    workspace: RefCell<Option<Rc<Workspace>>>,
    lock: RefCell<Option<Lock>>,
    keys: RefCell<Option<Rc<Keys>>>,
    ports: RefCell<Ports>,
    net: RefCell<Net>,
    timer: RefCell<JsValue>,
    /// What the timer calls: made once, because it is set after everything that happens.
    tick: RefCell<Option<Closure<dyn FnMut()>>>,
    stepping_down: Cell<bool>,
}

thread_local! {
    static SHELL: RefCell<Option<Rc<Shell>>> = const { RefCell::new(None) };
}

/// Writes to the browser's console; never what a person wrote.
fn log(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(text));
}

/// Starts the engine in this worker.
pub fn start() {
    let mufakat = js::get(&js::global(), "mufakat");
    let shell = Rc::new(Shell {
        build: js::text(&mufakat, "build").unwrap_or_default(),
        engine: RefCell::new(None),
        queue: RefCell::default(),
        running: Cell::new(false),
        index: RefCell::new(None),
        workspace: RefCell::new(None),
        lock: RefCell::new(None),
        keys: RefCell::new(None),
        ports: RefCell::default(),
        net: RefCell::default(),
        timer: RefCell::new(JsValue::UNDEFINED),
        tick: RefCell::new(None),
        stepping_down: Cell::new(false),
    });
    let ticking = Rc::clone(&shell);
    shell.tick.replace(Some(Closure::new(move || ticking.input(Input::Tick))));
    SHELL.set(Some(Rc::clone(&shell)));
    std::panic::set_hook(Box::new(crashed));
    shell.take_ports(&mufakat);
    shell.listen_to_network();
    spawn_local(async move { shell.begin().await });
}

/// The engine has crashed: pages are told, the document at fault is noted, and this worker makes room for another.
fn crashed(info: &std::panic::PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    let Ok(Some(shell)) = SHELL.try_with(|shell| shell.try_borrow().ok().and_then(|shell| shell.clone())) else {
        return;
    };
    // The engine itself is borrowed while it works, which is when it crashes.
    let workspace = shell.workspace.try_borrow().ok().and_then(|workspace| workspace.clone());
    if let (Some(doc), Some(workspace)) = (at_work(), workspace) {
        workspace.note_crash(meta::crashed(doc), crashes_before(doc) + 1);
    }
    shell.tell_all(&js::object(&[("fatal", JsValue::from_str(&info.to_string()))]));
    // Only the browser's own function can still be called later; the note must reach the disk first.
    let (global, close) = (js::global(), js::method(&js::global(), "close"));
    if let (Some(close), Some(timeout)) = (close, js::method(&global, "setTimeout")) {
        let _ = timeout.call2(&global, &close.bind0(&global), &JsValue::from_f64(500.0));
    }
}

thread_local! {
    /// How often documents crashed the engine, as it was when the store was opened.
    static CRASHES: RefCell<std::collections::BTreeMap<crate::domain::DocId, u32>> = const { RefCell::new(std::collections::BTreeMap::new()) };
}

fn crashes_before(doc: crate::domain::DocId) -> u32 {
    CRASHES.with(|crashes| crashes.try_borrow().map_or(0, |crashes| crashes.get(&doc).copied().unwrap_or(0)))
}

/// Tries to open a store until it opens, or there is none, or enough was tried: a browser that is just starting, or
/// another window that is just going, needs a moment.
async fn patiently<T>(open: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut pause = AGAIN;
    for _ in 1..TRIES {
        match open().await {
            Ok(opened) => return Ok(opened),
            Err(StoreError::Absent) => return Err(StoreError::Absent),
            Err(error) => log(&format!("the store cannot be opened yet: {error}")),
        }
        js::sleep(pause).await;
        pause *= 2;
    }
    open().await
}

impl Shell {
    /// Takes the ports that came before, and all that will come.
    fn take_ports(self: &Rc<Self>, mufakat: &JsValue) {
        let shell = Rc::clone(self);
        let on_port = Closure::<dyn FnMut(MessagePort)>::new(move |port: MessagePort| shell.connect(port));
        js::set(mufakat, "onport", on_port.as_ref());
        // It lives as long as the worker.
        on_port.into_js_value();
        if let Ok(early) = js::get(mufakat, "ports").dyn_into::<Array>() {
            for port in early.iter().filter_map(|port| port.dyn_into::<MessagePort>().ok()) {
                self.connect(port);
            }
        }
    }

    /// Waits for the lock, opens the store, starts the core.
    async fn begin(self: Rc<Self>) {
        let mut seed = [0; 32];
        if getrandom::fill(&mut seed).is_err() {
            log("no random source");
            return;
        }
        let settings = |public_key: String| Settings {
            seed,
            hub: js::text(&js::get(&js::global(), "location"), "origin").unwrap_or_default(),
            build: self.build.clone(),
            public_key,
        };
        let shell = Rc::clone(&self);
        let early = settings(String::new());
        js::after(SECOND, move || {
            if shell.lock.borrow().is_none() {
                // Another tab's engine has the store: this one can say so, and waits.
                shell.engine.borrow_mut().get_or_insert_with(|| Engine::new(early));
                shell.input(Input::Waiting);
            }
        });
        let lock = Lock::acquire().await;
        self.lock.replace(Some(lock));
        let index = Rc::new(patiently(Index::open).await.unwrap_or_else(|_| Index::nowhere()));
        let keys = Keys::open(&index).await.map(Rc::new);
        let public_key = keys.as_ref().map(|keys| keys.public.clone()).unwrap_or_default();
        self.keys.replace(keys);
        self.index.replace(Some(Rc::clone(&index)));
        if let Some(since) = index.get(TRANSPORT).await.and_then(|since| since.as_f64()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written here from a clock")]
            self.streams_blocked_since(since.max(0.0) as u64);
        }
        {
            let mut engine = self.engine.borrow_mut();
            match engine.as_mut() {
                Some(engine) => engine.set_public_key(public_key),
                None => *engine = Some(Engine::new(settings(public_key))),
            }
        }
        let known = index.get(WORKSPACE).await.and_then(|id| id.as_string()).and_then(|id| id.parse().ok());
        match known {
            Some(id) => self.open_workspace(id).await,
            None => self.input(Input::Opened { contents: Box::default(), volatile: !index.is_there() }),
        }
        self.run();
    }

    /// Opens a workspace's store and hands over what is in it.
    async fn open_workspace(self: &Rc<Self>, id: WorkspaceId) {
        let opened = patiently(async || {
            let workspace = Workspace::open(id).await?;
            let contents = workspace.contents().await?;
            Ok((workspace, contents))
        })
        .await;
        let (workspace, contents) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                log(&format!("the store cannot be opened: {error}"));
                (Workspace::in_memory(), super::core::store::Contents::default())
            }
        };
        let volatile = workspace.is_volatile();
        CRASHES.with(|crashes| *crashes.borrow_mut() = super::core::crash_counts(&contents));
        self.workspace.replace(Some(Rc::new(workspace)));
        self.input(Input::Opened { contents: Box::new(contents), volatile });
    }

    /// Takes in what happened; the core runs when nothing else does.
    fn input(self: &Rc<Self>, input: Input) {
        self.queue.borrow_mut().push_back(input);
        self.run();
    }

    fn run(self: &Rc<Self>) {
        if self.running.replace(true) {
            return;
        }
        while let Some(outputs) = self.step() {
            for output in outputs {
                self.carry_out(output);
            }
        }
        self.running.set(false);
        self.set_timer();
    }

    fn step(&self) -> Option<Vec<Output>> {
        let mut engine = self.engine.borrow_mut();
        let engine = engine.as_mut()?;
        let input = self.queue.borrow_mut().pop_front()?;
        Some(engine.handle(js::now(), input))
    }

    fn set_timer(&self) {
        js::cancel(&self.timer.borrow());
        let due = self.engine.borrow().as_ref().and_then(Engine::timer);
        if let (Some(due), Some(tick)) = (due, self.tick.borrow().as_ref()) {
            let timer = js::call_after(due.saturating_sub(js::now()).max(1), tick.as_ref());
            self.timer.replace(timer);
        }
    }

    fn carry_out(self: &Rc<Self>, output: Output) {
        match output {
            Output::Reply { port, reply } => self.tell(port, &reply),
            Output::OpenStore(id) => {
                let shell = Rc::clone(self);
                spawn_local(async move {
                    // First: a page is told that the device has joined once the store has it, and must find it again.
                    let index = shell.index.borrow().clone();
                    if let Some(index) = index {
                        index.put(WORKSPACE, &JsValue::from_str(&id.to_string())).await;
                    }
                    shell.open_workspace(id).await;
                });
            }
            Output::Write(write) => {
                let shell = Rc::clone(self);
                spawn_local(async move {
                    let workspace = shell.workspace.borrow().clone();
                    let written = match workspace {
                        Some(workspace) => workspace.write(&write).await,
                        None => Err(StoreError::Absent),
                    };
                    match written {
                        Ok(()) => shell.input(Input::Stored),
                        Err(error) => {
                            shell.heal(error).await;
                            shell.input(Input::StoreFailed(error));
                        }
                    }
                });
            }
            Output::Read { doc } => {
                let shell = Rc::clone(self);
                spawn_local(async move {
                    let workspace = shell.workspace.borrow().clone();
                    let read = match workspace {
                        Some(workspace) => workspace.chunks(doc).await,
                        None => Err(StoreError::Absent),
                    };
                    match read {
                        Ok(chunks) => shell.input(Input::Read { doc, chunks }),
                        Err(error) => {
                            shell.heal(error).await;
                            shell.input(Input::ReadFailed { doc, error });
                        }
                    }
                });
            }
            Output::Dial => self.dial(),
            Output::HangUp => self.hang_up(),
            Output::Send(messages) => self.send(&messages),
            Output::Exchange { request, token, body } => self.exchange(request, token, body),
            Output::Sign { call, texts } => {
                let (shell, keys) = (Rc::clone(self), self.keys.borrow().clone());
                spawn_local(async move {
                    let signatures = match keys {
                        Some(keys) => keys.sign(&texts).await,
                        None => None,
                    };
                    shell.input(Input::Signed { call, signatures });
                });
            }
            Output::Call { call, path, token, body } => self.call(call, path, token, body),
        }
    }

    /// Opens the store anew where that may help.
    async fn heal(&self, error: StoreError) {
        match error {
            StoreError::Lost => {
                let workspace = self.workspace.borrow().clone();
                if let Some(old) = workspace
                    && let Ok(new) = old.reopen().await
                {
                    self.workspace.replace(Some(Rc::new(new)));
                }
            }
            // Room, and what cannot be read, are not mended by opening again.
            StoreError::Quota | StoreError::Corrupt | StoreError::Blocked | StoreError::Absent => {}
        }
    }

    /// Keeps for the next start when streams were found blocked.
    fn remember_blocked(self: &Rc<Self>, since: JsValue) {
        let index = self.index.borrow().clone();
        spawn_local(async move {
            if let Some(index) = index {
                index.put(TRANSPORT, &since).await;
            }
        });
    }

    /// An engine of another build takes over, with the person's consent: everything is written, then this one goes.
    fn step_down(self: &Rc<Self>) {
        if self.stepping_down.replace(true) {
            return;
        }
        let shell = Rc::clone(self);
        spawn_local(async move {
            shell.ask_for_last_words();
            for _ in 0..HELD_BACK_LOOKS {
                if shell.all_said() {
                    break;
                }
                js::sleep(LAST_WORDS).await;
            }
            shell.input(Input::Request { port: 0, request: super::api::Request::Flush });
            for _ in 0..LAST_LOOKS {
                if shell.engine.borrow().as_ref().is_none_or(Engine::is_clean) {
                    break;
                }
                js::sleep(LAST_WORDS).await;
            }
            shell.hang_up();
            if let Some(workspace) = shell.workspace.take() {
                workspace.close();
            }
            if let Some(lock) = shell.lock.take() {
                lock.release();
            }
            shell.tell_all(&js::object(&[("type", JsValue::from_str("closed"))]));
            if let Some(close) = js::method(&js::global(), "close") {
                let _ = close.call0(&js::global());
            }
        });
    }
}
