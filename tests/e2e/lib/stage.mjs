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
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    on.stage = await Stage.start(options);
    Object.assign(on, await set(on.stage));
  });
  test.afterEach(async ({}, info) => {
    if (info.status !== info.expectedStatus) await on.stage?.keep(info);
  });
  test.afterAll(async () => {
    await on.stage?.end();
  });
  return on;
}
