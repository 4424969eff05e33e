// The row in the quick bubble and in the pop-up of a saved event, and what is left on a page that has changed.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { assertQuiet, openWindow, type Visitor, type Window } from "../browser.js";
import { asked, change, form, pressPart, says, shown } from "./row.ts";
import { eid, openPage, openSite, origin, run, type Site, type Toy } from "./toy.ts";

describe("over the grid", () => {
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
    return visitor;
  }

  it("adds from the bubble, in the tab of events only", async () => {
    const visitor = await started("bubble");
    const { page } = visitor;
    await says(page, /Personal room/);
    await page.click("#tabTask");
    assert.equal(await page.$eval("parlor-row", (row) => (row as HTMLElement).offsetParent), null);
    await page.click("#tabEvent");
    await pressPart(page, "add");
    await says(page, /Parlor meeting ·/);
    const { text, location } = await form(page);
    assert.match(text, /\/j\/2345678901/);
    assert.match(location, /\/j\/2345678901/);
    const [invite] = await asked(page, "invite");
    assert.equal(invite?.event?.title, "Quick talk");
    assertQuiet(visitor);
    await visitor.leave();
  });

  it("opens the bubble's hidden fields, and says that the time could not be read", async () => {
    const { page, leave } = await started("bubble-collapsed");
    await says(page, /time could not be read/);
    await pressPart(page, "add");
    await says(page, /Parlor meeting ·/);
    const { text, location } = await form(page);
    assert.match(text, /\/j\/2345678901/);
    assert.match(location, /\/j\/2345678901/);
    await leave();
  });

  it("comes back when the page draws the bubble anew", async () => {
    const { page, leave } = await started("bubble-redrawn");
    await page.waitForSelector("body[data-redrawn]"); // the moment without a row is too short to be waited for
    await says(page, /Personal room/);
    assert.equal((await shown(page)).count, 1);
    await leave();
  });

  it("goes on adding in a bubble that is drawn anew meanwhile", async () => {
    const { page, leave } = await started("bubble");
    await says(page, /Personal room/);
    await change(page, { delay: 700 });
    await pressPart(page, "add");
    await says(page, /Adding…/);
    await page.evaluate(() => {
      const old = document.querySelector("[role=dialog]");
      const fresh = old?.cloneNode(true) as Element;
      fresh.querySelector("parlor-row")?.remove();
      old?.remove();
      setTimeout(() => document.body.append(fresh), 60);
    });
    await says(page, /Parlor meeting ·/);
    assert.equal((await shown(page)).count, 1);
    assert.match((await form(page)).text, /\/j\/2345678901/);
    assert.equal((await asked(page, "invite")).length, 1);
    await leave();
  });

  it("goes when the bubble goes, without a page load", async () => {
    const { page, leave } = await started("bubble");
    await says(page, /Personal room/);
    await page.evaluate(() => document.querySelector("[role=dialog]")?.remove());
    await pause(1500);
    await page.evaluate(() => {
      document.body.dataset["viewfamily"] = "EVENT_EDIT";
      history.pushState(null, "", "/calendar/u/0/r/eventedit");
      const list = document.body.appendChild(document.createElement("div")).appendChild(document.createElement("ul"));
      list.id = "xNtList";
    });
    await page.waitForSelector("parlor-row[data-parlor=editor]");
    assert.equal((await shown(page)).count, 1);
    await leave();
  });

  it("lets the server write into a saved event", async () => {
    const visitor = await started("popup");
    const { page } = visitor;
    const row = await says(page, /Add a Parlor meeting/);
    assert.equal(row.after, "xDetDlgLoc");
    await pressPart(page, "add");
    const added = await says(page, /Parlor meeting · Personal room/);
    assert.deepEqual(added.actions, ["Join", "Copy link", "Use a one-time number", "Remove"]);
    const [ask] = await asked(page, "addLink");
    assert.deepEqual([ask?.calendar, ask?.eventId], ["ada@example.com", "6f0k2m9planning"]);
    await pressPart(page, "switch");
    await says(page, /Parlor meeting · One-time number/);
    await pressPart(page, "remove");
    await says(page, /Add a Parlor meeting/);
    assertQuiet(visitor);
    await visitor.leave();
  });

  it("follows a pop-up that is used again for the next event", async () => {
    const { page, leave } = await started("popup", { link: true });
    await says(page, /Parlor meeting ·/);
    await change(page, { link: false });
    const next = Buffer.from("8c1r4t7review ada@m").toString("base64url");
    await page.evaluate((id) => document.querySelector("#xDetDlg")?.setAttribute("data-eventid", id), next);
    await says(page, /Add a Parlor meeting/);
    assert.equal((await shown(page)).count, 1);
    assert.deepEqual(
      (await asked(page, "link")).map(({ calendar, eventId }) => `${eventId} ${calendar}`),
      ["6f0k2m9planning ada@example.com", "8c1r4t7review ada@example.com"],
    );
    await leave();
  });

  it("shows Join on an event that carries our link in words", async () => {
    const { page, leave } = await openPage(window, site, "popup");
    await page.evaluate((link) => {
      const text = document.querySelector("#xDetDlgDesc div");
      if (text) text.textContent = `Join: ${link}`;
    }, `${origin}/j/2345678901?pwd=x&omn=98765432100`);
    await run(page);
    const row = await says(page, /has a Parlor link/);
    assert.deepEqual(row.actions, ["Join", "Copy link"]);
    const href = await page.$eval("parlor-row", (one) => one.shadowRoot?.querySelector("a")?.href);
    assert.equal(href, `${origin}/j/2345678901?pwd=x&omn=98765432100`);
    await leave();
  });

  it("lets somebody who is signed out join all the same", async () => {
    const { page, leave } = await openPage(window, site, "popup", { signedIn: false });
    await page.evaluate((link) => {
      const text = document.querySelector("#xDetDlgDesc div");
      if (text) text.textContent = `Join: ${link}`;
    }, `${origin}/j/2345678901?pwd=x&omn=98765432100`);
    await run(page);
    const row = await says(page, /has a Parlor link/);
    assert.deepEqual(row.actions, ["Join", "Copy link", "Sign in"]);
    await leave();
  });

  it("asks for a saved event in the editor by its address, and leaves the form alone", async () => {
    const { page, leave } = await started("editor-existing");
    const before = await form(page);
    await says(page, /Add a Parlor meeting/);
    await pressPart(page, "add");
    await says(page, /Reload before you edit it here/);
    assert.deepEqual(await form(page), before);
    const [ask] = await asked(page, "addLink");
    assert.equal(Buffer.from(eid, "base64url").toString(), `${ask?.eventId} ${ask?.calendar}`);
    await leave();
  });

  it("says once that the page has changed, and offers the link and a new event", async () => {
    const visitor = await started("changed");
    const { page } = visitor;
    const card = await says(page, /Google Calendar looks different/);
    assert.equal(card.where, "card");
    assert.deepEqual(card.actions, ["Copy link", "New event with my link", "Close"]);
    const href = await page.$eval("parlor-row", (row) => row.shadowRoot?.querySelector("a")?.href ?? "");
    const template = new URL(href);
    assert.equal(template.pathname + template.searchParams.get("action"), "/calendar/renderTEMPLATE");
    assert.equal(template.searchParams.get("location"), `${origin}/j/2345678901`);
    await pressPart(page, "close");
    assert.equal((await shown(page)).count, 0);
    const stored = (await page.evaluate("toy.stored")) as Record<string, unknown>;
    assert.equal(stored["calendarShape"], 1);
    assertQuiet(visitor);
    await visitor.leave();
    const again = await started("changed", { stored });
    await pause(6600);
    assert.equal((await shown(again.page)).count, 0);
    await again.leave();
  });

  it("does nothing while the tab is hidden", async () => {
    const { page, leave } = await openPage(window, site, "week");
    await page.evaluate(() =>
      Object.defineProperty(document, "hidden", { get: () => globalThis.toy.stored["hidden"] !== false }),
    );
    await run(page);
    await page.evaluate(() => {
      const dialog = document.createElement("div");
      dialog.setAttribute("role", "dialog");
      const panel = dialog.appendChild(document.createElement("div"));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", "tabEvent");
      document.body.append(dialog);
    });
    await pause(700);
    assert.equal((await shown(page)).count, 0);
    assert.equal(await page.evaluate("toy.asked.length"), 0);
    await page.evaluate(() => {
      globalThis.toy.stored["hidden"] = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await says(page, /Add a Parlor meeting/);
    await leave();
  });
});
