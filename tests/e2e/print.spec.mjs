// The papers of a meeting as a ministry hands them out. Each is printed to a PDF and read: the words, their order, the sheets,
// nothing of the interface, and no note in a hand that may not have it. MUFAKAT_PAPERS names a folder for the PDFs.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { inOrder, printed } from "./lib/pdf.mjs";
import { MEETING, at, items, openMeeting, titles } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const BODY = "ASEAN Cooperation on Civil Service Matters (ACCSM)";
const HEAD = [BODY, MEETING, "17 November 2020"];
/** Who came, as the sources say. */
const COME = ["Delegates", "Thailand", "Viet Nam", "Director-General, International Cooperation Department"];
const NOTE = "Draft words for the Chair alone.";
const LONG = "Draft words of a long paragraph that goes on over the end of its sheet. ";
const FILE = { name: "Draft note.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\nDraft words of a paper") };

// Cambodia is in the Chair today; the Secretariat writes; Viet Nam reads.
const on = staged(async (stage) => {
  const [chair, secretariat, vietnam] = [await stage.person("Cambodia"), await stage.person("Secretariat"), await stage.person("Viet Nam")];
  await Promise.all([chair.join(stage.hub.links.KH), secretariat.join(stage.hub.links.ASEC), vietnam.join(stage.hub.links.VN)]);
  const path = await openMeeting(chair);
  for (const person of [secretariat, vietnam]) await at(person, path);
  for (const { page } of [chair, secretariat, vietnam]) await expect(items(page)).toHaveCount(7);
  return { chair, secretariat, vietnam, path, first: await titles(chair.page) };
});

/** What the page offers to press or to follow outside of what it shows. */
const offered = (page) =>
  page.evaluate(() => {
    const found = [...document.querySelectorAll("button, .mainnav a, .head-acts a, .skip, [role=tab], [role=combobox], select")];
    return found.flatMap((one) => [one.textContent, one.getAttribute("aria-label") ?? ""]).map((text) => text.replace(/\s+/g, " ").trim());
  });

/** Prints what a person's page shows, and holds it against what every paper is. */
async function paper(person, name, expected) {
  const { page } = person;
  const { bytes, sheets, words, size } = await printed(page);
  if (process.env.MUFAKAT_PAPERS) {
    mkdirSync(process.env.MUFAKAT_PAPERS, { recursive: true });
    writeFileSync(join(process.env.MUFAKAT_PAPERS, `${name}.pdf`), bytes);
  }
  expect(size, "A4").toEqual([595, 842]);
  expect(inOrder(words, [...HEAD, ...expected]), words).toEqual([]);
  expect(words).toContain(`Printed by ${person.name === "Secretariat" ? "ASEAN Secretariat" : person.name},`);
  sheets.forEach((sheet, n) => expect(sheet, `sheet ${n + 1}`).toContain(`${n + 1} / ${sheets.length}`));
  // Words of the interface that no paper says. What a paper says anyway is long or short of them.
  const own = ["Agenda", "People", "Report", "Delegations", "Documents", "Decisions", "Cambodia", "Viet Nam"];
  const interface_ = (await offered(page)).filter((text) => text.length > 4 && !own.includes(text));
  expect(interface_.length).toBeGreaterThan(9);
  const says = (text) => new RegExp(`(^|[^\\p{L}\\d])${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}($|[^\\p{L}\\d])`, "u").test(words);
  expect(interface_.filter(says)).toEqual([]);
  for (const mark of ["On the hub", "Seen by", "Comments", "Skip to content", "as of "]) expect(words).not.toContain(mark);
  return { sheets, words };
}

test("the agenda is a paper under its head, the same for who may write it and who may not", async () => {
  const { chair, vietnam, first } = on;
  const wanted = ["Provisional agenda", "For ACCSM: Member States and the Secretariat", ...first.map((title, n) => `${n + 1} ${title}`)];
  const [written, read] = [await paper(chair, "agenda", wanted), await paper(vietnam, "agenda-read", wanted)];
  expect([written.sheets.length, read.sheets.length]).toEqual([1, 1]);
  const body = ({ words }) => words.slice(words.indexOf(`1 ${first[0]}`));
  expect(body(written)).toBe(body(read));
});

test("it is black on white, also from the dark scheme and from a narrow window", async () => {
  const { vietnam } = on;
  const { page } = vietnam;
  const before = await paper(vietnam, "agenda-light", ["Provisional agenda"]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 800 });
  const dark = await paper(vietnam, "agenda-dark", ["Provisional agenda"]);
  const still = ({ words }) => words.replace(/As on this device on [^.]*\./, "");
  expect(still(dark)).toBe(still(before));
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  const colours = await page.evaluate(() => {
    const paper = document.getElementById("paper");
    const of = (element) => getComputedStyle(element);
    const inks = new Set([...paper.querySelectorAll("*")].map((element) => of(element).color));
    return { inks: [...inks], ground: of(document.body).backgroundColor, scheme: of(document.documentElement).colorScheme };
  });
  expect(colours).toEqual({ inks: ["rgb(0, 0, 0)"], ground: "rgb(255, 255, 255)", scheme: "light" });
  await page.emulateMedia({ colorScheme: null, media: null });
  await page.setViewportSize({ width: 1440, height: 1000 });
});

