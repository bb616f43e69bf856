// Starts the real hub on the sample workspace and reads from its output where it listens and how to join.
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

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
  #copy = `${this.#data}-copy`;
  #child = null;
  #port = 0;
  #app;

  /** Starts a hub; `app` overrides the folder of the application, `data` is copied into its data folder first. */
  static async start({ app = required("MUFAKAT_APP"), data } = {}) {
    const hub = new Hub();
    hub.#app = app;
    if (data) cpSync(data, hub.#data, { recursive: true });
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

  /** Makes an invitation as an operator does, and answers its link. */
  async invite(party, role, { days = 14 } = {}) {
    const args = ["invite", "--data", this.#data, "--party", party, "--role", role, "--days", String(days), "--url", this.url];
    const { stdout } = await promisify(execFile)(required("MUFAKAT_BIN"), args);
    return stdout.match(/http\S+#\S+/)[0];
  }

  /** Runs a command of an operator on the data, and answers what it printed. */
  async operator(command, ...words) {
    const { stdout } = await promisify(execFile)(required("MUFAKAT_BIN"), [command, ...words, "--data", this.#data]);
    return stdout;
  }

  /** Where an operator keeps a backup. */
  get backup() {
    return `${this.#data}.backup`;
  }

  /**
   * Lets every invitation of one day expire, while the hub is stopped, by writing the past into its database: no flag makes
   * an invitation that has expired, and no test can wait for a day.
   */
  expire() {
    const day = 86_400_000;
    const now = Date.now();
    let found = 0;
    for (const name of readdirSync(this.#data)) {
      const path = join(this.#data, name);
      const bytes = readFileSync(path);
      for (let at = 0; at + 6 <= bytes.length; at += 1) {
        const value = bytes.readUIntBE(at, 6);
        if (value <= now + day - 60_000 || value > now + day) continue;
        bytes.writeUIntBE(value - 2 * day, at, 6);
        found += 1;
      }
      if (found > 0) writeFileSync(path, bytes);
    }
    // A database may hold a page twice.
    if (found === 0) throw new Error("no invitation of one day, made within the last minute, in the database");
  }

  /** Copies the data folder as it is, while the hub is stopped. */
  keepCopy() {
    rmSync(this.#copy, { recursive: true, force: true });
    cpSync(this.#data, this.#copy, { recursive: true });
  }

  /** Puts the copy in place of the data, while the hub is stopped and without a word to it. */
  putBack() {
    rmSync(this.#data, { recursive: true, force: true });
    cpSync(this.#copy, this.#data, { recursive: true });
  }

  get port() {
    return this.#port;
  }

  /** Stops the hub: gracefully, or as a power cut does. */
  async stop(signal = "SIGTERM") {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
    this.#child = null;
  }

  /** Stops the hub and removes its data. */
  async end() {
    await this.stop("SIGKILL");
    for (const folder of [this.#data, this.#copy, this.backup]) rmSync(folder, { recursive: true, force: true });
  }
}
