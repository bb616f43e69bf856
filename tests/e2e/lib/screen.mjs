// Where things stand on the screen, by the names that people and other programs know them by.
import { expect } from "@playwright/test";

/** The plan of the stories, and its project that Cambodia leads. */
export const PLAN = "ACCSM Work Plan 2021-2025";
export const PROJECT = "Digitalization in Public Administration";
/** A meeting with an agenda of seven items that was sent out and not adopted. */
export const MEETING = "Senior Officials’ Meeting of the 20th ACCSM";

/** A field by its label. */
export const field = (page, label) => page.getByLabel(label, { exact: true });

/** What a field says, whether one may write it or only read it. */
export const said = (page, label) => field(page, label).evaluate((element) => element.value ?? element.textContent, null, { timeout: 2_000 });

/** Waits until a field says something. */
export async function says(page, label, words) {
  // A field that is not there yet says nothing.
  await expect.poll(() => said(page, label).catch(() => ""), { message: label, intervals: [50, 100] }).toMatch(words);
}

/** Opens a work plan from the list. */
export async function openPlan(person, title = PLAN) {
  await person.goto("/plans");
  await person.page.getByRole("link", { name: title }).first().click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(title);
}

/** Opens a project from its plan's table; its address is the same on every device. */
export async function openProject(person, title = PROJECT, plan = PLAN) {
  await openPlan(person, plan);
  await person.page.getByRole("grid", { name: "Projects" }).getByRole("link", { name: title, exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(title);
  return new URL(person.page.url()).pathname;
}

/** Opens a meeting from the list; its address is the same on every device. */
export async function openMeeting(person, title = MEETING) {
  await person.goto("/meetings");
  await person.page.getByRole("link", { name: title, exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(title);
  return new URL(person.page.url()).pathname;
}

/** Goes to an address and waits for what it shows. */
export async function at(person, path) {
  await person.goto(path);
  await expect(person.page.locator("main [data-record], main[data-record]").first()).toBeVisible();
}

/** How many changes wait on a device. */
export const unsent = async (person) => Number(await person.sync.getAttribute("data-unsent"));

/** Writes at the end of a field as one edit, leaves it, and waits until the device has it. For devices that are cut off. */
export async function write(person, control, words) {
  const before = await unsent(person);
  await control.focus();
  await control.press("ControlOrMeta+End");
  await person.page.keyboard.insertText(words);
  await control.blur();
  await expect.poll(() => unsent(person), { intervals: [50] }).toBeGreaterThan(before);
  await kept(person);
}

/** Waits until nothing on the page is still on its way to the device's disk. */
export async function kept(person) {
  await expect(person.page.locator('[data-sync="pending"]')).toHaveCount(0);
}

/** When the page first shows some words: milliseconds since 1970, by the clock that all pages of this machine share. */
export async function shownAt(person, words, timeout = 90_000) {
  const handle = await person.page.waitForFunction(
    (words) => {
      const fields = [...document.querySelectorAll("main textarea, main input")];
      return (fields.some((field) => field.value.includes(words)) || document.querySelector("main")?.textContent.includes(words)) && Date.now();
    },
    words,
    { polling: "raf", timeout },
  );
  return handle.jsonValue();
}

/** When the page first says that it is linked to the hub. */
export async function linkedAt(person, timeout = 90_000) {
  const handle = await person.page.waitForFunction(() => document.querySelector('[data-link="live"], [data-link="http"]') && Date.now(), null, {
    polling: "raf",
    timeout,
  });
  return handle.jsonValue();
}

/** Makes an invitation in People, and hands over its link. */
export async function invite(person, party, role = "Focal Point") {
  await person.goto("/people");
  await person.page.getByRole("main").getByRole("button", { name: "Invite", exact: true }).first().click();
  const dialog = person.page.getByRole("dialog", { name: "Invite an officer" });
  await dialog.getByLabel("For", { exact: true }).selectOption(party);
  await dialog.getByLabel("As", { exact: true }).selectOption({ label: role });
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Close" }).click();
  return link;
}

/** The agenda of a meeting's page: its list, its items, and one item by its title. */
export const agenda = (page) => page.getByRole("list", { name: "Agenda", exact: true }).first();
export const items = (page) => agenda(page).locator(":scope > li");
export const titles = (page) =>
  items(page).evaluateAll((lines) => lines.map((line) => (line.querySelector("textarea, input")?.value ?? line.querySelector(".item-main")?.textContent ?? "").trim()));
