// 64 kbit/s with 300 ms to and fro and one packet in twenty lost: slower, and as true as on any other link.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  await secretariat.join(stage.hub.links.ASEC);
  // The application itself was installed in a better place.
  await cambodia.open("/");
  await cambodia.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  cambodia.wire.narrow({ rate: 8, delay: 150, loss: 0.05, seed: 20_211_118 });
  return { cambodia, secretariat };
});

test("the whole record comes, and a project can be read and written", async () => {
  const { stage, cambodia, secretariat } = on;
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await expect(cambodia.page.locator("[data-progress]")).toContainText(/\d+ of \d+ documents/);
  await cambodia.live();
  await expect(cambodia.page.locator("[data-progress]")).toHaveCount(0, { timeout: 90_000 });
  const path = await openProject(cambodia);
  await at(secretariat, path);
});

test("words go both ways", async () => {
  const { cambodia, secretariat } = on;
  await field(cambodia.page, "Progress note").fill("Written on a narrow link.");
  await field(cambodia.page, "Progress note").blur();
  // Not at once: its packets are still on their way.
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", /device/);
  await shownAt(secretariat, "Written on a narrow link.");
  await secretariat.page.getByLabel("Your comment", { exact: true }).fill("Read, and answered.");
  await secretariat.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(cambodia, "Read, and answered.");
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "seen");
});

test("an hour's work without a link goes over it afterwards, by one connection", async () => {
  const { cambodia, secretariat } = on;
  await cambodia.wire.cut();
  await cambodia.offline();
  for (let n = 1; n <= 20; n += 1) await write(cambodia, field(cambodia.page, "Objective"), ` Part ${n} of the work.`);
  expect(await unsent(cambodia)).toBeGreaterThanOrEqual(20);
  const before = cambodia.wire.opened;
  await cambodia.wire.join();
  await cambodia.catchUp();
  await says(secretariat.page, "Objective", /Part 1 of the work\..* Part 20 of the work\.$/);
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "seen");
  // A slow link is not a broken one: it is not given up and begun again.
  expect(cambodia.wire.opened - before).toBeLessThanOrEqual(2);
  expect(cambodia.wire.lost).toBeGreaterThan(0);
});
