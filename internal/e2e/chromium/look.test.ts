// Every page of the portal and the door, in both widths and both schemes.
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { goTo, meetingRow, places, setUsePMI, signIn } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, waitForLink } from "../standin.js";

const title = "Tea with the analysts #meet";

describe("how it looks", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("sign-in", async () => {
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await lookAt(visitor.page, "signin");
  });

  it("the stand-in calendar", async () => {
    await signIn(visitor.page, demo, ada);
    await setUsePMI(visitor.page, true);
    await openCalendar(visitor.page, demo, ada);
    await addEvent(visitor.page, { title, date: inDays(3), start: "16:00", end: "16:45" });
    await waitForLink(visitor.page, demo, title);
    await lookAt(visitor.page, "standin");
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
  });

  for (const place of places) {
    it(place, async () => {
      await goTo(visitor.page, place);
      await lookAt(visitor.page, place.toLowerCase());
    });
  }

  for (const path of ["people", "policy", "policy/rule?kind=everyone", "invitation", "audit"]) {
    it(`administration: ${path}`, async () => {
      await visitor.page.goto(new URL(`/admin/${path}`, demo.portal).href, { waitUntil: "load" });
      await lookAt(visitor.page, `admin-${path.replace(/\W.*/, "")}`);
    });
  }

  it("the personal room", async () => {
    await visitor.page.goto(new URL("/meetings/room", demo.portal).href, { waitUntil: "load" });
    await lookAt(visitor.page, "room");
  });

  it("the door, open and asking", async () => {
    const { link } = await meetingRow(visitor.page, title);
    const guest = await newVisitor(window);
    await guest.page.goto(link, { waitUntil: "load" });
    await lookAt(guest.page, "door");
    await guest.page.goto(link.split("?")[0] ?? link, { waitUntil: "load" });
    await lookAt(guest.page, "door-passcode");
    assertQuiet(guest);
    assertQuiet(visitor);
  });
});
