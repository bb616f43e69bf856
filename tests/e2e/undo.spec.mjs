// One's own edits are taken back and done again: by key and by button, after the browser was ended, and never over another's
// words unasked. Values said at once stand with who said them; a text tells who wrote it; a version has a name.
import { expect, test } from "@playwright/test";
import { at, field, items, kept, openMeeting, openProject, says, unsent } from "./lib/screen.mjs";
import { look } from "./lib/look.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const names = ["Cambodia", "Secretariat"];
  const [cambodia, secretariat] = await Promise.all(names.map((name) => stage.person(name)));
  await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const project = await openProject(cambodia);
  const meeting = await openMeeting(secretariat);
  return { cambodia, secretariat, project, meeting };
});

const undo = (person) => person.page.getByRole("button", { name: /^Undo/ });
const redo = (person) => person.page.getByRole("button", { name: /^Redo/ });
const fill = async (person, label, words) => {
  await field(person.page, label).fill(words);
  await field(person.page, label).blur();
};
const title = (person, n) => items(person.page).nth(n).getByRole("textbox", { name: "Title of the item" });

test("with no network: by button, by key, and after the browser was ended", async () => {
  const { cambodia, project } = on;
  await expect(undo(cambodia)).toHaveCount(0);
  await cambodia.wire.cut();
  await cambodia.offline();
  for (const words of ["Phnom Penh", "Siem Reap"]) {
    await fill(cambodia, "Venue", words);
    await expect(undo(cambodia)).toHaveAccessibleName("Undo: Venue");
    await kept(cambodia);
  }
  await expect.poll(() => unsent(cambodia)).toBe(2);
  await look(cambodia.page, "undo-project");
  await undo(cambodia).click();
  await says(cambodia.page, "Venue", /^Phnom Penh$/);
  await expect(cambodia.page.getByRole("status").filter({ hasText: "Undone: Venue" })).toBeVisible();
  await kept(cambodia);
  await cambodia.kill();
  await cambodia.open(project);
  await says(cambodia.page, "Venue", /^Phnom Penh$/);
  await expect(redo(cambodia)).toHaveAccessibleName("Redo: Venue");
  await cambodia.page.getByRole("heading", { level: 1 }).focus();
  await cambodia.page.keyboard.press("Control+y");
  await says(cambodia.page, "Venue", /^Siem Reap$/);
  await cambodia.page.keyboard.press("Control+z");
  await says(cambodia.page, "Venue", /^Phnom Penh$/);
  await cambodia.page.keyboard.press("Control+z");
  await says(cambodia.page, "Venue", /^$/);
  await expect(undo(cambodia)).toHaveAttribute("aria-disabled", "true");
  await cambodia.page.keyboard.press("Control+Shift+z");
  await says(cambodia.page, "Venue", /^Phnom Penh$/);
  await cambodia.wire.join();
  await cambodia.catchUp();
});

test("in a line that is being written the keys are the browser's; in prose they take back what one typed, and nobody else's words", async () => {
  const { cambodia, secretariat, project } = on;
  await field(cambodia.page, "Venue").focus();
  await cambodia.page.keyboard.type("X");
  await cambodia.page.keyboard.press("Control+z");
  await says(cambodia.page, "Venue", /^Phnom Penh$/);
  const note = field(cambodia.page, "Progress note");
  await note.focus();
  await cambodia.page.keyboard.insertText("A workshop was held.");
  await cambodia.live();
  await at(secretariat, project);
  await says(secretariat.page, "Progress note", /^A workshop was held\.$/);
  await note.focus();
  await cambodia.page.keyboard.press("Control+z");
  await says(cambodia.page, "Progress note", /^$/);
  await cambodia.page.keyboard.press("Control+y");
  await says(cambodia.page, "Progress note", /^A workshop was held\.$/);
  await note.blur();
  await cambodia.live();
});

