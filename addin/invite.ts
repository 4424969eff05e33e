// The one way an invitation gets into an appointment and out of it, for the pane, the button and the event alike.
import type { Api, Invitation, InvitationAsk, Removal } from "../internal/web/client/api.ts";
import { type Found, findLink, findLinks, numberOf } from "../internal/web/client/link.ts";
import { Problem } from "../internal/web/client/problem.ts";
import { inTurn } from "../internal/web/client/turn.ts";
import { type Appointment, prepend, read, readBody, replaceBody, writeLocation, writeStamp } from "./appointment.ts";

/** What a person chose for this one meeting; what is left out is as in their settings. */
export interface Wish {
  usePmi?: boolean | undefined;
  inLocation?: boolean | undefined;
}

/** What came of it. */
export interface Outcome {
  invitation: Invitation;
  replaced: boolean; // there was one before
  locationRefused: boolean; // the text is in, the location could not be written
}

/** The text did not stay in the appointment, or is too long for it. */
export class NotTaken extends Error {
  readonly reason: "refused" | "too_long";
  constructor(reason: "refused" | "too_long") {
    super(`the appointment did not take the text: ${reason}`);
    this.name = "NotTaken";
    this.reason = reason;
  }
}

/** One occurrence of a series is open, and its link is the series' own: only the whole series can change it. */
export class InSeries extends Error {
  override name = "InSeries";
}

const longest = 1_000_000; // characters of a body, in Office and in the API
const attempts = 3;
const gap = { html: "<br><br>", text: "\n\n" }; // as in merged_body; whoever takes the invitation out takes it along

/** The invitations of one installation. */
export class Desk {
  readonly origin: string;
  #api: Api;

  constructor(origin: string, api: Api) {
    this.origin = origin;
    this.#api = api;
  }

  /** Says what would be inserted and why; nothing is claimed. */
  async preview(now: Appointment, wish: Wish, signal?: AbortSignal): Promise<Invitation> {
    return this.#api.invite({ ...this.#ask(now, wish), format: "text", preview: true }, signal);
  }

  /** The link that is in an appointment already, if any. */
  present(now: Appointment): Found | undefined {
    return findLink(now.body, this.origin);
  }

  /** Inserts the invitation or brings it up to date. Two at once wait for each other, so that the second finds the first. */
  insert(wish: Wish, signal: AbortSignal): Promise<Outcome> {
    return inTurn("parlor:appointment", () => this.#insert(wish, signal), signal);
  }

  async #insert(wish: Wish, signal: AbortSignal): Promise<Outcome> {
    const now = await read();
    if (now.occurrence && this.present(now)) throw new InSeries("one occurrence of a series");
    const ask = this.#ask(now, wish);
    const invitation = await this.#invite(now, { ...ask, ...newKey() }, signal);
    try {
      return await this.#settle(now, invitation, wish, signal);
    } catch (thrown) {
      if (!ask.meeting_number) await this.#giveUp(now, invitation);
      throw thrown;
    }
  }

