// The browser dies while someone types. What was shown as on this device is there; of what was being typed at most the last
// second is gone. Offline, so that nothing can come back from the hub.
import { expect, test } from "@playwright/test";
import { at, field, items, kept, openMeeting, openProject, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const LOST_AT_MOST = 1_000;

const on = staged(async (stage) => {
  const cambodia = await stage.person("Cambodia");
  await cambodia.join(stage.hub.links.KH);
  const [project, meeting] = [await openProject(cambodia), await openMeeting(cambodia)];
  await cambodia.wire.cut();
  await cambodia.offline();
  return { cambodia, project, meeting };
});

/** Types without a pause for two seconds and a half, then the browser is gone. Tells what had been typed, and when. */
async function typeAndDie(person, control) {
  const before = (await control.inputValue()).trim();
  await control.focus();
  await control.press("ControlOrMeta+End");
  const typed = [];
  const until = Date.now() + 2_500;
  for (let n = 0; Date.now() < until; n += 1) {
    for (const key of ` ${n}`) {
      await person.page.keyboard.insertText(key);
      typed.push({ key, at: Date.now() });
    }
  }
  const died = Date.now();
  await person.kill();
  const words = (upTo) => before + typed.filter(({ at }) => at <= upTo).map(({ key }) => key).join("");
  return { promised: words(died - LOST_AT_MOST), all: words(died) };
}

async function check(person, control, { promised, all }) {
  await expect(control).toHaveValue(/\d/);
  const found = await control.inputValue();
  console.log(`  ${all.length} characters typed, ${promised.length} of them promised, ${found.length} found`);
  expect(all.startsWith(found.trimEnd())).toBe(true);
  expect(found.trimEnd().length).toBeGreaterThanOrEqual(promised.trimEnd().length);
}

test("running text", async () => {
  const { cambodia, project } = on;
  await at(cambodia, project);
  const note = () => field(cambodia.page, "Progress note");
  await write(cambodia, note(), "Kept.");
  const typed = await typeAndDie(cambodia, note());
  await cambodia.open(project);
  await check(cambodia, note(), typed);
});

test("a line", async () => {
  const { cambodia, project } = on;
  await at(cambodia, project);
  const venue = () => field(cambodia.page, "Venue");
  await write(cambodia, venue(), "Phnom Penh");
  const typed = await typeAndDie(cambodia, venue());
  await cambodia.open(project);
  await check(cambodia, venue(), typed);
});

test("the title of an agenda item", async () => {
  const { cambodia, meeting } = on;
  await at(cambodia, meeting);
  const title = () => items(cambodia.page).nth(2).getByRole("textbox", { name: "Title of the item" });
  await write(cambodia, title(), " item");
  const typed = await typeAndDie(cambodia, title());
  await cambodia.open(meeting);
  await check(cambodia, title(), typed);
});

test("a comment that was shown as kept, and a second one that was just being said", async () => {
  const { cambodia, project } = on;
  await at(cambodia, project);
  const say = async (words) => {
    await field(cambodia.page, "Your comment").fill(words);
    await cambodia.page.getByRole("button", { name: "Add comment" }).click();
  };
  const comment = (words) => cambodia.page.getByRole("listitem").filter({ hasText: words });
  const before = await unsent(cambodia);
  await say("Said and kept.");
  await expect(comment("Said and kept.")).toHaveAttribute("data-sync", "device");
  expect(await unsent(cambodia)).toBeGreaterThan(before);
  await kept(cambodia);
  await say("Said at the last moment.");
  await cambodia.kill();
  await cambodia.open(project);
  await expect(comment("Said and kept.")).toHaveCount(1);
  // The other may be there or not, but whole and once.
  expect(await comment("Said at the").count()).toBeLessThanOrEqual(1);
});
