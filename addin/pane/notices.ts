import { button, h } from "../../internal/web/client/dom.ts";
import type { Surroundings } from "../office.ts";
import { troubleOf } from "../telling.ts";
import type { Stage } from "./stage.ts";

/** Says why nothing can be done here, and what can be done instead. */
export function unsupported(stage: Stage, where: Exclude<Surroundings, "outlook">): void {
  const { words, parlor } = stage;
  const signal = stage.next();
  if (where === "no_script") {
    const again = button(words.retry, { id: "retry" }, () => location.reload(), signal);
    stage.show("trouble", words.noScriptTitle, h("p", {}, words.noScript), actions(again));
    return;
  }
  const texts = { no_host: words.noHost, on_premises: words.onPremises, too_old: words.tooOld };
  const portal = h("a", { href: parlor.origin, target: "_blank", rel: "noopener" }, words.website);
  stage.show("unsupported", words.unsupportedTitle, h("p", {}, texts[where]), h("p", {}, portal));
}

/** Says what went wrong, with a way to try once more. */
export function trouble(stage: Stage, thrown: unknown, again: () => void): void {
  const { words } = stage;
  const signal = stage.next();
  const note = stage.note({ text: troubleOf(thrown, words), kind: "bad" });
  stage.show("trouble", words.troubleTitle, note, actions(button(words.retry, { id: "retry" }, again, signal)));
}

/** A row of buttons. */
export function actions(...buttons: (HTMLElement | undefined)[]): HTMLElement {
  return h("div", { class: "actions" }, ...buttons);
}
