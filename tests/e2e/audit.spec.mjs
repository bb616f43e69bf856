// The log of the hub: the Secretariat reads every accepted and refused change, filters it, has it verified and takes it along as
// a file; nobody else is shown any of it, and without the hub the page says whose it is.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { look } from "./lib/look.mjs";
import { at, field, openPlan, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const TITLE = "A study of exchanges";
const SECRET = "Not for others yet";

const on = staged(async (stage) => {
  const names = ["Viet Nam", "Cambodia", "Secretariat", "Second of the Secretariat"];
  const [vietnam, cambodia, secretariat, second] = await Promise.all(names.map((name) => stage.person(name)));
  const { VN, KH, ASEC } = stage.hub.links;
  const link = await stage.hub.invite("ASEC", "secretariat");
  await Promise.all([vietnam.join(VN), cambodia.join(KH), secretariat.join(ASEC), second.join(link)]);
  return { stage, vietnam, cambodia, secretariat, second };
});

const rows = (person) => person.page.getByRole("table", { name: "Entries, the newest first" }).locator("tbody").getByRole("row");
const choice = (person, name) => person.page.locator(".filters").getByRole("combobox", { name });
const open = async (person) => {
  await person.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People", exact: true }).click();
  await person.page.getByRole("link", { name: "Log of the hub" }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toHaveText("Log of the hub");
};

async function begin(person, title, press) {
  await openPlan(person);
  await person.page.getByRole("button", { name: "New project" }).click();
  const dialog = person.page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill(title);
  await dialog.getByRole("button", { name: press }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(title);
  await person.catchUp();
}

test("a focal point has no way to the log, and at its address is told so and shown nothing", async () => {
  const { cambodia } = on;
  await cambodia.goto("/people");
  await expect(cambodia.page.getByRole("button", { name: "Invite" })).toBeVisible();
  await expect(cambodia.page.getByRole("link", { name: "Log of the hub" })).toHaveCount(0);
  await cambodia.goto("/audit");
  await expect(cambodia.page.getByRole("main")).toContainText("The log is for the ASEAN Secretariat");
  await expect(cambodia.page.getByRole("table")).toHaveCount(0);
  await look(cambodia.page, "audit-not-yours", false);
});

test("the Secretariat reads who brought what and when, also what was refused, and not what others keep to themselves", async () => {
  const { vietnam, cambodia, secretariat, second } = on;
  await begin(cambodia, SECRET, "Draft privately with my delegation");
  await begin(vietnam, TITLE, "Propose this project");
  await field(vietnam.page, "Priority area").selectOption({ index: 5 });
  await vietnam.catchUp();
  const path = new URL(vietnam.page.url()).pathname;
  for (const person of [secretariat, second]) {
    await at(person, path);
    await expect(field(person.page, "Number to give")).toHaveValue(/PA5/);
  }
  // Two give it two numbers apart: one is taken, the other refused.
  await second.wire.cut();
  await second.offline();
  const offered = await field(second.page, "Number to give").inputValue();
  await field(second.page, "Number to give").fill(offered.replace(/\d\d$/, "77"));
  await second.page.getByRole("button", { name: "Assign number" }).click();
  await expect.poll(() => unsent(second)).toBeGreaterThan(0);
  await secretariat.page.getByRole("button", { name: "Assign number" }).click();
  await secretariat.live();
  await second.wire.join();
  await second.syncNow();
  await second.live();
  await second.goto("/changes");
  await expect(second.page.locator("#refused")).toContainText("This number was given to another project");

  await open(secretariat);
  await expect(rows(secretariat)).toHaveCount(100);
  const heard = secretariat.page.locator(".head-facts");
  await expect(heard).toContainText(/\d+ entries\./);
  await expect(rows(secretariat).filter({ hasText: TITLE }).first()).toContainText(/Number given: Project.*ASEC.*Secretariat/);
  await expect(rows(secretariat).filter({ hasText: TITLE }).filter({ hasText: "VN" }).first()).toContainText(/Change: Project.*Focal Point/);
  await look(secretariat.page, "audit", false);
  const before = Number(await rows(secretariat).last().getAttribute("data-number"));
  await secretariat.page.getByRole("button", { name: "Older ones" }).click();
  await expect.poll(() => rows(secretariat).count()).toBeGreaterThan(100);
  await expect(rows(secretariat).nth(100)).toHaveAttribute("data-number", String(before - 1));

  await choice(secretariat, "Outcome").selectOption({ label: "Refused" });
  await expect(rows(secretariat)).toHaveCount(1, { timeout: 10_000 });
  await expect(rows(secretariat)).toContainText(new RegExp(`${TITLE}.*Number given: Project.*The number was given before`));
  await expect(rows(secretariat)).toContainText("ASEC");
  await look(secretariat.page, "audit-refused", false);
  await secretariat.page.getByRole("link", { name: "Show everything" }).click();

  await choice(secretariat, "Delegation").selectOption("KH");
  await expect(rows(secretariat).filter({ hasText: "Something that you may not read" }).first()).toBeVisible();
  await expect(rows(secretariat).filter({ hasNotText: "KH" })).toHaveCount(0);
  await expect(secretariat.page.getByRole("main")).not.toContainText(SECRET);
  await look(secretariat.page, "audit-party", false);
});

test("what is asked stands in the address: a party, a document, a person, a device and a day", async () => {
  const { secretariat } = on;
  const { page } = secretariat;
  await secretariat.goto("/audit?party=VN");
  await expect(choice(secretariat, "Delegation").locator("option:checked")).toHaveText("Viet Nam");
  const line = rows(secretariat).filter({ hasText: TITLE }).first();
  await line.getByRole("link", { name: "Only this document" }).click();
  await expect(page).toHaveURL(/document=[0-9a-f-]{36}&party=VN/);
  await expect(rows(secretariat).filter({ hasNotText: TITLE })).toHaveCount(0);
  await expect(page.locator(".filters .chip")).toContainText(TITLE);
  await choice(secretariat, "Delegation").selectOption("");
  await expect(rows(secretariat).filter({ hasText: "ASEC" }).first()).toContainText("Number given");
  await page.getByRole("link", { name: "Not only this: Document" }).click();
  await expect(page).toHaveURL(/\/audit$/);

  for (const [column, name] of [[".audit-by", "person"], [".audit-from", "device"]]) {
    const link = rows(secretariat).first().locator(column).getByRole("link");
    const words = await link.textContent();
    await link.click();
    await expect(page).toHaveURL(new RegExp(`${name}=`));
    await expect(page.locator(".filters .chip")).toContainText(words);
    await expect(rows(secretariat).first().locator(column)).toContainText(words);
    await page.getByRole("link", { name: "Show everything" }).click();
  }
  await look(page, "audit-filtered", false);
  await field(page, "To").fill("2019-12-31");
  await expect(page).toHaveURL(/to=2019-12-31/);
  await expect(page.getByRole("main")).toContainText("Nothing fits");
  await field(page, "To").fill("");
  await expect(rows(secretariat)).toHaveCount(100);
});

test("the hub verifies its log, and the page says what it found", async () => {
  const { secretariat } = on;
  const { page } = secretariat;
  const entries = Number((await page.locator(".head-facts").textContent()).match(/(\d+) entries/)[1]);
  await page.getByRole("button", { name: "Verify" }).click();
  const told = page.locator(".audit-check");
  await expect(told).toContainText(new RegExp(`Whole: ${entries} entries without a gap`), { timeout: 30_000 });
  await expect(told).toContainText(/\d+ documents were loaded/);
  await look(page, "audit-verified", false);
  // It stands for whoever looks next.
  await secretariat.goto("/audit");
  await expect(told).toContainText("Whole:");
});

test("the log is saved as a file, all of it or what was filtered", async () => {
  const { secretariat } = on;
  const { page } = secretariat;
  const saved = async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
    expect(file.suggestedFilename()).toMatch(/^mufakat-log-\d{4}-\d\d-\d\d\.csv$/);
    return (await readFile(await file.path(), "utf8")).split("\r\n").slice(0, -1).map((line) => line.split(","));
  };
  await expect(rows(secretariat)).toHaveCount(100);
  const entries = Number((await page.locator(".head-facts").textContent()).match(/(\d+) entries/)[1]);
  const [head, ...lines] = await saved();
  expect(head).toEqual(["number", "time", "outcome", "entry", "document", "kind", "person", "device", "party", "role", "reason", "hash"]);
  expect(lines.length).toBe(entries + 1);
  expect(lines.filter((cells) => cells[2] === "refused").map((cells) => cells[10])).toEqual(["number-taken"]);
  expect(lines.filter((cells) => cells[8] === "KH" && cells[3] === "withheld").every((cells) => cells[4] === "" && cells[11] === "")).toBe(true);
  await choice(secretariat, "Outcome").selectOption({ label: "Refused" });
  await expect(rows(secretariat)).toHaveCount(1);
  expect((await saved()).length).toBe(2);
});

test("with no network the page says that the log is the hub's, and shows it when there is one", async () => {
  const { secretariat } = on;
  const { page } = secretariat;
  await secretariat.wire.cut();
  await secretariat.offline();
  await open(secretariat);
  await expect(page.getByRole("main")).toContainText("The log is on the hub");
  await expect(page.getByRole("button", { name: "Verify" })).toBeDisabled();
  await look(page, "audit-offline", false);
  await secretariat.wire.join();
  await secretariat.syncNow();
  await expect(rows(secretariat)).toHaveCount(100);
});
