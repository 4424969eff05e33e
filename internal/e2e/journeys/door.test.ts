// The door to a guest who does not hold the whole link.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { find, follow, type, words } from "../person.js";
import { signIn } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, waitForLink } from "../standin.js";

const title = "Lecture on notes #meet";
const asks = "Please enter the passcode";

describe("the door", () => {
  let demo: Demo;
  let window: Window;
  let guest: Visitor;
  let door: URL;
  let passcode: string;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    const host = await newVisitor(window);
    await signIn(host.page, demo, ada);
    passcode = await readPasscode(host, demo);
    await openCalendar(host.page, demo, ada);
    await addEvent(host.page, { title, date: inDays(1), start: "09:00", end: "10:00" });
    door = new URL((await waitForLink(host.page, demo, title)).door);
    await host.leave();
    guest = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("asks for the passcode when the token is wrong, and tells nothing before", async () => {
    const wrong = new URL(door);
    wrong.searchParams.set("pwd", "A".repeat(22));
    await guest.page.goto(wrong.href, { waitUntil: "load" });
    await find(guest.page, "heading", asks);
    assert.doesNotMatch(await words(guest.page), /Lecture|Ada/);
  });

  it("looks the same for a number that nobody has", async () => {
    const nobody = new URL("/j/99999999999", door);
    await guest.page.goto(nobody.href, { waitUntil: "load" });
    await find(guest.page, "heading", asks);
  });

  it("refuses a wrong passcode and takes the right one", async () => {
    const bare = new URL(door.pathname, door);
    await guest.page.goto(bare.href, { waitUntil: "load" });
    await type(guest.page, "Passcode", "no-such-1");
    await follow(guest.page, "button", "Continue");
    await find(guest.page, "heading", asks);
    await type(guest.page, "Passcode", passcode);
    await follow(guest.page, "button", "Continue");
    await find(guest.page, "heading", "You are early");
    assert.match(await words(guest.page), new RegExp(`${title} Host: Ada Lovelace`));
    assertQuiet(guest);
  });
});

async function readPasscode(host: Visitor, demo: Demo): Promise<string> {
  const answer = await host.page.evaluate(
    async (url) => (await fetch(url)).json(),
    new URL("/v1/room", demo.portal).href,
  );
  return (answer as { passcode: string }).passcode;
}
