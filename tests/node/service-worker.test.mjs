// The service worker keeps exactly one build, whole, and fetches only what changed.

import assert from "node:assert/strict";
import test from "node:test";
import { Caches, Server, ServiceWorker, entry } from "./scripts.mjs";

const FIRST = { "/": "page one", "/ui.js": "code", "/engine_bg.wasm": "engine one", "/fonts/a.woff2": "font", "/locales/km/app.ftl": "km" };
const SECOND = { ...FIRST, "/": "page two", "/engine_bg.wasm": "engine two" };

function worker(build, files, caches, server) {
  const entries = Object.entries(files).map(([url, text]) => entry(url, text));
  const isLazy = ({ url }) => url.startsWith("/fonts/") || url.startsWith("/locales/");
  return new ServiceWorker({ build, core: entries.filter((e) => !isLazy(e)), lazy: entries.filter(isLazy), caches, server });
}

async function installed() {
  const caches = new Caches();
  const server = new Server(FIRST);
  const first = worker("one", FIRST, caches, server);
  await first.install();
  await first.activate();
  return { caches, server, first };
}

test("what it installed is served with the hub dead, every address as the page", async () => {
  const { server, first } = await installed();
  server.reachable = false;
  assert.equal(await first.get("/ui.js"), "code");
  assert.equal(await first.get("/plans/123", { mode: "navigate" }), "page one");
  assert.equal(await first.get("/", { mode: "navigate" }), "page one");
});

test("installing asks for every core file once and for no lazy one", async () => {
  const { server } = await installed();
  assert.deepEqual(server.asked.sort(), ["/", "/engine_bg.wasm", "/ui.js"]);
});

test("one missing core file is no installation", async () => {
  const { "/ui.js": _, ...half } = FIRST;
  const caches = new Caches();
  await assert.rejects(worker("one", FIRST, caches, new Server(half)).install(), /ui\.js: 404/);
});

test("a file of another build is no installation: half a deployment is never kept", async () => {
  const server = new Server({ ...FIRST, "/engine_bg.wasm": "engine of yesterday" });
  await assert.rejects(worker("one", FIRST, new Caches(), server).install(), /integrity/);
});

test("an update fetches what changed and copies the rest, lazy files that were there included", async () => {
  const { caches, server, first } = await installed();
  await first.say({ type: "keep-lazy" });
  server.files = SECOND;
  server.asked = [];
  const second = worker("two", SECOND, caches, server);
  await second.install();
  assert.deepEqual(server.asked.sort(), ["/", "/engine_bg.wasm"]);
  server.reachable = false;
  assert.equal(await second.get("/fonts/a.woff2"), "font");
  assert.equal(await second.get("/engine_bg.wasm"), "engine two");
});

test("a file that moved to another address is copied too", async () => {
  const { caches, server } = await installed();
  const moved = { "/": "page one", "/ui-2.js": "code", "/engine_bg.wasm": "engine one" };
  server.files = moved;
  server.asked = [];
  await worker("two", moved, caches, server).install();
  assert.deepEqual(server.asked, []);
});

test("a new version waits for consent, and the old one goes on serving its own files", async () => {
  const { caches, server, first } = await installed();
  server.files = SECOND;
  const second = worker("two", SECOND, caches, server);
  await second.install();
  assert.equal(second.skipped, false);
  assert.equal(await first.get("/engine_bg.wasm"), "engine one");
  await second.say({ type: "skip-waiting" });
  assert.equal(second.skipped, true);
  await second.activate();
  assert.equal(second.claimed, true);
  assert.deepEqual(await caches.keys(), ["mufakat-app-two"]);
});

test("it deletes no cache that is not its own", async () => {
  const { caches, first } = await installed();
  await caches.open("somebody-else");
  await first.activate();
  assert.deepEqual((await caches.keys()).sort(), ["mufakat-app-one", "somebody-else"]);
});

test("the hub's own addresses, other methods, other origins and unknown files pass it by", async () => {
  const { first } = await installed();
  for (const path of ["/v1/sync", "/v1/join", "/healthz", "/readyz", "/metrics", "/build.json"]) {
    assert.equal(await first.get(path), null, path);
    assert.equal(await first.get(path, { mode: "navigate" }), null, path);
  }
  assert.equal(await first.get("/ui.js", { method: "POST" }), null);
  assert.equal(await first.get("/ui.js", { origin: "http://elsewhere.test" }), null);
  assert.equal(await first.get("/unknown.js"), null);
});

test("lazy files are fetched when there is time, and one that fails does not stop the others", async () => {
  const { server, first } = await installed();
  server.files = { ...FIRST, "/fonts/a.woff2": "altered" };
  await first.say({ type: "keep-lazy" });
  server.reachable = false;
  assert.equal(await first.get("/locales/km/app.ftl"), "km");
  await assert.rejects(first.get("/fonts/a.woff2"), /no network/);
});

test("a file that the browser threw away is fetched again and kept", async () => {
  const { caches, server, first } = await installed();
  (await caches.open("mufakat-app-one")).files.delete("/ui.js");
  assert.equal(await first.get("/ui.js"), "code");
  server.reachable = false;
  assert.equal(await first.get("/ui.js"), "code");
});

test("it tells its build to who asks", async () => {
  const { first } = await installed();
  const got = [];
  await first.say({ type: "build" }, { postMessage: (message) => got.push(message.build) });
  assert.deepEqual(got, ["one"]);
});
