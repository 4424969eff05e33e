// Times and reasons, as people read them.
import type { Reason } from "../../internal/web/client/api.ts";
import { say, type Word } from "../words.ts";

/** When something is, in the reader's own zone: "Tue, 24 Nov, 14:00 – 14:30". */
export function moment(start: string, end: string): string {
  const shape = new Intl.DateTimeFormat(say("language"), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return shape.formatRange(new Date(start), new Date(end));
}

const known: Record<string, Word> = {
  pmi_setting: "whyPmiSetting",
  pmi_asked: "whyPmiAsked",
  one_time_setting: "whyOneTimeSetting",
  one_time_asked: "whyOneTimeAsked",
  room_unavailable: "whyRoomUnavailable",
};

/** Why it is the room or a one-time number. English has the server's own sentence, which names events and guests. */
export function whyOf({ code, text }: Reason): string {
  const word = say("language") === "en" ? undefined : known[code];
  return word ? say(word) : text;
}
