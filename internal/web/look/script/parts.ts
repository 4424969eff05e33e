import { say } from "./say";

const every = 3000;

/** Keeps parts of the page up to date whose work goes on elsewhere: each is read anew from this very page until it is done. */
export function followParts(page: Document, signal: AbortSignal): void {
  if (page.querySelector("[data-follow]")) void follow(page, signal);
}

async function follow(page: Document, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await new Promise((wake) => setTimeout(wake, every));
    const parts = page.querySelectorAll<HTMLElement>("[data-follow]");
    const now = await readAgain(signal);
    if (now === "elsewhere") return; // the browser is on its way
    if (!now) continue;
    for (const part of parts) {
      const next = now.getElementById(part.id);
      if (!next) return location.reload(); // it is done, and the page looks different
      update(part, next);
    }
  }
}

/** Reads this page once more; one that leads elsewhere now is followed. */
async function readAgain(signal: AbortSignal): Promise<Document | "elsewhere" | undefined> {
  try {
    const answer = await fetch(location.href, { signal, headers: { Accept: "text/html" } });
    if (answer.redirected) {
      location.assign(answer.url);
      return "elsewhere";
    }
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}

/** Changes what is read and what is seen; buttons stay where the hand is. */
function update(part: HTMLElement, next: HTMLElement): void {
  const words = next.querySelector("p")?.textContent ?? "";
  const line = part.querySelector("p");
  if (line && line.textContent !== words) {
    line.textContent = words;
    say(words);
  }
  const bar = part.querySelector("progress");
  const done = next.querySelector("progress");
  if (bar && done) bar.value = done.value;
}
