import { button, h } from "../../internal/web/client/dom.ts";
import { type SignIn, signIn } from "../signin.ts";
import { troubleOf } from "../telling.ts";
import { actions } from "./notices.ts";
import type { Note, Stage } from "./stage.ts";

/** The state of nobody being signed in: one clear button, and no reproach. */
export function signedOut(stage: Stage, then: () => void, note?: Note): void {
  const { words } = stage;
  const signal = stage.next();
  stage.reader(undefined);
  const begin = button(words.signIn, { id: "sign-in", class: "button wide" }, () => void ask(stage, then), signal);
  stage.show("signed-out", words.signedOutTitle, stage.note(note), h("p", {}, words.signedOut), begin);
  const elsewhere = () => void stage.parlor.session.known().then((known) => known && !signal.aborted && then());
  window.addEventListener("storage", elsewhere, { signal }); // signed in by the button of one click
}

async function ask(stage: Stage, then: () => void): Promise<void> {
  const { words } = stage;
  const signal = stage.next();
  const attempt = new AbortController();
  signal.addEventListener("abort", () => attempt.abort());
  const stop = button(words.back, { id: "cancel", class: "button quietly" }, () => attempt.abort(), signal);
  stage.show("signed-out", words.signedOutTitle, h("p", {}, words.signInWaiting), actions(stop));
  stage.say(words.signInWaiting);
  const end = await outcome(stage, attempt.signal);
  if (signal.aborted) return;
  if (end === undefined) then();
  else signedOut(stage, then, end);
}

/** What to say of an attempt; undefined when it succeeded. */
async function outcome(stage: Stage, signal: AbortSignal): Promise<Note | undefined> {
  const { words } = stage;
  const notes: Record<Exclude<SignIn, "done">, Note> = {
    closed: { text: words.signInClosed },
    refused: { text: words.signInRefused },
    blocked: { text: words.signInBlocked, kind: "warn" },
    failed: { text: words.signInFailed, kind: "bad" },
  };
  try {
    const end = await signIn(stage.parlor, signal);
    return end === "done" ? undefined : notes[end];
  } catch (thrown) {
    return { text: troubleOf(thrown, words), kind: "bad" };
  }
}
