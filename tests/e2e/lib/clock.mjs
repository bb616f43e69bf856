// The clock of a laptop, moved from outside the application: the engine's script begins with this.
import { AppCopy } from "./app.mjs";

/** Runs before the engine's script: moves its clock when the test says so, and after a restart too. */
const CLOCK = `{
  const now = Date.now;
  let ahead = 0;
  new BroadcastChannel("clock").onmessage = ({ data }) => (ahead = data);
  Date.now = () => now.call(Date) + ahead;
}
`;

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** A copy of the application whose engines have such a clock. */
export function withClock() {
  const app = new AppCopy();
  app.change("worker.js", (text) => CLOCK + text);
  return app;
}

/** Moves the clock of a person's laptop so many milliseconds ahead of this machine's. */
export const clock = (person, ahead) => person.page.evaluate((ahead) => new BroadcastChannel("clock").postMessage(ahead), ahead);
