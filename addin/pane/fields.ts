import type { Settings } from "../../internal/web/client/api.ts";
import { h } from "../../internal/web/client/dom.ts";
import { idOf, settingOf, type Value } from "../../internal/web/client/settings.ts";
import { fill } from "../telling.ts";
import type { Words } from "../words.ts";

/** One setting as the form shows it. */
interface Field {
  name: string; // of the API: "keyword", "guard.overlap"
  label: string;
  hint?: string;
  choices?: Record<string, string>;
  amount?: { least: number; most: number; unit: string };
}

/** The settings that matter in Outlook, in the order people need them. */
export function fieldsOf(words: Words): Field[] {
  const { minutes: unit } = words;
  const languages = { en: "English", de: "Deutsch", es: "Español", ja: "日本語" };
  return [
    { name: "use_pmi_for_scheduled", label: words.defaultPmi, hint: words.defaultPmiHint },
    { name: "use_pmi_for_instant", label: words.instantPmi, hint: words.instantPmiHint },
    { name: "auto_add", label: words.autoAdd, choices: words.autoAddChoices },
    { name: "keyword", label: words.keyword, hint: words.keywordHint },
    { name: "put_link_in_location", label: words.putLink, hint: words.putLinkHint },
    { name: "embed_passcode", label: words.embedPasscode, hint: words.embedPasscodeHint },
    { name: "guard.overlap", label: words.overlap, choices: words.overlapChoices },
    { name: "guard.buffer_minutes", label: words.buffer, amount: { least: 0, most: 120, unit } },
    { name: "guard.unfamiliar", label: words.unfamiliar, choices: words.unfamiliarChoices },
    { name: "waiting_room", label: words.waitingRoom, hint: words.waitingRoomHint },
    { name: "default_duration_minutes", label: words.duration, amount: { least: 5, most: 1440, unit } },
    { name: "language", label: words.invitationLanguage, choices: languages },
  ];
}

/** A value as people read it. */
export function wordsOf(field: Field, value: Value, words: Words): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (field.amount) return `${value} ${field.amount.unit}`;
  return field.choices?.[String(value)] ?? String(value);
}

/** The element of a setting, locked where the administrator holds it. */
export function control(field: Field, settings: Settings, words: Words): HTMLElement {
  const id = idOf(field.name);
  const value = settingOf(settings, field.name);
  const locked = settings.locked[field.name];
  const hint = field.hint ? h("p", { class: "quiet", id: `${id}-hint` }, field.hint) : undefined;
  const lock = locked
    ? h("p", { class: "quiet lock", id: `${id}-lock` }, fill(words.locked, { reason: locked }))
    : undefined;
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
  const unit = field.amount ? h("div", { class: "amount" }, input, field.amount.unit) : input;
  return h("div", { class: "field" }, label, unit, hint, lock, fault);
}

function inputOf(field: Field, value: Value, attributes: Record<string, string | boolean>): HTMLElement {
  if (typeof value === "boolean") return h("input", { ...attributes, type: "checkbox", checked: value });
  if (field.choices) {
    const options = Object.entries(field.choices).map(([key, text]) =>
      h("option", { value: key, selected: key === value }, text),
    );
    return h("select", attributes, ...options);
  }
  const shown = { ...attributes, value: String(value) };
  if (!field.amount) return h("input", { ...shown, type: "text", autocomplete: "off", spellcheck: "false" });
  const { least, most } = field.amount;
  return h("input", { ...shown, type: "number", min: String(least), max: String(most), inputmode: "numeric" });
}
