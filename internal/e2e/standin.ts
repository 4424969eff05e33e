// The stand-in for Google Calendar: the plain page where a person adds events by hand and sees what becomes of them.
import type { Page } from "puppeteer-core";
import type { Demo } from "./demo.js";
import { follow, until } from "./person.js";

/** A person of the demo. */
export interface Someone {
  name: string;
  email: string;
}

export const ada: Someone = { name: "Ada Lovelace", email: "ada@example.com" };
export const grace: Someone = { name: "Grace Hopper", email: "grace@example.com" }; // at Example ID alone
export const bob: Someone = { name: "Bob Marsh", email: "bob@example.com" };

/** An event as a person types it; dates and times as the fields of a form take them. */
export interface Typed {
  title: string;
  date: string; // 2026-11-24
  start: string; // 14:00
  end: string;
  zone?: string;
  location?: string;
  description?: string;
  guests?: string;
  repeat?: string;
}

/** What the calendar page shows of an event. */
export interface Shown {
  id: string;
  text: string;
  links: string[];
}

/** Opens a person's calendar page. */
export async function openCalendar(page: Page, demo: Demo, who: Someone): Promise<void> {
  const address = new URL("/calendar", demo.calendar);
  address.searchParams.set("user", who.email);
  await page.goto(address.href, { waitUntil: "load" });
}

/** Adds an event with the page's own form. */
export async function addEvent(page: Page, typed: Typed): Promise<void> {
  for (const [name, value] of Object.entries(typed)) {
    const field = await page.waitForSelector(`[name="${name}"]`);
    await field?.evaluate((element, text) => {
      (element as HTMLInputElement).value = text;
    }, value);
  }
  await follow(page, "button", "Save event");
}

/** Reads the page again until the event of this title carries a link to the portal's door. */
export async function waitForLink(page: Page, demo: Demo, title: string): Promise<Shown & { door: string }> {
  const door = `${demo.portal.origin}/j/`;
  return until(`a join link in "${title}"`, async () => {
    await page.reload({ waitUntil: "load" });
    const shown = await findEvent(page, title);
    const link = shown?.links.find((l) => l.startsWith(door)) ?? shown?.text.match(/http\S+\/j\/\S+/)?.[0];
    return shown && link ? { ...shown, door: link } : undefined;
  });
}

/** The event of this title, if the page shows one. */
export async function findEvent(page: Page, title: string): Promise<Shown | undefined> {
  const all = await page.$$eval("[data-event-id]", (items) =>
    items.map((item) => ({
      id: item.getAttribute("data-event-id") ?? "",
      text: (item as HTMLElement).innerText,
      links: [...item.querySelectorAll("a")].map((a) => a.href),
    })),
  );
  return all.find((event) => event.text.includes(title));
}

/** Opens the event of this title and reads its description. */
export async function readDescription(page: Page, title: string): Promise<string> {
  await follow(page, "link", title);
  return page.$eval(".description", (text) => (text as HTMLElement).innerText);
}

/** A day from now as a form's date field takes it, in UTC. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
