// The story that the application exists for: Cambodia's focal point edits the real work plan with no network, over a browser
// restart and a power cut, and it reaches Viet Nam and the Secretariat with nothing lost anywhere.
import { expect, test } from "@playwright/test";
import { Hub } from "./lib/hub.mjs";
import { Person } from "./lib/person.mjs";
import { Wire } from "./lib/wire.mjs";

const PROJECT = "Digitalization in Public Administration";

let hub, cambodia, vietnam, secretariat, wire, near;

test.beforeAll(async () => {
  hub = await Hub.start();
  wire = await Wire.to(hub.port);
  near = await Wire.to(hub.port);
  cambodia = new Person("Cambodia", wire);
  vietnam = new Person("Viet Nam", near);
  secretariat = new Person("Secretariat", near);
});

test.afterAll(async () => {
  for (const person of [cambodia, vietnam, secretariat]) await person?.end();
  for (const each of [wire, near]) await each?.cut();
  await hub?.end();
});

async function openProject(person) {
  await person.goto("/plans");
  await person.page.getByRole("link", { name: /ACCSM Work Plan 2021-2025/ }).first().click();
  await openRow(person);
}

async function openRow(person) {
  await person.page.getByRole("table", { name: "Projects" }).getByRole("link", { name: PROJECT }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toContainText(PROJECT);
}

const note = (person) => person.page.getByLabel("Progress note", { exact: true });
const objective = (person) => person.page.getByLabel("Objective", { exact: true });

/** Waits until the page's root says that all words are at least durable on this device. */
async function kept(person) {
  await person.page.locator('main [data-record][data-sync="device"], main[data-sync="device"]').first().waitFor();
  await expect(person.page.locator('[data-sync="pending"]')).toHaveCount(0);
}

test("a focal point writes without a network, through a restart and a power cut, and it reaches everyone", async () => {
  await Promise.all([
    cambodia.join(hub.links.KH),
    vietnam.join(hub.links.VN),
    secretariat.join(hub.links.ASEC),
  ]);
  await Promise.all([cambodia, vietnam, secretariat].map(openProject));

  await test.step("what one types the others read while they look", async () => {
    await note(cambodia).fill("Draft note typed online. ");
    await expect(note(vietnam)).toHaveValue(/Draft note typed online/);
    await expect(note(secretariat)).toHaveValue(/Draft note typed online/);
  });

  await test.step("with the network cut, editing goes on and nothing is called sent", async () => {
    await wire.cut();
    await cambodia.offline();
    await note(cambodia).press("End");
    await note(cambodia).pressSequentially("First line written on a plane. ");
    await objective(cambodia).fill("Draft objective កំណត់ចំណាំ Mục tiêu");
    await kept(cambodia);
    expect(Number(await cambodia.sync.getAttribute("data-unsent"))).toBeGreaterThan(0);
  });

  await test.step("after a restart of the browser, still offline, every word is there", async () => {
    await cambodia.close();
    await cambodia.open("/plans");
    await expect(cambodia.page.getByRole("heading", { level: 1 })).toBeVisible();
    await openProject(cambodia);
    await expect(note(cambodia)).toHaveValue(/First line written on a plane/);
    await expect(objective(cambodia)).toHaveValue("Draft objective កំណត់ចំណាំ Mục tiêu");
    await note(cambodia).press("Control+End");
    await note(cambodia).pressSequentially("Second line after the restart. ");
    await kept(cambodia);
  });

  await test.step("meanwhile others write too", async () => {
    await openProject(vietnam);
    await expect(note(vietnam)).not.toBeEditable();
  });

  await test.step("a power cut takes nothing that was shown as kept", async () => {
    await cambodia.kill();
    await cambodia.open("/plans");
    await openProject(cambodia);
    await expect(note(cambodia)).toHaveValue(/Second line after the restart/);
  });

  await test.step("back online, the other two have it within seconds and nothing is unsent", async () => {
    await openProject(secretariat);
    await wire.join();
    await cambodia.live();
    for (const person of [vietnam, secretariat]) {
      await expect(note(person)).toHaveValue(/typed online.*plane.*after the restart/);
      await expect(objective(person)).toHaveValue("Draft objective កំណត់ចំណាំ Mục tiêu");
    }
    await expect(cambodia.page.locator('[data-sync="seen"]').first()).toBeVisible();
  });
});
