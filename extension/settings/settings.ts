// The form of all settings: saved together, with what was changed elsewhere meanwhile shown beside.
import type { Settings, Tagged } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { changeOf, idOf, valuesOf } from "../../internal/web/client/settings.ts";
import { ask, Refused } from "../ask.ts";
import type { Trouble } from "../messages.ts";
import { outside, type Stage } from "../stage.ts";
import { say } from "../words.ts";
import { conflict } from "./conflict.ts";
import { control, sections } from "./fields.ts";

/** Reads the settings and shows them. */
export async function settings(stage: Stage, server: string, again: () => void): Promise<void> {
  const { person, tagged } = await ask("settings", {});
  show(stage, { server, mail: person.mail }, tagged, again);
  const signal = stage.whole;
  const leave = button(say("signOut"), { class: "plain", id: "sign-out" }, () => void out(), signal);
  const out = () =>
    stage.doing(leave, async () => {
      await ask("signOut", {});
      again();
    });
  stage.foot(h("span", {}, say("signedInAs", person.email)), leave, outside(say("openPortal"), server));
}

/** The Parlor that the settings are of. */
interface Place {
  server: string;
  mail: boolean; // it can send any
}

function show(stage: Stage, place: Place, tagged: Tagged, again: () => void): void {
  const signal = stage.next();
  const trouble = h("div", { id: "trouble" });
  const save = h("button", { class: "button", type: "submit", id: "save" }, say("saveChanges"));
  const state = h("span", { class: "quiet", id: "state", role: "status" });
  const parts = sections(place.mail).map(({ title, fields, more }, at) => {
    const heading = h("h2", { id: `section-${at}` }, title);
    const controls = fields.map((field) => control(field, tagged.settings));
    return h(
      "section",
      { "aria-labelledby": heading.id },
      h("div", { class: "about" }, heading, more && h("p", {}, outside(more.label, place.server + more.path))),
      h("div", { class: "fields" }, ...controls),
    );
  });
  const form = h(
    "form",
    { class: "settings", novalidate: true },
    ...parts,
    trouble,
    h("p", { class: "save actions" }, save, state),
  );
  form.addEventListener("input", () => state.replaceChildren(isChanged(form, tagged) ? say("unsaved") : ""), {
    signal,
  });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      void stage.doing(save, () => put(form, tagged, changeOf(tagged.settings, valuesOf(form))), trouble);
    },
    { signal },
  );
  const put = async (form: HTMLFormElement, from: Tagged, change: Partial<Settings>): Promise<void> => {
    clearFaults(form);
    try {
      const saved = await ask("saveSettings", { etag: from.etag, change });
      show(stage, place, saved, again);
      const line = document.getElementById("state");
      if (line) line.textContent = say("saved");
      document.getElementById("save")?.focus();
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      if (thrown.trouble.kind === "stale") return compare(form);
      if (!markFaults(form, thrown.trouble)) throw thrown;
    }
  };
  const compare = async (form: HTMLFormElement): Promise<void> => {
    const fresh = (await ask("settings", {})).tagged;
    const mine = valuesOf(form);
    const note = conflict(
      fresh.settings,
      mine,
      () => void stage.doing(save, () => put(form, fresh, changeOf(fresh.settings, mine)), trouble),
      () => show(stage, place, fresh, again),
      signal,
    );
    trouble.replaceChildren(note);
    note.focus();
  };
  stage.bar();
  stage.show("settings", say("settings"), form);
}

function isChanged(form: HTMLFormElement, { settings }: Tagged): boolean {
  return Object.keys(changeOf(settings, valuesOf(form))).length > 0;
}

function clearFaults(form: HTMLFormElement): void {
  for (const fault of form.querySelectorAll<HTMLElement>(".fault")) fault.hidden = true;
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/** Puts each fault at its field and goes to the first; false when a fault has no field here. */
function markFaults(form: HTMLFormElement, { faults }: Trouble): boolean {
  const marked = faults.map(({ field, message }) => {
    const input = form.querySelector<HTMLElement>(`[id="${idOf(field)}"]`);
    const fault = form.querySelector<HTMLElement>(`[id="${idOf(field)}-fault"]`);
    if (!input || !fault) return undefined;
    input.setAttribute("aria-invalid", "true");
    fault.textContent = message;
    fault.hidden = false;
    return input;
  });
  marked[0]?.focus();
  return marked.length > 0 && !marked.includes(undefined);
}
