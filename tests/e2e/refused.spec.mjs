// What is refused is refused in clear words, and no one's words are lost by it.
import { expect, test } from "@playwright/test";
import { field, at, openProject, says, shownAt, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [cambodia, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  await Promise.all([cambodia.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openProject(cambodia);
  await at(secretariat, path);
  return { stage, cambodia, secretariat, path };
});

/** Tries to join by a link, and tells what the page says about it. */
async function tried(person, link) {
  await person.page.goto("about:blank");
  await person.page.goto(person.wire.link(link));
  await person.page.getByRole("button", { name: /^Join/ }).click();
  return person.page.getByRole("alert");
}

test("an invitation that is wrong, used or expired says so, and what to do", async () => {
  const { stage } = on;
  const stranger = await stage.person("A stranger");
  await stranger.open("/");
  const { KH } = stage.hub.links;
  const wrong = KH.replace(/#.*/, (secret) => `#${[...secret.slice(1)].reverse().join("")}`);
  await expect(await tried(stranger, wrong)).toContainText("does not know this invitation");
  await expect(await tried(stranger, KH)).toContainText("already used by another device");

  const late = await stage.hub.invite("KH", "focal-point", { days: 1 });
  await stage.hub.stop();
  stage.hub.expire();
  await stage.hub.run();
  await expect(await tried(stranger, late)).toContainText("has expired");

  // The same person is let in by a good one, on the page where it failed.
  await stranger.page.goto("about:blank");
  await stranger.page.goto(stranger.wire.link(await stage.hub.invite("KH", "focal-point")));
  await stranger.page.getByRole("button", { name: /^Join/ }).click();
  await stranger.live();
  await stranger.end();
});

test("a device whose rights were taken away while it was offline keeps its words for their author", async () => {
  const { cambodia, secretariat, path } = on;
  await cambodia.catchUp();
  await secretariat.catchUp();
  await field(cambodia.page, "Progress note").fill("Written while I was welcome.");
  await field(cambodia.page, "Progress note").blur();
  await shownAt(secretariat, "Written while I was welcome.");
  await cambodia.wire.cut();
  await cambodia.offline();

  await secretariat.goto("/people");
  const device = secretariat.page.getByRole("button", { name: /^Revoke / });
  await secretariat.page.getByRole("button", { name: /Cambodia/, expanded: false }).click();
  await device.first().click();
  await secretariat.page.getByRole("dialog").getByRole("button", { name: "Revoke the device" }).click();
  await expect(secretariat.page.getByText("The device may no longer sync.")).toBeVisible();

  await write(cambodia, field(cambodia.page, "Objective"), "Written too late.");
  await cambodia.wire.join();
  await cambodia.syncNow();
  await expect(cambodia.page.getByText("This device may no longer sync.")).toBeVisible();
  await expect(cambodia.page.getByText("What you wrote here stays readable; nothing is sent.")).toBeVisible();
  await says(cambodia.page, "Objective", /Written too late/);
  // Also after a restart.
  await cambodia.kill();
  await cambodia.open(path);
  await expect(cambodia.page.getByText("This device may no longer sync.")).toBeVisible();
  await says(cambodia.page, "Objective", /Written too late/);

  await at(secretariat, path);
  await says(secretariat.page, "Progress note", /Written while I was welcome/);
  await says(secretariat.page, "Objective", /^(?!.*too late)/);
  await secretariat.live();
});
