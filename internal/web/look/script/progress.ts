import { say } from "./say";

interface CalendarState {
  id: string;
  state: "syncing" | "ok" | "reconnect" | "off";
  listed?: number;
}

const every = 2000;

/** Follows a change of the room through the events that carry its links. The words are the server's. */
export function rewriteProgress(page: Document, signal: AbortSignal): void {
  const place = page.querySelector<HTMLElement>("[data-progress]");
  if (place) void followRewrite(place, signal);
}

async function followRewrite(place: HTMLElement, signal: AbortSignal): Promise<void> {
  for (let busy = true; busy && !signal.aborted; ) {
    await new Promise((wake) => setTimeout(wake, every));
    busy = await showRewrite(place, signal);
  }
}

/** Returns false when there is nothing left to follow. */
async function showRewrite(place: HTMLElement, signal: AbortSignal): Promise<boolean> {
  let now: { says: { progress?: string }; ready?: number; total?: number; busy?: boolean };
  try {
    const answer = await fetch(place.dataset["progress"] ?? "", { signal, redirect: "error" });
    if (!answer.ok) return answer.status >= 500;
    now = await answer.json();
  } catch {
    return true; // a moment without a network
  }
  const words = place.querySelector("[data-says]");
  if (words) words.textContent = now.says.progress ?? "";
  const bar = place.querySelector("progress");
  if (bar && now.busy) bar.value = now.ready ?? 0;
  if (now.busy) return true;
  bar?.remove();
  say(now.says.progress ?? "");
  return false;
}

/** Follows calendars that are being read for as long as there are any. The words are the page's own. */
export function syncProgress(page: Document, signal: AbortSignal): void {
  const waiting = new Map<string, HTMLElement>();
  for (const line of page.querySelectorAll<HTMLElement>("[data-syncing]"))
    waiting.set(line.dataset["syncing"] ?? "", line);
  if (waiting.size > 0) void follow(waiting, signal);
}

async function follow(waiting: Map<string, HTMLElement>, signal: AbortSignal): Promise<void> {
  while (waiting.size > 0 && !signal.aborted) {
    await new Promise((wake) => setTimeout(wake, every));
    for (const now of await states(signal)) {
      const line = waiting.get(now.id);
      if (line && show(line, now)) waiting.delete(now.id);
    }
  }
}

async function states(signal: AbortSignal): Promise<CalendarState[]> {
  try {
    const answer = await fetch("/v1/calendars", { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return [];
    const body = (await answer.json()) as { calendars?: CalendarState[] };
    return body.calendars ?? [];
  } catch {
    return [];
  }
}

/** Returns true when there is nothing left to follow. */
function show(line: HTMLElement, now: CalendarState): boolean {
  if (now.state === "syncing") {
    const count = line.querySelector("[data-listed]");
    if (count) count.textContent = String(now.listed ?? 0);
    return false;
  }
  const words = now.state === "ok" ? line.dataset["done"] : line.dataset["stopped"];
  line.textContent = words ?? "";
  line.closest("[data-state]")?.setAttribute("data-state", now.state);
  say(words ?? "");
  return true;
}
