// One person on two devices: the second acts for the same person, and what one writes the other has.
import { expect, test } from "@playwright/test";
import { field, at, openProject, shownAt } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const laptop = await stage.person("Cambodia's laptop");
  await laptop.join(stage.hub.links.KH);
  return { stage, laptop, path: await openProject(laptop) };
});

test("a link from Settings brings a further device of one's own, once", async () => {
  const { stage, laptop, path } = on;
  await laptop.goto("/settings");
  await laptop.page.getByRole("button", { name: "Add a device" }).click();
  const dialog = laptop.page.getByRole("dialog", { name: "Add a device" });
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Link").inputValue();
  await dialog.getByRole("button", { name: "Close" }).click();

  const telephone = await stage.person("Cambodia's telephone");
  await telephone.join(link);
  await telephone.goto("/people");
  const officer = telephone.page.getByRole("listitem").filter({ hasText: "You" });
  await expect(officer.getByRole("button", { name: /^Revoke / })).toHaveCount(2);

  await at(telephone, path);
  await field(telephone.page, "Progress note").fill("From the telephone.");
  await field(telephone.page, "Progress note").blur();
  await at(laptop, path);
  await shownAt(laptop, "From the telephone.");

  const thief = await stage.person("Someone who found the link");
  await thief.open("/");
  await thief.page.goto(thief.wire.link(link));
  await thief.page.getByRole("button", { name: /^Join/ }).click();
  await expect(thief.page.getByRole("alert")).toContainText("already used by another device");
});
