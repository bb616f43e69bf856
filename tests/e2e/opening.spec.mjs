// A store that opens late, is held by another window, was made over by a newer version, or is cleared under the application.
// Each is healed or told; nothing that a store holds is written over, and nothing is said to be kept that is not.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { at, field, openProject, unsent } from "./lib/screen.mjs";
import { Stage } from "./lib/stage.mjs";

/** Runs before the engine's script: no store opens before the test says so. */
const CLOSED = `{
  const open = IDBFactory.prototype.open;
  let shut = true;
  new BroadcastChannel("store").onmessage = ({ data }) => (shut = data);
  IDBFactory.prototype.open = function (...args) {
    if (shut) throw new DOMException("made by a test", "UnknownError");
    return open.apply(this, args);
  };
}
`;

const plain = new AppCopy();
const late = new AppCopy();
late.change("worker.js", (text) => CLOSED + text);
let stage;

test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await stage?.keep(info);
  await stage?.end();
  stage = null;
});
test.afterAll(() => [plain, late].forEach((copy) => copy.end()));

const says = (person, words) => person.page.getByText(words);
const red = (person) => says(person, "This browser keeps nothing on this device.");
const venue = (person) => field(person.page, "Venue");
const mark = (person) => expect(person.page.locator("main[data-record]"));
const shut = (person, yes) => person.page.evaluate((yes) => new BroadcastChannel("store").postMessage(yes), yes);
/** Somewhere of this origin where the application does not run: nothing of the store is in use. */
const ASIDE = "/manifest.webmanifest";

async function writeVenue(person, words) {
  await venue(person).fill(words);
  await venue(person).blur();
}

async function picture(person, name) {
  if (!process.env.MUFAKAT_SCREENS) return;
  for (const colorScheme of ["light", "dark"]) {
    await person.page.emulateMedia({ colorScheme });
    await person.page.screenshot({ path: `${process.env.MUFAKAT_SCREENS}/${name}-${colorScheme}.png` });
  }
}

/** Does something with the workspace's database on a page that is not the application. */
async function inDatabase(page, work) {
  await page.evaluate(async () => {
    self.database = (await indexedDB.databases()).map(({ name }) => name).find((name) => name.startsWith("mufakat-"));
    self.told = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
  });
  return page.evaluate(work);
}

/** Everything that the database holds, as text, and its version. */
const contents = (page) =>
  inDatabase(page, async () => {
    const db = await self.told(indexedDB.open(self.database));
    const all = {};
    for (const store of db.objectStoreNames) {
      const from = db.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([self.told(from.getAllKeys()), self.told(from.getAll())]);
      all[store] = keys.map((key, i) => `${key}: ${[...values[i]].join(" ")}`);
    }
    const { version } = db;
    db.close();
    return { version, all };
  });

/** The engine found no store, and now there is one. */
async function opens(person) {
  await expect(red(person)).toBeVisible();
  await shut(person, false);
  await expect(red(person)).toHaveCount(0, { timeout: 70_000 });
}

/** A second window, so that the engine does not end when the first one goes to another address. */
const another = (person) => person.tab("/settings");

test("what was done in memory is written into a store that opens late", async () => {
  stage = await Stage.start({ app: late.folder });
  const cambodia = await stage.person("Cambodia");
  await cambodia.open("/");
  // Before it is known whether this device has a workspace nobody says that it has none.
  await expect(cambodia.sync).toContainText("Opening");
  await picture(cambodia, "store-opening");
  await another(cambodia);
  await expect(red(cambodia)).toBeVisible();
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  await cambodia.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const path = await openProject(cambodia);
  await cambodia.wire.cut();
  await cambodia.offline();
  await writeVenue(cambodia, "Koh Kong");
  await mark(cambodia).toHaveAttribute("data-sync", "pending");
  await expect(cambodia.sync).toHaveAccessibleName(/^Sync: .*, 1 change in memory only$/);
  await picture(cambodia, "store-memory");
  await opens(cambodia);
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  await expect(cambodia.sync).toHaveAccessibleName(/^Sync: .*, 1 change on this device$/);
  await writeVenue(cambodia, "Koh Kong and Kampot");
  await expect(cambodia.sync).toHaveAccessibleName(/^Sync: .*, 2 changes on this device$/);
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  // It is on the disk: all of it, and who this device is.
  await cambodia.kill();
  await cambodia.open(path);
  await opens(cambodia);
  await expect(venue(cambodia)).toHaveValue("Koh Kong and Kampot");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await mark(cambodia).toHaveAttribute("data-sync", /hub|seen/);
});

