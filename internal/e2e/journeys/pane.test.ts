// "Schedule a meeting" in Outlook: options, what will be inserted and why, a conflict that comes later, and the settings.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { Frame } from "puppeteer-core";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo, talking } from "../demo.js";
import * as outlook from "../outlook.js";
import { find, press, type, until, words } from "../person.js";
import { connectMicrosoft, goTo, isTicked, meetingRow, signIn, usePMI } from "../portal.js";
import { ada, inDays } from "../standin.js";

const early = "Early review";
const late = "Late review";
const stranger = "eve@other.example";
const instantPMI = "Use Personal Meeting ID for instant meetings";

describe("Ada beside her appointment", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let pane: Frame;

  before(async () => {
    demo = await startDemo(talking);
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
    await connectMicrosoft(visitor.page, ada);
  });

  afterEach(() => assertQuiet(visitor));

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  async function begin(title: string, start: string): Promise<void> {
    await outlook.newAppointment(visitor.page, demo, ada);
    await outlook.change(visitor.page, "title", title);
    await outlook.change(visitor.page, "date", inDays(6));
    await outlook.change(visitor.page, "start", start);
    pane = await outlook.openPane(visitor.page);
  }

  it("signs in with one button", async () => {
    await begin(early, "18:00");
    await outlook.shows(pane, "signed-out");
    await press(pane, "button", "Sign in");
    await outlook.letIn(visitor.page);
    await outlook.shows(pane, "ready");
    assert.match(await words(pane), /Signed in as Ada Lovelace/);
  });

  it("reads what will be inserted and why, as the choice changes", async () => {
    assert.match(await outlook.preview(pane), /One-time number .*“Use Personal Meeting ID” is off in your settings/);
    assert.deepEqual(await outlook.written(visitor.page), { body: "", location: "" });
    await press(pane, "checkbox", usePMI);
    await until("the room", async () =>
      /Personal Meeting ID .*you chose it/.test(await outlook.preview(pane)) ? true : undefined,
    );
  });

  it("goes on, and the room's link is in the event", async () => {
    await press(pane, "button", "Continue");
    await outlook.shows(pane, "present");
    const now = await outlook.written(visitor.page);
    const link = outlook.onlyLink(demo, now);
    assert.match(link.pathname, /^\/j\/\d{10}$/);
    assert.equal(now.location, link.href);
    assert.match(await words(pane), /The invitation is in your event\. Now add invitees and save or send\./);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, early), { written: 0, untouched: true });
  });

  it("sees a conflict when the time is moved onto that meeting, and nothing is switched", async () => {
    await begin(late, "20:00");
    await outlook.shows(pane, "ready");
    await press(pane, "checkbox", usePMI);
    await until("the room", async () => ((await outlook.preview(pane)).includes("you chose it") ? true : undefined));
    await press(pane, "button", "Continue");
    await outlook.shows(pane, "present");
    const before = await outlook.written(visitor.page);
    await outlook.change(visitor.page, "start", "18:15");
    await find(pane, "heading", "Your room is taken at that time");
    assert.match(await words(pane), /“Early review”/);
    assert.deepEqual(await outlook.written(visitor.page), before);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, late), { written: 0, untouched: true });
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    const row = await meetingRow(visitor.page, late);
    assert.equal(row.link, before.location);
    assert.match(row.text, /Your room is also taken by “Early review”/);
  });

  it("takes a one-time number instead, when she asks for it", async () => {
    await outlook.openAppointment(visitor.page, demo, ada, late);
    const before = outlook.onlyLink(demo, await outlook.written(visitor.page));
    pane = await outlook.openPane(visitor.page);
    await press(pane, "button", "Use a one-time number");
    await until("the other link", async () => ((await words(pane)).includes("up to date") ? true : undefined));
    const now = await outlook.written(visitor.page);
    const link = outlook.onlyLink(demo, now);
    assert.equal(link.pathname, `/j/${outlook.numberOf(before)}`);
    assert.equal(now.location, link.href);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, late), { written: 0, untouched: true });
    await outlook.openAppointment(visitor.page, demo, ada, late);
    assert.deepEqual(await outlook.written(visitor.page), now);
  });

  it("saves settings in the pane, and the portal has them", async () => {
    pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "present");
    await press(pane, "button", "Settings");
    await press(pane, "checkbox", usePMI);
    await type(pane, "Keyword", "#call");
    await press(pane, "button", "Save Changes");
    await until("the settings to be saved", async () => (/Saved\./.test(await words(pane)) ? true : undefined));
    await outlook.closePane(visitor.page);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await goTo(visitor.page, "Settings");
    assert.equal(await isTicked(visitor.page, usePMI), true);
    const keyword = await find(visitor.page, "textbox", "Keyword");
    assert.equal(await keyword.evaluate((field) => (field as HTMLInputElement).value), "#call");
  });

  it("reads who waits and why, before a guest whom she does not know is invited", async () => {
    await outlook.newAppointment(visitor.page, demo, ada);
    await outlook.change(visitor.page, "required", stranger);
    await outlook.change(visitor.page, "date", inDays(9));
    pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "ready");
    const sentence = `Guests wait in the waiting room, because ${stranger} has not met you here before.`;
    await until("the reason", async () => ((await outlook.preview(pane)).includes(sentence) ? true : undefined));
  });

  it("starts a meeting in the pane, and with the setting only in her room", async () => {
    await press(pane, "button", "New meeting");
    await outlook.shows(pane, "start");
    await press(pane, "button", "Start");
    await find(pane, "heading", "Your meeting is open");
    const address = () => pane.$eval("#open", (link) => (link as HTMLAnchorElement).href);
    assert.match(await address(), /\/j\/\d{11}\?/);
    assert.equal(await pane.$eval("#link", (field) => (field as HTMLInputElement).value), await address());
    await press(pane, "button", "Settings");
    await press(pane, "checkbox", instantPMI);
    await press(pane, "button", "Save Changes");
    await until("the settings to be saved", async () => (/Saved\./.test(await words(pane)) ? true : undefined));
    await press(pane, "button", "New meeting");
    await outlook.shows(pane, "start");
    const choice = await pane.$eval("#start-pmi", (box) =>
      [box as HTMLInputElement].map((b) => [b.checked, b.disabled]),
    );
    assert.deepEqual(choice, [[true, true]]);
    assert.match(await words(pane), /Your settings take your Personal Meeting ID for every instant meeting\./);
    await outlook.lookAtPane(visitor.page, pane, "start");
    await press(pane, "button", "Start");
    await find(pane, "heading", "Your meeting is open");
    assert.match(await address(), /\/j\/\d{10}\?/);
    await outlook.lookAtPane(visitor.page, pane, "started");
    await press(pane, "button", "Back");
    await outlook.shows(pane, "ready");
  });
});
