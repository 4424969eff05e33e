// How the pages look that speak of the video system behind the door, and those of its stand-in.
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { binary, type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { find, follow, until, words } from "../person.js";
import { goTo, signIn } from "../portal.js";
import { ada } from "../standin.js";

describe("Zoom behind the door, to look at", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo([binary, "demo", "--rooms", "zoom"]);
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("asks to connect it", async () => {
    await goTo(visitor.page, "Profile");
    await lookAt(visitor.page, "zoom-connect");
  });

  it("says whose number it is, and what the door cannot do", async () => {
    await follow(visitor.page, "link", "Connect Zoom");
    await lookAt(visitor.page, "zoom-allow");
    await follow(visitor.page, "button", `Allow as ${ada.name} ${ada.email}`);
    await until("Zoom's number in the profile", async () => {
      await visitor.page.goto(new URL("/profile", demo.portal).href, { waitUntil: "load" });
      return (await words(visitor.page)).includes("246 813 5790") ? true : undefined;
    });
    await lookAt(visitor.page, "zoom-profile");
    await visitor.page.goto(new URL("/profile/room", demo.portal).href, { waitUntil: "load" });
    await find(visitor.page, "textbox", "Passcode");
    await lookAt(visitor.page, "zoom-edit");
    await goTo(visitor.page, "Settings");
    await find(visitor.page, "heading", "What the door cannot do behind Zoom");
    await lookAt(visitor.page, "zoom-settings");
    assertQuiet(visitor);
  });

  it("has a page for one's own room there", async () => {
    await visitor.page.goto(new URL(`/profile?as=${ada.email}`, demo.video).href, { waitUntil: "load" });
    await lookAt(visitor.page, "zoom-room");
  });
});
