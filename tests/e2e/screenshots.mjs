// Pictures of every page, wide and narrow, light and dark, on the sample workspace: into the folder MUFAKAT_SCREENS.
// Run by `cargo xtask screenshots`.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { places, settle } from "./lib/places.mjs";
import { at, field, invite, openProject, write } from "./lib/screen.mjs";
import { Stage } from "./lib/stage.mjs";

const FOLDER = process.env.MUFAKAT_SCREENS;
const LOOKS = [
  ["wide-light", 1440, 1000, "light"],
  ["wide-dark", 1440, 1000, "dark"],
  ["narrow-light", 390, 844, "light"],
  ["narrow-dark", 390, 844, "dark"],
];

async function picture(person, name, options = {}) {
  for (const [look, width, height, colorScheme] of LOOKS) {
    await person.page.setViewportSize({ width, height });
    await person.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await person.page.evaluate(() => {
      document.activeElement?.blur();
      window.scrollTo(0, 0);
    });
    await person.page.screenshot({ path: join(FOLDER, `${name}-${look}.png`), caret: "hide", animations: "disabled", ...options });
  }
  await person.page.setViewportSize({ width: 1440, height: 1000 });
}

/** A meeting's report with some paragraphs, a project with two claims and a comment: pages that work was done on. */
async function work(cambodia, travelling, vietnam) {
  const project = await openProject(cambodia);
  await at(travelling, project);
  for (const person of [cambodia, travelling]) {
    await person.wire.cut();
    await person.offline();
  }
  await field(cambodia.page, "Status").selectOption({ label: "Ongoing" });
  await field(travelling.page, "Status").selectOption({ label: "Postponed" });
  const why = travelling.page.getByRole("dialog", { name: "Why Postponed?" });
  await why.getByLabel("Reason").fill("Draft reason, as an example.");
  await why.getByRole("button", { name: "Claim Postponed" }).click();
  await write(travelling, field(travelling.page, "Progress note"), "Draft note: the venue is being looked for.");
  for (const person of [cambodia, travelling]) {
    await person.wire.join();
    await person.catchUp();
  }
  await at(vietnam, project);
  await field(vietnam.page, "Your comment").fill("Draft comment: can the workshop be held online?");
  await vietnam.page.getByRole("button", { name: "Add comment" }).click();
  await vietnam.live();
  return project;
}

async function main() {
  if (!FOLDER) throw new Error("MUFAKAT_SCREENS is not set: run this by `cargo xtask screenshots`");
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) if (name.endsWith(".png")) rmSync(join(FOLDER, name));
  const stage = await Stage.start();
  try {
    const [cambodia, vietnam] = [await stage.person("Cambodia"), await stage.person("Viet Nam")];
    const travelling = await stage.person("Cambodia, travelling");
    const stranger = await stage.person("A new officer");
    await stranger.open("/");
    await stranger.page.goto("about:blank");
    await stranger.page.goto(stranger.wire.link(stage.hub.links.VN));
    await stranger.page.getByRole("button", { name: /^Join/ }).waitFor();
    await picture(stranger, "join");
    await stranger.end();

    await Promise.all([cambodia.join(stage.hub.links.KH), vietnam.join(stage.hub.links.VN)]);
    await travelling.join(await invite(cambodia, "KH"));
    await work(cambodia, travelling, vietnam);
    await travelling.end();
    const all = await places(cambodia);
    for (const [name, path] of all.filter(([name]) => name !== "join")) {
      await settle(cambodia, path);
      await picture(cambodia, name);
    }
    // What a focal point sees on a plane: the same page, and where the words are.
    await settle(cambodia, new Map(all).get("project"));
    await cambodia.wire.cut();
    await cambodia.offline();
    await write(cambodia, field(cambodia.page, "Progress note"), " Draft line written offline.");
    await picture(cambodia, "offline");
  } finally {
    await stage.end();
  }
}

await main();
