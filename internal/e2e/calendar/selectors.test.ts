// Each selector finds in each saved page exactly what the table says.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { pages, places } from "../../../extension/selectors.ts";
import { openWindow, type Window } from "../browser.js";
import { openPage, openSite, type Site } from "./toy.ts";

describe("the selectors", () => {
  let window: Window;
  let site: Site;
  before(async () => {
    site = await openSite();
    window = await openWindow();
  });
  after(async () => {
    await window?.close();
    await site?.close();
  });

  it("are told of pages that exist, and of all of them", () => {
    const folder = new URL("../../../../../calendar/pages/", import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith(".html"));
    assert.deepEqual(files.map((name) => name.replace(".html", "")).sort(), [...pages].sort());
    for (const { on } of Object.values(places)) for (const name of Object.keys(on)) assert(pages.includes(name), name);
  });

  for (const name of pages) {
    it(`match in ${name} as often as they must`, async () => {
      const { page, leave } = await openPage(window, site, name);
      const css = Object.fromEntries(Object.entries(places).map(([place, one]) => [place, one.css]));
      const found = await page.evaluate(
        (all) => Object.entries(all).map(([place, one]) => [place, document.querySelectorAll(one).length]),
        css,
      );
      const wanted = Object.entries(places).map(([place, { on }]) => [
        place,
        (on as Record<string, number>)[name] ?? 0,
      ]);
      assert.deepEqual(found, wanted);
      await leave();
    });
  }
});
