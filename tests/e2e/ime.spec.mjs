// Somebody writes with an input method while others write in the same words: no letter is lost, none comes twice, and nothing is
// changed under a composition.
import { expect, test } from "@playwright/test";
import { Ime, METHODS } from "./lib/ime.mjs";
import { at, items, openMeeting, titles, unsent } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

// Longer than a pause after which a line is saved.
const PAUSE = 1_000;
const THEIRS = "[Jakarta]";

const on = staged(async (stage) => {
  const [chair, secretariat] = [await stage.person("Cambodia"), await stage.person("Secretariat")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC)]);
  const path = await openMeeting(chair);
  for (const person of [chair, secretariat]) await at(person, `${path}?tab=report`);
  // What this device has, in a tab where nobody writes.
  const beside = await chair.tab(`${path}?tab=report`);
  await chair.page.bringToFront();
  return { chair, secretariat, path, beside, ime: await Ime.at(chair) };
});

const paras = (page) => page.locator(".paras > li.para");
const texts = (page) => page.getByRole("textbox", { name: "Text of the paragraph" });

/** The titles of the items, in their order in the report. */
const order = (page) => page.locator(".report-item h3[id^='ri-'] > span:last-child").allTextContents();

/** A new paragraph with some words, the caret of the person between the two. Answers its field on each page. */
async function paragraph(before, after) {
  const { chair, secretariat, beside } = on;
  const count = await texts(chair.page).count();
  await chair.page.getByRole("button", { name: "Paragraph: add to 3", exact: true }).click();
  await expect(texts(chair.page)).toHaveCount(count + 1);
  const field = chair.page.locator("textarea:focus");
  await expect(field).toHaveCount(1);
  await chair.page.keyboard.insertText(before + after);
  for (let n = 0; n < after.length; n += 1) await chair.page.keyboard.press("ArrowLeft");
  const id = await field.getAttribute("id");
  const of = (page) => page.locator(`[id="${id}"]`);
  for (const page of [secretariat.page, beside]) await expect(of(page)).toHaveValue(before + after);
  return { field: of(chair.page), theirs: of(secretariat.page), beside: of(beside) };
}

/** The other writes at a place of the words, and the engine of the one who composes has it. */
async function elsewhere({ theirs, beside }, place, words = THEIRS) {
  await theirs.evaluate((area, place) => {
    area.focus();
    area.setSelectionRange(place, place);
  }, place);
  await on.secretariat.page.keyboard.insertText(words);
  await expect.poll(() => beside.inputValue()).toContain(words);
}

/** Both have the same words: these, with the other's words once among them. */
async function agree({ field, theirs }, wanted) {
  await expect.poll(() => field.inputValue()).toContain(THEIRS);
  await expect.poll(async () => (await theirs.inputValue()) === (await field.inputValue()), { message: "the same on both screens" }).toBe(true);
  const value = await field.inputValue();
  expect(value.split(THEIRS), value).toHaveLength(2);
  expect(value.split(THEIRS).join("").normalize("NFC"), value).toBe(wanted.normalize("NFC"));
  return value;
}

for (const [name, { steps, pause, there, word }] of Object.entries(METHODS)) {
  for (const place of ["before", "within", "after"]) {
    test(`${name}; another writes ${place} it`, async () => {
      const { ime } = on;
      const here = await paragraph("The Meeting noted «", "» and thanked all.");
      const start = "The Meeting noted «".length;
      await ime.play(steps.slice(0, pause));
      await expect(here.theirs).toHaveValue(`The Meeting noted «${there}» and thanked all.`);
      const shown = await here.field.inputValue();
      const whole = `The Meeting noted «${word}» and thanked all.`;
      const spot = { before: 4, within: start + there.length - 1, after: start + there.length + 5 }[place];
      await elsewhere(here, spot);
      if (steps[pause - 1].startsWith("compose")) {
        // What is composed stands as it was, to the last letter.
        expect(await here.field.inputValue()).toBe(shown);
      } else {
        await expect.poll(() => here.field.inputValue()).toContain(THEIRS);
      }
      await ime.play(steps.slice(pause));
      const value = await agree(here, whole);
      if (place === "before") expect(value).toBe(`The ${THEIRS}${whole.slice(4)}`);
      if (place === "after") expect(value).toBe(whole.replace(`${word}» and`, `${word}» and${THEIRS}`));
      // The caret stayed with the word: what comes next stands behind it.
      await ime.commit("!");
      await agree(here, whole.replace(`${word}»`, `${word}!»`));
    });
  }
}

