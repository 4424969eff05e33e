type Shape = "time" | "moment" | "date" | "full";

const shapes: Record<Shape, Intl.DateTimeFormatOptions> = {
  time: { hour: "numeric", minute: "2-digit" },
  moment: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  date: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" },
};

/** Rewrites every time in the reader's own zone and remembers the zone, so that the server groups days by it. */
export function ownZone(part: Document | HTMLElement): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of part.querySelectorAll<HTMLTimeElement>("time[datetime][data-as]")) inOwnZone(time);
  for (const name of part.querySelectorAll<HTMLElement>("[data-zone-name]")) name.textContent = zone;
  if (part instanceof Document && part.documentElement.dataset["zone"]) remember(part, zone);
}

/** Rewrites one time in the reader's own zone. */
export function inOwnZone(time: HTMLTimeElement): void {
  const locale = navigator.languages.find((l) => l.startsWith("en-")) ?? "en-GB";
  const start = new Date(time.dateTime);
  const shape = shapes[time.dataset["as"] as Shape];
  if (Number.isNaN(start.getTime()) || !shape) return;
  time.textContent = new Intl.DateTimeFormat(locale, shape).format(start);
}

/** Days are grouped by the server: when it assumed another zone the page is asked for once more. */
function remember(page: Document, zone: string): void {
  const cookie = `parlor_zone=${encodeURIComponent(zone)}`;
  const known = page.cookie.split("; ").includes(cookie);
  if (known) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  page.cookie = `${cookie}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  const grouped = page.querySelector("[data-by-day]") !== null;
  const stored = page.cookie.split("; ").includes(cookie);
  if (grouped && stored && page.documentElement.dataset["zone"] !== zone) location.reload();
}
