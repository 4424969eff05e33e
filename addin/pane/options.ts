import { h } from "../../internal/web/client/dom.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import type { Appointment } from "../appointment.ts";
import type { Wish } from "../invite.ts";
import { fill } from "../telling.ts";
import type { Facts } from "./facts.ts";
import type { Stage } from "./stage.ts";

/** The choices for one meeting. */
export interface Options {
  element: HTMLFormElement;
  wish: () => Wish;
  follow: (kind: "pmi" | "one_time") => void; // shows what applies until the person chooses
}

/** Makes the choices for this meeting; those of the settings stand there until the person chooses otherwise. */
export function options(
  stage: Stage,
  facts: Facts,
  now: Appointment,
  changed: () => void,
  signal: AbortSignal,
): Options {
  const { words } = stage;
  const { settings } = facts;
  const own = now.owner === undefined;
  const lock = own ? settings.locked["use_pmi_for_scheduled"] : undefined;
  const pmiHint = own ? fill(words.pmiHint, { pmi: spaced(facts.room.pmi) }) : "";
  const pmi = choice("use-pmi", words.usePmi, pmiHint, settings.use_pmi_for_scheduled && own);
  const place = choice("in-location", words.inLocation, words.inLocationHint, settings.put_link_in_location || !own);
  if (lock) {
    pmi.box.disabled = true;
    pmi.element.append(h("p", { class: "quiet lock" }, fill(words.locked, { reason: lock })));
  }
  let chosen = false;
  pmi.box.addEventListener(
    "change",
    () => {
      chosen = true;
      changed();
    },
    { signal },
  );
  const element = h("form", { id: "options" }, pmi.element, place.element);
  element.addEventListener("submit", (event) => event.preventDefault(), { signal });
  return {
    element,
    wish: () => ({ usePmi: chosen ? pmi.box.checked : undefined, inLocation: place.box.checked }),
    follow: (kind) => {
      if (!chosen && !own) pmi.box.checked = kind === "pmi";
    },
  };
}

function choice(id: string, label: string, hint: string, on: boolean): { element: HTMLElement; box: HTMLInputElement } {
  const box = h("input", { type: "checkbox", id, checked: on, "aria-describedby": hint ? `${id}-hint` : undefined });
  const name = h("label", { for: id }, label);
  const about = hint ? h("p", { class: "quiet", id: `${id}-hint` }, hint) : undefined;
  return { element: h("div", { class: "choice" }, box, name, about), box };
}
