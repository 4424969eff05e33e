// The last page of the sign-in dialog, in Outlooks that do not behave like a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import type {} from "../../../addin/signed-in.ts"; // so that it is compiled

const query = "?code=c&state=s";

/** Opens the page once; the number makes it a module of its own. */
async function open(visit: number, globals: Record<string, unknown>): Promise<string> {
  const line = { textContent: "" };
  const page = { location: { search: query, pathname: "/addin/signed-in" }, document: { getElementById: () => line } };
  Object.assign(globalThis, { Office: undefined, ...page, ...globals });
  await import(`../../../addin/signed-in.js?${visit}`);
  await new Promise((done) => setImmediate(done));
  return line.textContent;
}

const nullified = { history: { replaceState: null } };

/** Office as a dialog sees it: no mailbox, and a way to the page that opened it. */
function office(heard: string[]): unknown {
  const ui = { messageParent: (message: string) => void heard.push(message) };
  return { context: { ui, displayLanguage: "en-GB" }, onReady: async () => ({ host: "Outlook" }) };
}

test("hands the code over although Office.js takes history.replaceState away", async () => {
  const heard: string[] = [];
  const said = await open(1, { ...nullified, Office: office(heard) });
  assert.deepEqual(
    heard.map((message) => JSON.parse(message)),
    [{ code: "c", state: "s", error: null }],
  );
  assert.match(said, /signed in/i);
});

test("takes the code out of the address where it can", async () => {
  const addresses: unknown[] = [];
  const history = { replaceState: (...rest: unknown[]) => void addresses.push(rest.at(-1)) };
  await open(2, { history, Office: office([]) });
  assert.deepEqual(addresses, ["/addin/signed-in"]);
});

test("says what to do when Office.js did not load", async () => {
  assert.notEqual(await open(3, nullified), "");
});
