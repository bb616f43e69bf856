// The page of what others did, over the changes of as many projects as it is told (eighteen each), on a slow laptop of somebody
// who has read none of it, for `cargo xtask bench --only away`: how long from the press on *Changes* until the browser has
// painted the first lines, the first time since the start and again, and until all are drawn. Prints the figures as one line of
// JSON. Called with the number of projects, of rounds, a hub's data and an address in it.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { settled, slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const [PROJECTS, ROUNDS, DATA] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const FIRST = 300;
/** A laptop rests so long after it has everything: then what is unread is told ahead. */
const REST = 4_000;
/** A hand is over what it is going to press for so long, and holds it down for so long. */
const [OVER, DOWN] = [200, 80];

/** What the page is asked: when the first line is painted after the next press, and when so many are drawn. */
function clocks() {
  const press = () => new Promise((done) => {
    addEventListener("click", ({ timeStamp }) => done(timeStamp), { capture: true, once: true });
  });
  self.untilPainted = async () => {
    const painted = new Promise((done) => {
      const mark = new MutationObserver(() => {
        const line = document.querySelector("main li.chg .kind");
        line?.setAttribute("elementtiming", "line");
        if (line) mark.disconnect();
      });
      mark.observe(document, { childList: true, subtree: true });
      const seen = new PerformanceObserver((list) => {
        seen.disconnect();
        done(list.getEntries()[0].renderTime);
      });
      seen.observe({ type: "element" });
    });
    const began = await press();
    return (await painted) - began;
  };
  self.untilDrawn = async (count) => {
    const began = await press();
    const frame = () => new Promise(requestAnimationFrame);
    while (document.querySelectorAll("main li.chg").length < count) await frame();
    await frame();
    return performance.now() - began;
  };
}

const laptops = readFileSync(`${DATA}/laptops`, "utf8").trim().split("\n");
const stage = await Stage.start({ data: DATA });
try {
  let all = PROJECTS;
  const round = async (share) => {
    const person = await stage.person("Viet Nam");
    await person.join(`${stage.hub.url}/join#${laptops.pop()}`, { within: 300_000 });
    const { page } = person;
    page.setDefaultTimeout(120_000);
    await page.addInitScript(clocks);
    await person.goto("/");
    const places = page.getByRole("navigation", { name: "Main" });
    await expect(places.locator(".count")).toBeVisible();
    await settled(person.group);
    await sleep(REST);
    const lines = page.locator("main li.chg");
    const pressed = async (count) => {
      const told = page.evaluate((count) => Promise.all([self.untilPainted(), self.untilDrawn(count)]), count);
      await page.evaluate(() => {});
      const link = places.getByRole("link", { name: "Changes" });
      await link.hover();
      await sleep(OVER);
      await link.click({ delay: DOWN });
      return told;
    };
    const restore = share === 1 ? () => {} : slowed(person.group, share);
    const [first, whole] = await pressed(all);
    await places.getByRole("link", { name: "Today" }).click();
    await expect(lines).toHaveCount(0);
    const [again] = await pressed(all);
    restore();
    let before;
    await expect.poll(async () => before === (before = await lines.count()), { intervals: [500] }).toBe(true);
    all = before;
    await person.close();
    return { first, again, whole };
  };
  // How many lines there are is known after the first.
  await round(1);
  const measured = [];
  for (const share of [1, 0.25]) {
    const rounds = [];
    for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(share));
    measured.push((key) => spread(rounds.map((one) => one[key])));
  }
  const [whole, quarter] = measured;
  const rounded = (value) => Math.round(value * 10) / 10;
  const figure = (key, what, budget) => ({
    row: "away", key, what: `${PROJECTS * 18} changes by others in ${PROJECTS} projects, a quarter of a CPU: ${what}`, unit: "ms",
    ours: quarter(key).middle, budget, more_is_better: false, peers: {}, ratios: {},
    note: `${ROUNDS} laptops, the slowest ${rounded(quarter(key).slowest)}; on a whole one ${rounded(whole(key).middle)}; ${all} lines`,
  });
  console.log(JSON.stringify([
    figure("first", "from the press to the first lines, the first time since the start", FIRST),
    figure("again", "the same, the next time", FIRST),
    figure("whole", "to the last line, the first time", null),
  ]));
} finally {
  await stage.end();
}
