//! The engine's browser shell: ports, store, hub and clock around the core, in a worker shared by all tabs.
//!
//! It decides nothing. It must never write without strict durability, never speak the engine's terms with a page of
//! another build, and never open the store without the lock.

mod database;
mod files;
mod js;
mod key;
mod lock;
mod net;
mod opening;
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
    opening::Late,
    ports::Ports,
    store::{Index, TRANSPORT, WORKSPACE, Workspace},
};
use super::core::{
    Engine, Input, Output,
    documents::at_work,
    store::{StoreError, meta},
};

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
    late: Late,
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
        late: Late::default(),
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
                    let found_again = match index {
                        Some(index) => index.put(WORKSPACE, &JsValue::from_str(&id.to_string())).await,
                        None => false,
                    };
                    shell.open_workspace(id, found_again).await;
                });
            }
            Output::Write(write) => {
                let shell = Rc::clone(self);
                spawn_local(async move {
                    let written = match shell.to_write().await {
                        Some(workspace) => workspace.write(&write).await,
                        None => Err(StoreError::Absent),
                    };
                    match written {
                        Ok(()) => shell.input(Input::Stored),
                        Err(error) => {
                            let error = shell.heal(error).await;
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
                            let error = shell.heal(error).await;
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
            Output::File { job, work } => self.file(job, work),
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
