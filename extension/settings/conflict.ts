// Somebody saved the settings elsewhere while this form was open: both versions, and the choice.
import type { Settings } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { settingOf, type Value } from "../../internal/web/client/settings.ts";
import { actions } from "../stage.ts";
import { say } from "../words.ts";
import { sections, wordsOf } from "./fields.ts";

/** Shows in what they differ. */
export function conflict(
  saved: Settings,
  mine: Map<string, Value>,
  useMine: () => void,
  useSaved: () => void,
  signal: AbortSignal,
): HTMLElement {
  const fields = sections(true).flatMap(({ fields }) => fields);
  const rows = fields.flatMap((field) => {
    const own = mine.get(field.name);
    const other = settingOf(saved, field.name);
    if (own === undefined || own === other) return [];
    const cells = [wordsOf(field, other), wordsOf(field, own)].map((text) => h("td", { dir: "auto" }, text));
    return [h("tr", {}, h("th", { scope: "row" }, field.label), ...cells)];
  });
  const titles = [say("staleSetting"), say("staleSaved"), say("staleYours")];
  const head = h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)));
  const table = h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows));
  return h(
    "div",
    { class: "note warn", role: "alert", tabindex: "-1", id: "stale" },
    h("h2", {}, say("staleTitle")),
    h("p", {}, say("staleText")),
    table,
    actions(
      button(say("useMine"), { id: "use-mine" }, useMine, signal),
      button(say("useSaved"), { id: "use-saved", class: "button quietly" }, useSaved, signal),
    ),
  );
}
