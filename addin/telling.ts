// What happened, in the reader's words: what it was, what is safe, and the next step.
import type { Reason } from "../internal/web/client/api.ts";
import { asProblem, Problem } from "../internal/web/client/problem.ts";
import { InSeries, NotTaken, type Outcome } from "./invite.ts";
import { OfficeFault } from "./office.ts";
import type { Words } from "./words.ts";

/** What went wrong. The server's own sentence is used where only it knows why. */
export function troubleOf(thrown: unknown, words: Words): string {
  if (thrown instanceof NotTaken) return thrown.reason === "too_long" ? words.tooLong : words.notTaken;
  if (thrown instanceof InSeries) return words.inSeries;
  if (thrown instanceof OfficeFault) return words.officeTrouble;
  const problem = thrown instanceof Problem ? thrown : asProblem(thrown);
  if (problem.kind === "refused" && problem.detail) return problem.detail;
  const fault = problem.faults[0];
  return words.problems[problem.kind] + (fault ? ` (${fault.field}: ${fault.message})` : "");
}

/** What the button of one click did. */
export function saidOf(outcome: Outcome, words: Words): string {
  const { kind, conflict, waits } = outcome.invitation;
  if (conflict) return words.addedConflict;
  if (outcome.replaced) return words.updatedByButton;
  if (waits) return words.addedWaits;
  return kind === "pmi" ? words.addedRoom : words.addedOneTime;
}

/** Why it is the room or a one-time number. English has the server's own sentence, which names events and guests. */
export function whyOf(reason: Reason, words: Words): string {
  return (words.language === "en" ? undefined : words.reasons[reason.code]) ?? reason.text;
}

/** The server's sentence beneath a translated one, where it names what the translation cannot. */
export function detailOf(reason: Reason, words: Words): string {
  const names = ["overlap", "unfamiliar", "unfamiliar_waits"].includes(reason.code);
  return names && words.language !== "en" ? reason.text : "";
}

/** Puts values into the places of a sentence: "Signed in as {name}". */
export function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
