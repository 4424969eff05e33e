// The extension as people have it: the zip that the server serves, in a real browser, with the real server behind it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { engine } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { type Equipped, openEquipped, openPage, shows, signInThrough } from "../extension.js";
import { barriers } from "../look.js";
import { until, words } from "../person.js";
import { goTo, isTicked, meetingRow, setUsePMI, usePMI } from "../portal.js";

let demo: Demo;
let equipped: Equipped;
let portal: Page;
let popup: Page;

before(async () => {
  demo = await startDemo();
  equipped = await openEquipped(demo);
  portal = await equipped.browser.newPage();
  portal.setDefaultTimeout(15_000);
  popup = await openPage(equipped, "popup");
});

after(async () => {
  await equipped?.close();
  await demo?.stop();
});

async function press(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  await (await page.waitForSelector(selector))?.click();
}

async function reopened(name: "popup" | "options", old?: Page): Promise<Page> {
  await old?.close();
  return openPage(equipped, name);
}

async function valueIn(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (input) => (input as HTMLInputElement).value);
}

async function ticked(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (box) => (box as HTMLInputElement).checked);
}

async function said(page: Page, wanted: RegExp): Promise<void> {
  await until(`the words ${wanted}`, async () => (wanted.test(await words(page)) ? true : undefined));
}

test("a person signs in, and the portal lists the device", async () => {
  await shows(popup, "signed-out");
  assert.deepEqual(await barriers(popup), []);
  await signInThrough(equipped, popup, "Ada Lovelace ada@example.com");
  await popup.bringToFront();
  await shows(popup, "home");
  assert.match(await words(popup), /ada@example\.com/);
  assert.deepEqual(await barriers(popup), []);
  await portal.bringToFront();
  await portal.goto(demo.portal.href, { waitUntil: "load" });
  await goTo(portal, "Devices");
  assert.match(await words(portal), /Parlor for your browser/);
});

test("no token is where a page or a script in one could read it", async () => {
  const seen = await popup.evaluate(async () => {
    const names = globalThis as unknown as { browser?: unknown; chrome?: unknown };
    const theirs = (names.browser ?? names.chrome) as { storage: { local: { get(): Promise<object> } } };
    return JSON.stringify([await theirs.storage.local.get(), { ...localStorage }, document.cookie]);
  });
  assert.equal(seen, '[{},{},""]');
});

test("Settings, Scheduling Options, Use Personal Meeting ID, Save Changes; the portal shows it, and back", async () => {
  const options = await reopened("options");
  await shows(options, "settings");
  assert.match(await words(options), /Scheduling Options/);
  assert.deepEqual(await barriers(options), []);
  const box = "#setting-use-pmi-for-scheduled";
  assert.equal(await ticked(options, box), false);
  await press(options, box);
  await said(options, /Not saved yet/);
  await press(options, "#save");
  await said(options, /Saved\./);
  await portal.bringToFront();
  await goTo(portal, "Settings");
  assert.equal(await isTicked(portal, usePMI), true);
  await setUsePMI(portal, false);
  const again = await reopened("options", options);
  await shows(again, "settings");
  assert.equal(await ticked(again, box), false);
  await again.close();
});

test("the door and guests who are not known are set here, and the portal has it", async () => {
  const options = await reopened("options");
  await shows(options, "settings");
  await press(options, "#setting-waiting-room");
  await options.select("#setting-join-before-host-minutes", "10");
  await options.select("#setting-guard-unfamiliar", "one_time");
  assert.equal(await options.$("#setting-notify-waiting"), null); // the demo sends no mail
  await press(options, "#save");
  await said(options, /Saved\./);
  await options.close();
  await portal.bringToFront();
  await goTo(portal, "Settings");
  assert.equal(await isTicked(portal, "Waiting room"), false);
  const early = portal.$eval("select[name=join_before_host_minutes]", (list) => (list as HTMLSelectElement).value);
  assert.equal(await early, "10");
  const rule = portal.$eval("input[name='guard.unfamiliar']:checked", (one) => (one as HTMLInputElement).value);
  assert.equal(await rule, "one_time");
});

