// Signing in with Microsoft when it does not work out: somebody of another organisation, and somebody who says no.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { find, follow, words } from "../person.js";
import { connectMicrosoft, signIn } from "../portal.js";
import { ada } from "../standin.js";

describe("signing in with Microsoft", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
  });

  afterEach(() => assertQuiet(visitor));

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("somebody of another organisation stays outside", async () => {
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await follow(visitor.page, "link", "Sign in with Microsoft");
    await follow(visitor.page, "button", "Eve Stone eve@elsewhere.example");
    assert.match(await words(visitor.page), /trouble signing you in.*AADSTS50020/);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await find(visitor.page, "link", "Sign in with Microsoft");
  });

  it("who says no is told what happened and what to do", async () => {
    await follow(visitor.page, "link", "Sign in with Microsoft");
    await follow(visitor.page, "button", "Cancel");
    await find(visitor.page, "link", "Sign in with Microsoft");
    assert.match(await words(visitor.page), /You chose not to go on\. Nothing was shared with Parlor/);
  });

  it("who says no to a second calendar keeps the first", async () => {
    await signIn(visitor.page, demo, ada);
    await visitor.page.goto(new URL("/calendars", demo.portal).href, { waitUntil: "load" });
    await follow(visitor.page, "link", "Connect Microsoft");
    await follow(visitor.page, "button", "Cancel");
    await find(visitor.page, "heading", "Calendars");
    assert.match(await words(visitor.page), /You chose not to go on\. Nothing was shared with Parlor/);
    await connectMicrosoft(visitor.page, ada);
  });
});
