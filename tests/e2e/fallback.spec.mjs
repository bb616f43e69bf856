// Where streams are blocked, as many offices' proxies do, work goes over plain requests, and the application says so.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  cambodia.wire.streamless = true;
  await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openProject(cambodia);
  await at(secretariat, path);
  return { cambodia, secretariat, path };
});

const link = (person) => expect(person.sync);

test("a device joins and gets everything without a stream, and says what it has", async () => {
  const { cambodia, secretariat } = on;
  await link(cambodia).toHaveAttribute("data-link", "http");
  await link(cambodia).toHaveAccessibleName(/^Sync: live by the slower road/);
  await link(secretariat).toHaveAttribute("data-link", "live");
  expect(cambodia.wire.streams).toBe(0);
  expect(cambodia.wire.refused).toBeGreaterThan(0);
});

test("words go both ways", async () => {
  const { cambodia, secretariat } = on;
  await field(cambodia.page, "Progress note").fill("Sent by requests.");
  await field(cambodia.page, "Progress note").blur();
  await shownAt(secretariat, "Sent by requests.");
  await link(cambodia).toHaveAttribute("data-unsent", "0");
  // A poll is held at the hub until there is something, so this does not wait for the next one.
  await secretariat.page.getByLabel("Your comment", { exact: true }).fill("Answered by a stream.");
  await secretariat.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(cambodia, "Answered by a stream.");
});

test("it says when it is cut off, and what was written meanwhile goes the same way afterwards", async () => {
  const { cambodia, secretariat } = on;
  await cambodia.wire.cut();
  await cambodia.offline();
  const venue = field(cambodia.page, "Venue");
  await venue.fill("Phnom Penh");
  await venue.blur();
  await link(cambodia).toHaveAttribute("data-unsent", "1");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await link(cambodia).toHaveAttribute("data-link", "http");
  await says(secretariat.page, "Venue", /Phnom Penh/);
  expect(cambodia.wire.streams).toBe(0);
});

test("where streams pass again, one is taken after a restart", async () => {
  const { cambodia, path } = on;
  cambodia.wire.streamless = false;
  // What was found blocked is remembered for ten minutes; the person may say otherwise by Sync now.
  await cambodia.kill();
  await cambodia.open(path);
  await cambodia.live();
  await expect(cambodia.sync).toHaveAttribute("data-unsent", "0");
});

test("where a stream is taken and never answered, requests begin beside it, and a stream is tried again under them", async () => {
  const { stage, secretariat, path } = on;
  const vietnam = await stage.person("Viet Nam");
  vietnam.wire.deaf = true;
  await vietnam.join(stage.hub.links.VN);
  await link(vietnam).toHaveAttribute("data-link", "http");
  expect(vietnam.wire.refused).toBeGreaterThan(0);
  await at(vietnam, path);
  await vietnam.page.getByLabel("Your comment", { exact: true }).fill("Sent beside a stream that nobody hears.");
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(secretariat, "Sent beside a stream that nobody hears.");

  // From now on everything that the header says is written down: the requests are not given up before a stream is open.
  vietnam.wire.deaf = false;
  await vietnam.page.evaluate(() => {
    self.links = [];
    const region = document.querySelector("[data-link]");
    new MutationObserver(() => self.links.push(region.dataset.link)).observe(region, { attributes: true, attributeFilter: ["data-link"] });
  });
  await expect(vietnam.sync).toHaveAttribute("data-link", "live", { timeout: 60_000 });
  expect(await vietnam.page.evaluate(() => self.links.includes("offline"))).toBe(false);
});
