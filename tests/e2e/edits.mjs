// How long an edit takes until it is on the screen, in a plan of 2,000 projects, for `cargo xtask bench --only edit-to-paint`.
// Prints the figures as one line of JSON. Called with the number of projects and of edits.
import { expect } from "@playwright/test";
import { overhear, propose } from "./lib/many.mjs";
import { field, PLAN } from "./lib/screen.mjs";
import { slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const PROJECTS = Number(process.argv[2] ?? 2_000);
const EDITS = Number(process.argv[3] ?? 24);
const BUDGET = 16;

/** What pages are asked: when the engine's word came, when a field was left, and when something is painted. */
function clocks() {
  const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    get,
    set(listener) {
      const heard = (event) => {
        self.heard = performance.now();
        listener.call(this, event);
      };
      set.call(this, listener && heard);
    },
  });
  addEventListener("blur", () => (self.left = performance.timeOrigin + performance.now()), true);
  // What is posted now comes after the task that runs now, or, from an animation frame, after that was painted.
  self.after = (then) => {
    const channel = new MessageChannel();
    Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage").set.call(channel.port1, () => then(performance.now()));
    channel.port2.postMessage(null);
  };
  /** Resolves with when the frame that comes next begins and has been painted. */
  self.painted = () => new Promise((done) => requestAnimationFrame(() => {
    const began = performance.now();
    self.after((ended) => done({ began, ended }));
  }));
  /** The table's row of a project says these words: when the engine said so, and how long that kept the page busy. */
  self.rowSays = (doc, words) => new Promise((done) => {
    const look = new MutationObserver(async () => {
      const title = document.querySelector(`main table [data-record="${doc}"] .c-title`);
      if (!title?.textContent.includes(words)) return;
      look.disconnect();
      const { heard } = self;
      const changed = performance.now();
      const { began, ended } = await self.painted();
      done({ work: changed - heard + ended - began, at: performance.timeOrigin + ended });
    });
    look.observe(document.querySelector("main table"), { childList: true, characterData: true, subtree: true });
  });
  /** The next key: from when it was pressed until its frame is painted, and how long it kept the page busy. */
  self.nextKey = () => new Promise((done) => {
    let pressed;
    addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true });
    const typed = async () => {
      // After whoever else hears of it.
      await null;
      const handled = performance.now();
      const { began, ended } = await self.painted();
      done({ work: handled - pressed + ended - began, wall: ended - pressed });
    };
    addEventListener("input", typed, { once: true });
  });
}

/** Titles changed on a project's page, until the row of a table in another tab of the same browser shows them. */
async function rows(person, tab, doc, round) {
  const { page } = person;
  await page.bringToFront();
  await page.locator(`main table [data-record="${doc}"]`).scrollIntoViewIfNeeded();
  const work = [];
  const across = [];
  for (let n = 0; n < EDITS; n += 1) {
    const words = `Changed in round ${round}, ${n}`;
    const says = page.evaluate(([doc, words]) => self.rowSays(doc, words), [doc, words]);
    await field(tab, "Title").fill(words);
    await field(tab, "Title").blur();
    const painted = await says;
    work.push(painted.work);
    across.push(painted.at - (await tab.evaluate(() => self.left)));
    await expect(tab.locator("main[data-record]")).not.toHaveAttribute("data-sync", "pending");
  }
  return { work: spread(work), across: spread(across) };
}

/** Keys pressed in a field of the plan, with the whole table on the same page. */
async function keys(person) {
  const { page } = person;
  const title = page.getByRole("form", { name: "Work plan", exact: true }).getByLabel("Title", { exact: true }).first();
  await title.focus();
  await title.press("ControlOrMeta+End");
  const work = [];
  const wall = [];
  for (let n = 0; n < EDITS; n += 1) {
    const next = page.evaluate(() => self.nextKey());
    // It listens once this is answered.
    await page.evaluate(() => {});
    await page.keyboard.press("x");
    const took = await next;
    work.push(took.work);
    wall.push(took.wall);
  }
  return { work: spread(work), wall: spread(wall) };
}

const stage = await Stage.start();
try {
  const [cambodia, vietnam, secretariat] = [await stage.person("Cambodia"), await stage.person("Viet Nam"), await stage.person("Secretariat")];
  for (const [person, party] of [[cambodia, "KH"], [vietnam, "VN"], [secretariat, "ASEC"]]) {
    await person.join(stage.hub.links[party]);
    await person.goto("/settings");
  }
  let path;
  for (const person of [cambodia, vietnam]) {
    await overhear(person);
    await person.goto("/plans");
    await person.page.getByRole("link", { name: PLAN }).first().click();
    // Documents of others are still coming.
    await person.page.getByRole("button", { name: "New project" }).waitFor({ timeout: 120_000 });
    path = new URL(person.page.url()).pathname;
    person.first = await propose(person, PROJECTS / 2);
  }
  await vietnam.close();
  const shown = async (person) => {
    await person.page.addInitScript(clocks);
    await person.goto(path);
    await expect.poll(() => person.page.locator("main table [data-record]").count(), { timeout: 120_000 }).toBeGreaterThanOrEqual(PROJECTS);
  };
  await shown(cambodia);
  const tab = await cambodia.tab("/settings");
  await tab.addInitScript(clocks);
  await tab.goto(cambodia.wire.url + cambodia.first);
  const doc = cambodia.first.split("/").at(-1);
  await shown(secretariat);
  const measured = [];
  for (const share of [1, 0.25]) {
    const some = [];
    for (const [person, work] of [[cambodia, () => rows(cambodia, tab, doc, share)], [secretariat, () => keys(secretariat)]]) {
      const restore = share === 1 ? () => {} : slowed(person.group, share);
      some.push(await work());
      restore();
    }
    measured.push(some);
  }
  const [[row, key], [slowRow, slowKey]] = measured;
  const round = (value) => Math.round(value * 10) / 10;
  const note = (whole, quarter) =>
    `${EDITS} edits; 95 of 100 within ${round(whole.most)}; on a quarter of a CPU ${round(quarter.middle)} and ${round(quarter.most)}`;
  const figure = (key, what, whole, quarter, budget) => ({
    row: "edit-to-paint", key, what, unit: "ms", ours: whole.middle, budget, more_is_better: false, peers: {}, ratios: {}, note: note(whole, quarter),
  });
  const of = `edit to paint, ${PROJECTS.toLocaleString("en")} rows`;
  console.log(
    JSON.stringify([
      figure("key", `${of}: a key in a field above the table, the page's work`, key.work, slowKey.work, BUDGET),
      figure("key-frame", `${of}: the same until its frame is painted`, key.wall, slowKey.wall, null),
      figure("row", `${of}: a row that changed, the page's work`, row.work, slowRow.work, BUDGET),
      figure("row-across", `${of}: from another tab, by way of the engine, until it is painted`, row.across, slowRow.across, null),
    ]),
  );
} finally {
  await stage.end();
}
