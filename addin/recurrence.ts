// Outlook's recurrence as RFC 5545 writes it. Pure: it knows no Office, only the shape of what Office says.

/** A recurrence without Office's methods. */
export interface Pattern {
  type: "daily" | "weekday" | "weekly" | "monthly" | "yearly";
  interval?: number | undefined;
  dayOfMonth?: number | undefined;
  dayOfWeek?: string | undefined;
  days?: string[] | undefined;
  weekNumber?: string | undefined;
  month?: string | undefined;
  firstDayOfWeek?: string | undefined;
  endDate?: string | undefined; // YYYY-MM-DD, the last day on which it may begin
}

const weekdays: Record<string, string> = {
  mon: "MO",
  tue: "TU",
  wed: "WE",
  thu: "TH",
  fri: "FR",
  sat: "SA",
  sun: "SU",
};
const several: Record<string, string> = {
  weekday: "MO,TU,WE,TH,FR",
  weekendday: "SA,SU",
  day: "MO,TU,WE,TH,FR,SA,SU",
};
const positions: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The RRULE line of a pattern; none for one that cannot be said. */
export function ruleLines(pattern: Pattern): string[] {
  const parts = rule(pattern);
  if (!parts) return [];
  const first = weekdays[lower(pattern.firstDayOfWeek)];
  if (first && pattern.type === "weekly") parts.push(`WKST=${first}`);
  if (pattern.endDate) parts.push(`UNTIL=${until(pattern.endDate)}`);
  return [`RRULE:${parts.join(";")}`];
}

function rule(p: Pattern): string[] | undefined {
  const every = p.interval && p.interval > 1 ? [`INTERVAL=${p.interval}`] : [];
  switch (p.type) {
    case "daily":
      return ["FREQ=DAILY", ...every];
    case "weekday":
      return ["FREQ=WEEKLY", `BYDAY=${several["weekday"]}`];
    case "weekly": {
      const days = (p.days ?? []).map((day) => weekdays[lower(day)]).filter((day) => day !== undefined);
      return days.length > 0 ? ["FREQ=WEEKLY", ...every, `BYDAY=${days.join(",")}`] : ["FREQ=WEEKLY", ...every];
    }
    case "monthly":
      return withDay(["FREQ=MONTHLY", ...every], p);
    case "yearly": {
      const month = months.indexOf(lower(p.month)) + 1;
      return month > 0 ? withDay(["FREQ=YEARLY", ...every, `BYMONTH=${month}`], p) : undefined;
    }
    default:
      return undefined;
  }
}

/** "On the 15th", or "on the last Friday", or "on the first working day". */
function withDay(parts: string[], p: Pattern): string[] | undefined {
  if (p.dayOfMonth) return [...parts, `BYMONTHDAY=${p.dayOfMonth}`];
  const position = positions[lower(p.weekNumber)];
  const day = lower(p.dayOfWeek);
  if (!position) return undefined;
  const one = weekdays[day];
  if (one) return [...parts, `BYDAY=${position}${one}`];
  const any = several[day];
  return any ? [...parts, `BYDAY=${any}`, `BYSETPOS=${position}`] : undefined;
}

/** The end of a day where this device is, in UTC as UNTIL has it (RFC 5545 section 3.3.10). */
function until(date: string): string {
  return new Date(`${date}T23:59:59`).toISOString().replace(/[-:]|\.\d+/g, "");
}

function lower(text: string | undefined): string {
  return (text ?? "").toLowerCase();
}
