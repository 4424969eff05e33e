// What the pop-up shows first: the next meeting, and what can be done now.
import type { Meeting, Reason } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import { ask } from "../ask.ts";
import type { Home } from "../messages.ts";
import { mustReconnect } from "../reconnect.ts";
import { actions, copier, outside, type Stage } from "../stage.ts";
import { say } from "../words.ts";
import { schedule } from "./schedule.ts";
import { starter } from "./start.ts";
import { moment, whyOf } from "./telling.ts";

/** Reads and shows. Whoever was signed out meanwhile is sent back by again. */
export async function home(stage: Stage, server: string, again: () => void): Promise<void> {
  const facts = await ask("home", {});
  const signal = stage.next();
  const parts = [
    reconnect(facts, server),
    facts.tagged.settings.paused ? h("p", { class: "note warn", id: "paused" }, say("pausedNow")) : undefined,
    next(stage, facts.next, signal),
    now(stage, facts, signal, again),
    room(stage, facts, signal),
  ];
  stage.bar(button(say("settings"), { class: "plain", id: "settings" }, () => void openSettings(), signal));
  stage.foot(h("span", {}, say("signedInAs", facts.person.email)), outside(say("openPortal"), server));
  stage.show("home", say("name"), ...parts);
}

async function openSettings(): Promise<void> {
  await ask("openOptions", {});
  close();
}

function reconnect({ calendars }: Home, server: string): HTMLElement | undefined {
  const wrong = calendars.filter(mustReconnect);
  if (wrong.length === 0) return undefined;
  const names = wrong.map(({ name }) => name).join(", ");
  const way = outside(say("reconnect"), `${server}/calendars`, { id: "reconnect" });
  return h("div", { class: "note warn" }, h("p", {}, say("reconnectWhy", names)), h("p", {}, way));
}

function next(stage: Stage, meeting: Meeting | null, signal: AbortSignal): HTMLElement {
  const heading = h("h2", { id: "next" }, say("nextMeeting"));
  if (!meeting) {
    return h("section", { class: "card", "aria-labelledby": "next" }, heading, h("p", {}, say("noMeeting")));
  }
  const time = h("time", { datetime: meeting.start }, moment(meeting.start, meeting.end));
  const kind = h("span", { class: meeting.kind === "pmi" ? "chip room" : "chip" }, kindOf(meeting));
  const told = (reason: Reason | undefined, tone: string) => reason && h("p", { class: tone }, whyOf(reason));
  return h(
    "section",
    { class: "card", "aria-labelledby": "next" },
    heading,
    h("p", { class: "what" }, h("strong", { dir: "auto" }, meeting.title || say("untitled")), time, kind),
    told(meeting.why, "quiet"),
    told(meeting.waits, "note"),
    told(meeting.conflict, "note warn"),
    actions(
      outside(say("join"), meeting.join_url, { class: "button", id: "join" }),
      copier(stage, say("copyInvitation"), meeting.invitation, signal, "copy-next"),
    ),
  );
}

function kindOf({ kind, meeting_number }: Meeting): string {
  return kind === "pmi" ? say("kindPmi") : say("kindOneTime", spaced(meeting_number));
}

function now(stage: Stage, facts: Home, signal: AbortSignal, again: () => void): HTMLElement {
  const plan = button(say("scheduleMeeting"), { id: "schedule" }, () => schedule(stage, facts, again), signal);
  return h("section", { class: "card", "aria-label": say("newMeeting") }, ...starter(stage, facts, plan, signal));
}

function room(stage: Stage, { room: { pmi, join_url, invitation, status } }: Home, signal: AbortSignal): HTMLElement {
  return h(
    "section",
    { class: "card", "aria-labelledby": "room" },
    h("h2", { id: "room" }, say("yourRoom")),
    h("p", {}, say("pmiIs"), " ", h("strong", { class: "number" }, spaced(pmi))),
    status === "ready" ? undefined : h("p", { class: "note warn" }, say("roomUnavailable")),
    actions(
      copier(stage, say("copyLink"), join_url, signal, "copy-link"),
      copier(stage, say("copyInvitation"), invitation, signal, "copy-room"),
    ),
  );
}
