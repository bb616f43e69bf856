// The two peers' own clients behind one shape: `connect`, `disconnect`, `make`, `open`, and of an opened document `set`,
// `get`, `changed` and `accepted`.
import { randomUUID } from "node:crypto";
import WebSocket from "ws";

// What goes over the wire, counted where all clients of this process send and receive: bytes of messages, without the few
// bytes of WebSocket's own frames.
export const traffic = { up: 0, down: 0, messages: 0, trips: 0, last: 0, rising: false };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data, ...rest) {
  traffic.up += data.byteLength ?? data.length;
  traffic.messages += 1;
  traffic.rising = true;
  traffic.last = performance.now();
  return send.call(this, data, ...rest);
};
const emit = WebSocket.prototype.emit;
WebSocket.prototype.emit = function (event, data, ...rest) {
  if (event === "message") {
    traffic.down += data.byteLength ?? data.length;
    traffic.messages += 1;
    traffic.trips += traffic.rising ? 1 : 0;
    traffic.rising = false;
    traffic.last = performance.now();
  }
  return emit.call(this, event, data, ...rest);
};

export function forget() {
  Object.assign(traffic, { up: 0, down: 0, messages: 0, trips: 0, last: performance.now(), rising: false });
}

async function automergeRepo(url) {
  const { Repo, ImmutableString } = await import("@automerge/automerge-repo");
  const { WebSocketClientAdapter } = await import("@automerge/automerge-repo-network-websocket");
  const adapter = new WebSocketClientAdapter(url);
  const repo = new Repo({ network: [adapter] });
  await adapter.whenReady();
  const shown = (doc) => doc?.title?.val;
  const opened = (handle) => ({
    id: handle.url,
    set: (value) => handle.change((doc) => void (doc.title = new ImmutableString(value))),
    get: () => shown(handle.doc()),
    changed: (tell) => handle.on("change", ({ doc }) => tell(shown(doc))),
    // The server has answered that its heads are ours. Now and then it says so only after the next change: then false,
    // after two seconds.
    accepted: () =>
      new Promise((done) => {
        const heads = String(handle.heads());
        const end = (answered) => {
          clearTimeout(patience);
          handle.off("remote-heads", look);
          done(answered);
        };
        const look = (told) => String(told.heads) === heads && end(true);
        const patience = setTimeout(() => end(false), 2_000);
        handle.on("remote-heads", look);
      }),
  });
  return {
    make: () => opened(repo.create({ title: new ImmutableString("Untitled") })),
    // What the server has not got yet is "unavailable" at once.
    async open(id) {
      for (let tries = 40; ; tries -= 1) {
        const handle = await repo.find(id).catch((error) => (tries > 0 ? null : Promise.reject(error)));
        if (handle) return opened(handle);
        await new Promise((done) => setTimeout(done, 250));
      }
    },
    disconnect: () => adapter.disconnect(),
    connect: () => adapter.connect(repo.peerId, adapter.peerMetadata),
  };
}

async function hocuspocus(url) {
  const { HocuspocusProvider, HocuspocusProviderWebsocket } = await import("@hocuspocus/provider");
  const Y = await import("yjs");
  const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
  const open = async (id) => {
    const document = new Y.Doc();
    // Presence is not part of the comparison.
    const provider = new HocuspocusProvider({ websocketProvider: socket, name: id, document, awareness: null });
    provider.attach();
    const fields = document.getMap("fields");
    if (!provider.isSynced) await new Promise((done) => provider.on("synced", done));
    return {
      id,
      set: (value) => fields.set("title", value),
      get: () => fields.get("title"),
      changed: (tell) => fields.observe(() => tell(fields.get("title"))),
      accepted: () =>
        new Promise((done) => {
          if (!provider.hasUnsyncedChanges) return done(true);
          const look = ({ number }) => {
            if (number !== 0) return;
            provider.off("unsyncedChanges", look);
            done(true);
          };
          provider.on("unsyncedChanges", look);
        }),
    };
  };
  const make = async () => {
    const document = await open(randomUUID());
    document.set("Untitled");
    return document;
  };
  return { make, open, disconnect: () => socket.disconnect(), connect: () => void socket.connect() };
}

export const PEERS = { "automerge-repo": automergeRepo, hocuspocus };
