// Loads one of the scripts in public/ into a made-up worker, as a browser would.

import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import vm from "node:vm";

const ORIGIN = "http://hub.test";

export function integrity(text) {
  return "sha256-" + createHash("sha256").update(text).digest("base64");
}

export function entry(url, text) {
  return { url, integrity: integrity(text), size: text.length };
}

function script(name) {
  return readFileSync(new URL(`../../public/${name}`, import.meta.url), "utf8");
}

// The caches of one origin: they outlive the service workers that use them.
export class Caches {
  all = new Map();
  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Cache());
    return this.all.get(name);
  }
  async match(key, { cacheName }) {
    return this.all.get(cacheName)?.match(key);
  }
  async keys() {
    return [...this.all.keys()];
  }
  async delete(name) {
    return this.all.delete(name);
  }
}

class Cache {
  files = new Map();
  async match(key) {
    return this.files.get(new URL(key.url ?? key, ORIGIN).pathname)?.clone();
  }
  async put(key, response) {
    this.files.set(new URL(key.url ?? key, ORIGIN).pathname, response);
  }
}

// A hub that serves files, checks integrity as a browser does, and can be unreachable.
export class Server {
  asked = [];
  constructor(files) {
    this.files = files;
    this.reachable = true;
  }
  fetch = async (request) => {
    const url = new URL(request.url, ORIGIN);
    this.asked.push(url.pathname);
    if (!this.reachable) throw new TypeError("no network");
    const text = this.files[url.pathname];
    if (text === undefined) return new Response("", { status: 404 });
    if (request.integrity && request.integrity !== integrity(text)) throw new TypeError("integrity");
    return new Response(text);
  };
}

// A service worker of the given build.
export class ServiceWorker {
  listeners = {};
  skipped = false;
  claimed = false;
  constructor({ build, core, lazy, caches, server }) {
    const self = {
      addEventListener: (type, listener) => (this.listeners[type] = listener),
      location: new URL(ORIGIN),
      skipWaiting: async () => (this.skipped = true),
      clients: { claim: async () => (this.claimed = true) },
    };
    const source = script("sw.template.js")
      .replaceAll("__BUILD__", build)
      .replace("__CORE__", JSON.stringify(core))
      .replace("__LAZY__", JSON.stringify(lazy));
    class LocalRequest {
      constructor(url, options) {
        Object.assign(this, { url: new URL(url, ORIGIN).href, method: "GET", mode: "cors" }, options);
      }
    }
    vm.runInNewContext(source, { self, caches, fetch: server.fetch, Request: LocalRequest, Response, URL, Map, Promise });
  }
  async #extended(type, event = {}) {
    const waits = [];
    this.listeners[type]({ ...event, waitUntil: (promise) => waits.push(promise) });
    await Promise.all(waits);
  }
  install = () => this.#extended("install");
  activate = () => this.#extended("activate");
  say = (data, port) => this.#extended("message", { data, ports: port ? [port] : [] });
  // What a page gets: text, or null if the service worker leaves the request alone.
  async get(path, { method = "GET", mode = "cors", origin = ORIGIN } = {}) {
    let answer = null;
    this.listeners.fetch({ request: { url: origin + path, method, mode }, respondWith: (promise) => (answer = promise) });
    const response = await answer;
    return response === null ? null : response.text();
  }
}

// The engine's worker script, with an import() that ends when the test says.
export class EngineWorker {
  listeners = {};
  /** What the script wants done after a while, and whether it has closed its worker. */
  later = [];
  closed = false;
  constructor() {
    const loading = new Promise((resolve, reject) => Object.assign(this, { loaded: resolve, notLoaded: reject }));
    this.self = {
      addEventListener: (type, listener) => (this.listeners[type] = listener),
      close: () => (this.closed = true),
    };
    const source = script("worker.js").replace('import("/engine.js")', "load()");
    if (!source.includes("load()")) throw new Error("worker.js does not load /engine.js");
    const setTimeout = (later) => this.later.push(later);
    vm.runInNewContext(source, { self: this.self, load: () => loading, fetch: async () => ({}), setTimeout, WeakRef, WebAssembly, String });
  }
}

export class Port {
  got = [];
  postMessage(message) {
    // Objects of another context have other prototypes.
    this.got.push(JSON.parse(JSON.stringify(message)));
  }
}
