// A meeting follows the last one of its kind, is put off and keeps its identity; delegations propose items, the Chair answers,
// adopts and changes in session; the annotated agenda is the Chair's and the Secretariat's.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { at, items, openMeeting, titles } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [chair, secretariat, vietnam] = [await stage.person("Cambodia"), await stage.person("Secretariat"), await stage.person("Viet Nam")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  const last = await openMeeting(chair);
  await expect(items(chair.page)).toHaveCount(7);
  return { chair, secretariat, vietnam, last };
});

const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true });
/** Wide and narrow, for who looks at it. */
async function picture(page, name) {
  for (const [width, height] of [[1440, 1000], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
}
const head = (person) => person.page.locator(".head-facts");

test("the next meeting is called from the last one, with its agenda", async () => {
  const { chair, secretariat, vietnam, last } = on;
  const before = await titles(chair.page);
  await button(chair.page, "Next meeting").click();
  const dialog = chair.page.getByRole("dialog", { name: "Next meeting" });
  await dialog.getByLabel("Title", { exact: true }).fill("Senior Officials’ Meeting of the 24th ACCSM");
  await dialog.getByLabel("Ordinal", { exact: true }).fill("24");
  await dialog.getByLabel("First day", { exact: true }).fill("May 2026");
  await dialog.getByRole("button", { name: "Call the meeting" }).click();
  await expect(chair.page.getByRole("heading", { level: 1 })).toContainText("24th ACCSM");
  on.path = new URL(chair.page.url()).pathname;
  expect(on.path).not.toBe(last);
  await expect.poll(() => titles(chair.page)).toEqual(before);
  for (const person of [secretariat, vietnam]) await at(person, on.path);
  await expect.poll(() => titles(vietnam.page)).toHaveLength(7);
  // Shown from both ends.
  await expect(vietnam.page.locator(".meeting-links")).toContainText("Follows");
  await at(vietnam, last);
  await expect(vietnam.page.locator(".meeting-links")).toContainText("Followed by");
  await expect(button(vietnam.page, "Next meeting")).toHaveCount(0);
  await at(vietnam, on.path);
});

test("days are proposed, delegations say whether they can come, also offline, and the Chair fixes them", async () => {
  const { chair, secretariat, vietnam } = on;
  const [early, late, later] = ["29 July 2026 to 31 July 2026", "5 August 2026 to 7 August 2026", "12 August 2026"];
  const propose = async (days) => {
    const [first, last] = days.split(" to ");
    await button(chair.page, "Propose days").click();
    const dialog = chair.page.getByRole("dialog", { name: "Propose days" });
    if (last) {
      await dialog.getByLabel("First day", { exact: true }).fill(last);
      await dialog.getByLabel("Last day", { exact: true }).fill(first);
      await dialog.getByRole("button", { name: "Propose days" }).click();
      await expect(dialog.getByRole("alert")).toHaveText("It would end before it begins.");
    }
    await dialog.getByLabel("First day", { exact: true }).fill(first);
    await dialog.getByLabel("Last day", { exact: true }).fill(last ?? "");
    await dialog.getByRole("button", { name: "Propose days" }).click();
    await expect(dialog).toBeHidden();
  };
  await propose(late);
  await propose(early);
  const proposed = (person) => person.page.getByRole("table", { name: "Dates proposed" });
  const row = (person, days) => proposed(person).getByRole("row").filter({ has: person.page.getByRole("rowheader", { name: days }) });
  for (const person of [secretariat, vietnam]) {
    await expect(proposed(person).getByRole("rowheader")).toHaveText([early, late]);
    await expect(proposed(person).getByRole("button")).toHaveCount(person === vietnam ? 0 : 4);
  }
  await vietnam.wire.cut();
  await vietnam.offline();
  await row(vietnam, late).getByLabel(`Our answer for ${late}`).selectOption({ label: "Not available" });
  await row(vietnam, late).getByLabel(`Why not on ${late}`).fill("A holiday");
  await row(vietnam, late).getByLabel(`Why not on ${late}`).blur();
  await expect(row(vietnam, late)).toContainText("A holiday");
  await row(secretariat, late).getByLabel(`Our answer for ${late}`).selectOption({ label: "Available" });
  await expect(row(chair, late)).toContainText("1 available");
  await expect(row(chair, late)).not.toContainText("not available");
  await vietnam.wire.join();
  await vietnam.catchUp();
  for (const person of [chair, secretariat]) {
    await expect(row(person, late)).toContainText("1 not available");
    await expect(row(person, late).getByRole("listitem").filter({ hasText: "Viet Nam" })).toContainText("(A holiday)");
    await expect(row(person, early)).not.toContainText("Viet Nam");
  }
  for (const colorScheme of ["light", "dark"]) {
    await chair.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page: chair.page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
    if (process.env.MUFAKAT_LOOK) await picture(vietnam.page, `options-${colorScheme}`);
  }
  // Whoever is writing goes on writing, whatever others propose.
  const why = row(vietnam, late).getByLabel(`Why not on ${late}`);
  await why.focus();
  await why.press("End");
  await vietnam.page.keyboard.insertText(" of three days");
  await propose(later);
  await expect(proposed(vietnam).getByRole("rowheader")).toHaveCount(3);
  await expect(why).toBeFocused();
  await expect(why).toHaveValue("A holiday of three days");
  await proposed(chair).getByRole("button", { name: `Take back ${later}` }).click();
  await expect(proposed(vietnam).getByRole("rowheader")).toHaveText([early, late]);
  await expect(why).toHaveValue("A holiday of three days");
  await row(vietnam, late).getByLabel(`Our answer for ${late}`).selectOption({ label: "Available" });
  await expect(row(chair, late)).toContainText("2 available");
  await expect(row(chair, late)).not.toContainText("holiday");
  await proposed(chair).getByRole("button", { name: `Fix ${late}` }).click();
  const dialog = chair.page.getByRole("dialog", { name: "Dates and mode" });
  await expect(dialog.getByLabel("First day", { exact: true })).toHaveValue("5 August 2026");
  await dialog.getByLabel("Reason", { exact: true }).fill("Every delegation that answered can come");
  await dialog.getByRole("button", { name: "Record the change" }).click();
  for (const person of [chair, secretariat, vietnam]) {
    await expect(head(person)).toContainText(late);
    await expect(proposed(person)).toHaveCount(0);
    if (person === chair) await expect(chair.page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(person.page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Date confirmed");
  }
});

test("its date is fixed in its own zone, moved with a reason, and what was planned first stays", async () => {
  const { chair, vietnam } = on;
  const change = async (fields, reason) => {
    await button(chair.page, "Dates and mode").click();
    const dialog = chair.page.getByRole("dialog", { name: "Dates and mode" });
    for (const [label, value] of Object.entries(fields)) {
      const control = dialog.getByLabel(label, { exact: true });
      if (["Time zone", "Mode"].includes(label)) await control.selectOption({ label: value });
      else await control.fill(value);
    }
    await dialog.getByRole("button", { name: "Record the change" }).click();
    await expect(dialog.getByRole("alert")).toBeVisible();
    await dialog.getByLabel("Reason", { exact: true }).fill(reason);
    await dialog.getByRole("button", { name: "Record the change" }).click();
    await expect(dialog).toBeHidden();
  };
  await change({ "First day": "5 May 2026", "Last day": "", "Begins at": "09:00", "Ends at": "16:30", "Time zone": "Asia/Yangon", Mode: "In person" }, "Agreed with all delegations");
  await expect(head(vietnam)).toContainText("5 May 2026, 09:00 to 16:30");
  await expect(head(vietnam)).toContainText("Asia/Yangon, UTC+6:30");
  const own = await vietnam.page.evaluate(() =>
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date("2026-05-05T02:30:00Z")),
  );
  await expect(head(vietnam)).toContainText(`${own} to`);
  await change({ "First day": "12 August 2026", Mode: "Online" }, "The venue is closed");
  await expect(head(vietnam)).toContainText("12 August 2026");
  await expect(head(vietnam)).toContainText("planned first for May 2026");
  await vietnam.page.getByText("Dates and mode: how they came to be").click();
  const history = vietnam.page.locator(".meeting-history");
  await expect(history).toContainText("Moved to 12 August 2026");
  await expect(history.locator("blockquote").filter({ hasText: "The venue is closed" })).toHaveCount(2);
});

test("the calendar has it, as a list by month and as a file", async () => {
  const { vietnam } = on;
  const [file] = await Promise.all([vietnam.page.waitForEvent("download"), button(vietnam.page, "Calendar file").click()]);
  const text = await readFile(await file.path(), "utf8");
  const id = on.path.split("/").pop();
  expect(text).toContain(`UID:${id}\r\n`);
  expect(text).toContain("DTSTART:20260812T023000Z\r\n");
  expect(text).toContain("DTEND:20260812T100000Z\r\n");
  await vietnam.goto("/meetings");
  await vietnam.page.getByRole("tab", { name: "Calendar" }).click();
  await vietnam.page.goto(vietnam.page.url().replace(/\?.*/, "?tab=calendar&year=2026"));
  const august = vietnam.page.getByRole("listitem").filter({ has: vietnam.page.getByRole("heading", { name: "August", exact: true }) }).last();
  await expect(august.getByRole("link", { name: /24th ACCSM/ })).toBeVisible();
  await expect(august).toContainText("12 Aug 2026");
  await at(vietnam, on.path);
});

test("a delegation proposes an item, and the Chair puts it on the agenda", async () => {
  const { chair, vietnam } = on;
  for (const title of ["A talent pool", "A second proposal"]) {
    await button(vietnam.page, "Propose an item").click();
    const dialog = vietnam.page.getByRole("dialog", { name: "Propose an item" });
    await dialog.getByLabel("Title of the item", { exact: true }).fill(title);
    await dialog.getByLabel("Also in", { exact: true }).selectOption("vi");
    await dialog.getByLabel("Title in that language", { exact: true }).fill("Nguồn nhân tài");
    await dialog.getByLabel("Minutes", { exact: true }).fill("15");
    await dialog.getByRole("button", { name: "Propose it" }).click();
    await expect(dialog).toBeHidden();
  }
  await chair.page.getByRole("button", { name: "Put on the agenda: A talent pool" }).click();
  await expect.poll(() => titles(vietnam.page)).toHaveLength(8);
  await expect(items(vietnam.page).nth(7).locator('[lang="vi"]')).toHaveText("Nguồn nhân tài");
  await chair.page.getByRole("button", { name: "Decline: A second proposal" }).click();
  const dialog = chair.page.getByRole("dialog", { name: "Decline" });
  await dialog.getByLabel("Reason", { exact: true }).fill("For the Heads’ meeting");
  await dialog.getByRole("button", { name: "Decline", exact: true }).click();
  const second = vietnam.page.locator(".proposals > li").filter({ hasText: "A second proposal" });
  await expect(second).toContainText("Declined");
  await expect(second).toContainText("For the Heads’ meeting");
});

test("an adopted agenda is changed by the Chair alone, with a reason that everybody reads", async () => {
  const { chair, secretariat, vietnam } = on;
  await button(secretariat.page, "Send as provisional").click();
  await button(secretariat.page, "Adopt the agenda").click();
  await expect(chair.page.getByRole("heading", { name: "Adopted agenda" })).toBeVisible();
  await expect(items(secretariat.page).nth(1).getByRole("button", { name: /^Move up/ })).toHaveCount(0);
  const first = await titles(chair.page);
  await items(chair.page).nth(2).getByRole("button", { name: /^Move up/ }).click();
  const dialog = chair.page.getByRole("dialog", { name: "Change the adopted agenda" });
  await expect(dialog.getByRole("button", { name: "Record the change" })).toBeDisabled();
  await dialog.getByLabel("Reason", { exact: true }).fill("The Minister leaves at noon");
  await dialog.getByRole("button", { name: "Record the change" }).click();
  await expect.poll(() => titles(vietnam.page)).toEqual([first[0], first[2], first[1], ...first.slice(3)]);
  const log = vietnam.page.locator("section").filter({ has: vietnam.page.getByRole("heading", { name: "Changed in session" }) }).last();
  await expect(log).toContainText("from 3 to 2");
  await expect(log).toContainText("The Minister leaves at noon");
});

test("notes for the Chair are the Chair’s and the Secretariat’s", async () => {
  const { chair, secretariat, vietnam } = on;
  await items(chair.page).nth(1).getByRole("button", { name: /^More about/ }).click();
  await items(chair.page).nth(1).getByRole("button", { name: /^Note for the Chair/ }).click();
  const note = (person) => items(person.page).nth(1).getByRole("textbox", { name: "For the Chair" });
  await note(chair).fill("Viet Nam will ask for more time.");
  await expect(note(secretariat)).toHaveValue("Viet Nam will ask for more time.");
  await expect(vietnam.page.getByText("For the Chair")).toHaveCount(0);
  await expect(vietnam.page.locator("body")).not.toContainText("more time");
});

test("axe finds nothing on the meeting, in its dialogs and in the year, light and dark", async () => {
  const { chair } = on;
  const clean = async (what) => {
    for (const colorScheme of ["light", "dark"]) {
      await chair.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page: chair.page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`), `${what}, ${colorScheme}`).toEqual([]);
    }
  };
  await clean("the meeting");
  await chair.page.getByText("Dates and mode: how they came to be").click();
  for (const name of ["Dates and mode", "Next meeting", "Propose an item"]) {
    await button(chair.page, name).click();
    await expect(chair.page.getByRole("dialog", { name })).toBeVisible();
    await clean(name);
    await chair.page.keyboard.press("Escape");
  }
  await chair.goto("/meetings?tab=calendar&year=2026");
  await chair.page.getByRole("heading", { name: "August", exact: true }).waitFor();
  await clean("the year");
});
