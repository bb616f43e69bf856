// The browser's store fails under the engine: no room, or its connection is closed. The application says so, keeps what was
// typed, and goes on when the store does. The failures are made in the worker's own IndexedDB, from outside the application.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { at, field, openProject, says } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

/** Runs before the engine's script: does to the store what a browser does, when the test says so. */
const FAULTS = `{
  const begin = IDBDatabase.prototype.transaction;
  let fault = null;
  new BroadcastChannel("fault").onmessage = ({ data }) => (fault = data);
  IDBDatabase.prototype.transaction = function (...args) {
    // Closed by the browser: whoever begins a transaction is told InvalidStateError.
    if (fault === "lost" && this.name.startsWith("mufakat-")) {
      fault = null;
      this.close();
    }
    return begin.apply(this, args);
  };
  // A quota cannot be made narrow under a browser that has already looked at its room.
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...args) {
    if (fault === "full" && this.transaction.db.name.startsWith("mufakat-")) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, args);
  };
  // What a browser does when the disk is full only as it commits: everything was taken, and nothing of it is kept.
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    if (!["full-late", "aborted"].includes(fault) || !this.db.name.startsWith("mufakat-")) return commit.call(this);
    if (fault === "full-late") Object.defineProperty(this, "error", { value: new DOMException("no room", "QuotaExceededError") });
    this.abort();
  };
}
`;

const app = new AppCopy();
app.change("worker.js", (text) => FAULTS + text);
test.afterAll(() => app.end());

const on = staged(
  async (stage) => {
    const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
    await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
    const path = await openProject(cambodia);
    await at(secretariat, path);
    return { cambodia, secretariat, path };
  },
  { app: app.folder },
);

const fault = (person, kind) => person.page.evaluate((kind) => new BroadcastChannel("fault").postMessage(kind), kind);
const mark = (person) => expect(person.page.locator("main[data-record]"));

test("a full device says so, sends nothing that it has not kept, and goes on when there is room", async () => {
  const { cambodia, secretariat } = on;
  await fault(cambodia, "full");
  await field(cambodia.page, "Venue").fill("Battambang");
  await field(cambodia.page, "Venue").blur();
  await expect(cambodia.page.getByText("This device is full. Your last change is not kept yet.")).toBeVisible();
  await mark(cambodia).toHaveAttribute("data-sync", "pending");
  // The secretariat gets nothing of it: what is not on the disk is not sent.
  await expect(field(secretariat.page, "Venue")).toHaveValue("");
  await fault(cambodia, null);
  await expect(cambodia.page.getByText("This device is full.")).toHaveCount(0);
  await mark(cambodia).not.toHaveAttribute("data-sync", "pending");
  await expect(field(secretariat.page, "Venue")).toHaveValue("Battambang");
});

for (const [kind, words] of [
  ["full-late", "This device is full. Your last change is not kept yet."],
  ["aborted", "The store of this browser does not answer. Your last change is not kept yet."],
]) {
  test(`a transaction that the browser gives up (${kind}) is told, written again, and sent only then`, async () => {
    const { cambodia, secretariat } = on;
    await fault(cambodia, kind);
    await field(cambodia.page, "Venue").fill(`Siem Reap, ${kind}`);
    await field(cambodia.page, "Venue").blur();
    await expect(cambodia.page.getByText(words)).toBeVisible();
    await mark(cambodia).toHaveAttribute("data-sync", "pending");
    await expect(field(secretariat.page, "Venue")).not.toHaveValue(`Siem Reap, ${kind}`);
    await fault(cambodia, null);
    await expect(cambodia.page.getByText(words)).toHaveCount(0);
    await mark(cambodia).not.toHaveAttribute("data-sync", "pending");
    await expect(field(secretariat.page, "Venue")).toHaveValue(`Siem Reap, ${kind}`);
  });
}

test("a store whose connection was lost is opened again, and the change is kept", async () => {
  const { cambodia, secretariat, path } = on;
  await cambodia.wire.cut();
  await cambodia.offline();
  await fault(cambodia, "lost");
  await field(cambodia.page, "Venue").fill("Kampong Cham");
  await field(cambodia.page, "Venue").blur();
  await expect(cambodia.page.getByText("The store of this browser does not answer.")).toBeVisible();
  await expect(cambodia.page.getByText("The store of this browser does not answer.")).toHaveCount(0);
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  // It is on the disk, also for the next start.
  await cambodia.kill();
  await cambodia.open(path);
  await expect(field(cambodia.page, "Venue")).toHaveValue("Kampong Cham");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await expect(field(secretariat.page, "Venue")).toHaveValue("Kampong Cham");
});

test("a document whose reading failed once is read again", async () => {
  const { cambodia, path } = on;
  await cambodia.goto("/settings");
  await cambodia.kill();
  await cambodia.open("/settings");
  await cambodia.live();
  await fault(cambodia, "lost");
  await cambodia.page.getByRole("link", { name: "Work plans" }).first().click();
  await cambodia.goto(path);
  await says(cambodia.page, "Venue", /Kampong Cham/);
});
