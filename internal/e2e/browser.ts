// Opens real browsers: Debian's Chromium, or Firefox ESR over WebDriver BiDi. No page ever reaches beyond the loopback.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type HTTPRequest, type Page } from "puppeteer-core";

/** Which browser this run is about: PARLOR_BROWSER, Chromium by default. */
export const engine = process.env.PARLOR_BROWSER === "firefox" ? "firefox" : "chrome";

export const programs = { chrome: "/usr/bin/chromium", firefox: "/usr/bin/firefox-esr" };
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** A browser with a profile of its own, removed when it is closed. */
export interface Window {
  browser: Browser;
  close: () => Promise<void>;
}

/** Starts a browser with a fresh profile. */
export async function openWindow(): Promise<Window> {
  const profile = mkdtempSync(join(tmpdir(), "parlor-e2e-"));
  const browser = await puppeteer.launch({
    browser: engine,
    executablePath: programs[engine],
    headless: true,
    userDataDir: profile,
    protocolTimeout: 60_000,
    args: engine === "chrome" ? chromiumFlags : [],
  });
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}

/** An answer that never came from the server: a status alone, or none at all. */
export type Instead = { status: number } | "nothing";

/** One person's browser: cookies of their own, and a note of everything that went wrong or wanted to leave. */
export interface Visitor {
  page: Page;
  left: URL[]; // addresses off the loopback that the page asked for; an empty page answered
  instead: (url: URL) => Instead | undefined; // what a request gets in place of the server's answer
  faults: string[]; // errors of scripts and of the content security policy
  leave: () => Promise<void>;
}

/** Gives a new person an empty browser. */
export async function newVisitor(window: Window): Promise<Visitor> {
  const context = await window.browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.setViewport({ width: 1280, height: 900 });
  const left: URL[] = [];
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => line.type() === "error" && !isAnswer(line.text()) && faults.push(line.text()));
  await page.setRequestInterception(true);
  const visitor: Visitor = { page, left, faults, instead: () => undefined, leave: () => context.close() };
  page.on("request", (request) => void answer(request, visitor));
  await page.bringToFront();
  return visitor;
}

/** Fails when anything went wrong inside the pages that this person saw. */
export function assertQuiet(visitor: Visitor): void {
  assert.deepEqual(visitor.faults, []);
}

async function answer(request: HTTPRequest, { left, instead }: Visitor): Promise<void> {
  const url = new URL(request.url());
  const other = instead(url);
  if (other === "nothing") return request.abort();
  if (other) return request.respond({ ...other, contentType: "application/problem+json", body: "{}" });
  const stays = !url.protocol.startsWith("http") || ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (stays) return request.continue();
  left.push(url);
  return request.respond({ status: 200, contentType: "text/html", body: "<title>elsewhere</title>" });
}

/** A refused form is a 4xx that browsers log as an error though the page shows it. */
function isAnswer(line: string): boolean {
  return line.startsWith("Failed to load resource: the server responded with a status of 4");
}
