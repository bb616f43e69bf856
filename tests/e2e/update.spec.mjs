// A new version of the application waits until the person says so, and takes no word away from any tab.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { settle } from "./lib/places.mjs";
import { at, field, openMeeting, openProject, says, shownAt, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const app = new AppCopy();
test.afterAll(() => app.end());

const on = staged(
  async (stage) => {
    const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
    await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
    const meeting = await openMeeting(cambodia);
    const project = await openProject(cambodia);
    const second = await cambodia.tab(meeting);
    await at(secretariat, project);
    return { cambodia, secretariat, project, meeting, second };
  },
  { app: app.folder },
);

const build = (page) => page.evaluate(() => document.querySelector("meta[name=build]").content);
const look = (page) => page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => true));
const offer = (page) => page.getByRole("button", { name: "Start it now" }).first();

test("it waits, over reloads too, while the old version goes on", async () => {
  const { cambodia, secretariat, second } = on;
  on.old = app.build;
  expect(await build(cambodia.page)).toBe(on.old);
  on.next = app.rename();
  await look(cambodia.page);
  for (const page of [cambodia.page, second]) await expect(offer(page)).toBeVisible();
  await cambodia.page.reload();
  await expect(offer(cambodia.page)).toBeVisible();
  expect(await build(cambodia.page)).toBe(on.old);
  // Work goes on in the old version, up to the hub and from it.
  await field(cambodia.page, "Objective").fill("Written in the old version.");
  await shownAt(secretariat, "Written in the old version.");
  // Put off, it is not asked again on this page, and stays where it can be found.
  await second.getByRole("button", { name: "Later" }).click();
  await expect(offer(second)).toBeHidden();
});

test("it starts when the person says so, in every tab, and no word is lost in any", async () => {
  const { cambodia, project, meeting, second, old, next } = on;
  await cambodia.live();
  await cambodia.wire.cut();
  await cambodia.offline();
  const note = field(cambodia.page, "Progress note");
  await note.focus();
  await note.press("ControlOrMeta+End");
  // In the other tab a line is typed and neither left nor yet saved; in this one prose; then the button at once.
  const title = second.getByRole("textbox", { name: "Title of the item" }).nth(2);
  const was = await title.inputValue();
  await title.focus();
  await title.press("End");
  const started = [cambodia.page, second].map((page) =>
    page.waitForFunction((next) => document.querySelector("meta[name=build]")?.content === next, next),
  );
  await second.keyboard.insertText(" and the last word of the other tab");
  await cambodia.page.keyboard.insertText("The last word before the new version.");
  await offer(cambodia.page).click();
  await Promise.all(started);
  await says(cambodia.page, "Progress note", /The last word before the new version\./);
  await expect(second.getByRole("textbox", { name: "Title of the item" }).nth(2)).toHaveValue(`${was} and the last word of the other tab`);
  expect(await unsent(cambodia)).toBe(2);
  expect(new URL(cambodia.page.url()).pathname).toBe(project);
  expect(new URL(second.url()).pathname).toBe(meeting);
  expect(await build(cambodia.page)).not.toBe(old);
});

test("engine and kept files are of the new version, nothing of the old one is left, and the words arrive", async () => {
  const { cambodia, secretariat, next } = on;
  await settle(cambodia, "/settings");
  await expect(cambodia.page.getByText(next, { exact: true })).toBeVisible();
  const caches = await cambodia.page.evaluate(() => self.caches.keys());
  expect(caches.filter((name) => name.startsWith("mufakat-app-"))).toEqual([`mufakat-app-${next}`]);
  await cambodia.wire.join();
  await cambodia.catchUp();
  await shownAt(secretariat, "The last word before the new version.");
  // It starts cold without a network as the old one did.
  await cambodia.wire.cut();
  await cambodia.kill();
  await cambodia.open("/plans");
  await expect(cambodia.page.getByRole("heading", { level: 1 })).toHaveText("Work plans");
  expect(await build(cambodia.page)).toBe(next);
});