test("what another has changed since is shown before it is taken back", async () => {
  const { cambodia, secretariat, meeting } = on;
  for (const person of [cambodia, secretariat]) await at(person, meeting);
  await title(secretariat, 1).fill("Opening by the Chair");
  await title(secretariat, 1).blur();
  await secretariat.live();
  await expect(title(cambodia, 1)).toHaveValue("Opening by the Chair");
  await title(cambodia, 1).fill("Opening by the Host");
  await title(cambodia, 1).blur();
  await cambodia.live();
  await expect(title(secretariat, 1)).toHaveValue("Opening by the Host");
  await undo(secretariat).click();
  const asked = secretariat.page.getByRole("dialog", { name: "Changed since" });
  await expect(asked).toContainText("Cambodia");
  await expect(asked).toContainText("Opening by the Host");
  await look(secretariat.page, "undo-asked");
  await asked.getByRole("button", { name: "Cancel" }).click();
  await expect(title(secretariat, 1)).toHaveValue("Opening by the Host");
  await undo(secretariat).click();
  await asked.getByRole("button", { name: "Undo anyway" }).click();
  await expect(title(secretariat, 1)).not.toHaveValue(/Host|Chair/);
});

test("values said at once stand with who said them and on what, and the choice is recorded with its reason", async () => {
  const { cambodia, secretariat, meeting } = on;
  const was = await title(secretariat, 2).inputValue();
  for (const [person, words] of [[cambodia, "Review of 2025"], [secretariat, "Review of the year"]]) {
    await person.wire.cut();
    await person.offline();
    await title(person, 2).fill(words);
    await title(person, 2).blur();
    await expect.poll(() => unsent(person)).toBeGreaterThan(0);
  }
  for (const person of [cambodia, secretariat]) {
    await person.wire.join();
    await person.catchUp();
  }
  // Today leads there.
  await secretariat.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Today", exact: true }).click();
  const need = secretariat.page.locator(".need").filter({ hasText: "Two wrote in one field at the same time" });
  await look(secretariat.page, "today-beside", false);
  await need.getByRole("link", { name: "Choose" }).click();
  await items(secretariat.page).nth(2).getByRole("button", { name: /other version kept$/ }).click();
  const panel = items(secretariat.page).nth(2).getByRole("group", { name: "Written at the same time" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await expect(panel).toContainText("Cambodia");
  await expect(panel).toContainText("You");
  await expect(panel.getByText(`Before: ${was}.`)).toHaveCount(2);
  await look(secretariat.page, "kept-panel");
  await panel.getByLabel("Why (recorded with the choice)").fill("As the Chair asked");
  await panel.getByRole("button", { name: "Keep this: Review of 2025" }).or(panel.getByRole("button", { name: "Keep this, which is shown: Review of 2025" })).click();
  await expect(title(secretariat, 2)).toHaveValue("Review of 2025");
  await secretariat.live();
  await at(cambodia, meeting);
  await items(cambodia.page).nth(2).locator(".item-move [aria-expanded]").click();
  await items(cambodia.page).nth(2).getByRole("link", { name: "History of this item" }).click();
  await cambodia.page.locator("li.sitting summary").first().click();
  await expect(cambodia.page.locator("li.sitting").first()).toContainText("As the Chair asked");
});

test("a text tells who wrote it, for eye and ear", async () => {
  const { cambodia, project } = on;
  await at(cambodia, project);
  const block = cambodia.page.locator(".field").filter({ has: field(cambodia.page, "Progress note") });
  await block.hover();
  await block.getByRole("button", { name: "Who wrote this" }).click();
  const panel = block.getByRole("group", { name: "Who wrote this" });
  await expect(panel.locator(".wrote-text")).toContainText("You: A workshop was held.");
  await expect(panel.locator(".wrote-one[data-party='KH']")).toHaveAttribute("title", /You, today/);
  await look(cambodia.page, "wrote");
});

test("what is here now gets a name, and is found by it later", async () => {
  const { cambodia, project } = on;
  await at(cambodia, project);
  await cambodia.page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  await cambodia.page.getByRole("button", { name: "Name what is here now" }).click();
  const dialog = cambodia.page.getByRole("dialog", { name: "Name what is here now" });
  await dialog.getByLabel("Name", { exact: true }).fill("Sent to the leads");
  await dialog.getByRole("button", { name: "Give this name" }).click();
  const named = cambodia.page.locator("li.named");
  await expect(named).toContainText("Sent to the leads");
  await cambodia.live();
  await at(cambodia, project);
  await fill(cambodia, "Venue", "Battambang");
  await cambodia.live();
  await cambodia.page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  await named.getByRole("button", { name: "Compare with now" }).click();
  const differs = cambodia.page.getByRole("region", { name: "What differs" });
  await expect(differs.locator("s")).toHaveText("Phnom Penh");
  await expect(differs.locator("b")).toHaveText("Battambang");
  await look(cambodia.page, "history-named");
});
