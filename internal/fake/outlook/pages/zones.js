// Clock times in a zone and moments in time, and what Windows calls the zones.

/** @type {Record<string, string>} */
const windows = {
  "Europe/London": "GMT Standard Time",
  "America/New_York": "Eastern Standard Time",
  "America/Los_Angeles": "Pacific Standard Time",
  "America/Sao_Paulo": "E. South America Standard Time",
  "Europe/Berlin": "W. Europe Standard Time",
  "Asia/Kolkata": "India Standard Time",
  "Asia/Tokyo": "Tokyo Standard Time",
  "Australia/Sydney": "AUS Eastern Standard Time",
};

/**
 * What Windows calls a zone; UTC when the table does not have it.
 * @param {string} zone IANA name
 */
export function windowsName(zone) {
  return windows[zone] ?? "UTC";
}

/**
 * How far a zone is ahead of UTC at a moment, in minutes.
 * @param {string} zone @param {number} moment
 */
export function offset(zone, moment) {
  const wall = wallOf(zone, moment);
  return Math.round((Date.parse(`${wall.date}T${wall.time}:00Z`) - Math.floor(moment / 60000) * 60000) / 60000);
}

/**
 * The clock in a zone at a moment.
 * @param {string} zone @param {number} moment
 */
export function wallOf(zone, moment) {
  /** @type {Record<string, string>} */
  const parts = {};
  const form = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
    calendar: "iso8601",
  });
  for (const part of form.formatToParts(moment)) parts[part.type] = part.value;
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

/**
 * The moment at which a zone's clock shows a time; the later one of two, the one after a gap.
 * @param {string} zone @param {string} date @param {string} time
 */
export function momentOf(zone, date, time) {
  const naive = Date.parse(`${date}T${time || "00:00"}:00Z`);
  const first = naive - offset(zone, naive) * 60000;
  return naive - offset(zone, first) * 60000;
}