test("what was changed elsewhere is shown beside, and the person chooses", async () => {
  const options = await reopened("options");
  await shows(options, "settings");
  await portal.bringToFront();
  await setUsePMI(portal, true);
  await press(options, "#setting-ask-each-time");
  await press(options, "#save");
  await options.waitForSelector("#stale");
  assert.match(await words(options), /Use Personal Meeting ID On Off Specify options each time Off On/);
  assert.deepEqual(await barriers(options), []);
  await press(options, "#use-mine");
  await said(options, /Saved\./);
  await portal.bringToFront();
  await goTo(portal, "Settings");
  assert.equal(await isTicked(portal, usePMI), false);
  assert.equal(await isTicked(portal, "Specify options each time"), true);
  await options.close();
});

test("a value that cannot be used is told at its field", async () => {
  const options = await reopened("options");
  await shows(options, "settings");
  await options.$eval("#setting-keyword", (input) => {
    (input as HTMLInputElement).value = "two words";
  });
  await press(options, "#save");
  await options.waitForSelector('#setting-keyword[aria-invalid="true"]');
  assert.match(await words(options), /without spaces/);
  await options.close();
});

test("Schedule Meeting, the options, Save and Continue, and the meeting is in the calendar", async () => {
  popup = await reopened("popup", popup);
  await shows(popup, "home");
  await press(popup, "#schedule");
  await shows(popup, "options");
  assert.deepEqual(await barriers(popup), []);
  await press(popup, "#use-pmi");
  await press(popup, "#save");
  await shows(popup, "schedule");
  assert.equal(await ticked(popup, "#use-pmi"), true);
  await said(popup, /because “Use Personal Meeting ID” is on/);
  assert.deepEqual(await barriers(popup), []);
  await popup.bringToFront();
  await popup.type("#title", "<b>Tea</b> with Bob");
  await popup.type("#guests", "bob@example.com");
  await popup.select("#repeat", "weekly");
  await press(popup, "#submit");
  await shows(popup, "scheduled");
  const link = await valueIn(popup, "#link");
  assert.match(await words(popup), /<b>Tea<\/b> with Bob/);
  assert.deepEqual(await barriers(popup), []);
  await portal.bringToFront();
  assert.equal(await isTickedInPortal(), true);
  assert.equal((await meetingRow(portal, "<b>Tea</b> with Bob")).link, link);
});

async function isTickedInPortal(): Promise<boolean> {
  await goTo(portal, "Settings");
  return isTicked(portal, usePMI);
}

test("the link and the invitation are copied by one press", async () => {
  await press(popup, "#copy-made");
  await popup.waitForSelector("#copy-made::-p-text(Copied)");
  await press(popup, "#copy-invitation");
  await popup.waitForSelector("#copy-invitation::-p-text(Copied)");
});

test("options of scheduling are saved though other settings were changed meanwhile", async () => {
  popup = await reopened("popup", popup);
  await shows(popup, "home");
  await press(popup, "#schedule");
  await shows(popup, "options");
  const options = await reopened("options");
  await press(options, "#setting-embed-passcode");
  await press(options, "#save");
  await said(options, /Saved\./);
  await options.close();
  await press(popup, "#use-pmi");
  await press(popup, "#save");
  await shows(popup, "schedule");
  assert.equal(await ticked(popup, "#use-pmi"), false);
  await press(popup, "#gear");
  await press(popup, "#use-pmi");
  await press(popup, "#save");
  await shows(popup, "schedule");
});

test("what was typed outlives the pop-up; what cannot be used is said", async () => {
  popup = await reopened("popup", popup);
  await shows(popup, "home");
  await press(popup, "#schedule");
  await press(popup, "#save");
  await shows(popup, "schedule");
  assert.equal(await valueIn(popup, "#title"), "");
  await popup.type("#title", "Half typed");
  await popup.type("#guests", "nobody");
  await press(popup, "#submit");
  await popup.waitForSelector(".note.bad");
  assert.match(await words(popup), /attendees: must be e-mail addresses/);
  popup = await reopened("popup", popup);
  await press(popup, "#schedule");
  await press(popup, "#save");
  await until("the draft", async () => ((await valueIn(popup, "#title")) === "Half typed" ? true : undefined));
});

