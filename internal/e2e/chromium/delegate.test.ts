// Bob has nothing but Microsoft, and keeps Ada's calendar: in it he schedules in her room, once she has allowed it.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo, talking } from "../demo.js";
import * as outlook from "../outlook.js";
import { find, follow, press, type, words } from "../person.js";
import { connectMicrosoft, goTo, meetingRow, setUsePMI, signIn, signInWithMicrosoft } from "../portal.js";
import { ada, bob, inDays } from "../standin.js";

const own = "Bob's own review";
const hers = "Ada's review, by Bob";

describe("Bob schedules for Ada", () => {
  let demo: Demo;
  let window: Window;
  let boss: Visitor;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo(talking);
    window = await openWindow();
    boss = await newVisitor(window);
    visitor = await newVisitor(window);
  });

  afterEach(() => assertQuiet(visitor));

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  async function begin(title: string, switches = ""): Promise<void> {
    await outlook.newAppointment(visitor.page, demo, bob, switches);
    await outlook.change(visitor.page, "title", title);
    await outlook.change(visitor.page, "date", inDays(5));
    await outlook.change(visitor.page, "start", "19:00");
  }

  it("signs in with Microsoft alone, and has a room", async () => {
    await signInWithMicrosoft(visitor.page, demo, bob);
    await setUsePMI(visitor.page, true);
    await begin(own);
    await press(visitor.page, "button", outlook.addButton);
    await outlook.letIn(visitor.page);
    await outlook.ended(visitor.page);
    const now = await outlook.written(visitor.page);
    assert.match(outlook.onlyLink(demo, now).pathname, /^\/j\/\d{10}$/);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, own), { written: 0, untouched: true });
  });

  it("is told why not, as long as she has not allowed it", async () => {
    await signIn(boss.page, demo, ada);
    await setUsePMI(boss.page, true);
    await connectMicrosoft(boss.page, ada);
    await visitor.page.goto(demo.outlook.href, { waitUntil: "load" });
    await follow(visitor.page, "button", "Share with Bob Marsh as delegate");
    await begin(hers, "shared=ada@example.com");
    await outlook.run(visitor.page);
    assert.match(await outlook.notices(visitor.page), /has not allowed you to schedule in their room/);
    assert.deepEqual(await outlook.written(visitor.page), { body: "", location: "" });
    const pane = await outlook.openPane(visitor.page);
    await find(pane, "button", "Try again");
    assert.match(
      await words(pane),
      /calendar of ada@example\.com.*They can do that in Parlor under Settings, Delegates/,
    );
  });

  it("gets her room, once she has", async () => {
    await goTo(boss.page, "Settings");
    await type(boss.page, "E-mail address", bob.email);
    await follow(boss.page, "button", "Add");
    await find(boss.page, "heading", bob.name);
    await outlook.run(visitor.page);
    const now = await outlook.written(visitor.page);
    const link = outlook.onlyLink(demo, now);
    assert.deepEqual(await outlook.saveAndSee(visitor.page, demo, hers), { written: 0, untouched: true });
    await boss.page.goto(demo.portal.href, { waitUntil: "load" });
    assert.equal((await meetingRow(boss.page, hers)).link, link.href);
    await goTo(boss.page, "Activity");
    assert.match(
      await words(boss.page),
      /Ada's review, by Bob Link added Added by Bob Marsh \(bob@example\.com\), your delegate/,
    );
    assertQuiet(boss);
  });
});
