// Every setting, as the page shows it, under the words of the portal.
import type { Settings } from "../../internal/web/client/api.ts";
import { h } from "../../internal/web/client/dom.ts";
import { idOf, settingOf, type Value } from "../../internal/web/client/settings.ts";
import { say } from "../words.ts";

/** One setting. */
export interface Field {
  name: string; // of the API: "keyword", "guard.overlap"
  label: string;
  hint?: string;
  choices?: Record<string, string>;
  amount?: { least: number; most: number };
}

/** Some settings under a heading. */
export interface Section {
  title: string;
  fields: Field[];
  more?: { label: string; path: string }; // a page of the portal
}

/** All of them, those of scheduling first; of mail only where it can be sent. */
export function sections(mail: boolean): Section[] {
  return [
    {
      title: say("schedulingOptions"),
      fields: [
        { name: "use_pmi_for_scheduled", label: say("usePmi"), hint: say("usePmiAbout") },
        { name: "ask_each_time", label: say("askEachTime"), hint: say("askEachTimeHint") },
        { name: "default_duration_minutes", label: say("duration"), amount: { least: 5, most: 1440 } },
      ],
    },
    {
      title: say("instantMeetings"),
      fields: [{ name: "use_pmi_for_instant", label: say("usePmiInstant"), hint: say("usePmiInstantHint") }],
    },
    { title: say("joinLinks"), fields: links() },
    {
      title: say("overlapTitle"),
      fields: [
        {
          name: "guard.overlap",
          label: say("overlap"),
          choices: { one_time: say("overlapOneTime"), warn: say("overlapWarn"), allow: say("overlapAllow") },
        },
        { name: "guard.buffer_minutes", label: say("buffer"), amount: { least: 0, most: 120 } },
      ],
    },
    {
      title: say("unfamiliarTitle"),
      fields: [
        {
          name: "guard.unfamiliar",
          label: say("unfamiliar"),
          hint: say("unfamiliarHint"),
          choices: {
            waiting_room: say("unfamiliarWait"),
            one_time: say("unfamiliarOneTime"),
            allow: say("unfamiliarAllow"),
          },
        },
      ],
      more: { label: say("peopleLink"), path: "/settings/people" },
    },
    { title: say("doorTitle"), fields: door() },
    ...(mail ? [{ title: say("mailTitle"), fields: mails() }] : []),
    { title: say("pauseTitle"), fields: [{ name: "paused", label: say("pause"), hint: say("pauseHint") }] },
  ];
}

function door(): Field[] {
  const early = Object.fromEntries(["5", "10", "15"].map((n) => [n, say("minutes", n)]));
  return [
    { name: "waiting_room", label: say("waitingRoom"), hint: say("waitingRoomHint") },
    { name: "join_before_host", label: say("joinBefore"), hint: say("joinBeforeHint") },
    { name: "join_before_host_minutes", label: say("joinBeforeMinutes"), choices: early },
    { name: "opens_early_minutes", label: say("opensEarly"), amount: { least: 0, most: 60 } },
    { name: "closes_after_minutes", label: say("closesAfter"), amount: { least: 0, most: 240 } },
  ];
}

function mails(): Field[] {
  return [
    { name: "notify.waiting", label: say("mailWaiting") },
    { name: "notify.reconnect", label: say("mailReconnect") },
    { name: "notify.rewritten", label: say("mailRewritten") },
  ];
}

function links(): Field[] {
  const when = {
    keyword: say("autoKeyword"),
    with_guests: say("autoGuests"),
    always: say("autoAlways"),
    never: say("autoNever"),
  };
  const languages = { en: "English", de: "Deutsch", es: "Español", ja: "日本語" };
  return [
    { name: "auto_add", label: say("autoAdd"), choices: when },
    { name: "keyword", label: say("keyword"), hint: say("keywordHint") },
    { name: "put_link_in_location", label: say("putLink"), hint: say("putLinkHint") },
    { name: "embed_passcode", label: say("embedPasscode"), hint: say("embedPasscodeHint") },
    { name: "language", label: say("invitationLanguage"), choices: languages },
  ];
}

/** A value as people read it. */
export function wordsOf(field: Field, value: Value): string {
  if (typeof value === "boolean") return value ? say("on") : say("off");
  if (field.amount) return say("minutes", String(value));
  return field.choices?.[String(value)] ?? String(value);
}

/** The element of a setting, locked where the administrator holds it. */
export function control(field: Field, settings: Settings): HTMLElement {
  const id = idOf(field.name);
  const value = settingOf(settings, field.name);
  const locked = settings.locked[field.name];
  const hint = field.hint ? h("p", { class: "quiet", id: `${id}-hint` }, field.hint) : undefined;
  const lock = locked ? h("p", { class: "quiet lock", id: `${id}-lock` }, say("locked", locked)) : undefined;
  const described = [hint?.id, lock?.id, `${id}-fault`].filter((part) => part !== undefined).join(" ");
  const input = inputOf(field, value, {
    id,
    name: field.name,
    "aria-describedby": described,
    disabled: Boolean(locked),
  });
  const label = h("label", { for: id }, field.label);
  const fault = h("p", { class: "fault", id: `${id}-fault`, hidden: true });
  if (typeof value === "boolean") return h("div", { class: "choice" }, input, label, hint, lock, fault);
  const unit = field.amount ? h("div", { class: "amount" }, input, say("minutesUnit")) : input;
  return h("div", { class: "field" }, label, unit, hint, lock, fault);
}

function inputOf(field: Field, value: Value, attributes: Record<string, string | boolean>): HTMLElement {
  if (typeof value === "boolean") return h("input", { ...attributes, type: "checkbox", checked: value });
  if (field.choices) {
    const options = Object.entries(field.choices).map(([key, text]) =>
      h("option", { value: key, selected: key === String(value) }, text),
    );
    return h("select", typeof value === "number" ? { ...attributes, "data-number": "" } : attributes, ...options);
  }
  const shown = { ...attributes, value: String(value) };
  if (!field.amount) return h("input", { ...shown, type: "text", autocomplete: "off", spellcheck: "false" });
  const { least, most } = field.amount;
  return h("input", { ...shown, type: "number", min: String(least), max: String(most), inputmode: "numeric" });
}
