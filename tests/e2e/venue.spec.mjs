// A day of a hybrid meeting, with four people: the venue's internet dies in mid-sentence, work goes on apart on both sides for a
// good while, and comes together. Cambodia is in the Chair today and sits in the venue with Viet Nam; the Secretariat is in
// Jakarta; Malaysia's delegate listens from a hotspot, with the papers kept from the night before.
import { expect, test } from "@playwright/test";
import { at, items, kept, openMeeting, shownAt, titles, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const SENTENCE = "The Meeting agreed that the Work Plan be carried forward with the amendments made today. ";
/** So many letters are typed before the venue is cut off. */
const UNTIL = "The Meeting agreed that";
const PDF = Buffer.concat([Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"), Buffer.alloc(40_000, "draft ")]);

const on = staged(async (stage) => {
  const [room, jakarta, hotspot] = [await stage.wire(), await stage.wire(), await stage.wire()];
  const people = await Promise.all([stage.person("Cambodia", room), stage.person("Viet Nam", room), stage.person("Secretariat", jakarta), stage.person("Malaysia", hotspot)]);
  const [chair, vietnam, secretariat, malaysia] = people;
  const invited = await stage.hub.invite("MY", "focal-point");
  const { KH, VN, ASEC } = stage.hub.links;
  await Promise.all([KH, VN, ASEC, invited].map((link, n) => people[n].join(link)));
  const path = await openMeeting(chair);
  return { room, hotspot, chair, vietnam, secretariat, malaysia, people, path };
});

const region = (person) => person.page.getByRole("region", { name: "In this meeting now" });
const here = (person, party) => expect(region(person).locator(`.presence [data-party="${party}"]`));
const paras = (person) => person.page.locator(".paras > li.para");
const text = (person, n) => paras(person).nth(n).getByRole("textbox", { name: "Text of the paragraph" });
const adder = (person, name) => person.page.getByRole("button", { name, exact: true });

/** The report as a person sees it: number, state and words of each paragraph. */
const report = (person) =>
  paras(person).evaluateAll((lines) =>
    lines.map((line) => {
      const words = line.querySelector(".para-text textarea")?.value ?? line.querySelector(".para-text .para-read, .para-text .field-ro")?.innerText;
      return `${line.dataset.n}. ${line.dataset.state ?? "open"}: ${(words ?? "").trim()}`;
    }),
  );
const reads = (person, wanted) => expect.poll(() => report(person), { message: `the report of ${person.name}` }).toEqual(wanted);

/** Adds a paragraph with words. */
async function add(person, to, words) {
  const count = await paras(person).count();
  await adder(person, `Paragraph: add to ${to}`).click();
  await expect(paras(person)).toHaveCount(count + 1);
  await expect(person.page.locator(".para textarea:focus")).toHaveCount(1);
  if (words) await person.page.keyboard.insertText(words);
  await person.page.locator(".para textarea:focus").blur();
}

test("the night before, the delegate at the hotspot takes the meeting pack along", async () => {
  const { secretariat, malaysia, hotspot, path } = on;
  await at(secretariat, `${path}?tab=documents`);
  const group = secretariat.page.locator("[data-group]").nth(1);
  await group.getByLabel("Add files").setInputFiles({ name: "Draft programme.pdf", mimeType: "application/pdf", buffer: PDF });
  const paper = (person) => person.page.locator("[data-paper]").filter({ hasText: "Draft programme" });
  await expect(paper(secretariat)).toHaveAttribute("data-place", "here");
  await at(malaysia, `${path}?tab=documents`);
  await malaysia.page.getByRole("button", { name: "Keep all papers offline" }).click();
  await expect(paper(malaysia)).toHaveAttribute("data-place", "here");
  on.fetched = hotspot.files.length;
  expect(on.fetched).toBeGreaterThan(0);
  hotspot.narrow({ rate: 12, delay: 120, loss: 0.03, seed: 5 });
});

test("in the morning four delegations sit in one report", async () => {
  const { chair, secretariat, people, path } = on;
  for (const person of people) await at(person, `${path}?tab=report`);
  await add(secretariat, 2, "Draft paragraph on the opening.");
  await add(secretariat, 3, "Draft paragraph on the plan.");
  for (const person of people) await reads(person, ["1. open: Draft paragraph on the opening.", "2. open: Draft paragraph on the plan."]);
  for (const party of ["VN", "ASEC", "MY"]) await here(chair, party).toHaveCount(1);
  await here(secretariat, "KH").toHaveCount(1);
});

test("the venue's internet dies in mid-sentence, and the sentence is written to its end", async () => {
  const { room, chair, vietnam, secretariat } = on;
  await add(chair, 3, "");
  await expect(paras(secretariat)).toHaveCount(3);
  await text(chair, 2).focus();
  const seen = shownAt(secretariat, UNTIL);
  const typing = text(chair, 2).pressSequentially(SENTENCE, { delay: 80 });
  await seen;
  await room.cut();
  await typing;
  await expect(text(chair, 2)).toHaveValue(SENTENCE);
  await expect(text(chair, 2)).toBeFocused();
  for (const person of [chair, vietnam]) await person.offline();
  // Outside, the venue is gone, and of the sentence stands what had left it, letter by letter.
  // On the clogged hotspot who has left is forgotten only when nothing was heard of them for two minutes.
  for (const party of ["KH", "VN"]) await here(secretariat, party).toHaveCount(0);
  on.left = await text(secretariat, 2).inputValue();
  expect(SENTENCE.startsWith(on.left) && on.left.startsWith(UNTIL), on.left).toBe(true);
  expect(on.left.length).toBeLessThan(SENTENCE.length);
  await text(chair, 2).blur();
  await kept(chair);
  await expect(paras(chair).nth(2)).toHaveAttribute("data-sync", "device");
});

test("in the venue the meeting goes on: words, agreement, an intervention, a laptop that runs down", async () => {
  const { chair, vietnam, path } = on;
  await write(chair, text(chair, 1), " Cambodia thanked all.");
  for (let n = 1; n <= 12; n += 1) await add(chair, 4, `Venue paragraph ${n}.`);
  for (const n of [0, 1]) await paras(chair).nth(n).getByRole("button", { name: "Agree", exact: true }).click();
  await expect(paras(chair).nth(1)).toHaveAttribute("data-state", "agreed");
  await expect.poll(() => unsent(chair)).toBeGreaterThan(12);
  await adder(vietnam, "Our intervention: add to 3").click();
  await vietnam.page.getByLabel("What your delegation said, in its own words").fill("Draft words of Viet Nam.");
  await adder(vietnam, "Put it into the report").click();
  await expect(paras(vietnam).filter({ hasText: "Viet Nam" }).locator("textarea")).toHaveValue("Draft words of Viet Nam.");
  await kept(vietnam);
  await vietnam.kill();
  await vietnam.open(`${path}?tab=report`);
  await expect(paras(vietnam).filter({ hasText: "Viet Nam" }).locator("textarea")).toHaveValue("Draft words of Viet Nam.");
  await expect(paras(vietnam).filter({ hasText: "Viet Nam" })).toHaveAttribute("data-sync", "device");
});

test("outside too: the same item by another rapporteur, the agenda in another order, other words in what was agreed", async () => {
  const { secretariat, malaysia, path } = on;
  // In front of the sentence that broke off, and in what the Chair agreed apart.
  await text(secretariat, 2).focus();
  await text(secretariat, 2).press("ControlOrMeta+Home");
  await secretariat.page.keyboard.insertText("In the afternoon: ");
  await text(secretariat, 1).focus();
  await text(secretariat, 1).press("ControlOrMeta+Home");
  await secretariat.page.keyboard.insertText("Jakarta noted: ");
  await text(secretariat, 1).blur();
  for (let n = 1; n <= 12; n += 1) await add(secretariat, 4, `Jakarta paragraph ${n}.`);
  await paras(malaysia).nth(0).getByRole("button", { name: /suggestions, comments and more$/ }).click();
  await paras(malaysia).nth(0).getByRole("button", { name: "Suggest a change" }).click();
  await paras(malaysia).nth(0).getByLabel("The paragraph as you would have it").fill("Malaysia's words on the opening.");
  await paras(malaysia).nth(0).getByRole("button", { name: "Suggest these words" }).click();
  await expect(paras(secretariat).nth(0)).toContainText("1 suggestion");
  await at(secretariat, path);
  await expect(items(secretariat.page)).toHaveCount(7);
  const first = await titles(secretariat.page);
  await items(secretariat.page).nth(4).getByRole("button", { name: /^Move up/ }).click();
  on.order = [...first.slice(0, 3), first[4], first[3], ...first.slice(5)];
  await expect.poll(() => titles(secretariat.page)).toEqual(on.order);
  await at(secretariat, `${path}?tab=report`);
  await secretariat.live();
});

test("back online, both halves are one report: nothing lost, nothing twice, the same for all", async () => {
  const { room, chair, vietnam, secretariat, people } = on;
  await room.join();
  for (const person of [chair, vietnam]) await person.catchUp();
  const sides = ["Venue", "Jakarta"].flatMap((side) => Array.from({ length: 12 }, (_, n) => `${side} paragraph ${n + 1}.`));
  const all = async (person) => {
    const lines = await report(person);
    return { lines, found: sides.map((words) => lines.filter((line) => line.endsWith(` ${words}`)).length) };
  };
  await expect.poll(async () => (await all(secretariat)).found, { message: "each side's words once" }).toEqual(sides.map(() => 1));
  const { lines } = await all(secretariat);
  expect(lines).toHaveLength(3 + 24 + 1);
  // The item that was fifth stands before the fourth, and has nothing written under it; the numbers run through.
  expect(lines.map((line) => Number(line.split(".")[0]))).toEqual(lines.map((_, n) => n + 1));
  // Each side's own stand in the order in which they were written.
  for (const side of ["Venue", "Jakarta"]) {
    const of = lines.filter((line) => line.includes(`${side} paragraph`)).map((line) => Number(line.match(/paragraph (\d+)/)[1]));
    expect(of).toEqual(of.toSorted((a, b) => a - b));
  }
  expect(lines[0]).toBe("1. agreed: Draft paragraph on the opening.");
  // Agreed in the venue, in other words than stand there now: it is open again, and says so.
  expect(lines[1]).toBe("2. changed: Jakarta noted: Draft paragraph on the plan. Cambodia thanked all.");
  expect(lines.filter((line) => line.includes("In the afternoon"))).toEqual([expect.stringMatching(/^\d+\. open: In the afternoon: /)]);
  expect(lines.find((line) => line.includes("In the afternoon")).split("open: ")[1]).toBe(`In the afternoon: ${SENTENCE}`.trim());
  expect(lines.filter((line) => line.endsWith("Draft words of Viet Nam."))).toHaveLength(1);
  for (const person of people) await reads(person, lines);
  for (const person of people) await expect(paras(person).nth(1)).toContainText("agreed other words here on");
  await expect(paras(chair).nth(0)).toContainText("1 suggestion");
});

test("the marks are true, everybody is here again, the agenda is the new one for all", async () => {
  const { chair, vietnam, secretariat, malaysia, people, path } = on;
  for (const person of people) {
    await person.live();
    await expect.poll(() => unsent(person)).toBe(0);
  }
  // What was written in the venue is not only on the hub: others have it on their disks.
  await expect(paras(chair).filter({ hasText: "Agreed" }).first()).toHaveAttribute("data-sync", "seen");
  for (const person of [chair, vietnam]) await expect(person.page.locator('.para[data-sync="device"], .para[data-sync="pending"], .para[data-sync="hub"]')).toHaveCount(0);
  for (const party of ["KH", "VN", "MY"]) await here(secretariat, party).toHaveCount(1);
  await paras(chair).nth(1).getByRole("button", { name: "Agree", exact: true }).click();
  for (const person of people) await expect(paras(person).nth(1)).toHaveAttribute("data-state", "agreed");
  for (const person of people) {
    await at(person, path);
    // Who only reads has the titles in other languages beside them.
    const begins = async () => (await titles(person.page)).map((title, n) => title.startsWith(on.order[n]));
    await expect.poll(begins, { message: `the agenda of ${person.name}` }).toEqual(on.order.map(() => true));
  }
});

test("the delegate at the hotspot fetched no file all day, and opens the paper", async () => {
  const { malaysia, hotspot, path } = on;
  expect(hotspot.files).toHaveLength(on.fetched);
  await hotspot.cut();
  await malaysia.offline();
  await malaysia.page.goto(`${hotspot.url}${path}?tab=documents`);
  const paper = malaysia.page.locator("[data-paper]").filter({ hasText: "Draft programme" });
  await expect(paper).toHaveAttribute("data-place", "here");
  const [tab] = await Promise.all([malaysia.page.context().waitForEvent("page"), paper.getByRole("button", { name: /^Open/ }).click()]);
  await tab.close();
});
