// Somebody without a calendar comes, is at home everywhere, and leaves again with everything Parlor knows of them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { find, follow, words } from "../person.js";
import { goTo, places, signIn, signInWithExampleID } from "../portal.js";
import { ada, grace } from "../standin.js";

describe("a person without a calendar", () => {
  let demo: Demo;
  let window: Window;
  let person: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    person = await newVisitor(window);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("signs in with their organisation's own service", async () => {
    await person.page.goto(demo.portal.href, { waitUntil: "load" });
    await lookAt(person.page, "signin-oidc");
    await follow(person.page, "link", "Sign in with Example ID");
    await lookAt(person.page, "example-id");
    await signInWithExampleID(person.page, demo, grace);
    assert.match(await words(person.page), /Grace Hopper/);
  });

  it("is at home on every page", async () => {
    for (const place of places) await goTo(person.page, place);
    await goTo(person.page, "Calendars");
    await find(person.page, "link", "Go to your room");
    assert.match(await words(person.page), /No calendar is connected/);
    await lookAt(person.page, "calendars-none");
    assertQuiet(person);
  });

  it("is told of another account with the same address", async () => {
    const two = await newVisitor(window);
    await signInWithExampleID(two.page, demo, ada);
    await signIn(await signedOut(two), demo, ada);
    await goTo(two.page, "Calendars");
    assert.match(await words(two.page), /You have another account here/);
    await lookAt(two.page, "calendars-twins");
    await two.leave();
  });
});

async function signedOut(visitor: Visitor): Promise<Visitor["page"]> {
  await follow(visitor.page, "button", "Sign out");
  return visitor.page;
}
