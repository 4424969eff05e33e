// Our own join link in a text that a calendar may have rewritten: escaped as HTML, or wrapped by SafeLinks or Google. It only
// says that a link is there and which meeting it leads to; what is to be done with the text is the server's to say.

/** A link of ours as found in a text. */
export interface Found {
  id: string; // digits of the path: the PMI or the meeting number
  number: string; // the meeting number, "" when the link is bare
  address: string; // the link itself, unwrapped
}

/** Finds all join links of the installation. */
export function findLinks(text: string, origin: string): Found[] {
  const links: Found[] = [];
  const plain = `${origin}/j/`;
  for (const start of [plain, encodeURIComponent(plain)]) {
    const sought = new RegExp(escaped(start), "gi"); // the escapes of a wrapped link come in either case
    for (const { index } of text.matchAll(sought)) {
      const rest = text.slice(index + start.length, index + start.length + 400);
      const found = read(rest);
      if (found) links.push({ ...found, address: plain + unwrapped(rest, start !== plain) });
    }
  }
  return links;
}

function escaped(text: string): string {
  return text.replace(/[^\w/:%-]/g, "\\$&");
}

/** The link that stands for the meeting: the first that names one, else the first; undefined when there is none. */
export function findLink(text: string, origin: string): Found | undefined {
  const links = findLinks(text, origin);
  return links.find((link) => link.number !== "") ?? links[0];
}

const path = /^(\d{9,11})(?!\d)([^\s"'<>]*)/;
const omn = /(?:[?&;]|%26|%3f)omn(?:=|%3d)(\d{11})(?!\d)/i;

function read(rest: string): Omit<Found, "address"> | undefined {
  const [, id, tail] = path.exec(rest) ?? [];
  if (!id) return undefined;
  const number = omn.exec(tail ?? "")?.[1] ?? (id.length === 11 ? id : "");
  return { id, number };
}

/** The link as it was written: up to where the text, or the wrapping address, goes on. */
function unwrapped(rest: string, wrapped: boolean): string {
  if (!wrapped) return (/^[^\s"'<>]*/.exec(rest)?.[0] ?? "").replace(/&amp;/g, "&").replace(/[.,;)]+$/, "");
  try {
    return decodeURIComponent(/^[^\s"'<>&]*/.exec(rest)?.[0] ?? "");
  } catch {
    return "";
  }
}

/** An address that may be followed; undefined for what would run as a script or lead into the machine, whoever sent it. */
export function followable(address: string): string | undefined {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : undefined;
}

/** Whether a text is nothing but our link. */
export function isOnlyLink(text: string, origin: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith(`${origin}/j/`) && !/\s/.test(trimmed) && !trimmed.includes(";");
}

/** The meeting number in a stamp: "v1 n=98765432109 k=pmi …"; "" when it names none. */
export function numberOf(stamp: string): string {
  return /(?:^| )n=(\d{11})(?: |$)/.exec(stamp)?.[1] ?? "";
}
