// The button in the calendar as people have it: the built zip in a real browser, on the stand-in's calendar, with the real
// server behind it.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { engine } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { type Equipped, openEquipped } from "../extension.js";
import { barriers, shots, stillness } from "../look.js";
import { follow, until } from "../person.js";
import { setUsePMI } from "../portal.js";
import { ada, addEvent, inDays, openCalendar, waitForLink } from "../standin.js";

let demo: Demo;
let equipped: Equipped;
let page: Page;

before(async () => {
  demo = await startDemo();
  equipped = await openEquipped(demo);
  page = await equipped.browser.newPage();
  page.setDefaultTimeout(15_000);
  await page.setViewport({ width: 1280, height: 900 });
});

after(async () => {
  await equipped?.close();
  await demo?.stop();
});

/** What the row says, with its buttons. */
async function says(wanted: RegExp): Promise<string> {
  let last = "";
  return until(`the row to say ${wanted}`, async () => {
    last = await page.evaluate(() => {
      const shadow = document.querySelector("parlor-row")?.shadowRoot;
      return [...(shadow?.querySelectorAll(".told p, [data-part]") ?? [])].map((one) => one.textContent).join(" | ");
    });
    return wanted.test(last) ? last : undefined;
  }).catch((late) => {
    throw new Error(`${late}; it says "${last}"`);
  });
}

/** Presses; what the page has just drawn anew is looked for again. */
async function press(selector: string): Promise<void> {
  await page.bringToFront();
  await until(`${selector} to be pressed`, async () => {
    const found = await page.waitForSelector(selector);
    return found?.click().then(
      () => true,
      (fault) => (/detached|not clickable/i.test(String(fault)) ? undefined : Promise.reject(fault)),
    );
  });
}

const part = (name: string) => `parlor-row >>> [data-part="${name}"]`;

/** Pictures in both schemes; Firefox shows its own alone. */
async function pictures(name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const scheme of engine === "chrome" ? ["light", "dark"] : ["light"]) {
    if (engine === "chrome") await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await stillness(page);
    await page.screenshot({ path: `${shots}${name}-${engine}-${scheme}.png` });
  }
  if (engine === "chrome") await page.emulateMediaFeatures([]);
}

async function openEditor(fields: Record<string, string>): Promise<void> {
  const address = new URL("/calendar/r/eventedit", demo.calendar);
  for (const [name, value] of Object.entries({ user: ada.email, ...fields })) address.searchParams.set(name, value);
  await page.goto(address.href, { waitUntil: "load" });
}

