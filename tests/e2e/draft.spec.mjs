// National work: a drafter and a focal point of Viet Nam write a proposal together, with no network where it must be; a second
// person approves exactly what stands there, an officer submits it. Until then nobody else has it, and afterwards only what it says.
import { expect, test } from "@playwright/test";
import { at, field, openPlan } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const TITLE = "Talent management workshop";
const EARLIER = "Earlier words of the ministry.";
const FINAL = "Talents are found in every province.";

const on = staged(async (stage) => {
  const [drafter, focal, cambodia] = [await stage.person("Drafter"), await stage.person("Viet Nam"), await stage.person("Cambodia")];
  const link = await stage.hub.invite("VN", "drafter");
  await Promise.all([drafter.join(link), focal.join(stage.hub.links.VN), cambodia.join(stage.hub.links.KH)]);
  for (const person of [drafter, focal, cambodia]) await openPlan(person);
  return { drafter, focal, cambodia };
});

const drafts = (person) => person.page.getByRole("region", { name: "Drafts of your delegation" });
const clearance = (person) => person.page.locator("#clearance");
const stands = (person, state) => expect(clearance(person).locator("[data-draft]")).toHaveAttribute("data-draft", state);
const act = (person, name) => clearance(person).getByRole("button", { name, exact: true });

async function fill(person, label, words) {
  await field(person.page, label).fill(words);
  await field(person.page, label).blur();
}

async function pictures(person, name) {
  if (!process.env.MUFAKAT_SCREENS) return;
  for (const [look, width, height] of [["wide", 1440, 1000], ["narrow", 390, 844]]) {
    for (const colorScheme of ["light", "dark"]) {
      await person.page.setViewportSize({ width, height });
      await person.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await person.page.screenshot({ path: `${process.env.MUFAKAT_SCREENS}/${name}-${look}-${colorScheme}.png`, fullPage: look === "narrow" });
    }
  }
  await person.page.setViewportSize({ width: 1440, height: 1000 });
  await person.page.emulateMedia({ colorScheme: "light" });
}

test("a drafter begins a draft offline; the delegation writes it together, and nobody else hears of it", async () => {
  const { drafter, focal, cambodia } = on;
  await drafter.wire.cut();
  await drafter.offline();
  await drafter.page.getByRole("button", { name: "New project" }).click();
  const dialog = drafter.page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill(TITLE);
  await expect(dialog.getByRole("button", { name: "Propose this project" })).toHaveCount(0);
  await pictures(drafter, "draft-new");
  await dialog.getByRole("button", { name: "Draft privately with my delegation" }).click();
  await expect(drafter.page.getByRole("heading", { level: 1 })).toContainText(TITLE);
  await expect(drafter.page.locator(".project-head").getByText("Only your delegation")).toBeVisible();
  await fill(drafter, "Objective", EARLIER);
  await stands(drafter, "writing");
  await expect(act(drafter, "Approve as it stands")).toHaveCount(0);
  await drafter.wire.join();
  await drafter.catchUp();

  await drafts(focal).getByRole("link", { name: TITLE }).click();
  await expect(field(focal.page, "Objective")).toHaveValue(EARLIER);
  await fill(focal, "Brief description", "A week of workshops.");
  await expect(field(drafter.page, "Brief description")).toHaveValue("A week of workshops.");
  await expect(drafts(cambodia)).toHaveCount(0);
  await cambodia.goto(new URL(drafter.page.url()).pathname);
  await expect(cambodia.page.getByRole("heading", { level: 1, name: "There is no such page for you" })).toBeVisible();
  await expect(cambodia.page.getByText(TITLE)).toHaveCount(0);
  await openPlan(cambodia);
});

test("whoever wrote last does not approve; what is returned is improved, and an approval ends with the next word", async () => {
  const { drafter, focal } = on;
  await expect(act(focal, "Approve as it stands")).toHaveCount(0);
  await expect(clearance(focal)).toContainText("Last written by you. Somebody else of your delegation approves it.");
  await fill(drafter, "Objective", "Talents are found.");
  await clearance(focal).getByLabel("Reason", { exact: true }).fill("Say where.");
  await act(focal, "Return").click();
  await stands(drafter, "returned");
  await expect(clearance(drafter)).toContainText("Say where.");
  await fill(drafter, "Objective", FINAL);
  await stands(focal, "writing");
  await pictures(focal, "draft-page");
  await act(focal, "Approve as it stands").click();
  await stands(drafter, "approved");
  await expect(clearance(drafter)).toContainText("A Focal Point, Senior Official or Head of your delegation submits it.");
  await fill(drafter, "Expected outputs", "A report.");
  await stands(focal, "changed");
  await expect(act(focal, "Submit to the work plan")).toHaveCount(0);

  // Approved with no network it waits for the hub, and holds when it is there.
  await focal.wire.cut();
  await focal.offline();
  await act(focal, "Approve as it stands").click();
  await stands(focal, "approved");
  await expect(clearance(focal)).toContainText("Provisional");
  await focal.wire.join();
  await focal.catchUp();
  await stands(drafter, "approved");
  await expect(clearance(focal)).not.toContainText("Provisional");
});

test("submitted, it is a project for everybody, and the draft is only read", async () => {
  const { drafter, focal, cambodia } = on;
  await pictures(focal, "draft-approved");
  await act(focal, "Submit to the work plan").click();
  const dialog = focal.page.getByRole("dialog", { name: "Submit to the work plan" });
  await dialog.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(focal.page.getByRole("heading", { level: 1 })).toContainText(TITLE);
  await expect(focal.page.getByText("Only your delegation")).toHaveCount(0);
  const project = new URL(focal.page.url()).pathname;
  await focal.live();

  await at(cambodia, project);
  await expect(field(cambodia.page, "Objective")).toHaveValue(FINAL);
  await expect(cambodia.page.getByRole("list", { name: "Steps of the status" }).getByRole("listitem")).toHaveCount(1);
  await stands(drafter, "submitted");
  await expect(field(drafter.page, "Objective")).not.toBeEditable();
  await pictures(drafter, "draft-submitted");
  await clearance(drafter).getByRole("link", { name: "Open the project" }).click();
  await expect(drafter.page).toHaveURL(new RegExp(`${project}$`));
  await openPlan(drafter);
  await drafts(drafter).getByText("1 submitted or discarded").click();
  await expect(drafts(drafter).getByRole("link", { name: TITLE })).toBeVisible();
  await pictures(drafter, "draft-plan");
});
