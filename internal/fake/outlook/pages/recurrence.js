// The repetition in Outlook's words (Office.Recurrence), as iCalendar's rule (RFC 5545) and as the form's choice.
import { facts, field, times } from "./editor.js";
import { offset, wallOf, windowsName } from "./zones.js";

/** @type {Record<string, string>} */
const rules = {
  daily: "FREQ=DAILY",
  weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  weekly: "FREQ=WEEKLY",
  monthly: "FREQ=MONTHLY",
  yearly: "FREQ=YEARLY",
};
const days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const weeks = ["last", "", "first", "second", "third", "fourth"];

/** @param {string} day such as MO */
const dayName = (day) => dayNames[days.indexOf(day)] ?? "mon";

/** The rule of the appointment, or of the series that an occurrence is of; "" for none. */
const rule = () =>
  facts.occurrence ? facts.rule : (rules[field("repeat").value] ?? (field("repeat").value && facts.rule));

/** The appointment's pattern; null for one that does not repeat. Its times are made into functions by office_item.js. */
export function patternOf() {
  const text =
    rule()
      .split("\n")
      .find((/** @type {string} */ line) => line.includes("FREQ=")) ?? "";
  if (text === "") return null;
  /** @type {Record<string, string>} */
  const parts = Object.fromEntries(
    text
      .replace("RRULE:", "")
      .split(";")
      .map((/** @type {string} */ part) => part.split("=")),
  );
  const zone = field("zone").value;
  const { start, end } = times();
  const wall = wallOf(zone, start);
  const until = parts["UNTIL"]?.replace(/^(....)(..)(..).*/, "$1-$2-$3") ?? null;
  const [recurrenceType, more] = typeOf(parts, new Date(`${wall.date}T12:00:00Z`));
  return {
    recurrenceType,
    recurrenceProperties: { interval: Number(parts["INTERVAL"] ?? 1), ...more },
    recurrenceTimeZone: { name: windowsName(zone), offset: offset(zone, start) },
    seriesTime: {
      startDate: wall.date,
      endDate: until,
      startTime: wall.time,
      endTime: wallOf(zone, end).time,
      minutes: (end - start) / 60000,
    },
  };
}

/** @param {Record<string, string>} parts of the rule @param {Date} start at noon UTC of its day @returns {[string, object]} */
function typeOf(parts, start) {
  const listed = parts["BYDAY"]?.split(",") ?? [];
  const month = start.toLocaleString("en", { month: "short", timeZone: "UTC" }).toLowerCase();
  const on = onDay(parts, listed, start);
  switch (parts["FREQ"]) {
    case "DAILY":
      return ["daily", {}];
    case "WEEKLY":
      if (listed.join() === "MO,TU,WE,TH,FR") return ["weekday", {}];
      return [
        "weekly",
        { days: listed.length > 0 ? listed.map(dayName) : [dayNames[start.getUTCDay()]], firstDayOfWeek: "sun" },
      ];
    case "MONTHLY":
      return ["monthly", on];
    default:
      return ["yearly", { ...on, month }];
  }
}

/** Which day of a month: by number, or such as the second Tuesday. @param {Record<string, string>} parts @param {string[]} listed @param {Date} start */
function onDay(parts, listed, start) {
  const [, nth, day] = /^(-?\d)(..)$/.exec(listed[0] ?? "") ?? [];
  if (nth && day) return { dayOfWeek: dayName(day), weekNumber: weeks[Number(nth) + 1] };
  return { dayOfMonth: Number(parts["BYMONTHDAY"] ?? start.getUTCDate()) };
}

/** The form's choice for a pattern that an add-in sets. @param {{ recurrenceType: string } | null} pattern */
export function choiceOf(pattern) {
  if (pattern === null) return "";
  return pattern.recurrenceType === "weekday" ? "weekdays" : pattern.recurrenceType;
}
