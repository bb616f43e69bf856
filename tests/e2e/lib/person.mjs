// A person at a laptop: a browser profile of their own, which can be closed, killed and opened again.
//
// Chromium is started here and driven over its debugging port, so that a test can end it as a power cut does.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
  "--hide-scrollbars",
  "--window-size=1440,1000",
];

// What a test that dies leaves running ends with it.
const running = new Set();
process.once("exit", () => running.forEach(killGroup));

/** A laptop with one browser profile. */
export class Person {
  /** The page in front. */
  page = null;
  #profile = mkdtempSync(join(tmpdir(), "mufakat-profile-"));
  #child = null;
  #browser = null;
  /** Errors that pages wrote to their consoles, for the report of a failed test. */
  complaints = [];
  /** The wire to the hub. */
  wire;

  constructor(name, wire) {
    this.name = name;
    this.wire = wire;
  }

  /** Starts the browser on an address of the application. */
  async open(path = "/") {
    await this.start();
    await this.goto(path);
    return this.page;
  }

  /** Starts the browser with an empty page. */
  async start() {
    const port = join(this.#profile, "DevToolsActivePort");
    rmSync(port, { force: true });
    const started = appears(this.#profile, "DevToolsActivePort");
    const args = [...FLAGS, `--user-data-dir=${this.#profile}`, "about:blank"];
    // A group of its own, so that a power cut takes the browser's helpers too.
    const child = spawn(process.env.CHROMIUM, args, { stdio: "ignore", detached: true });
    running.add(child.pid);
    this.#child = child;
    const ended = new Promise((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(`${this.name}'s browser ended at its start: ${code ?? signal}`)));
    });
    await within(30_000, `${this.name}'s browser does not open its port`, Promise.race([started, ended]));
    const [number] = readFileSync(port, "utf8").split("\n");
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
    const context = this.#browser.contexts()[0];
    const complain = (text) => this.complaints.push(`${new Date().toISOString()} ${text}`);
    context.on("console", (message) => /error|warning/.test(message.type()) && complain(message.text()));
    context.on("weberror", (error) => complain(error.error().stack ?? error.error().message));
    this.page = context.pages()[0] ?? (await context.newPage());
  }

  /** The process group of the browser. */
  get group() {
    return this.#child.pid;
  }

  /** One more tab of the same browser. */
  async tab(path) {
    const page = await this.#browser.contexts()[0].newPage();
    await page.goto(this.wire.url + path);
    return page;
  }

  /** Joins by a link of the hub and waits until the whole workspace is here and the application is kept for offline use. */
  async join(link, { within = 30_000 } = {}) {
    await this.open("/");
    await this.page.goto(this.wire.link(link));
    await this.page.getByRole("button", { name: /join/i }).click();
    await this.live();
    await this.page.getByText("Getting your documents.").first().waitFor({ state: "detached", timeout: within });
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  }

  /** The header's sync region. */
  get sync() {
    return this.page.locator("[data-link][data-unsent]").first();
  }

  /** Waits for a link to the hub with nothing unsent. */
  async live() {
    await this.page.locator('[data-link="live"][data-unsent="0"], [data-link="http"][data-unsent="0"]').first().waitFor();
  }

  /** Waits until the application knows that it is cut off. */
  async offline() {
    await this.page.locator('[data-link="offline"]').first().waitFor();
  }

  /** Tries the hub now, as the panel behind the sync region offers. */
  async syncNow() {
    await this.sync.getByRole("button").click();
    const panel = this.page.getByRole("dialog", { name: "Sync in detail" });
    await panel.getByRole("button", { name: "Sync now" }).click();
    await this.page.keyboard.press("Escape");
  }

  /** Waits until every word is on the hub, trying at once. */
  async catchUp() {
    await this.syncNow();
    await this.live();
  }

  /** The browser's own debugging session. */
  browserSession() {
    return this.#browser.newBrowserCDPSession();
  }

  /** The page's debugging session. */
  session(page = this.page) {
    return page.context().newCDPSession(page);
  }

  /** Goes to an address of the application. */
  async goto(path) {
    await this.page.goto(this.wire.url + path);
  }

  /** Ends the browser as a power cut does. */
  async kill() {
    await this.#leave("SIGKILL");
  }

  /** Closes the browser. */
  async close() {
    await this.#leave("SIGTERM");
  }

  async #leave(signal) {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const here = child.exitCode === null && child.signalCode === null;
    const ended = here ? new Promise((resolve) => child.once("exit", resolve)) : null;
    if (signal === "SIGKILL") killGroup(child.pid);
    else child.kill(signal);
    await ended;
    killGroup(child.pid);
    running.delete(child.pid);
    await this.#browser?.close().catch(() => {});
  }

  /** Leaves for good. */
  async end() {
    await this.#leave("SIGKILL");
    try {
      rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    } catch (error) {
      // A folder left behind by the browser says nothing about the application.
      console.log(`left behind: ${error.message}`);
    }
  }
}

/** Ends every process of a browser, if any is still there. */
function killGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** What a promise brings, unless it takes longer than so many milliseconds. */
async function within(milliseconds, otherwise, promise) {
  let bell;
  const late = new Promise((_, reject) => (bell = setTimeout(() => reject(new Error(otherwise)), milliseconds)));
  return Promise.race([promise, late]).finally(() => clearTimeout(bell));
}

/** Waits for a file to be there, by the file system's own notice. */
function appears(folder, name) {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (existsSync(join(folder, name)) && readFileSync(join(folder, name), "utf8").includes("\n")) {
        watcher.close();
        resolve();
      }
    });
  });
}
