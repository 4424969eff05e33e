// Asking the worker from a page: within a time, once more when the worker was stopped in between, and in words on failure.
import { deadline } from "../../internal/web/client/deadline.ts";
import { ask, Gone, Refused } from "../ask.ts";
import { browser } from "../browser.ts";
import type { ContentAsks, Trouble, WhoAmI } from "../messages.ts";
import { say } from "../words.ts";

const patience = 20_000;

/** Whether this script's extension is still there: not updated, not switched off. */
export function alive(): boolean {
  try {
    return Boolean(browser.runtime?.id);
  } catch {
    return false;
  }
}

/** Asks within 20 seconds; a worker that went away in between is asked once more. */
export async function asking<K extends keyof ContentAsks>(
  kind: K,
  fields: ContentAsks[K]["ask"],
  signal?: AbortSignal,
): Promise<ContentAsks[K]["answer"]> {
  const time = deadline(patience, signal);
  const late = new Promise<never>((_, reject) => {
    time.signal.addEventListener("abort", () => reject(time.signal.reason), { once: true });
  });
  try {
    return await Promise.race([twice(() => ask(kind, fields)), late]);
  } finally {
    late.catch(() => undefined);
    time.over();
  }
}

async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (thrown) {
    if (!(thrown instanceof Gone) || !alive()) throw thrown;
    return attempt();
  }
}

/** A failure in words; undefined when it was given up because nobody waits for it any more. */
export function troubleOf(thrown: unknown, signal: AbortSignal): Trouble | undefined {
  if (signal.aborted) return undefined;
  if (thrown instanceof Refused) return thrown.trouble;
  const late = {
    kind: "timeout" as const,
    title: say("calSlow"),
    detail: say("calUntouched"),
    next: say("calTryAgain"),
  };
  return { ...late, faults: [] };
}

/** Trouble that arose here. */
export function ownTrouble(title: string, detail: string, next: string): Refused {
  return new Refused({ kind: "server", title, detail, next, faults: [] });
}

let known: Promise<WhoAmI> | undefined;

/** Who is signed in; asked once until forgotten. */
export function whoAmI(): Promise<WhoAmI> {
  known ??= asking("whoami", {}).catch((thrown) => {
    known = undefined;
    throw thrown;
  });
  return known;
}

export function forgetWho(): void {
  known = undefined;
}
