//! Opening the store, and what to do while it does not open, when it opens late, and when it is lost.
//!
//! Whatever happens nothing is said to be kept that is not, and nothing that a store holds is written over by what was
//! done without it.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use super::{
    Shell,
    database::{Ear, Happening},
    js::{self, both},
    key::Keys,
    lock::Lock,
    log,
    store::{Index, TRANSPORT, WORKSPACE, Workspace},
};
use crate::{
    domain::WorkspaceId,
    engine::core::{
        Engine, Input, Settings, crash_counts,
        disk::Standing,
        store::{Contents, StoreError},
    },
};

/// A lock not granted after this long is held by another tab's engine.
const SECOND: u64 = 1_500;
/// A store that does not open is tried again after so many milliseconds, then after twice as many, and so on.
const AGAIN: u64 = 250;
/// So often in all, before the application goes on in memory and says so.
const TRIES: u32 = 5;
/// Then it is tried on, after so many milliseconds, then after twice as many, and so on.
const LATER: u64 = 5_000;
/// And at least once in so many.
const AT_LEAST: u64 = 60_000;

/// A store that came late, or did not come yet.
#[derive(Default)]
pub struct Late {
    sought: Cell<bool>,
    /// Shut while what was kept in memory moves to the disk.
    moving: Gate,
    healing: Cell<bool>,
}

