// A plan in time and in numbers, on a laptop without a network: every row of the timeline says its dates in words, a date that
// was moved is slip for everyone, and every number leads to exactly the rows that it counts.
import { expect, test } from "@playwright/test";
import { at, field, openPlan, openProject, PROJECT, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const WORKSHOP = "Workshop: IT application in modernising the civil service";

const on = staged(async (stage) => {
  const [cambodia, vietnam] = [await stage.person("Cambodia"), await stage.person("Viet Nam")];
  await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  await openPlan(vietnam);
  const plan = new URL(vietnam.page.url()).pathname;
  const project = await openProject(cambodia);
  return { cambodia, vietnam, plan, project };
});

const timeline = (person) => person.page.getByRole("table", { name: "Timeline of the projects" });
const row = (person, title) => timeline(person).getByRole("row").filter({ has: person.page.getByRole("link", { name: title, exact: true }) }).first();
const tab = (person, name) => person.page.getByRole("tab", { name, exact: true });

/** Claims a date in the form of a project, as people write it. */
async function claim(person, label, words) {
  const before = await unsent(person);
  await field(person.page, label).first().fill(words);
  await field(person.page, label).first().press("Tab");
  await expect.poll(() => unsent(person), { intervals: [50] }).toBeGreaterThan(before);
}

test("a date moved on a plane is slip for everyone once it lands, counted from the first planned date", async () => {
  const { cambodia, vietnam, plan, project } = on;
  await at(vietnam, `${plan}?tab=timeline`);
  await expect(row(vietnam, PROJECT)).toContainText("No dates");
  await at(cambodia, project);
  await cambodia.wire.cut();
  await cambodia.offline();
  for (const end of ["Q2 2025", "Q3 2025", "Q1 2026"]) await claim(cambodia, "End", end);
  await at(cambodia, `${plan}?tab=timeline`);
  await expect(row(cambodia, PROJECT)).toContainText("until Q1 2026");
  await cambodia.wire.join();
  await cambodia.catchUp();
  for (const person of [cambodia, vietnam]) {
    await expect(row(person, PROJECT)).toContainText("until Q1 2026 first planned until Q2 2025 +3 quarters");
    // The year after the plan is there, since something stands in it.
    await expect(person.page.locator(".axis-years")).toContainText("2026");
  }
});

test("the timeline is a table that says its dates in words, and is walked by keys", async () => {
  const { vietnam } = on;
  await vietnam.wire.cut();
  await vietnam.offline();
  await expect(row(vietnam, WORKSHOP)).toContainText("Actual 25 Nov 2021 planned Aug 2021 +1 quarter later than first planned");
  // Its activity stands under it, and has no bar of its own for what was planned.
  const activity = timeline(vietnam).getByRole("row").filter({ hasText: WORKSHOP }).nth(1);
  await expect(activity).toContainText("Actual 25 Nov 2021");
  await expect(activity).not.toContainText("planned Aug");
  const first = timeline(vietnam).locator(".g-title a").first();
  await first.focus();
  await vietnam.page.keyboard.press("ArrowDown");
  await expect(timeline(vietnam).locator(".g-title a").nth(1)).toBeFocused();
  await vietnam.page.getByRole("link", { name: "Months", exact: true }).press("Enter");
  await expect(vietnam.page).toHaveURL(/zoom=month/);
  await vietnam.page.reload();
  await expect(vietnam.page.getByRole("link", { name: "Months", exact: true })).toHaveAttribute("aria-current", "true");
  await vietnam.page.locator("label.pick", { hasText: "Lead" }).first().locator("select").selectOption({ label: "Viet Nam" });
  await expect(row(vietnam, WORKSHOP)).toBeVisible();
  await expect(timeline(vietnam).getByRole("rowheader", { name: PROJECT })).toHaveCount(0);
  await vietnam.page.getByRole("navigation", { name: "Grouped by" }).getByRole("link", { name: "Lead", exact: true }).press("Enter");
  await expect(timeline(vietnam).locator(".group")).toContainText(["Viet Nam"]);
  // The country and the months stay when one goes to another view and back.
  await tab(vietnam, "Timeline").press("ArrowRight");
  await expect(tab(vietnam, "Overview")).toBeFocused();
  await expect(vietnam.page).toHaveURL(/lead=VN.*tab=overview/);
});

test("what has no dates leads to where its lead can give them", async () => {
  const { cambodia, plan } = on;
  await at(cambodia, `${plan}?tab=timeline`);
  const guideline = row(cambodia, "Transformative Leadership");
  await guideline.getByRole("link", { name: /^Add dates/ }).press("Enter");
  await expect(cambodia.page).toHaveURL(/#schedule$/);
  await expect(field(cambodia.page, "End").first()).toBeVisible();
});

test("every number of the overview leads to exactly as many rows", async () => {
  const { vietnam, plan } = on;
  await at(vietnam, plan);
  const numbers = () =>
    vietnam.page.locator('.tallies a[href*="count="]').evaluateAll((links) => links.map((link) => [link.getAttribute("href"), Number.parseInt(link.textContent, 10)]));
  const rows = vietnam.page.locator('[aria-label="Projects"] tr[data-record]');
  for (const lead of ["", "&lead=KH"]) {
    await vietnam.goto(`${plan}?tab=overview${lead}`);
    await expect(vietnam.page.getByRole("heading", { name: "By status" })).toBeVisible();
    await expect(vietnam.page.locator(".tallies a").first()).toBeVisible();
    const all = new Map(await numbers());
    expect(all.size).toBeGreaterThan(10);
    for (const [address, number] of all) {
      await vietnam.page.locator(`.tallies a[href="${address}"]`).first().press("Enter");
      await expect(vietnam.page.getByText("Only what this number counts")).toBeVisible();
      await expect(rows, address).toHaveCount(number);
      await vietnam.page.goBack();
      await expect(vietnam.page.getByRole("heading", { name: "By status" })).toBeVisible();
    }
  }
});

test("the rows of a number say what they are, and lead back to all of them", async () => {
  const { vietnam, plan } = on;
  await vietnam.goto(`${plan}?tab=overview`);
  await vietnam.page.getByRole("link", { name: "3 months", exact: true }).press("Enter");
  await expect(vietnam.page).toHaveURL(/months=3/);
  await vietnam.page.getByRole("link", { name: /^\d+ Not confirmed by their lead for 3 months$/ }).press("Enter");
  await expect(vietnam.page.getByText(/not confirmed by its lead for 3 months on/)).toBeVisible();
  await vietnam.page.getByRole("button", { name: "Show all" }).press("Enter");
  await expect(vietnam.page).not.toHaveURL(/count=/);
});
