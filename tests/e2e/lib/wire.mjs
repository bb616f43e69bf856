// The network between a browser and the hub, as a TCP proxy that can really be cut.
//
// Playwright's own offline switch does not reach a SharedWorker, so a test that used it would prove nothing.
import { connect, createServer } from "node:net";
import { Narrow } from "./narrow.mjs";

/** A wire to one port. */
export class Wire {
  #server = null;
  #sockets = new Set();
  #streams = new Set();
  // Connections that lost bytes of the hub: what comes after would be rubbish.
  #maimed = new Set();
  #swallow = false;
  #allowance = Infinity;
  #stopped = new Set();
  /** While set, no live stream passes, as at a proxy that knows only plain requests. */
  streamless = false;
  /** While set, a live stream is taken and nothing is ever heard of it, as at a proxy that waits for its end. */
  deaf = false;
  /** How many streams were turned away, or not heard. */
  refused = 0;
  /** How many streams to the hub were opened. */
  opened = 0;
  /** Bytes that passed on live streams, both ways. */
  carried = 0;
  /** The files of papers that were asked for or brought through this wire: method and path of each request. */
  files = [];
  /** What the hub sends through this wire, piece by piece, from when this is set. */
  heard = null;
  #lanes = null;
  #target;
  #port = 0;

  static async to(target) {
    const wire = new Wire();
    wire.#target = target;
    await wire.join();
    return wire;
  }

  /** The address a browser uses. */
  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** A link of the hub, by way of this wire. */
  link(address) {
    return address.replace(/^http:\/\/[^/]+/, this.url);
  }

  /** How many live streams to the hub are open. */
  get streams() {
    return this.#streams.size;
  }

  /** While set, bytes from the hub are read and thrown away: the link looks alive and says nothing. Afterwards it breaks. */
  set swallow(yes) {
    this.#swallow = yes;
    if (!yes) for (const socket of this.#maimed) socket.destroy();
  }

  /** So many more bytes of the hub pass on live streams; then these stand still, until there is no such limit any more. */
  set allowance(bytes) {
    this.#allowance = bytes;
    if (bytes <= 0) return;
    for (const socket of this.#stopped) socket.resume();
    this.#stopped.clear();
  }

  /** From now on the wire is narrow and loses packets; see `Narrow`. */
  narrow(how) {
    this.#lanes = { up: new Narrow(how), down: new Narrow({ ...how, seed: how.seed + 1 }) };
  }

  /** New connections are as fast again as this machine. */
  wide() {
    this.#lanes = null;
  }

  /** How many packets were lost on the narrow wire. */
  get lost() {
    return (this.#lanes?.up.lost ?? 0) + (this.#lanes?.down.lost ?? 0);
  }

  /** Connects the wire again, on the same port. */
  async join() {
    this.#server = createServer((near) => this.#carry(near));
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = this.#server.address().port;
  }

  #carry(near) {
    const far = connect(this.#target, "127.0.0.1");
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        for (const set of [this.#sockets, this.#streams, this.#maimed]) set.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const on = (socket) => (bytes) => !socket.destroyed && socket.write(bytes);
    const lanes = this.#lanes && { up: this.#lanes.up.lane(on(far)), down: this.#lanes.down.lane(on(near)) };
    let unheard = false;
    near.on("data", (bytes) => {
      if (unheard) return;
      const stream = bytes.subarray(0, 13).toString("latin1") === "GET /v1/live ";
      if (stream && this.streamless) {
        this.refused += 1;
        near.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        far.destroy();
        return;
      }
      if (stream && this.deaf) {
        this.refused += 1;
        unheard = true;
        return;
      }
      const file = bytes.subarray(0, 160).toString("latin1").match(/^(GET|HEAD|PUT) \/v1\/blob\/\S+/);
      if (file) this.files.push(file[0]);
      if (stream) {
        this.#streams.add(near);
        this.opened += 1;
      }
      if (this.#streams.has(near)) this.carried += bytes.length;
      if (lanes) lanes.up(bytes);
      else if (!far.write(bytes)) near.pause();
    });
    far.on("drain", () => near.resume());
    near.on("end", () => far.end());
    far.on("data", (bytes) => {
      this.heard?.push(bytes);
      if (this.#streams.has(near)) this.carried += bytes.length;
      if (this.#streams.has(near) && (this.#allowance -= bytes.length) <= 0) {
        this.#stopped.add(far);
        far.pause();
      }
      if (this.#swallow) this.#maimed.add(near);
      else if (lanes) lanes.down(bytes);
      else if (!near.write(bytes)) far.pause();
    });
    near.on("drain", () => this.#stopped.has(far) || far.resume());
  }

  /** Cuts the wire: every connection breaks and no new one is taken. */
  async cut() {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
