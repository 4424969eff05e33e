// The calls of /v1 that clients make. Errors are Problems; nothing here knows Office or a browser's extension interface.
import type { components } from "./api.gen.ts";
import type { Session } from "./oauth.ts";
import { type Answer, accepted, send } from "./wire.ts";

type Schemas = components["schemas"];

export type Settings = Schemas["Settings"];
export type Room = Schemas["RoomView"];
export type Reason = Schemas["Reason"];

export type Person = Schemas["SessionView"];
export type InvitationAsk = Schemas["InvitationBody"];
export type Invitation = Schemas["Invitation"];
export type RemovalAsk = Schemas["RemovalBody"];
export type Removal = Schemas["Removal"];
export type Link = Schemas["Link"];
export type LinkAsk = Schemas["LinkBody"];
export type EventAsk = Schemas["EventBody"];
export type Scheduled = Schemas["Scheduled"];
export type Started = Schemas["Started"];
export type Meeting = Schemas["MeetingView"];
export type Calendar = Schemas["CalendarView"];

/** Settings with the tag of the version that was read. */
export interface Tagged {
  settings: Settings;
  etag: string;
}

interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** The API of one installation as one signed-in person. */
export class Api {
  #origin: string;
  #session: Session;

  constructor(origin: string, session: Session) {
    this.#origin = origin;
    this.#session = session;
  }

  async person(signal?: AbortSignal): Promise<Person> {
    return (await this.#call({ method: "GET", path: "/v1/session", signal })).body as Person;
  }

  async settings(signal?: AbortSignal): Promise<Tagged> {
    return tagged(await this.#call({ method: "GET", path: "/v1/settings", signal }));
  }

  /** Saves the given fields; a Problem of kind stale says that somebody else saved meanwhile. */
  async saveSettings(etag: string, change: Partial<Settings>, signal?: AbortSignal): Promise<Tagged> {
    const headers = { "If-Match": etag };
    return tagged(await this.#call({ method: "PUT", path: "/v1/settings", body: change, headers, signal }));
  }

  async room(signal?: AbortSignal): Promise<Room> {
    return (await this.#call({ method: "GET", path: "/v1/room", signal })).body as Room;
  }

  /** Claims a meeting for an event that the client saves itself, or brings one up to date; with preview it only tells. */
  async invite(ask: InvitationAsk, signal?: AbortSignal): Promise<Invitation> {
    const answer = await this.#call({ method: "POST", path: "/v1/invitations", body: ask, signal });
    return answer.body as Invitation;
  }

  /** Takes our part out of the texts of an event. */
  async remove(ask: RemovalAsk, signal?: AbortSignal): Promise<Removal> {
    const answer = await this.#call({ method: "POST", path: "/v1/invitations/removal", body: ask, signal });
    return answer.body as Removal;
  }

  /** The link of a saved event; a Problem of kind missing says that it has none. */
  async link(calendar: string, eventId: string, signal?: AbortSignal): Promise<Link> {
    const query = `calendar=${encodeURIComponent(calendar)}&event_id=${encodeURIComponent(eventId)}`;
    return (await this.#call({ method: "GET", path: `/v1/links?${query}`, signal })).body as Link;
  }

  /** Puts a link into a saved event, or changes the kind of the one it has. */
  async addLink(ask: LinkAsk, signal?: AbortSignal): Promise<Link> {
    return (await this.#call({ method: "POST", path: "/v1/links", body: ask, signal })).body as Link;
  }

  /** Takes the link out of a meeting's event. */
  async removeMeeting(number: string, signal?: AbortSignal): Promise<void> {
    await this.#call({ method: "DELETE", path: `/v1/meetings/${encodeURIComponent(number)}`, signal });
  }

  /** Makes an event with a link in one of the person's calendars. */
  async schedule(ask: EventAsk, signal?: AbortSignal): Promise<Scheduled> {
    return (await this.#call({ method: "POST", path: "/v1/events", body: ask, signal })).body as Scheduled;
  }

  /** Begins a meeting now. */
  async start(usePMI?: boolean, signal?: AbortSignal): Promise<Started> {
    const body = usePMI === undefined ? {} : { use_pmi: usePMI };
    return (await this.#call({ method: "POST", path: "/v1/room/start", body, signal })).body as Started;
  }

  /** The first of the coming meetings, by start. */
  async meetings(signal?: AbortSignal): Promise<Meeting[]> {
    const answer = await this.#call({ method: "GET", path: "/v1/meetings", signal });
    return (answer.body as Schemas["MeetingsPage"]).meetings;
  }

  async calendars(signal?: AbortSignal): Promise<Calendar[]> {
    const answer = await this.#call({ method: "GET", path: "/v1/calendars", signal });
    return (answer.body as Schemas["Calendars"]).calendars;
  }

  /** Sends a call; a refused token is renewed and the call sent once more. */
  async #call(call: Call): Promise<Answer> {
    const token = await this.#session.token();
    const answer = await this.#send(call, token);
    if (answer.status !== 401) return accepted(answer);
    await this.#session.drop(token);
    return accepted(await this.#send(call, await this.#session.token()));
  }

  #send(call: Call, token: string): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json", Authorization: `Bearer ${token}` };
    if (call.body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method: call.method, headers: { ...headers, ...call.headers } };
    if (call.body !== undefined) init.body = JSON.stringify(call.body);
    return send(this.#origin + call.path, init, call.signal);
  }
}

function tagged(answer: Answer): Tagged {
  return { settings: answer.body as Settings, etag: answer.etag };
}
