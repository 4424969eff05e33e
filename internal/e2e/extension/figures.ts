// What the extension costs Google Calendar's page: the same pages of the stand-in with and without it, in turn in one run,
// in Chromium. Run it on a quiet machine: node out/extension/figures.js [rounds]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "puppeteer-core";
import { openWindow } from "../browser.js";
import { startDemo } from "../demo.js";
import { openEquipped } from "../extension.js";
import { ada } from "../standin.js";

const rounds = Number(process.argv[2] ?? 15);

/** What one visit took: milliseconds. Of many visits the least counts: whatever else the machine does only adds to it. */
interface Visit {
  load: number; // until the load event has ended
  loadWork: number; // of the page's main thread, until half a second later
  changes: number; // 1,000 changes of the page, as the page itself waits for them
  changesWork: number; // of the main thread, until half a second later
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await browser.newPage();
  await page.bringToFront();
  await page.goto(address, { waitUntil: "load" });
  await pause(500);
  const loadWork = await work(page);
  const load = await page.evaluate(() => performance.getEntriesByType("navigation")[0]?.duration ?? 0);
  const changes = await page.evaluate(change);
  await pause(500);
  const changesWork = (await work(page)) - loadWork;
  await page.close();
  return { load, loadWork, changes, changesWork };
}

async function work(page: Page): Promise<number> {
  return ((await page.metrics()).TaskDuration ?? 0) * 1000;
}

/** Runs in the page: a thousand elements come and go, ten in a task, as in a calendar that is being scrolled. */
async function change(): Promise<number> {
  const began = performance.now();
  const place = document.body.appendChild(document.createElement("section"));
  for (let i = 0; i < 100; i++) {
    for (let j = 0; j < 10; j++) {
      const chip = place.appendChild(document.createElement("div"));
      chip.dataset["eventid"] = `${i}-${j}`;
      chip.textContent = "An event";
    }
    if (i % 10 === 9) place.replaceChildren();
    await new Promise((done) => setTimeout(done));
  }
  return performance.now() - began;
}

function table(name: string, bare: Visit[], equipped: Visit[]): void {
  for (const figure of ["load", "loadWork", "changes", "changesWork"] as const) {
    const [without, having] = [bare, equipped].map((visits) => Math.min(...visits.map((one) => one[figure]))) as [
      number,
      number,
    ];
    const cells = [without.toFixed(1), having.toFixed(1), (having - without).toFixed(1), (having / without).toFixed(2)];
    console.log(`${name.padEnd(8)} ${figure.padEnd(12)} ${cells.map((cell) => cell.padStart(9)).join(" ")}`);
  }
}

const demo = await startDemo();
const plain = await openWindow();
const equipped = await openEquipped(demo);
try {
  for (const name of ["content.js", "background.js", "popup.js", "options.js"]) {
    const bytes = readFileSync(join(equipped.folder, name));
    console.log(`${name.padEnd(14)} ${String(bytes.length).padStart(7)} bytes, ${gzipSync(bytes).length} compressed`);
  }
  for (const browser of ["chrome", "firefox"]) {
    const zip = await (await fetch(new URL(`/downloads/parlor-${browser}.zip`, demo.portal))).arrayBuffer();
    console.log(`${browser.padEnd(14)} ${String(zip.byteLength).padStart(7)} bytes, the zip`);
  }
  console.log(`\nleast of ${rounds} visits, ms    without      with     added     ratio`);
  for (const [name, path] of [
    ["week", "/calendar"],
    ["editor", "/calendar/r/eventedit"],
  ] as const) {
    const address = new URL(path, demo.calendar);
    address.searchParams.set("user", ada.email);
    const [bare, having]: [Visit[], Visit[]] = [[], []];
    for (let round = -1; round < rounds; round++) {
      const both = [await visit(plain.browser, address.href), await visit(equipped.browser, address.href)] as const;
      if (round < 0) continue; // the first visit of a browser is like no other
      bare.push(both[0]);
      having.push(both[1]);
    }
    table(name, bare, having);
  }
} finally {
  await Promise.all([plain.close(), equipped.close()]);
  await demo.stop();
}
