// The media release of a meeting (scenario 29): begun from its decisions, cleared by the Chair and by nobody else, opened again
// by a later word that was typed with no network, and given out only as it was cleared.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { inOrder, printed } from "./lib/pdf.mjs";
import { MEETING, at, openMeeting, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const DECISION = "Draft decision on the plan.";

const on = staged(async (stage) => {
  const [chair, secretariat, vietnam] = [await stage.person("Cambodia"), await stage.person("Secretariat"), await stage.person("Viet Nam")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  const path = await openMeeting(chair);
  await at(secretariat, `${path}?tab=report`);
  await secretariat.page.getByRole("button", { name: "Decision: add to 2", exact: true }).click();
  await expect(secretariat.page.getByRole("textbox", { name: "Text of the paragraph" })).toBeFocused();
  await secretariat.page.keyboard.insertText(DECISION);
  await secretariat.page.getByRole("combobox", { name: "Verb", exact: true }).selectOption({ label: "endorsed" });
  await secretariat.live();
  for (const person of [chair, secretariat, vietnam]) {
    await at(person, path);
    await person.page.getByRole("tab", { name: "Media release" }).click();
    await expect(person.page.getByRole("heading", { level: 2, name: "Media release", exact: true })).toBeVisible();
  }
  return { chair, secretariat, vietnam, path };
});

const paras = (person) => person.page.locator(".paras > li.para");
const text = (person, n) => paras(person).nth(n).getByRole("textbox", { name: "Text of the paragraph" });
const clear = (person, n) => paras(person).nth(n).getByRole("button", { name: "Clear", exact: true });
const panel = (person) => person.page.getByRole("tabpanel");
const copy = (person) => person.page.getByRole("button", { name: "Copy the release" });

test("it begins with the decisions, and only the Chair clears it", async () => {
  const { chair, secretariat, vietnam } = on;
  await expect(vietnam.page.getByText("No media release yet")).toBeVisible();
  await secretariat.page.getByRole("button", { name: "Begin with the decisions" }).press("Enter");
  await expect(paras(secretariat)).toHaveCount(2);
  await expect(text(secretariat, 1)).toHaveValue(`The Meeting endorsed ${DECISION}`);
  await expect(text(secretariat, 0)).toHaveValue(new RegExp(`^${MEETING}, .*17 November 2020`));
  await expect(paras(vietnam)).toHaveCount(2);
  await expect(panel(vietnam).getByText("Not cleared yet")).toBeVisible();
  for (const person of [secretariat, vietnam]) await expect(clear(person, 0)).toHaveCount(0);
  await clear(chair, 0).click();
  await expect(panel(chair).getByText("Not cleared yet")).toBeVisible();
  await clear(chair, 1).click();
  await expect(panel(vietnam).getByText("Cleared by the Chair")).toBeVisible();
  // One paragraph more, and nothing of it is cleared any more.
  await secretariat.page.getByRole("tabpanel").getByRole("button", { name: "Paragraph", exact: true }).click();
  await expect(paras(vietnam)).toHaveCount(3);
  await expect(panel(vietnam).getByText("Not cleared yet")).toBeVisible();
  await expect(clear(chair, 2)).toHaveCount(0);
  await text(secretariat, 2).fill("Draft closing words.");
  await expect(paras(chair).nth(2)).toContainText("Clear");
  await panel(chair).getByRole("button", { name: "Clear all of it" }).press("Enter");
  for (const person of [chair, secretariat, vietnam]) {
    await expect(panel(person).getByText("Cleared by the Chair")).toBeVisible();
    await expect(copy(person)).toBeVisible();
  }
  const { words } = await printed(vietnam.page);
  expect(inOrder(words, [MEETING, "Media release", "Cleared by the Chair", `The Meeting endorsed ${DECISION}`]), words).toEqual([]);
  for (const { page } of [secretariat, vietnam]) {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

test("what is typed with no network stays, and opens the release again once it comes", async () => {
  const { chair, secretariat, vietnam } = on;
  await secretariat.wire.cut();
  await secretariat.offline();
  await write(secretariat, text(secretariat, 1), " Later words.");
  // Its own device knows at once; nobody else can.
  await expect(panel(secretariat).getByText("Not cleared yet")).toBeVisible();
  await expect(panel(vietnam).getByText("Cleared by the Chair")).toBeVisible();
  expect(await unsent(secretariat)).toBeGreaterThan(0);
  await secretariat.wire.join();
  await secretariat.catchUp();
  for (const person of [chair, secretariat, vietnam]) {
    await expect(panel(person).getByText("Not cleared yet")).toBeVisible();
    await expect(copy(person)).toHaveCount(0);
    await expect(paras(person).nth(1)).toContainText("Cambodia cleared the release as it stood on");
  }
  await clear(chair, 1).click();
  await expect(copy(vietnam)).toBeVisible();
});

test("it is no part of the report", async () => {
  const { vietnam, path } = on;
  await at(vietnam, `${path}?tab=report`);
  await expect(paras(vietnam)).toHaveCount(1);
  await expect(vietnam.page.getByText("0 of 1 paragraphs agreed")).toBeVisible();
  await vietnam.page.getByRole("tab", { name: "Media release" }).click();
  if (!process.env.MUFAKAT_LOOK) return;
  for (const [person, name] of [[vietnam, "read"], [on.secretariat, "written"]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 390]) {
        await person.page.setViewportSize({ width, height: 900 });
        await person.page.emulateMedia({ colorScheme });
        await person.page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/release-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
});
