// The meeting that was made: its link, to be given to people.
import type { EventAsk, Scheduled } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import { actions, copier, outside, type Stage } from "../stage.ts";
import { say } from "../words.ts";
import { moment, whyOf } from "./telling.ts";

/** Shows what came of it. */
export function scheduled(stage: Stage, event: EventAsk, made: Scheduled, back: () => void): void {
  const signal = stage.next();
  const link = h("input", { type: "text", id: "link", readonly: true, value: made.join_url });
  const open = made.html_link ? outside(say("openEvent"), made.html_link, { id: "open-event" }) : undefined;
  const time = h("time", { datetime: event.start }, moment(event.start, event.end ?? event.start));
  stage.bar(button(say("back"), { class: "plain", id: "back" }, back, signal));
  stage.show(
    "scheduled",
    say("scheduled"),
    h("p", { class: "what" }, h("strong", { dir: "auto" }, event.title || say("untitled")), time),
    h("p", { class: "text" }, whyOf(made.why)),
    h("div", { class: "field" }, h("label", { for: "link" }, say("linkLabel")), link),
    h("p", { class: "quiet" }, say("meetingNumber", spaced(made.meeting_number))),
    actions(
      copier(stage, say("copyLinkOf"), made.join_url, signal, "copy-made"),
      copier(stage, say("copyInvitation"), made.invitation, signal, "copy-invitation"),
      open,
    ),
  );
}
