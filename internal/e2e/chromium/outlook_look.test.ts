// How the pages look that came with Outlook: the question before the add-in is let in, delegates, and the stand-in itself.
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import * as outlook from "../outlook.js";
import { find, follow, press, type } from "../person.js";
import { connectMicrosoft, goTo, setUsePMI, signIn, signInWithMicrosoft } from "../portal.js";
import { ada, bob, inDays } from "../standin.js";

describe("how Outlook looks", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    const other = await newVisitor(window);
    await signInWithMicrosoft(other.page, demo, bob);
    await other.leave();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
    await setUsePMI(visitor.page, true);
    await connectMicrosoft(visitor.page, ada);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("two services among the calendars", () => lookAt(visitor.page, "calendars-both"));

  it("delegates, one of them and one who is not known", async () => {
    await goTo(visitor.page, "Settings");
    await type(visitor.page, "E-mail address", bob.email);
    await follow(visitor.page, "button", "Add");
    await type(visitor.page, "E-mail address", "nobody@example.com");
    await follow(visitor.page, "button", "Add");
    await find(visitor.page, "heading", bob.name);
    await lookAt(visitor.page, "settings-delegates");
  });

  it("the stand-in: week, appointment, and the question whether a window may open", async () => {
    await visitor.page.goto(demo.outlook.href, { waitUntil: "load" });
    await lookAt(visitor.page, "outlook-people");
    await visitor.page.goto(new URL(`/calendar?user=${ada.email}`, demo.outlook).href, { waitUntil: "load" });
    await lookAt(visitor.page, "outlook-week");
    await outlook.newAppointment(visitor.page, demo, ada);
    await outlook.change(visitor.page, "title", "Review of the engine");
    await outlook.change(visitor.page, "date", inDays(3));
    await outlook.change(visitor.page, "start", "14:00");
    await visitor.page.type("#body", "Bring the punch cards.");
    await press(visitor.page, "button", outlook.addButton);
    await find(visitor.page, "button", "Ignore");
    await lookAt(visitor.page, "outlook-question");
  });

  it("the window: shall the add-in be let in?", async () => {
    const window = await outlook.openDialog(visitor.page);
    await find(window, "button", "Allow");
    await lookAt(window, "consent");
    await outlook.consent(window);
    await outlook.ended(visitor.page);
  });

  it("the appointment with its link", async () => {
    await visitor.page.bringToFront();
    await lookAt(visitor.page, "outlook-appointment");
    assertQuiet(visitor);
  });
});
