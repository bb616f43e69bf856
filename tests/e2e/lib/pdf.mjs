// What a printed page says: the browser makes a PDF of it, and the PDF is read.
import { extractText, getDocumentProxy } from "unpdf";

const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** Prints the page as a person does and reads what comes out: the words of each sheet, in the order in which they are drawn. */
export async function printed(page) {
  const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(document, { mergePages: false });
  const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
  const sheets = text.map(plain);
  return { bytes, sheets, words: sheets.join(" "), size: [Math.round(width), Math.round(height)] };
}

/** Which of some words are not in a text, or not in this order. Where a line or a cell ends there need be no space. */
export function inOrder(text, words) {
  const tight = (text) => plain(text).replaceAll(" ", "");
  const whole = tight(text);
  let from = 0;
  const missing = [];
  for (const one of words.map(tight)) {
    const at = whole.indexOf(one, from);
    if (at < 0) missing.push(one);
    else from = at + one.length;
  }
  return missing;
}
