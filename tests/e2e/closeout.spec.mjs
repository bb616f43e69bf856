// The end of a work plan: every project gets a fate, what is unfinished goes on in the next plan, made once though two
// people did it apart, and the plan is not closed while a row has none.
import { expect, test } from "@playwright/test";
import { at, invite, openPlan, PLAN, PROJECT, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const NEXT = "ACCSM Work Plan 2026-2030";

const on = staged(async (stage) => {
  const office = await stage.person("Cambodia, office");
  const travelling = await stage.person("Cambodia, travelling");
  const secretariat = await stage.person("Secretariat");
  const { KH, ASEC } = stage.hub.links;
  await Promise.all([office.join(KH), secretariat.join(ASEC)]);
  await travelling.join(await invite(office, "KH"));
  await openPlan(secretariat);
  const path = new URL(secretariat.page.url()).pathname;
  for (const person of [office, travelling, secretariat]) await at(person, `${path}?tab=closing`);
  return { office, travelling, secretariat, path };
});

const table = (person) => person.page.getByRole("table", { name: "Projects not completed" });
const row = (person, title = PROJECT) => table(person).getByRole("row").filter({ hasText: title });

async function carryOver(person, why) {
  await row(person).getByRole("button", { name: `Set the fate of ${PROJECT}` }).click();
  const dialog = person.page.getByRole("dialog", { name: `Set the fate of ${PROJECT}` });
  await dialog.getByLabel("Fate", { exact: true }).selectOption({ label: "Carried over" });
  await expect(dialog).toContainText(`It becomes a proposal in ${NEXT}`);
  const claim = dialog.getByRole("button", { name: "Claim Carried over" });
  await expect(claim).toBeDisabled();
  await dialog.getByLabel("Reason").fill(why);
  await claim.click();
  await expect(dialog).toBeHidden();
}

test("the tabs are driven by the keyboard and keep their address", async () => {
  const { office } = on;
  const tab = (name) => office.page.getByRole("tab", { name, exact: true });
  await expect(tab("Close-out")).toHaveAttribute("aria-selected", "true");
  await tab("Close-out").press("ArrowLeft");
  await expect(tab("Life cycle")).toBeFocused();
  await expect(office.page.getByRole("heading", { name: "Life cycle" })).toBeVisible();
  await expect(office.page).toHaveURL(/\?tab=life$/);
  await tab("Life cycle").press("End");
  await expect(tab("Close-out")).toBeFocused();
  await expect(table(office)).toBeVisible();
});

test("nothing is carried over before the next plan is there; the Secretariat starts it from this one", async () => {
  const { office, secretariat } = on;
  await expect(office.page.getByText("The next plan is not started yet.")).toBeVisible();
  await row(office).getByRole("button", { name: `Set the fate of ${PROJECT}` }).click();
  const fates = office.page.getByRole("dialog").getByLabel("Fate", { exact: true }).getByRole("option");
  await expect(fates).toHaveText(["Completed", "Cancelled", "Merged"]);
  await office.page.keyboard.press("Escape");
  await secretariat.page.getByRole("button", { name: "Start the next plan" }).click();
  const dialog = secretariat.page.getByRole("dialog", { name: "Start the next plan" });
  await expect(dialog.getByLabel("Title", { exact: true })).toHaveValue(NEXT);
  await dialog.getByRole("button", { name: "Start the next plan" }).click();
  await expect(secretariat.page.getByRole("heading", { level: 1 })).toContainText(NEXT);
  await expect(secretariat.page.getByRole("form", { name: "Work plan" })).toContainText("Areas");
  await expect(office.page.getByRole("link", { name: NEXT })).toBeVisible();
});

test("two officers carry one project over apart: it is one proposal in the next plan", async () => {
  const { office, travelling, secretariat, path } = on;
  await expect(travelling.page.getByRole("link", { name: NEXT })).toBeVisible();
  for (const person of [office, travelling]) {
    await person.wire.cut();
    await person.offline();
  }
  for (const person of [office, travelling]) {
    await carryOver(person, "The workshop could not be held.");
    await expect(row(person)).toContainText("Carried over");
    await expect.poll(() => unsent(person)).toBeGreaterThan(0);
  }
  for (const person of [office, travelling]) {
    await person.wire.join();
    await person.catchUp();
  }
  for (const person of [office, travelling, secretariat]) {
    await at(person, `${path}?tab=closing`);
    await expect(row(person)).toHaveCount(1);
    await expect(row(person)).toContainText("The workshop could not be held.");
    await expect(row(person)).not.toContainText("two claims");
    await row(person).getByRole("link", { name: NEXT }).click();
    await expect(person.page.getByRole("heading", { level: 1 })).toContainText(PROJECT);
    await expect(person.page.getByText("Proposed").first()).toBeVisible();
    await openPlan(person, NEXT);
    const projects = person.page.getByRole("grid", { name: "Projects" });
    await expect(projects.getByRole("link", { name: PROJECT, exact: true })).toHaveCount(1);
  }
});

test("the Secretariat publishes the fate, and may not close the plan while others have none", async () => {
  const { secretariat, office, path } = on;
  await at(secretariat, `${path}?tab=closing`);
  await at(office, `${path}?tab=closing`);
  await row(secretariat).getByRole("button", { name: "Publish Carried over" }).click();
  await expect(row(secretariat).getByRole("button", { name: "Publish Carried over" })).toHaveCount(0);
  await expect(row(office)).toContainText("Carried over");
  // The record of the sample is in force: the Secretariat goes on to the point where the plan could be closed.
  await at(secretariat, `${path}?tab=life`);
  for (const step of ["Mid-term review", "Final review"]) {
    await secretariat.page.getByRole("button", { name: `Move to ${step}` }).click();
    const dialog = secretariat.page.getByRole("dialog", { name: `Move this plan to ${step}?` });
    await dialog.getByRole("button", { name: `Record: ${step}` }).click();
    await expect(dialog).toBeHidden();
  }
  await expect(secretariat.page.getByRole("list", { name: "Steps in the life of this plan" }).locator('[aria-current="step"]')).toContainText("Final review");
  await at(secretariat, `${path}?tab=closing`);
  await secretariat.page.getByRole("button", { name: "Close plan" }).click();
  const refused = secretariat.page.getByRole("dialog", { name: "This plan cannot be closed yet" });
  await expect(refused.getByRole("listitem").first()).toBeVisible();
  await expect(refused.getByRole("listitem").filter({ hasText: PROJECT })).toHaveCount(0);
  await refused.getByRole("button", { name: "Close" }).click();
});