test("notes for the Chair are on the annotated agenda alone, and nobody else can print them", async () => {
  const { chair, secretariat, vietnam, first } = on;
  const annotate = (person) => person.page.getByRole("button", { name: "Print with the notes" });
  await expect(annotate(chair)).toHaveCount(0);
  await items(chair.page).nth(1).getByRole("button", { name: /^More about/ }).click();
  await items(chair.page).nth(1).getByRole("button", { name: /^Note for the Chair/ }).click();
  await items(chair.page).nth(1).getByRole("textbox", { name: "For the Chair" }).fill(NOTE);
  await expect(items(secretariat.page).nth(1).getByRole("textbox", { name: "For the Chair" })).toHaveValue(NOTE);
  // The browser's own printing gives the agenda that may be handed out.
  for (const person of [chair, secretariat, vietnam]) {
    const { words } = await paper(person, `agenda-of-${person.name}`, ["Provisional agenda", ...first]);
    for (const secret of [NOTE, "For the Chair", "Annotated"]) expect(words).not.toContain(secret);
  }
  await expect(annotate(vietnam)).toHaveCount(0);
  for (const person of [chair, secretariat]) {
    const { page } = person;
    // Headless browsers open no dialog: what it would print is made, and put back where the PDF makes it anew.
    await page.evaluate(() => {
      window.print = () => {
        dispatchEvent(new Event("beforeprint"));
        self.held = document.querySelector("#paper");
        addEventListener("beforeprint", () => self.held && document.querySelector("#paper").replaceWith(self.held));
      };
    });
    await annotate(person).click();
    const head = ["Annotated agenda", "For the Chair and the Secretariat", "Provisional agenda"];
    await paper(person, `annotated-${person.name}`, [...head, `1 ${first[0]}`, `2 ${first[1]}`, "For the Chair", NOTE, `3 ${first[2]}`, `7 ${first[6]}`]);
    await page.evaluate(() => (self.held = null));
  }
  // Once, and no more.
  const again = await paper(chair, "agenda-again", ["Provisional agenda"]);
  expect(again.words).not.toContain(NOTE);
});

const paras = (person) => person.page.locator(".paras > li.para");
const text = (person, n) => paras(person).nth(n).getByRole("textbox", { name: "Text of the paragraph" });

test("the draft report runs through with its annexes: delegates, agenda, then papers", async () => {
  const { chair, secretariat, vietnam, path, first } = on;
  await at(secretariat, `${path}?tab=documents`);
  const session = secretariat.page.locator("[data-group]").nth(1);
  await session.getByLabel("New papers belong to").selectOption({ index: 2 });
  await session.getByLabel("Add files").setInputFiles(FILE);
  await expect(secretariat.page.locator("[data-paper]").filter({ hasText: "Draft note" })).toHaveAttribute("data-place", "here", { timeout: 60_000 });
  for (const person of [chair, secretariat, vietnam]) await at(person, `${path}?tab=report`);
  const add = async (what, item, n, words) => {
    await secretariat.page.getByRole("button", { name: `${what}: add to ${item}`, exact: true }).click();
    await expect(text(secretariat, n)).toBeFocused();
    await secretariat.page.keyboard.insertText(words);
  };
  await add("Paragraph", 1, 0, "Draft words on the agenda.");
  await add("Paragraph", 2, 1, `${LONG.repeat(120)}Its last words.`);
  await add("Decision", 3, 2, "Draft decision on the plan.");
  await paras(secretariat).nth(2).getByRole("combobox", { name: "Verb", exact: true }).selectOption({ label: "endorsed" });
  await expect(paras(vietnam).nth(2)).toContainText("The Meeting endorsed Draft decision on the plan.");
  await expect(text(chair, 1)).toHaveValue(/Its last words\.$/);
  on.report = [
    `Agenda item 1: ${first[0]}`, "1. Draft words on the agenda.",
    `Agenda item 2: ${first[1]}`, "2. Draft words of a long paragraph", "Its last words.",
    `Agenda item 3: ${first[2]}`, "3. The Meeting endorsed Draft decision on the plan.",
    "Annexes", "Annex 1 List of delegates", "Annex 2 Provisional agenda", "Annex 3 Draft note", "Fingerprint of the file: ",
  ];
  const annexes = ["Annex 1 List of delegates", ...COME, "Annex 2 Provisional agenda", ...first.map((title, n) => `${n + 1} ${title}`)];
  for (const person of [secretariat, vietnam]) {
    const wanted = ["Draft report", "0 of 3 paragraphs agreed", ...on.report, ...annexes];
    const { sheets, words } = await paper(person, `report-draft-${person.name}`, wanted);
    // The long paragraph alone is more than two sheets, and all of it is there.
    expect(words.split(LONG.trim()).length - 1, "of the long paragraph").toBeGreaterThan(100);
    expect(words.replace(/ \S[^.]*\d+ \/ \d+ /g, " ").length).toBeGreaterThan(LONG.length * 120);
    const starts = (start) => sheets.findIndex((sheet) => sheet.includes(start) && !sheet.includes("Annexes"));
    expect(starts("Annex 1 List of delegates")).toBe(sheets.length - 2);
    expect(starts("Annex 2 Provisional agenda")).toBe(sheets.length - 1);
    expect(sheets.length).toBeGreaterThanOrEqual(5);
  }
});

