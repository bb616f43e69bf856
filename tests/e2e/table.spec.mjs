// The table of a plan as a spreadsheet: by keyboard alone it is filtered, sorted, grouped and written in; rows are chosen and
// changed together, copied out and pasted back; with and without the hub.
import { expect, test } from "@playwright/test";
import { copied, goTo, grid, here, paste, rowOf, tabIn } from "./lib/grid.mjs";
import { at, kept, openPlan, PROJECT, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const GUIDELINE = "ASEAN Guideline on Public Service Delivery";
const LEADERSHIP = "Transformative Leadership";

const on = staged(async (stage) => {
  const cambodia = await stage.person("Cambodia");
  const secretariat = await stage.person("Secretariat");
  const { KH, ASEC } = stage.hub.links;
  await Promise.all([cambodia.join(KH), secretariat.join(ASEC)]);
  await openPlan(cambodia);
  const path = new URL(cambodia.page.url()).pathname;
  await at(secretariat, path);
  return { cambodia, secretariat, path };
});

const cell = (page, title, column) => rowOf(page, title).locator(`[data-col="${column}"]`);
const titles = (page) => grid(page).locator("tr[data-record] .c-title a").allTextContents();
const keys = async (page, ...list) => {
  for (const key of list) await page.keyboard.press(key);
};

test("the grid is one stop of the Tab key, and keys lead through it and never out of it", async () => {
  const { page } = on.cambodia;
  await tabIn(page);
  const first = await here(page);
  expect(first[1]).toBe("pick");
  await keys(page, "Tab");
  expect(await here(page)).toBeNull();
  await keys(page, "Shift+Tab");
  expect(await here(page)).toEqual(first);
  await keys(page, "Shift+Tab");
  expect(await here(page)).toBeNull();
  await keys(page, "Tab", "End");
  expect(await here(page)).toEqual([first[0], "sync"]);
  await keys(page, "ArrowRight", "Home", "ArrowRight", "ArrowRight");
  expect(await here(page)).toEqual([first[0], "title"]);
  await keys(page, "ControlOrMeta+Home", "ArrowUp");
  expect(await here(page)).toEqual(["head", "pick"]);
  await keys(page, "ControlOrMeta+End");
  const [last, column] = await here(page);
  expect([(await titles(page)).at(-1), "sync"]).toEqual([last, column]);
  await keys(page, "ArrowDown", "PageUp");
  expect(await here(page)).not.toBeNull();
  await goTo(page, PROJECT, "time");
  await keys(page, "ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(PROJECT);
  await page.goBack();
  await expect(grid(page)).toBeVisible();
});

test("it is filtered, sorted and grouped by keys, and the address says so", async () => {
  const { page } = on.cambodia;
  await goTo(page, "head", "title");
  await keys(page, "Enter");
  await expect(page).toHaveURL(/by=title/);
  await expect(grid(page).getByRole("columnheader", { name: "Project or activity" })).toHaveAttribute("aria-sort", "ascending");
  expect(await here(page)).toEqual(["head", "title"]);
  const choose = async (label, name) => {
    await page.getByRole("search", { name: "Filters" }).getByRole("combobox", { name: label }).focus();
    await page.keyboard.type(name);
  };
  await choose("Lead", "Cambodia");
  await choose("Group by", "Status");
  await expect(page).toHaveURL(/lead=KH.*by=title.*group=status/);
  await expect(grid(page).locator(".group")).toHaveText([/Included/, /Planned/]);
  expect(await titles(page)).toEqual([GUIDELINE, LEADERSHIP, PROJECT]);
  await page.reload();
  await expect(grid(page).locator(".group")).toHaveText([/Included/, /Planned/]);
  await choose("Group by", "Nothing");
  await expect(grid(page).locator(".group")).toHaveCount(0);
  expect(await titles(page)).toEqual([GUIDELINE, PROJECT, LEADERSHIP]);
});

test("columns are chosen, ordered and kept on the device", async () => {
  const { page } = on.cambodia;
  const heads = grid(page).getByRole("columnheader");
  await page.getByRole("button", { name: /^Columns/ }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Columns" });
  for (const name of ["Source of funding", "Start"]) await dialog.getByLabel(name, { exact: true }).press("Space");
  await dialog.getByLabel("No.", { exact: true }).press("Space");
  await dialog.getByRole("button", { name: "Move Source of funding forward" }).press("Enter");
  await keys(page, "Escape");
  const expected = ["", "Project or activity", "Start", "Lead", "Source of funding", "Timeline", "Status", "Remarks", "Confirmed", "Sync"];
  await expect(heads).toHaveText(expected);
  await page.reload();
  await expect(heads).toHaveText(expected);
  expect(page.url()).not.toContain("funding");
  await goTo(page, PROJECT, "funding");
});

test("who types on a cell writes in its place; Enter saves and goes on, Escape takes back and says what", async () => {
  const { cambodia, secretariat, path } = on;
  const { page } = cambodia;
  await goTo(page, GUIDELINE, "funding");
  await page.keyboard.type("JAIF 3.0");
  await keys(page, "Enter");
  expect(await here(page)).toEqual([PROJECT, "funding"]);
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("JAIF 3.0");
  await keys(page, "ArrowUp", "F2");
  await expect(page.getByLabel("Source of funding", { exact: true }).and(page.locator("[data-editor] *"))).toHaveValue("JAIF 3.0");
  await page.keyboard.type("Something else");
  // Long enough to be saved as it is typed.
  await expect(cell(page, GUIDELINE, "funding")).toContainText("Something else");
  await keys(page, "Escape");
  await expect(page.getByText("Taken back: Something else")).toBeVisible();
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("JAIF 3.0");
  expect(await here(page)).toEqual([GUIDELINE, "funding"]);
  // What cannot be read is kept in sight.
  await goTo(page, GUIDELINE, "start");
  await page.keyboard.type("some day");
  await keys(page, "Enter");
  const field = page.locator("[data-editor] input");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await keys(page, "ControlOrMeta+a");
  await page.keyboard.type("Q3 2023");
  await keys(page, "Tab");
  expect(await here(page)).toEqual([GUIDELINE, "lead"]);
  await expect(cell(page, GUIDELINE, "start")).toHaveText("Q3 2023");
  await kept(cambodia);
  await cambodia.live();
  await at(secretariat, path);
  await expect(rowOf(secretariat.page, GUIDELINE)).toContainText("Q3 2023");
  // Of another party's row nothing is written.
  await page.getByRole("search").getByRole("combobox", { name: "Lead" }).selectOption("");
  const others = await grid(page).locator("tr[data-record]").filter({ hasNotText: "Cambodia" }).first().locator(".c-title a").textContent();
  await goTo(page, others, "funding");
  await page.keyboard.type("x");
  await expect(page.locator("[data-editor]")).toHaveCount(0);
});

test("a row that goes elsewhere by what others write takes its focus along", async () => {
  const { cambodia, secretariat, path } = on;
  await at(cambodia, `${path}?group=status&lead=KH`);
  await at(secretariat, `${path}?lead=KH`);
  await goTo(cambodia.page, PROJECT, "remarks");
  await goTo(secretariat.page, PROJECT, "pick");
  await keys(secretariat.page, "Space");
  await secretariat.page.getByRole("button", { name: "Publish status" }).press("Enter");
  const dialog = secretariat.page.getByRole("dialog", { name: "Publish a status for 1 row" });
  await dialog.getByLabel("Published status").selectOption({ label: "Ongoing" });
  await dialog.getByRole("button", { name: "Do it for 1 row" }).press("Enter");
  await expect(grid(cambodia.page).locator(".group")).toHaveText([/Included/, /Ongoing/]);
  expect(await here(cambodia.page)).toEqual([PROJECT, "remarks"]);
  await keys(cambodia.page, "ArrowLeft");
  expect((await here(cambodia.page))[0]).toBe(PROJECT);
});

test("rows are chosen and changed together, after it is said for which it will not be done; without the hub", async () => {
  const { cambodia, path } = on;
  const { page } = cambodia;
  await cambodia.wire.cut();
  await cambodia.offline();
  await at(cambodia, `${path}?group=none&by=title`);
  await goTo(page, GUIDELINE, "pick");
  const all = await titles(page);
  await keys(page, "ControlOrMeta+a");
  await expect(page.getByText(`${all.length} rows chosen`).first()).toBeVisible();
  await keys(page, "Escape");
  await expect(grid(page).locator('[aria-selected="true"]')).toHaveCount(0);
  await keys(page, "Space", "Shift+ArrowDown");
  await expect(grid(page).locator('[aria-selected="true"]')).toHaveCount(2);
  await keys(page, "ControlOrMeta+a");
  await page.getByRole("button", { name: "Claim status" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Claim a status for ${all.length} rows` });
  await dialog.getByLabel("Status", { exact: true }).selectOption({ label: "Postponed" });
  await expect(dialog).toContainText("It will be done for 3 rows.");
  await expect(dialog).toContainText(`${all.length - 3} led by another party`);
  const go = dialog.getByRole("button", { name: "Do it for 3 rows" });
  await expect(go).toBeDisabled();
  await dialog.getByLabel("Reason").fill("The venue is closed.");
  await go.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("3 changes made")).toBeVisible();
  await expect.poll(() => here(page)).not.toBeNull();
  for (const title of [GUIDELINE, LEADERSHIP]) await expect(cell(page, title, "status")).toContainText("Postponed");
  expect(await unsent(cambodia)).toBeGreaterThan(2);
  await keys(page, "Escape");
});

test("rows are copied to a spreadsheet and pasted from one, with everything that changes shown before; without the hub", async () => {
  const { cambodia, secretariat, path } = on;
  const { page } = cambodia;
  await at(cambodia, `${path}?group=none&by=title&lead=KH`);
  await goTo(page, GUIDELINE, "funding");
  await page.keyboard.type("=1+1");
  await keys(page, "Enter");
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("=1+1");
  await keys(page, "ControlOrMeta+a");
  const { text, html } = await copied(page, () => keys(page, "ControlOrMeta+c"));
  await expect(page.getByText("3 rows copied")).toBeVisible();
  const lines = text.trimEnd().split("\r\n").map((line) => line.split("\t"));
  expect(lines.map((line) => line.length)).toEqual(Array(4).fill(lines[0].length));
  const place = (head) => lines[0].indexOf(head);
  expect(lines[1][place("Source of funding")]).toBe("'=1+1");
  expect(html).toContain(">'=1+1<");
  // As it was copied it changes nothing.
  await paste(page, text);
  const dialog = page.getByRole("dialog", { name: "Paste from a spreadsheet" });
  await expect(dialog).toContainText("Nothing would change.");
  await keys(page, "Escape");
  await expect(dialog).toBeHidden();
  lines[1][place("Source of funding")] = "ជំនួយ";
  lines[2][place("Remarks")] = '"Two\nlines"';
  lines[3][place("Start")] = "in spring";
  lines[0].push("Weather");
  lines.push(["", "A project that is not here"]);
  await goTo(page, GUIDELINE, "title");
  await paste(page, lines.map((line) => line.join("\t")).join("\n"));
  await expect(dialog).toContainText("2 cells in 2 rows would change.");
  await expect(dialog.getByRole("row").filter({ hasText: GUIDELINE })).toContainText("=1+1 ជំនួយ");
  await expect(dialog).toContainText("Columns that are not known here: Weather");
  await expect(dialog.getByRole("listitem")).toHaveText([/Start: in spring This is not understood\./, /A project that is not here.*No project has this/]);
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("=1+1");
  await dialog.getByRole("button", { name: "Change 2 cells" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("ជំនួយ");
  await expect(cell(page, PROJECT, "remarks")).toHaveText("Two lines");
  // Cells alone go where the cursor is.
  const before = await cell(page, PROJECT, "funding").textContent();
  await goTo(page, GUIDELINE, "funding");
  await paste(page, "ASEAN Development Fund\nJAIF");
  await expect(dialog).toContainText("2 cells in 2 rows would change.");
  await dialog.getByRole("button", { name: "Change 2 cells" }).press("Enter");
  await expect(cell(page, PROJECT, "funding")).toHaveText("JAIF");
  // What was pasted in one go is undone in one go.
  await keys(page, "ControlOrMeta+z");
  await expect(cell(page, PROJECT, "funding")).toHaveText(before);
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("ជំនួយ");
  await keys(page, "ControlOrMeta+y");
  await expect(cell(page, GUIDELINE, "funding")).toHaveText("ASEAN Development Fund");
  await expect(cell(page, PROJECT, "funding")).toHaveText("JAIF");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await at(secretariat, `${path}?lead=KH&group=none`);
  await expect(rowOf(secretariat.page, PROJECT)).toContainText("Two lines");
  await expect(rowOf(secretariat.page, LEADERSHIP)).toContainText("Postponed");
});

test("on a phone rows are chosen by touch, and changed together", async () => {
  const { cambodia } = on;
  const { page } = cambodia;
  await page.setViewportSize({ width: 390, height: 844 });
  await openPlan(cambodia);
  const boxes = [PROJECT, GUIDELINE].map((title) => page.getByRole("checkbox", { name: `Choose ${title}` }));
  for (const box of boxes) {
    const { width, height } = await box.boundingBox();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(20);
    await box.click();
    await expect(box).toBeChecked();
  }
  const acts = page.getByRole("group", { name: "With the rows chosen" });
  await expect(acts).toContainText("2");
  await acts.getByRole("button", { name: "Set priority area" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("2");
  await page.keyboard.press("Escape");
  await acts.getByRole("button", { name: "Choose none" }).click();
  await expect(acts).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 1000 });
});
