// Papers: added with no network, brought to the hub over a link that breaks, kept as a pack and opened offline by another
// delegation; refused for what they are and not for what they are called; and never on a device that may not have them.
import { createHash } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { at, invite, openMeeting } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";
import { dump } from "./lib/store.mjs";

const PLUS3 = "ACCSM+3 Focal Points Meeting 2020";
const SECRET = "Words of a paper for ACCSM alone.";
const OPEN = "Words of a paper for ACCSM+3.";

/** A PDF of one page that says something, and so many bytes behind it. */
function pdf(words, size) {
  const noise = Buffer.alloc(size);
  for (let at = 0, state = 7; at < size; at += 1) noise[at] = state = (state * 1_103_515_245 + 12_345) & 0xff;
  return Buffer.concat([Buffer.from(`%PDF-1.4\n%${words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]>>endobj\n`), noise]);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const note = { name: "Concept note.pdf", mimeType: "application/pdf", buffer: pdf(SECRET, 3_000_000) };
const plus3 = { name: "Forum programme.pdf", mimeType: "application/pdf", buffer: pdf(OPEN, 20_000) };

const on = staged(async (stage) => {
  const [secretariat, vietnam, china] = [await stage.person("Secretariat"), await stage.person("Viet Nam"), await stage.person("China")];
  await Promise.all([secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  await china.join(await invite(secretariat, "CN"));
  const path = `${await openMeeting(secretariat)}?tab=documents`;
  const common = `${await openMeeting(china, PLUS3)}?tab=documents`;
  return { secretariat, vietnam, china, path, common };
});

const paper = (person, title) => person.page.locator("[data-paper]").filter({ hasText: title });
const place = (person, title, word) => expect(paper(person, title)).toHaveAttribute("data-place", word, { timeout: 60_000 });
const received = async () => Number((await (await fetch(`${on.stage.hub.url}/metrics`)).text()).match(/^mufakat_file_received_bytes_total (\d+)$/m)[1]);

/** The group of papers of the first session. */
const session = (person) => person.page.locator("[data-group]").nth(1);

test("added with no network it is on this device, and says so", async () => {
  const { secretariat, path } = on;
  await at(secretariat, path);
  await expect(session(secretariat)).toBeVisible();
  await secretariat.wire.cut();
  await secretariat.offline();
  const items = session(secretariat).getByLabel("New papers belong to");
  await items.selectOption({ index: 2 });
  await session(secretariat).getByLabel("Add files").setInputFiles(note);
  await place(secretariat, "Concept note", "device");
  await expect(paper(secretariat, "Concept note")).toContainText("On this device, not on the hub yet");
  await secretariat.kill();
  await secretariat.open(path);
  await place(secretariat, "Concept note", "device");
});

test("it goes to the hub when there is one, also over a link that breaks in the middle, and no piece twice", async () => {
  const { secretariat, vietnam, path } = on;
  await at(vietnam, path);
  secretariat.wire.narrow({ rate: 400, delay: 5, loss: 0, seed: 1 });
  await secretariat.wire.join();
  await secretariat.syncNow();
  await expect(paper(secretariat, "Concept note")).toContainText("Going to the hub", { timeout: 60_000 });
  // Its name and its size come by themselves, and nothing of the file is there.
  await expect(paper(vietnam, "Concept note")).toContainText("3 MB");
  await secretariat.wire.cut();
  await secretariat.offline();
  const before = await received();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(note.buffer.length);
  secretariat.wire.wide();
  await secretariat.wire.join();
  await secretariat.syncNow();
  await place(secretariat, "Concept note", "here");
  expect(await received()).toBe(note.buffer.length);
});

test("another delegation keeps the pack, and opens the paper offline", async () => {
  const { vietnam, path } = on;
  await at(vietnam, path);
  const pack = vietnam.page.getByRole("region", { name: "Meeting pack" });
  await expect(pack).toContainText("One paper, 3 MB.");
  await pack.getByRole("button", { name: "Keep all papers offline" }).click();
  await place(vietnam, "Concept note", "here");
  await expect(pack).toContainText("All of it is on this device.");
  await vietnam.wire.cut();
  await vietnam.kill();
  await vietnam.open(path);
  await vietnam.offline();
  await expect(paper(vietnam, "Concept note")).toContainText("Kept offline");
  await vietnam.page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      window.handed = blob;
      return make(blob);
    };
  });
  const [tab] = await Promise.all([
    vietnam.page.context().waitForEvent("page"),
    paper(vietnam, "Concept note").getByRole("button", { name: /^Open/ }).click(),
  ]);
  const handed = await vietnam.page.evaluate(async () => {
    const digest = await crypto.subtle.digest("SHA-256", await window.handed.arrayBuffer());
    return [window.handed.type, [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")];
  });
  expect(handed).toEqual(["application/pdf", sha256(note.buffer)]);
  await tab.close();
  await vietnam.wire.join();
  await vietnam.live();
});

test("what is something else than its name says is refused, in words", async () => {
  const { secretariat, path } = on;
  await at(secretariat, path);
  const program = { name: "Annex.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\0 a program", "latin1") };
  await session(secretariat).getByLabel("Add files").setInputFiles(program);
  await expect(session(secretariat).getByRole("status")).toContainText("Annex.pdf was not added. Papers may be PDF, Word, Excel");
  await expect(paper(secretariat, "Annex")).toHaveCount(0);
  await session(secretariat).getByRole("button", { name: "Close" }).click();
  await expect(session(secretariat).getByText("Annex.pdf")).toHaveCount(0);
});

test("China has the paper of ACCSM+3, and of ACCSM’s neither a byte nor a word, on its wire or in its store", async () => {
  const { secretariat, vietnam, china, path, common } = on;
  await at(secretariat, common);
  await session(secretariat).getByLabel("Add files").setInputFiles(plus3);
  await place(secretariat, "Forum programme", "here");
  await at(china, common);
  await china.page.getByRole("button", { name: "Keep all papers offline" }).click();
  await place(china, "Forum programme", "here");
  await china.goto(path);
  await expect(china.page.getByRole("heading", { level: 1, name: "There is no such page for you" })).toBeVisible();

  const doc = await session(vietnam).getAttribute("data-group");
  const [ours, theirs] = [await dump(vietnam.page), await dump(china.page)];
  for (const secret of [SECRET, sha256(note.buffer), "Concept note.pdf", doc]) {
    // The search can find it where it may be.
    expect(ours.includes(secret)).toBe(true);
    expect(theirs.includes(secret)).toBe(false);
  }
  expect(theirs.includes(OPEN)).toBe(true);
  const asked = (person, hash) => person.wire.files.filter((request) => request.includes(hash)).length;
  expect(asked(vietnam, sha256(note.buffer))).toBeGreaterThan(0);
  expect(asked(china, sha256(plus3.buffer))).toBeGreaterThan(0);
  expect(china.wire.files.filter((request) => request.includes(doc) || request.includes(sha256(note.buffer)))).toEqual([]);
});

test("by keyboard alone: a paper gets another title and is withdrawn; and axe finds nothing", async () => {
  const { secretariat, path } = on;
  const { page } = secretariat;
  await at(secretariat, path);
  await expect(paper(secretariat, "Concept note")).toBeVisible();
  for (const [width, height, colorScheme] of [[1440, 1000, "light"], [1440, 1000, "dark"], [390, 844, "light"], [390, 844, "dark"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (process.env.MUFAKAT_LOOK) await page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/papers-${width}-${colorScheme}.png`, fullPage: true });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.getByRole("button", { name: "About Concept note" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "About this paper" });
  await expect(dialog.getByLabel("Title", { exact: true })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("Concept paper");
  await dialog.getByRole("button", { name: "Change" }).focus();
  await page.keyboard.press("Enter");
  await expect(paper(secretariat, "Concept paper")).toBeVisible();
  await page.getByRole("button", { name: "About Concept paper" }).focus();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Withdraw the paper" }).focus();
  await page.keyboard.press("Enter");
  await expect(paper(secretariat, "Concept paper")).toHaveCount(0);
});
