// Every page, light and dark, wide and narrow, without a violation of WCAG 2.2 AA or of good practice that a machine can find;
// and the work of a day done by keyboard alone.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { goTo } from "./lib/grid.mjs";
import { places, settle } from "./lib/places.mjs";
import { MEETING, PLAN, PROJECT, field, items, openPlan, openProject, says, titles, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const LOOKS = [
  ["wide, light", 1440, 1000, "light"],
  ["wide, dark", 1440, 1000, "dark"],
  ["narrow, light", 390, 844, "light"],
  ["narrow, dark", 390, 844, "dark"],
];

const on = staged(async (stage) => {
  const [cambodia, stranger] = [await stage.person("Cambodia"), await stage.person("A stranger")];
  await cambodia.join(stage.hub.links.KH);
  await stranger.open("/");
  return { stage, cambodia, stranger, all: await places(cambodia) };
});

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary}`));
}

async function inEveryLook(person, name) {
  const found = {};
  for (const [look, width, height, colorScheme] of LOOKS) {
    await person.page.setViewportSize({ width, height });
    await person.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const bad = await violations(person.page);
    if (bad.length > 0) found[`${name}, ${look}`] = bad;
    // No page scrolls sideways: tables and panels scroll inside.
    const wide = await person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) (found[`${name}, ${look}`] ??= []).push(`the page is ${wide} px wider than the window`);
  }
  expect(found).toEqual({});
}

test("before joining", async () => {
  const { stage, stranger } = on;
  await inEveryLook(stranger, "welcome");
  await stranger.goto("/join");
  await inEveryLook(stranger, "join, with nothing");
  await stranger.page.goto("about:blank");
  await stranger.page.goto(stranger.wire.link(stage.hub.links.VN));
  await stranger.page.getByRole("button", { name: /^Join/ }).waitFor();
  await inEveryLook(stranger, "join, with a link");
  await stranger.end();
});

for (const name of [
  "today",
  "plans",
  "plan",
  "plan-timeline",
  "plan-overview",
  "project",
  "meetings",
  "meetings-calendar",
  "meeting-agenda",
  "meeting-report",
  "meeting-delegations",
  "meeting-documents",
  "meeting-decisions",
  "meeting-release",
  "texts",
  "changes",
  "people",
  "settings",
  "join",
]) {
  test(name, async () => {
    const { cambodia, all } = on;
    await settle(cambodia, new Map(all).get(name));
    await inEveryLook(cambodia, name);
    await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveCount(1);
  });
}

test("the log of the hub, for the Secretariat, and what others are told there", async () => {
  const { cambodia, stage } = on;
  await settle(cambodia, "/audit");
  await inEveryLook(cambodia, "no log");
  const secretariat = await stage.person("Secretariat");
  await secretariat.join(stage.hub.links.ASEC);
  await settle(secretariat, "/audit?party=ASEC");
  await secretariat.page.getByRole("button", { name: "Verify" }).click();
  await expect(secretariat.page.locator(".audit-check")).toContainText("Whole:");
  await expect(secretariat.page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
  await inEveryLook(secretariat, "log");
  await secretariat.end();
});

test("a draft of one's own delegation, and where it is listed", async () => {
  const { cambodia } = on;
  const { page } = cambodia;
  await page.setViewportSize({ width: 1440, height: 1000 });
  await openPlan(cambodia);
  const plan = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("dialog", { name: "New project" }).getByLabel("Title", { exact: true }).fill("A draft");
  await inEveryLook(cambodia, "the question for whom");
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.getByRole("button", { name: "Draft privately with my delegation" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("A draft");
  await inEveryLook(cambodia, "draft");
  await page.getByLabel("Reason", { exact: true }).fill("Only to see it.");
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(page.getByRole("button", { name: "Take up again" })).toBeVisible();
  await inEveryLook(cambodia, "a discarded draft");
  await settle(cambodia, plan);
  await inEveryLook(cambodia, "a plan with a draft that was discarded");
  await page.getByText("1 submitted or discarded").click();
  await page.getByRole("region", { name: "Drafts of your delegation" }).getByRole("link", { name: "A draft" }).click();
  await page.getByRole("button", { name: "Take up again" }).click();
  await expect(page.getByRole("button", { name: "Discard", exact: true })).toBeVisible();
  for (const [name, path] of [["plan", plan], ["today", "/"]]) {
    await settle(cambodia, path);
    await expect(page.getByRole("region", { name: "Drafts of your delegation" }).getByRole("link", { name: "A draft" })).toBeVisible();
    await inEveryLook(cambodia, `${name} with a draft`);
  }
});

test("what one did can be undone, who wrote it is shown, and its history", async () => {
  const { cambodia } = on;
  const { page } = cambodia;
  await page.setViewportSize({ width: 1440, height: 1000 });
  await openProject(cambodia);
  const note = field(page, "Challenges");
  await note.fill("The venue was closed.");
  await note.blur();
  await cambodia.live();
  await expect(page.getByRole("button", { name: "Undo: Challenges" })).toBeVisible();
  const block = page.locator(".field").filter({ has: note });
  await block.hover();
  await block.getByRole("button", { name: "Who wrote this" }).click();
  await expect(block.locator(".wrote-one")).toHaveCount(1);
  await inEveryLook(cambodia, "who wrote a text");
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  const last = page.locator("li.sitting").first();
  await last.locator("summary").click();
  await last.getByRole("button", { name: "Show this version" }).click();
  await page.getByRole("region", { name: "As it was then" }).locator("dt").first().waitFor();
  await last.getByRole("button", { name: "Compare with now" }).click();
  await expect(page.getByRole("region", { name: "What differs" })).toContainText("Nothing differs.");
  await inEveryLook(cambodia, "history");
});

test("by keyboard alone: from the list to a project, its words, the sync panel, an agenda", async () => {
  const { cambodia } = on;
  const { page } = cambodia;
  await page.setViewportSize({ width: 1440, height: 1000 });
  const tabTo = async (target) => {
    for (let n = 0; n < 150; n += 1) {
      await page.keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not reach ${target}`);
  };
  await settle(cambodia, "/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await tabTo(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Work plans" }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("link", { name: PLAN }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await goTo(page, PROJECT, "title");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(PROJECT);
  await tabTo(page.getByLabel("Progress note", { exact: true }));
  await page.keyboard.type("Typed by keyboard.");
  await page.keyboard.press("Tab");
  await says(page, "Progress note", /Typed by keyboard\./);
  await expect.poll(() => unsent(cambodia)).toBe(0);

  await page.keyboard.press("Home");
  await cambodia.sync.getByRole("button").focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Sync in detail" });
  await expect(panel).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(cambodia.sync.getByRole("button")).toBeFocused();

  await settle(cambodia, "/meetings");
  await tabTo(page.getByRole("link", { name: MEETING, exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(MEETING);
  const before = await titles(page);
  await tabTo(items(page).nth(1).getByRole("button", { name: /^Move down/ }));
  await page.keyboard.press("Enter");
  await expect.poll(() => titles(page)).toEqual([before[0], before[2], before[1], ...before.slice(3)]);
  await expect(items(page).nth(2).getByRole("button", { name: /^Move down/ })).toBeFocused();
});
