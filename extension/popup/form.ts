// The meeting, as a form.
import type { EventAsk } from "../../internal/web/client/api.ts";
import { h } from "../../internal/web/client/dom.ts";
import type { Home } from "../messages.ts";
import { instantOf, nextHalfHour, wallOf } from "../wallclock.ts";
import { say } from "../words.ts";
import { keepDraft, readDraft } from "./draft.ts";

/** The form, and what it asks for. */
export interface Form {
  element: HTMLFormElement;
  event: () => EventAsk;
}

type Control = HTMLInputElement | HTMLSelectElement;

const repeats: Record<string, string> = {
  daily: "FREQ=DAILY",
  weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  weekly: "FREQ=WEEKLY",
  fortnightly: "FREQ=WEEKLY;INTERVAL=2",
  monthly: "FREQ=MONTHLY",
};
const pause = 400; // milliseconds without typing, until the server is asked

/** Makes the form; changed is called a moment after the last change. */
export function form(facts: Home, changed: () => void, signal: AbortSignal): Form {
  const controls = controlsOf(facts);
  const element = h(
    "form",
    { class: "meeting" },
    ...Object.entries(controls).map(([name, c]) => labelled(name, c, facts)),
  );
  let key = crypto.randomUUID();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touched = () => {
    key = crypto.randomUUID(); // another meeting now: a key says that it is the same
    void keepDraft(valuesOf(controls));
    clearTimeout(timer);
    timer = setTimeout(() => signal.aborted || changed(), pause);
  };
  element.addEventListener("input", touched, { signal });
  void restore(controls).then((restored) => restored && !signal.aborted && changed());
  return { element, event: () => eventOf(controls, facts, key) };
}

type Controls = Record<
  "title" | "day" | "time" | "length" | "zone" | "guests" | "repeat" | "calendar" | "usePmi",
  Control
>;

function controlsOf({ tagged: { settings }, calendars }: Home): Controls {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { day, time } = wallOf(nextHalfHour(new Date()), zone);
  const usual = settings.default_duration_minutes;
  const lengths = [...new Set([15, 30, 45, 60, 90, 120, usual])].sort((one, other) => one - other);
  const zones = [...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
  const own = calendars.filter(({ on, writable }) => on && writable);
  const locked = settings.locked["use_pmi_for_scheduled"];
  const again = { "": say("never"), daily: say("daily"), weekdays: say("weekdays"), weekly: say("weekly") };
  return {
    title: h("input", { type: "text", id: "title", maxlength: "1024", autocomplete: "off", autofocus: true }),
    day: h("input", { type: "date", id: "day", value: day, required: true }),
    time: h("input", { type: "time", id: "time", value: time, required: true }),
    length: choose("length", Object.fromEntries(lengths.map((n) => [` ${n}`, say("minutes", String(n))])), ` ${usual}`),
    repeat: choose("repeat", { ...again, fortnightly: say("fortnightly"), monthly: say("monthly") }, ""),
    zone: choose("zone", Object.fromEntries(zones.map((name) => [name, name.replaceAll("_", " ")])), zone),
    guests: h("input", { type: "text", id: "guests", autocomplete: "off", "aria-describedby": "guests-hint" }),
    calendar: choose("calendar", Object.fromEntries(own.map(({ id, name }) => [id, name])), primaryOf(own)),
    usePmi: h("input", {
      type: "checkbox",
      id: "use-pmi",
      checked: settings.use_pmi_for_scheduled,
      disabled: Boolean(locked),
      "aria-describedby": locked ? "usePmi-lock" : undefined,
    }),
  };
}

function primaryOf(calendars: { id: string; primary: boolean }[]): string {
  return (calendars.find(({ primary }) => primary) ?? calendars[0])?.id ?? "";
}

function choose(id: string, choices: Record<string, string>, chosen: string): HTMLSelectElement {
  const options = Object.entries(choices).map(([value, label]) =>
    h("option", { value, selected: value === chosen }, label),
  );
  return h("select", { id }, ...options);
}

function labelled(name: string, control: Control, { tagged: { settings } }: Home): HTMLElement {
  const words: Record<string, string> = {
    title: say("title"),
    day: say("day"),
    time: say("time"),
    length: say("length"),
    zone: say("zone"),
    guests: say("guests"),
    repeat: say("repeat"),
    calendar: say("calendar"),
    usePmi: say("usePmi"),
  };
  const label = h("label", { for: control.id }, words[name]);
  const reason = settings.locked["use_pmi_for_scheduled"];
  if (name === "usePmi") {
    const lock = reason ? h("p", { class: "quiet lock", id: "usePmi-lock" }, say("locked", reason)) : undefined;
    return h("div", { class: "choice" }, control, label, lock);
  }
  const hint = name === "guests" ? h("p", { class: "quiet", id: "guests-hint" }, say("guestsHint")) : undefined;
  const needless = name === "calendar" && control.children.length < 2;
  return h("div", { class: `field ${name}`, hidden: needless }, label, control, hint);
}

function valuesOf(controls: Controls): Record<string, string> {
  return Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, read(control)]));
}

function read(control: Control): string {
  return control.type === "checkbox" ? String((control as HTMLInputElement).checked) : control.value;
}

/** Puts back what was typed before the pop-up was closed; the settings' own choice of the room is not a draft. */
async function restore(controls: Controls): Promise<boolean> {
  const draft = await readDraft();
  for (const [name, control] of Object.entries(controls)) {
    const value = draft[name];
    if (typeof value !== "string" || control.type === "checkbox" || value === "") continue;
    const before = control.value;
    control.value = value;
    if (control.value !== value) control.value = before; // a choice that there is no more
  }
  return Object.keys(draft).length > 0;
}

function eventOf(controls: Controls, { tagged: { settings } }: Home, key: string): EventAsk {
  const { title, day, time, length, zone, guests, repeat, calendar, usePmi } = controls;
  const start = instantOf(day.value, time.value, zone.value);
  const end = new Date(start.getTime() + Number(length.value) * 60_000);
  const wish = (usePmi as HTMLInputElement).checked;
  const rule = repeats[repeat.value];
  return {
    title: title.value.trim(),
    start: isoOf(start),
    end: isoOf(end),
    time_zone: zone.value,
    attendees: guests.value.split(/[\s,;]+/).filter((guest) => guest !== ""),
    recurrence: rule ? [`RRULE:${rule}`] : [],
    idempotency_key: key,
    ...(calendar.value ? { calendar: calendar.value } : {}),
    ...(wish === settings.use_pmi_for_scheduled ? {} : { use_pmi: wish }),
  };
}

function isoOf(at: Date): string {
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}
