// Scheduling from the pop-up: the options first, where the person wants to be asked, then the meeting, then its link.

import type { Tagged } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import { ask, Refused } from "../ask.ts";
import type { Home } from "../messages.ts";
import { actions, type Stage } from "../stage.ts";
import { say } from "../words.ts";
import { dropDraft } from "./draft.ts";
import { type Form, form } from "./form.ts";
import { scheduled } from "./scheduled.ts";
import { whyOf } from "./telling.ts";

/** A wheel: its teeth are the dashes of the outer ring. */
function cog(): SVGElement {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element as SVGElement;
  };
  const ring = (r: string, more: Record<string, string> = {}) => make("circle", { cx: "10", cy: "10", r, ...more });
  const wheel = make("svg", { viewBox: "0 0 20 20", class: "cog", "aria-hidden": "true" });
  wheel.append(ring("7.5", { "stroke-dasharray": "2.945" }), ring("5.5"), ring("2"));
  return wheel;
}

/** Opens the way to a new meeting. */
export function schedule(stage: Stage, facts: Home, back: () => void): void {
  const first = facts.tagged.settings.ask_each_time ? schedulingOptions : meeting;
  first(stage, facts, back);
}

/** The options of scheduling; what is saved here is the setting itself. */
function schedulingOptions(stage: Stage, facts: Home, back: () => void): void {
  const signal = stage.next();
  const { settings } = facts.tagged;
  const locked = settings.locked["use_pmi_for_scheduled"];
  const box = h("input", {
    type: "checkbox",
    id: "use-pmi",
    checked: settings.use_pmi_for_scheduled,
    disabled: Boolean(locked),
    "aria-describedby": "use-pmi-hint",
  });
  const hint = h(
    "p",
    { class: "quiet", id: "use-pmi-hint" },
    locked ? say("locked", locked) : say("usePmiHint", spaced(facts.room.pmi)),
  );
  const choice = h("div", { class: "choice" }, box, h("label", { for: "use-pmi" }, say("usePmi")), hint);
  const trouble = h("div", {});
  const go = async () => {
    const same = box.checked === settings.use_pmi_for_scheduled;
    const tagged = same ? facts.tagged : await saved(facts.tagged, box.checked);
    meeting(stage, { ...facts, tagged }, back);
  };
  const save = button(say("saveAndContinue"), { id: "save" }, () => void stage.doing(save, go, trouble), signal);
  stage.bar(backButton(back, signal));
  stage.show("options", say("schedulingOptions"), choice, trouble, actions(save));
}

/** Saves the one setting. Where others were changed elsewhere meanwhile they stay, and this one cannot be in conflict: it has two values. */
async function saved({ etag }: Tagged, usePMI: boolean): Promise<Tagged> {
  const change = { use_pmi_for_scheduled: usePMI };
  try {
    return await ask("saveSettings", { etag, change });
  } catch (thrown) {
    if (!(thrown instanceof Refused) || thrown.trouble.kind !== "stale") throw thrown;
    const fresh = (await ask("settings", {})).tagged;
    if (fresh.settings.use_pmi_for_scheduled === usePMI) return fresh;
    return ask("saveSettings", { etag: fresh.etag, change });
  }
}

function backButton(back: () => void, signal: AbortSignal): HTMLElement {
  return button(say("back"), { class: "plain", id: "back" }, back, signal);
}

function meeting(stage: Stage, facts: Home, back: () => void): void {
  const signal = stage.next();
  const gear = button(
    say("options"),
    { class: "plain", id: "gear" },
    () => schedulingOptions(stage, facts, back),
    signal,
  );
  const why = h("p", { class: "text", id: "why", "aria-live": "polite" });
  const trouble = h("div", {});
  const submit = h("button", { class: "button", type: "submit", id: "submit" }, say("schedule"));
  const fields = form(facts, () => void foretell(fields, why, signal), signal);
  fields.element.append(why, trouble, actions(submit));
  fields.element.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      void stage.doing(submit, () => send(stage, fields, back), trouble);
    },
    { signal },
  );
  gear.prepend(cog());
  stage.bar(gear, backButton(back, signal));
  stage.show("schedule", say("scheduleMeeting"), fields.element);
  void foretell(fields, why, signal);
}

async function send(stage: Stage, fields: Form, back: () => void): Promise<void> {
  const event = fields.event();
  const made = await ask("schedule", { event });
  await dropDraft();
  scheduled(stage, event, made, back);
}

/** What each line was last asked about. */
const latest = new WeakMap<HTMLElement, object>();

/** Says beforehand which number it will be, and why. It is no trouble when that cannot be said. */
async function foretell(fields: Form, why: HTMLElement, signal: AbortSignal): Promise<void> {
  const { title, start, end, time_zone, attendees, recurrence, use_pmi } = fields.event();
  if (!end) return;
  const event = {
    title,
    start,
    end,
    zone: time_zone ?? "",
    guests: attendees ?? [],
    recurrence: recurrence ?? [],
  };
  latest.set(why, event);
  const asked = await ask("preview", { event, ...(use_pmi === undefined ? {} : { usePMI: use_pmi }) }).catch(
    () => undefined,
  );
  if (signal.aborted || latest.get(why) !== event) return; // what was asked later is answered later
  why.textContent = asked
    ? [asked.why, asked.conflict, asked.waits].flatMap((reason) => (reason ? whyOf(reason) : [])).join(" ")
    : "";
}
