// What every story needs: a hub, the wires to it, and people at laptops. All of it ends with the story.
import { test } from "@playwright/test";
import { Hub } from "./hub.mjs";
import { Person } from "./person.mjs";
import { Wire } from "./wire.mjs";

/** A hub with wires and people that end together. */
export class Stage {
  hub = null;
  #people = [];
  #wires = [];

  /** Starts a hub; see `Hub.start`. */
  static async start(options) {
    const stage = new Stage();
    stage.hub = await Hub.start(options);
    return stage;
  }

  /** A new wire to the hub: who shares one is cut off together. */
  async wire() {
    const wire = await Wire.to(this.hub.port);
    this.#wires.push(wire);
    return wire;
  }

  /** A person at a laptop of their own, with a wire of their own unless one is given. */
  async person(name, wire) {
    const person = new Person(name, wire ?? (await this.wire()));
    this.#people.push(person);
    return person;
  }

  /** Where everyone is and what the top of their page says, in a line each. */
  async where() {
    const seen = async ({ name, page }) => {
      if (!page) return `${name} has no page`;
      const top = page.evaluate(() => `${document.readyState} ${document.body.innerText.slice(0, 300)}`);
      const words = await Promise.race([top, new Promise((resolve) => setTimeout(resolve, 3_000, "does not answer"))]).catch((error) => error.message);
      return `${name} at ${page.url()}: ${String(words).replaceAll(/\s+/g, " ")}`;
    };
    return (await Promise.all(this.#people.map(seen))).join("\n");
  }

  /** Keeps what everyone sees and what their pages complained about beside a failed test's report. */
  async keep(info) {
    for (const person of this.#people) {
      await info.attach(`${person.name}, complaints`, { body: person.complaints.join("\n") });
      const picture = await person.page?.screenshot({ timeout: 5_000 }).catch(() => null);
      if (picture) await info.attach(person.name, { body: picture, contentType: "image/png" });
    }
  }

  /** Ends everything. */
  async end() {
    for (const person of this.#people) await person.end();
    for (const wire of this.#wires) await wire.cut();
    await this.hub.end();
  }
}

/** A stage for all tests of a file. `set` puts people on it before the first test. Use: `const on = staged(async (stage) => …)`. */
export function staged(set, options) {
  const on = {};
  test.describe.configure({ mode: "serial" });
  test.beforeAll(async ({}, info) => {
    test.setTimeout(120_000);
    // A stage that is not set in time says where everyone stands, which the end of a hook does not.
    let bell;
    const late = new Promise((_, reject) => (bell = setTimeout(() => reject(new Error("the stage is not set")), 100_000)));
    const setting = (async () => {
      on.stage = await Stage.start(options);
      Object.assign(on, await set(on.stage));
    })();
    await Promise.race([setting, late])
      .catch(async (error) => {
        await on.stage?.keep(info);
        throw new Error(`${error.message}: ${(await on.stage?.where()) ?? "no hub"}`, { cause: error });
      })
      .finally(() => clearTimeout(bell));
  });
  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await on.stage?.keep(info);
  });
  test.afterAll(async () => {
    await on.stage?.end();
  });
  return on;
}
