// Every state of the extension's pages, in both schemes: pictures to look at, and no barrier. What the worker would say is
// said in its place, since some of it needs a broken calendar or an administrator.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { type Demo, startDemo } from "../demo.js";
import { type Equipped, openEquipped } from "../extension.js";
import { barriers, shots, stillness } from "../look.js";

let demo: Demo;
let equipped: Equipped;

before(async () => {
  mkdirSync(shots, { recursive: true });
  demo = await startDemo();
  equipped = await openEquipped(demo);
});

after(async () => {
  await equipped?.close();
  await demo?.stop();
});

const person = { email: "ada@example.com", name: "Ada Lovelace", zone: "Europe/London", services: [], mail: true };
const settings = {
  use_pmi_for_scheduled: true,
  use_pmi_for_instant: true,
  auto_add: "keyword",
  keyword: "#meet",
  ask_each_time: false,
  paused: false,
  waiting_room: true,
  join_before_host: false,
  join_before_host_minutes: 5,
  embed_passcode: true,
  put_link_in_location: true,
  default_duration_minutes: 30,
  language: "en",
  opens_early_minutes: 15,
  closes_after_minutes: 60,
  guard: { overlap: "one_time", buffer_minutes: 5, unfamiliar: "waiting_room" },
  notify: { waiting: true, reconnect: true, rewritten: false },
  locked: {
    use_pmi_for_scheduled: "everybody here meets in their own room",
    use_pmi_for_instant: "so do instant meetings",
  },
};
const tagged = { settings, etag: "1" };
const meeting = {
  meeting_number: "22454202771",
  kind: "pmi",
  title: "Quarterly review with a title that is rather longer than the pop-up is wide #meet",
  start: "2026-11-24T09:00:00Z",
  end: "2026-11-24T10:00:00Z",
  join_url: "https://rooms.example.com/j/9213084401?pwd=x&omn=22454202771",
  invitation: "Join",
  why: { code: "pmi_setting", text: "Your personal room, because “Use Personal Meeting ID” is on in your settings." },
  conflict: {
    code: "overlap",
    text: "Your room is also taken by “Tea” on Tue 24 Nov, 09:30 GMT (5 minutes kept free around it).",
  },
  waits: {
    code: "unfamiliar_waits",
    text: "Guests wait in the waiting room, because eve@other.example and 2 other guests have not met you here before.",
  },
};
const calendar = { id: "a", name: "ada@example.com", on: true, state: "reconnect", writable: true, primary: true };
const home = {
  person,
  tagged,
  room: { pmi: "9213084401", join_url: "https://x", invitation: "Join", status: "ready" },
  next: meeting,
  calendars: [calendar],
};
const signedIn = { signedIn: true, server: "https://rooms.example.com", person, usePMI: true, pmi: "9213084401" };
const stale = { kind: "stale", title: "", detail: "", next: "", faults: [] };
const offline = {
  kind: "offline",
  title: "Parlor cannot be reached",
  detail: "Nothing was changed.",
  next: "Check your connection and try again.",
  faults: [],
};

type Said = Record<string, { answer?: unknown; error?: unknown } | null>; // null: the server is slow

/** Opens a page whose worker says these things. */
async function open(name: "popup" | "options", said: Said, ready = "main[data-state]"): Promise<Page> {
  const page = await equipped.browser.newPage();
  await page.setViewport(name === "popup" ? { width: 380, height: 600 } : { width: 1000, height: 900 });
  await page.evaluateOnNewDocument((answers: Said) => {
    const theirs = (globalThis as unknown as { chrome: { runtime: { sendMessage: unknown } } }).chrome;
    theirs.runtime.sendMessage = async ({ kind }: { kind: string }) =>
      kind in answers ? (answers[kind] ?? new Promise(() => undefined)) : { answer: {} };
  }, said);
  await page.goto(`${equipped.home}/${name}.html`);
  await page.waitForSelector(ready);
  return page;
}

