// The grid of a plan's projects, driven by keys.
import { expect } from "@playwright/test";

/** The grid. */
export const grid = (page) => page.getByRole("grid", { name: "Projects", exact: true });

/** A project's row, as it stands in the grid. */
export const rowOf = (page, title) => grid(page).locator("tr[data-record]").filter({ has: page.getByRole("link", { name: title, exact: true }) });

/** Where the focus is: the title of the row, or the words of what goes across, and the column. */
export const here = (page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest("#projects-grid [data-col]");
    const row = cell?.closest("[data-row]");
    return cell ? [row.querySelector(".c-title a")?.textContent ?? row.dataset.row.split("/").pop(), cell.dataset.col] : null;
  });

/** Presses Tab until the focus is in the grid. */
export async function tabIn(page) {
  for (let n = 0; n < 80; n += 1) {
    if (await here(page)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not reach the grid");
}

/** Goes to a cell by keys alone: from the first one down to the row, and along it to the column. */
export async function goTo(page, title, column) {
  await tabIn(page);
  await page.keyboard.press("ControlOrMeta+Home");
  const rows = await grid(page).locator("[data-row]").count();
  for (let n = 0; (await here(page))[0] !== title; n += 1) {
    if (n > rows) throw new Error(`no row ${title}`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Home");
  for (let n = 0; (await here(page))[1] !== column; n += 1) {
    if (n > 25) throw new Error(`no column ${column}`);
    await page.keyboard.press("ArrowRight");
  }
  expect(await here(page)).toEqual([title, column]);
}

/** What a copy puts on the clipboard, as text and as HTML. */
export async function copied(page, act) {
  await page.evaluate(() => {
    const told = ({ clipboardData }) => (self.copied = { text: clipboardData.getData("text/plain"), html: clipboardData.getData("text/html") });
    addEventListener("copy", told, { once: true });
  });
  await act();
  return (await page.waitForFunction(() => self.copied)).jsonValue();
}

/** Pastes a text where the focus is, as the browser does. */
export const paste = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
