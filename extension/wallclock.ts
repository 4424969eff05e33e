// What a clock on the wall of some zone means in universal time.

/** The instant at which clocks of a zone show a day and a time ("2026-11-24", "14:00"). A time that clocks skip is the one as long after the change; of a time they show twice it is the first. */
export function instantOf(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wall)) return new Date(Number.NaN);
  const before = wall - offsetAt(wall - halfDay, zone);
  const after = wall - offsetAt(wall + halfDay, zone);
  const fits = [before, after].filter((at) => at + offsetAt(at, zone) === wall);
  return new Date(fits.length > 0 ? Math.min(...fits) : before);
}

const halfDay = 12 * 3_600_000;

/** How far a zone's clocks are ahead of universal time at an instant, milliseconds. */
function offsetAt(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at / 1000) * 1000;
}

/** The day and the time that clocks of a zone show at an instant. */
export function wallOf(at: Date, zone: string): { day: string; time: string } {
  const wall = new Date(at.getTime() + offsetAt(at.getTime(), zone)).toISOString();
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** The next full half hour. */
export function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}
