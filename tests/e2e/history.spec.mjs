// The history of a project: who sat at it, the project as it was, what differs from now, and the way back, with no network.
import { expect, test } from "@playwright/test";
import { at, field, kept, openProject, says, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, vietnam] = [await stage.person("Cambodia"), await stage.person("Viet Nam")];
  await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  const path = await openProject(cambodia);
  const title = await cambodia.page.getByRole("heading", { level: 1 }).innerText();
  return { cambodia, vietnam, path, title };
});

const sittings = (person) => person.page.locator("li.sitting");
const venue = async (person, words) => {
  await field(person.page, "Venue").fill(words);
  await field(person.page, "Venue").blur();
};

test("who wrote and when, by delegation, and what each sitting did", async () => {
  const { cambodia, vietnam, path } = on;
  await venue(cambodia, "Phnom Penh");
  await cambodia.live();
  await at(vietnam, path);
  await vietnam.page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toContainText("History of");
  const last = sittings(vietnam).first();
  await expect(last).toContainText("Cambodia");
  await expect(last).toContainText("Venue");
  await last.locator("summary").click();
  await expect(last.locator(".chg")).toContainText("Phnom Penh");
  await expect(last.getByRole("button", { name: "Bring this version back" })).toHaveCount(0);
  await last.getByRole("button", { name: "Show this version" }).click();
  const version = vietnam.page.getByRole("region", { name: "As it was then" });
  await expect(version).toContainText("Phnom Penh");
});

test("two versions are compared and one is brought back, with the network gone; everything stays in the history", async () => {
  const { cambodia, vietnam, path } = on;
  const before = await cambodia.page.locator("main").getAttribute("data-record");
  await cambodia.goto(`/history/${before}`);
  await expect(sittings(cambodia).first()).toContainText("You");
  await cambodia.wire.cut();
  await cambodia.offline();
  await at(cambodia, path);
  await venue(cambodia, "Siem Reap");
  await kept(cambodia);
  await cambodia.page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  await expect(sittings(cambodia).first()).toContainText("On this device");
  const earlier = sittings(cambodia).nth(1);
  await earlier.locator("summary").click();
  await earlier.getByRole("button", { name: "Compare with now" }).click();
  const differs = cambodia.page.getByRole("region", { name: "What differs" });
  await expect(differs.locator("li")).toHaveCount(1);
  await expect(differs.locator("s")).toHaveText("Phnom Penh");
  await expect(differs.locator("b")).toHaveText("Siem Reap");
  const waiting = await unsent(cambodia);
  await earlier.getByRole("button", { name: "Bring this version back" }).click();
  await expect.poll(() => unsent(cambodia)).toBeGreaterThan(waiting);
  await kept(cambodia);
  await cambodia.page.goto(cambodia.wire.url + path);
  await expect(field(cambodia.page, "Venue")).toHaveValue("Phnom Penh");
  await cambodia.wire.join();
  await cambodia.catchUp();
  await at(vietnam, path);
  await says(vietnam.page, "Venue", /Phnom Penh/);
  await vietnam.page.getByRole("link", { name: "All changes, versions, and the way back" }).click();
  // One sitting, in which it went to and fro.
  await expect(sittings(vietnam).first()).toContainText("3 times");
  if (process.env.MUFAKAT_LOOK) {
    await sittings(vietnam).first().locator("summary").click();
    await sittings(vietnam).first().getByRole("button", { name: "Show this version" }).click();
    await vietnam.page.getByRole("region", { name: "As it was then" }).waitFor();
    await vietnam.page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/history-1280-light.png`, fullPage: true });
  }
});
