import { follow } from "./follow";
import { say } from "./say";
import { ownZone } from "./zone";

const pause = 300; // ms between two looks, however many people come

/** Keeps the host's panel up to date. The server writes it; what is under the cursor stays there. */
export function livePanel(panel: HTMLElement, signal: AbortSignal): void {
  let current = panel;
  let looking = false;
  let again = false;
  const replace = (html: string) => {
    current = swap(current, html);
  };
  const look = async () => {
    again = looking;
    if (looking) return;
    looking = true;
    try {
      const answer = await fetch(current.dataset["here"] ?? location.href, { signal });
      if (answer.ok) replace(await answer.text());
    } catch {
      // the stream says when to look again
    }
    await new Promise((wake) => setTimeout(wake, pause));
    looking = false;
    if (again) void look();
  };
  follow(() => current.dataset["door"] ?? "", signal, { changed: () => void look() });
  document.addEventListener("submit", (event) => void decide(event, replace, signal), { signal });
}

/** Sends what the host decided without leaving the page; a page that cannot be reached is left to the browser to tell of. */
async function decide(event: SubmitEvent, replace: (html: string) => void, signal: AbortSignal): Promise<void> {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(".panel [data-stays]")) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)]));
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal });
    if (!answer.ok) throw new Error(answer.statusText);
    replace(await answer.text());
  } catch {
    if (!signal.aborted) say("That did not work. Please try again.");
  }
}

/** Puts the panel of a fresh page in the place of this one. */
function swap(panel: HTMLElement, html: string): HTMLElement {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>(".panel");
  if (!fresh) {
    location.reload(); // signed out, or the meeting is gone
    return panel;
  }
  const next = document.importNode(fresh, true);
  ownZone(next);
  const open = [...panel.querySelectorAll("details")].map((d) => d.open);
  for (const [i, d] of next.querySelectorAll("details").entries()) d.open = open[i] ?? false;
  if (panel.isEqualNode(next)) return panel;
  const focused = document.activeElement?.id;
  const before = summary(panel);
  panel.replaceWith(next);
  if (focused) refocus(next, focused);
  if (summary(next) !== before) say(summary(next));
  return next;
}

/** Where the button that was pressed has gone with its guest, the next thing to decide takes its place. */
function refocus(panel: HTMLElement, id: string): void {
  const same = document.getElementById(id);
  const next = panel.querySelector<HTMLElement>(".rows button, #start");
  (same && panel.contains(same) ? same : next)?.focus();
}

function summary(panel: HTMLElement): string {
  return panel.querySelector<HTMLElement>("[data-summary]")?.dataset["summary"] ?? "";
}