/** Runs in the page: fills a field as its own widget does. */
function setValue(field: Element, value: string): void {
  (field as HTMLInputElement).value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

async function description(): Promise<string> {
  return page.$eval("[contenteditable]", (field) => (field as HTMLElement).innerText);
}

test("the bubble offers to sign in, survives being drawn anew, and is signed in from there", async () => {
  await openCalendar(page, demo, ada);
  await press('[data-do="bubble"]');
  await says(/Sign in to add a Parlor meeting/);
  await page.waitForFunction(() => document.querySelectorAll("parlor-row").length === 1);
  const before = new Set(await equipped.browser.pages());
  await press(part("add"));
  const window = await until("the sign-in window", async () =>
    (await equipped.browser.pages()).find((one) => !before.has(one) && one.url().startsWith("http")),
  );
  window.setDefaultTimeout(15_000);
  await window.bringToFront();
  await window.waitForSelector("a[href^='/signin/google']").then((link) => link?.click());
  await window
    .waitForSelector(`::-p-aria([name="${ada.name} ${ada.email}"][role="button"])`)
    .then((one) => one?.click());
  await window.waitForSelector('button[name="answer"][value="allow"]').then((allow) => allow?.click());
  await page.bringToFront();
  await says(/Add a Parlor meeting.*one-time number/i);
});

test("adds from the bubble; the fields are filled before saving; it is saved with the link", async () => {
  await page.type(".bubble [name=title]", "Tea with Bob");
  await page.$eval(".bubble [name=date]", setValue, inDays(2));
  await press(part("add"));
  await says(/Parlor meeting · One-time number.*Remove/);
  await pictures("calendar-bubble");
  assert.match(await description(), /\/j\/\d{11}/);
  assert.match(
    await page.$eval(".bubble [name=location]", (field) => (field as HTMLInputElement).value),
    /\/j\/\d{11}/,
  );
  await follow(page, "button", "Save");
  const saved = await waitForLink(page, demo, "Tea with Bob");
  assert.equal(saved.text.match(/\/j\//g)?.length, 1, "one link");
});

test("adds, switches and removes in the editor, and leaves what was there", async () => {
  await openEditor({
    text: "Numbers <b>& notes</b>",
    details: "Bring the cards.",
    date: inDays(3),
    start: "10:00",
    end: "11:00",
  });
  await says(/Add a Parlor meeting/);
  assert.deepEqual(await barriers(page), []);
  await pictures("calendar-editor-offer");
  await press(part("switch"));
  await says(/personal room/i);
  await press(part("add"));
  await says(/Parlor meeting · Personal room/);
  assert.match(await description(), /\/j\/\d{10}\?[\s\S]*Bring the cards\./);
  assert.deepEqual(await barriers(page), []);
  await pictures("calendar-editor-added");
  await press(part("switch"));
  await says(/Parlor meeting · One-time number/);
  assert.equal((await description()).match(/\/j\//g)?.length, 1);
  await press(part("remove"));
  await says(/Add a Parlor meeting/);
  assert.equal((await description()).trim(), "Bring the cards.");
});

test("the guard's answer is shown, and a conflict after a change of time; nothing is switched", async () => {
  await page.goto(demo.portal.href, { waitUntil: "load" });
  await setUsePMI(page, true);
  await openCalendar(page, demo, ada);
  await addEvent(page, { title: "Board #meet", date: inDays(4), start: "10:00", end: "11:00" });
  await waitForLink(page, demo, "Board #meet");
  await openEditor({ text: "Board, again", date: inDays(4), start: "10:30", end: "11:30" });
  await says(/one-time number.*Board/i);
  await pictures("calendar-guard");
  await openEditor({ text: "Board, again", date: inDays(4), start: "14:00", end: "15:00" });
  await says(/Add a Parlor meeting.*personal room/i);
  await press(part("add"));
  await says(/Parlor meeting · Personal room/);
  const before = await description();
  for (const [id, time] of [
    ["#xEnTiIn", "11:30"],
    ["#xStTiIn", "10:30"],
  ] as const) {
    await page.$eval(id, setValue, time);
  }
  await says(/Parlor meeting · Personal room.*Board/);
  assert.equal(await description(), before);
  await pictures("calendar-conflict");
});

test("in a saved event the server writes; Join, Copy and Remove are in its pop-up", async () => {
  await openCalendar(page, demo, ada);
  await addEvent(page, {
    title: "Plain talk",
    date: inDays(1),
    start: "09:00",
    end: "09:30",
    description: "As it was.",
  });
  const chip = await page.waitForSelector(`::-p-xpath(//li[@data-eventchip][contains(., "Plain talk")])`);
  await (await chip?.$('[data-do="peek"]'))?.click();
  await says(/Add a Parlor meeting/);
  await press(part("add"));
  await says(/Parlor meeting ·.*Join.*Copy link.*Remove/);
  assert.deepEqual(await barriers(page), []);
  await pictures("calendar-popup");
  await waitForLink(page, demo, "Plain talk");
  const again = await page.waitForSelector(`::-p-xpath(//li[@data-eventchip][contains(., "Plain talk")])`);
  await (await again?.$('[data-do="peek"]'))?.click();
  await says(/Parlor meeting ·.*Join/);
  await press(part("remove"));
  await says(/Add a Parlor meeting/);
});
