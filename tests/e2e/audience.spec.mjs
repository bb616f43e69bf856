// What is not for a party never reaches its devices: not on a screen, not in the store below it.
import { expect, test } from "@playwright/test";
import { MEETING, PLAN, PROJECT, at, field, invite, items, openMeeting, openPlan, openProject, shownAt, titles } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";
import { dump, idInDump, inDump } from "./lib/store.mjs";

const PLUS3_PLAN = "ACCSM+3 Work Plan 2021-2025";
const PLUS3_PROJECT = "ASEAN+3 Forum on Public Service Delivery";
const WORDS = "Viet Nam says this to ACCSM alone.";

const on = staged(async (stage) => {
  const [secretariat, vietnam, china] = [await stage.person("Secretariat"), await stage.person("Viet Nam"), await stage.person("China")];
  await Promise.all([secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  await china.join(await invite(secretariat, "CN"));
  const paths = [await openProject(vietnam), await openMeeting(vietnam)];
  await openPlan(vietnam);
  paths.push(new URL(vietnam.page.url()).pathname);
  return { stage, secretariat, vietnam, china, paths };
});

test("China sees the work of ACCSM+3 and none of ACCSM", async () => {
  const { china, paths } = on;
  await china.goto("/plans");
  await expect(china.page.getByRole("link", { name: PLUS3_PLAN })).not.toHaveCount(0);
  await expect(china.page.getByText(PLAN)).toHaveCount(0);
  await openProject(china, PLUS3_PROJECT, PLUS3_PLAN);
  await openMeeting(china, "ACCSM+3 Focal Points Meeting 2020");
  await china.goto("/meetings");
  await expect(china.page.getByText(MEETING)).toHaveCount(0);
  for (const path of paths) {
    await china.goto(path);
    await expect(china.page.getByRole("heading", { level: 1, name: "There is no such page for you" })).toBeVisible();
  }
});

test("neither is it in China's store, also what is said while China is connected", async () => {
  const { secretariat, vietnam, china, paths } = on;
  const [project] = paths;
  await at(secretariat, project);
  await at(vietnam, project);
  await field(vietnam.page, "Your comment").fill(WORDS);
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(secretariat, WORDS);
  // Something that China may have, said after it, has reached China: what came before has passed.
  const open = await openProject(vietnam, PLUS3_PROJECT, PLUS3_PLAN);
  await at(china, open);
  await field(vietnam.page, "Your comment").fill("This is for China too.");
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await shownAt(china, "This is for China too.");

  // What Viet Nam said itself waits packed on its own device: the Secretariat's has it as it was sent.
  const [theirs, ours] = [await dump(china.page), await dump(secretariat.page)];
  const ids = paths.map((path) => path.split("/").pop());
  for (const secret of [PROJECT, MEETING, WORDS].map(inDump)) {
    // The search can find it where it may be.
    expect(ours.includes(secret)).toBe(true);
    expect(theirs.includes(secret)).toBe(false);
  }
  for (const id of ids) {
    expect(ours.includes(id) || ours.includes(idInDump(id))).toBe(true);
    expect(theirs.includes(id) || theirs.includes(idInDump(id))).toBe(false);
  }
  expect(theirs.includes(inDump(PLUS3_PROJECT))).toBe(true);
});

test("the meeting of ACCSM+3 that is called from the agenda brings China its open items, and no word of the closed one", async () => {
  const { secretariat, china } = on;
  const CLOSED = "What ACCSM settles among itself";
  const TITLE = "Senior Officials’ Meeting of the ACCSM+3, afternoon";
  // The one of the sample has its meeting of ACCSM+3: the next one is called first.
  await openMeeting(secretariat);
  await secretariat.page.getByRole("button", { name: "Next meeting", exact: true }).click();
  const next = secretariat.page.getByRole("dialog", { name: "Next meeting" });
  await next.getByLabel("Title", { exact: true }).fill("Senior Officials’ Meeting, morning");
  await next.getByRole("button", { name: "Call the meeting" }).click();
  await expect(secretariat.page.getByRole("heading", { level: 1 })).toContainText("morning");
  await expect(items(secretariat.page)).toHaveCount(7);
  const path = new URL(secretariat.page.url()).pathname;
  const fifth = items(secretariat.page).nth(4);
  await fifth.getByRole("textbox", { name: "Title of the item" }).fill(CLOSED);
  await fifth.getByRole("button", { name: /^More about/ }).click();
  await fifth.getByLabel("Session", { exact: true }).selectOption("CLOSED");
  await secretariat.live();
  const all = await titles(secretariat.page);
  expect(all[4]).toBe(CLOSED);
  await secretariat.page.getByRole("button", { name: "Meeting of ACCSM+3", exact: true }).click({ timeout: 20_000 });
  const dialog = secretariat.page.getByRole("dialog", { name: "Meeting of ACCSM+3" });
  await dialog.getByLabel("Title", { exact: true }).fill(TITLE);
  await dialog.getByRole("button", { name: "Call the meeting" }).click();
  await expect(secretariat.page.getByRole("heading", { level: 1 })).toContainText(TITLE);
  const open = all.filter((title) => title !== CLOSED);
  await expect.poll(() => titles(secretariat.page)).toEqual(open);
  // It is shown at the meeting it goes with, and there only: China must not learn of that one.
  await at(secretariat, path);
  await expect(secretariat.page.locator(".meeting-links")).toContainText(TITLE);
  await expect(secretariat.page.getByRole("button", { name: "Meeting of ACCSM+3" })).toHaveCount(0);
  await openMeeting(china, TITLE);
  await expect(items(china.page)).toHaveCount(6);
  for (const title of open) await expect(china.page.getByRole("main")).toContainText(title);
  const [theirs, ours] = [await dump(china.page), await dump(secretariat.page)];
  const id = path.split("/").pop();
  expect(ours.includes(id) || ours.includes(idInDump(id))).toBe(true);
  expect(theirs.includes(id) || theirs.includes(idInDump(id))).toBe(false);
  expect(theirs.includes(inDump(CLOSED))).toBe(false);
  expect(theirs.includes(inDump(TITLE))).toBe(true);
});

test("an open session brings an observer its item, and no word of the closed one (scenario 23)", async () => {
  const { stage, secretariat, vietnam, china } = on;
  const observer = await stage.person("Observer");
  await observer.join(await invite(secretariat, "TL", "Observer"));
  const [CLOSED, OPEN] = ["What ACCSM settles behind its door", "Good governance, with the observers"];
  const TITLE = "Senior Officials’ Meeting: open session";
  const path = await openMeeting(secretariat);
  for (const [at, title, session] of [[3, CLOSED, "CLOSED"], [6, OPEN, "OPEN"]]) {
    const item = items(secretariat.page).nth(at);
    await item.getByRole("textbox", { name: "Title of the item" }).fill(title);
    await item.getByRole("button", { name: /^More about/ }).click();
    await item.getByLabel("Session", { exact: true }).selectOption(session);
  }
  await secretariat.live();
  const all = await titles(secretariat.page);
  expect([all[3], all[6]]).toEqual([CLOSED, OPEN]);
  // By keyboard, as at the table.
  await secretariat.page.getByRole("button", { name: "Open session", exact: true }).press("Enter");
  const dialog = secretariat.page.getByRole("dialog", { name: "Open session" });
  await dialog.getByLabel("Title", { exact: true }).fill(TITLE);
  await dialog.getByRole("button", { name: "Call the meeting" }).press("Enter");
  await expect(secretariat.page.getByRole("heading", { level: 1 })).toContainText(TITLE);
  await expect.poll(() => titles(secretariat.page)).toEqual([OPEN]);
  // Each is shown at the other, to those who know of both.
  await expect(secretariat.page.locator(".meeting-links")).toContainText("Open session of");
  await at(vietnam, path);
  await expect(vietnam.page.locator(".meeting-links")).toContainText(TITLE);

  await openMeeting(observer, TITLE);
  await expect(items(observer.page)).toHaveCount(1);
  await expect(observer.page.getByRole("main")).toContainText(OPEN);
  await expect(observer.page.getByRole("textbox", { name: "Title of the item" })).toHaveCount(0);
  if (process.env.MUFAKAT_LOOK) await observer.page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/open-session.png`, fullPage: true });
  await observer.goto("/meetings");
  await expect(observer.page.getByRole("main").getByRole("link", { name: TITLE })).toHaveCount(1);
  await expect(observer.page.getByText(MEETING)).toHaveCount(0);
  await observer.goto(path);
  await expect(observer.page.getByRole("heading", { level: 1, name: "There is no such page for you" })).toBeVisible();
  await openMeeting(china, TITLE);
  await expect(items(china.page)).toHaveCount(1);
  const ours = await dump(secretariat.page);
  const id = path.split("/").pop();
  expect(ours.includes(id) || ours.includes(idInDump(id))).toBe(true);
  expect(ours.includes(inDump(CLOSED))).toBe(true);
  for (const theirs of [await dump(observer.page), await dump(china.page)]) {
    expect(theirs.includes(id) || theirs.includes(idInDump(id))).toBe(false);
    expect(theirs.includes(inDump(CLOSED))).toBe(false);
    expect(theirs.includes(inDump(TITLE))).toBe(true);
  }
});
