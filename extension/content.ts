// The content script of Google Calendar. It reads and fills the page's forms, holds no token, and asks the worker for
// everything else. Whatever the page's own scripts say is not listened to.

import { browser, type Sender } from "./browser.ts";
import { alive, forgetWho } from "./calendar/asking.ts";
import { Draft } from "./calendar/draft.ts";
import { type Keeper, reload } from "./calendar/keeper.ts";
import { tellLost } from "./calendar/lost.ts";
import { hostName, Row } from "./calendar/row.ts";
import { Saved } from "./calendar/saved.ts";
import { type Found, type Surface, survey } from "./calendar/surface.ts";
import { watch } from "./calendar/watch.ts";
import { pages } from "./pages.ts";

const redrawn = 1000; // milliseconds in which a surface that vanished may come again
const slow = 6000; // milliseconds that an editor may take until it has its fields

/** Follows the page from surface to surface. */
class Calendar {
  readonly #page = new AbortController();
  #keeper: Keeper | undefined;
  #missing: ReturnType<typeof setTimeout> | undefined;
  #changed: ReturnType<typeof setTimeout> | undefined;

  run(): void {
    for (const old of document.querySelectorAll(hostName)) old.remove(); // of a version before this one
    browser.runtime.onMessage.addListener(this.#hear);
    watch(() => this.#look(), this.#page.signal);
  }

  #look(): void {
    if (!alive()) {
      this.#orphaned();
      return;
    }
    const found = survey(document, location.pathname);
    if (found === "changed") this.#changed ??= setTimeout(() => this.#stillChanged(), slow);
    else this.#calm();
    if (typeof found === "string") this.#gone();
    else this.#at(found);
  }

  #calm(): void {
    clearTimeout(this.#changed);
    this.#changed = undefined;
  }

  #stillChanged(): void {
    this.#changed = undefined;
    if (document.hidden || document.readyState !== "complete" || !alive()) return;
    if (survey(document, location.pathname) === "changed") void tellLost(this.#page.signal);
  }

  #at(surface: Surface): void {
    clearTimeout(this.#missing);
    this.#missing = undefined;
    const keeper = this.#keeper;
    if (keeper?.fits(surface)) {
      keeper.move(surface);
      keeper.noticed();
      return;
    }
    keeper?.end();
    const next = surface.eid === "" ? new Draft(surface, this.#page.signal) : new Saved(surface, this.#page.signal);
    this.#keeper = next;
    void next.start();
  }

  /** A bubble may be on its way back: pages draw them anew soon after they have opened. */
  #gone(): void {
    if (!this.#keeper) return;
    this.#missing ??= setTimeout(() => {
      this.#missing = undefined;
      const found: Found = survey(document, location.pathname);
      if (typeof found !== "string") return;
      this.#keeper?.end();
      this.#keeper = undefined;
    }, redrawn);
  }

  /** The worker tells that somebody signed in or out; nobody else is heard. */
  #hear = (message: unknown, sender: Sender): undefined => {
    if (sender.id !== browser.runtime.id || (message as { kind?: unknown } | null)?.kind !== "changed") return;
    forgetWho();
    void this.#keeper?.start();
  };

  /** The extension was updated under this tab: nothing can be asked any more. The row says so, and all else ends. */
  #orphaned(): void {
    const surface = this.#keeper?.surface;
    this.#calm();
    clearTimeout(this.#missing);
    this.#page.abort();
    if (!surface || document.querySelector(hostName)) return; // a newer version of this script may be at work
    const row = new Row(surface.kind, new AbortController().signal);
    surface.put(row.host);
    row.draw(reload());
  }
}

if (pages.includes(location.origin)) new Calendar().run();
