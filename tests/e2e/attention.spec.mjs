// What somebody follows: a button, one section on Today, and one number on the desktop while they look elsewhere. Never a stream,
// never a word of a document, and nothing in their quiet hours. The page's clock is moved from outside the application.
import { expect, test } from "@playwright/test";
import { at, field, items, openMeeting, openProject, PROJECT } from "./lib/screen.mjs";
import { look } from "./lib/look.mjs";
import { staged } from "./lib/stage.mjs";

/** Runs in every page before the application: counts what the desktop is told, and says when nobody looks. */
function observe() {
  const now = Date.now;
  Object.assign(window, { told: [], gone: 0, looked: true, ahead: 0 });
  Date.now = () => now.call(Date) + window.ahead;
  document.hasFocus = () => window.looked;
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      window.told.push({ title, body: options.body, tag: options.tag });
      window.last = this;
    }
    close() {
      window.gone += 1;
      super.close();
    }
  };
}

const on = staged(async (stage) => {
  const names = ["Cambodia", "Viet Nam", "Secretariat"];
  const [cambodia, vietnam, secretariat] = await Promise.all(names.map((name) => stage.person(name)));
  const { KH, VN, ASEC } = stage.hub.links;
  await Promise.all([cambodia.join(KH), vietnam.join(VN), secretariat.join(ASEC)]);
  await vietnam.page.context().addInitScript(observe);
  const project = await openProject(cambodia);
  const meeting = await openMeeting(secretariat);
  return { cambodia, vietnam, secretariat, project, meeting };
});

const place = (person, name) => person.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const followed = (person) => person.page.getByRole("region", { name: "Changed in what you follow" });
const news = (person, title) => followed(person).getByRole("listitem").filter({ hasText: title }).filter({ hasText: /change/ });
const follow = (person) => person.page.getByRole("button", { name: "Follow", exact: true });
const today = async (person) => {
  await place(person, "Today").click();
  await expect(person.page.getByRole("heading", { level: 1 })).toHaveText("Today");
};
const venue = async ({ cambodia, project }, words) => {
  if (!cambodia.page.url().includes(project)) await at(cambodia, project);
  await field(cambodia.page, "Venue").fill(words);
  await field(cambodia.page, "Venue").blur();
  await cambodia.live();
};
const told = (person) => person.page.evaluate(() => window.told);
/** The person looks elsewhere, or back. */
const looks = (person, here) =>
  person.page.evaluate((here) => {
    window.looked = here;
    window.dispatchEvent(new Event(here ? "focus" : "blur"));
  }, here);
/** So many minutes go by on the page's clock, and the browser wakes the page. */
const passes = (person, minutes) =>
  person.page.evaluate((minutes) => {
    window.ahead += minutes * 60_000;
    window.dispatchEvent(new Event("blur"));
  }, minutes);

test("what one follows is counted on Today when others change it, and gone once it is read", async () => {
  const { cambodia, vietnam, project } = on;
  await vietnam.goto("/");
  await expect(followed(vietnam)).toContainText("You follow nothing yet");
  await at(vietnam, project);
  await expect(follow(vietnam)).toHaveAttribute("aria-pressed", "false");
  await follow(vietnam).click();
  await expect(follow(vietnam)).toHaveAttribute("aria-pressed", "true");
  await look(vietnam.page, "attention-project", false);
  await today(vietnam);
  await expect(followed(vietnam)).toContainText("Nothing new since you last read.");
  await expect(followed(vietnam)).toContainText("You follow one thing");
  await venue(on, "Siem Reap");
  await field(cambodia.page, "Remarks").fill("The room is booked.");
  await field(cambodia.page, "Remarks").blur();
  await cambodia.live();
  await expect(news(vietnam, PROJECT)).toContainText("2 changes");
  await look(vietnam.page, "attention-today");
  await news(vietnam, PROJECT).getByRole("link").click();
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toHaveText("While you were away");
  await expect(vietnam.page.locator("li.chg")).toHaveCount(2);
  await expect(vietnam.page.locator(".pick--of select")).toHaveValue(project.split("/").at(-1));
  await vietnam.page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(vietnam.page.getByRole("main")).toContainText("Nothing new");
  await today(vietnam);
  await expect(followed(vietnam)).toContainText("Nothing new since you last read.");
  // Nobody else follows it for that.
  await expect(follow(cambodia)).toHaveAttribute("aria-pressed", "false");
});

test("a meeting is followed with no network, told of once, and followed no more", async () => {
  const { vietnam, secretariat, meeting } = on;
  await at(vietnam, meeting);
  await vietnam.wire.cut();
  await vietnam.offline();
  await follow(vietnam).click();
  await expect(follow(vietnam)).toHaveAttribute("aria-pressed", "true");
  await at(secretariat, meeting);
  for (const n of [1, 2]) {
    const title = items(secretariat.page).nth(n).getByRole("textbox", { name: "Title of the item" });
    await title.focus();
    await secretariat.page.keyboard.press("Control+End");
    await secretariat.page.keyboard.insertText(" (draft)");
    await title.blur();
  }
  await secretariat.live();
  await vietnam.wire.join();
  await vietnam.catchUp();
  await today(vietnam);
  const name = "Senior Officials’ Meeting of the 20th ACCSM";
  await expect(news(vietnam, name)).toContainText("2 changes");
  await followed(vietnam).getByText("You follow 2 things").click();
  await followed(vietnam).getByRole("button", { name: `Stop following ${name}` }).click();
  await expect(followed(vietnam)).toContainText("You follow one thing");
  await expect(news(vietnam, name)).toHaveCount(0);
});

