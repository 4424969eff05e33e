// A browser with the built extension in it, as a person has it, and the extension's own pages.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { chromiumFlags, engine, programs } from "./browser.js";
import type { Demo } from "./demo.js";
import { until } from "./person.js";
import { unzip } from "./unzip.js";

/** A browser with the extension installed from the zip that the demo serves. */
export interface Equipped {
  browser: Browser;
  home: string; // "chrome-extension://…", without a slash at the end
  folder: string; // the build, unpacked
  faults: string[]; // errors of the extension's own pages
  close: () => Promise<void>;
}

const uuid = "11111111-2222-4333-8444-555555555555"; // of the add-on in this profile: Firefox draws one otherwise

/** Downloads the zip, unpacks it, and starts a browser with it. */
export async function openEquipped(demo: Demo): Promise<Equipped> {
  const folder = await unpacked(demo);
  const profile = mkdtempSync(join(tmpdir(), "parlor-e2e-"));
  const { browser, home } =
    engine === "chrome" ? await inChromium(folder, profile) : await inFirefox(folder, profile, demo);
  const close = async () => {
    await browser.close();
    for (const place of [profile, folder]) rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, home, folder, faults: [], close };
}

async function unpacked(demo: Demo): Promise<string> {
  const zip = await fetch(new URL(`/downloads/parlor-${engine}.zip`, demo.portal));
  if (!zip.ok) throw new Error(`the zip answers ${zip.status}`);
  const folder = mkdtempSync(join(tmpdir(), "parlor-extension-"));
  unzip(Buffer.from(await zip.arrayBuffer()), folder);
  return folder;
}

async function inChromium(folder: string, profile: string) {
  const browser = await puppeteer.launch({
    executablePath: programs.chrome,
    headless: true,
    userDataDir: profile,
    pipe: true,
    enableExtensions: [folder],
    protocolTimeout: 20_000,
    args: [...chromiumFlags, "--lang=en-US"],
  });
  const worker = await browser.waitForTarget(
    (target) => target.type() === "service_worker" && target.url().startsWith("chrome-extension://"),
  );
  return { browser, home: `chrome-extension://${new URL(worker.url()).host}` };
}

async function inFirefox(folder: string, profile: string, demo: Demo) {
  const id = `parlor@${demo.portal.host.replace(":", "-")}`;
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: programs.firefox,
    headless: true,
    userDataDir: profile,
    protocolTimeout: 20_000,
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: { "extensions.webextensions.uuids": JSON.stringify({ [id]: uuid }) },
  });
  await browser.installExtension(folder);
  return { browser, home: `moz-extension://${uuid}` };
}

/** Opens a page of the extension by itself: "popup" or "options". */
export async function openPage({ browser, home, faults }: Equipped, name: "popup" | "options"): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  await page.setViewport(name === "popup" ? { width: 380, height: 600 } : { width: 1000, height: 900 });
  // Puppeteer waits in vain for the end of Firefox's navigation to such a page.
  const wait = engine === "chrome" ? 15_000 : 800;
  await page.goto(`${home}/${name}.html`, { timeout: wait }).catch((thrown) => {
    if (engine === "chrome") throw thrown;
  });
  await page.bringToFront();
  await page.waitForSelector("main[data-state]");
  return page;
}

/** Waits until the page shows something else than before, or just that. */
export async function shows(page: Page, state: string): Promise<void> {
  await page.waitForSelector(`main[data-state="${state}"]`);
}

/** Signs in from a page of the extension: through the window that the browser opens, as Ada of the demo. */
export async function signInThrough(equipped: Equipped, page: Page, who: string): Promise<void> {
  const before = new Set(await equipped.browser.pages());
  await page.bringToFront();
  await page.click("#sign-in");
  const window = await until("the sign-in window", async () =>
    (await equipped.browser.pages()).find((one) => !before.has(one) && one.url().startsWith("http")),
  );
  window.setDefaultTimeout(15_000);
  await window.bringToFront();
  await window.waitForSelector("a[href^='/signin/google']").then((link) => link?.click());
  await window.waitForSelector(`::-p-aria([name="${who}"][role="button"])`).then((choice) => choice?.click());
  await window.waitForSelector('button[name="answer"][value="allow"]').then((allow) => allow?.click());
}
