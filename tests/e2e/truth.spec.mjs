// Green is earned: while the hub's answers are lost on the way, nothing is called sent, though every connection is open.
import { expect, test } from "@playwright/test";
import { at, field, openProject, says, shownAt, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, vietnam] = [await stage.person("Cambodia", await stage.wire()), await stage.person("Viet Nam")];
  await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  const path = await openProject(cambodia);
  await at(vietnam, path);
  return { cambodia, vietnam, wire: cambodia.wire };
});

/** Writes down every state that the page's record and the header go through. */
const watch = (page) =>
  page.evaluate(() => {
    self.told = [];
    const tell = () => {
      const unsent = Number(document.querySelector("[data-unsent]").dataset.unsent);
      self.told.push({ mark: document.querySelector("main").dataset.sync, unsent });
    };
    new MutationObserver(tell).observe(document.body, { attributes: true, subtree: true, attributeFilter: ["data-sync", "data-unsent"] });
  });

test("a lost answer is not an answer", async () => {
  const { cambodia, vietnam, wire } = on;
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", /hub|seen/);
  wire.swallow = true;
  await watch(cambodia.page);
  await field(cambodia.page, "Progress note").fill("The answer to this is lost.");
  await field(cambodia.page, "Progress note").blur();
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "device");
  // By now the hub has it and has answered: another delegation reads it.
  await shownAt(vietnam, "The answer to this is lost.");
  await field(cambodia.page, "Objective").fill("Neither is this one heard of.");
  await field(cambodia.page, "Objective").blur();
  await expect.poll(() => unsent(cambodia)).toBeGreaterThan(1);
  expect(wire.streams).toBe(1);

  const told = await cambodia.page.evaluate(() => self.told);
  // From the moment the page knows of the edit.
  const first = told.findIndex(({ mark, unsent }) => unsent > 0 && /pending|device/.test(mark));
  expect(first).toBeGreaterThanOrEqual(0);
  for (const { mark, unsent } of told.slice(first)) {
    expect(unsent).toBeGreaterThan(0);
    expect(mark).not.toMatch(/hub|seen/);
  }
});

test("when answers come again it turns, and nothing was written twice", async () => {
  const { cambodia, vietnam, wire } = on;
  wire.swallow = false;
  await cambodia.catchUp();
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "seen");
  for (const { page } of [cambodia, vietnam]) {
    await says(page, "Progress note", /^\s*The answer to this is lost\.\s*$/);
    await says(page, "Objective", /^\s*Neither is this one heard of\.\s*$/);
  }
});

test("a hub that dies between taking words and saying so has them once", async () => {
  const { stage, cambodia, vietnam, wire } = on;
  wire.swallow = true;
  await field(cambodia.page, "Venue").fill("Taken, and not said.");
  await field(cambodia.page, "Venue").blur();
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "device");
  // It is committed: another delegation reads it.
  await says(vietnam.page, "Venue", /Taken, and not said\./);
  await stage.hub.stop("SIGKILL");
  wire.swallow = false;
  await stage.hub.run();
  await Promise.all([cambodia.catchUp(), vietnam.catchUp()]);
  await expect(cambodia.page.locator("main")).toHaveAttribute("data-sync", "seen");
  for (const { page } of [cambodia, vietnam]) await says(page, "Venue", /^\s*Taken, and not said\.\s*$/);
});