  /** Puts an invitation into the appointment; asks for it again with the body as it is then, where that changes meanwhile. */
  async #settle(now: Appointment, invitation: Invitation, wish: Wish, signal: AbortSignal): Promise<Outcome> {
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw signal.reason;
      if (await this.#put(now, invitation, signal)) return this.#finish(invitation, wish);
      if (attempt === attempts) throw new NotTaken("refused");
      now = { ...now, ...(await readBody()), stamp: invitation.stamp };
      if (signal.aborted) throw signal.reason;
      invitation = await this.#invite(now, this.#ask(now, wish), signal);
    }
  }

  /** A number that got nowhere must not hold its place in the room, or the next attempt would find the room taken by it.
   *  Where this fails too, the server forgets the number after a day. */
  async #giveUp(now: Appointment, { meeting_number }: Invitation): Promise<void> {
    const nothing = { format: now.format, current_body: "", meeting_number };
    await this.#api.remove({ ...this.#event(now), ...nothing }).catch(() => undefined);
  }

  /** Asks with the body; without it where it is too long to send and holds none of ours. */
  async #invite(now: Appointment, ask: InvitationAsk, signal: AbortSignal): Promise<Invitation> {
    const sendable = now.body.length <= longest;
    if (!sendable && this.present(now)) throw new NotTaken("too_long");
    try {
      return await this.#api.invite(sendable ? { ...ask, current_body: now.body } : ask, signal);
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.kind !== "too_large") throw thrown;
      if (this.present(now)) throw new NotTaken("too_long");
      return this.#api.invite(ask, signal);
    }
  }

  /** Writes the text; false when the body changed meanwhile or did not keep it. */
  async #put(now: Appointment, invitation: Invitation, signal: AbortSignal): Promise<boolean> {
    if (!invitation.replaced) {
      await prepend(invitation.body + gap[now.format], now.format);
      if (await this.#holds(invitation)) return true;
    }
    // What was typed while the server thought must not be lost: the body is set only as long as it is the one that was sent.
    const before = await readBody();
    if (invitation.merged_body === undefined || !sameText(before.body, now.body)) return false;
    if (signal.aborted) throw signal.reason;
    await replaceBody(invitation.merged_body, now.format);
    return this.#holds(invitation);
  }

  async #holds(invitation: Invitation): Promise<boolean> {
    const { body } = await readBody();
    return findLinks(body, this.origin).some((link) => link.number === invitation.meeting_number);
  }

  async #finish(invitation: Invitation, wish: Wish): Promise<Outcome> {
    const wanted = wish.inLocation ?? invitation.location !== "";
    const link = wanted ? invitation.location || invitation.join_url : "";
    const [written] = await Promise.all([writeLocation(link, this.origin), writeStamp(invitation.stamp)]);
    return { invitation, replaced: invitation.replaced, locationRefused: wanted && !written };
  }

  /** Takes the invitation out of the text and the location. */
  remove(signal: AbortSignal): Promise<Removal> {
    return inTurn("parlor:appointment", () => this.#remove(signal), signal);
  }

  async #remove(signal: AbortSignal): Promise<Removal> {
    for (let attempt = 1; ; attempt++) {
      const now = await read();
      if (now.occurrence) throw new InSeries("one occurrence of a series");
      if (now.body.length > longest) throw new NotTaken("too_long");
      const removal = await this.#api.remove(
        { ...this.#event(now), format: now.format, current_body: now.body },
        signal,
      );
      if (signal.aborted) throw signal.reason;
      if (sameText((await readBody()).body, now.body)) {
        if (removal.merged_body !== now.body) await replaceBody(removal.merged_body, now.format);
        await Promise.all([writeLocation("", this.origin), writeStamp(removal.stamp)]);
        return removal;
      }
      if (attempt === attempts) throw new NotTaken("refused");
    }
  }

  #ask(now: Appointment, wish: Wish): InvitationAsk {
    const ask: InvitationAsk = {
      ...this.#event(now),
      title: now.title.replace(/\s+/g, " ").slice(0, 1024),
      start: now.start.toISOString(),
      end: now.end.toISOString(),
      attendees: now.guests,
      format: now.format,
    };
    if (now.zone) ask.time_zone = now.zone;
    if (now.recurrence.length > 0) ask.recurrence = now.recurrence;
    if (wish.usePmi !== undefined) ask.use_pmi = wish.usePmi;
    return ask;
  }

  /** What tells the server which event it is about: the number of its link, else of its stamp. */
  #event(now: Appointment): { meeting_number?: string; on_behalf_of?: string } {
    const number = this.present(now)?.number || numberOf(now.stamp);
    return { ...(number && { meeting_number: number }), ...(now.owner && { on_behalf_of: now.owner }) };
  }
}

/** Whether two readings of a body say the same: Outlook may number its elements anew at each reading. */
function sameText(one: string, other: string): boolean {
  return one === other || seen(one) === seen(other);
}

function seen(body: string): string {
  const words = body.replace(/<[^>]*>/g, " ").replace(/(?:\s|&nbsp;)+/g, " ");
  return `${body.split(/<img\b/i).length} ${words}`;
}

/** The same request sent twice claims one meeting; a runtime without randomness goes without. */
function newKey(): { idempotency_key?: string } {
  if (typeof crypto === "undefined") return {};
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { idempotency_key: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
