// What happened while somebody was away: one page in plain words by delegation, what met one's own words first, and read
// where it was read. The clock of one laptop is a year ahead, moved from outside the application.
import { expect, test } from "@playwright/test";
import { DAY, clock, withClock } from "./lib/clock.mjs";
import { look } from "./lib/look.mjs";
import { at, field, items, kept, openMeeting, openProject, unsent, write } from "./lib/screen.mjs";
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

const badge = (person) => person.page.getByRole("navigation", { name: "Main" }).locator(".count");
const changes = async (person) => {
  await person.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Changes", exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toHaveText("While you were away");
};
const told = (person, words) => person.page.locator("li.chg").filter({ hasText: words });
/** Types at the end of a field, with the network there. */
const types = async (person, control, words) => {
  await control.focus();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.insertText(words);
  await control.blur();
  await person.live();
};
const readAll = async (person) => {
  await person.page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(badge(person)).toHaveCount(0);
};
const cut = async (person) => {
  await person.wire.cut();
  await person.offline();
};
const join = async (person) => {
  await person.wire.join();
  await person.catchUp();
};

test("whoever has just come has nothing to read", async () => {
  const { vietnam } = on;
  await expect(badge(vietnam)).toHaveCount(0);
  await changes(vietnam);
  await expect(vietnam.page.getByRole("main")).toContainText("Nothing new");
  await expect(vietnam.page.getByRole("main")).toContainText("Since today");
});

test("after a time without a network one page says what others did, from what to what, and it is read without one", async () => {
  const { cambodia, vietnam, secretariat, project, meeting } = on;
  await cut(vietnam);
  await at(cambodia, project);
  for (const words of ["Phnom", "Phnom Penh", "Siem Reap"]) {
    await field(cambodia.page, "Venue").fill(words);
    await field(cambodia.page, "Venue").blur();
  }
  await types(cambodia, field(cambodia.page, "Progress note"), "A workshop was held.");
  await at(secretariat, meeting);
  await types(secretariat, items(secretariat.page).nth(1).getByRole("textbox", { name: "Title of the item" }), " (draft)");
  await join(vietnam);
  await expect(badge(vietnam)).toHaveText("2");
  await changes(vietnam);
  const venue = told(vietnam, "Venue");
  await expect(venue).toHaveCount(1);
  await expect(venue).toContainText("Siem Reap");
  await expect(venue.locator("s")).toHaveText("Empty");
  await expect(told(vietnam, "Progress note").locator("ins")).toHaveText("A workshop was held.");
  const delegation = vietnam.page.locator(".deleg").filter({ has: venue });
  await expect(delegation.getByRole("heading")).toContainText("Cambodia");
  await expect(venue).toContainText("Focal Point");
  await expect(vietnam.page.locator(".deleg").filter({ hasText: "(draft)" }).getByRole("heading")).toContainText("ASEAN Secretariat");
  await look(vietnam.page, "changes-told");
  // With the network gone it is read, and stays so after the browser ended.
  await cut(vietnam);
  await readAll(vietnam);
  await expect(vietnam.page.getByRole("main")).toContainText("Nothing new");
  await kept(vietnam);
  await vietnam.close();
  await vietnam.open("/changes");
  await expect(vietnam.page.getByRole("main")).toContainText("Nothing new");
  await vietnam.wire.join();
  await vietnam.catchUp();
  await expect(badge(vietnam)).toHaveCount(0);
  // Asked for by its day it is there again, and so in the address.
  const today = await vietnam.page.evaluate(() => new Date().toLocaleDateString("sv"));
  await vietnam.page.getByLabel("Since", { exact: true }).fill(today);
  await expect(told(vietnam, "Siem Reap")).toHaveCount(1);
  expect(vietnam.page.url()).toContain(`since=${today}`);
});

test("an item retitled by one while another moves it: both hold, and who wrote in it is told where it is now", async () => {
  const { cambodia, secretariat, meeting } = on;
  await at(cambodia, meeting);
  await changes(secretariat);
  await expect(told(secretariat, "Venue")).toHaveCount(1);
  await readAll(secretariat);
  await at(secretariat, meeting);
  await cut(cambodia);
  await cut(secretariat);
  await write(secretariat, items(secretariat.page).nth(4).getByRole("textbox", { name: "Title of the item" }), " (retitled)");
  await expect.poll(() => unsent(secretariat)).toBeGreaterThan(0);
  await items(cambodia.page).nth(4).getByRole("button", { name: /^Move up/ }).click();
  await items(cambodia.page).nth(3).getByRole("button", { name: /^Move up/ }).click();
  await expect.poll(() => unsent(cambodia)).toBeGreaterThan(0);
  await join(cambodia);
  await join(secretariat);
  await changes(secretariat);
  const moved = told(secretariat, "Both hold");
  await expect(moved).toContainText("Preparation for the ACCSM+3 SOM");
  await expect(moved).toContainText("Your item is now 3.");
  await expect(moved.locator("s")).toHaveText("5");
});

test("two values written at once are both there, and one press chooses", async () => {
  const { cambodia, secretariat, meeting } = on;
  for (const person of [cambodia, secretariat]) await at(person, meeting);
  const title = (person) => items(person.page).nth(0).getByRole("textbox", { name: "Title of the item" });
  await cut(cambodia);
  await cut(secretariat);
  for (const [person, words] of [[cambodia, "Opening"], [secretariat, "Welcome"]]) {
    await title(person).fill(words);
    await title(person).blur();
    await expect.poll(() => unsent(person)).toBeGreaterThan(0);
  }
  await join(cambodia);
  await join(secretariat);
  await changes(secretariat);
  const decide = secretariat.page.locator("#decide");
  await expect(decide).toContainText("You wrote something else at the same time.");
  await expect(decide).toContainText("Yours: Welcome");
  await look(secretariat.page, "changes-decide");
  await decide.getByRole("button", { name: "Keep Opening" }).click();
  await expect(decide).toHaveCount(0);
  await at(secretariat, meeting);
  await expect(title(secretariat)).toHaveValue("Opening");
});

test("a clock that is a year ahead orders nothing: the hub's time is told, and the laptop's beside it", async () => {
  const { cambodia, vietnam, project } = on;
  await vietnam.goto("/changes");
  await expect(badge(vietnam)).toHaveCount(1);
  await readAll(vietnam);
  await at(cambodia, project);
  await clock(cambodia, 365 * DAY);
  await field(cambodia.page, "Venue").fill("Battambang");
  await field(cambodia.page, "Venue").blur();
  await cambodia.live();
  const line = told(vietnam, "Battambang");
  await expect(line).toContainText("today, ");
  await expect(line).toContainText("by the device’s clock, which is ahead");
  await readAll(vietnam);
  await clock(cambodia, 0);
});