test("a composition that is given up leaves what stood there, and what others wrote meanwhile", async () => {
  const { ime } = on;
  const here = await paragraph("One two", " three");
  await ime.play(["compose n", "compose ni", "compose ni'hao"]);
  await expect(here.theirs).toHaveValue("One twoni'hao three");
  await elsewhere(here, 0);
  expect(await here.field.inputValue()).toBe("One twoni'hao three");
  await ime.cancel();
  expect(await agree(here, "One two three")).toBe(`${THEIRS}One two three`);
});

test("another takes out words around what is being composed: what is composed from then on stays", async () => {
  const { ime, secretariat } = on;
  const here = await paragraph("One two ", "three four");
  await ime.play(["compose V", "compose Vi", "compose Viê"]);
  await expect(here.theirs).toHaveValue("One two Viêthree four");
  await here.theirs.evaluate((area) => {
    area.focus();
    area.setSelectionRange(4, 16);
  });
  await secretariat.page.keyboard.press("Delete");
  await expect(here.beside).toHaveValue("One  four");
  expect(await here.field.inputValue()).toBe("One two Viêthree four");
  await ime.play(["compose Viêt", "compose Việt", "commit Việt"]);
  // Letters that were there before were taken out by the other; those composed after it are here, in the order they were typed.
  await expect.poll(() => here.field.inputValue()).toMatch(/^One (V?i?)?(ê|ệ)t four$/u);
  await expect(here.theirs).toHaveValue(await here.field.inputValue());
});

test("what is composed before the engine has answered once is there once", async () => {
  const { ime, chair, secretariat, path } = on;
  const here = await paragraph("Before ", "after");
  await here.field.blur();
  await expect.poll(() => unsent(chair)).toBe(0);
  // Between the focus and the engine's answer another's words come in.
  await chair.page.evaluate(() => {
    const post = MessagePort.prototype.postMessage;
    self.kept = [];
    MessagePort.prototype.postMessage = function (...said) {
      self.kept.push([this, said]);
    };
    self.letGo = () => {
      MessagePort.prototype.postMessage = post;
      for (const [port, said] of self.kept) post.apply(port, said);
    };
  });
  await here.field.focus();
  await here.field.press("Home");
  await ime.play(["compose h", "compose hui"]);
  await here.theirs.focus();
  await here.theirs.press("End");
  await secretariat.page.keyboard.insertText(THEIRS);
  await expect(here.beside).toHaveValue(`Before after${THEIRS}`);
  await chair.page.evaluate(() => self.letGo());
  await ime.play(["compose hui'yi", "commit 会议"]);
  expect(await agree(here, "会议Before after")).toBe(`会议Before after${THEIRS}`);
  await at(secretariat, `${path}?tab=report`);
});

