// The room itself: its number is changed, coming events follow, old links work for a while, and a click takes it back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { barriers } from "../look.js";
import { find, follow, press, type, until, words } from "../person.js";
import { goTo, meetingRow, setUsePMI, signIn } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, readDescription, waitForLink } from "../standin.js";

const title = "Tea with the analysts #meet";
const number = "Personal Meeting ID";

describe("Ada's Profile", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let old: string;
  let chosen: string;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
    await setUsePMI(visitor.page, true);
    await openCalendar(visitor.page, demo, ada);
    await addEvent(visitor.page, { title, date: inDays(3), start: "16:00", end: "16:45" });
    await waitForLink(visitor.page, demo, title);
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    old = (await meetingRow(visitor.page, title)).link;
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  it("checks the number while it is typed, and suggests others", async () => {
    const { page } = visitor;
    await goTo(page, "Profile");
    await follow(page, "link", `Edit ${number}`);
    await type(page, number, "23456");
    await says(/Must be exactly 10 digits/);
    assert.deepEqual(await barriers(page), []);
    const offered = await page.waitForSelector("[data-suggest=pmi] button");
    chosen = (await offered?.evaluate((button) => button.textContent)) ?? "";
    await offered?.click();
    await says(/Can be had/);
    await says(/One coming event will be rewritten/);
  });

  it("says beforehand what will happen, and then that it is done", async () => {
    const { page } = visitor;
    await follow(page, "button", "Save Changes");
    await find(page, "heading", "Change your room?");
    assert.match(await words(page), /One coming event will be rewritten/);
    assert.deepEqual(await barriers(page), []);
    await follow(page, "button", "Change it");
    await find(page, "heading", "Your new Personal Meeting ID");
    await says(/Done: every coming event is up to date/);
    await page.reload({ waitUntil: "load" });
    const profile = await words(page);
    assert.match(profile, /Old links lead to your room until/);
    assert(profile.includes(chosen), profile);
    assert.deepEqual(await barriers(page), []);
  });

  it("finds the new number in the event", async () => {
    const { page } = visitor;
    await openCalendar(page, demo, ada);
    const description = await readDescription(page, title);
    assert(description.includes(`/j/${chosen.replaceAll(" ", "")}?`), description);
  });

  it("lets a guest in by the old link, until it is taken away", async () => {
    const guest = await newVisitor(window);
    await guest.page.goto(old, { waitUntil: "load" });
    assert((await words(guest.page)).includes(title), "the old link does not lead to the meeting");
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await goTo(visitor.page, "Profile");
    await follow(visitor.page, "link", "End the old links now");
    assert.deepEqual(await barriers(visitor.page), []);
    await follow(visitor.page, "button", "End them now");
    await guest.page.goto(old, { waitUntil: "load" });
    assert.match(await words(guest.page), /This room has moved/);
    assertQuiet(guest);
    await guest.leave();
  });

  it("takes a name, changes her mind, and has it taken back", async () => {
    const { page } = visitor;
    await goTo(page, "Profile");
    await follow(page, "link", "Choose one personal link");
    await type(page, "Personal link", "admin");
    await page.waitForSelector("#personal_link[aria-invalid]");
    await type(page, "Personal link", "ada.lovelace");
    await says(/Can be had/);
    await follow(page, "button", "Save Changes");
    await follow(page, "button", "Change it");
    await find(page, "link", new URL("/my/ada.lovelace", demo.portal).href);
    await follow(page, "button", "Undo");
    await find(page, "link", "Choose one personal link");
    assert.match(await words(page), /Taken back/);
  });

  it("always starts in the room once she says so", async () => {
    const { page } = visitor;
    await follow(page, "link", `Edit ${number}`);
    await press(page, "checkbox", "Use Personal Meeting ID for instant meetings");
    await follow(page, "button", "Save Changes");
    assert.match(await words(page), /Instant meetings always take place here/);
    await page.goto(new URL("/start", demo.portal).href, { waitUntil: "load" });
    const box = await find(page, "checkbox", "Use Personal Meeting ID");
    assert(await box.evaluate((input) => (input as HTMLInputElement).checked && (input as HTMLInputElement).disabled));
    assert.match(await words(page), /because you chose so on your Profile/);
    assertQuiet(visitor);
  });

  function says(what: RegExp): Promise<boolean> {
    return until(`the page to say ${what}`, async () => (what.test(await words(visitor.page)) ? true : undefined));
  }
});
