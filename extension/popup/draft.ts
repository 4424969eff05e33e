// A pop-up is gone when something else is clicked: what was typed is kept for the browser's session.
import { browser } from "../browser.ts";

const key = "draft";

/** What stood in the form. */
export async function readDraft(): Promise<Record<string, unknown>> {
  const kept = (await browser.storage.session.get(key))[key];
  return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
}

export async function keepDraft(values: Record<string, string>): Promise<void> {
  await browser.storage.session.set({ [key]: values });
}

export async function dropDraft(): Promise<void> {
  await browser.storage.session.remove(key);
}
