// What host and guests do at the door. The words of its pages that tests rely on are here and in the tests of the door.
import type { Page } from "puppeteer-core";
import type { Visitor } from "./browser.js";
import type { Demo } from "./demo.js";
import { find, follow, press, type, until } from "./person.js";

/** The link to the personal room of whoever is signed in. */
export async function roomLink(page: Page, demo: Demo): Promise<string> {
  const answer = await page.evaluate(async (url) => (await fetch(url)).json(), new URL("/v1/room", demo.portal).href);
  return (answer as { join_url: string }).join_url;
}

/** Begins a meeting of its own number, and gives its link. */
export async function beginOnce(page: Page, demo: Demo): Promise<string> {
  const answer = await page.evaluate(async (url) => {
    const asked = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ use_pmi: false }),
    });
    return asked.json();
  }, new URL("/v1/room/start", demo.portal).href);
  return (answer as { join_url: string }).join_url;
}

/** Gives a name and waits for the page that waits. */
export async function ask(page: Page, name: string): Promise<void> {
  await type(page, "Your name", name);
  await follow(page, "button", "Ask to come in");
  await find(page, "heading", "Please wait");
}

/** Presses Start meeting and gives the address of the tab that the video opens in. */
export async function startsAs(host: Visitor, demo: Demo): Promise<URL> {
  await press(host.page, "button", "Start meeting");
  const tab = await until("the video's own tab", async () => {
    const pages = await host.page.browserContext().pages();
    return pages.find((page) => new URL(page.url()).origin === demo.video.origin);
  });
  const at = new URL(tab.url());
  await tab.close();
  await host.page.bringToFront();
  return at;
}
