// The stand-in for Outlook with the add-in in it: what a person does beside an appointment. The ids that tests rely on are
// here and nowhere else.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "puppeteer-core";
import type { Demo } from "./demo.js";
import { barriers, stillness } from "./look.js";
import { find, follow, press } from "./person.js";
import type { Someone } from "./standin.js";

/** Opens a new appointment; switches are the stand-in's own: client=mac, set=1.3, fail=location.setAsync. */
export async function newAppointment(page: Page, demo: Demo, who: Someone, switches = ""): Promise<void> {
  const address = new URL(`/calendar/new?${switches}`, demo.outlook);
  address.searchParams.set("user", who.email);
  await page.goto(address.href, { waitUntil: "load" });
}

/** Opens the task pane and returns its page. */
export async function openPane(page: Page): Promise<Frame> {
  await press(page, "button", "Schedule a meeting");
  const frame = await (await page.waitForSelector("#pane-frame iframe"))?.contentFrame();
  assert(frame, "no task pane");
  return frame;
}

/** Goes through the sign-in that the add-in asked for: Outlook's question, Parlor, Microsoft, Parlor's question. */
export async function signInByDialog(page: Page, who: Someone): Promise<void> {
  const opened = new Promise<Page>((resolve) => page.once("popup", (popup) => resolve(popup as Page)));
  await press(page, "button", "Allow");
  const dialog = await opened;
  await follow(dialog, "link", "Sign in with Microsoft");
  await follow(dialog, "button", `${who.name} ${who.email}`);
  const gone = new Promise((resolve) => dialog.once("close", resolve));
  await (await find(dialog, "button", "Allow")).click();
  await gone;
  await page.bringToFront();
}

/** What is written in the appointment. */
export async function written(page: Page): Promise<{ body: string; location: string }> {
  return page.evaluate(() => {
    const plain = document.querySelector<HTMLTextAreaElement>("#body-text");
    const rich = document.querySelector<HTMLElement>("#body");
    const location = document.querySelector<HTMLInputElement>("#location")?.value ?? "";
    return { body: (plain && !plain.hidden ? plain.value : rich?.innerText) ?? "", location };
  });
}

/** Changes a field of the appointment as a person does. */
export async function change(page: Page, id: string, value: string): Promise<void> {
  await page.$eval(
    `#${id}`,
    (field, text) => {
      (field as HTMLInputElement).value = text;
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    },
    value,
  );
}

/** Waits until the pane has told what would be inserted and why, and returns its words. */
export async function preview(pane: Frame): Promise<string> {
  await pane.waitForSelector("#preview:not([aria-busy]) #why");
  return pane.$eval("#preview", (card) => (card as HTMLElement).innerText.replace(/\s+/g, " "));
}

const shots = fileURLToPath(new URL("../shots/", import.meta.url));

/** Takes a picture of the pane in both schemes, and finds no fault that keeps a person out. */
export async function lookAtPane(page: Page, pane: Frame, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  const element = await pane.frameElement();
  const faults: string[] = [];
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await stillness(pane);
    await element?.screenshot({ path: `${shots}addin-${name}-${scheme}.png` });
    const wide = await pane.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    faults.push(
      ...(await barriers(pane)).map((fault) => `${scheme}: ${fault}`),
      ...(wide > 0 ? [`${wide} px too wide`] : []),
    );
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  assert.deepEqual(faults, []);
}