/// Where whoever comes waits until it opens.
#[derive(Default)]
struct Gate {
    shut: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Gate {
    fn shut(&self) {
        self.shut.set(true);
    }

    fn open(&self) {
        self.shut.set(false);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    async fn pass(&self) {
        poll_fn(|context| {
            if !self.shut.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Tries to open a store until it opens, or there is none, or enough was tried: a browser that is just starting, or
/// another window that is just going, needs a moment.
async fn patiently<T>(open: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut pause = AGAIN;
    for _ in 1..TRIES {
        match open().await {
            Ok(opened) => return Ok(opened),
            Err(error @ (StoreError::Absent | StoreError::Newer)) => return Err(error),
            Err(error) => log(&format!("the store cannot be opened yet: {error}")),
        }
        js::sleep(pause).await;
        pause *= 2;
    }
    open().await
}

async fn workspace_in(index: &Index) -> Option<WorkspaceId> {
    index.get(WORKSPACE).await.and_then(|id| id.as_string()).and_then(|id| id.parse().ok())
}

impl Shell {
    /// Waits for the lock, opens the store, starts the core.
    pub(super) async fn begin(self: Rc<Self>) {
        let shell = Rc::clone(&self);
        js::after(SECOND, move || {
            if shell.lock.borrow().is_none() {
                // Another tab's engine has the store: this one can say so, and waits.
                shell.say(Standing::Taken);
            }
        });
        let lock = Lock::acquire().await;
        self.lock.replace(Some(lock));
        let index = match patiently(async || Index::open(self.ear()).await).await {
            Ok(index) => index,
            Err(StoreError::Newer) => {
                self.say(Standing::Newer);
                return;
            }
            Err(_) => Index::nowhere(),
        };
        let index = Rc::new(index);
        if let Some(since) = index.get(TRANSPORT).await.and_then(|since| since.as_f64()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written here from a clock")]
            self.streams_blocked_since(since.max(0.0) as u64);
        }
        match workspace_in(&index).await {
            // The key is fetched while the store opens: nothing is signed before both are here.
            Some(id) => {
                let ((), opened) = both(self.know(index), self.workspace_at(id)).await;
                self.take_opened(opened);
            }
            None => {
                self.know(Rc::clone(&index)).await;
                self.input(Input::Opened { contents: Box::default(), volatile: !index.is_there() });
                if !index.is_there() {
                    self.seek();
                }
            }
        }
        self.run();
    }

    /// Takes the index, and the key in it; makes the core where there is none yet.
    async fn know(&self, index: Rc<Index>) {
        let keys = Keys::open(&index).await.map(Rc::new);
        let public_key = keys.as_ref().map(|keys| keys.public.clone()).unwrap_or_default();
        self.keys.replace(keys);
        self.index.replace(Some(index));
        self.core_with(public_key);
    }

    /// Makes the core, or tells it the key.
    fn core_with(&self, public_key: String) {
        let mut engine = self.engine.borrow_mut();
        if let Some(engine) = engine.as_mut() {
            engine.set_public_key(public_key);
            return;
        }
        let mut seed = [0; 32];
        if getrandom::fill(&mut seed).is_err() {
            log("no random source");
            return;
        }
        let hub = js::text(&js::get(&js::global(), "location"), "origin").unwrap_or_default();
        *engine = Some(Engine::new(Settings { seed, hub, build: self.build.clone(), public_key }));
    }

    /// Tells the pages how the store stands.
    fn say(self: &Rc<Self>, standing: Standing) {
        if self.engine.borrow().is_none() {
            self.core_with(String::new());
        }
        self.input(Input::Standing(standing));
    }

    /// Opens a workspace's store and hands over what is in it. One that the next start would not find keeps nothing.
    pub(super) async fn open_workspace(self: &Rc<Self>, id: WorkspaceId, found_again: bool) {
        let opened = if found_again { self.workspace_at(id).await } else { Err(StoreError::Absent) };
        self.take_opened(opened);
    }

    async fn workspace_at(self: &Rc<Self>, id: WorkspaceId) -> Result<(Workspace, Contents), StoreError> {
        patiently(async || {
            let workspace = Workspace::open(id, self.ear()).await?;
            let contents = workspace.contents().await?;
            Ok((workspace, contents))
        })
        .await
    }

    fn take_opened(self: &Rc<Self>, opened: Result<(Workspace, Contents), StoreError>) {
        match opened {
            Ok((workspace, contents)) => self.take_store(workspace, contents),
            Err(StoreError::Newer) => self.say(Standing::Newer),
            Err(error) => {
                log(&format!("the store cannot be opened: {error}"));
                self.take_store(Workspace::in_memory(), Contents::default());
                self.seek();
            }
        }
    }

    fn take_store(self: &Rc<Self>, workspace: Workspace, contents: Contents) {
        let volatile = workspace.is_volatile();
        super::CRASHES.with(|crashes| *crashes.borrow_mut() = crash_counts(&contents));
        self.workspace.replace(Some(Rc::new(workspace)));
        self.input(Input::Opened { contents: Box::new(contents), volatile });
    }

    /// The store did not open: everything goes on in memory, and it is tried on.
    fn seek(self: &Rc<Self>) {
        if self.late.sought.replace(true) {
            return;
        }
        let shell = Rc::clone(self);
        spawn(async move {
            let mut pause = LATER;
            loop {
                js::sleep(pause).await;
                pause = (pause * 2).min(AT_LEAST);
                match shell.find().await {
                    Ok(true) => break,
                    Ok(false) => {}
                    Err(StoreError::Newer) => {
                        shell.input(Input::Standing(Standing::Newer));
                        break;
                    }
                    Err(error) => log(&format!("the store still cannot be opened: {error}")),
                }
            }
            shell.late.sought.set(false);
        });
    }

    /// Tries once. What was done in memory goes into a store that is empty; nothing done meanwhile, a store that is not is
    /// taken as it is; else both stay as they are, and the person is told. False while it cannot be said which.
    async fn find(self: &Rc<Self>) -> Result<bool, StoreError> {
        let held = self.index.borrow().clone().filter(|index| index.is_there());
        let index = match held {
            Some(index) => index,
            None => Rc::new(Index::open(self.ear()).await?),
        };
        let known = workspace_in(&index).await;
        let (here, untouched) = match self.engine.borrow().as_ref() {
            Some(engine) => (engine.workspace(), engine.is_untouched()),
            None => return Ok(false),
        };
        match (here, known) {
            (None, _) if !untouched => Ok(false),
            (None, None) => {
                self.know(index).await;
                self.input(Input::Opened { contents: Box::default(), volatile: false });
                Ok(true)
            }
            (None, Some(id)) => {
                let workspace = Workspace::open(id, self.ear()).await?;
                let contents = workspace.contents().await?;
                self.know(index).await;
                if !self.engine.borrow().as_ref().is_some_and(Engine::is_untouched) {
                    // Somebody has begun to join in the meantime.
                    self.input(Input::Standing(Standing::Back));
                    return Ok(true);
                }
                self.take_store(workspace, contents);
                Ok(true)
            }
            (Some(id), None) => self.land(id, index).await,
            (Some(_), Some(_)) => {
                self.input(Input::Standing(Standing::Back));
                Ok(true)
            }
        }
    }

    /// Writes what was kept in memory into an empty store, and goes on there.
    async fn land(self: &Rc<Self>, id: WorkspaceId, index: Rc<Index>) -> Result<bool, StoreError> {
        let disk = Workspace::open(id, self.ear()).await?;
        let empty = disk.contents().await? == Contents::default();
        let keys = self.keys.borrow().clone();
        let memory = self.workspace.borrow().clone();
        let (true, Some(keys), Some(memory)) = (empty, keys, memory) else {
            self.input(Input::Standing(Standing::Back));
            return Ok(true);
        };
        if !keys.keep(&index).await {
            return Ok(false);
        }
        // What comes meanwhile waits, and goes to the disk.
        self.late.moving.shut();
        let moved = disk.write(&memory.everything()).await;
        let moved = match moved {
            // Last: before it the next start finds nothing, and joining again is the same device.
            Ok(()) => index.put(WORKSPACE, &id.to_string().into()).await,
            Err(_) => false,
        };
        if moved {
            self.index.replace(Some(index));
            self.workspace.replace(Some(Rc::new(disk)));
            self.input(Input::Standing(Standing::Kept));
        }
        self.late.moving.open();
        Ok(moved)
    }

    /// The store to be written, once it is known which.
    pub(super) async fn to_write(&self) -> Option<Rc<Workspace>> {
        self.late.moving.pass().await;
        self.workspace.borrow().clone()
    }

    /// What hears of the databases.
    fn ear(self: &Rc<Self>) -> Ear {
        let shell = Rc::downgrade(self);
        Rc::new(move |happening| {
            let Some(shell) = shell.upgrade() else { return };
            match happening {
                Happening::Held => shell.say(Standing::Blocked),
                // The last words are written first; then this engine goes, and the pages load the newer version.
                Happening::Wanted => shell.step_down(),
                Happening::Closed if shell.stepping_down.get() => {}
                // A browser that is still busy with what made it close opens nothing yet.
                Happening::Closed => spawn(async move { shell.reopen().await }),
            }
        })
    }

    /// The browser has closed the store while nothing was asked of it: what fails now, the next write finds out.
    async fn reopen(self: &Rc<Self>) {
        if self.late.healing.replace(true) {
            return;
        }
        let _ = patiently(async || {
            js::sleep(AGAIN).await;
            self.open_again().await
        })
        .await;
        self.late.healing.set(false);
    }

    async fn open_again(self: &Rc<Self>) -> Result<(), StoreError> {
        let Some(old) = self.workspace.borrow().clone().filter(|old| !old.is_volatile()) else { return Ok(()) };
        let new = old.reopen(self.ear()).await?;
        if new.is_fresh() {
            // What was in it is gone, and with it who this device is.
            new.close();
            self.workspace.replace(Some(Rc::new(Workspace::in_memory())));
            self.input(Input::Standing(Standing::Cleared));
        } else {
            self.workspace.replace(Some(Rc::new(new)));
        }
        Ok(())
    }

    /// Opens the store anew where that may help. Answers what is wrong after all.
    pub(super) async fn heal(self: &Rc<Self>, error: StoreError) -> StoreError {
        match error {
            StoreError::Lost => match self.open_again().await {
                Err(StoreError::Newer) => StoreError::Newer,
                Ok(()) | Err(_) => error,
            },
            // Room, and what cannot be read, are not mended by opening again.
            StoreError::Quota | StoreError::Corrupt | StoreError::Newer | StoreError::Absent => error,
        }
    }
}

fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
