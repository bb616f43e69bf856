// The script of the engine's SharedWorker (or, where that is missing, of a plain Worker).
//
// Pages connect the moment they start, long before the engine's wasm is compiled, and a `connect` event that nobody
// listens to is lost. So this script listens first and loads the engine afterwards. It knows nothing of what is said.
//
// The agreement with the engine (src/bin/engine.rs), on `self.mufakat`:
//   build   the name of this build; pages carry theirs in <meta name="build"> and must compare
//   ports   MessagePorts of pages that connected before the engine was ready, in order, not yet started
//   onport  null; the engine sets it to a function (port) => void, having first taken what is in `ports`
//   failed  null; why the engine could not be loaded, if so
//
// The agreement with a page (src/ui/platform):
//   new SharedWorker("/worker.js", { name: "mufakat" }) and its `port`; or, without SharedWorker,
//   new Worker("/worker.js") and postMessage({ type: "connect" }, [port]) with one end of a MessageChannel.
//   The first message of every port is { type: "hello", build }, from here, before anything of the engine.
//   If the engine cannot be loaded, or stops with a trap, every port gets { type: "failed", message }.

const mufakat = { build: "__BUILD__", ports: [], onport: null, failed: null };
self.mufakat = mufakat;

const everyPort = [];

function connect(port) {
  port.postMessage({ type: "hello", build: mufakat.build });
  if (mufakat.failed !== null) {
    port.postMessage({ type: "failed", message: mufakat.failed });
    return;
  }
  everyPort.push(new WeakRef(port));
  if (mufakat.onport) {
    mufakat.onport(port);
  } else {
    mufakat.ports.push(port);
  }
}

function fail(reason) {
  mufakat.failed = String(reason?.message ?? reason);
  for (const reference of everyPort) {
    reference.deref()?.postMessage({ type: "failed", message: mufakat.failed });
  }
  // A dead worker would be given to every page that reloads: it makes room for a fresh one. Not at once, so that what was
  // just said and written gets out.
  setTimeout(() => self.close(), 1000);
}

self.onconnect = (event) => connect(event.ports[0]);
self.onmessage = (event) => {
  if (event.data?.type === "connect") connect(event.ports[0]);
};
// A trap in the wasm leaves its memory in an unknown state: nothing more may be taken from it.
self.addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) fail(event.error);
});
self.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) fail(event.reason);
});

// Both at once: it is compiled while it comes.
const wasm = fetch("/engine_bg.wasm");
import("/engine.js")
  .then((engine) => engine.default({ module_or_path: wasm }))
  .catch(fail);
