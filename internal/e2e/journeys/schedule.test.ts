// Meetings made in the portal: planned with a calendar and without one, begun at once, and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, engine, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { barriers, tooWide } from "../look.js";
import { find, follow, press, type, until, words } from "../person.js";
import { goTo, meetingRow, places, signIn, signInWithExampleID, usePMI } from "../portal.js";
import { ada, grace, inDays, openCalendar, waitForLink } from "../standin.js";

const title = "Planning the engine";
const alone = "Compilers over lunch";

describe("meetings from the portal", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("says while the form is filled what the meeting will be", async () => {
    const { page } = visitor;
    await goTo(page, "Meetings");
    await follow(page, "link", "Schedule a meeting");
    assert.match(await words(page), /A one-time number, because .* is off in your settings/);
    await type(page, "Title", title);
    await fill(visitor, "date", inDays(3));
    await fill(visitor, "time", "18:00");
    await press(page, "checkbox", usePMI);
    await says(visitor, /Your personal room, because you chose it for this meeting\. Its ID is/);
    assert.deepEqual(await barriers(page), []);
  });

  it("puts it into the calendar, with the room's link", async () => {
    const { page } = visitor;
    await follow(page, "button", "Schedule");
    await find(page, "heading", title);
    assert.match(await words(page), /Scheduled\..*Personal room/);
    assert.deepEqual(await barriers(page), []);
    const row = await meetingRow(page, title);
    assert.match(row.text, /Personal room Number \d{3} \d{4} \d{4} · /);
    await openCalendar(page, demo, ada);
    const { door } = await waitForLink(page, demo, title);
    assert.equal(door, row.link);
  });

  it("moves it out of the room", async () => {
    const { page } = visitor;
    await page.goto(demo.portal.href, { waitUntil: "load" });
    await goTo(page, "Meetings");
    await follow(page, "link", `Edit ${title}`);
    await follow(page, "button", "Use a one-time link");
    assert.match(await words(page), /One-time A one-time number, because you chose it/);
    assertQuiet(visitor);
  });

  it("starts in the room, and under a number of its own", async () => {
    const { page } = visitor;
    await goTo(page, "Meetings");
    await follow(page, "link", "New meeting");
    await press(page, "checkbox", usePMI);
    await follow(page, "button", "Start");
    assert.match(page.url(), /\/j\/\d{10}\?pwd=/);
    assert.match(await words(page), /host/);
    await page.goto(new URL("/start", demo.portal).href, { waitUntil: "load" });
    await follow(page, "button", "Start");
    await find(page, "heading", "Your meeting is ready");
    assert.deepEqual(await barriers(page), []);
    await follow(page, "link", "Go in");
    assert.match(page.url(), /\/j\/\d{11}\?pwd=/);
  });

  it("shows who waits at the door, without a click", async () => {
    const { page } = visitor;
    await page.goto(new URL("/meetings/room", demo.portal).href, { waitUntil: "load" });
    const link = await page.$eval("input[aria-label='Invitation link']", (field) => (field as HTMLInputElement).value);
    const guest = await newVisitor(window);
    await guest.page.goto(link, { waitUntil: "load" });
    await type(guest.page, "Your name", "Mary Somerville");
    await follow(guest.page, "button", "Ask to come in");
    await page.bringToFront();
    await says(visitor, /Somebody is waiting at your door Mary Somerville, since/);
    assert.deepEqual(await barriers(page), []);
    await follow(page, "link", "Let them in or turn them away");
    assert.match(await words(page), /Mary Somerville/);
    await guest.leave();
  });

  it("keeps a meeting for somebody without a calendar", async () => {
    const person = await newVisitor(window);
    const { page } = person;
    await signInWithExampleID(page, demo, grace);
    await page.goto(new URL("/meetings/new", demo.portal).href, { waitUntil: "load" });
    await type(page, "Title", alone);
    await fill(person, "date", inDays(5));
    await follow(page, "button", "Schedule");
    assert.match(await words(page), /The meeting is kept here/);
    const file = await page.evaluate(async () => (await fetch(`${location.pathname}/invitation.ics`)).text());
    assert.match(file, new RegExp(`BEGIN:VEVENT[^]*SUMMARY:${alone}[^]*END:VCALENDAR`));
    const row = await meetingRow(page, alone);
    await follow(page, "link", `Remove ${alone}`);
    await follow(page, "button", "Call it off");
    assert.doesNotMatch(await words(page), new RegExp(alone));
    const guest = await newVisitor(window);
    await guest.page.goto(row.link, { waitUntil: "load" });
    assert.match(await words(guest.page), /cancelled/);
    await guest.leave();
    assertQuiet(person);
    await person.leave();
  });

  it("fits the smallest phone", async () => {
    const { page } = visitor;
    await page.setViewport({ width: 320, height: 640 });
    await page.goto(demo.portal.href, { waitUntil: "load" });
    for (const place of places) {
      await goTo(page, place);
      assert.equal(await tooWide(page), undefined, place);
    }
    for (const path of ["/meetings/new", "/meetings/past", "/meetings/room", "/start", "/profile/room"]) {
      await page.goto(new URL(path, demo.portal).href, { waitUntil: "load" });
      assert.equal(await tooWide(page), undefined, path);
    }
  });

  const asked = async () => {
    const { page } = visitor;
    await page.goto(new URL("/meetings", demo.portal).href, { waitUntil: "load" });
    const ask = await page.createCDPSession();
    const { installabilityErrors } = await ask.send("Page.getInstallabilityErrors");
    assert.deepEqual(
      installabilityErrors.filter((fault) => fault.errorId !== "in-incognito"), // a window of its own counts as one
      [],
    );
    const { url, errors } = await ask.send("Page.getAppManifest");
    assert.deepEqual([new URL(url).pathname, errors], ["/app.webmanifest", []]);
  };
  if (engine === "chrome") it("can be put on a home screen", asked); // the question can be asked of Chromium alone
});

function says({ page }: Visitor, what: RegExp): Promise<boolean> {
  return until(`the page to say ${what}`, async () => (what.test(await words(page)) ? true : undefined));
}

/** Gives a date or a time to a field, whose own way of typing differs between browsers. */
async function fill({ page }: Visitor, id: string, value: string): Promise<void> {
  await page.$eval(
    `#${id}`,
    (field, text) => {
      (field as HTMLInputElement).value = text;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    value,
  );
}
