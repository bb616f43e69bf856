// A proposal from its first word: filled in with no network, complete when it reaches the Secretariat, which numbers it
// once; questions about it stay open until somebody answers.
import { expect, test } from "@playwright/test";
import { at, field, invite, openPlan, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const TITLE = "Exchange of young officials";
const BRIEF = "Draft text: young officials work for a month in the civil service of another Member State.";

const on = staged(async (stage) => {
  const vietnam = await stage.person("Viet Nam");
  const secretariat = await stage.person("Secretariat");
  const cambodia = await stage.person("Cambodia");
  const { VN, ASEC, KH } = stage.hub.links;
  await Promise.all([vietnam.join(VN), secretariat.join(ASEC), cambodia.join(KH)]);
  for (const person of [vietnam, secretariat, cambodia]) await openPlan(person);
  return { vietnam, secretariat, cambodia };
});

const filled = (person) => person.page.locator("#proposal .filled");
const reference = (person) => person.page.locator(".field").filter({ has: person.page.getByText("Reference number", { exact: true }) });
const question = (person) => person.page.locator("#comments").getByRole("listitem").filter({ hasText: "Who receives them?" });

async function fill(person, label, words) {
  await field(person.page, label).fill(words);
  await field(person.page, label).blur();
}

const choose = (person, label, name) => field(person.page, label).selectOption({ label: name });

test("a proposal is filled in offline, and says what is missing without asking for it", async () => {
  const { vietnam } = on;
  await vietnam.wire.cut();
  await vietnam.offline();
  await vietnam.page.getByRole("button", { name: "New project" }).click();
  const dialog = vietnam.page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill(TITLE);
  await dialog.getByRole("button", { name: "Propose this project" }).click();
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toContainText(TITLE);
  await expect(filled(vietnam)).toContainText("1 of 21 fields filled");
  await expect(reference(vietnam)).toContainText(/T-[0-9A-F]{6}, until the Secretariat gives a number/);

  // A missing field is a way to it.
  await filled(vietnam).getByText("20 fields are missing").click();
  await filled(vietnam).getByRole("link", { name: "Brief description" }).click();
  await expect(field(vietnam.page, "Brief description")).toBeFocused();
  await fill(vietnam, "Brief description", BRIEF);
  await expect(vietnam.page.getByText("16 words of 300")).toBeVisible();
  await expect(filled(vietnam)).toContainText("2 of 21 fields filled");

  // Some fields belong to an answer: they are asked for with it.
  await choose(vietnam, "Recurring project", "Yes");
  await expect(filled(vietnam)).toContainText("3 of 22 fields filled");
  await expect(field(vietnam.page, "Code of the project before")).toBeVisible();
  await choose(vietnam, "Recurring project", "No");
  await expect(filled(vietnam)).toContainText("3 of 21 fields filled");
});

test("it is complete at the Secretariat, with everything that was written apart", async () => {
  const { vietnam, secretariat } = on;
  await fill(vietnam, "Objective", "To learn from each other.");
  await fill(vietnam, "Expected outputs", "A report.");
  await choose(vietnam, "Scope", "Single sector");
  await choose(vietnam, "Duration", "6 to 12 months");
  await choose(vietnam, "Pillar", "ASEAN Socio-Cultural Community");
  await fill(vietnam, "Blueprint", "ASCC Blueprint 2025");
  await fill(vietnam, "Characteristic", "Engages");
  await fill(vietnam, "Action line", "A.1");
  await fill(vietnam, "Connectivity or IAI key action", "None");
  await fill(vietnam, "Start", "Q1 2024");
  await fill(vietnam, "End", "Q4 2024");
  await fill(vietnam, "Implementing agency", "Ministry of Home Affairs");
  await choose(vietnam, "Participating Member States", "All");
  await fill(vietnam, "Sponsoring body", "ACCSM");
  await field(vietnam.page, "Endorsed at").selectOption({ index: 1 });
  await fill(vietnam, "Source of funding", "Cost-sharing");
  await fill(vietnam, "Budget", "12500");
  await fill(vietnam, "Currency", "USD");
  await field(vietnam.page, "Priority area").selectOption({ index: 5 });
  await expect(filled(vietnam)).toContainText("21 of 21 fields filled");
  await vietnam.page.getByRole("button", { name: "Add an indicator" }).click();
  await fill(vietnam, "Indicator 1: Title", "Officials who took part");
  await fill(vietnam, "Indicator 1: Target 2024", "40");
  await fill(vietnam, "Indicator 1: Target 2025", "60");
  await expect.poll(() => unsent(vietnam)).toBeGreaterThan(20);

  const path = new URL(vietnam.page.url()).pathname;
  await vietnam.wire.join();
  await vietnam.catchUp();
  await at(secretariat, path);
  await expect(filled(secretariat)).toContainText("21 of 21 fields filled");
  await expect(filled(secretariat)).toContainText("Waits for the Secretariat: ASEAN proposal code, Nature of cooperation, Type of intervention.");
  await expect(field(secretariat.page, "Brief description")).toHaveValue(BRIEF);
  const years = secretariat.page.getByRole("group", { name: "Indicators by year, table" });
  await expect(years.getByRole("row").filter({ hasText: "Target" })).toContainText(["40"]);
  await expect(years.getByRole("row").filter({ hasText: "Target" })).toContainText(["60"]);
  // The Secretariat's own fields are in its hand only.
  await choose(secretariat, "Nature of cooperation", "Joint effort");
  await expect(field(vietnam.page, "Nature of cooperation")).toHaveText("Joint effort");
  await expect(filled(vietnam)).toContainText("Waits for the Secretariat: ASEAN proposal code, Type of intervention.");
});

test("the Secretariat numbers it once, offline too, and publishes with the meeting", async () => {
  const { vietnam, secretariat, cambodia } = on;
  await secretariat.wire.cut();
  await secretariat.offline();
  const offered = field(secretariat.page, "Number to give");
  await expect(offered).toHaveValue(/^ACCSM-2125-PA\d-\d\d$/);
  const number = await offered.inputValue();
  await secretariat.page.getByRole("button", { name: "Assign number" }).click();
  await expect(reference(secretariat)).toContainText(number);
  await expect(reference(secretariat)).toContainText("Provisional");
  await expect(offered).toHaveCount(0);
  await secretariat.page.getByRole("group", { name: "Publish a status" }).getByLabel("Decided at", { exact: true }).selectOption({ index: 1 });
  await fill(secretariat, "Date to publish", "never");
  await choose(secretariat, "Published status", "Included");
  await expect(secretariat.page.getByRole("alert")).toBeVisible();
  await expect(field(secretariat.page, "Published status").locator("option:checked")).toHaveText("Not published");
  await fill(secretariat, "Date to publish", "18 Nov 2024");
  await fill(secretariat, "Reason to publish", "As the senior officials agreed.");
  await choose(secretariat, "Published status", "Included");
  await secretariat.wire.join();
  await secretariat.catchUp();
  await at(cambodia, new URL(vietnam.page.url()).pathname);
  for (const person of [vietnam, secretariat, cambodia]) {
    await expect(reference(person)).toContainText(number);
    await expect(reference(person)).not.toContainText("Provisional");
    const steps = person.page.getByRole("list", { name: "Steps of the status" }).getByRole("listitem");
    await expect(steps).toHaveCount(2);
    await expect(steps.first()).toContainText(/Published\s*Included/);
    await expect(steps.first()).toContainText("As the senior officials agreed.");
    await expect(steps.first()).toContainText("18 November 2024");
    await expect(steps.first().getByRole("link")).toHaveAttribute("href", /^\/meetings\//);
    await expect(steps.last()).toContainText(/Claimed\s*Proposed/);
  }
});

test("a question stands open until its lead answers it, also offline", async () => {
  const { vietnam, secretariat, cambodia } = on;
  await fill(cambodia, "Your comment", "Who receives them?");
  await cambodia.page.getByRole("button", { name: "Ask", exact: true }).click();
  for (const person of [vietnam, secretariat]) {
    await expect(question(person)).toContainText("Open question");
    await expect(person.page.getByText("1 open question")).toBeVisible();
  }
  await vietnam.wire.cut();
  await vietnam.offline();
  await question(vietnam).getByLabel("Answer, for the record").fill("The ministry of each host.");
  await question(vietnam).getByRole("button", { name: "Resolve" }).click();
  await expect(question(vietnam)).toContainText("Resolved by Viet Nam");
  await expect(question(vietnam)).toContainText("Provisional");
  await vietnam.wire.join();
  await vietnam.catchUp();
  for (const person of [vietnam, secretariat, cambodia]) {
    await expect(question(person)).toContainText("Resolved by Viet Nam");
    await expect(question(person)).toContainText("The ministry of each host.");
    await expect(question(person)).not.toContainText("Provisional");
  }
  await question(cambodia).getByRole("button", { name: "Open again" }).click();
  await expect(question(vietnam)).toContainText("Opened again by Cambodia");
});

test("numbers reserved while linked are given on a plane, and nobody else is offered them", async () => {
  const { secretariat, vietnam } = on;
  const second = await on.stage.person("Secretariat, second laptop");
  await second.join(await invite(secretariat, "ASEC", "Secretariat"));
  await openPlan(secretariat);
  const plan = new URL(secretariat.page.url()).pathname;
  const left = secretariat.page.getByRole("list", { name: "Numbers reserved on this device" }).getByRole("listitem");
  await at(secretariat, `${plan}?tab=life`);
  await secretariat.page.getByRole("button", { name: "Reserve 10 numbers of each area" }).click();
  await secretariat.catchUp();
  await expect(left.filter({ hasText: "PA5" })).toContainText("and 9 more");

  await openPlan(vietnam);
  await vietnam.page.getByRole("button", { name: "New project" }).click();
  const dialog = vietnam.page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill("A study of exchanges");
  await dialog.getByRole("button", { name: "Propose this project" }).click();
  await expect(vietnam.page.getByRole("heading", { level: 1 })).toContainText("A study of exchanges");
  await field(vietnam.page, "Priority area").selectOption({ index: 5 });
  await vietnam.catchUp();
  const path = new URL(vietnam.page.url()).pathname;
  const offered = (person) => field(person.page, "Number to give");
  for (const person of [secretariat, second]) {
    await at(person, path);
    await expect(offered(person)).toHaveValue(/PA5/);
  }
  const number = await offered(secretariat).inputValue();
  const running = (reference) => Number(reference.split("-").pop());
  expect(running(await offered(second).inputValue())).toBe(running(number) + 10);
  await secretariat.wire.cut();
  await secretariat.offline();
  await secretariat.page.getByRole("button", { name: "Assign number" }).click();
  await expect(reference(secretariat)).toContainText(number);
  await at(secretariat, `${plan}?tab=life`);
  await expect(left.filter({ hasText: "PA5" })).toContainText("and 8 more");
  await expect(secretariat.page.getByRole("button", { name: "Reserve 10 numbers of each area" })).toBeDisabled();
  await secretariat.wire.join();
  await secretariat.catchUp();
  await expect(reference(vietnam)).toContainText(number);
  await expect(reference(second)).toContainText(number);
});
