// How soon a key is on another screen in a meeting, and what a screen costs at which nothing happens, for
// `cargo xtask bench --only screens`. Prints the figures as one line of JSON. Called with the number of keys and the idle seconds.
import { expect } from "@playwright/test";
import { at, openMeeting, shownAt } from "./lib/screen.mjs";
import { spread } from "./lib/slow.mjs";
import { Stage } from "./lib/stage.mjs";

const KEYS = Number(process.argv[2] ?? 40);
const IDLE = Number(process.argv[3] ?? 120);
const LATENCY = 300;
const BYTES = 5_000;

const room = (person) => person.page.getByRole("region", { name: "In this meeting now" });
const text = (person) => person.page.getByRole("textbox", { name: "Text of the paragraph" });

/** Milliseconds from each key until its letter is on the other screen; pauses of all lengths between them. */
async function keys(writer, reader) {
  await writer.page.evaluate(() => addEventListener("keydown", () => (self.pressed = Date.now()), true));
  await text(writer).focus();
  const took = [];
  let words = "";
  for (let n = 0; n < KEYS; n += 1) {
    const letter = String.fromCharCode(97 + (n % 26));
    words += letter;
    const shown = shownAt(reader, words);
    await writer.page.keyboard.press(letter);
    took.push((await shown) - (await writer.page.evaluate(() => self.pressed)));
  }
  return spread(took);
}

const stage = await Stage.start();
try {
  const names = ["Cambodia", "Secretariat", "Viet Nam", "Malaysia"];
  const people = await Promise.all(names.map((name) => stage.person(name)));
  const [chair, writer, reader] = people;
  await Promise.all(["KH", "ASEC", "VN", "MY"].map((party, n) => people[n].join(stage.hub.links[party])));
  const path = await openMeeting(chair);
  for (const person of people) await at(person, `${path}?tab=report`);
  await expect(room(reader).getByRole("group")).toHaveAccessibleName(/^3 other/);
  await writer.page.getByRole("button", { name: /^Paragraph: add to/ }).first().click();
  await expect(text(chair)).toHaveCount(1);
  const latency = await keys(writer, reader);
  await text(writer).blur();
  for (const person of people) await person.catchUp();
  const before = people.map((person) => person.wire.carried);
  await new Promise((done) => setTimeout(done, IDLE * 1_000));
  const idle = people.map((person, n) => ((person.wire.carried - before[n]) * 60) / IDLE);
  const most = Math.round(Math.max(...idle));
  const figure = (key, what, unit, ours, budget, note) => ({
    row: "screens", key, what, unit, ours, budget, more_is_better: false, peers: {}, ratios: {}, note,
  });
  console.log(
    JSON.stringify([
      figure("key", "a key typed until it is on another delegation's screen, four in the meeting", "ms", latency.middle, LATENCY, `${KEYS} keys, the slowest ${Math.round(latency.slowest)}`),
      figure("idle", "bytes a minute of an idle screen, four in the meeting", "B", most, BYTES, `over ${IDLE} s; the least ${Math.round(Math.min(...idle))}`),
    ]),
  );
} finally {
  await stage.end();
}
