// Sentences that more than one row says.
import type { Invitation } from "../messages.ts";
import { say } from "../words.ts";
import { ownTrouble } from "./asking.ts";
import type { Action } from "./row.ts";

type Kind = Invitation["kind"];

export function kindOf(kind: Kind): string {
  return say(kind === "pmi" ? "calInRoom" : "calOneTime");
}

/** Switches between the room and a one-time number, for this event. */
export function switching(from: Kind, busy: boolean, run: (usePMI: boolean) => void): Action {
  const label = say(from === "pmi" ? "calUseOneTime" : "calUseRoom");
  return { part: "switch", label, busy, run: () => run(from !== "pmi") };
}

/** Join and Copy, for an event that has a link. */
export function linkActions(link: string, copied: boolean, copy: () => void): Action[] {
  return [
    { part: "join", label: say("calJoin"), href: link, main: true },
    { part: "copy", label: say(copied ? "calCopied" : "calCopy"), run: copy },
  ];
}

/** Puts a text onto the clipboard; fails in words. */
export async function toClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw ownTrouble(say("calNotCopied"), text, "");
  }
}
