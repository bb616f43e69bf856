// Browser tests against the real hub and the release build. `cargo xtask test browser` sets MUFAKAT_BIN, MUFAKAT_APP and
// CHROMIUM; nothing here downloads a browser.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  // A story has several people with a browser each; two stories at once would measure the machine, not the application.
  workers: 1,
  fullyParallel: false,
  // A story that fails is told once more from its beginning, on a stage of its own: four browsers and a hub on a busy
  // machine do not always start. What failed first is printed all the same and counted by itself, to be looked into.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
});