test("Settings say what the browser allows, and ask only when somebody presses", async () => {
  const { vietnam } = on;
  const { page } = vietnam;
  await vietnam.goto("/settings");
  const section = page.getByRole("region", { name: "Notifications" });
  const tell = section.getByRole("switch", { name: "Tell me" });
  await expect(tell).not.toBeChecked();
  await page.context().grantPermissions(["notifications"], { origin: vietnam.wire.url });
  await vietnam.goto("/settings");
  await expect(section).toContainText("The browser allows it.");
  await expect(tell).not.toBeChecked();
  await tell.check();
  await expect(section.getByLabel("From", { exact: true })).toHaveValue("18:00");
  await expect(section.getByLabel("To", { exact: true })).toHaveValue("08:00");
  await expect(section.getByRole("switch", { name: "Keep quiet" })).not.toBeChecked();
  await look(page, "attention-settings");
  await vietnam.goto("/settings");
  await expect(tell).toBeChecked();
});

test("while nobody looks the desktop is told one number, without a word of a document, and no second one for a quarter of an hour", async () => {
  const { vietnam } = on;
  await today(vietnam);
  await looks(vietnam, false);
  await venue(on, "Battambang");
  await expect.poll(() => told(vietnam)).toEqual([{ title: "Mufakat", body: "1 change in one thing you follow", tag: "mufakat" }]);
  await field(on.cambodia.page, "Remarks").fill("Another room.");
  await field(on.cambodia.page, "Remarks").blur();
  await expect(news(vietnam, PROJECT)).toContainText("2 changes");
  await passes(vietnam, 14);
  expect(await told(vietnam)).toHaveLength(1);
  await passes(vietnam, 1);
  await expect.poll(() => told(vietnam)).toHaveLength(2);
  expect((await told(vietnam))[1]).toEqual({ title: "Mufakat", body: "2 changes in one thing you follow", tag: "mufakat" });
  // Looking takes it away; what was there then is told no more.
  await looks(vietnam, true);
  expect(await vietnam.page.evaluate(() => window.gone)).toBe(1);
  await looks(vietnam, false);
  await passes(vietnam, 60);
  expect(await told(vietnam)).toHaveLength(2);
});

test("in the quiet hours nothing is told; at their end what came is told once, and a press on it leads to Today", async () => {
  const { vietnam } = on;
  await looks(vietnam, true);
  await place(vietnam, "Settings").click();
  const section = vietnam.page.getByRole("region", { name: "Notifications" });
  const clock = (hours) => vietnam.page.evaluate((hours) => new Date(Date.now() + hours * 3_600_000).toTimeString().slice(0, 5), hours);
  for (const [label, hours] of [["From", -1], ["To", 2]]) {
    await section.getByLabel(label, { exact: true }).fill(await clock(hours));
    await section.getByLabel(label, { exact: true }).blur();
  }
  await section.getByRole("switch", { name: "Keep quiet" }).check();
  await today(vietnam);
  await looks(vietnam, false);
  const before = (await told(vietnam)).length;
  for (const words of ["Kampot", "Kep"]) await venue(on, words);
  await field(on.cambodia.page, "Implementing agency").fill("Draft: another agency");
  await field(on.cambodia.page, "Implementing agency").blur();
  await expect(news(vietnam, PROJECT)).toContainText("3 changes");
  await passes(vietnam, 60);
  expect(await told(vietnam)).toHaveLength(before);
  await place(vietnam, "People").dispatchEvent("click");
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toHaveText("People");
  await passes(vietnam, 61);
  await expect.poll(() => told(vietnam)).toHaveLength(before + 1);
  expect((await told(vietnam)).at(-1).body).toBe("3 changes in one thing you follow");
  await vietnam.page.evaluate(() => window.last.onclick(new Event("click")));
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toHaveText("Today");
});

test("a paragraph is followed from what opens below it, and only what is about it is counted", async () => {
  const { cambodia, vietnam, secretariat, meeting } = on;
  const paras = (person) => person.page.locator(".paras > li.para");
  const { page } = secretariat;
  await at(secretariat, `${meeting}?tab=report`);
  await page.getByRole("button", { name: "Paragraph: add to 1", exact: true }).click();
  for (const [n, words] of ["Draft words, followed.", "Draft words beside them."].entries()) {
    await expect(paras(secretariat).nth(n).getByRole("textbox", { name: "Text of the paragraph" })).toBeFocused();
    await page.keyboard.insertText(words);
    if (n === 0) await page.keyboard.press("ControlOrMeta+Enter");
  }
  await paras(secretariat).nth(1).getByRole("textbox", { name: "Text of the paragraph" }).blur();
  await secretariat.live();
  await at(vietnam, `${meeting}?tab=report`);
  await expect(paras(vietnam)).toHaveCount(2);
  await expect(paras(vietnam).nth(1)).toContainText("Draft words beside them.");
  const first = paras(vietnam).nth(0);
  await first.getByRole("button", { name: /suggestions, comments and more$/ }).click();
  await first.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(first.getByRole("button", { name: "Follow", exact: true })).toHaveAttribute("aria-pressed", "true");
  await look(vietnam.page, "attention-paragraph");
  await place(vietnam, "Changes").click();
  await vietnam.page.getByRole("button", { name: "Mark all as read" }).click();
  await today(vietnam);
  await expect(followed(vietnam)).toContainText("Nothing new since you last read.");
  await at(cambodia, `${meeting}?tab=report`);
  for (const n of [1, 0]) await paras(cambodia).nth(n).getByRole("button", { name: "Agree", exact: true }).click();
  await cambodia.live();
  await expect(news(vietnam, "Paragraph 1")).toContainText("1 change");
  await followed(vietnam).getByText("You follow 2 things").click();
  await look(vietnam.page, "attention-today-all");
});
