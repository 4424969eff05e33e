// What a person sees of our row, and presses.
import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "../person.js";
import type { Asked, Toy } from "./toy.ts";

/** What a row says. */
export interface Shown {
  count: number; // rows in the page
  where: string; // "editor", "bubble", "popup", "card"
  after: string; // id of the element before it
  told: string;
  actions: string[];
}

export async function shown(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>("parlor-row")];
    const row = rows[0];
    const shadow = row?.shadowRoot;
    return {
      count: rows.length,
      where: row?.dataset["parlor"] ?? "",
      after: row?.previousElementSibling?.id ?? "",
      told: [...(shadow?.querySelectorAll(".told p") ?? [])].map((p) => p.textContent).join(" | "),
      actions: [...(shadow?.querySelectorAll("[data-part]") ?? [])].map((button) => button.textContent ?? ""),
    };
  });
}

/** Waits until the row says what is wanted. */
export async function says(page: Page, wanted: RegExp): Promise<Shown> {
  let last: Shown | undefined;
  return until(`the row to say ${wanted}`, async () => {
    last = await shown(page);
    return wanted.test(`${last.told} ${last.actions.join(" ")}`) ? last : undefined;
  }).catch((late) => {
    throw new Error(`${late}; it says ${JSON.stringify(last)}`);
  });
}

/** Presses a button of the row with the mouse; a row that the page just threw away comes again. */
export async function pressPart(page: Page, part: string): Promise<void> {
  await page.bringToFront();
  await until(`"${part}" to be pressed`, async () => {
    const button = await page.waitForSelector(`parlor-row >>> [data-part="${part}"]`);
    assert(button, part);
    return button.click().then(
      () => true,
      (fault) => (/detached|not clickable/i.test(String(fault)) ? undefined : Promise.reject(fault)),
    );
  });
}

/** What was asked of the worker, of one kind. */
export async function asked(page: Page, kind: string): Promise<Asked[]> {
  const all = (await page.evaluate("toy.asked")) as Asked[];
  return all.filter((one) => one.kind === kind);
}

export async function change(page: Page, toy: Partial<Toy>): Promise<void> {
  await page.evaluate((fields) => void Object.assign(globalThis.toy, fields), toy as Record<string, unknown>);
}

/** What the form holds: the description as it is read, and its markup, and the location. */
export async function form(page: Page): Promise<{ text: string; html: string; location: string }> {
  return page.evaluate(() => {
    const field = document.querySelector<HTMLElement>("[contenteditable]");
    const location = document.querySelector<HTMLInputElement>("#xLocIn input, [jsname=vHVaxd] input");
    return { text: field?.innerText ?? "", html: field?.getHTML() ?? "", location: location?.value ?? "" };
  });
}
