// The stand-in for Outlook with the add-in in it: what a person does beside an appointment. The ids that tests rely on are
// here and nowhere else.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "puppeteer-core";
import type { Demo } from "./demo.js";
import { barriers, schemes, showIn, stillness } from "./look.js";
import { find, follow, press, until } from "./person.js";
import type { Someone } from "./standin.js";

/** The button that works without a page of its own. */
export const addButton = "Add a Parlor meeting";

/** The same on a phone. */
export const phoneButton = "Parlor meeting";

/** Opens a new appointment; switches are the stand-in's own: client=mac, set=1.3, fail=location.setAsync. */
export async function newAppointment(page: Page, demo: Demo, who: Someone, switches = ""): Promise<void> {
  const address = new URL(`/calendar/new?${switches}`, demo.outlook);
  address.searchParams.set("user", who.email);
  await page.goto(address.href, { waitUntil: "load" });
}

/** Opens the appointment of this title from the person's week. */
export async function openAppointment(
  page: Page,
  demo: Demo,
  who: Someone,
  title: string,
  more: { week?: string; shared?: string; client?: string } = {},
): Promise<void> {
  const address = new URL("/calendar", demo.outlook);
  address.search = new URLSearchParams({ user: who.email, ...more }).toString();
  const card = await until(`"${title}" in the week`, async () => {
    await page.goto(address.href, { waitUntil: "load" });
    return (await page.$(`a.card::-p-text(${title})`)) ?? undefined;
  });
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), card.click()]);
}

/** Saves the appointment and comes back to the week. */
export async function save(page: Page): Promise<void> {
  await follow(page, "button", "Save");
  await page.waitForSelector("main.week");
}

/** Which writing of an appointment the week shows: another number after every change of it. */
export async function versionOf(page: Page, title: string): Promise<string> {
  const card = await page.waitForSelector(`a.card::-p-text(${title})`);
  return (await card?.evaluate((link) => link.closest("[data-version]")?.getAttribute("data-version"))) ?? "";
}

/** Saves, waits until the server has read the calendar after that, and says whether it left the appointment alone. */
export async function saveAndSee(
  page: Page,
  demo: Demo,
  title: string,
): Promise<{ written: number; untouched: boolean }> {
  const before = demo.printed().length;
  await save(page);
  const saved = await versionOf(page, title);
  const written = await until("a pass over the calendar", async () => {
    const passes = [
      ...demo
        .printed()
        .slice(before)
        .matchAll(/ msg=pass .*? seen=([1-9]\d*) written=(\d+)/g),
    ];
    return passes.length > 0 ? passes.reduce((sum, pass) => sum + Number(pass[2]), 0) : undefined;
  });
  await page.reload({ waitUntil: "load" });
  return { written, untouched: saved !== "" && (await versionOf(page, title)) === saved };
}

/** Presses a button of the add-in that works by itself, and waits until it told Outlook that it is done. */
export async function run(page: Page, command = addButton): Promise<void> {
  await press(page, "button", command);
  await ended(page);
}

/** Waits until no button of the add-in is at work. */
export async function ended(page: Page): Promise<void> {
  await page.waitForSelector("#progress", { hidden: true, timeout: 60_000 });
}

/** What the add-in says above the appointment. */
export async function notices(page: Page): Promise<string> {
  return page.$$eval("#notifications li > span", (lines) => lines.map((line) => line.textContent).join("\n"));
}

/** Opens the task pane and returns its page. */
export async function openPane(page: Page): Promise<Frame> {
  await press(page, "button", "Schedule a meeting");
  const frame = await (await page.waitForSelector("#pane-frame iframe"))?.contentFrame();
  assert(frame, "no task pane");
  return frame;
}

/** Closes the task pane. Firefox under WebDriver BiDi does not leave a page by its address while the pane is in it. */
export async function closePane(page: Page): Promise<void> {
  await press(page, "button", "Close the task pane");
  await page.waitForSelector("#pane-frame iframe", { hidden: true });
}

/** Waits until the pane is in a state and nothing in it is on its way. */
export async function shows(pane: Frame, state: string): Promise<void> {
  await pane.waitForSelector(`main[data-state="${state}"]:not([aria-busy]):not(:has([aria-busy]))`);
}

