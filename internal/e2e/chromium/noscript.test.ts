// Sign-in and Settings in a browser that runs no script at all.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { isTicked, setUsePMI, signIn, usePMI } from "../portal.js";
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
});
