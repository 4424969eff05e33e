// Days and times as Google Calendar's fields show them, in any language we have met.

/** A day: "20261124" in data-date. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/** A time of day in minutes. */
export type Minutes = number;

export function parseDay(text: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text.trim()) ?? [];
  if (!year || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return { year: Number(year), month: Number(month), day: Number(day) };
}

const after = /p\.?\s?m|午後|下午|오후|μ\.?\s?μ/i;
const before = /a\.?\s?m|午前|上午|오전|π\.?\s?μ/i;

/** "2:30pm", "14:30", "14.30 Uhr", "午後2:30"; undefined when it is none of them. */
export function parseTime(shown: string): Minutes | undefined {
  const text = shown.normalize("NFKC").replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
  const [, hours, minutes = "0"] = /(\d{1,2})(?:[:.時h]\s?(\d{2}))?/.exec(text) ?? [];
  if (hours === undefined || text.replace(/\D/g, "").length > 4) return undefined;
  let hour = Number(hours);
  if (after.test(text) && hour < 12) hour += 12;
  if (before.test(text) && hour === 12) hour = 0;
  return hour < 24 && Number(minutes) < 60 ? hour * 60 + Number(minutes) : undefined;
}

/** The moment at which a zone's clocks show a day and a time, in RFC 3339 with the zone's offset. */
export function moment(day: Day, minutes: Minutes, zone: string): string {
  const shown = Date.UTC(day.year, day.month - 1, day.day, 0, minutes);
  let offset = offsetAt(shown, zone);
  offset = offsetAt(shown - offset * 60_000, zone); // the first guess was off by the offset itself
  const local = new Date(shown).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How far a zone is before UTC at a moment, in minutes. */
function offsetAt(time: number, zone: string): Minutes {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(time);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** A zone's name if it is one (IANA), else that of this browser. */
export function zoneOr(name: string): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [asked] = /[A-Z]\w+\/[\w/+-]+|UTC/.exec(name) ?? [];
  if (!asked) return own;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: asked }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}
