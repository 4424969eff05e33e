// Every page of the portal and the door, in both widths and both schemes.
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { find, follow, type } from "../person.js";
import { goTo, meetingRow, places, setUsePMI, signIn } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, waitForLink } from "../standin.js";

/** Pages that are not in the navigation, by the name of their picture. */
const further = {
  past: "/meetings/past",
  room: "/meetings/room",
  schedule: "/meetings/new",
  start: "/start",
  edit: "/profile/room",
  grace: "/profile/grace",
  apply: "/settings/apply",
  calendars: "/calendars",
};

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

  it("the people she knows: none, some, one who cannot be added, one taken off", async () => {
    const people = new URL("/settings/people", demo.portal);
    await visitor.page.goto(people.href, { waitUntil: "load" });
    await lookAt(visitor.page, "people-empty");
    for (const address of ["eve@other.example.org", "known.example.org", "gmail.com"]) {
      await type(visitor.page, "Add an e-mail address or a domain", address);
      await follow(visitor.page, "button", "Add");
    }
    await find(visitor.page, "heading", "@known.example.org");
    await lookAt(visitor.page, "people");
    await follow(visitor.page, "button", "Remove eve@other.example.org");
    await find(visitor.page, "button", "Undo");
    await lookAt(visitor.page, "people-removed");
    await follow(visitor.page, "button", "Undo");
    await find(visitor.page, "heading", "eve@other.example.org");
  });

  for (const [name, path] of Object.entries(further)) {
    it(name, async () => {
      await visitor.page.goto(new URL(path, demo.portal).href, { waitUntil: "load" });
      await lookAt(visitor.page, name);
    });
  }

  it("one meeting", async () => {
    await goTo(visitor.page, "Meetings");
    await follow(visitor.page, "link", `Edit ${title}`);
    await lookAt(visitor.page, "meeting");
  });

  it("a change of the room, asked and done", async () => {
    await goTo(visitor.page, "Profile");
    await follow(visitor.page, "button", "New one : draw a new passcode");
    await lookAt(visitor.page, "confirm");
    await follow(visitor.page, "button", "Change it");
    await lookAt(visitor.page, "changed");
    await follow(visitor.page, "button", "Undo");
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
