// What becomes of an activity: put off with a reason, it shows its slip wherever dates are shown; done, it owes a report after sixty days.
import { expect, test } from "@playwright/test";
import { fill, number, propose, publish } from "./lib/plan.mjs";
import { at, field, openPlan, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const WORKSHOP = "Workshop on digital records";
const DAY = 86_400_000;

const on = staged(async (stage) => {
  const [vietnam, cambodia, secretariat] = [await stage.person("Viet Nam"), await stage.person("Cambodia"), await stage.person("Secretariat")];
  const { VN, KH, ASEC } = stage.hub.links;
  await Promise.all([vietnam.join(VN), cambodia.join(KH), secretariat.join(ASEC)]);
  await openPlan(vietnam);
  const plan = new URL(vietnam.page.url()).pathname;
  const path = await propose(vietnam, WORKSHOP, "PA5");
  await fill(vietnam, "Start", "Aug 2025");
  await fill(vietnam, "End", "Aug 2025");
  await field(vietnam.page, "Mode").selectOption({ label: "In person" });
  await vietnam.catchUp();
  await at(secretariat, path);
  await publish(secretariat, "Included");
  return { vietnam, cambodia, secretariat, plan, path };
});

const timeline = (person) => person.page.getByRole("table", { name: "Timeline of the projects" });
const row = (person) => timeline(person).getByRole("row").filter({ hasText: WORKSHOP }).first();
const compare = (person) => person.page.getByRole("region", { name: "Compare versions" });

test("an activity is postponed on a plane, from a room to a screen, and everyone sees the slip and the reason", async () => {
  const { vietnam, cambodia, secretariat, plan, path } = on;
  await at(secretariat, `${plan}?tab=life`);
  await compare(secretariat).getByRole("button", { name: "Name a version" }).click();
  await secretariat.page.getByLabel("Name", { exact: true }).fill("Before the storm");
  await secretariat.page.getByRole("button", { name: "Give this name" }).click();
  await secretariat.catchUp();
  await at(vietnam, path);
  await expect(field(vietnam.page, "Status").locator("option").filter({ hasText: "Postponed" })).toBeAttached();

  await vietnam.wire.cut();
  await vietnam.offline();
  await field(vietnam.page, "Status").selectOption({ label: "Postponed" });
  const why = vietnam.page.getByRole("dialog", { name: "Why Postponed?" });
  await why.getByLabel("Reason").fill("COVID-19");
  await why.getByRole("button", { name: "Claim Postponed" }).click();
  await fill(vietnam, "Start", "25 Nov 2025");
  await fill(vietnam, "End", "25 Nov 2025");
  await field(vietnam.page, "Mode").selectOption({ label: "Online" });
  await expect.poll(() => unsent(vietnam)).toBeGreaterThan(3);
  await at(vietnam, `${plan}?tab=timeline`);
  await expect(row(vietnam)).toContainText("first planned Aug 2025");
  await vietnam.wire.join();
  await vietnam.catchUp();

  for (const person of [cambodia, secretariat]) {
    await at(person, `${plan}?tab=timeline`);
    await expect(row(person)).toContainText("25 Nov 2025");
    await expect(row(person)).toContainText("first planned Aug 2025");
    await expect(row(person)).toContainText("+1 quarter");
    await at(person, path);
    await expect(field(person.page, "Mode")).toHaveValue("ONLINE");
    await expect(person.page.getByRole("list", { name: "Steps of the status" }).getByRole("listitem").first()).toContainText("COVID-19");
  }
  await publish(secretariat, "Postponed");
  await secretariat.catchUp();
  await cambodia.catchUp();
  // The comparison with the version of before, with no network.
  await at(cambodia, `${plan}?tab=life`);
  await cambodia.wire.cut();
  await cambodia.offline();
  const before = compare(cambodia).getByLabel("Before", { exact: true });
  const named = before.getByRole("option", { name: /^Before the storm, / });
  await expect(named).toBeAttached();
  await before.selectOption({ label: await named.textContent() });
  const change = compare(cambodia).getByRole("listitem").filter({ hasText: WORKSHOP }).first();
  await expect(change).toContainText("Later");
  await expect(change.locator("del").filter({ hasText: "Aug 2025" }).first()).toBeVisible();
  await expect(change.locator("ins").filter({ hasText: "25 Nov 2025" }).first()).toBeVisible();
  await expect(change).toContainText("Postponed");
  await cambodia.wire.join();
  await cambodia.catchUp();
});

test("a completed project owes a report, late after sixty days, until its lead has made it with what came of it", async () => {
  const { vietnam, cambodia, secretariat, plan, path } = on;
  const overview = async (person) => {
    await at(person, `${plan}?tab=overview`);
    const count = async (name) => {
      const figure = person.page.locator(".figure").filter({ hasText: name });
      return Number.parseInt(await figure.locator("dd").textContent(), 10);
    };
    await expect(person.page.getByRole("heading", { name: "By status" })).toBeVisible();
    return { due: await count("Completed without a completion report"), late: await count("Completion report late") };
  };
  const start = await overview(cambodia);
  await at(vietnam, path);
  await field(vietnam.page, "Status").selectOption({ label: "Completed" });
  const ended = new Date(Date.now() - 59 * DAY).toISOString().slice(0, 10);
  await fill(vietnam, "Actual end", ended);
  await vietnam.catchUp();
  await at(secretariat, path);
  await publish(secretariat, "Completed");
  await secretariat.catchUp();
  await expect(secretariat.page.getByText(/^A completion report is expected by/)).toBeVisible();
  await expect(secretariat.page.getByRole("button", { name: "Add the completion report" })).toHaveCount(0);
  await expect.poll(() => overview(cambodia)).toEqual({ due: start.due + 1, late: start.late });

  // Three days later, by the clock of the browsers.
  for (const person of [cambodia, vietnam]) await person.page.clock.setFixedTime(Date.now() + 3 * DAY);
  await expect.poll(() => overview(cambodia)).toEqual({ due: start.due + 1, late: start.late + 1 });
  await number(cambodia, "Completion report late, more than 60 days after the end").click();
  await expect(cambodia.page.getByRole("grid", { name: "Projects" }).getByRole("link", { name: WORKSHOP, exact: true })).toBeVisible();

  await at(vietnam, path);
  await expect(vietnam.page.getByText(/^The completion report was expected by/)).toBeVisible();
  await vietnam.wire.cut();
  await vietnam.offline();
  await vietnam.page.getByRole("button", { name: "Add the completion report" }).click();
  const dialog = vietnam.page.getByRole("dialog", { name: "Add a report" });
  await expect(dialog.getByLabel("Status reported")).toHaveValue("COMPLETED");
  await dialog.getByLabel("Report", { exact: true }).fill("Held in one day.");
  await dialog.getByLabel("Outputs").fill("A guide to digital records");
  await dialog.getByLabel("Participants").fill("34 officials of 9 Member States");
  await dialog.getByLabel("Evidence for this report").fill("Report of the workshop, annex 2");
  await dialog.getByRole("button", { name: "Add a report" }).click();
  await expect(vietnam.page.getByText(/^The completion report was expected by/)).toHaveCount(0);
  await vietnam.wire.join();
  await vietnam.catchUp();
  await at(secretariat, path);
  const report = secretariat.page.locator("#reports").getByRole("listitem");
  for (const words of ["Held in one day.", "A guide to digital records", "34 officials of 9 Member States", "annex 2"]) {
    await expect(report).toContainText(words);
  }
  await expect(secretariat.page.getByText(/^A completion report is expected/)).toHaveCount(0);
  await expect.poll(() => overview(cambodia)).toEqual(start);
});
