//! A WebSocket to the hub, as an engine would hold it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mufakat::sync::{
    codec::{self, DEFAULT_LIMITS},
    frame::Frame,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

/// A WebSocket to the hub.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn open(base: &str) -> Self {
        let url = format!("{}/v1/live", base.replace("http://", "ws://"));
        let config = tokio_tungstenite::tungstenite::protocol::WebSocketConfig::default()
            .max_message_size(Some(64 << 20))
            .max_frame_size(Some(64 << 20));
        let (socket, _) =
            tokio_tungstenite::connect_async_with_config(url, Some(config), true).await.expect("a socket");
        Self(socket)
    }

    pub async fn send(&mut self, frame: &Frame) {
        self.send_raw(Message::Binary(codec::encode(frame).into())).await;
    }

    pub async fn try_send(&mut self, message: Message) {
        let _ = self.0.send(message).await;
    }

    pub async fn send_raw(&mut self, message: Message) {
        self.0.send(message).await.expect("sends");
    }

    /// The next frame; none when the hub closed.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            let message =
                tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.expect("an answer in time");
            match message {
                Some(Ok(Message::Binary(bytes))) => {
                    let limit = DEFAULT_LIMITS.frame as usize;
                    return Some(codec::decode(&bytes, limit).expect("a frame"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            }
        }
    }

    /// The next frame for which `pick` gives something.
    pub async fn wait<T>(&mut self, mut pick: impl FnMut(Frame) -> Option<T>) -> T {
        loop {
            let frame = self.next().await.expect("the connection stays");
            if let Some(found) = pick(frame) {
                return found;
            }
        }
    }

    /// Reads the log to the hub's head.
    pub async fn caught_up(&mut self, head: u64) {
        self.wait(|frame| match frame {
            Frame::Log { to, .. } if to >= head => Some(()),
            _ => None,
        })
        .await;
    }

    pub async fn error(&mut self) -> String {
        self.wait(|frame| match frame {
            Frame::Error { code, .. } => Some(code),
            _ => None,
        })
        .await
    }
}
