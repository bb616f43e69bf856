// The network between a browser and the hub, as a TCP proxy that can really be cut.
//
// Playwright's own offline switch does not reach a SharedWorker, so a test that used it would prove nothing.
import { connect, createServer } from "node:net";

/** A wire to one port. */
export class Wire {
  #server = null;
  #sockets = new Set();
  #target;
  #port = 0;
  /** When set, bytes from the hub are read and thrown away: the link looks alive and says nothing. */
  swallow = false;

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

  /** Connects the wire again, on the same port. */
  async join() {
    this.#server = createServer((near) => {
      const far = connect(this.#target, "127.0.0.1");
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => {
          this.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      far.on("data", (bytes) => {
        if (!this.swallow && !near.write(bytes)) far.pause();
      });
      near.on("drain", () => far.resume());
    });
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = this.#server.address().port;
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
