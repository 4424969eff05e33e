// The Outlook add-in in the stand-in for Outlook: the pane, the button, and every kind of Outlook that there is.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { Frame } from "puppeteer-core";
import { assertQuiet, newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { change, lookAtPane, newAppointment, openPane, preview, signInByDialog, written } from "../outlook.js";
import { find, press, until } from "../person.js";
import { ada, inDays } from "../standin.js";

const date = inDays(4);

describe("the Outlook add-in", () => {
  let demo: Demo;
  let window: Window;
  let visitor: Visitor;
  let pane: Frame;

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

  /** Opens a new appointment on the day of these tests. */
  async function begin(start: string, switches = ""): Promise<void> {
    await newAppointment(visitor.page, demo, ada, switches);
    await change(visitor.page, "date", date);
    await change(visitor.page, "end-date", date);
    await change(visitor.page, "start", start);
    await change(visitor.page, "end", `${start.slice(0, 3)}30`);
  }

  it("signed out is a state with one clear button", async () => {
    await begin("10:00");
    await find(visitor.page, "button", "Add a Parlor meeting");
    pane = await openPane(visitor.page);
    await pane.waitForSelector('main[data-state="signed-out"] #sign-in');
    assert.equal((await pane.$$("main button")).length, 1);
    await lookAtPane(visitor.page, pane, "signed-out");
  });

  it("signs in through the dialog, and says what would be inserted and why", async () => {
    await pane.click("#sign-in");
    await signInByDialog(visitor.page, ada);
    assert.match(await preview(pane), /One-time number.*“Use Personal Meeting ID” is off in your settings/);
    assert.equal(await pane.$eval("#reader", (line) => line.textContent), `Signed in as ${ada.name}`);
    await lookAtPane(visitor.page, pane, "ready");
  });

  it("inserts what was chosen, and the button afterwards doubles nothing", async () => {
    await pane.click("#use-pmi");
    await until("the room", async () => ((await preview(pane)).includes("you chose it") ? true : undefined));
    await pane.click("#continue");
    await pane.waitForSelector("#meeting-number");
    assert.match(await pane.$eval("#result", (note) => note.textContent ?? ""), /add invitees and save or send/);
    const first = await written(visitor.page);
    assert.match(first.body, new RegExp(`${demo.portal.origin}/j/\\d{10}\\?pwd=\\S+&omn=\\d{11}`));
    assert.ok(first.body.includes(first.location));
    await lookAtPane(visitor.page, pane, "present");
    await press(visitor.page, "button", "Add a Parlor meeting");
    await visitor.page.waitForSelector("#notifications li");
    assert.deepEqual(await written(visitor.page), first);
    await Promise.all([visitor.page.waitForNavigation(), press(visitor.page, "button", "Save")]);
  });

  it("shows a conflict that comes later and switches nothing by itself", async () => {
    await begin("14:00");
    pane = await openPane(visitor.page);
    await preview(pane);
    await pane.click("#use-pmi");
    await until("the room", async () => ((await preview(pane)).includes("you chose it") ? true : undefined));
    await pane.click("#continue");
    await pane.waitForSelector("#meeting-number");
    const before = await written(visitor.page);
    await change(visitor.page, "start", "10:00");
    await change(visitor.page, "end", "10:30");
    await pane.waitForSelector("#conflict:not([hidden]) #use-one-time");
    assert.deepEqual(await written(visitor.page), before);
    await lookAtPane(visitor.page, pane, "conflict");
    await pane.click("#use-one-time");
    await pane.waitForSelector("#kind:not(.room)");
    assert.match((await written(visitor.page)).location, /\/j\/\d{11}\?pwd=/);
  });

  it("takes the link out, leaves the rest, and puts it back when asked", async () => {
    await pane.click("#remove");
    assert.match(await preview(pane), /What will be inserted/);
    assert.deepEqual(await written(visitor.page), { body: "", location: "" });
    await pane.click("#continue");
    await pane.waitForSelector("#meeting-number");
    assert.match((await written(visitor.page)).body, /\/j\//);
    await pane.click("#remove");
    await preview(pane);
  });

  it("keeps the settings", async () => {
    await pane.click("#open-settings");
    await pane.waitForSelector("#settings");
    await lookAtPane(visitor.page, pane, "settings");
    await pane.$eval("#setting-keyword", (field) => {
      (field as HTMLInputElement).value = "two words";
    });
    await pane.click("#save");
    await pane.waitForSelector('#setting-keyword[aria-invalid="true"]');
    await pane.$eval("#setting-keyword", (field) => {
      (field as HTMLInputElement).value = "#call";
    });
    await pane.click("#save");
    await pane.waitForSelector("#result:not(.bad)");
    await pane.click("#back");
    await preview(pane);
  });

  for (const client of ["web", "new", "classic", "mac", "classic-mac", "android", "ios"]) {
    it(`one click is enough: ${client}`, async () => {
      await begin("16:00", `client=${client}`);
      const phone = client === "android" || client === "ios";
      await press(visitor.page, "button", phone ? "Parlor meeting" : "Add a Parlor meeting");
      const { body } = await until("the invitation", async () => {
        const now = await written(visitor.page);
        return now.location.includes("/j/") ? now : undefined;
      });
      assert.equal(body.split("/j/").length, 2);
      await visitor.page.waitForSelector("#progress", { hidden: true });
      assert.equal((await visitor.page.$$("#notifications li")).length, phone ? 0 : 1);
    });
  }

  it("plain text, the oldest set, a location that says something", async () => {
    await begin("16:00", "set=1.3");
    await visitor.page.click("#plain");
    await change(visitor.page, "location", "The café");
    await press(visitor.page, "button", "Add a Parlor meeting");
    await visitor.page.waitForSelector("#notifications li");
    const { body, location } = await written(visitor.page);
    assert.match(body, /\/j\//);
    assert.doesNotMatch(body, /</);
    assert.equal(location, "The café");
  });

  for (const [name, switches, words] of [
    ["offline", "offline", /cannot be reached/],
    ["a body that cannot be read", "fail=body.getAsync", /did not answer as it should/],
  ] as const) {
    it(`ends and says what helps: ${name}`, async () => {
      await begin("16:00", switches);
      await press(visitor.page, "button", "Add a Parlor meeting");
      const notice = await visitor.page.waitForSelector("#notifications li");
      assert.match((await notice?.evaluate((line) => line.textContent)) ?? "", words);
      await visitor.page.waitForSelector("#progress", { hidden: true });
      pane = await openPane(visitor.page);
      await pane.waitForSelector('main[data-state="trouble"] #retry');
    });
  }

  it("an error is a page with a way on", () => lookAtPane(visitor.page, pane, "trouble"));

  it("a mailbox of the organisation's own is not supported, and told so", async () => {
    await begin("16:00", "client=onprem");
    pane = await openPane(visitor.page);
    await pane.waitForSelector('main[data-state="unsupported"]');
    await lookAtPane(visitor.page, pane, "unsupported");
  });
});
