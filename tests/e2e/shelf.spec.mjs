// What a device keeps: a browser that gives no store, one that needs a moment for it, damage on the disk, and a first load
// that breaks in the middle.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { at, field, openProject, PLAN, PROJECT } from "./lib/screen.mjs";
import { Stage } from "./lib/stage.mjs";

/** Runs before the engine's script: the store does not open, so often. */
const closed = (times, name) => `{
  const open = IDBFactory.prototype.open;
  let left = ${times};
  IDBFactory.prototype.open = function (...args) {
    if (left-- > 0) throw new DOMException("made by a test", ${JSON.stringify(name)});
    return open.apply(this, args);
  };
}
`;

const copies = [];
let stage;

async function appWith(script) {
  const copy = new AppCopy();
  copies.push(copy);
  copy.change("worker.js", (text) => script + text);
  stage = await Stage.start({ app: copy.folder });
  return stage;
}

test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await stage?.keep(info);
  await stage?.end();
  stage = null;
});
test.afterAll(() => copies.forEach((copy) => copy.end()));

const red = (page) => page.getByRole("alert").filter({ hasText: "This browser keeps nothing on this device." });
const venue = (person) => field(person.page, "Venue");

test("without a store everything works in memory, a red banner says so, and words can be saved", async () => {
  await appWith(closed(1e9, "SecurityError"));
  const cambodia = await stage.person("Cambodia");
  await cambodia.open("/");
  await expect(red(cambodia.page)).toBeVisible();
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  await expect(red(cambodia.page)).toBeVisible();
  // Its memory ends with the page: the browser asks before it is left, and no address is typed from here on.
  const asks = () => !dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(await cambodia.page.evaluate(asks)).toBe(true);
  const { page } = cambodia;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Work plans" }).click();
  await page.getByRole("link", { name: PLAN }).first().click();
  await page.getByRole("grid", { name: "Projects" }).getByRole("link", { name: PROJECT, exact: true }).click();
  await cambodia.wire.cut();
  await cambodia.offline();
  await venue(cambodia).fill("Kep");
  await venue(cambodia).blur();
  // Never better than the truth: it is on no disk.
  await expect(cambodia.page.locator("main[data-record]")).toHaveAttribute("data-sync", "pending");
  await cambodia.page.evaluate(() => {
    HTMLAnchorElement.prototype.click = function () {
      self.saved = { name: this.download, text: decodeURIComponent(this.href.split(",").slice(1).join(",")) };
    };
  });
  await red(cambodia.page).getByRole("button", { name: "Save a copy" }).click();
  await expect.poll(() => cambodia.page.evaluate(() => self.saved?.name)).toMatch(/^mufakat-\d{4}-\d\d-\d\d\.txt$/);
  const { text } = await cambodia.page.evaluate(() => self.saved);
  expect(text).toMatch(/^format: mufakat-text\/1\n/);
  expect(text.indexOf("words: Kep")).toBeGreaterThan(0);
  expect(text.indexOf("words: Kep")).toBeLessThan(text.indexOf("# document"));
  expect(text.match(/^kind: project$/gm).length).toBeGreaterThan(10);
  // And it still goes out.
  await cambodia.wire.join();
  await cambodia.catchUp();
  await expect(cambodia.page.locator("main[data-record]")).toHaveAttribute("data-sync", /hub|seen/);
});

test("a store that opens only after a moment is waited for", async () => {
  await appWith(closed(3, "UnknownError"));
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  await expect(red(cambodia.page)).toHaveCount(0);
  const path = await openProject(cambodia);
  await venue(cambodia).fill("Takeo");
  await venue(cambodia).blur();
  await cambodia.live();
  await cambodia.catchUp();
  await cambodia.kill();
  await cambodia.wire.cut();
  await cambodia.open(path);
  await expect(venue(cambodia)).toHaveValue("Takeo");
});

test("damage on the disk is told, set aside and made good by the hub; unsent words stay", async () => {
  await appWith("");
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  const path = await openProject(cambodia);
  await venue(cambodia).fill("Kratie");
  await venue(cambodia).blur();
  await cambodia.live();
  await cambodia.wire.cut();
  await cambodia.offline();
  await field(cambodia.page, "Objective").fill("Not sent when the disk failed.");
  await field(cambodia.page, "Objective").blur();
  await expect(cambodia.page.locator("main[data-record]")).toHaveAttribute("data-sync", "device");
  await cambodia.kill();
  await cambodia.wire.join();
  // A page of this origin that is not the application: nothing of the store is in use.
  await cambodia.open("/manifest.webmanifest");
  const damaged = await cambodia.page.evaluate(async () => {
    const told = (request) => new Promise((resolve, reject) => ((request.onsuccess = () => resolve(request.result)), (request.onerror = reject)));
    const name = (await indexedDB.databases()).map(({ name }) => name).find((name) => name.startsWith("mufakat-"));
    const db = await told(indexedDB.open(name));
    const transaction = db.transaction("chunk", "readwrite");
    const chunks = transaction.objectStore("chunk");
    const keys = await told(chunks.getAllKeys());
    for (const key of keys) {
      const value = await told(chunks.get(key));
      value[Math.floor(value.length / 2)] ^= 4;
      chunks.put(value, key);
    }
    await new Promise((done) => (transaction.oncomplete = done));
    db.close();
    return keys.length;
  });
  expect(damaged).toBeGreaterThan(0);
  await cambodia.wire.cut();
  await cambodia.page.goto(cambodia.wire.url + path);
  await expect(cambodia.page.getByText(/documents? (was|were) damaged/)).toBeVisible();
  await cambodia.wire.join();
  await cambodia.catchUp();
  await expect(venue(cambodia)).toHaveValue("Kratie");
  await expect(field(cambodia.page, "Objective")).toHaveValue("Not sent when the disk failed.");
  await expect(cambodia.page.getByText(/documents? (was|were) damaged/)).toHaveCount(0);
});

test("a first load that breaks in the middle says how far it is and goes on from there", async () => {
  await appWith("");
  const cambodia = await stage.person("Cambodia");
  await cambodia.open("/");
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  cambodia.wire.allowance = 20_000;
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  const notice = () => cambodia.page.locator("[data-progress]");
  await expect(notice()).toContainText(/\d+ of \d+ documents, \d+ \w+ of about \d+ \w+\./);
  const come = async () => Number(await notice().getAttribute("data-progress", { timeout: 1_000 }).catch(() => NaN));
  /** Looks again and again, with a little more let through each time. */
  const meanwhile = (look) =>
    expect.poll(() => {
      cambodia.wire.allowance = 2_000;
      return look();
    });
  await meanwhile(come).toBeGreaterThan(0);
  if (process.env.MUFAKAT_SCREENS) {
    for (const colorScheme of ["light", "dark"]) {
      await cambodia.page.emulateMedia({ colorScheme });
      await cambodia.page.screenshot({ path: `${process.env.MUFAKAT_SCREENS}/first-load-${colorScheme}.png` });
    }
  }
  // What one's own delegation leads is here before the rest.
  await cambodia.goto("/");
  await meanwhile(() => cambodia.page.locator("main [data-record]").count()).toBeGreaterThan(0);
  await expect(cambodia.page.getByRole("main").getByRole("link").filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(notice()).toBeVisible();
  await cambodia.wire.cut();
  const before = await come();
  await cambodia.kill();
  await cambodia.wire.join();
  await cambodia.open("/");
  await meanwhile(come).toBeGreaterThanOrEqual(before);
  cambodia.wire.allowance = Infinity;
  await expect(notice()).toHaveCount(0);
  await cambodia.live();
  await openProject(cambodia);
});
