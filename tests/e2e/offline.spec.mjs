// The application and everything in it are on the device: every page starts with no network, after a restart of the browser.
import { expect, test } from "@playwright/test";
import { places, settle } from "./lib/places.mjs";
import { PLAN } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

/** Pages that show records, and not only what is on its way. */
const FULL = /^(today|plans?|plan-timeline|project|meetings|meeting-agenda|meeting-delegations|people)$/;
const OTHER_PLAN = "ACCSM Work Plan 2016-2020";

const on = staged(async (stage) => {
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  const all = await places(cambodia);
  await cambodia.goto("/plans");
  const other = await cambodia.page.getByRole("link", { name: OTHER_PLAN, exact: true }).first().getAttribute("href");
  await cambodia.close();
  // Nothing answers any more: neither the hub nor the wire to it.
  await cambodia.wire.cut();
  await stage.hub.stop();
  return { cambodia, all, other };
});

/** Starts the browser cold on an address. */
async function cold(person, path) {
  await person.kill();
  await person.open(path);
  await settle(person, path);
  await expect(person.page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await person.offline();
}

test("every page opens cold", async () => {
  const { cambodia, all } = on;
  for (const [name, path] of all) {
    await test.step(name, async () => {
      await cold(cambodia, path);
      await expect(cambodia.page.getByRole("heading", { level: 1 })).not.toBeEmpty();
      await expect(cambodia.page.getByText("On its way")).toHaveCount(0);
      if (FULL.test(name)) await expect(cambodia.page.locator("main [data-record], main[data-record]").first()).toBeVisible();
    });
  }
});

test("a plan that was never opened on this device is there with its projects", async () => {
  const { cambodia, other } = on;
  await cold(cambodia, other);
  await expect(cambodia.page.getByRole("heading", { level: 1 })).toContainText(OTHER_PLAN);
  const rows = cambodia.page.getByRole("grid", { name: "Projects" }).locator("tr[data-record]");
  await expect(rows.first()).toBeVisible();
  // And so is a project in it.
  const link = rows.first().getByRole("link").first();
  const title = await link.textContent();
  await link.click();
  await expect(cambodia.page.getByRole("heading", { level: 1 })).toContainText(title.trim());
  await expect(cambodia.page.getByLabel("Objective", { exact: true })).toBeVisible();
});

test("an address that is no page, and a record that is nobody's, say so and lead back", async () => {
  const { cambodia } = on;
  for (const path of ["/no/such/page", "/plans/nonsense", "/plans/01900000-0000-7000-8000-000000000000"]) {
    await cold(cambodia, path);
    await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveText("There is no such page for you");
    await cambodia.page.getByRole("link", { name: "Back to Today" }).click();
    await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveText("Today");
  }
});

test("a page leads to the next one without a network too", async () => {
  const { cambodia } = on;
  await cold(cambodia, "/");
  const main = cambodia.page.getByRole("navigation", { name: "Main" });
  for (const [link, title] of [
    ["Meetings", "Meetings"],
    ["People", "People"],
    ["Work plans", "Work plans"],
  ]) {
    await main.getByRole("link", { name: link }).click();
    await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveText(title);
  }
  await cambodia.page.getByRole("link", { name: PLAN, exact: true }).first().click();
  await expect(cambodia.page.getByRole("heading", { level: 1 })).toContainText(PLAN);
  await cambodia.page.goBack();
  await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveText("Work plans");
  // A page that is gone to begins at its top, and its heading has the focus.
  const title = (words) => cambodia.page.getByRole("heading", { level: 1, name: words });
  await main.getByRole("link", { name: "People" }).click();
  await expect(title("People")).toBeFocused();
  await cambodia.page.evaluate(() => scrollTo(0, 200));
  // Playwright's own click scrolls first.
  const press = async (link) => {
    const { x, y } = await link.boundingBox();
    await cambodia.page.mouse.click(x + 9, y + 9);
  };
  await press(main.getByRole("link", { name: "Meetings" }));
  await expect(title("Meetings")).toBeFocused();
  const down = () => cambodia.page.evaluate(() => Math.round(scrollY));
  expect(await down()).toBe(0);
  // Who goes back is where they were, and forward too.
  await cambodia.page.goBack();
  await expect(title("People")).toBeFocused();
  await expect.poll(down).toBe(200);
  await cambodia.page.goForward();
  await expect(title("Meetings")).toBeFocused();
  await expect.poll(down).toBe(0);
  // Also where the address changed and nothing was scrolled.
  await cambodia.page.setViewportSize({ width: 1000, height: 300 });
  await cambodia.page.locator('main a[href*="tab=calendar"]').click();
  const year = cambodia.page.locator('main a[href*="year="]').first();
  await year.scrollIntoViewIfNeeded();
  await cambodia.page.evaluate(() => scrollBy(0, 40));
  const there = await down();
  expect(there).toBeGreaterThan(0);
  await year.press("Enter");
  await expect(cambodia.page).toHaveURL(/year=/);
  expect(await down()).toBe(there);
  await press(main.getByRole("link", { name: "People" }));
  await expect(title("People")).toBeFocused();
  await cambodia.page.goBack();
  await expect(title("Meetings")).toBeFocused();
  await expect(cambodia.page).toHaveURL(/year=/);
  await expect.poll(down).toBe(there);
});
