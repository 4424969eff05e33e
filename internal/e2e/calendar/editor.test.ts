// The row in the full editor of a new event.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { assertQuiet, openWindow, type Visitor, type Window } from "../browser.js";
import { asked, change, form, pressPart, says, shown } from "./row.ts";
import { openPage, openSite, origin, run, type Site, type Toy } from "./toy.ts";

describe("in the editor", () => {
  let window: Window;
  let site: Site;
  before(async () => {
    site = await openSite();
    window = await openWindow();
  });
  after(async () => {
    await window?.close();
    await site?.close();
  });

  async function started(name: string, toy: Partial<Toy> = {}): Promise<Visitor> {
    const visitor = await openPage(window, site, name, toy);
    await run(visitor.page);
    await visitor.page.waitForSelector("parlor-row");
    return visitor;
  }

  it("stands after Google's own row and says what it would be", async () => {
    const visitor = await started("editor-new");
    const row = await says(visitor.page, /Personal room/);
    assert.equal(row.after, "xRTCIn");
    assert.equal(row.told, "Personal room, as in your settings.");
    assert.deepEqual(row.actions, ["Add a Parlor meeting", "Use a one-time number"]);
    const [{ event } = { event: undefined }] = await asked(visitor.page, "preview");
    assert.equal(event?.start, "2026-11-24T14:30:00+00:00");
    assert.equal(event?.end, "2026-11-24T15:30:00+00:00");
    assert.equal(event?.zone, "Europe/London");
    assertQuiet(visitor);
    await visitor.leave();
  });

  it("fills description and location before saving; pressing twice adds one", async () => {
    const visitor = await started("editor-new", { delay: 150 });
    await says(visitor.page, /Personal room/);
    await pressPart(visitor.page, "add");
    await says(visitor.page, /Adding…/);
    await pressPart(visitor.page, "add");
    const row = await says(visitor.page, /Parlor meeting · Personal room/);
    assert.deepEqual(row.actions, ["Join", "Copy link", "Use a one-time number", "Remove"]);
    const { text, location } = await form(visitor.page);
    assert.equal(text.match(/\/j\//g)?.length, 1, text);
    assert.equal(location, `${origin}/j/2345678901?pwd=aaaaaaaaaaaaaaaaaaaaaa&omn=98765432101`);
    assert.equal((await asked(visitor.page, "invite")).length, 1);
    assertQuiet(visitor);
    await visitor.leave();
  });

  it("says why guests wait, before there is a link, with it, and in a saved event", async () => {
    const waits = "Guests wait, because <b>eve@other.example</b> has not met you here before.";
    const told = `Personal room, as in your settings. | ${waits}`;
    const visitor = await started("editor-new", { waits });
    assert.equal((await says(visitor.page, /Personal room/)).told, told);
    await pressPart(visitor.page, "add");
    assert.equal((await says(visitor.page, /Remove/)).told, `Parlor meeting · Personal room | ${told}`);
    await visitor.leave();
    const saved = await started("editor-existing", { waits, link: true, conflict: "Taken." });
    assert.equal((await says(saved.page, /Taken/)).told, `Parlor meeting · Personal room | ${told} | Taken.`);
    assertQuiet(saved);
    await saved.leave();
  });

  it("keeps what is there and its form, and puts it back as it was", async () => {
    const visitor = await openPage(window, site, "editor-existing");
    await visitor.page.evaluate(() => history.replaceState(null, "", "/calendar/u/0/r/eventedit"));
    const before = await form(visitor.page);
    await run(visitor.page);
    await says(visitor.page, /Add a Parlor meeting/);
    await pressPart(visitor.page, "add");
    await says(visitor.page, /Remove/);
    const added = await form(visitor.page);
    assert.match(added.text, /invites you[\s\S]*Bring the punch cards\.\s+And tea\./);
    assert.match(added.html, /Bring the <b>punch cards<\/b>\.<div>And <i>tea<\/i>\./);
    assert.equal(added.location, "Room 12");
    const [invite] = await asked(visitor.page, "invite");
    assert.equal(invite?.event?.title, "Review <b>bold</b> & more");
    assert.deepEqual(invite?.event?.guests, ["ada@example.com", "bob@example.com"]);
    assert.equal(invite?.texts?.body, "Bring the punch cards.\nAnd tea.");
    await pressPart(visitor.page, "remove");
    await says(visitor.page, /Add a Parlor meeting/);
    const removed = await form(visitor.page);
    assert.equal(removed.text.trim(), before.text.trim());
    assert(removed.html.includes(before.html), removed.html);
    assertQuiet(visitor);
    await visitor.leave();
  });

  it("switches between room and one-time number without a second block", async () => {
    const { page, leave } = await started("editor-new");
    await says(page, /Personal room/);
    await pressPart(page, "switch");
    await says(page, /One-time number/);
    assert.equal((await form(page)).text.trim(), "", "a choice alone writes nothing");
    await pressPart(page, "add");
    await says(page, /Parlor meeting · One-time number/);
    await pressPart(page, "switch");
    await says(page, /Parlor meeting · Personal room/);
    const { text } = await form(page);
    assert.equal(text.match(/\/j\//g)?.length, 1, text);
    assert.match(text, /omn=98765432101/);
    await leave();
  });

  it("asks again when the time changes, shows a conflict, and switches nothing", async () => {
    const { page, leave } = await started("editor-new");
    await says(page, /Personal room/);
    await pressPart(page, "add");
    await says(page, /Parlor meeting/);
    const before = await form(page);
    await change(page, { conflict: "Overlaps with <img src=x onerror=alert(1)>" });
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>("#xStTiIn");
      if (!field) return;
      field.value = "2:45pm";
      field.dataset["initialValue"] = "2:45pm";
    });
    const row = await says(page, /Overlaps with/);
    assert.match(row.told, /Parlor meeting · Personal room.*Overlaps with <img src=x onerror=alert\(1\)>/);
    assert.equal(await page.$("parlor-row >>> img"), null);
    assert.deepEqual(await form(page), before);
    const last = (await asked(page, "preview")).at(-1);
    assert.equal(last?.event?.start, "2026-11-24T14:45:00+00:00");
    assert.equal(last?.number, "98765432101");
    await leave();
  });

  it("fills nothing when the server cannot be reached, says so, and the next press works", async () => {
    const { page, leave } = await started("editor-new", { fails: ["invite"] });
    await pressPart(page, "add");
    const row = await says(page, /No connection/);
    assert.match(row.told, /Nothing was changed\. Try again\./);
    assert.equal(row.actions[0], "Add a Parlor meeting");
    const empty = await form(page);
    assert.equal(empty.text.trim() + empty.location, "");
    await change(page, { fails: [] });
    await pressPart(page, "add");
    await says(page, /Parlor meeting ·/);
    const keys = new Set((await asked(page, "invite")).map(({ key }) => key));
    assert.equal(keys.size, 1, "the same request has the same key");
    await leave();
  });

  it("says so when no answer comes", async () => {
    const { page, leave } = await openPage(window, site, "editor-new", { deaf: ["invite"] });
    await page.evaluate(() => {
      const real = globalThis.setTimeout;
      const soon = (work: () => void, after = 0) => real(work, after > 10_000 ? 300 : after);
      Object.assign(globalThis, { setTimeout: soon });
    });
    await run(page);
    await says(page, /Personal room/);
    await pressPart(page, "add");
    const row = await says(page, /No answer came in time/);
    assert.equal(row.actions[0], "Add a Parlor meeting");
    const empty = await form(page);
    assert.equal(empty.text.trim() + empty.location, "");
    await leave();
  });

  it("needs no mouse, and keeps its keys from the page's shortcuts", async () => {
    const { page, leave } = await started("editor-new");
    await says(page, /Personal room/);
    await page.evaluate(() => {
      document.addEventListener("keydown", ({ key }) => {
        globalThis.toy.stored[key] = true;
      });
      document.querySelector<HTMLElement>("#xAddRtcSel button")?.focus();
    });
    await page.bringToFront();
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    assert.equal(await focused(), "Add a Parlor meeting");
    await page.keyboard.press("Enter");
    await says(page, /Parlor meeting ·/);
    assert.equal(await focused(), "Join");
    for (const label of ["Copy link", "Use a one-time number", "Remove"]) {
      await page.keyboard.press("Tab");
      assert.equal(await focused(), label);
    }
    await page.keyboard.press("Enter");
    await says(page, /Add a Parlor meeting/);
    assert.deepEqual(Object.keys((await page.evaluate("toy.stored")) as object), ["Tab"]);
    await leave();
  });

  it("puts everything back when the description does not take the text", async () => {
    const { page, leave } = await started("editor-new");
    await page.evaluate(() => {
      const field = document.querySelector("#xDescIn [contenteditable]");
      if (field)
        new MutationObserver(() => field.textContent && field.replaceChildren()).observe(field, {
          childList: true,
          subtree: true,
          characterData: true,
        });
    });
    await pressPart(page, "add");
    await says(page, /The form did not take the invitation\..*More options/);
    assert.equal((await form(page)).location, "");
    await leave();
  });

  it("asks the worker again when it was stopped between two steps", async () => {
    const { page, leave } = await started("editor-new", { lost: ["invite"] });
    await pressPart(page, "add");
    await says(page, /Parlor meeting ·/);
    assert.equal((await asked(page, "invite")).length, 2);
    await leave();
  });

  it("offers to sign in, and goes on from there", async () => {
    const { page, leave } = await started("editor-new", { signedIn: false });
    const row = await says(page, /Sign in to add/);
    assert.deepEqual(row.actions, ["Sign in to add a Parlor meeting"]);
    await pressPart(page, "add");
    await says(page, /Personal room.*Add a Parlor meeting/);
    await leave();
  });

  it("says to reload when the extension was updated meanwhile, and does nothing more", async () => {
    const { page, leave } = await started("editor-new");
    await says(page, /Personal room/);
    await change(page, { gone: true });
    await page.evaluate(() => document.body.append(document.createElement("hr")));
    const row = await says(page, /Reload this tab/);
    assert.deepEqual([row.count, row.actions], [1, ["Reload"]]);
    await leave();
  });

  it("reads pages in other languages, and speaks the reader's", async () => {
    for (const [name, words, rules] of [
      ["editor-german", /Parlor-Besprechung hinzufügen/, ["RRULE:FREQ=WEEKLY;BYDAY=TU"]],
      ["editor-japanese", /Parlor ミーティングを追加/, []],
    ] as const) {
      const { page, leave } = await started(name);
      await says(page, words);
      await pressPart(page, "add");
      await page.waitForFunction(() => globalThis.toy.asked.some(({ kind }) => kind === "invite"));
      const [invite] = await asked(page, "invite");
      assert.equal(invite?.event?.start, "2026-11-24T14:30:00+00:00", name);
      assert.deepEqual(invite?.event?.recurrence, rules);
      await leave();
    }
  });

  it("heeds no click that a script makes", async () => {
    const { page, leave } = await started("editor-new");
    await says(page, /Personal room/);
    await page.evaluate(() => {
      document.querySelector("parlor-row")?.shadowRoot?.querySelector<HTMLElement>("[data-part=add]")?.click();
      postMessage({ kind: "invite" }, "*");
    });
    await pause(300);
    assert.equal((await asked(page, "invite")).length, 0);
    assert.equal((await shown(page)).actions[0], "Add a Parlor meeting");
    await leave();
  });
});
