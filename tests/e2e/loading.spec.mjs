// An engine whose files do not come, because the network or the page before took them with it: it is loaded anew
// without a word from the person, and where that does not help either, the page says so and why.
import { expect, test } from "@playwright/test";
import { AppCopy } from "./lib/app.mjs";
import { Stage } from "./lib/stage.mjs";

/** Runs before the engine's script: the engine's code is cut off so many times. What counts them outlives the worker. */
const cutOff = (times) => `{
  const get = self.fetch;
  self.fetch = async (...asked) => {
    const tries = await caches.open("tries");
    const before = (await tries.keys()).length;
    await tries.put("/tries/" + before, new Response());
    if (before < ${times}) throw new TypeError("cut off by a test");
    return get(...asked);
  };
}
`;

const copies = [];
let stage;

async function begun(times) {
  const copy = new AppCopy();
  copies.push(copy);
  copy.change("worker.js", (text) => cutOff(times) + text);
  stage = await Stage.start({ app: copy.folder });
  return stage.person("Cambodia");
}

test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await stage?.keep(info);
  await stage?.end();
  stage = null;
});
test.afterAll(() => copies.forEach((copy) => copy.end()));

test("an engine that did not come is loaded anew, and what was asked of the first is asked of the next", async () => {
  const cambodia = await begun(2);
  await cambodia.join(stage.hub.links.KH);
  await expect(cambodia.page.getByRole("alert")).toHaveCount(0);
});

test("an engine that never comes is told, with the reason", async () => {
  const cambodia = await begun(99);
  await cambodia.open("/");
  const told = cambodia.page.getByRole("alert");
  await expect(told).toContainText("Something went wrong", { timeout: 30_000 });
  await expect(told).toContainText("cut off by a test");
  await expect(told.getByRole("button", { name: "Reload" })).toBeVisible();
});
