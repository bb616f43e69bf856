// How long a start without a network takes on a slow laptop, for `cargo xtask bench --only cold-start`. Prints the figures as
// one line of JSON. Called with the number of starts.
import { openPlan } from "./lib/screen.mjs";
import { settled, slowed, spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const STARTS = Number(process.argv[2] ?? 9);
const BUDGET = 1_000;

/** One start of the browser: milliseconds from the navigation until the plan's projects can be used. */
async function start(person, path, share) {
  await person.start();
  await person.page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!(document.querySelector("main table [data-record]")?.getBoundingClientRect().height > 0)) return;
      look.disconnect();
      // Two frames on, what is there has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => (window.usableAt = performance.now())));
    });
    look.observe(document, { childList: true, subtree: true });
  });
  await settled(person.group);
  const restore = slowed(person.group, share);
  try {
    await person.page.goto(person.wire.url + path, { waitUntil: "commit" });
    await person.page.waitForFunction(() => window.usableAt, null, { polling: 500 });
  } finally {
    restore();
  }
  const took = await person.page.evaluate(() => ({
    usable: window.usableAt,
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? window.usableAt,
  }));
  await person.kill();
  return took;
}

async function starts(person, path, share) {
  const all = [];
  for (let n = 0; n < STARTS; n += 1) all.push(await start(person, path, share));
  const of = (key) => spread(all.map((took) => took[key]));
  return { usable: of("usable").middle, slowest: of("usable").slowest, painted: of("painted").middle };
}

const stage = await Stage.start();
try {
  const person = await stage.person("Cambodia");
  await person.join(stage.hub.links.KH);
  await openPlan(person);
  const path = new URL(person.page.url()).pathname;
  await person.close();
  await person.wire.cut();
  await stage.hub.stop();
  const whole = await starts(person, path, 1);
  const quarter = await starts(person, path, 0.25);
  const figure = (key, what, ours, budget, note) => ({
    row: "cold-start", key, what, unit: "ms", ours, budget, more_is_better: false, peers: {}, ratios: {}, note,
  });
  const of = "open offline from a cold start, a quarter of a CPU";
  const round = Math.round;
  const note = `${STARTS} starts, the slowest ${round(quarter.slowest)}; on a whole one ${round(whole.usable)}`;
  console.log(
    JSON.stringify([
      figure("usable", `${of}: a plan with its projects`, quarter.usable, BUDGET, note),
      figure("painted", `${of}: first words`, quarter.painted, null, `on a whole one ${round(whole.painted)}`),
    ]),
  );
} finally {
  await stage.end();
}
