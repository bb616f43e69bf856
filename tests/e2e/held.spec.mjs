// Someone was away for weeks with words that never left the laptop. They are not sent behind their author's back: the page
// shows them, and the author sends them or puts them aside. The engine's clock is moved from outside the application.
import { expect, test } from "@playwright/test";
import { DAY, clock, withClock } from "./lib/clock.mjs";
import { at, field, openProject } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const app = withClock();
test.afterAll(() => app.end());

const on = staged(
  async (stage) => {
    const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
    await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
    const path = await openProject(cambodia);
    await at(secretariat, path);
    return { cambodia, secretariat, path };
  },
  { app: app.folder },
);

const record = (person) => expect(person.page.locator("main[data-record]"));

/** Writes without a network, and lets the days go by. */
async function wrote(person, words, days) {
  await person.wire.cut();
  await person.offline();
  await field(person.page, "Venue").fill(words);
  await field(person.page, "Venue").blur();
  await record(person).toHaveAttribute("data-sync", "device");
  await clock(person, days * DAY);
}

test("words of fifteen days ago wait for their author, who sends them", async () => {
  const { cambodia, secretariat, path } = on;
  await wrote(cambodia, "Takeo", 15);
  await expect(cambodia.page.getByRole("link", { name: "Look at it" })).toBeVisible();
  await cambodia.wire.join();
  await cambodia.syncNow();
  await cambodia.page.locator('[data-link="live"], [data-link="http"]').first().waitFor();
  await expect(field(secretariat.page, "Venue")).toHaveValue("");

  await cambodia.page.getByRole("link", { name: "Look at it" }).click();
  const held = cambodia.page.locator("#held");
  await expect(held).toContainText("Takeo");
  await held.getByRole("button", { name: "Send" }).click();
  await expect(held).toHaveCount(0);
  await expect(field(secretariat.page, "Venue")).toHaveValue("Takeo");
  await at(cambodia, path);
});

test("words that are put aside leave the page and stay with their author", async () => {
  const { cambodia, secretariat, path } = on;
  await wrote(cambodia, "Pailin", 31);
  await cambodia.wire.join();
  await cambodia.syncNow();
  await cambodia.page.getByRole("link", { name: "Look at it" }).click();
  const held = cambodia.page.locator("#held");
  await held.getByRole("button", { name: "Put aside" }).click();
  await expect(held).toHaveCount(0);
  await expect(cambodia.page.getByRole("main")).toContainText("Pailin");
  await at(cambodia, path);
  await expect(field(cambodia.page, "Venue")).toHaveValue("Takeo");
  await expect(field(secretariat.page, "Venue")).toHaveValue("Takeo");
});
