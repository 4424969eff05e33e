// What a person does in Parlor's own pages. The words of these pages that tests rely on are here and nowhere else.
import type { Page } from "puppeteer-core";
import type { Demo } from "./demo.js";
import { find, follow, press, until, words } from "./person.js";
import type { Someone } from "./standin.js";

/** The portal's pages by their place in the navigation. */
export const places = ["Profile", "Meetings", "Settings", "Devices", "Activity", "Apps"] as const;

export const usePMI = "Use Personal Meeting ID";
const save = "Save Changes";
const saved = /saved/i;

/** Signs in at the portal through the stand-in's people picker. */
export async function signIn(page: Page, demo: Demo, who: Someone): Promise<void> {
  await page.goto(demo.portal.href, { waitUntil: "load" });
  await follow(page, "link", "Sign in with Google");
  await follow(page, "button", `${who.name} ${who.email}`);
  await find(page, "button", "Sign out");
}

/** Signs in with Microsoft, as somebody who has nothing at Google. */
export async function signInWithMicrosoft(page: Page, demo: Demo, who: Someone): Promise<void> {
  await page.goto(demo.portal.href, { waitUntil: "load" });
  await follow(page, "link", "Sign in with Microsoft");
  await follow(page, "button", `${who.name} ${who.email}`);
  await find(page, "button", "Sign out");
}

/** Signs in with the provider that holds nobody's calendar. */
export async function signInWithExampleID(page: Page, demo: Demo, who: Someone): Promise<void> {
  await page.goto(demo.portal.href, { waitUntil: "load" });
  await follow(page, "link", "Sign in with Example ID");
  await follow(page, "button", `${who.name} ${who.email}`);
  await find(page, "button", "Sign out");
}

/** Connects the calendar at Microsoft to the account that is signed in, and waits until it has been read. */
export async function connectMicrosoft(page: Page, who: Someone): Promise<void> {
  await goTo(page, "Calendars");
  await follow(page, "link", "Connect Microsoft");
  await follow(page, "button", `${who.name} ${who.email}`);
  await until("the calendar at Microsoft to be read", async () => {
    await page.reload({ waitUntil: "load" });
    const rows = await page.$$eval("li.calendar", (items) => items.map((item) => (item as HTMLElement).innerText));
    return rows.some((row) => row.includes("Microsoft") && row.includes("Up to date")) ? true : undefined;
  });
}

/** Goes to one of the portal's pages through its navigation; Calendars are beside the other settings. */
export async function goTo(page: Page, place: (typeof places)[number] | "Calendars"): Promise<void> {
  if (place === "Calendars") await goTo(page, "Settings");
  await follow(page, "link", place);
  await page.waitForSelector(`nav a[aria-current="page"]::-p-text(${place})`);
}

/** Switches "Use Personal Meeting ID" to the given state and saves. */
export async function setUsePMI(page: Page, on: boolean): Promise<void> {
  await goTo(page, "Settings");
  if ((await isTicked(page, usePMI)) !== on) await press(page, "checkbox", usePMI);
  await follow(page, "button", save);
  await until("the settings to be saved", async () => (saved.test(await words(page)) ? true : undefined));
}

/** Chooses which events get a link by themselves, and saves. */
export async function chooseAutoAdd(page: Page, choice: string): Promise<void> {
  await goTo(page, "Settings");
  await press(page, "radio", choice);
  await follow(page, "button", save);
  await until("the settings to be saved", async () => (saved.test(await words(page)) ? true : undefined));
}

/** Says whether a tick box is ticked. */
export async function isTicked(page: Page, name: string): Promise<boolean> {
  const box = await find(page, "checkbox", name);
  return box.evaluate((input) => (input as HTMLInputElement).checked);
}

/** A row of the Meetings page. */
export interface MeetingRow {
  text: string;
  link: string;
}

/** Looks at the Meetings page until a meeting of this title is there. */
export async function meetingRow(page: Page, title: string): Promise<MeetingRow> {
  return until(`"${title}" on the Meetings page`, async () => {
    await goTo(page, "Meetings");
    const rows = await page.$$eval("li.row", (items) =>
      items.map((item) => ({
        title: item.querySelector("h3")?.textContent ?? "",
        text: (item as HTMLElement).innerText.replace(/\s+/g, " "),
        link: item.querySelector<HTMLInputElement>("input[readonly]")?.value ?? "",
      })),
    );
    return rows.find((row) => row.title === title);
  });
}

/** A meeting as the API tells it, once a pass has seen the event that it is in. */
export async function meeting(page: Page, title: string): Promise<{ meeting_number: string; event_id: string }> {
  return until(`the event of "${title}"`, async () => {
    const all = await page.evaluate(async () => {
      const answer = await fetch("/v1/meetings");
      return (await answer.json()).meetings as { title: string; meeting_number: string; event_id: string }[];
    });
    return all.find((one) => one.title === title && one.event_id);
  });
}
