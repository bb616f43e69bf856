// `mufakat backup` and `mufakat restore` under people who are at work: the history begins anew, and nobody does anything.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, vietnam] = [await stage.person("Cambodia"), await stage.person("Viet Nam")];
  await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  const path = await openProject(cambodia);
  await at(vietnam, path);
  return { cambodia, vietnam };
});

const main = (person) => person.page.locator("main");

async function put(person, label, words) {
  await field(person.page, label).fill(words);
  await field(person.page, label).blur();
}

test("a backup is made while the hub serves, and work goes on", async () => {
  const { stage, cambodia, vietnam } = on;
  await put(cambodia, "Progress note", "In the backup.");
  await shownAt(vietnam, "In the backup.");
  await stage.hub.operator("backup", stage.hub.backup);
  await put(cambodia, "Objective", "Not in the backup.");
  await shownAt(vietnam, "Not in the backup.");
  await vietnam.page.getByLabel("Your comment", { exact: true }).fill("Neither is this.");
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(cambodia, "Neither is this.");
});

test("it is restored under connected people, and everything is on the hub again by itself", async () => {
  const { stage, cambodia, vietnam } = on;
  await stage.hub.stop();
  await stage.hub.operator("restore", stage.hub.backup);
  await stage.hub.run();
  for (const person of [cambodia, vietnam]) {
    // Nobody presses anything.
    await person.live();
    await expect(main(person)).toHaveAttribute("data-sync", "seen", { timeout: 90_000 });
    await says(person.page, "Progress note", /^\s*In the backup\.\s*$/);
    await says(person.page, "Objective", /^\s*Not in the backup\.\s*$/);
    await expect(person.page.getByText("Neither is this.")).toHaveCount(1);
  }
  await put(cambodia, "Progress note", "After the restore.");
  await shownAt(vietnam, "After the restore.");
});

test("a laptop that has never been here gets all of it, and the operator finds nothing wrong", async () => {
  const { stage, cambodia } = on;
  const secretariat = await stage.person("Secretariat");
  await secretariat.join(await stage.hub.invite("ASEC", "secretariat"));
  await at(secretariat, new URL(cambodia.page.url()).pathname);
  await says(secretariat.page, "Objective", /Not in the backup\./);
  await says(secretariat.page, "Progress note", /After the restore\./);
  await expect(secretariat.page.getByText("Neither is this.")).toHaveCount(1);
  await stage.hub.stop();
  expect(await stage.hub.operator("check")).not.toMatch(/wrong|damaged|missing/i);
});
