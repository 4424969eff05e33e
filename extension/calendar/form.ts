// What an event's form says, as far as the page shows it.
import type { EventFields } from "../messages.ts";
import { find, findAll } from "../selectors.ts";
import { type Day, moment, parseDay, parseTime, zoneOr } from "./clock.ts";
import { textOf } from "./text.ts";

/** A form as it was read. */
export interface Form {
  event: EventFields;
  timed: boolean; // day and time could be read; else the next full hour stands for them
}

/** Reads the form inside of an editor or a bubble. */
export function readForm(root: ParentNode, now: Date = new Date()): Form {
  const zone = zoneOr(find("zone", root)?.textContent ?? "");
  const span = readSpan(root, zone);
  const event = {
    ...{ title: titleOf(root), zone, guests: guestsOf(root), recurrence: rulesOf(root) },
    ...(span ?? nextHour(now)),
  };
  return { event, timed: span !== undefined };
}

function titleOf(root: ParentNode): string {
  const field = (find("title", root) ?? find("textLine", root)) as HTMLInputElement | null;
  return (field?.value ?? "").replace(/\s+/g, " ").trim().slice(0, 1024);
}

function readSpan(root: ParentNode, zone: string): Pick<EventFields, "start" | "end"> | undefined {
  const first = parseDay(find("startDate", root)?.dataset["date"] ?? "");
  if (!first) return undefined;
  const last = parseDay(find("endDate", root)?.dataset["date"] ?? "") ?? first;
  if (isAllDay(root)) return { start: moment(first, 0, zone), end: moment(dayAfter(last), 0, zone) };
  const start = parseTime(shown(find("startTime", root)));
  const end = parseTime(shown(find("endTime", root)));
  if (start === undefined || end === undefined) return undefined;
  const span = { start: moment(first, start, zone), end: moment(last, end, zone) };
  return Date.parse(span.end) > Date.parse(span.start) ? span : undefined;
}

function shown(field: HTMLElement | null): string {
  return (field as HTMLInputElement | null)?.value || field?.dataset["initialValue"] || "";
}

function isAllDay(root: ParentNode): boolean {
  const box = find("allDay", root);
  return box instanceof HTMLInputElement ? box.checked : box?.getAttribute("aria-checked") === "true";
}

function dayAfter({ year, month, day }: Day): Day {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

function nextHour(now: Date): Pick<EventFields, "start" | "end"> {
  const hour = 3_600_000;
  const start = (Math.floor(now.getTime() / hour) + 1) * hour;
  return { start: new Date(start).toISOString(), end: new Date(start + hour / 2).toISOString() };
}

function guestsOf(root: ParentNode): string[] {
  const all = findAll("guest", root).map((row) => (row.dataset["email"] ?? "").trim().toLowerCase());
  return [...new Set(all)].filter((email) => /^[^\s@]+@[^\s@]+$/.test(email)).slice(0, 200);
}

/** The repetition that is chosen is a list in data-value; where it holds no rule the server hears of none. */
function rulesOf(root: ParentNode): string[] {
  const values = findAll("repeats", root).map((option) => option.dataset["value"] ?? "");
  return values.flatMap((value) => value.match(/RRULE:[A-Z0-9=;,+-]+/g) ?? []).slice(0, 1);
}

/** The fields that we write to. */
export interface Fields {
  description: HTMLElement | null;
  location: HTMLInputElement | null;
}

export function fieldsOf(root: ParentNode): Fields {
  return { description: find("description", root), location: find("location", root) as HTMLInputElement | null };
}

/** What is written in them now. */
export function textsOf(root: ParentNode): { body: string; location: string } {
  const { description, location } = fieldsOf(root);
  return { body: description ? textOf(description).text : "", location: location?.value ?? "" };
}
