// In a generic build: where this person's Parlor is.
import { button, h } from "../../internal/web/client/dom.ts";
import { ask } from "../ask.ts";
import { browser } from "../browser.ts";
import { originOf, patternOf } from "../server.ts";
import { actions, found, type Stage } from "../stage.ts";
import { say } from "../words.ts";

/** Asks for the address. */
export function place(stage: Stage, now: string, then: () => void): void {
  const signal = stage.next();
  const field = h("input", {
    type: "text",
    id: "address",
    value: now,
    autocomplete: "url",
    spellcheck: "false",
    inputmode: "url",
    autofocus: true,
    "aria-describedby": "address-hint",
  });
  const hint = h("p", { class: "quiet", id: "address-hint" }, say("addressHint"));
  const trouble = h("div", {});
  const submit = h("button", { class: "button", type: "submit", id: "use-address" }, say("useAddress"));
  const form = h(
    "form",
    {},
    h("div", { class: "field" }, h("label", { for: "address" }, say("address")), field, hint),
    trouble,
    actions(submit),
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const asked = permission(field.value); // must be asked within the press itself
      void stage.doing(
        submit,
        async () => {
          if (!(await asked))
            return void trouble.append(h("p", { class: "fault", role: "alert" }, say("addressDenied")));
          await ask("setServer", { address: field.value });
          then();
        },
        trouble,
      );
    },
    { signal },
  );
  stage.show("place", say("welcome"), h("p", {}, say("addressNeeded")), form);
}

/** The way to another address, below whatever is shown. */
place.also = (stage: Stage, now: string, then: () => void): void => {
  const other = button(
    say("otherAddress"),
    { class: "plain", id: "other-address" },
    () => place(stage, now, then),
    stage.whole,
  );
  found("main").append(h("p", {}, other));
};

/** Has the browser ask whether we may speak to that server. An address that is none is the worker's to refuse. */
async function permission(typed: string): Promise<boolean> {
  const origin = originOf(typed);
  return origin === undefined || browser.permissions.request({ origins: [patternOf(origin)] });
}
