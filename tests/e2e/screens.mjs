// How soon a key typed by one delegation is on another's screen, alone and while two write at once, and what a meeting's screen
// costs in minutes at which nothing happens, for `cargo xtask bench --only screens`. Prints the figures as one line of JSON. Called
// with the number of keys and the idle seconds.
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
async function keys(writer, reader, mark) {
  await writer.page.evaluate(() => addEventListener("keydown", () => (self.pressed = Date.now()), true));
  const took = [];
  // What is looked for was not there before.
  let words = mark;
  await writer.page.keyboard.insertText(mark);
  for (let n = 0; n < KEYS; n += 1) {
    const letter = String.fromCharCode(97 + (n % 26));
    words += letter;
    const shown = shownAt(reader, words);
    await writer.page.keyboard.press(letter);
    took.push((await shown) - (await writer.page.evaluate(() => self.pressed)));
  }
  return took;
}

const stage = await Stage.start();
try {
  const names = ["Cambodia", "Secretariat", "Viet Nam", "Malaysia"];
  const people = await Promise.all(names.map((name) => stage.person(name)));
  const [chair, writer, reader] = people;
  const { KH, ASEC, VN } = stage.hub.links;
  const links = [KH, ASEC, VN, await stage.hub.invite("MY", "focal-point")];
  await Promise.all(links.map((link, n) => people[n].join(link)));
  const path = await openMeeting(chair);
  for (const person of people) await at(person, `${path}?tab=report`);
  await expect(room(reader).getByRole("group")).toHaveAccessibleName(/^3 other/);
  await writer.page.getByRole("button", { name: /^Paragraph: add to/ }).first().click();
  await expect(text(chair)).toHaveCount(1);
  await text(writer).focus();
  const alone = spread(await keys(writer, reader, "1:"));
  // Two write in one paragraph: the one goes on at its end, the other begins at its beginning.
  await text(chair).focus();
  await text(chair).press("ControlOrMeta+Home");
  const [from, begun] = [reader.wire.carried, Date.now()];
  const both = spread((await Promise.all([keys(writer, reader, "2:"), keys(chair, reader, "3:")])).flat());
  const busy = ((reader.wire.carried - from) * 60_000) / (Date.now() - begun);
  const rate = Math.round((2 * KEYS * 60_000) / (Date.now() - begun));
  for (const person of [writer, chair]) await text(person).blur();
  for (const person of people) await person.catchUp();
  const before = people.map((person) => person.wire.carried);
  await new Promise((done) => setTimeout(done, IDLE * 1_000));
  const idle = people.map((person, n) => ((person.wire.carried - before[n]) * 60) / IDLE);
  const figure = (key, what, unit, ours, budget, note) => ({
    row: "screens", key, what, unit, ours, budget, more_is_better: false, peers: {}, ratios: {}, note,
  });
  const told = (took, count) => `${count} keys; 95 of 100 within ${Math.round(took.most)}, the slowest ${Math.round(took.slowest)}`;
  const of = "a key typed until it is on another delegation's screen, four in the meeting";
  console.log(
    JSON.stringify([
      figure("key", of, "ms", alone.middle, LATENCY, told(alone, KEYS)),
      figure("key-two", `${of}, two write in one paragraph`, "ms", both.middle, LATENCY, told(both, 2 * KEYS)),
      figure("idle", "bytes a minute of an idle screen, four in the meeting", "B", Math.round(Math.max(...idle)), BYTES, `over ${IDLE} s; the least ${Math.round(Math.min(...idle))}`),
      figure("reading", "bytes a minute of a screen on which two others' words appear", "B", Math.round(busy), null, `${rate} keys a minute`),
    ]),
  );
} finally {
  await stage.end();
}
