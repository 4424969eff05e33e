// How a page looks and reads: screenshots in each width and scheme, axe-core's rules, nothing wider than a phone.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Frame, Page } from "puppeteer-core";
import { engine } from "./browser.js";

export const shots = fileURLToPath(new URL("../shots/", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [1280, 390];

/** Firefox takes no colour scheme from outside (WebDriver BiDi has no word for it): there a page is looked at in its own. */
export const schemes = engine === "firefox" ? ["light"] : ["light", "dark"];

/** Shows a page in a colour scheme, where the browser can be told to. */
export async function showIn(page: Page, scheme: string): Promise<void> {
  if (engine === "firefox") return;
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
}

/** Takes a page through every width and scheme: a picture of each, and no fault that keeps a person out. */
export async function lookAt(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  const faults: string[] = [];
  for (const width of widths) {
    await page.setViewport({ width, height: width > 600 ? 900 : 844 });
    for (const scheme of schemes) {
      await showIn(page, scheme);
      await stillness(page);
      await page.screenshot({ path: `${shots}${name}-${width}-${scheme}.png`, fullPage: true });
      const found = [...(await barriers(page)), (await tooWide(page)) ?? []].flat();
      faults.push(...found.map((fault) => `${name} at ${width} ${scheme}: ${fault}`));
    }
  }
  await page.setViewport({ width: 1280, height: 900 });
  assert.deepEqual(faults, []);
}

/** Waits until every transition that can be seen has ended: halfway, a colour is neither here nor there. */
export async function stillness(page: Page | Frame): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const seen = ({ effect }: Animation) => effect instanceof KeyframeEffect && effect.target?.checkVisibility();
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(seen)
        .map((animation) => animation.finished),
    );
  });
}

/** The serious and critical findings of axe-core. */
export async function barriers(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return results.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}

/** A page that has to be pushed sideways is no page for a phone. */
export async function tooWide(page: Page): Promise<string | undefined> {
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }));
  return wide > seen ? `${wide} px wide in a window of ${seen}` : undefined;
}
