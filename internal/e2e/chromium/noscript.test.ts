// Sign-in and Settings in a browser that runs no script at all.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { isTicked, setUsePMI, signIn, usePMI } from "../portal.js";

describe("without JavaScript", () => {
  let demo: Demo;
  let window: Window;
  let bob: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    bob = await newVisitor(window);
    await bob.page.setJavaScriptEnabled(false);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("signs in", async () => {
    await signIn(bob.page, demo, "Bob Marsh");
    assert.equal(await bob.page.$$eval("[data-copy]:not([hidden])", (b) => b.length), 0);
  });

  it("saves the settings both ways", async () => {
    for (const on of [true, false]) {
      await setUsePMI(bob.page, on);
      await bob.page.goto(new URL("/settings", demo.portal).href, { waitUntil: "load" });
      assert.equal(await isTicked(bob.page, usePMI), on);
    }
  });
});