test("a store that opens late and holds something is left alone when somebody joined meanwhile, else taken as it is", async () => {
  stage = await Stage.start({ app: late.folder });
  const cambodia = await stage.person("Cambodia");
  await cambodia.open("/");
  await another(cambodia);
  await opens(cambodia);
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  await cambodia.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const path = await openProject(cambodia);
  await cambodia.wire.cut();
  await cambodia.offline();
  await writeVenue(cambodia, "Kept and not sent");
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  await cambodia.kill();
  await cambodia.wire.join();

  // Somebody opens it, sees that it is empty, and joins again: what is in the store is not written over.
  await cambodia.open("/");
  await another(cambodia);
  await expect(red(cambodia)).toBeVisible();
  await cambodia.page.goto(cambodia.wire.link(await stage.hub.invite("KH", "focal-point")));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  await shut(cambodia, false);
  await expect(says(cambodia, "The store of this browser opens again")).toBeVisible({ timeout: 70_000 });
  await picture(cambodia, "store-back");
  await at(cambodia, path);
  await expect(venue(cambodia)).toHaveValue("");
  await cambodia.wire.cut();
  await cambodia.kill();

  // And nobody joins: it is taken as it is.
  await cambodia.open("/");
  await another(cambodia);
  await opens(cambodia);
  await at(cambodia, path);
  await expect(venue(cambodia)).toHaveValue("Kept and not sent");
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await mark(cambodia).toHaveAttribute("data-sync", /hub|seen/);
});

test("a store that a newer version has made over is told, and nothing in it is changed", async () => {
  stage = await Stage.start({ app: plain.folder });
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  await openProject(cambodia);
  const aside = await cambodia.tab(ASIDE);
  await cambodia.page.bringToFront();
  await venue(cambodia).fill("Last words");
  // A newer version asks for it while this one runs: this one lets go, with its last words on the disk.
  await inDatabase(aside, async () => {
    const db = await self.told(indexedDB.open(self.database, 2));
    db.close();
  });
  const before = await contents(aside);
  expect(before.version).toBe(2);
  expect([...before.all.outbox, ...before.all.chunk].length).toBeGreaterThan(0);
  const told = says(cambodia, "A newer version of Mufakat has worked on this device.");
  await expect(told).toBeVisible();
  await picture(cambodia, "store-newer");
  await cambodia.page.getByRole("button", { name: "Reload" }).click();
  await expect(told).toBeVisible();
  await expect(red(cambodia)).toHaveCount(0);
  expect(await contents(aside)).toEqual(before);
});

test("a store that another window holds is waited for, and that is said", async () => {
  stage = await Stage.start({ app: plain.folder });
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  const path = await openProject(cambodia);
  await writeVenue(cambodia, "Sihanoukville");
  await cambodia.live();
  await cambodia.kill();
  const aside = await cambodia.open(ASIDE);
  // An upgrade that neither ends nor fails, until the test gives it up.
  await inDatabase(aside, () => {
    const request = indexedDB.open(self.database, 2);
    return new Promise((begun) => {
      request.onupgradeneeded = ({ target }) => {
        const { transaction } = target;
        const keep = () => (self.enough ? transaction.abort() : (transaction.objectStore("meta").count().onsuccess = keep));
        keep();
        begun();
      };
      request.onerror = (event) => event.preventDefault();
    });
  });
  cambodia.page = await cambodia.tab(path);
  await expect(says(cambodia, "The store of this browser does not open yet.")).toBeVisible();
  await expect(cambodia.sync).toContainText("Opening");
  await picture(cambodia, "store-blocked");
  await aside.evaluate(() => (self.enough = true));
  await expect(venue(cambodia)).toHaveValue("Sihanoukville");
  await expect(says(cambodia, "The store of this browser does not open yet.")).toHaveCount(0);
  await writeVenue(cambodia, "And on");
  await cambodia.live();
});

test("a store that the browser clears is told, and words still go out", async () => {
  stage = await Stage.start({ app: plain.folder });
  const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openProject(cambodia);
  await at(secretariat, path);
  await cambodia.wire.cut();
  await cambodia.offline();
  await writeVenue(cambodia, "Before it was cleared");
  await mark(cambodia).toHaveAttribute("data-sync", "device");
  const session = await cambodia.session();
  await session.send("Storage.clearDataForOrigin", { origin: new URL(cambodia.wire.url).origin, storageTypes: "indexeddb" });
  await expect(says(cambodia, "This browser has cleared what this device kept.")).toBeVisible();
  await picture(cambodia, "store-cleared");
  // Never better than the truth: what was on the disk is there no longer.
  await mark(cambodia).toHaveAttribute("data-sync", "pending");
  await writeVenue(cambodia, "After it was cleared");
  expect(await unsent(cambodia)).toBeGreaterThan(0);
  await cambodia.wire.join();
  await cambodia.catchUp();
  await expect(venue(secretariat)).toHaveValue("After it was cleared");
});