test("an adopted report is printed as it was adopted, by whom, with its fingerprint", async () => {
  const { chair, vietnam } = on;
  for (const n of [0, 1, 2]) await paras(chair).nth(n).getByRole("button", { name: "Agree", exact: true }).click();
  await expect(vietnam.page.getByText("3 of 3 paragraphs agreed")).toBeVisible();
  for (const [act, record] of [
    ["Show it to the meeting", "Record: Before the meeting"],
    ["All paragraphs are agreed", "Record: Agreed"],
    ["Adopt the report", "Record: Adopted"],
  ]) {
    await chair.page.getByRole("button", { name: act, exact: true }).click();
    const dialog = chair.page.getByRole("dialog", { name: act });
    await dialog.getByRole("button", { name: record }).click();
    await expect(dialog).toHaveCount(0);
  }
  await chair.page.getByRole("button", { name: "Corrigendum to paragraph 1" }).click();
  const dialog = chair.page.getByRole("dialog", { name: "Corrigendum to paragraph 1" });
  await dialog.getByLabel("To be read instead").fill("Draft words on the adopted agenda.");
  await dialog.getByRole("button", { name: "Record the corrigendum" }).click();
  await expect(paras(vietnam).nth(0)).toContainText("Draft words on the adopted agenda.");
  const { words } = await paper(vietnam, "report-adopted", ["Report", "Adopted", "delegations: ", "Cambodia", ...on.report]);
  expect(inOrder(words, ["1. Draft words on the agenda.", "Corrigendum: read Draft words on the adopted agenda.", "Agenda item 2"])).toEqual([]);
  expect(words).toMatch(/Fingerprint [0-9a-f]{64}/);
  expect(words).not.toContain("Draft report");
});

test("the lists of delegates, documents and decisions", async () => {
  const { vietnam, path, first } = on;
  await at(vietnam, `${path}?tab=delegations`);
  const come = await paper(vietnam, "delegates", ["List of delegates", ...COME]);
  expect(come.sheets).toHaveLength(1);
  await at(vietnam, `${path}?tab=documents`);
  await expect(vietnam.page.locator("[data-paper]").filter({ hasText: "Draft note" })).toBeVisible();
  await paper(vietnam, "documents", ["List of documents", "Document File Agenda item", "Draft note", FILE.name]);
  await at(vietnam, `${path}?tab=decisions`);
  await expect(vietnam.page.getByRole("region", { name: "Decisions" })).toContainText("Draft decision on the plan.");
  const { words } = await paper(vietnam, "decisions", ["Decisions", "Where What How it stands", "Paragraph 3", "The Meeting endorsed Draft decision on the plan.", "For adoption"]);
  expect(words).not.toContain(first[0]);
});

test("titles in other languages are printed in them, and say so", async () => {
  const { vietnam } = on;
  await openMeeting(vietnam, "ACCSM Focal Points Meeting 2020");
  await expect(items(vietnam.page)).toHaveCount(4);
  const { bytes } = await printed(vietnam.page);
  if (process.env.MUFAKAT_PAPERS) writeFileSync(join(process.env.MUFAKAT_PAPERS, "agenda-khmer.pdf"), bytes);
  const khmer = vietnam.page.locator('#paper [lang="km"]');
  await expect(khmer).toHaveCount(4);
  await expect(khmer.first()).toHaveText(/\p{Script=Khmer}/u);
  // No paper stands in a page that is looked at, and none goes with a reader to the next.
  await expect(khmer.first()).toBeHidden();
  await vietnam.page.getByRole("link", { name: "Meetings", exact: true }).first().click();
  await expect(vietnam.page.locator("#paper")).toHaveCount(0);
});
