// Delegations: each party writes its own list, offline too; everybody reads who comes and how many; what goes with it reaches the
// host and nobody else, on no wire and in no store.
import { createHash } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { at, invite, kept, openMeeting } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";
import { dump, heard, idInDump } from "./lib/store.mjs";

const DIET = "No groundnuts for this guest";
const FLIGHT = "Flight of the guest without groundnuts";
const EIGHT = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"].map((number) => `Delegate ${number}`);

const on = staged(async (stage) => {
  const people = await Promise.all(["Secretariat", "Cambodia", "Viet Nam", "Thailand"].map((name) => stage.person(name)));
  const [secretariat, cambodia, vietnam, thailand] = people;
  const { ASEC, KH, VN } = stage.hub.links;
  await Promise.all([secretariat.join(ASEC), cambodia.join(KH), vietnam.join(VN)]);
  await thailand.join(await invite(secretariat, "TH"));
  const meeting = await openMeeting(secretariat);
  const path = `${meeting}?tab=delegations`;
  await secretariat.page.getByText("Meeting facts").click();
  await secretariat.page.getByLabel("Host", { exact: true }).selectOption({ label: "Viet Nam" });
  await kept(secretariat);
  await secretariat.live();
  for (const person of people) await at(person, path);
  await expect(cambodia.page.getByRole("button", { name: "Tell Viet Nam" })).toBeVisible();
  return { secretariat, cambodia, vietnam, thailand, path, doc: meeting.split("/").pop() };
});

const row = (person, party) => person.page.locator(`tr[data-party="${party}"]`);
const list = (person) => person.page.getByRole("region", { name: "Your delegation" });
const people = (person) => list(person).getByRole("listitem");
const names = (person) => people(person).getByLabel("Name", { exact: true }).evaluateAll((fields) => fields.map((field) => field.value));
const one = (person, name) => people(person).filter({ has: person.page.getByRole("button", { name: `Remove ${name}`, exact: true }) });
const told = (person) => person.page.getByRole("region", { name: "What delegations tell you as the host" });

