// Sign-in, Settings, Profile and Schedule in a browser that runs no script at all.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { find, follow, press, type, words } from "../person.js";
import { goTo, isTicked, setUsePMI, signIn, usePMI } from "../portal.js";
import { bob } from "../standin.js";

describe("without JavaScript", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
    await visitor.page.setJavaScriptEnabled(false);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("signs in", async () => {
    await signIn(visitor.page, demo, bob);
    assert.equal(await visitor.page.$$eval("[data-copy]:not([hidden])", (b) => b.length), 0);
  });

  it("saves the settings both ways", async () => {
    for (const on of [true, false]) {
      await setUsePMI(visitor.page, on);
      await visitor.page.goto(new URL("/settings", demo.portal).href, { waitUntil: "load" });
      assert.equal(await isTicked(visitor.page, usePMI), on);
    }
  });

  it("changes the room, sees the way it goes, and takes it back", async () => {
    const { page } = visitor;
    await goTo(page, "Profile");
    await follow(page, "link", "Edit Personal Meeting ID");
    await type(page, "Personal Meeting ID", "12");
    await follow(page, "button", "Save Changes");
    assert.match(await words(page), /Nothing was changed yet.*Must be exactly 10 digits/);
    const free = await page.$eval("[data-suggest=pmi] .chip", (chip) => chip.textContent ?? "");
    await type(page, "Personal Meeting ID", free);
    await follow(page, "button", "Save Changes");
    assert.match(await words(page), /coming events? will be rewritten|No coming event/);
    await follow(page, "button", "Back");
    await follow(page, "button", "Save Changes");
    await follow(page, "button", "Change it");
    assert((await words(page)).includes(free), "the new number is not shown");
    await follow(page, "button", "Undo");
    assert.match(await words(page), /Taken back/);
  });

  it("schedules, having looked beforehand", async () => {
    const { page } = visitor;
    await page.goto(new URL("/meetings/new", demo.portal).href, { waitUntil: "load" });
    await type(page, "Title", "Without a script");
    await press(page, "checkbox", usePMI);
    await follow(page, "button", "Look beforehand");
    assert.match(await words(page), /because you chose it for this meeting/);
    await follow(page, "button", "Schedule");
    await find(page, "heading", "Without a script");
    await follow(page, "link", "Meetings");
    assert.match(await words(page), /Without a script/);
  });
});