/** Lets the add-in in, in the window it asked for, as who is signed in at the portal in this browser. */
export async function letIn(page: Page, answer: "Allow" | "Cancel" = "Allow"): Promise<void> {
  await consent(await openDialog(page), answer);
  await page.bringToFront();
}

/** Answers the question in the window, which closes. */
export async function consent(dialog: Page, answer: "Allow" | "Cancel" = "Allow"): Promise<void> {
  const button = await find(dialog, "button", answer);
  await button.click();
  await until("the window to close", async () => (dialog.isClosed() ? true : undefined));
}

/** Lets the add-in open a window, and gives that window. */
export async function openDialog(page: Page): Promise<Page> {
  const opened = new Promise<Page>((resolve) => page.once("popup", (popup) => resolve(popup as Page)));
  await press(page, "button", "Allow");
  return opened;
}

/** Goes through the sign-in that the add-in asked for: Outlook's question, Parlor, Microsoft, Parlor's question. */
export async function signInByDialog(page: Page, who: Someone): Promise<void> {
  const dialog = await openDialog(page);
  await follow(dialog, "link", "Sign in with Microsoft");
  await follow(dialog, "button", `${who.name} ${who.email}`);
  await consent(dialog);
  await page.bringToFront();
}

/** What is written in an appointment; the body as it reads. */
export interface Written {
  body: string;
  location: string;
}

/** The link of the one block in an appointment; a second block fails. */
export function onlyLink(demo: Demo, { body }: Written): URL {
  const found = body.match(/http\S+\/j\/\d\S+/g) ?? [];
  assert.equal(found.length, 1, `not one block but ${found.length}: ${body}`);
  const link = new URL(found[0] ?? "");
  assert.equal(link.origin, demo.portal.origin);
  return link;
}

/** The meeting number in a link, of the room or one-time. */
export function numberOf(link: URL): string {
  return link.searchParams.get("omn") ?? link.pathname.slice("/j/".length);
}

/** What is written in the appointment. */
export async function written(page: Page): Promise<Written> {
  return page.evaluate(() => {
    const plain = document.querySelector<HTMLTextAreaElement>("#body-text");
    const rich = document.querySelector<HTMLElement>("#body");
    const location = document.querySelector<HTMLInputElement>("#location")?.value ?? "";
    return { body: (plain && !plain.hidden ? plain.value : rich?.innerText) ?? "", location };
  });
}

/** The rooms that are invited, by name. */
export function rooms(page: Page): Promise<string[]> {
  return page.$$eval('input[name="room"]:checked', (boxes) => boxes.map((box) => box.getAttribute("data-name") ?? ""));
}

/** The HTML of the Teams meeting in the body. */
export function teamsBlob(page: Page): Promise<string> {
  return page.$eval("#body .me-email-text[lang]", (blob) => blob.outerHTML);
}

/** Fills the body with so many characters. */
export async function fillBody(page: Page, size: number): Promise<void> {
  await page.$eval(
    "#body",
    (body, length) => {
      body.replaceChildren(Object.assign(document.createElement("p"), { textContent: "card ".repeat(length / 5) }));
    },
    size,
  );
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

const paneWidths = [320, 300];

/** Takes a picture of the pane in both schemes, as wide as Outlook makes it and narrower, and finds no fault that keeps a
 *  person out. */
export async function lookAtPane(page: Page, pane: Frame, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  const element = await pane.frameElement();
  const faults: string[] = [];
  for (const width of paneWidths) {
    await page.$eval("#pane", (aside, px) => (aside as HTMLElement).style.setProperty("--pane", `${px}px`), width);
    for (const scheme of schemes) {
      await showIn(page, scheme);
      await stillness(pane);
      await element?.screenshot({ path: `${shots}addin-${name}-${width}-${scheme}.png` });
      const wide = await pane.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      faults.push(...(await barriers(pane)).map((fault) => `${width} ${scheme}: ${fault}`));
      if (wide > 0) faults.push(`${width}: ${wide} px too wide`);
    }
  }
  await showIn(page, "light");
  assert.deepEqual(faults, []);
}
