// The repetition in Outlook's words (Office.Recurrence) and as the form's choice.
import { facts, field, times } from "./editor.js";
import { offset, wallOf, windowsName } from "./zones.js";

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The appointment's pattern; null for one that does not repeat. Its times are read by office.js. */
export function patternOf() {
  const choice = facts.occurrence ? "weekly" : field("repeat").value;
  if (choice === "") return null;
  const zone = field("zone").value;
  const { start, end } = times();
  const wall = wallOf(zone, start);
  const day = new Date(`${wall.date}T12:00:00Z`);
  /** @type {Record<string, [string, object]>} */
  const patterns = {
    daily: ["daily", { interval: 1 }],
    weekdays: ["weekday", {}],
    weekly: ["weekly", { interval: 1, days: [weekdays[day.getUTCDay()]], firstDayOfWeek: "sun" }],
    monthly: ["monthly", { interval: 1, dayOfMonth: day.getUTCDate() }],
    yearly: [
      "yearly",
      {
        interval: 1,
        dayOfMonth: day.getUTCDate(),
        month: day.toLocaleString("en", { month: "short", timeZone: "UTC" }).toLowerCase(),
      },
    ],
  };
  const [recurrenceType, recurrenceProperties] = patterns[choice] ?? ["weekly", { interval: 1 }];
  return {
    recurrenceType,
    recurrenceProperties,
    recurrenceTimeZone: { name: windowsName(zone), offset: offset(zone, start) },
    seriesTime: {
      startDate: wall.date,
      endDate: null,
      startTime: wall.time,
      endTime: wallOf(zone, end).time,
      minutes: (end - start) / 60000,
    },
  };
}

/** @param {{ recurrenceType: string } | null} pattern */
export function ruleOf(pattern) {
  if (pattern === null) return "";
  return pattern.recurrenceType === "weekday" ? "weekdays" : pattern.recurrenceType;
}
