// A killed browser proves nothing about the disk, because the system's cache survives it. So every write of the engine is
// asked how durable it is to be.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { field, openMeeting, openProject, unsent } from "./lib/screen.mjs";
import { Stage } from "./lib/stage.mjs";

// Goes before the worker's own script, so before the engine is there.
const SPY = `
const told = new BroadcastChannel("writes");
const tell = (what, transaction) => told.postMessage({ what, mode: transaction.mode, durability: transaction.durability, db: transaction.db.name });
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  const transaction = begin.apply(this, given);
  if (transaction.mode !== "readonly") tell("transaction", transaction);
  return transaction;
};
for (const name of ["put", "add", "delete", "clear"]) {
  const write = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...given) {
    tell(name, this.transaction);
    return write.apply(this, given);
  };
}
for (const name of ["update", "delete"]) {
  const write = IDBCursor.prototype[name];
  IDBCursor.prototype[name] = function (...given) {
    tell("cursor " + name, (this.source.objectStore ?? this.source).transaction);
    return write.apply(this, given);
  };
}
`;

let app, stage;

test.afterAll(async () => {
  await stage?.end();
  app?.end();
});

test("every write to the disk is strictly durable", async () => {
  app = new AppCopy();
  app.change("worker.js", (text) => SPY + text);
  stage = await Stage.start({ app: app.folder });
  const cambodia = await stage.person("Cambodia");
  // A page of this origin that is not the application hears everything, from before the engine's start.
  const ear = await cambodia.open("/manifest.webmanifest");
  await ear.evaluate(() => {
    self.writes = [];
    new BroadcastChannel("writes").onmessage = ({ data }) => self.writes.push(data);
  });
  const heard = () => ear.evaluate(() => self.writes);

  cambodia.page = await cambodia.tab("/");
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  const joining = (await heard()).length;
  expect(joining).toBeGreaterThan(0);

  await openProject(cambodia);
  await field(cambodia.page, "Progress note").fill("Strictly.");
  await field(cambodia.page, "Venue").fill("Phnom Penh");
  await field(cambodia.page, "Status").selectOption({ label: "Ongoing" });
  await field(cambodia.page, "Your comment").fill("And this.");
  await cambodia.page.getByRole("button", { name: "Add comment" }).click();
  await expect(cambodia.page.getByRole("listitem").filter({ hasText: "And this." })).toHaveAttribute("data-sync", /device|hub|seen/);
  await expect.poll(() => unsent(cambodia)).toBe(0);
  await openMeeting(cambodia);
  await cambodia.page.getByRole("button", { name: /^Move down/ }).first().click();
  await expect.poll(() => unsent(cambodia)).toBe(0);

  const writes = await heard();
  expect(writes.length).toBeGreaterThan(joining);
  const begun = writes.filter(({ what }) => what === "transaction");
  const put = writes.filter(({ what, mode }) => what !== "transaction" && mode !== "versionchange");
  console.log(`  ${begun.length} transactions with ${put.length} writes`);
  expect(begun.length).toBeGreaterThan(0);
  expect(put.length).toBeGreaterThan(begun.length / 2);
  expect(writes.filter(({ mode, durability }) => mode !== "versionchange" && durability !== "strict")).toEqual([]);
});
