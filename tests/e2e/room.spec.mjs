// A meeting sits: who is here and where, who leads and is followed, who speaks. All of it is said in passing.
import { expect, test } from "@playwright/test";
import { at, openMeeting, says } from "./lib/screen.mjs";
import { staged } from "./lib/stage.mjs";

const room = (person) => person.page.getByRole("region", { name: "In this meeting now" });
const button = (person, name) => room(person).getByRole("button", { name });
const text = (person) => person.page.getByRole("textbox", { name: "Text of the paragraph" });
const speakers = (person) => room(person).getByRole("dialog", { name: "Speakers" });

const on = staged(async (stage) => {
  const people = await Promise.all(["Cambodia", "Secretariat", "Viet Nam"].map((name) => stage.person(name)));
  const [chair, secretariat, delegate] = people;
  await Promise.all([
    chair.join(stage.hub.links.KH),
    secretariat.join(stage.hub.links.ASEC),
    delegate.join(stage.hub.links.VN),
  ]);
  const path = await openMeeting(chair);
  for (const person of people) await at(person, `${path}?tab=report`);
  return { chair, secretariat, delegate, people, path };
});

test("everyone sees which delegations are here", async () => {
  const { chair, secretariat, delegate } = on;
  const here = (person, names) => expect(room(person).getByRole("group", { name: names })).toBeVisible();
  await here(chair, /2 other delegations are here now: .*Viet Nam.*, .*Secretariat|2 other delegations are here now: .*Secretariat.*, .*Viet Nam/);
  await here(delegate, /2 other delegations .*Cambodia/);
  await here(secretariat, /2 other delegations .*Viet Nam/);
});

test("a caret of another is seen among the words, and stays with them", async () => {
  const { chair, secretariat, delegate } = on;
  await secretariat.page.getByRole("button", { name: /^Paragraph: add to/ }).first().click();
  await text(secretariat).pressSequentially("The Meeting thanked Thailand. ");
  await says(chair.page, "Text of the paragraph", /thanked Thailand\. /);
  const caret = chair.page.locator(".mirror .caret[data-party=ASEC]");
  await expect(caret).toHaveCount(1);
  const before = (person = chair, place = ".mirror") => person.page.locator(place).evaluate((mirror) => {
    const walk = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let words = "";
    while (walk.nextNode()) {
      if (walk.currentNode.className === "caret") return words;
      if (walk.currentNode.nodeType === Node.TEXT_NODE) words += walk.currentNode.data;
    }
    return null;
  });
  await expect.poll(() => before()).toBe("The Meeting thanked Thailand. ");
  for (let n = 0; n < 10; n += 1) await secretariat.page.keyboard.press("ArrowLeft");
  await expect.poll(() => before()).toBe("The Meeting thanked ");
  // Who only reads sees it too, and reads the same words.
  await expect.poll(() => before(delegate, ".para-read")).toBe("The Meeting thanked ");
  await expect(delegate.page.locator(".para-read")).toHaveText("The Meeting thanked Thailand.");
  await text(chair).focus();
  await text(chair).press("ControlOrMeta+Home");
  await text(chair).pressSequentially("Draft: ");
  await expect.poll(() => before()).toBe("Draft: The Meeting thanked ");
});

test("who leads is followed to the paragraph, and left by writing", async () => {
  const { chair, secretariat, delegate, path } = on;
  await expect(button(delegate, "Lead on screen")).toHaveCount(0);
  await button(chair, "Lead on screen").click();
  const follow = room(delegate).getByRole("switch", { name: "Follow Cambodia" });
  await at(delegate, `${path}?tab=documents`);
  await follow.check();
  await text(chair).focus();
  // The page of the delegate goes where the Chair is.
  await expect(delegate.page.getByRole("tab", { name: "Report" })).toHaveAttribute("aria-selected", "true");
  await expect(room(delegate).getByText(/is at (item \d+, )?paragraph 1/)).toBeVisible();
  const led = delegate.page.locator("[data-led]");
  await expect(led).toHaveCount(1);
  await expect(led).toBeInViewport();
  await expect(led).toContainText("thanked Thailand");
  const item = chair.page.locator(".report-item").nth(6).getByRole("heading");
  await item.click();
  await expect(led).toContainText((await item.textContent()).slice(2));
  // The Secretariat follows and then writes: its page stays where it is.
  const own = room(secretariat).getByRole("switch", { name: "Follow Cambodia" });
  await own.check();
  await text(secretariat).focus();
  await text(secretariat).pressSequentially("x");
  await expect(own).not.toBeChecked();
  await expect(secretariat.page.getByRole("status").filter({ hasText: "You no longer follow" })).toHaveCount(1);
});

test("delegations ask for the floor and speak in turn, by keyboard too", async () => {
  const { chair, secretariat, delegate } = on;
  await delegate.page.locator("body").press("Shift+H");
  await expect(button(delegate, "Take it back")).toBeVisible();
  await button(chair, "Speakers: 1").click();
  await expect(speakers(chair).getByRole("listitem")).toContainText(["Viet Nam"]);
  await speakers(chair).getByRole("button", { name: "Give the floor to Viet Nam" }).click();
  await expect(button(delegate, "Ask for the floor")).toBeVisible();
  await button(delegate, /^Speakers/).click();
  const speaking = speakers(delegate).locator('[aria-current="true"]');
  await expect(speaking).toContainText("Viet Nam");
  await expect(speaking.locator(".timer")).toContainText(/00:0[1-9]/);
  await expect(speakers(delegate).getByRole("button", { name: /^Give the floor/ })).toHaveCount(0);
  // The Secretariat takes the lead over, with the list.
  await button(secretariat, "Lead on screen").click();
  await expect(button(chair, "Lead on screen")).toBeVisible();
  await button(secretariat, /^Speakers/).click();
  await speakers(secretariat).getByRole("button", { name: "End the turn" }).click();
  await expect(speaking).toHaveCount(0);
  await expect(speakers(delegate).getByRole("listitem")).toContainText(["has spoken"]);
  await secretariat.page.keyboard.press("Escape");
});

test("the shared screen shows large type and nothing else, until Escape", async () => {
  const { secretariat } = on;
  const { page } = secretariat;
  await button(secretariat, "Present").click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  const size = () => page.locator(".report-item h3").first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const large = await size();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  expect(large / (await size())).toBeCloseTo(1.5, 1);
});

test("a cut takes a delegation's mark away and brings it back; words typed meanwhile are kept", async () => {
  const { chair, delegate, secretariat } = on;
  const vn = room(chair).locator('.presence [data-party="VN"]');
  await expect(vn).toHaveCount(1);
  await delegate.wire.cut();
  await expect(vn).toHaveCount(0);
  await secretariat.wire.cut();
  await secretariat.offline();
  await text(secretariat).focus();
  await text(secretariat).press("ControlOrMeta+End");
  await text(secretariat).pressSequentially(" Written apart.");
  await delegate.wire.join();
  await secretariat.wire.join();
  await secretariat.catchUp();
  await expect(vn).toHaveCount(1);
  await says(chair.page, "Text of the paragraph", /Written apart\./);
});
