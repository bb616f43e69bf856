// Starts the real hub on the sample workspace and reads from its output where it listens and how to join.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by \`cargo xtask test browser\``);
  return value;
}

/** A running hub with its own data folder. */
export class Hub {
  /** Address, such as http://127.0.0.1:41234. */
  url = "";
  /** Join links by party code. */
  links = {};
  #data = mkdtempSync(join(tmpdir(), "mufakat-hub-"));
  #child = null;
  #port = 0;
  #app;

  /** Starts a hub; `app` overrides the folder of the application. */
  static async start({ app = required("MUFAKAT_APP") } = {}) {
    const hub = new Hub();
    hub.#app = app;
    await hub.run();
    return hub;
  }

  /** Runs the hub, after a stop on the same port and the same data. */
  async run() {
    const args = ["serve", "--listen", `127.0.0.1:${this.#port}`, "--data", this.#data, "--sample", "--app", this.#app];
    const child = spawn(required("MUFAKAT_BIN"), args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    let errors = "";
    child.stderr.on("data", (bytes) => (errors += bytes));
    await new Promise((resolve, reject) => {
      const wanted = new Set(["KH", "VN", "ASEC"]);
      child.once("exit", (code) => reject(new Error(`the hub ended with ${code}: ${errors}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const listening = line.match(/^Listening on (http:\/\/\S+?)\/?$/);
        if (listening) this.url = listening[1];
        const link = line.match(/^Join as (\S+) for (\S+): (\S+)$/);
        if (link) {
          this.links[link[2]] = link[3];
          wanted.delete(link[2]);
        }
        if (this.url && wanted.size === 0) resolve();
      });
    });
    this.#port = Number(new URL(this.url).port);
  }

  get port() {
    return this.#port;
  }

  /** Stops the hub: gracefully, or as a power cut does. */
  async stop(signal = "SIGTERM") {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.removeAllListeners("exit");
    child.once("exit", () => {});
    child.kill(signal);
    await ended;
    this.#child = null;
  }

  /** Stops the hub and removes its data. */
  async end() {
    await this.stop("SIGKILL");
    rmSync(this.#data, { recursive: true, force: true });
  }
}