/** The id that every device derives for what one party tells the host of a meeting. */
function logistics(party, meeting, host) {
  const hash = createHash("sha256");
  for (const part of ["logistics", party, meeting, host]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hash.update(length).update(part);
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

test("delegations stand in the order of seats on the day of the meeting", async () => {
  const { vietnam } = on;
  const parties = await vietnam.page.locator("tr[data-party]").evaluateAll((rows) => rows.map((one) => one.dataset.party));
  // Thailand was in the Chair in 2020, and Timor-Leste no member.
  expect(parties).toEqual(["TH", "BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "VN", "ASEC"]);
  await expect(row(vietnam, "TH")).toContainText("In the Chair");
});

test("offline and by keyboard alone Cambodia enters eight people, and what the host has to know", async () => {
  const { cambodia } = on;
  const { page } = cambodia;
  await cambodia.wire.cut();
  await cambodia.offline();
  await page.getByLabel("Name of the next person").focus();
  for (const name of EIGHT) {
    await page.keyboard.insertText(name);
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Name of the next person")).toHaveValue("");
  }
  await expect(people(cambodia)).toHaveCount(8);
  expect(await names(cambodia)).toEqual(EIGHT);
  await expect(one(cambodia, "Delegate One").getByRole("combobox").first()).toHaveValue("head");
  const title = one(cambodia, "Delegate One").getByLabel("Title", { exact: true });
  await title.fill("Under Secretary of State");
  await title.press("Enter");
  await page.getByRole("button", { name: "Tell Viet Nam" }).press("Enter");
  const first = page.locator(".logistics details").first();
  await first.locator("summary").press("Enter");
  for (const [label, words] of [["Arrives", "soon"], ["Arrives by", FLIGHT], ["Diet", DIET]]) {
    await first.getByLabel(label, { exact: true }).fill(words);
    await first.getByLabel(label, { exact: true }).press("Tab");
  }
  await expect(first.getByText("Write a day, and a time if you know it")).toBeVisible();
  await first.getByLabel("Arrives", { exact: true }).fill("2020-11-16 9:30");
  await first.getByLabel("Arrives", { exact: true }).press("Tab");
  await expect(first.locator("summary")).toContainText(`2020-11-16 09:30, ${FLIGHT}, ${DIET}`);
  await kept(cambodia);
  await cambodia.kill();
  await cambodia.open(on.path);
  await cambodia.offline();
  await expect(people(cambodia)).toHaveCount(8);
  await expect(cambodia.page.locator(".logistics summary").first()).toContainText(DIET);
});

test("back on the network the host has all of it, the others the list and its size", async () => {
  const { secretariat, cambodia, vietnam, thailand } = on;
  for (const person of [secretariat, vietnam, thailand]) person.wire.heard = [];
  await cambodia.wire.join();
  await cambodia.catchUp();
  for (const person of [secretariat, vietnam, thailand]) {
    await expect(row(person, "KH")).toContainText("8 people");
    await expect(row(person, "KH")).toContainText("Delegate One");
    await row(person, "KH").locator("summary").click();
    await expect(row(person, "KH").getByRole("listitem")).toHaveCount(8);
    await expect(row(person, "KH").getByRole("listitem").first()).toContainText("Delegate One, Under Secretary of State");
    await expect(person.page.locator(".totals")).toContainText("8 people");
  }
  await expect(told(vietnam)).toContainText("Told of 1 of 8 people");
  await expect(told(vietnam).getByRole("row").filter({ hasText: "Delegate One" })).toContainText(["2020-11-16 09:30", FLIGHT, DIET].join(""));
  for (const person of [secretariat, thailand]) await expect(told(person)).toHaveCount(0);
});

test("neither Thailand nor the Secretariat has a byte of it, on the wire or in the store, nor that it is there", async () => {
  const { secretariat, vietnam, thailand, doc } = on;
  const id = logistics("KH", doc, "VN");
  const secrets = [DIET, FLIGHT, id, idInDump(id)];
  const store = async (person) => dump(person.page);
  const wire = async (person) => heard(person.wire.heard);
  for (const search of [store, wire]) {
    const host = await search(vietnam);
    // The search finds it where it may be.
    expect(host.includes(DIET) && host.includes(FLIGHT)).toBe(true);
    expect(host.includes(id) || host.includes(idInDump(id))).toBe(true);
    for (const person of [secretariat, thailand]) {
      const theirs = await search(person);
      expect(theirs.includes("Under Secretary of State")).toBe(true);
      for (const secret of secrets) expect(theirs.includes(secret)).toBe(false);
    }
  }
});

test("head, alternate and member are one’s own to say, and the order within them, by keyboard", async () => {
  const { cambodia, vietnam } = on;
  const { page } = cambodia;
  const say = (name, part) => one(cambodia, name).getByRole("combobox").first().selectOption(part);
  await say("Delegate Three", "alternate");
  await expect.poll(() => names(cambodia)).toEqual(["One", "Three", "Two", "Four", "Five", "Six", "Seven", "Eight"].map((n) => `Delegate ${n}`));
  await page.getByRole("button", { name: "Move up: Delegate Eight" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await names(cambodia)).indexOf("Delegate Eight")).toBe(6);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await names(cambodia)).indexOf("Delegate Eight")).toBe(5);
  await say("Delegate Two", "head");
  await expect(list(cambodia)).toContainText("2 people lead the delegation");
  await say("Delegate Two", "member");
  await expect(list(cambodia)).not.toContainText("2 people lead the delegation");
  await page.getByRole("button", { name: "Remove Delegate Seven" }).press("Enter");
  await expect(people(cambodia)).toHaveCount(7);
  await expect(row(vietnam, "KH")).toContainText("7 people");
  await expect(row(vietnam, "KH").getByRole("listitem").nth(1)).toContainText("Delegate Three");
  await expect(row(vietnam, "KH").getByRole("listitem").nth(1)).toContainText("Alternate");
  // Nobody writes another's list.
  await expect(list(vietnam).getByText("Delegate")).toHaveCount(0);
});

test("while the meeting sits each party marks who attends, and the roll is called", async () => {
  const { secretariat, cambodia, vietnam, thailand } = on;
  await cambodia.page.getByRole("checkbox", { name: "Delegate One attended" }).check();
  await cambodia.page.getByRole("checkbox", { name: "Delegate Three attended" }).check();
  const roll = ({ page }) => page.getByRole("checkbox", { name: "Cambodia answered the roll call" });
  const answered = roll(secretariat);
  // Thailand was in the Chair of this meeting and calls its roll too; Viet Nam reads what was answered.
  await expect(roll(thailand)).not.toBeChecked();
  await expect(row(vietnam, "KH").getByRole("checkbox")).toHaveCount(0);
  await answered.check();
  await expect(roll(thailand)).toBeChecked();
  for (const person of [vietnam, thailand]) await expect(row(person, "KH")).toContainText("2 of 7");
  await expect(row(vietnam, "KH")).toContainText("Present");
  await expect(row(vietnam, "VN")).not.toContainText("Present");
  await answered.uncheck();
  await expect(row(vietnam, "KH")).not.toContainText("Present");
});

test("axe finds nothing in any look", async () => {
  const { secretariat, cambodia, vietnam } = on;
  for (const [name, { page }] of Object.entries({ secretariat, cambodia, vietnam })) {
    for (const [width, height, colorScheme] of [[1440, 1000, "light"], [1440, 1000, "dark"], [390, 844, "light"], [390, 844, "dark"]]) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (process.env.MUFAKAT_LOOK) await page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/delegations-${name}-${width}-${colorScheme}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
  }
});
