// A work plan's life on the screen: proposals, steps, fates.
import { expect } from "@playwright/test";
import { field } from "./screen.mjs";

export const NEXT = "ACCSM Work Plan 2026-2030";

/** The Secretariat starts the plan after the one on its page, and answers its address. */
export async function startNext(person) {
  await person.page.getByRole("tab", { name: /^Close-out/ }).click();
  await person.page.getByRole("button", { name: "Start the next plan" }).click();
  const dialog = person.page.getByRole("dialog", { name: "Start the next plan" });
  await dialog.getByRole("button", { name: "Start the next plan" }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(NEXT);
  return new URL(person.page.url()).pathname;
}

/** Proposes a project on the page of its plan, in the priority area with this code, and answers its address. */
export async function propose(person, title, area) {
  await person.page.getByRole("button", { name: "New project" }).click();
  const dialog = person.page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill(title);
  await dialog.getByRole("button", { name: "Propose this project" }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(title);
  if (area) {
    const choice = field(person.page, "Priority area").locator("option").filter({ hasText: area });
    await field(person.page, "Priority area").selectOption(await choice.getAttribute("value"));
  }
  return new URL(person.page.url()).pathname;
}

/** Records a step of the plan on the page of its life. */
export async function step(person, state, reason) {
  await person.page.getByRole("button", { name: `Move to ${state}`, exact: true }).click();
  const dialog = person.page.getByRole("dialog", { name: `Move this plan to ${state}?` });
  if (reason) await dialog.getByLabel("Reason", { exact: true }).fill(reason);
  await dialog.getByRole("button", { name: `Record: ${state}` }).click();
  await expect(dialog).toBeHidden();
}

/** Where the plan is, as the page of its life says. */
export const stage = (person) =>
  person.page.getByRole("list", { name: "Steps in the life of this plan" }).locator('[aria-current="step"]');

/** Writes a field of a project and leaves it. */
export async function fill(person, label, words) {
  await field(person.page, label).first().fill(words);
  await field(person.page, label).first().press("Tab");
}

/** The Secretariat publishes a status on a project's page. */
export async function publish(person, status) {
  const published = field(person.page, "Published status");
  await published.selectOption({ label: status });
  await expect(published.locator("option:checked")).toHaveText(status);
}

/** A number of the overview: the link to its rows. */
export const number = (person, name) => person.page.getByRole("link", { name: new RegExp(`^\\d+ ${name}$`) });
