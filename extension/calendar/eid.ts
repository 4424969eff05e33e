// The names that Google Calendar's pages give to events.

/** An event and the calendar it is in, as the API names them. */
export interface EventRef {
  calendar: string;
  eventId: string;
}

/** The event that an editor's address names: /calendar/u/0/r/eventedit/<eid>; "" for a new one. */
export function eidOfAddress(path: string): string {
  const eid = /\/r\/eventedit\/([\w-]{8,}={0,2})(?:[/?#]|$)/.exec(path)?.[1] ?? "";
  return eventOf(eid) ? eid : "";
}

/** Whether an address is an editor's. */
export function isEditor(path: string): boolean {
  return /\/r\/eventedit(?:[/?#]|$)/.test(path);
}

// In an eid the most frequent domains are shortened.
const domains: Record<string, string> = { m: "gmail.com", g: "group.calendar.google.com" };

/** Reads base64 of "eventId calendarId"; own is the reader's address, which wins where a domain was shortened. */
export function eventOf(eid: string, own = ""): EventRef | undefined {
  const [eventId, calendar, ...more] = plain(eid).split(" ");
  if (!eventId || !calendar?.includes("@") || more.length > 0) return undefined;
  if (!/^[\w@.+-]{5,1024}$/.test(eventId)) return undefined;
  const [name, domain] = calendar.split("@");
  if (!domain || domain.length > 1) return { calendar, eventId };
  if (own.startsWith(`${name}@`)) return { calendar: own, eventId };
  return { calendar: `${name}@${domains[domain] ?? domain}`, eventId };
}

function plain(eid: string): string {
  try {
    const bytes = atob(eid.replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, ""));
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return "";
  }
}
