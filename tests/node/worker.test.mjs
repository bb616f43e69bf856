// The engine's worker script loses no page, however early it connects, and tells every page when the engine is lost.

import assert from "node:assert/strict";
import test from "node:test";
import { EngineWorker, Port } from "./scripts.mjs";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("pages that connect before the engine wait for it, in order; later ones are handed on", () => {
  const worker = new EngineWorker();
  const [early, second, late] = [new Port(), new Port(), new Port()];
  worker.self.onconnect({ ports: [early] });
  worker.self.onconnect({ ports: [second] });
  assert.deepEqual([...worker.self.mufakat.ports], [early, second]);
  const handed = [];
  worker.self.mufakat.onport = (port) => handed.push(port);
  worker.self.onconnect({ ports: [late] });
  assert.deepEqual(handed, [late]);
});

test("every page is told the build before anything else", () => {
  const worker = new EngineWorker();
  const port = new Port();
  worker.self.onconnect({ ports: [port] });
  assert.deepEqual(port.got, [{ type: "hello", build: "__BUILD__" }]);
});

test("a plain worker gets its port by message", () => {
  const worker = new EngineWorker();
  const port = new Port();
  worker.self.onmessage({ data: { type: "connect" }, ports: [port] });
  worker.self.onmessage({ data: "something else", ports: [] });
  assert.deepEqual([...worker.self.mufakat.ports], [port]);
});

test("an engine that cannot be loaded is told to pages before and after", async () => {
  const worker = new EngineWorker();
  const [before, after] = [new Port(), new Port()];
  worker.self.onconnect({ ports: [before] });
  worker.notLoaded(new Error("no memory"));
  await turn();
  worker.self.onconnect({ ports: [after] });
  for (const port of [before, after]) {
    assert.deepEqual(port.got.map(({ type }) => type), ["hello", "failed"]);
    assert.equal(port.got[1].message, "no memory");
  }
});

test("a trap ends the engine, another error does not", () => {
  const worker = new EngineWorker();
  const port = new Port();
  worker.self.onconnect({ ports: [port] });
  worker.listeners.error({ error: new TypeError("a slip") });
  assert.equal(port.got.length, 1);
  worker.listeners.error({ error: new WebAssembly.RuntimeError("unreachable") });
  worker.listeners.unhandledrejection({ reason: new WebAssembly.RuntimeError("again") });
  assert.deepEqual(port.got.slice(1).map(({ message }) => message), ["unreachable", "again"]);
});

test("a worker without its engine closes a little later, so that a page that reloads starts a fresh one", () => {
  const worker = new EngineWorker();
  worker.listeners.error({ error: new TypeError("a slip") });
  assert.equal(worker.later.length, 0);
  worker.listeners.error({ error: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(worker.closed, false, "pages are told first");
  worker.later.forEach((later) => later());
  assert.equal(worker.closed, true);
});
