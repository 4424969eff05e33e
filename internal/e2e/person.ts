// What a person does in any page: finds things by their role and name, as a screen reader tells them, and waits.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { ElementHandle, Frame, Page } from "puppeteer-core";

/** Where things are looked for: a page, or a frame in one. */
export type Place = Page | Frame;

/** The roles that the pages of Parlor are operated by. */
export type Role = "button" | "checkbox" | "heading" | "link" | "radio" | "textbox";

const patience = 20_000;

/** Waits for the one thing with this role and name. */
export async function find(page: Place, role: Role, name: string): Promise<ElementHandle<Element>> {
  const found = await page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`);
  assert(found, `no ${role} "${name}"`);
  return found;
}

function show(place: Place): Promise<void> {
  return "bringToFront" in place ? place.bringToFront() : place.page().bringToFront();
}

/** Presses something that stays on the page. */
export async function press(page: Place, role: Role, name: string): Promise<void> {
  await show(page);
  const target = await find(page, role, name);
  await target.click();
}

/** Presses something that leads to another page and waits for that page. */
export async function follow(page: Page, role: Role, name: string): Promise<void> {
  await show(page);
  const target = await find(page, role, name);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), target.click()]);
}

/** Empties a field and types into it. */
export async function type(page: Place, name: string, text: string): Promise<void> {
  const field = await find(page, "textbox", name);
  await field.click({ count: 3 });
  await field.type(text);
}

/** Everything that can be read on the page, with spaces evened out. */
export async function words(page: Place): Promise<string> {
  const text = await page.evaluate(() => document.body.innerText);
  return text.replace(/\s+/g, " ");
}

/** Tries until it gives something; fails with what was wanted. */
export async function until<T>(wanted: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const got = await attempt();
    if (got !== undefined) return got;
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s: ${wanted}`);
    await pause(150);
  }
}
