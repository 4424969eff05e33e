// What the parts of the extension say to each other. Everybody asks the worker, which alone holds tokens and speaks to the
// server; a content script may ask only what is in ContentAsks. Nothing else is listened to: no page can say any of this.
import type {
  Calendar,
  EventAsk,
  Invitation,
  Link,
  Meeting,
  Person,
  Reason,
  Removal,
  Room,
  Scheduled,
  Settings,
  Started,
  Tagged,
} from "../internal/web/client/api.ts";
import type { Fault, ProblemKind } from "../internal/web/client/problem.ts";

/** An event as it stands in a form, not saved yet. */
export interface EventFields {
  title: string;
  start: string; // RFC 3339 with an offset: "2026-11-24T14:00:00+01:00"
  end: string;
  zone?: string; // IANA name, where the form names one
  guests: string[]; // e-mail addresses
  recurrence: string[]; // RRULE lines; empty for a single event
}

/** What is written in the form now; what is left out is not asked about. */
export interface EventTexts {
  format: "html" | "text";
  body: string;
  location: string;
}

/** What went wrong, in the reader's language: what happened, what is safe, the next step. */
export interface Trouble {
  kind: ProblemKind | "not_set_up"; // not_set_up: no server address was entered yet
  title: string;
  detail: string;
  next: string;
  faults: Fault[]; // of fields, where the server names them
}

/** Who is signed in here. */
export type WhoAmI =
  | { signedIn: false; server: string } // server: origin, "" when none was entered yet
  | { signedIn: true; server: string; person: Person; usePMI: boolean; pmi: string; lockedPMI?: string };

/** What content scripts may ask, with what is answered. */
export interface ContentAsks {
  whoami: { ask: object; answer: WhoAmI };
  /** What would be: kind, why and conflict. Nothing is claimed. */
  preview: { ask: { event: EventFields; usePMI?: boolean; number?: string }; answer: Invitation };
  /** Claims a number for an event that is not saved yet, or asks again for the one it has; merged_body and merged_location are what to write. */
  invite: {
    ask: { event: EventFields; texts: EventTexts; usePMI?: boolean; number?: string; key: string };
    answer: Invitation;
  };
  /** Takes our part out of the texts of an event that is not saved yet. */
  remove: { ask: { texts: EventTexts; number?: string }; answer: Removal };
  /** Takes the link out of a saved event; the server does the writing. */
  removeSaved: { ask: { number: string }; answer: object };
  /** The link of a saved event; none is null, not trouble. */
  link: { ask: { calendar: string; eventId: string }; answer: Link | null };
  /** Puts a link into a saved event, or changes its kind; the server does the writing. */
  addLink: { ask: { calendar: string; eventId: string; usePMI?: boolean }; answer: Link };
  /** The bare link of the room, for when nothing can be written into the page. */
  copyLink: { ask: object; answer: { joinUrl: string } };
  signIn: { ask: object; answer: WhoAmI };
  openOptions: { ask: object; answer: object };
}

/** All that the pop-up shows at first. */
export interface Home {
  person: Person;
  room: Room;
  tagged: Tagged;
  next: Meeting | null;
  calendars: Calendar[];
}

/** What the extension's own pages may ask besides. */
export interface PageAsks {
  home: { ask: object; answer: Home };
  settings: { ask: object; answer: { person: Person; tagged: Tagged } };
  saveSettings: { ask: { etag: string; change: Partial<Settings> }; answer: Tagged };
  schedule: { ask: { event: EventAsk }; answer: Scheduled };
  start: { ask: { usePMI?: boolean }; answer: Started };
  signOut: { ask: object; answer: WhoAmI };
  /** Only in a generic build; the page has asked the browser for the permission. */
  setServer: { ask: { address: string }; answer: WhoAmI };
}

export type Asks = ContentAsks & PageAsks;

/** What comes back. */
export type Reply<Answer> = { answer: Answer } | { error: Trouble };

/** What the worker tells content scripts, through tabs: who is signed in has changed, or their settings. */
export interface Changed {
  kind: "changed";
}

export type { Invitation, Link, Person, Reason, Removal };
