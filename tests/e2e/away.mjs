// The page of what others did, over the changes of as many projects as it is told (eighteen each), on a slow laptop, for
// `cargo xtask bench --only away`: how long from the choice of a day until the page is painted, the first lines are, and all are.
// Prints the figures as one line of JSON. Called with the number of projects, of rounds, a hub's data and an address in it.
import { expect } from "@playwright/test";
import { settled, slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const [PROJECTS, ROUNDS, DATA] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const FIRST = 300;

/** What the page is asked: when it has said how much there is, or so many lines, and painted it, after the next choice. */
function clocks() {
  const painted = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  self.told = () => document.querySelectorAll("main li.chg").length;
  self.said = () => self.told() > 0 || /\d/.test(document.querySelector("main [role=status]")?.textContent ?? "");
  self.until = (there) => new Promise((done) => {
    let began;
    const look = () => {
      if (!there()) return requestAnimationFrame(look);
      requestAnimationFrame(() => painted((now) => done(now - began)));
    };
    addEventListener("change", ({ timeStamp }) => ((began = timeStamp), look()), { capture: true, once: true });
  });
}

const stage = await Stage.start({ data: DATA });
try {
  let all = 0;
  // Somebody new each round: what was told once is told faster the next time.
  const round = async (share) => {
    const person = await stage.person("Viet Nam");
    await person.join(await stage.hub.invite("VN", "focal-point"), { within: 300_000 });
    const { page } = person;
    page.setDefaultTimeout(120_000);
    await page.addInitScript(clocks);
    await person.goto("/changes");
    await expect(page.getByRole("main")).toContainText("Nothing new");
    await settled(person.group);
    const lines = page.locator("main li.chg");
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
    const restore = share === 1 ? () => {} : slowed(person.group, share);
    const painted = page.evaluate((count) => {
      const lines = (count) => () => self.told() >= count;
      return Promise.all([self.until(self.said), self.until(lines(1)), self.until(lines(count))]);
    }, all || PROJECTS);
    await page.evaluate(() => {});
    await page.getByLabel("Since", { exact: true }).fill(today);
    const [paint, first, whole] = await painted;
    restore();
    let before;
    await expect.poll(async () => before === (before = await lines.count()), { intervals: [500] }).toBe(true);
    all = before;
    await person.close();
    return { page: paint, first, whole };
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
    note: `${ROUNDS} rounds, the slowest ${rounded(quarter(key).slowest)}; on a whole one ${rounded(whole(key).middle)}; ${all} lines`,
  });
  console.log(JSON.stringify([figure("page", "from the choice of a day until it says how much there is", null), figure("first", "to the first lines", FIRST), figure("whole", "to the last line", null)]));
} finally {
  await stage.end();
}
