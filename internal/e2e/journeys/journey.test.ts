// The main job, as a newcomer lives it: sign in, switch the setting on, write an event, see the link arrive, open the door.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { startsAs } from "../door.js";
import { find, follow, words } from "../person.js";
import { goTo, isTicked, type MeetingRow, meetingRow, setUsePMI, signIn, usePMI } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, readDescription, waitForLink } from "../standin.js";

const title = "Planning the engine #meet";

describe("Ada's first minutes", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let row: MeetingRow;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("signs in with Google", async () => {
    await signIn(visitor.page, demo, ada);
    assert.match(await words(visitor.page), /Ada Lovelace/);
  });

  it("switches her personal room on, and it stays on", async () => {
    await setUsePMI(visitor.page, true);
    await goTo(visitor.page, "Settings");
    assert.equal(await isTicked(visitor.page, usePMI), true);
  });

  it("writes an event, and the join link arrives in it", async () => {
    await openCalendar(visitor.page, demo, ada);
    await addEvent(visitor.page, {
      title,
      date: inDays(2),
      start: "14:00",
      end: "14:30",
      zone: "Europe/London",
      description: "Bring the punch cards.",
    });
    const shown = await waitForLink(visitor.page, demo, title);
    assert.match(shown.door, /\/j\/\d{10}\?pwd=[\w-]{22}&omn=\d{11}$/);
    const description = await readDescription(visitor.page, title);
    assert.match(description, /^Bring the punch cards\.\n/);
    assert(description.includes(shown.door), description);
  });

  it("finds the meeting with its kind and its reason", async () => {
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    row = await meetingRow(visitor.page, title);
    assert.match(row.text, /Personal room/);
    assert.match(row.text, /#meet/);
    assert.match(row.link, /\/j\/\d{10}\?/);
  });

  it("reads in Activity what was done and why", async () => {
    await goTo(visitor.page, "Activity");
    await find(visitor.page, "heading", title);
    assertQuiet(visitor);
  });

  it("leads her through the door to the video system, and a guest to its hours", async () => {
    const guest = await newVisitor(window);
    await guest.page.goto(row.link, { waitUntil: "load" });
    await find(guest.page, "heading", "You are early");
    assert.match(await words(guest.page), new RegExp(title));
    await visitor.page.goto(row.link, { waitUntil: "load" });
    await find(visitor.page, "heading", title);
    const room = await startsAs(visitor, demo);
    assert.equal(room.origin, demo.video.origin);
    assert.match(room.pathname, /\/[a-z2-7]{26}$/);
    assert(!room.href.includes(new URL(row.link).pathname.slice(3)), "the room's name holds the PMI");
    assert.deepEqual(guest.left, [], "nothing leaves the loopback");
    assertQuiet(guest);
    await guest.leave();
  });

  it("signs out", async () => {
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await follow(visitor.page, "button", "Sign out");
    await find(visitor.page, "link", "Sign in with Google");
    await visitor.page.goto(new URL("/settings", demo.portal).href);
    assert.doesNotMatch(await words(visitor.page), /Ada Lovelace/);
  });
});
