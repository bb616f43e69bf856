// The page of what others did, over the changes of as many projects as it is told (eighteen each), on a slow laptop, for
// `cargo xtask bench --only away`: how long from the choice of a day until the first lines are painted, and until all are.
// Prints the figures as one line of JSON. Called with the number of projects, of rounds, a hub's data and an address in it.
import { expect } from "@playwright/test";
import { slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const [PROJECTS, ROUNDS, DATA] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const FIRST = 300;

/** What the page is asked: when so many projects are told and painted, after the next choice. */
function clocks() {
  const painted = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  self.told = () => document.querySelectorAll("main li.chg").length;
  self.untilTold = (count) => new Promise((done) => {
    let began;
    const look = () => {
      if (self.told() < count()) return requestAnimationFrame(look);
      requestAnimationFrame(() => painted((now) => done(now - began)));
    };
    addEventListener("change", ({ timeStamp }) => ((began = timeStamp), look()), { capture: true, once: true });
  });
}

const stage = await Stage.start({ data: DATA });
try {
  const person = await stage.person("Viet Nam");
  await person.join(stage.hub.links.VN, { within: 300_000 });
  const { page } = person;
  page.setDefaultTimeout(120_000);
  await page.addInitScript(clocks);
  // Each round asks of another day: what the page was told is not told again.
  let asked = 0;
  const day = () => page.evaluate((back) => new Date(Date.now() - back * 86_400_000).toLocaleDateString("sv"), asked++);
  const since = page.getByLabel("Since", { exact: true });
  const lines = page.locator("main li.chg");
  await person.goto(`/changes?since=${await day()}`);
  await expect.poll(() => page.locator("main li.chg").count(), { timeout: 120_000 }).toBeGreaterThanOrEqual(PROJECTS);
  let all;
  await expect.poll(async () => all === (all = await lines.count()), { intervals: [500] }).toBe(true);

  const round = async () => {
    await page.getByRole("button", { name: "Only what is new" }).click();
    await expect(page.getByRole("main")).toContainText("Nothing new");
    const another = await day();
    const both = page.evaluate((all) => Promise.all([self.untilTold(() => 1), self.untilTold(() => all)]), all);
    await page.evaluate(() => {});
    await since.fill(another);
    const [first, whole] = await both;
    await expect(lines).toHaveCount(all);
    return { first, whole };
  };
  const measured = [];
  for (const share of [1, 0.25]) {
    const restore = share === 1 ? () => {} : slowed(person.group, share);
    const rounds = [];
    for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round());
    restore();
    measured.push((key) => spread(rounds.map((one) => one[key])));
  }
  const [whole, quarter] = measured;
  const rounded = (value) => Math.round(value * 10) / 10;
  const figure = (key, what, budget) => ({
    row: "away", key, what: `${PROJECTS * 18} changes by others in ${PROJECTS} projects, a quarter of a CPU: ${what}`, unit: "ms",
    ours: quarter(key).middle, budget, more_is_better: false, peers: {}, ratios: {},
    note: `${ROUNDS} rounds, the slowest ${rounded(quarter(key).slowest)}; on a whole one ${rounded(whole(key).middle)}; ${all} lines`,
  });
  console.log(JSON.stringify([figure("first", "from the choice of a day to the first lines", FIRST), figure("whole", "to the last line", null)]));
} finally {
  await stage.end();
}
