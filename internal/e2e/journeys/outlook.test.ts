// The main job for somebody who lives in Outlook: one button in a new appointment, and the link is there and stays right.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import * as outlook from "../outlook.js";
import { press } from "../person.js";
import { connectMicrosoft, meetingRow, setUsePMI, signIn } from "../portal.js";
import { ada, inDays } from "../standin.js";

const title = "Review of the engine";

describe("Ada in Outlook", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let first: outlook.Written;

  before(async () => {
    demo = await startDemo();
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
    assert.match(first.body, /Bring the punch cards\./);
    assert.match(await outlook.notices(visitor.page), /in your personal room\. Now add invitees and save or send/);
  });

  it("presses it twice, and there is still one link with the same number", async () => {
    await outlook.run(visitor.page);
    assert.deepEqual(await outlook.written(visitor.page), first);
    assert.match(await outlook.notices(visitor.page), /up to date/);
  });

  it("saves, and the server sees the event and leaves it alone", async () => {
    await outlook.save(visitor.page);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    const row = await meetingRow(visitor.page, title);
    assert.equal(row.link, first.location);
    assert.match(row.text, /Personal room/);
  });
});
