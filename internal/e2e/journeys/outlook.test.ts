// The main job for somebody who lives in Outlook: one button in a new appointment, and the link is there and stays right.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo, talking } from "../demo.js";
import * as outlook from "../outlook.js";
import { press, words } from "../person.js";
import { connectMicrosoft, goTo, meeting, meetingRow, setUsePMI, signIn } from "../portal.js";
import { ada, inDays } from "../standin.js";

const title = "Review of the engine";
const weekly = "Cards every week";
const left = { written: 0, untouched: true };

describe("Ada in Outlook", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let first: outlook.Written;

  before(async () => {
    demo = await startDemo(talking);
    window = await openWindow();
    visitor = await newVisitor(window);
  });

  afterEach(() => assertQuiet(visitor));

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  async function begin(name: string, day: number, start: string): Promise<void> {
    await outlook.newAppointment(visitor.page, demo, ada);
    await outlook.change(visitor.page, "title", name);
    await outlook.change(visitor.page, "date", inDays(day));
    await outlook.change(visitor.page, "start", start);
  }

  it("connects her calendar at Microsoft", async () => {
    await signIn(visitor.page, demo, ada);
    await setUsePMI(visitor.page, true);
    await connectMicrosoft(visitor.page, ada);
  });

  it("presses the button, lets the add-in in once, and the link of her room is there", async () => {
    await begin(title, 2, "14:00");
    await visitor.page.type("#body", "Bring the punch cards.");
    await press(visitor.page, "button", outlook.addButton);
    await outlook.letIn(visitor.page);
    await outlook.ended(visitor.page);
    first = await outlook.written(visitor.page);
    const link = outlook.onlyLink(demo, first);
    assert.match(link.href, /\/j\/\d{10}\?pwd=[\w-]{22}&omn=\d{11}$/);
    assert.equal(first.location, link.href);
    assert.match(first.body, /^Bring the punch cards\.$/m);
    assert.match(await outlook.notices(visitor.page), /in your personal room\. Now add invitees and save or send/);
  });

  it("presses it twice, and there is still one link with the same number", async () => {
    await outlook.run(visitor.page);
    assert.deepEqual(await outlook.written(visitor.page), first);
    assert.match(await outlook.notices(visitor.page), /up to date/);
  });

  it("saves, and the server sees the event and leaves it alone", async () => {
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, title), left);
    await outlook.openAppointment(visitor.page, demo, ada, title);
    assert.deepEqual(await outlook.written(visitor.page), first);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    const row = await meetingRow(visitor.page, title);
    assert.equal(row.link, first.location);
    assert.match(row.text, /Personal room/);
    const { event_id, meeting_number } = await meeting(visitor.page, title);
    assert.equal(meeting_number, outlook.numberOf(new URL(first.location)));
    assert.notEqual(event_id, "", "the server knows in which event the meeting is");
  });

  it("moves it in Outlook, and the link is kept", async () => {
    await outlook.openAppointment(visitor.page, demo, ada, title);
    await outlook.change(visitor.page, "start", "16:00");
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, title), left);
    await outlook.openAppointment(visitor.page, demo, ada, title);
    assert.deepEqual(await outlook.written(visitor.page), first);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    assert.match((await meetingRow(visitor.page, title)).text, /16:00|4:00 PM/);
  });

  it("takes the link out in the pane, and it stays out", async () => {
    await outlook.openAppointment(visitor.page, demo, ada, title);
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "present");
    await press(pane, "button", "Remove");
    await outlook.shows(pane, "ready");
    const rest = { body: "Bring the punch cards.", location: "" };
    assert.deepEqual(await outlook.written(visitor.page), rest);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, title), left);
    await outlook.openAppointment(visitor.page, demo, ada, title);
    assert.deepEqual(await outlook.written(visitor.page), rest);
  });

  it("gives a series one link, which every date of it has", async () => {
    await begin(weekly, 3, "09:00");
    await outlook.change(visitor.page, "repeat", "weekly");
    await outlook.run(visitor.page);
    const series = await outlook.written(visitor.page);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, weekly), left);
    await outlook.openAppointment(visitor.page, demo, ada, weekly, { week: inDays(9) });
    assert.deepEqual(await outlook.written(visitor.page), series);
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "present");
    assert.match(await words(pane), /one date of a series/);
    await outlook.closePane(visitor.page);
    await outlook.run(visitor.page);
    assert.deepEqual(await outlook.written(visitor.page), series);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    const row = await meetingRow(visitor.page, weekly);
    assert.equal(row.link, series.location);
    assert.match(row.text, /Repeats/);
  });

  it("reads in Activity that it was left alone, and why", async () => {
    await goTo(visitor.page, "Activity");
    assert.match(await words(visitor.page), /Review of the engine Left alone Left alone: you took the link out/);
    assert.doesNotMatch(await words(visitor.page), /Review of the engine Link/);
  });

  it("ends the add-in's access under Devices, and is asked again in Outlook", async () => {
    await goTo(visitor.page, "Devices");
    const addin = await visitor.page.waitForSelector("li.row::-p-text(Parlor for Outlook)");
    const out = await addin?.evaluateHandle((row) => row.closest("li")?.querySelector("button") as Element);
    await Promise.all([visitor.page.waitForNavigation(), out?.click()]);
    assert.doesNotMatch(await words(visitor.page), /Parlor for Outlook/);
    await begin("After all that", 4, "09:00");
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "signed-out");
    await press(pane, "button", "Sign in");
    await outlook.letIn(visitor.page);
    await outlook.shows(pane, "ready");
    await press(pane, "button", "Sign out");
    await outlook.shows(pane, "signed-out");
  });
});
