// What carries authority: a status claimed twice apart stands twice until someone chooses; what the hub has not confirmed is
// provisional; a party speaks in its own voice.
import { expect, test } from "@playwright/test";
import { look } from "./lib/look.mjs";
import { at, field, invite, openProject, shownAt, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const office = await stage.person("Cambodia, office");
  const travelling = await stage.person("Cambodia, travelling");
  const [vietnam, secretariat] = [await stage.person("Viet Nam"), await stage.person("Secretariat")];
  const { KH, VN, ASEC } = stage.hub.links;
  await Promise.all([office.join(KH), vietnam.join(VN), secretariat.join(ASEC)]);
  // The second laptop of the same delegation: invited by the first.
  await travelling.join(await invite(office, "KH"));
  const path = await openProject(office);
  for (const person of [travelling, vietnam, secretariat]) await at(person, path);
  return { office, travelling, vietnam, secretariat };
});

const claims = (person) => person.page.getByRole("group", { name: /different statuses were reported/ });

/** What some do without a network, then together again. */
const apart = async (people, what) => {
  for (const person of people) {
    await person.wire.cut();
    await person.offline();
  }
  await what();
  for (const person of people) await expect.poll(() => unsent(person)).toBeGreaterThan(0);
  for (const person of people) {
    await person.wire.join();
    await person.catchUp();
  }
};

test("a status claimed twice apart is shown twice, on every screen", async () => {
  const { office, travelling, vietnam } = on;
  for (const person of [office, travelling]) {
    await person.wire.cut();
    await person.offline();
  }
  await field(office.page, "Status").selectOption({ label: "Ongoing" });
  await field(travelling.page, "Status").selectOption({ label: "Postponed" });
  const why = travelling.page.getByRole("dialog", { name: "Why Postponed?" });
  await why.getByLabel("Reason").fill("The venue is closed.");
  await why.getByRole("button", { name: "Claim Postponed" }).click();
  for (const person of [office, travelling]) {
    await expect.poll(() => unsent(person)).toBe(1);
    await expect(claims(person)).toHaveCount(0);
  }
  for (const person of [office, travelling]) {
    await person.wire.join();
    await person.catchUp();
  }
  for (const person of [office, travelling, vietnam]) {
    await expect(claims(person)).toBeVisible();
    await expect(claims(person).locator("[data-record]")).toHaveText([/Ongoing/, /Postponed/], { useInnerText: true });
    await expect(claims(person)).toContainText("The venue is closed.");
  }
  await expect(claims(vietnam).getByRole("button")).toHaveCount(0);
});

