// A work plan with more projects than anybody types in.
//
// One is proposed by hand; what the page told the engine then is told again with other ids. So each goes the whole way: engine,
// disk, hub, everybody else's device.
import { expect } from "@playwright/test";
import { unsent } from "./screen.mjs";

/** How many are told before the hub is waited for. */
const AT_ONCE = 50;
/** A UUID's bytes. */
const ID = 16;

/** Keeps what pages of this person say to the engine. Before the pages that shall be listened to. */
export function overhear(person) {
  return person.page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    self.said = [];
    MessagePort.prototype.postMessage = function (message, ...rest) {
      if (message instanceof Uint8Array) self.said.push([this, message.slice()]);
      return post.call(this, message, ...rest);
    };
  });
}

/** Proposes so many projects of the plan that is open; `lead` where the person may choose. Answers the first one's address. */
export async function propose(person, count, lead) {
  const { page } = person;
  const title = `Project of ${person.name}, number 0000`;
  await page.getByRole("button", { name: "New project" }).click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  await dialog.getByLabel("Title", { exact: true }).fill(title);
  if (lead) await dialog.getByLabel("Lead", { exact: true }).selectOption(lead);
  await dialog.getByRole("button", { name: "Propose this project" }).click();
  // Others' projects may still be on their way.
  await expect(page).toHaveURL(/\/projects\//, { timeout: 60_000 });
  const path = new URL(page.url()).pathname;
  const doc = path.split("/").at(-1).replaceAll("-", "");
  // Where nothing of a plan is shown that would be painted again each time.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/\/settings/);
  for (let made = 1; made < count; made += AT_ONCE) {
    await page.evaluate(
      ([doc, title, ID, from, to]) => {
        const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
        const id = String.fromCharCode(...doc.match(/../g).map((two) => parseInt(two, 16)));
        const [port, message] = self.said.find(([, message]) => text(message).includes(id) && text(message).includes(title));
        const at = { doc: text(message).indexOf(id), title: text(message).indexOf(title) + title.length - 4 };
        // The command's own id, and the command's number, stand before: each id behind its length.
        at.command = at.doc - 2 - ID;
        if (message[at.command - 1] !== ID || message[at.doc - 1] !== ID) throw new Error(`unknown shape: ${message}`);
        const open = new Set();
        const answered = new Promise((done) => {
          const answer = ({ data }) => {
            // An answer names its command behind its own kind and the id's length.
            if (!(data instanceof Uint8Array) || !open.delete(text(data.subarray(2, 2 + ID))) || open.size > 0) return;
            port.removeEventListener("message", answer);
            done();
          };
          port.addEventListener("message", answer);
        });
        for (let n = from; n < to; n += 1) {
          const next = message.slice();
          // The time in front stays: ids are made in its order.
          for (const place of [at.command, at.doc]) crypto.getRandomValues(next.subarray(place + 9, place + ID));
          next.set(new TextEncoder().encode(String(n).padStart(4, "0")), at.title);
          open.add(text(next.subarray(at.command, at.command + ID)));
          port.postMessage(next);
        }
        // All of them are on this device's disk.
        return answered;
      },
      [doc, title, ID, made, Math.min(count, made + AT_ONCE)],
    );
    // What waits here is looked through with every command.
    await expect.poll(() => unsent(person), { timeout: 120_000, intervals: [50] }).toBeLessThan(AT_ONCE);
  }
  await expect.poll(() => unsent(person), { timeout: 120_000 }).toBe(0);
  return path;
}
