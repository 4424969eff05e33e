import type { Invitation, Reason } from "../../internal/web/client/api.ts";
import { h } from "../../internal/web/client/dom.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import { detailOf, whyOf } from "../telling.ts";
import type { Words } from "../words.ts";

/** What will stand in the event: which kind of number, why, and how the text will read. */
export function previewCard(invitation: Invitation, words: Words): Node[] {
  return [
    h("h2", {}, words.previewTitle),
    kindChip(invitation, words),
    ...why(invitation, words),
    h("p", { class: "text" }, textOf(invitation.body)),
  ];
}

/** What stands in the event. */
export function presentCard(invitation: Invitation, number: string, words: Words): Node[] {
  const shown = invitation.meeting_number || number;
  return [
    kindChip(invitation, words),
    h("dl", {}, h("dt", {}, words.meetingNumber), h("dd", { class: "number", id: "meeting-number" }, spaced(shown))),
    ...why(invitation, words),
  ];
}

function kindChip(invitation: Invitation, words: Words): Node {
  const room = invitation.kind === "pmi";
  const chip = h("span", { class: room ? "chip room" : "chip", id: "kind" }, room ? words.kindPmi : words.kindOneTime);
  return h("p", { class: "chips" }, chip);
}

function why(invitation: Invitation, words: Words): Node[] {
  const told = (reason: Reason, id: string): Node[] => {
    const detail = detailOf(reason, words);
    return [h("p", { id }, whyOf(reason, words)), ...(detail ? [h("p", { class: "quiet", lang: "en" }, detail)] : [])];
  };
  const { waits } = invitation;
  return [...told(invitation.why, "why"), ...(waits ? told(waits, "waits") : [])];
}

/** The lines between the separators. */
function textOf(body: string): string {
  const lines = body.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "" && !/^[\W_]{5,}$/u.test(line)).join("\n");
}
