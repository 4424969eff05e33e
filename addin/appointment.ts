// The open appointment, read once and written piece by piece. What this Outlook cannot do is left out, never guessed by the
// client's name.
import { findLink, isOnlyLink } from "../internal/web/client/link.ts";
import { call, item, mailbox } from "./office.ts";
import { ruleLines } from "./recurrence.ts";

export type Format = "html" | "text";

/** What the appointment says now. */
export interface Appointment {
  title: string;
  start: Date;
  end: Date;
  zone: string | undefined; // IANA, of this device
  guests: string[];
  recurrence: string[];
  occurrence: boolean; // one occurrence of a series is open
  format: Format;
  body: string;
  location: string;
  stamp: string;
  owner: string | undefined; // of the calendar, when it is not the mailbox of the reader
}

export const stampKey = "parlor";

/** Reads all that an invitation depends on. */
export async function read(): Promise<Appointment> {
  const open = item();
  const [title, start, end, guests, recurrence, text, location, stamp, owner] = await Promise.all([
    call<string>("subject.getAsync", (done) => open.subject.getAsync(done)),
    call<Date>("start.getAsync", (done) => open.start.getAsync(done)),
    call<Date>("end.getAsync", (done) => open.end.getAsync(done)),
    readGuests(),
    readRecurrence(),
    readBody(),
    readLocation(),
    readStamp(),
    readOwner(),
  ]);
  const zone = typeof Intl === "undefined" ? undefined : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const occurrence = Boolean(open.seriesId);
  return {
    ...{ title: title.trim(), start: new Date(start), end: new Date(end), zone, guests, stamp, owner, location },
    ...{ recurrence: occurrence ? [] : recurrence, occurrence, ...text },
  };
}

/** The body in its own format. */
export async function readBody(): Promise<{ format: Format; body: string }> {
  const { body } = item();
  const format = await call<Format>("body.getTypeAsync", (done) => body.getTypeAsync(done));
  return { format, body: await call<string>("body.getAsync", (done) => body.getAsync(format, done)) };
}

async function readGuests(): Promise<string[]> {
  const { requiredAttendees, optionalAttendees } = item();
  const lists = await Promise.all(
    [requiredAttendees, optionalAttendees].map((list) =>
      call<OfficeAddress[]>("attendees.getAsync", (done) => list.getAsync(done)),
    ),
  );
  const addresses = lists.flat().map((guest) => guest.emailAddress);
  return [...new Set(addresses.filter((address) => address?.includes("@")))].slice(0, 200);
}

async function readRecurrence(): Promise<string[]> {
  const { recurrence } = item();
  if (!recurrence?.getAsync) return [];
  const found = await soft(call<OfficeRecurrence | null>("recurrence.getAsync", (done) => recurrence.getAsync(done)));
  if (!found?.recurrenceType) return [];
  const endDate = found.seriesTime?.getEndDate() ?? undefined;
  return ruleLines({ type: found.recurrenceType, ...found.recurrenceProperties, endDate });
}

async function readLocation(): Promise<string> {
  const { location } = item();
  return (await soft(call<string>("location.getAsync", (done) => location.getAsync(done)))) ?? "";
}

async function readStamp(): Promise<string> {
  const stamp = (await soft(loadProperties()))?.get(stampKey);
  return typeof stamp === "string" ? stamp : "";
}

/** Whose calendar it is, when it is somebody else's. */
async function readOwner(): Promise<string | undefined> {
  const open = item();
  const owner = (await sharedOwner(open)) ?? (await organizer(open));
  const same = !owner || !mailbox() || owner.toLowerCase() === mailbox().toLowerCase();
  return same ? undefined : owner;
}

async function sharedOwner(open: OfficeAppointment): Promise<string | undefined> {
  if (!open.getSharedPropertiesAsync) return undefined;
  const shared = call<{ owner: string }>("getSharedPropertiesAsync", (done) => open.getSharedPropertiesAsync?.(done));
  return (await soft(shared))?.owner || undefined; // it fails in a calendar that is not shared
}

async function organizer(open: OfficeAppointment): Promise<string | undefined> {
  const who = open.organizer;
  if (!who?.getAsync) return undefined;
  const address = (await soft(call<OfficeAddress>("organizer.getAsync", (done) => who.getAsync(done))))?.emailAddress;
  return address?.includes("@") ? address : undefined;
}

async function soft<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch {
    return undefined;
  }
}

/** Puts a text on top; all that is there stays as it is, byte for byte. */
export function prepend(text: string, format: Format): Promise<void> {
  return call("body.prependAsync", (done) => item().body.prependAsync(text, { coercionType: format }, done));
}

/** Replaces the whole body. */
export function replaceBody(text: string, format: Format): Promise<void> {
  return call("body.setAsync", (done) => item().body.setAsync(text, { coercionType: format }, done));
}

function loadProperties(): Promise<OfficeCustomProperties> {
  return call("loadCustomPropertiesAsync", (done) => item().loadCustomPropertiesAsync(done));
}

/** Keeps our stamp with the appointment; false when this Outlook did not take it. */
export async function writeStamp(stamp: string): Promise<boolean> {
  try {
    const properties = await loadProperties();
    if (stamp) properties.set(stampKey, stamp);
    else properties.remove(stampKey);
    await call<void>("customProperties.saveAsync", (done) => properties.saveAsync(done));
    return true;
  } catch {
    return false;
  }
}

/** Writes our link as a location beside the rooms, or takes it away ("" as the link); a place of the person's own stays
 *  alone. False when this Outlook did not take it. */
export async function writeLocation(link: string, origin: string): Promise<boolean> {
  try {
    if (item().enhancedLocation) await writePlaces(link, origin);
    else await writeText(link, origin);
    return true;
  } catch {
    return false;
  }
}

async function writePlaces(link: string, origin: string): Promise<void> {
  const places = item().enhancedLocation;
  if (!places) return;
  const now = await call<OfficePlace[]>("enhancedLocation.getAsync", (done) => places.getAsync(done));
  const typed = now.map((place) => place.locationIdentifier).filter((place) => place.type === "custom");
  const ours = typed.filter((place) => findLink(place.id, origin));
  const old = ours.filter((place) => place.id !== link);
  if (old.length > 0) await call<void>("enhancedLocation.removeAsync", (done) => places.removeAsync(old, done));
  if (!link || typed.length > ours.length || ours.some((place) => place.id === link)) return;
  const added = [{ id: link, type: "custom" as const }];
  await call<void>("enhancedLocation.addAsync", (done) => places.addAsync(added, done));
}

/** One string may hold rooms, which setAsync would turn into mere words: only an empty one, or our own link, is written. */
async function writeText(link: string, origin: string): Promise<void> {
  const { location } = item();
  const now = await call<string>("location.getAsync", (done) => location.getAsync(done));
  if (now.trim() === link || (now.trim() !== "" && !isOnlyLink(now, origin))) return;
  await call<void>("location.setAsync", (done) => location.setAsync(link, done));
}
