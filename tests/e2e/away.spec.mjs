// Four months away, with a whole meeting in between: one page says what changed, in a few lines by delegation and not in a notice
// for each change, and what was written before and never sent waits for its author. The laptop's clock is moved from outside.
import { expect, test } from "@playwright/test";
import { DAY, clock, withClock } from "./lib/clock.mjs";
import { look } from "./lib/look.mjs";
import { at, field, items, kept, openMeeting, openProject, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const app = withClock();
test.afterAll(() => app.end());

const on = staged(
  async (stage) => {
    const names = ["Cambodia", "Viet Nam", "Secretariat"];
    const [cambodia, vietnam, secretariat] = await Promise.all(names.map((name) => stage.person(name)));
    const { KH, VN, ASEC } = stage.hub.links;
    await Promise.all([cambodia.join(KH), vietnam.join(VN), secretariat.join(ASEC)]);
    const project = await openProject(cambodia);
    const meeting = await openMeeting(secretariat);
    return { cambodia, vietnam, secretariat, project, meeting };
  },
  { app: app.folder },
);

const OWN = "Viet Nam can host the workshop in March.";
const TIMES = 40;

test("who returns after four months reads a few lines, and is asked about words that never left", async () => {
  const { cambodia, vietnam, secretariat, project, meeting } = on;
  await at(vietnam, project);
  await vietnam.wire.cut();
  await vietnam.offline();
  await field(vietnam.page, "Your comment").fill(OWN);
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await expect.poll(() => unsent(vietnam)).toBeGreaterThan(0);
  await kept(vietnam);
  await clock(vietnam, 122 * DAY);

  await at(cambodia, project);
  for (let n = 1; n <= TIMES; n += 1) {
    await field(cambodia.page, "Venue").fill(n === TIMES ? "Siem Reap" : `Room ${n}`);
    await field(cambodia.page, "Venue").blur();
    if (n % 10 === 0) await kept(cambodia);
  }
  await cambodia.live();
  await at(secretariat, meeting);
  const title = items(secretariat.page).nth(1).getByRole("textbox", { name: "Title of the item" });
  for (let n = 1; n <= TIMES; n += 1) {
    await title.fill(n === TIMES ? "Opening by the Chair" : `Opening ${n}`);
    await title.blur();
    if (n % 10 === 0) await kept(secretariat);
  }
  await secretariat.live();

  await vietnam.wire.join();
  await vietnam.syncNow();
  await vietnam.page.locator('[data-link="live"], [data-link="http"]').first().waitFor();
  const badge = vietnam.page.getByRole("navigation", { name: "Main" }).locator(".count");
  await expect(badge).toHaveText("2");
  await vietnam.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Changes", exact: true }).click();
  const lines = vietnam.page.locator("li.chg");
  await expect(lines).toHaveCount(2);
  const venue = lines.filter({ hasText: "Venue" });
  await expect(venue.locator("s")).toHaveText("Empty");
  await expect(venue.locator("b")).toHaveText(["Siem Reap"]);
  await expect(venue).toContainText(`${TIMES} times`);
  await expect(lines.filter({ hasText: "Opening by the Chair" })).toContainText(`${TIMES} times`);
  await look(vietnam.page, "away");

  // What was written before is not sent behind its author's back.
  await at(secretariat, project);
  await expect(secretariat.page.getByRole("main")).not.toContainText(OWN);
  await vietnam.page.getByRole("link", { name: "Look at it" }).click();
  const held = vietnam.page.locator("#held");
  await expect(held).toContainText(OWN);
  await held.getByRole("button", { name: "Send" }).click();
  await expect(secretariat.page.getByRole("main")).toContainText(OWN);
});
