// An agenda is put in order by mouse and by keyboard; what two people do to it apart holds; its minutes are typed together.
import { expect, test } from "@playwright/test";
import { at, items, openMeeting, says, titles, unsent, write } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

// Cambodia is in the Chair today, so it writes the agenda as the Secretariat does.
const on = staged(async (stage) => {
  const [chair, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openMeeting(chair);
  await at(secretariat, path);
  // The session comes after its meeting.
  for (const { page } of [chair, secretariat]) await expect(items(page)).toHaveCount(7);
  return { chair, secretariat, path, first: await titles(chair.page) };
});

const same = (person, wanted) => expect.poll(() => titles(person.page), { message: `the agenda of ${person.name}` }).toEqual(wanted);
const apart = async (...people) => {
  for (const person of people) {
    await person.wire.cut();
    await person.offline();
  }
};
const together = async (...people) => {
  for (const person of people) await person.wire.join();
  for (const person of people) await person.catchUp();
};

test("it is the agenda that the sources give, in its order", async () => {
  const { chair, secretariat, first } = on;
  expect(first).toHaveLength(7);
  expect(first[0]).toBe("Adoption of the Agenda");
  await same(secretariat, first);
});

test("by keyboard, with the focus staying on what moves", async () => {
  const { chair, secretariat, first } = on;
  await items(chair.page).nth(2).getByRole("button", { name: /^Move up/ }).focus();
  await chair.page.keyboard.press("Enter");
  const wanted = [first[0], first[2], first[1], ...first.slice(3)];
  await same(chair, wanted);
  await same(secretariat, wanted);
  await expect(items(chair.page).nth(1).getByRole("button", { name: /^Move up/ })).toBeFocused();
  await expect(chair.page.getByRole("status").filter({ hasText: "is now item 2" })).toHaveCount(1);
  await chair.page.keyboard.press("Alt+ArrowDown");
  await same(chair, first);
  await same(secretariat, first);
});

test("by mouse", async () => {
  const { chair, secretariat, first } = on;
  await items(chair.page).nth(5).locator("[draggable]").dragTo(items(chair.page).nth(1));
  const wanted = [first[0], first[5], ...first.slice(1, 5), first[6]];
  await same(chair, wanted);
  await same(secretariat, wanted);
  on.first = wanted;
});

test("one retitles an item while another moves it, both cut off: both hold", async () => {
  const { chair, secretariat, first } = on;
  await apart(chair, secretariat);
  await write(chair, items(chair.page).nth(4).getByRole("textbox", { name: "Title of the item" }), " (retitled)");
  await items(secretariat.page).nth(4).getByRole("button", { name: /^Move up/ }).click();
  await expect.poll(() => unsent(secretariat)).toBe(1);
  await together(chair, secretariat);
  const wanted = [...first.slice(0, 3), `${first[4]} (retitled)`, first[3], ...first.slice(5)];
  await same(chair, wanted);
  await same(secretariat, wanted);
});

test("two people type the minutes of one item at once, also cut off, and no word is lost", async () => {
  const { chair, secretariat, path } = on;
  for (const person of [chair, secretariat]) await at(person, `${path}?tab=report`);
  await chair.page.getByRole("button", { name: /^Paragraph: add to/ }).first().click();
  const text = (person) => person.page.getByRole("textbox", { name: "Text of the paragraph" });
  await expect(text(secretariat)).toHaveCount(1);

  // At once and live: each sees the other's words come in beside their own.
  await text(chair).focus();
  await text(chair).pressSequentially("The Chair opened the item. ");
  await says(secretariat.page, "Text of the paragraph", /The Chair opened the item\. /);
  await text(secretariat).focus();
  await text(secretariat).press("ControlOrMeta+End");
  await Promise.all([
    text(secretariat).pressSequentially("The Secretariat reported. ", { delay: 20 }),
    text(chair).press("ControlOrMeta+Home").then(() => text(chair).pressSequentially("Morning session. ", { delay: 20 })),
  ]);
  const live = "Morning session. The Chair opened the item. The Secretariat reported. ";
  for (const person of [chair, secretariat]) await expect(text(person)).toHaveValue(live);

  await apart(chair, secretariat);
  await write(chair, text(chair), "Cambodia thanked all. ");
  await text(secretariat).focus();
  await text(secretariat).press("ControlOrMeta+Home");
  await secretariat.page.keyboard.insertText("On 17 November: ");
  await text(secretariat).blur();
  await expect.poll(() => unsent(secretariat)).toBeGreaterThan(0);
  await together(chair, secretariat);
  for (const person of [chair, secretariat]) {
    await expect(text(person)).toHaveValue(`On 17 November: ${live}Cambodia thanked all. `);
  }
});
