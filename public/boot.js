// Starts the application, and keeps it on the device so that it starts without a network.
//
// A file of its own, because the content security policy allows no inline script. Trunk writes the names of the
// compiled files into this script's own tag (pattern_script in Trunk.toml). Nothing here may talk to the hub.
//
// The engine's worker is started here, long before there is a page to speak with it. The agreement with the page
// (src/ui/platform/engine.rs), on `self.mufakat`: `engine` is what was started, { worker, port, failed }, until the page takes it.

const tag = document.querySelector("script[data-wasm]");
self.mufakat = { engine: engine() };
// Both at once: what is compiled while it comes is there sooner.
const wasm = fetch(tag.dataset.wasm);
const { default: start } = await import(tag.dataset.js);
await start({ module_or_path: wasm });

if ("serviceWorker" in navigator) {
  // Never from the browser's cache of files: a new version must be seen.
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  // Fonts and other languages follow when there is nothing else to do. Safari has no requestIdleCallback.
  const idle = self.requestIdleCallback ?? ((call) => setTimeout(call, 2000));
  idle(() => active.postMessage({ type: "keep-lazy" }));
}

function engine() {
  if (!("SharedWorker" in self)) return null;
  const worker = new SharedWorker("/worker.js", { name: "mufakat" });
  const started = { worker, port: worker.port, failed: false };
  worker.onerror = () => (started.failed = true);
  return started;
}
