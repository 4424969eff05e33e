// Two browsers at one door: guests wait, the host decides. In every browser; the pages are looked at in ../chromium.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { ask, beginOnce, roomLink, startsAs } from "../door.js";
import { barriers } from "../look.js";
import { find, follow, press, until, words } from "../person.js";
import { signIn } from "../portal.js";
import { ada } from "../standin.js";

describe("the waiting room", () => {
  let demo: Demo;
  let window: Window;
  let host: Visitor;
  let grace: Visitor;
  let link: string;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    host = await newVisitor(window);
    await signIn(host.page, demo, ada);
    link = await roomLink(host.page, demo);
    grace = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("asks a guest for a name, and keeps a place for them", async () => {
    await grace.page.goto(link, { waitUntil: "load" });
    await find(grace.page, "heading", "Personal room of Ada Lovelace");
    assert.deepEqual(await barriers(grace.page), []);
    await ask(grace.page, "Grace Hopper");
    assert.match(await words(grace.page), /The host is not here yet/);
    assert.deepEqual(await barriers(grace.page), []);
  });

  it("shows the host who waits before the meeting begins", async () => {
    await host.page.goto(link, { waitUntil: "load" });
    assert.match(await words(host.page), /You are the host/);
    assert.match(await words(host.page), /Grace Hopper/);
    assert.deepEqual(await barriers(host.page), []);
  });

  it("opens the video in a new tab and becomes the host's panel", async () => {
    const room = await startsAs(host, demo);
    assert.match(room.pathname, /\/[a-z2-7]{26}$/);
    await find(host.page, "button", "Admit Grace Hopper");
    await until("the guest to hear that the host is there", async () =>
      (await words(grace.page)).includes("The host knows that you are here") ? true : undefined,
    );
  });

  it("lets a guest in, says so, and takes them there", async () => {
    const said = grace.page.waitForFunction(() =>
      document.querySelector("[role=status]")?.textContent?.includes("The host lets you in"),
    );
    await press(host.page, "button", "Admit Grace Hopper");
    await grace.page.bringToFront();
    await said;
    await until("the guest to be in the meeting", async () =>
      new URL(grace.page.url()).origin === demo.video.origin ? true : undefined,
    );
    assert.deepEqual(grace.left, []);
    await until("the list to be empty", async () =>
      (await words(host.page)).includes("Nobody is waiting") ? true : undefined,
    );
    assertQuiet(grace);
  });

  it("turns a guest away, who is told kindly and stays out", async () => {
    const mallory = await newVisitor(window);
    await mallory.page.goto(link, { waitUntil: "load" });
    await ask(mallory.page, "Mallory");
    await press(host.page, "button", "Turn away Mallory");
    await find(mallory.page, "heading", "The host has not let you in");
    await mallory.page.goto(link, { waitUntil: "load" });
    await find(mallory.page, "heading", "The host has not let you in");
    assertQuiet(mallory);
    await mallory.leave();
  });

  it("locks, and goes on by itself when it is unlocked", async () => {
    await press(host.page, "button", "Lock meeting");
    await find(host.page, "button", "Unlock meeting");
    const late = await newVisitor(window);
    await late.page.goto(link, { waitUntil: "load" });
    await find(late.page, "heading", "The host has locked this meeting");
    assert.deepEqual(await barriers(late.page), []);
    await press(host.page, "button", "Unlock meeting");
    await find(late.page, "textbox", "Your name");
    await late.leave();
  });

  it("tells a guest of another meeting where the host is, and the host whom they are for", async () => {
    const hedy = await newVisitor(window);
    await hedy.page.goto(await beginOnce(host.page, demo), { waitUntil: "load" });
    await ask(hedy.page, "Hedy Lamarr");
    assert.match(await words(hedy.page), /The host is in another meeting\. Yours beg[ia]n/);
    await find(host.page, "button", "Admit here: Hedy Lamarr");
    assert.match(await words(host.page), /For your \S+/);
    assert.deepEqual(await barriers(host.page), []);
    await hedy.leave();
  });

  it("ends the session for those who still wait", async () => {
    const bob = await newVisitor(window);
    await bob.page.goto(link, { waitUntil: "load" });
    await ask(bob.page, "Bob");
    await find(host.page, "button", "Admit Bob");
    await host.page.bringToFront();
    await host.page.$eval(".panel details summary", (summary) => (summary as HTMLElement).click());
    await follow(host.page, "button", "End session");
    assert.match(await words(host.page), /You have ended this meeting/);
    await find(bob.page, "heading", "The host has ended this meeting");
    assertQuiet(host);
    await bob.leave();
  });
});
