// A plan of 500 projects with three years of edits on a slow laptop, for `cargo xtask bench --only three-years`: how long it takes
// until it is open, filtered, sorted, and until a key typed in a cell is painted. Prints the figures as one line of JSON. Called
// with the number of projects, of rounds, a hub's data and the address of the plan in it.
import { expect } from "@playwright/test";
import { slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const [PROJECTS, ROUNDS, DATA, PLAN] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4], process.argv[5]];
const OPEN = 1_000;
const FRAME = 16;
/** More rows than a screen shows. */
const FIRST = 30;

/** What pages are asked: when something is so and has been painted. */
function clocks() {
  const after = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  /** Milliseconds from the next event of a kind until something is so and its frame is painted. */
  self.untilSo = (kind, so) => new Promise((done) => {
    let began;
    const look = () => {
      if (!so()) return requestAnimationFrame(look);
      requestAnimationFrame(() => after((now) => done(now - began)));
    };
    addEventListener(kind, ({ timeStamp }) => ((began = timeStamp), look()), { capture: true, once: true });
  });
  self.titles = () => document.querySelectorAll("main table tr[data-record]");
}

const stage = await Stage.start({ data: DATA });
try {
  const person = await stage.person("Cambodia");
  await person.join(stage.hub.links.KH, { within: 300_000 });
  const { page } = person;
  page.setDefaultTimeout(120_000);
  await page.addInitScript(clocks);
  const rows = page.locator("main table tr[data-record]");
  const list = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Work plans" });
  await person.goto(PLAN);
  await expect.poll(() => rows.count(), { timeout: 300_000 }).toBeGreaterThanOrEqual(PROJECTS);
  const filter = page.getByRole("search", { name: "Filters" }).getByRole("searchbox");
  const head = page.getByRole("columnheader", { name: "Project or activity" });
  const sort = head.getByRole("button");

  /** How long it takes from what a person does until something is so. */
  const took = async (kind, so, act) => {
    const whole = page.evaluate(([kind, so]) => self.untilSo(kind, new Function(`return ${so}`)), [kind, so]);
    await page.evaluate(() => {});
    await act();
    return await whole;
  };
  const round = async (n) => {
    await list.click();
    await expect(rows).toHaveCount(0);
    // A long table draws its first screen before the rest: both are measured.
    const rowsAt = (count) => page.evaluate((count) => self.untilSo("click", () => self.titles().length >= count), count);
    const both = Promise.all([rowsAt(Math.min(FIRST, PROJECTS)), rowsAt(PROJECTS)]);
    await page.evaluate(() => {});
    await page.locator(`main a[href="${PLAN}"]`).first().click();
    const [open, whole] = await both;
    const found = await took("input", `self.titles().length < ${PROJECTS}`, () => filter.fill(`part ${n}`));
    await took("input", `self.titles().length >= ${PROJECTS}`, () => filter.fill(""));
    const before = await head.getAttribute("aria-sort");
    const now = `document.querySelector('main table th[data-col="title"]').ariaSort`;
    const sorted = await took("click", `${now} !== "${before}"`, () => sort.click());
    const cell = rows.first().locator('[data-col="title"]');
    await cell.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    const key = await took("keydown", "document.activeElement.value?.endsWith('x')", () => page.keyboard.press("x"));
    await page.keyboard.press("Escape");
    return { open, whole, found, sorted, key };
  };
  const measured = [];
  for (const share of [1, 0.25]) {
    const restore = share === 1 ? () => {} : slowed(person.group, share);
    const all = [];
    for (let n = 0; n < ROUNDS; n += 1) all.push(await round(n));
    restore();
    measured.push((key) => spread(all.map((one) => one[key])));
  }
  const [whole, quarter] = measured;
  const rounded = (value) => Math.round(value * 10) / 10;
  const figure = (key, what, budget) => ({
    row: "three-years", key, what: `${PROJECTS} projects with three years of edits, a quarter of a CPU: ${what}`, unit: "ms",
    ours: quarter(key).middle, budget, more_is_better: false, peers: {}, ratios: {},
    note: `${ROUNDS} rounds, the slowest ${rounded(quarter(key).slowest)}; on a whole one ${rounded(whole(key).middle)}`,
  });
  console.log(
    JSON.stringify([
      figure("open", "from the list of plans to its table", OPEN),
      figure("whole", "from the list of plans to its last row", null),
      figure("found", "a filter by words", null),
      figure("sorted", "sorted by title", null),
      figure("key", "a key in a cell", FRAME),
    ]),
  );
} finally {
  await stage.end();
}
