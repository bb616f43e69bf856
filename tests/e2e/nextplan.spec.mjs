// The next work plan from its first proposals to its close: several delegations propose, also offline; what is missing and what is
// there twice is seen and mended; the Chair consults, senior officials endorse, heads adopt, and nobody's row is left without a fate.
import { expect, test } from "@playwright/test";
import { fill, NEXT, number, propose, publish, stage, startNext, step } from "./lib/plan.mjs";
import { at, field, openPlan, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const TALENT = "Workshop on talent management";
const TWIN = "ASEAN talent management workshop";
const EXCHANGE = "Exchange of young officials";

const on = staged(async (stage) => {
  const [cambodia, vietnam, secretariat] = [await stage.person("Cambodia"), await stage.person("Viet Nam"), await stage.person("Secretariat")];
  const { KH, VN, ASEC } = stage.hub.links;
  await Promise.all([cambodia.join(KH), vietnam.join(VN), secretariat.join(ASEC)]);
  await openPlan(secretariat);
  const plan = await startNext(secretariat);
  for (const person of [cambodia, vietnam]) {
    await person.goto("/plans");
    await expect(person.page.getByRole("link", { name: NEXT }).first()).toBeVisible();
    await at(person, plan);
  }
  return { cambodia, vietnam, secretariat, plan };
});

const gaps = (person) => person.page.getByRole("region", { name: "What is missing" });
const rows = (person) => person.page.getByRole("grid", { name: "Projects" }).locator("tr[data-record]");
const merge = (person) => person.page.locator("#comments").getByRole("listitem").filter({ hasText: "seem to be one idea" });

test("delegations propose apart, and the Secretariat sees what is missing and leads to its rows", async () => {
  const { cambodia, vietnam, secretariat, plan } = on;
  for (const person of [cambodia, vietnam]) {
    await person.wire.cut();
    await person.offline();
  }
  on.talent = await propose(cambodia, TALENT, "PA1");
  await at(vietnam, plan);
  on.twin = await propose(vietnam, TWIN, "PA1");
  await at(vietnam, plan);
  on.exchange = await propose(vietnam, EXCHANGE);
  await fill(vietnam, "Start", "Q1 2027");
  await fill(vietnam, "End", "Q4 2027");
  for (const person of [cambodia, vietnam]) {
    await person.wire.join();
    await person.catchUp();
  }
  await at(secretariat, `${plan}?tab=overview`);
  await expect(number(secretariat, "In the plan today")).toHaveText(/^3/);
  for (const [name, count] of [["Without a planned start or end", 2], ["Without a source of funding", 3], ["Without a priority area", 1]]) {
    const link = gaps(secretariat).getByRole("link", { name: new RegExp(`^${count} ${name}$`) });
    await link.click();
    await expect(secretariat.page.getByText("Only what this number counts")).toBeVisible();
    await expect(rows(secretariat), name).toHaveCount(count);
    await secretariat.page.goBack();
    await expect(gaps(secretariat)).toBeVisible();
  }
  // Of five priority areas one has projects; a line of the list leads to the empty area.
  const empty = gaps(secretariat).getByRole("list", { name: "Priority areas without a project" }).getByRole("listitem");
  await expect(empty).toHaveCount(4);
  await expect(empty.filter({ hasText: "PA1" })).toHaveCount(0);
  const alike = gaps(secretariat).getByRole("list", { name: "Projects with titles that are alike" }).getByRole("listitem");
  await expect(alike).toHaveCount(1);
  await expect(alike.getByRole("link", { name: TALENT })).toHaveAttribute("href", on.talent);
  await expect(alike.getByRole("link", { name: TWIN })).toHaveAttribute("href", on.twin);
  // Others see the gaps too, and ask for nothing.
  await at(cambodia, `${plan}?tab=overview`);
  await expect(gaps(cambodia)).toContainText("One pair of projects");
  await expect(gaps(cambodia).getByRole("button")).toHaveCount(0);
});

test("one idea proposed twice becomes one project when both leads agree, each on a plane", async () => {
  const { cambodia, vietnam, secretariat, plan } = on;
  await at(secretariat, `${plan}?tab=overview`);
  await gaps(secretariat).getByRole("button", { name: `Suggest one project of` }).click();
  const dialog = secretariat.page.getByRole("dialog", { name: "Suggest one project" });
  await dialog.getByLabel("Which one goes on").selectOption({ label: TALENT });
  await dialog.getByRole("button", { name: "Ask both leads" }).click();
  await expect(dialog).toBeHidden();

  // The lead of the one that goes is asked, and waits for the other.
  await at(vietnam, on.twin);
  await expect(merge(vietnam)).toContainText("Would go into:");
  await expect(merge(vietnam).getByRole("link", { name: TALENT })).toHaveAttribute("href", on.talent);
  await expect(merge(vietnam)).toContainText("The lead of the other project agrees first: Cambodia.");
  await at(cambodia, on.talent);
  const takes = merge(cambodia).getByRole("button", { name: "Agree, with Viet Nam as co-lead" });
  await expect(takes).toBeVisible();
  await cambodia.wire.cut();
  await cambodia.offline();
  await takes.click();
  await expect(merge(cambodia)).toContainText("Resolved");
  await cambodia.wire.join();
  await cambodia.catchUp();

  const agree = merge(vietnam).getByRole("button", { name: "Agree: one project with it" });
  await expect(agree).toBeVisible();
  await vietnam.wire.cut();
  await vietnam.offline();
  await agree.click();
  await expect(vietnam.page.getByText("This project goes on in:")).toBeVisible();
  await vietnam.wire.join();
  await vietnam.catchUp();
  for (const person of [cambodia, vietnam, secretariat]) {
    await at(person, on.twin);
    const goesOn = person.page.locator("p.only").filter({ hasText: "This project goes on in:" });
    await goesOn.getByRole("link", { name: TALENT }).click();
    await expect(person.page.getByRole("heading", { level: 1 })).toContainText(TALENT);
    const from = person.page.locator(".field").filter({ has: person.page.getByText("Merged from", { exact: true }) });
    await expect(from.getByRole("link", { name: TWIN })).toHaveAttribute("href", on.twin);
    await at(person, `${plan}?tab=overview`);
    await expect(number(person, "In the plan today")).toHaveText(/^2/);
    await expect(gaps(person)).not.toContainText("titles that are alike");
  }
  // The co-lead writes once the Secretariat lets it.
  await at(vietnam, on.talent);
  await expect(field(vietnam.page, "Title")).not.toBeEditable();
  await at(secretariat, on.talent);
  await secretariat.page.getByRole("button", { name: "Let Viet Nam write" }).click();
  await expect(field(vietnam.page, "Title")).toBeEditable();
  await fill(vietnam, "Start", "Q2 2026");
  await fill(vietnam, "End", "Q4 2026");
  await vietnam.catchUp();
});

test("the Chair consults, focal points clear, senior officials endorse, heads adopt: frozen with its count", async () => {
  const { cambodia, vietnam, secretariat, plan } = on;
  for (const path of [on.talent, on.exchange]) {
    await at(secretariat, path);
    await publish(secretariat, "Included");
  }
  for (const person of [cambodia, vietnam, secretariat]) await at(person, `${plan}?tab=life`);
  await expect(vietnam.page.getByRole("button", { name: /^Move to/ })).toHaveCount(0);
  await step(cambodia, "Consultation");
  await expect(stage(vietnam)).toContainText("Consultation");
  await step(cambodia, "Cleared by Focal Points");
  await expect(stage(secretariat)).toContainText("Cleared by Focal Points");
  await step(secretariat, "Endorsed by SOM", "By correspondence.");
  await expect(stage(cambodia)).toContainText("2 projects kept as they were");

  // The heads adopt where there is no network: it is provisional until the hub has it.
  await cambodia.wire.cut();
  await cambodia.offline();
  await step(cambodia, "Adopted by HCS", "Ad referendum.");
  await expect(stage(cambodia)).toContainText("Provisional");
  await cambodia.wire.join();
  await cambodia.catchUp();
  for (const person of [cambodia, vietnam, secretariat]) {
    await expect(stage(person)).toContainText("Adopted by HCS");
    await expect(stage(person)).not.toContainText("Provisional");
    await expect(stage(person)).toContainText("2 projects kept as they were");
  }
  // One more proposal comes after it: as adopted stays what it was, and nothing is called missing any more.
  await at(vietnam, plan);
  await propose(vietnam, "A later idea", "PA5");
  await vietnam.catchUp();
  await at(cambodia, `${plan}?tab=overview`);
  await expect(cambodia.page.locator(".figure").filter({ hasText: "As adopted" })).toContainText("2");
  await expect(number(cambodia, "In the plan today")).toHaveText(/^3/);
  await expect(gaps(cambodia)).toHaveCount(0);
});

test("of two steps made apart the second to arrive is listed with what it met, and not applied", async () => {
  const { cambodia, vietnam, secretariat, plan } = on;
  for (const person of [cambodia, vietnam, secretariat]) await at(person, `${plan}?tab=life`);
  for (const person of [cambodia, secretariat]) {
    await person.wire.cut();
    await person.offline();
  }
  await step(cambodia, "In force");
  await step(secretariat, "In force");
  await step(secretariat, "Mid-term review");
  for (const person of [cambodia, secretariat]) await expect.poll(() => unsent(person)).toBeGreaterThan(0);
  await cambodia.wire.join();
  await cambodia.catchUp();
  await secretariat.wire.join();
  await secretariat.catchUp();
  for (const person of [cambodia, vietnam, secretariat]) {
    // What could follow took effect, what had been done already did not.
    await expect(stage(person)).toContainText("Mid-term review");
    const aside = person.page.getByRole("region", { name: "Steps that did not take effect" });
    await expect(aside.getByRole("listitem").filter({ hasText: "In force" }).first()).toContainText("it stood at In force");
  }
});

test("every row gets a fate, the plan is closed, and everybody sees it closed", async () => {
  const { cambodia, vietnam, secretariat, plan } = on;
  const fate = async (person, title, fate, reason, into) => {
    await person.page.getByRole("button", { name: `Set the fate of ${title}` }).click();
    const dialog = person.page.getByRole("dialog", { name: `Set the fate of ${title}` });
    await dialog.getByLabel("Fate", { exact: true }).selectOption({ label: fate });
    if (into) await dialog.getByLabel("Merged into", { exact: true }).selectOption({ label: into });
    if (reason) await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: `Claim ${fate}` }).click();
    await expect(dialog).toBeHidden();
  };
  await step(secretariat, "Final review");
  for (const person of [cambodia, vietnam, secretariat]) await at(person, `${plan}?tab=closing`);
  await secretariat.page.getByRole("button", { name: "Close plan" }).click();
  const refused = secretariat.page.getByRole("dialog", { name: "This plan cannot be closed yet" });
  await expect(refused.getByRole("listitem")).toHaveCount(3);
  await refused.getByRole("button", { name: "Close" }).click();
  // Two leads say how theirs ended, without a network.
  for (const person of [cambodia, vietnam]) {
    await person.wire.cut();
    await person.offline();
  }
  await fate(cambodia, TALENT, "Completed");
  await fate(vietnam, EXCHANGE, "Cancelled", "No host was found.");
  // A proposal that was never taken into the plan goes on in another, and is no row of the plan any more.
  await fate(vietnam, "A later idea", "Merged", "It is part of the workshop.", TALENT);
  await expect(vietnam.page.getByRole("row").filter({ hasText: "A later idea" })).toHaveCount(0);
  for (const person of [cambodia, vietnam]) {
    await person.wire.join();
    await person.catchUp();
  }
  await secretariat.page.getByRole("button", { name: /^Publish all/ }).click();
  await secretariat.catchUp();
  await secretariat.page.getByRole("button", { name: "Close plan" }).click();
  const dialog = secretariat.page.getByRole("dialog", { name: "Move this plan to Closed?" });
  await dialog.getByRole("button", { name: "Record: Closed" }).click();
  await expect(dialog).toBeHidden();
  for (const person of [cambodia, vietnam, secretariat]) {
    await at(person, `${plan}?tab=life`);
    await expect(stage(person)).toContainText("Closed");
    await expect(stage(person)).not.toContainText("Provisional");
    await expect(person.page.getByRole("tab", { name: /^Close-out/ })).not.toContainText("without a fate");
    await at(person, `${plan}?tab=closing`);
    await expect(person.page.getByRole("button", { name: "Close plan" })).toHaveCount(0);
    await expect(person.page.getByRole("row").filter({ hasText: EXCHANGE })).toContainText("No host was found.");
  }
});