async function lookAt(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await stillness(page);
    await page.screenshot({ path: `${shots}extension-${name}-${scheme}.png`, fullPage: true });
    assert.deepEqual(await barriers(page), [], `${name} ${scheme}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
}

test("the pop-up: signed out, waiting, refused", async () => {
  const who = { answer: { signedIn: false, server: "https://rooms.example.com" } };
  const refused = {
    ...offline,
    kind: "signed_out",
    title: "You are not signed in",
    detail: "The sign-in window was closed before the end.",
    next: "Sign in and try again.",
  };
  const page = await open("popup", { whoami: who, signIn: { error: refused } });
  await lookAt(page, "signed-out");
  await page.click("#sign-in");
  await page.waitForSelector(".note.bad");
  await lookAt(page, "refused");
  await page.close();
});

test("the pop-up: a calendar to reconnect, a conflict, the choice locked", async () => {
  const page = await open("popup", { whoami: { answer: signedIn }, home: { answer: home } });
  await lookAt(page, "home");
  await page.click("#schedule");
  await page.waitForSelector('main[data-state="schedule"]');
  await lookAt(page, "schedule-locked");
  await page.click("#gear");
  await page.waitForSelector('main[data-state="options"]');
  await lookAt(page, "scheduling-options");
  await page.close();
});

test("the pop-up: nothing coming, and a server that cannot be reached", async () => {
  const empty = {
    ...home,
    next: null,
    calendars: [{ ...calendar, state: "ok" }],
    tagged: { settings: { ...settings, locked: {} }, etag: "1" },
  };
  const page = await open("popup", {
    whoami: { answer: signedIn },
    home: { answer: empty },
    schedule: { error: offline },
  });
  await lookAt(page, "empty");
  await page.click("#schedule");
  await page.waitForSelector('main[data-state="schedule"]');
  await page.click("#submit");
  await page.waitForSelector(".note.bad");
  await lookAt(page, "schedule-trouble");
  const down = await open("popup", { whoami: { error: offline } });
  await lookAt(down, "trouble");
  await down.close();
  await page.close();
});

test("a slow server: the page says so, and the button", async () => {
  const page = await open("popup", { whoami: null }, "#wait");
  await lookAt(page, "slow");
  await page.close();
  const form = await open("popup", { whoami: { answer: signedIn }, home: { answer: home }, schedule: null });
  await form.click("#schedule");
  await form.waitForSelector("#submit");
  await form.click("#submit");
  await form.waitForSelector("#submit:disabled::-p-text(One moment)");
  await form.close();
});

test("an address that would run as a script is no link", async () => {
  const next = { ...meeting, join_url: "javascript:alert(1)" };
  const page = await open("popup", { whoami: { answer: signedIn }, home: { answer: { ...home, next } } });
  assert.equal(await page.$eval("#join", (link) => link.getAttribute("href")), null);
  await page.close();
});

test("the pop-up: the setting locks the choice at Start, the administrator's or the person's own", async () => {
  const choice = async (locked: Record<string, string>, on: boolean) => {
    const theirs = { ...home, tagged: { settings: { ...settings, use_pmi_for_instant: on, locked }, etag: "1" } };
    const page = await open("popup", { whoami: { answer: signedIn }, home: { answer: theirs } });
    const box = await page.$eval("#start-pmi", (one) =>
      [one as HTMLInputElement].flatMap((i) => [i.checked, i.disabled]),
    );
    const said = await page.$eval("#start-pmi", (input) => input.closest(".choice")?.textContent ?? "");
    await page.close();
    return { box, said };
  };
  const held = await choice({ use_pmi_for_instant: "so do instant meetings" }, true);
  assert.deepEqual(held.box, [true, true]);
  assert.match(held.said, /administrator: so do instant meetings/);
  const own = await choice({}, true);
  assert.deepEqual(own.box, [true, true]);
  assert.match(own.said, /Your settings take your Personal Meeting ID/);
  const free = await choice({ use_pmi_for_instant: "rooms are for planned meetings" }, false);
  assert.deepEqual(free.box, [false, false]);
});

test("Settings: mail only where it can be sent", async () => {
  const page = await open("options", {
    whoami: { answer: signedIn },
    settings: { answer: { person: { ...person, mail: false }, tagged } },
  });
  assert.equal(await page.$("[name='notify.waiting']"), null);
  assert.notEqual(await page.$("[name='guard.unfamiliar']"), null);
  await page.close();
});

test("Settings: locked, changed elsewhere", async () => {
  const page = await open("options", {
    whoami: { answer: signedIn },
    settings: { answer: { person, tagged } },
    saveSettings: { error: stale },
  });
  await lookAt(page, "settings-locked");
  await page.click("#setting-paused");
  await page.click("#save");
  await page.waitForSelector("#stale");
  await lookAt(page, "settings-conflict");
  await page.close();
});

test("Settings: a server to be entered", async () => {
  const page = await open("options", { whoami: { answer: { signedIn: false, server: "" } } });
  await page.type("#address", "rooms.example.com");
  await lookAt(page, "address");
  await page.close();
});
