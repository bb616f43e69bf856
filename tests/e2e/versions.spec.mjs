// Any two versions of a plan: as it was on a day, as it was named, and today.
import { expect, test } from "@playwright/test";
import { field, openPlan, openProject } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [secretariat, cambodia] = [await stage.person("Secretariat"), await stage.person("Cambodia")];
  await Promise.all([secretariat.join(stage.hub.links.ASEC), cambodia.join(stage.hub.links.KH)]);
  return { secretariat, cambodia };
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