test("one click and a reason settle it, and both stay in the history", async () => {
  const { office, travelling, vietnam } = on;
  await claims(office).getByLabel("Reason, for the record").fill("Another venue was found.");
  await claims(office).getByLabel("Decided at", { exact: true }).selectOption({ index: 1 });
  await claims(office).getByRole("button", { name: "Keep Ongoing" }).click();
  for (const person of [office, vietnam]) {
    const last = person.page.getByRole("list", { name: "Steps of the status" }).getByRole("listitem").first();
    await expect(last).toContainText("Another venue was found.");
    await expect(last.getByRole("link")).toHaveAttribute("href", /^\/meetings\//);
  }
  for (const person of [office, travelling, vietnam]) {
    await expect(claims(person)).toHaveCount(0);
    const history = person.page.getByRole("complementary", { name: "History" });
    for (const words of ["Ongoing", "Postponed", "The venue is closed.", "Another venue was found."]) {
      await expect(history).toContainText(words);
    }
  }
  await expect(field(travelling.page, "Status")).toHaveValue("ONGOING");
});

test("an act is provisional until the hub has confirmed it", async () => {
  const { secretariat, vietnam } = on;
  const published = (person) => person.page.locator("dl").filter({ has: person.page.getByText("Published", { exact: true }) }).first();
  await secretariat.wire.cut();
  await secretariat.offline();
  await field(secretariat.page, "Published status").selectOption({ label: "Ongoing" });
  await expect(published(secretariat)).toContainText("Ongoing");
  await expect(published(secretariat)).toContainText("Provisional");
  await expect(published(vietnam)).toContainText("Not published");
  await secretariat.wire.join();
  await secretariat.catchUp();
  await expect(published(secretariat)).not.toContainText("Provisional");
  await expect(published(vietnam)).toContainText("Ongoing");
  await expect(published(vietnam)).not.toContainText("Provisional");
});

test("a partner taken out by one and put in again by another stays in, with both said beside it", async () => {
  const { office, travelling } = on;
  const partners = (person) => person.page.getByRole("group", { name: "Partners", exact: true });
  const chip = (person) => partners(person).locator(".chip").filter({ hasText: "Japan" });
  const add = (person) => partners(person).getByRole("combobox", { name: "Add a party" }).selectOption({ label: "Japan" });
  const remove = (person) => partners(person).getByRole("button", { name: "Remove JP" }).click();
  await add(office);
  await office.live();
  await expect(chip(travelling)).toHaveCount(1);
  await apart([office, travelling], async () => {
    await remove(travelling);
    await expect(chip(travelling)).toHaveCount(0);
    await remove(office);
    await add(office);
    await expect(chip(office)).toHaveCount(1);
  });
  for (const person of [office, travelling]) {
    await expect(chip(person)).toHaveCount(1);
    await expect(partners(person).getByRole("button", { name: "Japan: 1 other version kept" })).toBeVisible();
  }
  await partners(office).getByRole("button", { name: /other version kept/ }).click();
  const panel = partners(office).getByRole("group", { name: "Japan" });
  await expect(panel.getByRole("listitem")).toHaveText([/^In the list/, /^Not in the list/]);
  await look(office.page, "kept-member", false);
  await panel.getByRole("button", { name: "Keep this: Not in the list" }).click();
  for (const person of [office, travelling]) await expect(chip(person)).toHaveCount(0);
});

test("words of two in one sentence are marked for both, and for who reads it", async () => {
  const { office, travelling, vietnam } = on;
  const note = (person) => field(person.page, "Progress note");
  await note(office).fill("A workshop was held");
  await note(office).blur();
  for (const person of [travelling, vietnam]) await expect(note(person)).toHaveValue("A workshop was held");
  await apart([office, travelling], async () => {
    await write(office, note(office), " in Siem Reap");
    await write(travelling, note(travelling), " in September");
  });
  const mark = (person) => person.page.getByRole("button", { name: "Written in one sentence by two" });
  for (const person of [office, travelling, vietnam]) await expect(mark(person)).toHaveCount(1);
  await mark(vietnam).click();
  const panel = vietnam.page.getByRole("group", { name: "Written in one sentence by two" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await expect(panel).toContainText("wrote in the same sentence at the same time");
  await look(vietnam.page, "met", false);
  await mark(office).click();
  await expect(office.page.getByRole("group", { name: "Written in one sentence by two" })).toContainText("You both wrote in one sentence.");
});

test("a comment is made in a party's own voice, also offline", async () => {
  const { vietnam, office, secretariat } = on;
  const comment = (person) => person.page.getByRole("listitem").filter({ hasText: "Viet Nam can host the workshop." });
  await vietnam.wire.cut();
  await vietnam.offline();
  await field(vietnam.page, "Your comment").fill("Viet Nam can host the workshop.");
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await expect(comment(vietnam)).toHaveAttribute("data-sync", "device");
  const shown = [office, secretariat].map((person) => shownAt(person, "Viet Nam can host the workshop."));
  await vietnam.wire.join();
  await vietnam.catchUp();
  await Promise.all(shown);
  for (const person of [office, secretariat]) {
    await expect(comment(person)).toHaveCount(1);
    await expect(comment(person)).toContainText("Viet Nam");
    // It is Viet Nam's alone to take back.
    await expect(comment(person).getByRole("button")).toHaveCount(0);
  }
  await expect(comment(vietnam)).toHaveAttribute("data-sync", /hub|seen/);
});