test("where paragraphs and items change their places meanwhile, the composition goes on", async () => {
  const { ime, chair, secretariat, path } = on;
  const here = await paragraph("Minutes ", "of the item");
  await ime.play(["compose T", "compose Ti", "compose Tiê"]);
  await expect(here.theirs).toHaveValue("Minutes Tiêof the item");
  const id = await here.field.getAttribute("id");
  const count = await texts(chair.page).count();
  // A paragraph comes before it, and its item goes up by two places.
  await secretariat.page.getByRole("button", { name: "Paragraph: add to 2", exact: true }).click();
  await expect(texts(secretariat.page)).toHaveCount(count + 1);
  await secretariat.page.keyboard.insertText("Earlier words.");
  await at(secretariat, path);
  const before = await order(chair.page);
  for (const place of [2, 1]) {
    await items(secretariat.page).nth(place).getByRole("button", { name: /^Move up/ }).click();
    await expect.poll(async () => (await titles(secretariat.page)).indexOf(before[2])).toBe(place - 1);
  }
  const wanted = [before[2], before[0], before[1], ...before.slice(3)];
  await expect.poll(() => order(on.beside)).toEqual(wanted);
  expect(await order(chair.page)).toEqual(before);
  await expect(chair.page.locator("textarea:focus")).toHaveAttribute("id", id);
  expect(await here.field.inputValue()).toBe("Minutes Tiêof the item");
  await ime.play(["compose Tiên", "compose Tiếng", "commit Tiếng"]);
  // The places are shown once it is over, and the focus and the caret are where they were.
  await expect.poll(() => order(chair.page)).toEqual(wanted);
  await expect(texts(chair.page)).toHaveCount(count + 1);
  await expect(chair.page.locator("textarea:focus")).toHaveAttribute("id", id);
  await ime.commit(" and more ");
  await expect(here.field).toHaveValue("Minutes Tiếng and more of the item");
  await at(secretariat, `${path}?tab=report`);
  await expect(here.theirs).toHaveValue("Minutes Tiếng and more of the item");
});

test("a line that another writes anew meanwhile: both stand, each whole", async () => {
  const { ime, chair, secretariat, path, beside } = on;
  for (const person of [chair, secretariat]) await at(person, path);
  await beside.goto(chair.wire.url + path);
  await chair.page.bringToFront();
  const title = (page) => items(page).nth(4).getByRole("textbox", { name: "Title of the item" });
  const was = await title(chair.page).inputValue();
  await title(chair.page).focus();
  await title(chair.page).press("ControlOrMeta+End");
  await ime.play(["compose h", "compose hui", "compose hui'yi"]);
  // Who chooses among candidates takes longer than a pause in typing.
  const begun = Date.now();
  await expect.poll(() => Date.now() - begun).toBeGreaterThan(PAUSE);
  await title(secretariat.page).fill("Retitled in Jakarta");
  await title(secretariat.page).blur();
  await expect(title(beside)).toHaveValue("Retitled in Jakarta");
  expect(await title(chair.page).inputValue()).toBe(`${was}hui'yi`);
  await ime.play(["compose 会议", "commit 会议"]);
  await title(chair.page).blur();
  await expect(title(chair.page)).toHaveValue(/^(Retitled in Jakarta|.*会议)$/);
  for (const person of [chair, secretariat]) {
    const line = items(person.page).nth(4);
    const kept = line.getByRole("button", { name: /other version kept$/ }).first();
    await expect(kept).toBeVisible();
    const shown = await title(person.page).inputValue();
    const other = shown === "Retitled in Jakarta" ? `${was}会议` : "Retitled in Jakarta";
    expect([`${was}会议`, "Retitled in Jakarta"]).toContain(shown);
    await kept.click();
    await expect(line.locator(".kept-panel").first()).toContainText(other);
    await person.page.keyboard.press("Escape");
  }
});

test("Enter ends a composition before it adds an item", async () => {
  const { ime, chair, path } = on;
  await at(chair, path);
  await expect(items(chair.page)).toHaveCount(7);
  const count = await items(chair.page).count();
  const field = chair.page.getByRole("textbox", { name: "Title of a new item" });
  await field.focus();
  await ime.play(["compose h", "compose hui"]);
  await ime.key("Enter");
  await ime.commit("hui");
  await expect(field).toHaveValue("hui");
  await expect(items(chair.page)).toHaveCount(count);
  await field.press("Enter");
  await expect(items(chair.page)).toHaveCount(count + 1);
  await expect(items(chair.page).last().getByRole("textbox", { name: "Title of the item" })).toHaveValue("hui");
});
