// Settings as forms have them: one by one, under the names of the API, those of the guard as "guard.overlap".
import type { Settings } from "./api.ts";

export type Value = string | number | boolean;

/** The value of a setting. */
export function settingOf(settings: Settings, name: string): Value {
  const [first = "", second] = name.split(".");
  const value = (settings as unknown as Record<string, unknown>)[first];
  return (second ? (value as Record<string, unknown>)[second] : value) as Value;
}

/** The settings that a form changes, as the API takes them; those of a group go together. */
export function changeOf(settings: Settings, form: Map<string, Value>): Partial<Settings> {
  const change: Record<string, unknown> = {};
  for (const [name, value] of form) {
    const [first = "", second] = name.split(".");
    if (settingOf(settings, name) === value) continue;
    const group = (settings as unknown as Record<string, object>)[first];
    if (second) change[first] = { ...group, ...(change[first] as object), [second]: value };
    else change[first] = value;
  }
  return change as Partial<Settings>;
}

/** The id of a setting's control: "setting-guard-overlap". */
export function idOf(name: string): string {
  return `setting-${name.replace(".", "-").replace(/_/g, "-")}`;
}

/** What stands in the form now. */
export function valuesOf(form: HTMLFormElement): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const element of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    if (element.disabled) continue;
    if (element.type === "checkbox") values.set(element.name, (element as HTMLInputElement).checked);
    else if (element.type === "number" || "number" in element.dataset)
      values.set(element.name, Math.trunc(Number(element.value || -1)));
    else values.set(element.name, element.value);
  }
  return values;
}
