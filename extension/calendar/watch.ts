// Notices what Google Calendar does with its page, at next to no cost: one observer that raises a flag, and a look around
// when the browser has nothing better to do. Nothing at all while the tab is hidden.

const patience = 300; // milliseconds that the look around may be put off
const between = 120; // milliseconds from one look to the next

/** Calls look soon after the page has changed, until the signal ends. */
export function watch(look: () => void, signal: AbortSignal): void {
  let due = false;
  let waiting = false;
  const run = () => {
    waiting = false;
    if (signal.aborted || document.hidden || !due) return;
    due = false;
    look();
  };
  const soon = () => {
    due = true;
    if (waiting || document.hidden) return;
    waiting = true;
    setTimeout(() => whenIdle(run), between);
  };
  const observer = new MutationObserver(soon);
  observer.observe(document, {
    ...{ childList: true, subtree: true },
    attributeFilter: [
      "data-viewfamily",
      "data-eventid",
      "data-date",
      "data-initial-value",
      "data-email",
      "aria-selected",
    ],
  });
  for (const event of ["change", "popstate"])
    window.addEventListener(event, soon, { capture: true, passive: true, signal });
  document.addEventListener("visibilitychange", () => due && soon(), { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  soon();
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: patience });
  else requestAnimationFrame(run);
}
