// Two tabs of one person are two windows on one device: one engine, one connection, the same words.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const cambodia = await stage.person("Cambodia", await stage.wire());
  const secretariat = await stage.person("Secretariat");
  await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openProject(cambodia);
  await at(secretariat, path);
  return { wire: cambodia.wire, cambodia, secretariat, path };
});

const note = (page) => field(page, "Progress note");

test("each tab shows what the other writes, also in the same field at once", async () => {
  const { cambodia, path } = on;
  on.second = await cambodia.tab(path);
  await note(cambodia.page).fill("From the first tab.");
  await says(on.second, "Progress note", /From the first tab/);
  // Both have the field open.
  await note(on.second).focus();
  await note(on.second).press("ControlOrMeta+Home");
  await on.second.keyboard.insertText("From the second tab. ");
  await says(cambodia.page, "Progress note", /^From the second tab\. From the first tab\.$/);
  await note(cambodia.page).focus();
  await note(cambodia.page).press("ControlOrMeta+End");
  await cambodia.page.keyboard.insertText(" And the end.");
  for (const page of [cambodia.page, on.second]) {
    await says(page, "Progress note", /^From the second tab\. From the first tab\. And the end\.$/);
  }
  await field(on.second, "Venue").fill("Phnom Penh");
  await field(on.second, "Venue").blur();
  await expect(field(cambodia.page, "Venue")).toHaveValue("Phnom Penh");
});

test("there is one engine and one connection", async () => {
  const { cambodia, wire } = on;
  const browser = await cambodia.browserSession();
  const { targetInfos } = await browser.send("Target.getTargets");
  expect(targetInfos.filter((target) => target.type === "shared_worker")).toHaveLength(1);
  expect(targetInfos.filter((target) => target.type === "page" && target.url.startsWith(wire.url))).toHaveLength(2);
  expect(wire.streams).toBe(1);
});

test("closing the first tab leaves the second one working", async () => {
  const { cambodia, secretariat, second, wire } = on;
  await cambodia.page.close();
  cambodia.page = second;
  await field(second, "Objective").fill("Written in the tab that stayed.");
  await field(second, "Objective").blur();
  await shownAt(secretariat, "Written in the tab that stayed.");
  await expect.poll(() => unsent(cambodia)).toBe(0);
  expect(wire.streams).toBe(1);
});

test("a page that is loaded anew is linked without a word of being offline", async () => {
  const { cambodia, path } = on;
  const { page } = cambodia;
  await page.addInitScript(() => {
    self.links = [];
    const look = () => {
      const link = document.querySelector("[data-link]")?.dataset.link;
      if (link && self.links.at(-1) !== link) self.links.push(link);
      requestAnimationFrame(look);
    };
    look();
  });
  // The engine may stay or start anew; either way the browser cut its stream with the last page.
  for (let n = 0; n < 3; n += 1) {
    await at(cambodia, path);
    await cambodia.live();
    expect(await page.evaluate(() => self.links)).not.toContain("offline");
  }
});
