// What happened, in the reader's words: what it was, what is safe, and the next step.
import { asProblem } from "../internal/web/client/problem.ts";
import type { Trouble } from "./messages.ts";
import { NotSignedIn } from "./session.ts";
import { say } from "./words.ts";

/** Thrown when there is no server to ask yet. */
export class NotSetUp extends Error {}

/** Thrown when there is no Parlor at the address that was entered. */
export class NotParlor extends Error {}

/** A thrown thing, as the extension tells of it. The server's own sentence is used where only it knows why. */
export function troubleOf(thrown: unknown): Trouble {
  if (thrown instanceof NotSetUp) return told("not_set_up", say("troubleNotSetUp"), "", say("nextAddress"));
  if (thrown instanceof NotParlor) return told("missing", say("troubleNotParlor"), "", say("nextCheckAddress"));
  if (thrown instanceof NotSignedIn)
    return told("signed_out", say("troubleNotSignedIn"), words(thrown), say("nextSignIn"));
  const problem = asProblem(thrown);
  const { kind, faults } = problem;
  if (kind === "offline") return told(kind, say("troubleOffline"), say("safe"), say("nextConnection"));
  if (kind === "timeout") return told(kind, say("troubleTimeout"), say("safeLook"), say("nextAgain"));
  if (kind === "signed_out") return told(kind, say("troubleSignedOut"), say("safe"), say("nextSignIn"));
  if (kind === "invalid") return { ...told(kind, say("troubleInvalid"), say("safe"), say("nextFields")), faults };
  if (kind === "missing") return told(kind, say("troubleMissing"), "", say("nextReload"));
  if (kind === "busy") return told(kind, say("troubleBusy"), problem.detail, say("nextAgain"));
  if (kind === "server") return told(kind, say("troubleServer"), say("safeLook"), say("nextAgain"));
  return { ...told(kind, say("troubleRefused"), problem.detail, ""), faults };
}

function told(kind: Trouble["kind"], title: string, detail: string, next: string): Trouble {
  return { kind, title, detail, next, faults: [] };
}

function words({ reason }: NotSignedIn): string {
  const reasons = { closed: say("signInClosed"), refused: say("signInRefused"), failed: say("signInFailed") };
  return reasons[reason];
}
