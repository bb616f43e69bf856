// The service worker: keeps the application on the device, so that it starts with no network.
//
// `cargo xtask trunk-hook seal` writes sw.js from this file, with every file's address, hash and size. It keeps files of
// the application only: what people wrote is in the engine's store, and nothing of the hub's interface passes here.
//
// Said to it by pages:   { type: "skip-waiting" }  the person accepted the new version
//                        { type: "keep-lazy" }     nothing else is to be done: fetch what is not needed to start
// Asked by pages:        { type: "build" }         answered on the message's port with { build }

const BUILD = "__BUILD__";
// [{ url, integrity, size }]: all of CORE or no installation; LAZY when there is time.
const CORE = __CORE__;
const LAZY = __LAZY__;

const PREFIX = "mufakat-app-";
const CACHE = PREFIX + BUILD;
// Where a cache keeps the list of what it was made from. No file of the application has this name.
const LIST = "/.kept.json";
const KEPT = new Map([...CORE, ...LAZY].map((entry) => [entry.url, entry]));
// What the hub answers itself, always fresh.
const HUB = /^\/(v\d+\/|healthz$|readyz$|metrics$|build\.json$|sw\.js$)/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  switch (event.data?.type) {
    case "skip-waiting":
      event.waitUntil(self.skipWaiting());
      break;
    case "keep-lazy":
      event.waitUntil(keepLazy());
      break;
    case "build":
      event.ports[0]?.postMessage({ build: BUILD });
      break;
  }
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || HUB.test(url.pathname)) return;
  if (KEPT.has(url.pathname)) {
    event.respondWith(serve(KEPT.get(url.pathname), request));
  } else if (request.mode === "navigate") {
    // Every address is a page of the one application.
    event.respondWith(serve(KEPT.get("/"), request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  const old = await oldFiles();
  await Promise.all(CORE.map((entry) => keep(cache, entry, old)));
  // What an older version had of the rest is taken along; what it had not is not fetched now.
  await Promise.all(LAZY.map((entry) => copy(cache, entry, old)));
  await cache.put(LIST, Response.json([...KEPT.values()]));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function keepLazy() {
  const cache = await caches.open(CACHE);
  for (const entry of LAZY) {
    // One at a time: people's work goes first on a thin link. What fails now is tried at the next start.
    if (!(await match(cache, entry.url))) await keep(cache, entry, new Map()).catch(() => {});
  }
}

// Files of other versions, by integrity: [cache, url].
async function oldFiles() {
  const files = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const cache = await caches.open(name);
    const list = await match(cache, LIST);
    if (!list) continue;
    for (const { url, integrity } of await list.json()) files.set(integrity, [cache, url]);
  }
  return files;
}

// Files are kept by address alone: a `Vary` of the server is about what was on the wire, not about what is kept.
function match(cache, url) {
  return cache.match(url, { ignoreVary: true });
}

async function keep(cache, entry, old) {
  if (await match(cache, entry.url)) return;
  if (await copy(cache, entry, old)) return;
  await cache.put(entry.url, await get(entry));
}

async function copy(cache, entry, old) {
  const [from, url] = old.get(entry.integrity) ?? [];
  const response = from && (await match(from, url));
  if (!response) return false;
  await cache.put(entry.url, response);
  return true;
}

// The file exactly as it was built, or an error: a half-deployed or altered file is never kept.
async function get(entry) {
  const ask = (cache) => fetch(new Request(entry.url, { integrity: entry.integrity, cache, credentials: "same-origin" }));
  let response;
  try {
    response = await ask("default");
  } catch {
    // The browser's own cache may hold the file of another version.
    response = await ask("reload");
  }
  if (!response.ok) throw new Error(`${entry.url}: ${response.status}`);
  return response;
}

async function serve(entry, request) {
  // One question to the browser, not two: every file of a start passes here.
  const kept = await caches.match(entry.url, { cacheName: CACHE, ignoreVary: true });
  if (kept) return kept;
  // Lazy and not yet here, or thrown away by the browser: from the network, and kept if it is of this version.
  try {
    const response = await get(entry);
    await (await caches.open(CACHE)).put(entry.url, response.clone());
    return response;
  } catch {
    return fetch(request);
  }
}
