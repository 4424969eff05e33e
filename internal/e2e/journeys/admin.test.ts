// An administrator decides something for everybody and looks after an account.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { barriers, stillness } from "../look.js";
import { find, follow, type, until, words } from "../person.js";
import { goTo, signIn } from "../portal.js";
import { ada, bob } from "../standin.js";

const instant = "Use Personal Meeting ID for instant meetings";

describe("an administrator", () => {
  let demo: Demo;
  let window: Window;
  let admin: Visitor;
  let other: Visitor;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    admin = await newVisitor(window);
    other = await newVisitor(window);
    await signIn(other.page, demo, bob);
    await signIn(admin.page, demo, ada);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("is the only one who sees administration", async () => {
    assert.doesNotMatch(await words(other.page), /Administration/);
    await other.page.goto(new URL("/admin/people", demo.portal).href, { waitUntil: "load" });
    await find(other.page, "heading", "There is no such page");
    await follow(admin.page, "link", "Administration");
    await find(admin.page, "heading", "People");
    await readable(admin);
  });

  it("sees what a locked setting changes, and saves it", async () => {
    await follow(admin.page, "link", "Policy");
    await follow(admin.page, "link", "For everyone");
    await admin.page.select('select[name="h:use_pmi_for_instant"]', "locked");
    await admin.page.select('select[name="v:use_pmi_for_instant"]', "true");
    await type(admin.page, `Reason that people see for ${instant}, if you like`, "One way for all.");
    await readable(admin);
    await follow(admin.page, "button", "See what it changes");
    assert.match(await words(admin.page), /Everyone: Use Personal Meeting ID for instant meetings: On, locked/);
    await readable(admin);
    await follow(admin.page, "button", "Save");
    assert.match(await words(admin.page), /The policy is saved/);
    await until("the policy to reach everybody", async () => {
      await admin.page.reload({ waitUntil: "load" });
      return /has reached everybody/.test(await words(admin.page)) ? true : undefined;
    });
    await readable(admin);
  });

  it("has others told who locked it", async () => {
    await other.page.goto(demo.portal.href, { waitUntil: "load" });
    await goTo(other.page, "Settings");
    assert.match(await words(other.page), /Set by your administrator: One way for all\./);
    const box = await find(other.page, "checkbox", instant);
    assert.ok(
      await box.evaluate((input) => (input as HTMLInputElement).disabled && (input as HTMLInputElement).checked),
    );
  });

  it("sees an invitation before it is saved", async () => {
    await follow(admin.page, "link", "Invitation");
    await type(admin.page, "Footer", "Example Ltd");
    await follow(admin.page, "button", "Show it below");
    assert.match(await words(admin.page), /│ Example Ltd/);
    await readable(admin);
  });

  it("switches an account off, and its person is signed out", async () => {
    await follow(admin.page, "link", "People");
    const search = await admin.page.$('input[name="q"]');
    await search?.type("bob");
    await follow(admin.page, "button", "Search");
    await follow(admin.page, "link", bob.name);
    await readable(admin);
    await follow(admin.page, "link", "Switch off…");
    await readable(admin);
    await follow(admin.page, "button", "Switch off");
    assert.match(await words(admin.page), /Their account is switched off/);
    await other.page.goto(new URL("/settings", demo.portal).href, { waitUntil: "load" });
    await follow(other.page, "link", "Sign in with Google");
    await follow(other.page, "button", `${bob.name} ${bob.email}`);
    assert.match(await words(other.page), /Your account is switched off/);
  });

  it("finds all of it on record", async () => {
    await follow(admin.page, "link", "Audit trail");
    assert.match(await words(admin.page), /switched off the account of/);
    await admin.page.click("summary");
    assert.match(await words(admin.page), /use_pmi_for_instant/);
    await readable(admin);
    assertQuiet(admin);
    assertQuiet(other);
  });
});

/** Nothing on the page keeps a person out. */
async function readable({ page }: Visitor): Promise<void> {
  await stillness(page);
  assert.deepEqual(await barriers(page), []);
}
