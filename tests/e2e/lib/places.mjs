// Every page of the application, for what must hold on all of them.
import { openMeeting, openPlan, openProject } from "./screen.mjs";

const TABS = ["agenda", "report", "delegations", "documents", "decisions", "release"];

/** Name and address of every page that a person who has joined can open. */
export async function places(person) {
  await openPlan(person);
  const plan = new URL(person.page.url()).pathname;
  const project = await openProject(person);
  const meeting = await openMeeting(person);
  return [
    ["today", "/"],
    ["plans", "/plans"],
    ["plan", plan],
    ["plan-timeline", `${plan}?tab=timeline`],
    ["plan-overview", `${plan}?tab=overview`],
    ["project", project],
    ["meetings", "/meetings"],
    ["meetings-calendar", "/meetings?tab=calendar&year=2022"],
    ...TABS.map((tab) => [`meeting-${tab}`, `${meeting}?tab=${tab}`]),
    ["texts", "/texts"],
    ["changes", "/changes"],
    ["people", "/people"],
    ["settings", "/settings"],
    ["join", "/join"],
  ];
}

/** Goes to a page and waits until it shows what it is for. */
export async function settle(person, path) {
  await person.goto(path);
  await person.page.getByRole("heading", { level: 1 }).waitFor();
  await person.page.locator("main [aria-busy=true], main .loading").waitFor({ state: "detached" });
  await person.page.evaluate(() => document.fonts.ready.then(() => true));
}
