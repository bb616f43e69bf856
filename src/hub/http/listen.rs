//! Takes connections and reads requests from them, with a limit on everything a slow or silent caller could hold.
//!
//! `axum::serve` waits for a request's head as long as its sender likes: a few hundred callers who never end a line would
//! hold every place there is.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper::{
    server::conn::http1::Builder,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, watch},
};

use super::addresses::{Addresses, Peer};

/// The head of a request must come within this; a connection without a request is closed after it.
pub const HEAD: Duration = Duration::from_secs(20);
/// Connections at one time, WebSockets included. More wait until one is closed.
pub const CONNECTIONS: usize = 4_096;
/// A pause after the system gives no more connections: it runs out of files, and trying again at once only burns time.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until told to stop, and then until every request under way is answered.
///
/// # Errors
/// None today: what goes wrong with one connection is that connection's end.
pub async fn listen(
    listener: TcpListener,
    routes: Router,
    addresses: Arc<Addresses>,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (open, mut closed) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let Some((stream, address, place)) = accepted else { continue };
        let Some(seat) = addresses.seat(address) else {
            tracing::info!("an address has too many connections");
            continue;
        };
        let (routes, stopped, open) = (routes.clone(), stopped.clone(), open.clone());
        tokio::spawn(async move {
            converse(stream, address, routes, stopped).await;
            drop((place, seat, open));
        });
    }
    drop((listener, open));
    // Ends when the last connection has dropped its end.
    let _ = closed.recv().await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, IpAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // A frame is complete when it is sent: holding it back to fill a packet only delays it.
            let _ = stream.set_nodelay(true);
            Some((stream, peer.ip(), place))
        }
        // The other side has gone already.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
            ) =>
        {
            None
        }
        Err(error) => {
            tracing::warn!(%error, "no connection can be taken");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

async fn converse(stream: TcpStream, address: IpAddr, routes: Router, mut stopped: watch::Receiver<bool>) {
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Peer(address));
        routes.call(request)
    });
    let mut builder = Builder::new();
    let builder = builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let mut told = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke off");
                }
                return;
            }
            _ = stopped.wait_for(|stop| *stop), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