test("Start opens the door of the room, and the setting takes the choice away", async () => {
  popup = await reopened("popup", popup);
  await shows(popup, "home");
  await press(popup, "#start-pmi");
  await press(popup, "#start");
  const door = await until("the door", async () =>
    (await equipped.browser.pages()).find((page) => page.url().startsWith(`${demo.portal.origin}/j/`)),
  );
  assert.match(new URL(door.url()).pathname, /^\/j\/\d{10}$/);
  await door.close();
  const options = await reopened("options");
  await press(options, "#setting-use-pmi-for-instant");
  await press(options, "#save");
  await said(options, /Saved\./);
  await options.close();
  popup = await openPage(equipped, "popup");
  await shows(popup, "home");
  assert.equal(await ticked(popup, "#start-pmi"), true);
  assert.ok(await popup.$("#start-pmi:disabled"));
  assert.match(await words(popup), /for every instant meeting/);
});

test("the keyboard alone reaches everything, in the order of the page", async () => {
  const order = await walk(popup, "#schedule");
  assert.deepEqual(order, ["settings", "join", "copy-next", "schedule"]);
  await popup.keyboard.press("Enter");
  await shows(popup, "options");
  await walk(popup, "#use-pmi");
  await popup.keyboard.press(" ");
  await walk(popup, "#save");
  await popup.keyboard.press("Enter");
  await shows(popup, "schedule");
  const form = ["day", "time", "length", "repeat", "zone", "guests", "use-pmi", "submit"];
  assert.deepEqual(await walk(popup, "#submit"), form);
  await walk(popup, "#back", "backwards");
  await popup.keyboard.press("Enter");
  await shows(popup, "home");
});

/** Presses Tab until the element has the focus; the ids on the way. Beyond its ends lies the browser's own bar. */
async function walk(page: Page, goal: string, way?: "backwards"): Promise<string[]> {
  await page.bringToFront();
  const passed: string[] = [];
  for (let step = 0; step < 40; step++) {
    if (way) await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    if (way) await page.keyboard.up("Shift");
    const id = await page.evaluate(() => document.activeElement?.id ?? "");
    if (id && passed.at(-1) !== id) passed.push(id);
    if (`#${id}` === goal) return passed;
  }
  throw new Error(`${goal} is out of reach: ${passed.join(" ")}`);
}

// Only Chromium lets a test stop it.
if (engine === "chrome") {
  test("a worker that was stopped goes on where it was", async () => {
    const target = equipped.browser.targets().find((one) => one.type() === "service_worker");
    assert.ok(target);
    await (await target.worker())?.close();
    popup = await reopened("popup", popup);
    await shows(popup, "home");
  });
}

/** What the button's badge says after a look at the calendars. */
async function badgeAfterLook(): Promise<string> {
  const target = await equipped.browser.waitForTarget((one) => one.type() === "service_worker");
  const worker = await target.worker();
  assert.ok(worker);
  return worker.evaluate(async () => {
    const { alarms, action } = (globalThis as unknown as { chrome: Chrome }).chrome;
    await action.setBadgeText({ text: "!" });
    alarms.onAlarm.dispatch({ name: "calendars" });
    for (let waited = 0; waited < 2000 && (await action.getBadgeText({})) === "!"; waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
    return action.getBadgeText({});
  });
}

interface Chrome {
  alarms: { onAlarm: { dispatch(alarm: object): void } };
  action: { setBadgeText(to: object): Promise<void>; getBadgeText(of: object): Promise<string> };
}

test("signing out ends the device", async () => {
  const options = await reopened("options");
  await press(options, "#sign-out");
  await shows(options, "signed-out");
  await options.close();
  popup = await reopened("popup", popup);
  await shows(popup, "signed-out");
  await portal.bringToFront();
  await goTo(portal, "Devices");
  assert.doesNotMatch(await words(portal), /Parlor for your browser/);
});

test("a server that is down is said, and nothing is lost", async () => {
  await signInThrough(equipped, popup, "Ada Lovelace ada@example.com");
  await popup.bringToFront();
  await shows(popup, "home");
  if (engine === "chrome") assert.equal(await badgeAfterLook(), "", "calendars that are well");
  await demo.stop();
  if (engine === "chrome") assert.equal(await badgeAfterLook(), "!", "nothing is known");
  popup = await reopened("popup", popup);
  await shows(popup, "trouble");
  assert.match(await words(popup), /Parlor cannot be reached/);
  assert.deepEqual(await barriers(popup), []);
  assert.ok(await popup.$("#retry"));
  const options = await reopened("options");
  await shows(options, "trouble");
  await press(options, "#sign-out");
  await shows(options, "signed-out");
  await options.close();
});

test("no page of the extension had a fault", () => {
  assert.deepEqual(equipped.faults, []);
});
