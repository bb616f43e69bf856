//! `mufakat serve`: opens everything, listens, says where, and stops without losing a word.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    task::JoinHandle,
};

use super::{
    accounts::Wish,
    begin::{self, Beginning},
    cli::Serve,
    core::{Core, Own, fact_item},
    error::HubError,
    http::{self, Addresses, Door, app::App},
    refusal::Refusal,
    store::Store,
};
use crate::{
    domain::{Fact, PartyCode, Role},
    sync::codec::DEFAULT_LIMITS,
};

/// How long connections may take to end once the hub stops.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a link printed at a start stays good.
const DAYS: u16 = 14;

/// A hub that serves.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The lines for whoever started it.
    pub lines: Vec<String>,
    core: Arc<Core>,
    store: Arc<dyn Store>,
    stop: watch::Sender<bool>,
    alive: mpsc::Receiver<()>,
    server: JoinHandle<std::io::Result<()>>,
    writer: JoinHandle<()>,
}

impl Running {
    /// Starts. Nothing is written before the application's folder and the address are found good.
    ///
    /// # Errors
    /// When a part cannot be had; each says which.
    pub async fn start(options: Serve) -> Result<Self, HubError> {
        let app = match options.app {
            Some(path) => App::folder(path.clone()).map_err(|cause| HubError::App { path, cause })?,
            None => App::inside(),
        };
        // An address of a database that cannot be used is said before anything is touched.
        options.place.file()?;
        let listen = |cause| HubError::Listen { address: options.listen, cause };
        let listener = TcpListener::bind(options.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let store = options.place.make().await?;
        let (core, writer, links) = match workspace(&store, options.sample).await {
            Ok(open) => open,
            Err(error) => {
                store.close().await;
                return Err(error);
            }
        };
        core.allow_files(options.max_blob);
        let base = options.url.unwrap_or_else(|| format!("http://{}", reachable(address)));
        let mut lines = vec![format!("Listening on http://{address}")];
        for (party, role) in links {
            let wish = Wish { party: party.clone(), role, person: None, days: DAYS };
            let secret = core.invite(None, wish).await.map_err(|refusal| HubError::Unknown(refusal.to_string()))?;
            lines.push(format!("Join as {role} for {party}: {base}/join#{}", secret.text()));
        }
        let (stop, stopped) = watch::channel(false);
        let (guard, alive) = mpsc::channel(1);
        let addresses = Arc::<Addresses>::default();
        let door = Door {
            core: Arc::clone(&core),
            app: Arc::new(app),
            addresses: Arc::clone(&addresses),
            stop: stopped.clone(),
            alive: guard,
        };
        let server = tokio::spawn(http::listen(listener, http::routes(door), addresses, stopped));
        Ok(Self { address, lines, core, store, stop, alive, server, writer })
    }

    /// The running workspace.
    #[must_use]
    pub const fn core(&self) -> &Arc<Core> {
        &self.core
    }

    /// Ends when the server ends by itself: it never should.
    ///
    /// # Errors
    /// What ended it.
    pub async fn broken(&mut self) -> Result<(), HubError> {
        let unknown = |error: tokio::task::JoinError| HubError::Serve(std::io::Error::other(error));
        tokio::select! {
            ended = &mut self.server => ended.map_err(unknown)?.map_err(HubError::Serve),
            ended = &mut self.writer => ended.map_err(unknown),
        }
    }

    /// Stops: no new requests, open ones finish, connections close, what waits is committed, the database is closed.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let closed = async {
            if !self.server.is_finished() {
                let _ = (&mut self.server).await;
            }
            // Ends when the last live connection has dropped its guard.
            let _ = self.alive.recv().await;
        };
        if tokio::time::timeout(PATIENCE, closed).await.is_err() {
            tracing::warn!("some connections did not end in time");
            self.server.abort();
        }
        self.core.close();
        if !self.writer.is_finished() {
            let _ = tokio::time::timeout(PATIENCE, &mut self.writer).await;
        }
        if let Err(error) = self.core.keep_refused().await {
            tracing::warn!(%error, "refused changes were not set aside");
        }
        if let Err(error) = self.core.keep_contacts().await {
            tracing::warn!(%error, "how far devices are was not written down");
        }
        self.store.close().await;
    }
}

type Links = Vec<(PartyCode, Role)>;

/// Opens or begins the workspace; whom to print links for.
async fn workspace(store: &Arc<dyn Store>, sample: bool) -> Result<(Arc<Core>, JoinHandle<()>, Links), HubError> {
    if store.workspace().await?.is_none() {
        store.begin(begin::id()?).await?;
    }
    let (core, writer) = Core::open(Arc::clone(store), DEFAULT_LIMITS).await?;
    // Also after a start that broke off before the first entries were on disk.
    let fresh = core.begun_as().is_none();
    if fresh {
        let id = core.workspace();
        let first = if sample { Beginning::sample(id) } else { Beginning::own(id) };
        first?.append(&core).await?;
    }
    // Of devices that joined before the hub said whose they are.
    let unowned = core.unowned();
    if !unowned.is_empty() {
        core.state(vec![Own { device: None, items: unowned.iter().map(fact_item).collect() }]).await?;
    }
    let is_sample = matches!(core.begun_as(), Some(Fact::Workspace { sample: true, .. }));
    let links = match (sample, is_sample, fresh) {
        (true, false, _) => return Err(HubError::NotSample),
        (true, true, _) => vec![
            (code("KH")?, Role::FocalPoint),
            (code("VN")?, Role::FocalPoint),
            (PartyCode::secretariat(), Role::Secretariat),
        ],
        (false, _, true) => vec![(PartyCode::secretariat(), Role::Secretariat)],
        (false, _, false) => vec![],
    };
    Ok((core, writer, links))
}

fn code(text: &str) -> Result<PartyCode, HubError> {
    text.parse().map_err(|_| HubError::Unknown(format!("{text} is no party's code")))
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, v6.port()).into(),
        SocketAddr::V4(_) | SocketAddr::V6(_) => address,
    }
}

impl From<Refusal> for HubError {
    fn from(refusal: Refusal) -> Self {
        Self::Unknown(refusal.to_string())
    }
}
