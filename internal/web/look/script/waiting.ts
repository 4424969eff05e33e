import { say } from "./say";

const every = 4000;

/** Follows who waits at the reader's own door. The words are the server's. */
export function waitingAtDoor(page: Document, signal: AbortSignal): void {
  const place = page.querySelector<HTMLElement>("[data-waiting]");
  if (place) void follow(place, signal);
}

async function follow(place: HTMLElement, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await new Promise((wake) => setTimeout(wake, every));
    if (document.visibilityState === "visible" && !(await show(place, signal))) return;
  }
}

/** Returns false when it makes no sense to go on, as after signing out. */
async function show(place: HTMLElement, signal: AbortSignal): Promise<boolean> {
  let now: { says: { waiting?: string }; lines?: string[] };
  try {
    const answer = await fetch(place.dataset["waiting"] ?? "", { signal, redirect: "error" });
    if (!answer.ok) return answer.status >= 500;
    now = await answer.json();
  } catch {
    return !signal.aborted; // a moment without a network
  }
  const words = now.says.waiting ?? "";
  const heading = place.querySelector("h2");
  if (heading && heading.textContent !== words) {
    heading.textContent = words;
    say(words);
  }
  place.querySelector("ul")?.replaceChildren(
    ...(now.lines ?? []).map((line) => {
      const item = document.createElement("li");
      item.dir = "auto";
      item.textContent = line;
      return item;
    }),
  );
  place.hidden = words === "";
  return true;
}
