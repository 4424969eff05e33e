// Somebody without a calendar comes, is at home everywhere, and leaves again with everything Parlor knows of them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { find, follow, type, until, words } from "../person.js";
import { goTo, places, signIn, signInWithExampleID } from "../portal.js";
import { ada, addEvent, grace, inDays, openCalendar, waitForLink } from "../standin.js";

const title = "Lecture on notes #meet";

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
    await goTo(person.page, "Settings");
    await follow(person.page, "link", "Calendars");
    await find(person.page, "link", "Go to your room");
    assert.match(await words(person.page), /No calendar is connected/);
    await lookAt(person.page, "calendars-none");
    assertQuiet(person);
  });

  it("is told of another account with the same address", async () => {
    const two = await newVisitor(window);
    await signInWithExampleID(two.page, demo, ada);
    await signIn(await signedOut(two), demo, ada);
    await goTo(two.page, "Settings");
    await follow(two.page, "link", "Calendars");
    assert.match(await words(two.page), /You have another account here/);
    await lookAt(two.page, "calendars-twins");
    await two.leave();
  });

  it("takes the data away", async () => {
    await goTo(person.page, "Settings");
    await follow(person.page, "link", "Your data");
    await lookAt(person.page, "data");
    const all = await person.page.evaluate(async () => (await fetch("/settings/data/parlor.json")).json());
    assert.equal((all as { account: { email: string } }).account.email, grace.email);
  });

  it("is deleted once it is meant", async () => {
    await type(person.page, "Type “delete”", "delte");
    await follow(person.page, "button", "Delete my account");
    assert.match(await words(person.page), /Nothing was deleted/);
    await lookAt(person.page, "data-slip");
    await type(person.page, "Type “delete”", "delete");
    await follow(person.page, "button", "Delete my account");
    await reads(person.page, "Your account is deleted");
    await lookAt(person.page, "deleted");
    await find(person.page, "link", "Sign in with Example ID");
    assertQuiet(person);
  });
});

describe("a person who leaves a calendar", () => {
  let demo: Demo;
  let window: Window;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("has the links taken out first, and sees it", async () => {
    const { page, leave } = await newVisitor(window);
    await signIn(page, demo, ada);
    await openCalendar(page, demo, ada);
    await addEvent(page, { title, date: inDays(1), start: "09:00", end: "10:00" });
    await waitForLink(page, demo, title);
    await page.goto(demo.portal.href, { waitUntil: "load" });
    await goTo(page, "Settings");
    await follow(page, "link", "Calendars");
    await lookAt(page, "calendars-connected");
    await follow(page, "link", "Disconnect Google");
    await lookAt(page, "disconnect");
    await follow(page, "button", "Disconnect Google");
    await reads(page, "No calendar is connected");
    await lookAt(page, "disconnected");
    await openCalendar(page, demo, ada);
    assert.doesNotMatch(await page.content(), /\/j\/\d/);
    await page.goto(demo.inbox.href, { waitUntil: "load" });
    await lookAt(page, "inbox-empty");
    await leave();
  });
});

/** Waits for words on a page that goes on by itself: in between there may be none. */
async function reads(page: Visitor["page"], text: string): Promise<void> {
  await until(`the words "${text}"`, async () => {
    const now = await words(page).catch(() => "");
    return now.includes(text) ? true : undefined;
  });
}

async function signedOut(visitor: Visitor): Promise<Visitor["page"]> {
  await follow(visitor.page, "button", "Sign out");
  return visitor.page;
}
