// The application can be installed, and asks the browser to keep what people write.
import { expect, test } from "@playwright/test";
import { settle } from "./lib/places.mjs";
import { staged } from "./lib/stage.mjs";

const on = staged(async (stage) => {
  const cambodia = await stage.person("Cambodia");
  await cambodia.open("/manifest.webmanifest");
  // Written down by every page from its start: how often the browser was asked to keep what is stored.
  await cambodia.page.context().addInitScript(() => {
    const persist = StorageManager.prototype.persist;
    StorageManager.prototype.persist = function () {
      sessionStorage.asked = Number(sessionStorage.asked ?? 0) + 1;
      return persist.call(this);
    };
  });
  return { cambodia };
});

const asked = (page) => page.evaluate(() => Number(sessionStorage.asked ?? 0));

test("joining asks the browser to keep what is stored, and so does installing", async () => {
  const { stage, cambodia } = on;
  await cambodia.page.goto(cambodia.wire.link(stage.hub.links.KH));
  await expect(cambodia.page.getByRole("checkbox", { name: /never to clear/ })).toBeChecked();
  await cambodia.page.getByRole("button", { name: /^Join/ }).click();
  await cambodia.live();
  await expect.poll(() => asked(cambodia.page)).toBe(1);

  await settle(cambodia, "/settings");
  // A browser without a screen never offers this by itself.
  await cambodia.page.evaluate(() => {
    const offer = new Event("beforeinstallprompt", { cancelable: true });
    offer.prompt = () => Promise.resolve({ outcome: "accepted" });
    window.dispatchEvent(offer);
  });
  await cambodia.page.getByRole("button", { name: "Install", exact: true }).click();
  await expect.poll(() => asked(cambodia.page)).toBe(2);
});

test("the browser finds nothing that stands against installing", async () => {
  const { cambodia } = on;
  await cambodia.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const session = await cambodia.session();
  const { errors, url, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe("/manifest.webmanifest");
  const manifest = JSON.parse(data);
  expect(manifest.id).toBe("/");
  expect(manifest.icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  expect(new Set(manifest.screenshots.map((shot) => shot.form_factor))).toEqual(new Set(["wide", "narrow"]));
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    expect((await cambodia.page.request.get(new URL(src, cambodia.wire.url).href)).status()).toBe(200);
  }
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
});
