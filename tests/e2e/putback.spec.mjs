// The hub's data is put back to an earlier copy under people who are at work: every word comes back from their laptops, by
// itself, and no mark claims what the hub has not got.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, vietnam] = [await stage.person("Cambodia"), await stage.person("Viet Nam")];
  await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  const path = await openProject(cambodia);
  await at(vietnam, path);
  return { stage, cambodia, vietnam, path };
});

const main = (person) => person.page.locator("main");

/** Writes a field and waits until the hub has it. */
async function put(person, label, words) {
  await field(person.page, label).fill(words);
  await field(person.page, label).blur();
  await expect(main(person)).toHaveAttribute("data-sync", /hub|seen/);
}

/** Writes down every mark that the page's record goes through. */
const watch = (person) =>
  person.page.evaluate(() => {
    self.told = [];
    const tell = () => {
      const mark = document.querySelector("main").dataset.sync;
      if (self.told.at(-1) !== mark) self.told.push(mark);
    };
    new MutationObserver(tell).observe(document.body, { attributes: true, subtree: true, attributeFilter: ["data-sync"] });
  });

test("one delegation alone brings back what all of them wrote", async () => {
  const { stage, cambodia, vietnam, path } = on;
  await put(cambodia, "Progress note", "Before the copy was made.");
  await shownAt(vietnam, "Before the copy was made.");
  await stage.hub.stop();
  stage.hub.keepCopy();
  await stage.hub.run();
  await Promise.all([cambodia.catchUp(), vietnam.catchUp()]);

  await put(cambodia, "Objective", "After the copy was made.");
  await shownAt(vietnam, "After the copy was made.");
  // Somebody joins afterwards: the hub that comes back has never heard of them.
  on.secretariat = await stage.person("Secretariat");
  await on.secretariat.join(stage.hub.links.ASEC);
  await at(on.secretariat, path);
  await says(on.secretariat.page, "Objective", /After the copy was made\./);

  // Its author is cut off while it happens.
  await cambodia.wire.cut();
  await cambodia.offline();
  await stage.hub.stop();
  stage.hub.putBack();
  await watch(vietnam);
  await stage.hub.run();
  await vietnam.catchUp();
  await expect(main(vietnam)).toHaveAttribute("data-sync", /hub|seen/);
  await says(vietnam.page, "Objective", /After the copy was made\./);
  const told = await vietnam.page.evaluate(() => self.told);
  expect(told, "the hub had not got it, and that was said").toContain("device");
  expect(told.at(-1)).toMatch(/hub|seen/);
});

test("who joined after the copy was made goes on without an invitation", async () => {
  const { secretariat } = on;
  await secretariat.catchUp();
  await says(secretariat.page, "Objective", /After the copy was made\./);
  await says(secretariat.page, "Progress note", /Before the copy was made\./);
});

test("its author comes back, nothing is there twice, and work goes on", async () => {
  const { cambodia, vietnam, secretariat } = on;
  await cambodia.wire.join();
  await cambodia.catchUp();
  for (const person of [cambodia, vietnam, secretariat]) {
    await says(person.page, "Progress note", /^\s*Before the copy was made\.\s*$/);
    await says(person.page, "Objective", /^\s*After the copy was made\.\s*$/);
    await expect(main(person)).toHaveAttribute("data-sync", /hub|seen/);
  }
  await put(cambodia, "Progress note", "And on.");
  await Promise.all([shownAt(vietnam, "And on."), shownAt(secretariat, "And on.")]);
  await expect(main(cambodia)).toHaveAttribute("data-sync", "seen");
});
