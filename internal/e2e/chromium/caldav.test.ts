// A calendar by CalDAV: how its pages look, and how somebody connects one by address and app password.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newVisitor, openWindow, type Visitor, type Window } from "../browser.js";
import { type Demo, startDemo } from "../demo.js";
import { lookAt } from "../look.js";
import { follow, type, until, words } from "../person.js";
import { signIn } from "../portal.js";
import { type Radicale, startRadicale } from "../radicale.js";
import { ada } from "../standin.js";

const soon = new Date(Date.now() + 3 * 24 * 60 * 60_000).toISOString().slice(0, 10).replaceAll("-", "");
const event = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//test//EN",
  "BEGIN:VEVENT",
  "UID:tea",
  "DTSTAMP:20260101T000000Z",
  `DTSTART:${soon}T100000Z`,
  `DTEND:${soon}T110000Z`,
  "SUMMARY:Tea by CalDAV #meet",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

describe("a calendar by CalDAV", () => {
  let demo: Demo;
  let server: Radicale;
  let window: Window;
  let visitor: Visitor;

  before(async () => {
    demo = await startDemo();
    server = await startRadicale();
    window = await openWindow();
    visitor = await newVisitor(window);
    await signIn(visitor.page, demo, ada);
  });

  after(async () => {
    await window?.close();
    await server?.stop();
    await demo?.stop();
  });

  it("asks for an address and an app password", async () => {
    await visitor.page.goto(new URL("/connect/caldav", demo.portal).href, { waitUntil: "load" });
    await lookAt(visitor.page, "caldav");
  });

  const faults: Record<string, { url: (at: string) => string; says: string }> = {
    "caldav-address": { url: () => "my calendar", says: "neither a web address nor a mail address" },
    "caldav-unreachable": { url: () => "http://127.0.0.1:9", says: "The server did not answer" },
    "caldav-password": { url: (at) => at, says: "did not accept this user name and password" },
  };
  for (const [name, fault] of Object.entries(faults)) {
    it(`says what is wrong: ${name}`, async () => {
      await connect(fault.url(server.url), "wrong");
      assert.ok((await words(visitor.page)).includes(fault.says));
      await lookAt(visitor.page, name);
    });
  }

  it("is connected, and an event that asks gets its link", async () => {
    await server.put("tea.ics", event);
    await connect(server.url, server.password);
    const text = await until("the event has a link", async () => {
      const now = await server.get("tea.ics");
      return now.includes("X-PARLOR") ? now : undefined;
    });
    assert.match(text, /CONFERENCE/);
    await visitor.page.goto(new URL("/calendars", demo.portal).href, { waitUntil: "load" });
    await lookAt(visitor.page, "caldav-calendars");
  });

  it("offers to connect it again, and to disconnect it", async () => {
    await visitor.page.goto(new URL("/connect/caldav", demo.portal).href, { waitUntil: "load" });
    await lookAt(visitor.page, "caldav-again");
    await follow(visitor.page, "link", "Disconnect this calendar");
    await lookAt(visitor.page, "caldav-disconnect");
  });

  async function connect(url: string, password: string): Promise<void> {
    await type(visitor.page, "Address of the calendar, or your mail address", url);
    await type(visitor.page, "User name", server.user);
    await type(visitor.page, "App password", password);
    await follow(visitor.page, "button", "Connect");
  }
});
