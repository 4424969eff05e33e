// The waiting room by its looks, and without a script.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { ask, beginOnce, roomLink, startsAs } from "../door.js";
import { lookAt } from "../look.js";
import { find, follow, press, words } from "../person.js";
import { signIn } from "../portal.js";
import { ada } from "../standin.js";

describe("how the waiting room looks", () => {
  let demo: Demo;
  let window: Window;
  let host: Visitor;
  let guest: Visitor;
  let link: string;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    host = await newVisitor(window);
    await signIn(host.page, demo, ada);
    link = await roomLink(host.page, demo);
    guest = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("to a guest", async () => {
    await guest.page.goto(link, { waitUntil: "load" });
    await lookAt(guest.page, "door-name");
    await ask(guest.page, "Grace Hopper");
    await lookAt(guest.page, "door-waiting");
  });

  it("to its host", async () => {
    const others: Visitor[] = [];
    for (const [name, to] of [
      ["Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine, senior", link],
      ["محمد بن موسى", link],
      ["Hedy Lamarr", await beginOnce(host.page, demo)],
    ] as const) {
      const other = await newVisitor(window);
      await other.page.goto(to, { waitUntil: "load" });
      await ask(other.page, name);
      others.push(other);
    }
    await host.page.goto(link, { waitUntil: "load" });
    await host.page.bringToFront();
    await lookAt(host.page, "host-before");
    await startsAs(host, demo);
    await find(host.page, "button", "Admit Grace Hopper");
    await lookAt(host.page, "host-panel");
    await press(host.page, "button", "Lock meeting");
    await find(host.page, "button", "Unlock meeting");
    await lookAt(host.page, "host-locked");
    const late = await newVisitor(window);
    await late.page.goto(link, { waitUntil: "load" });
    await lookAt(late.page, "door-locked");
    for (const other of others) await other.leave();
  });

  it("works without a script: the page asks again by itself, and has a button when the host has decided", async () => {
    const plain = await newVisitor(window);
    await plain.page.setJavaScriptEnabled(false);
    await press(host.page, "button", "Unlock meeting");
    await find(host.page, "button", "Lock meeting");
    await plain.page.goto(link, { waitUntil: "load" });
    await ask(plain.page, "Plain Jane");
    await find(host.page, "button", "Admit Plain Jane");
    await press(host.page, "button", "Admit Plain Jane");
    await plain.page.bringToFront();
    await find(plain.page, "button", "Continue to the meeting");
    await follow(plain.page, "button", "Continue to the meeting");
    assert.equal(new URL(plain.page.url()).origin, demo.video.origin);
    await plain.leave();
  });

  it("is a panel for a host without a script, too", async () => {
    await host.page.setJavaScriptEnabled(false);
    await host.page.goto(link, { waitUntil: "load" });
    await follow(host.page, "button", "Admit Grace Hopper");
    assert.match(await words(host.page), /Your meeting is open/);
    assertQuiet(host);
  });
});
