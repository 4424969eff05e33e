import type { Person, Room, Settings } from "../../internal/web/client/api.ts";
import { asProblem } from "../../internal/web/client/problem.ts";
import type { Appointment } from "../appointment.ts";
import { onChange } from "../office.ts";
import type { Stage } from "./stage.ts";

/** What both views of an event are made of. */
export interface Facts {
  person: Person;
  room: Room;
  settings: Settings;
}

/** Reads who is signed in, their room and their settings at once. */
export async function readFacts({ parlor: { api } }: Stage, signal: AbortSignal): Promise<Facts> {
  const [person, room, { settings }] = await Promise.all([api.person(signal), api.room(signal), api.settings(signal)]);
  return { person, room, settings };
}

/** Whether a thrown thing means that nobody is signed in any more. */
export function isSignedOut(thrown: unknown): boolean {
  return asProblem(thrown).kind === "signed_out";
}

/** Whether two readings ask the same of the guard. */
export function sameQuestion(one: Appointment, other: Appointment): boolean {
  return JSON.stringify(question(one)) === JSON.stringify(question(other));
}

function question({ title, start, end, guests, recurrence, owner, stamp }: Appointment): unknown {
  return [title, start.getTime(), end.getTime(), guests, recurrence, owner, stamp];
}

const pause = 400;

/** Calls back a moment after the last of several changes of the event, or when the person comes back to the pane. */
export function follow(then: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => signal.aborted || then(), pause);
  };
  void onChange(soon, signal);
  window.addEventListener("focus", soon, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}
