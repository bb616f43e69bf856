// The Secretariat reads when each delegation was last in contact, and which records it has not got yet.
import { expect, test } from "@playwright/test";
import { PROJECT, field, openProject } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const [secretariat, cambodia, vietnam] = await Promise.all(["ASEAN Secretariat", "Cambodia", "Viet Nam"].map((name) => stage.person(name)));
  await Promise.all([secretariat.join(stage.hub.links.ASEC), cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
  return { secretariat, cambodia, vietnam };
});

const row = (person, party) => person.page.locator(`main tr[data-record="${party}"]`);
const seen = (person, party) => row(person, party).locator(".p-seen");

test("a delegation that is in contact has seen all, and one that never was is told apart", async () => {
  const { secretariat } = on;
  await secretariat.goto("/people");
  for (const party of ["KH", "VN"]) {
    await expect(seen(secretariat, party)).toHaveText("all seen");
    await expect(row(secretariat, party).locator(".p-last")).toHaveText(/^today, \d\d:\d\d$/);
  }
  await expect(seen(secretariat, "TH")).toHaveText("no contact yet");
  await expect(row(secretariat, "TH").locator(".p-last")).toHaveText("");
});

test("what it has not got is named, and leads to the page where it is read", async () => {
  const { secretariat, cambodia, vietnam } = on;
  await vietnam.wire.cut();
  await vietnam.offline();
  const path = await openProject(cambodia);
  await field(cambodia.page, "Progress note").fill("Written while Viet Nam was away.");
  await field(cambodia.page, "Progress note").blur();
  await cambodia.live();
  await expect(seen(secretariat, "VN")).toHaveText("1 record to come");
  await expect(seen(secretariat, "KH")).toHaveText("all seen");
  await row(secretariat, "VN").getByRole("button").click();
  const unseen = secretariat.page.locator("dd.unseen");
  await expect(unseen.getByRole("link", { name: PROJECT, exact: true })).toHaveAttribute("href", path);
});

test("it is gone from the list once it is there", async () => {
  const { secretariat, vietnam } = on;
  await vietnam.wire.join();
  await vietnam.catchUp();
  await expect(seen(secretariat, "VN")).toHaveText("all seen");
  await expect(secretariat.page.locator("dd.unseen")).toHaveCount(0);
});
