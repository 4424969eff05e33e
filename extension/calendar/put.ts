// Writing an answer into a form that may have changed meanwhile: either all of it is there afterwards, or nothing of it.
import type { Invitation, Removal } from "../messages.ts";
import { find } from "../selectors.ts";
import { say } from "../words.ts";
import { ownTrouble } from "./asking.ts";
import { fillDescription, fillLine } from "./fill.ts";
import { fieldsOf, textsOf } from "./form.ts";

/** What is written in a form. */
export interface Texts {
  body: string;
  location: string;
}

const attempts = 3;

/** What came of it. */
interface Done {
  answer: Invitation;
  located: boolean; // the location holds what it should
}

/** Asks with what is in the form and writes the answer; what was typed while the server thought is asked about again. */
export async function put(
  root: () => HTMLElement,
  ask: (texts: Texts) => Promise<Invitation>,
  signal: AbortSignal,
): Promise<Done> {
  await open(root);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = textsOf(root());
    const answer = await ask(before);
    signal.throwIfAborted();
    if (textsOf(root()).body !== before.body) continue;
    const wanted = answer.merged_body ?? `${answer.body}\n\n${before.body}`;
    await write(root(), before, wanted);
    return { answer, located: await locate(root(), before.location, answer.merged_location ?? answer.location) };
  }
  throw refused();
}

/** The same the other way. */
export async function takeOut(
  root: () => HTMLElement,
  ask: (texts: Texts) => Promise<Removal>,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = textsOf(root());
    const answer = await ask(before);
    signal.throwIfAborted();
    if (textsOf(root()).body !== before.body) continue;
    await write(root(), before, answer.merged_body);
    await locate(root(), before.location, answer.merged_location ?? before.location);
    return;
  }
  throw refused();
}

async function write(root: HTMLElement, before: Texts, wanted: string): Promise<void> {
  const { description } = fieldsOf(root);
  if (!description) throw refused();
  if (await fillDescription(description, wanted)) return;
  await fillDescription(description, before.body);
  throw refused();
}

/** The location takes text less reliably than the description, and is not needed: the link is in the description. */
async function locate(root: HTMLElement, before: string, wanted: string): Promise<boolean> {
  const { location } = fieldsOf(root);
  if (wanted === before) return true;
  return location !== null && fillLine(location, wanted);
}

function refused(): Error {
  return ownTrouble(say("calRefused"), say("calUntouched"), say("calRefusedNext"));
}

/** A bubble hides its description and its location behind buttons. */
async function open(root: () => HTMLElement): Promise<void> {
  for (const [field, opener] of [
    ["location", "openLocation"],
    ["description", "openDescription"],
  ] as const) {
    if (fieldsOf(root())[field]) continue;
    const button = find(opener, root());
    if (!button) continue;
    (button.closest<HTMLElement>("button, [role=button]") ?? button).click();
    for (let waited = 0; waited < 1500 && !fieldsOf(root())[field]; waited += 50) await pause(50);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
