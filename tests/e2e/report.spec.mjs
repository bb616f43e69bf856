// A report from its first paragraph to its adoption: agreed, suggested to, adopted while somebody types on, and what was
// decided in it on its way to the heads and to whom it tasks.
import { expect, test } from "@playwright/test";
import { at, openMeeting, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const HEADS = "20th Heads of Civil Service Meeting";

// Cambodia is in the Chair today; the Secretariat is the rapporteur; Viet Nam is a delegation.
const on = staged(async (stage) => {
  const [chair, secretariat, vietnam] = [await stage.person("Cambodia"), await stage.person("Secretariat"), await stage.person("Viet Nam")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  const path = await openMeeting(chair);
  for (const person of [chair, secretariat, vietnam]) await at(person, `${path}?tab=report`);
  return { chair, secretariat, vietnam, path };
});

const paras = (person) => person.page.locator(".paras > li.para");
const text = (person, n) => paras(person).nth(n).getByRole("textbox", { name: "Text of the paragraph" });
const agree = (person, n) => paras(person).nth(n).getByRole("button", { name: "Agree", exact: true });
const states = (person) => paras(person).evaluateAll((lines) => lines.map((line) => line.dataset.state ?? "open"));
const standing = (person, wanted) => expect.poll(() => states(person), { message: `the paragraphs of ${person.name}` }).toEqual(wanted);

test("paragraphs are numbered through, and agreed one by one by the Chair", async () => {
  const { chair, secretariat, vietnam } = on;
  const { page } = secretariat;
  await page.getByRole("button", { name: "Paragraph: add to 1", exact: true }).click();
  await expect(text(secretariat, 0)).toBeFocused();
  await page.keyboard.insertText("Draft words on the agenda.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(paras(secretariat)).toHaveCount(2);
  await expect(text(secretariat, 1)).toBeFocused();
  await page.keyboard.insertText("Draft second words.");
  await page.getByRole("button", { name: "Decision: add to 2", exact: true }).click();
  await expect(text(secretariat, 2)).toBeFocused();
  await page.keyboard.insertText("Draft decision on the plan.");
  await paras(secretariat).nth(2).getByRole("combobox", { name: "Verb", exact: true }).selectOption({ label: "endorsed" });
  await expect(paras(vietnam)).toHaveCount(3);
  await expect(paras(vietnam).nth(2)).toContainText("The Meeting endorsed Draft decision on the plan.");
  await expect(paras(vietnam).nth(2)).toHaveAttribute("data-n", "3");
  await expect(paras(vietnam).nth(0).getByRole("button", { name: "Agree", exact: true })).toHaveCount(0);
  for (const n of [0, 1, 2]) await agree(chair, n).click();
  for (const person of [chair, secretariat, vietnam]) await standing(person, ["agreed", "agreed", "agreed"]);
  await expect(vietnam.page.getByText("3 of 3 paragraphs agreed")).toBeVisible();
});

test("a later edit turns a paragraph back, on every screen, until it is agreed again", async () => {
  const { chair, secretariat, vietnam } = on;
  await text(secretariat, 1).focus();
  await text(secretariat, 1).press("ControlOrMeta+End");
  await secretariat.page.keyboard.insertText(" And more.");
  await text(secretariat, 1).blur();
  for (const person of [chair, secretariat, vietnam]) await standing(person, ["agreed", "changed", "agreed"]);
  await expect(paras(vietnam).nth(1)).toContainText("agreed other words here on");
  await agree(chair, 1).click();
  await standing(vietnam, ["agreed", "agreed", "agreed"]);
});

test("a delegation suggests words in its own voice, and the Chair takes them", async () => {
  const { chair, vietnam } = on;
  const more = (person, n) => paras(person).nth(n).getByRole("button", { name: /suggestions, comments and more$/ });
  await more(vietnam, 0).click();
  await paras(vietnam).nth(0).getByRole("button", { name: "Suggest a change" }).click();
  await paras(vietnam).nth(0).getByLabel("The paragraph as you would have it").fill("Draft words on the adopted agenda.");
  await paras(vietnam).nth(0).getByRole("button", { name: "Suggest these words" }).click();
  await expect(paras(chair).nth(0)).toContainText("1 suggestion");
  await expect(text(chair, 0)).toHaveValue("Draft words on the agenda.");
  // Wherever the Chair is, Today leads to it.
  const today = () => chair.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Today" }).click();
  const waits = chair.page.getByRole("listitem").filter({ hasText: "A suggestion to the report waits for your answer" });
  await today();
  await waits.getByRole("link", { name: "Answer" }).click();
  await more(chair, 0).click();
  await paras(chair).nth(0).getByRole("button", { name: "Take these words" }).click();
  await expect(text(chair, 0)).toHaveValue("Draft words on the adopted agenda.");
  await expect(paras(vietnam).nth(0)).toContainText("Taken by Cambodia");
  await today();
  await expect(chair.page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await expect(chair.page.locator("main [data-record]").first()).toBeVisible();
  await expect(waits).toHaveCount(0);
  await chair.page.goBack();
  await agree(chair, 0).click();
  await standing(vietnam, ["agreed", "agreed", "agreed"]);
});

test("a delegation's intervention is its own, in its place, with its number", async () => {
  const { chair, vietnam } = on;
  await vietnam.page.getByRole("button", { name: "Our intervention: add to 1", exact: true }).click();
  await vietnam.page.getByLabel("What your delegation said, in its own words").fill("Draft words of Viet Nam.");
  await vietnam.page.getByRole("button", { name: "Put it into the report" }).click();
  await expect(paras(chair)).toHaveCount(4);
  await expect(paras(chair).nth(2)).toContainText("Draft words of Viet Nam.");
  await expect(paras(chair).nth(2)).toHaveAttribute("data-n", "3");
  await expect(paras(chair).nth(2).getByRole("textbox")).toHaveCount(0);
  await expect(text(vietnam, 2)).toHaveValue("Draft words of Viet Nam.");
});

test("an action is on Today of the party it tasks, which says that it is done", async () => {
  const { chair, secretariat, vietnam, path } = on;
  await secretariat.page.getByRole("button", { name: "Action: add to 3", exact: true }).click();
  await expect(text(secretariat, 4)).toBeFocused();
  await secretariat.page.keyboard.insertText("Draft action.");
  const line = paras(secretariat).nth(4);
  await line.getByLabel("Party of the paragraph").selectOption("VN");
  await line.getByLabel("Due date").fill("2020");
  await line.getByLabel("Due date").blur();
  // What the Chair agrees is what stands on the Chair's own screen.
  await expect(paras(chair).nth(4).getByLabel("Due date")).toHaveValue("2020");
  await expect(paras(chair).nth(4).getByLabel("Party of the paragraph")).toHaveValue("VN");
  await agree(chair, 4).click();
  await standing(vietnam, ["agreed", "agreed", "open", "agreed", "agreed"]);
  await vietnam.goto("/");
  const mine = vietnam.page.getByRole("region", { name: "Actions of Viet Nam" });
  await expect(mine).toContainText("Draft action.");
  await expect(mine).toContainText("Overdue");
  await chair.goto("/");
  const others = chair.page.getByRole("region", { name: "Actions of others" });
  await expect(others).toContainText("Draft action.");
  await mine.getByLabel("What was done, in a few words").fill("Draft note");
  await mine.getByRole("button", { name: "It is done" }).click();
  await expect(mine).toHaveCount(0);
  await expect(others).toHaveCount(0);
  for (const person of [chair, vietnam]) await at(person, `${path}?tab=decisions`);
  await expect(chair.page.getByRole("region", { name: "Actions" })).toContainText("Said by Viet Nam");
});

test("what was endorsed is before the heads once, and comes back", async () => {
  const { chair, secretariat, path } = on;
  const heads = await openMeeting(secretariat, HEADS);
  await at(secretariat, `${heads}?tab=decisions`);
  const rising = secretariat.page.getByRole("region", { name: "For adoption" });
  await expect(rising.getByRole("listitem")).toHaveCount(1);
  await expect(rising).toContainText("Draft decision on the plan.");
  await rising.getByRole("button", { name: "Return", exact: true }).click();
  const dialog = secretariat.page.getByRole("dialog", { name: "Return" });
  await expect(dialog.getByRole("button", { name: "Return", exact: true })).toBeDisabled();
  await dialog.getByLabel("In which words, or why").fill("Draft reason");
  await dialog.getByRole("button", { name: "Return", exact: true }).click();
  await expect(rising).toContainText("Returned");
  await expect(chair.page.getByRole("region", { name: "Decisions" })).toContainText("Draft reason");
  await at(secretariat, `${path}?tab=report`);
});

test("an adopted report keeps its words; what was typed meanwhile is shown beside them, and a slip is corrected by a corrigendum", async () => {
  const { chair, secretariat, vietnam, path } = on;
  for (const person of [chair, vietnam]) await at(person, `${path}?tab=report`);
  await secretariat.wire.cut();
  await secretariat.offline();
  await write(secretariat, text(secretariat, 0), " Later words.");
  const dialog = (name) => chair.page.getByRole("dialog", { name });
  for (const [act, record] of [
    ["Show it to the meeting", "Record: Before the meeting"],
    ["All paragraphs are agreed", "Record: Agreed"],
    ["Adopt the report", "Record: Adopted"],
  ]) {
    await chair.page.getByRole("button", { name: act, exact: true }).click();
    await dialog(act).getByRole("button", { name: record }).click();
    await expect(dialog(act)).toHaveCount(0);
  }
  await expect(vietnam.page.getByRole("heading", { name: "Report", exact: true })).toBeVisible();
  await expect(vietnam.page.getByText(/delegations?:/)).toBeVisible();
  await expect(vietnam.page.getByRole("textbox", { name: "Text of the paragraph" })).toHaveCount(0);
  expect(await unsent(secretariat)).toBeGreaterThan(0);
  await secretariat.wire.join();
  await secretariat.catchUp();
  for (const person of [chair, secretariat, vietnam]) {
    const first = paras(person).first();
    await expect(first.locator(".para-text")).toHaveText("Draft words on the adopted agenda.");
    await expect(first).toContainText("Written later: not part of the adopted text");
    await expect(first).toContainText("Draft words on the adopted agenda. Later words.");
  }
  await chair.page.getByRole("button", { name: "Corrigendum to paragraph 2" }).click();
  await dialog("Corrigendum to paragraph 2").getByLabel("To be read instead").fill("Draft second words, and more.");
  await dialog("Corrigendum to paragraph 2").getByRole("button", { name: "Record the corrigendum" }).click();
  await expect(paras(vietnam).nth(1)).toContainText("Draft second words, and more.");
  await expect(paras(vietnam).nth(1).locator(".para-text")).toHaveText("Draft second words. And more.");
});
