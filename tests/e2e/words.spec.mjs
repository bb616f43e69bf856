// What the screen says is so: no more than the sources tell, and no word about a hub before there is one.
import { expect, test } from "@playwright/test";
import { at, openProject } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [vietnam, stranger] = [await stage.person("Viet Nam"), await stage.person("A stranger")];
  await vietnam.join(stage.hub.links.VN);
  await stranger.open("/");
  return { vietnam, stranger };
});

test("before joining, the header claims nothing", async () => {
  const { stranger } = on;
  await expect(stranger.sync).toHaveAccessibleName("Sync: offline, no workspace on this device yet");
  await expect(stranger.sync).toContainText("No workspace yet");
  await expect(stranger.sync.locator("[data-sync]")).toHaveCount(0);
  await stranger.end();
});

test("a date is no more exact than its source", async () => {
  const { vietnam } = on;
  await vietnam.goto("/people");
  const row = vietnam.page.getByRole("row").filter({ has: vietnam.page.getByRole("button", { name: /Timor-Leste/ }) });
  await expect(row).toContainText("Observer in ACCSM since May 2023");
});

test("what is empty and may only be read says that nothing was reported, not how to write it", async () => {
  const { vietnam } = on;
  await at(vietnam, await openProject(vietnam));
  const empty = vietnam.page.locator("main input[readonly][placeholder], main textarea[readonly][placeholder]");
  await expect(empty.first()).toBeVisible();
  const said = await empty.evaluateAll((fields) => [...new Set(fields.map((field) => field.placeholder))]);
  expect(said).toEqual(["Not reported"]);
});
