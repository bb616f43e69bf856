// Any two versions of a plan: as it was on a day, as it was named, and today. And who writes the plan: for a round, everybody.
import { expect, test } from "@playwright/test";
import { field, kept, openPlan, openProject } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [secretariat, cambodia, vietnam] = [await stage.person("Secretariat"), await stage.person("Cambodia"), await stage.person("Viet Nam")];
  const { ASEC, KH, VN } = stage.hub.links;
  await Promise.all([secretariat.join(ASEC), cambodia.join(KH), vietnam.join(VN)]);
  return { secretariat, cambodia, vietnam };
});

const section = (person) => person.page.getByRole("region", { name: "Compare versions" });
const side = (person, name) => section(person).getByLabel(name, { exact: true });

test("a plan is named, changed, and compared with what it was; the name waits for the hub where there is none", async () => {
  const { secretariat, cambodia } = on;
  await openPlan(secretariat);
  await secretariat.page.getByRole("tab", { name: "Life cycle" }).click();
  await secretariat.wire.cut();
  await secretariat.offline();
  await section(secretariat).getByRole("button", { name: "Name a version" }).click();
  await secretariat.page.getByLabel("Name", { exact: true }).fill("As circulated");
  await secretariat.page.getByRole("button", { name: "Give this name" }).click();
  await expect(side(secretariat, "Before").getByRole("option", { name: "As circulated, waits for the hub" })).toBeAttached();
  await secretariat.wire.join();
  await secretariat.catchUp();

  // Somebody else sees the name, and changes something after it.
  await openProject(cambodia);
  const title = await field(cambodia.page, "Title").inputValue();
  await field(cambodia.page, "Title").fill(`${title}, renamed`);
  await field(cambodia.page, "Title").blur();
  await cambodia.live();
  await cambodia.catchUp();
  await openPlan(cambodia);
  await cambodia.page.getByRole("tab", { name: "Life cycle" }).click();
  const named = side(cambodia, "Before").getByRole("option", { name: /^As circulated, / });
  await expect(named).toBeAttached();
  await side(cambodia, "Before").selectOption({ label: await named.textContent() });
  await expect(section(cambodia).getByRole("heading", { name: "Changed (1)" })).toBeVisible();
  const change = section(cambodia).getByRole("listitem").filter({ hasText: `${title}, renamed` }).first();
  await expect(change.locator("del").filter({ hasText: title })).toBeVisible();
  if (process.env.MUFAKAT_SCREENS) {
    for (const colorScheme of ["light", "dark"]) {
      await cambodia.page.emulateMedia({ colorScheme });
      await section(cambodia).scrollIntoViewIfNeeded();
      await cambodia.page.screenshot({ path: `${process.env.MUFAKAT_SCREENS}/versions-${colorScheme}.png` });
    }
  }

  // Before the hub had anything there is nothing to compare; the same with itself differs in nothing. All of it offline.
  await cambodia.wire.cut();
  await cambodia.offline();
  await side(cambodia, "Before").selectOption({ label: "On a day" });
  await section(cambodia).getByLabel("Day", { exact: true }).fill("2020-01-01");
  await expect(section(cambodia)).toContainText("The hub had nothing of this plan then.");
  await side(cambodia, "Before").selectOption({ label: "Today" });
  await expect(section(cambodia)).toContainText("The two versions say the same.");
});

test("the Chair opens the pen of a plan to all focal points; Viet Nam writes in it until the Secretariat closes it", async () => {
  const { secretariat, cambodia, vietnam } = on;
  await cambodia.wire.join();
  const plan = vietnam.page.getByRole("form", { name: "Work plan", exact: true });
  const goal = plan.getByLabel("Goal", { exact: true });
  await openPlan(vietnam);
  await expect(goal).not.toBeEditable();

  await openPlan(cambodia);
  await cambodia.page.getByRole("tab", { name: "Life cycle" }).click();
  await cambodia.page.getByRole("button", { name: "Open the pen to all focal points" }).click();
  await expect(cambodia.page.locator('[data-pen="open"]')).toBeVisible();
  await expect(goal).toBeEditable();
  await goal.fill("Written while the pen was open.");
  await goal.blur();
  await kept(vietnam);
  await vietnam.catchUp();

  await openPlan(secretariat);
  await expect(secretariat.page.getByLabel("Goal", { exact: true })).toHaveValue("Written while the pen was open.");
  await secretariat.page.getByRole("tab", { name: "Life cycle" }).click();
  await secretariat.page.getByRole("button", { name: "Close the pen" }).click();
  await expect(goal).not.toBeEditable();
  await expect(goal).toHaveValue("Written while the pen was open.");
});
