// What the kinds of Outlook do differently, and what goes wrong around the button: it always ends, and nothing is doubled
// or lost. A fourth call at once is an error on the stand-in's console, which fails any of these tests.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import * as outlook from "../outlook.js";
import { press, words } from "../person.js";
import { chooseAutoAdd, signIn } from "../portal.js";
import { ada, inDays } from "../standin.js";

const desks = ["web", "new", "classic", "mac", "classic-mac"];

describe("every kind of Outlook", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let hour = 0;

  before(async () => {
    demo = await startDemo();
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
    await outlook.newAppointment(visitor.page, demo, ada);
    await press(visitor.page, "button", outlook.addButton);
    await outlook.letIn(visitor.page);
    await outlook.ended(visitor.page);
  });

  afterEach(() => {
    visitor.instead = () => undefined;
    assertQuiet(visitor);
  });

  after(async () => {
    await window?.close();
    await demo?.stop();
  });

  /** Begins an appointment at a time of its own, with some words in it. */
  async function begin(switches: string, text = "Bring the punch cards."): Promise<void> {
    await outlook.newAppointment(visitor.page, demo, ada, switches);
    await outlook.change(visitor.page, "date", inDays(10 + Math.floor(hour / 10)));
    await outlook.change(visitor.page, "start", `${10 + (hour++ % 10)}:00`);
    if (text) await visitor.page.type("#body", text);
  }

  /** Presses the button twice and wants one block above the words. */
  async function twice(button = outlook.addButton): Promise<outlook.Written> {
    await outlook.run(visitor.page, button);
    const first = await outlook.written(visitor.page);
    outlook.onlyLink(demo, first);
    await outlook.run(visitor.page, button);
    assert.deepEqual(await outlook.written(visitor.page), first);
    return first;
  }

  for (const client of [...desks, "web&set=1.3", "web&rewrite=off"]) {
    it(`rooms stay invited, and words stay: ${client}`, async () => {
      await begin(`client=${client}`);
      await visitor.page.click('input[name="room"][data-name="Boole Room"]');
      const { body } = await twice();
      assert.match(body, /^Bring the punch cards\.$/m);
      assert.deepEqual(await outlook.rooms(visitor.page), ["Boole Room"]);
    });
  }

  for (const client of [...desks, "android", "ios"]) {
    it(`a Teams meeting stays byte for byte: ${client}`, async () => {
      await begin(`client=${client}`);
      await visitor.page.click("#teams");
      const before = await outlook.teamsBlob(visitor.page);
      assert.match(before, /meetup-join/);
      await twice(["android", "ios"].includes(client) ? outlook.phoneButton : outlook.addButton);
      assert.equal(await outlook.teamsBlob(visitor.page), before);
    });
  }

  it("what is selected is not replaced", async () => {
    await begin("");
    await visitor.page.keyboard.down("Control");
    await visitor.page.keyboard.press("a");
    await visitor.page.keyboard.up("Control");
    const { body } = await twice();
    assert.match(body, /^Bring the punch cards\.$/m);
  });

  it("a body of nearly a million characters gets its link once, and goes back to what it was", async () => {
    await begin("", "");
    await outlook.fillBody(visitor.page, 900_000);
    const before = (await outlook.written(visitor.page)).body;
    await twice();
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "present");
    await press(pane, "button", "Remove");
    await outlook.shows(pane, "ready");
    assert.equal((await outlook.written(visitor.page)).body === before, true, "every character is as it was");
  });

  it("a longer one too, and then says that it cannot be renewed", async () => {
    await begin("", "");
    await outlook.fillBody(visitor.page, 1_100_000);
    await twice();
    assert.match(await outlook.notices(visitor.page), /too long/);
  });

  it("a new appointment gets its link by itself where the settings say so and Outlook tells of it", async () => {
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await chooseAutoAdd(visitor.page, "To every event I organise");
    for (const client of ["web", "new", "mac"]) {
      await outlook.newAppointment(visitor.page, demo, ada, `client=${client}`);
      await visitor.page.waitForSelector("body[data-last-event=OnNewAppointmentOrganizer]");
      outlook.onlyLink(demo, await outlook.written(visitor.page));
    }
    for (const client of ["classic", "classic-mac", "ios", "web&set=1.9"]) {
      await outlook.newAppointment(visitor.page, demo, ada, `client=${client}`);
      const runs = client === "classic" ? "[data-last-event=OnNewAppointmentOrganizer]" : "[data-ready]";
      await visitor.page.waitForSelector(`body${runs}`);
      assert.deepEqual(await outlook.written(visitor.page), { body: "", location: "" });
    }
    await visitor.page.goto(demo.portal.href, { waitUntil: "load" });
    await chooseAutoAdd(visitor.page, "When an event says the keyword");
  });

  for (const [switches, said] of [
    ["fail=body.prependAsync", /./],
    ["fail=body.setAsync", /added/],
    ["fail=enhancedLocation.addAsync", /added/],
    ["fail=location.setAsync&set=1.3", /added/],
    ["fail=loadCustomPropertiesAsync", /added/],
    ["fail=customProperties.saveAsync", /added/],
    ["fail=recurrence.getAsync", /added/],
    ["fail=subject.getAsync", /did not answer as it should/],
    ["slow=body.getAsync:8500", /did not answer as it should/],
    ["fail=notificationMessages.replaceAsync", /^$/],
    ["fail=*", /^$/],
  ] as const) {
    it(`ends, doubles nothing, loses nothing: ${switches}`, async () => {
      await begin(switches);
      await outlook.run(visitor.page);
      const { body } = await outlook.written(visitor.page);
      assert.match(body, /^Bring the punch cards\.$/m);
      assert((body.match(/\/j\//g) ?? []).length <= 1, body);
      assert.match(await outlook.notices(visitor.page), said);
      if (String(said).includes("added")) outlook.onlyLink(demo, await outlook.written(visitor.page));
    });
  }

  it("says that the server is down, leaves the event alone, and goes on when it is back", async () => {
    await begin("");
    visitor.instead = (url) =>
      url.origin === demo.portal.origin && !url.pathname.startsWith("/addin/") ? "nothing" : undefined;
    await outlook.run(visitor.page);
    assert.match(await outlook.notices(visitor.page), /cannot be reached\. Your event is as it was/);
    assert.equal((await outlook.written(visitor.page)).body, "Bring the punch cards.");
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "trouble");
    forgive(/ERR_FAILED/);
    visitor.instead = () => undefined;
    await press(pane, "button", "Try again");
    await outlook.shows(pane, "ready");
    await twice();
  });

  for (const [status, said] of [
    [500, /Something went wrong at Parlor\. Your event is as it was/],
    [503, /busy just now\. Nothing is lost/],
    [429, /busy just now\. Nothing is lost/],
  ] as const) {
    it(`says what helps when the server answers ${status}`, async () => {
      await begin("");
      visitor.instead = (url) => (url.pathname === "/v1/invitations" ? { status } : undefined);
      await outlook.run(visitor.page);
      assert.match(await outlook.notices(visitor.page), said);
      assert.equal((await outlook.written(visitor.page)).body, "Bring the punch cards.");
      forgive(/status of 50/);
    });
  }

  it("an access token that has run out is renewed unseen", async () => {
    await begin("");
    let refused = 0;
    visitor.instead = (url) => (url.pathname === "/v1/invitations" && refused++ === 0 ? { status: 401 } : undefined);
    await outlook.run(visitor.page);
    assert.equal(refused, 2, "asked again with a new token");
    assert.match(await outlook.notices(visitor.page), /added/);
  });

  it("a sign-in that the server has ended leads to the window again", async () => {
    await begin("");
    visitor.instead = (url) => (url.pathname === "/oauth/token" ? { status: 400 } : undefined);
    await press(visitor.page, "button", outlook.addButton);
    const window = await outlook.openDialog(visitor.page);
    visitor.instead = () => undefined;
    await outlook.consent(window);
    await outlook.ended(visitor.page);
    outlook.onlyLink(demo, await outlook.written(visitor.page));
    assert.match(await outlook.notices(visitor.page), /added/);
  });

  it("who says no to the window is told, and can go on", async () => {
    await begin("");
    await visitor.page.evaluate(() => undefined);
    const pane = await outlook.openPane(visitor.page);
    await outlook.shows(pane, "ready");
    await press(pane, "button", "Sign out");
    await outlook.shows(pane, "signed-out");
    await press(pane, "button", "Sign in");
    await press(visitor.page, "button", "Ignore");
    await pane.waitForSelector("#result");
    assert.match(await words(pane), /closed before you were signed in/);
    await press(pane, "button", "Sign in");
    await outlook.letIn(visitor.page, "Cancel");
    await pane.waitForSelector("#result");
    assert.match(await words(pane), /You chose not to let the add-in in\. Nothing was changed/);
    await press(pane, "button", "Sign in");
    await outlook.letIn(visitor.page);
    await outlook.shows(pane, "ready");
  });

  /** Drops the faults that a test made itself, and only those. */
  function forgive(shape: RegExp): void {
    visitor.faults.splice(0, visitor.faults.length, ...visitor.faults.filter((fault) => !shape.test(fault)));
  }
});
