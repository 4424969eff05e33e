// A meeting that begins now.
import { button, h } from "../../internal/web/client/dom.ts";
import { followable } from "../../internal/web/client/link.ts";
import { ask } from "../ask.ts";
import { browser } from "../browser.ts";
import type { Home } from "../messages.ts";
import { actions, type Stage } from "../stage.ts";
import { say } from "../words.ts";

/** The button beside that for planning, and the choice of the room; the setting for instant meetings takes the choice away. */
export function starter(
  stage: Stage,
  { tagged: { settings } }: Home,
  plan: HTMLElement,
  signal: AbortSignal,
): HTMLElement[] {
  const always = settings.use_pmi_for_instant;
  const box = h("input", {
    type: "checkbox",
    id: "start-pmi",
    checked: always,
    disabled: always,
    "aria-describedby": always ? "start-always" : undefined,
  });
  const choice = h("div", { class: "choice" }, box, h("label", { for: "start-pmi" }, say("startInRoom")));
  if (always) choice.append(h("p", { class: "quiet lock", id: "start-always" }, whyLocked(settings.locked)));
  const trouble = h("div", {});
  const press = () =>
    stage.doing(
      start,
      async () => {
        const { join_url } = await ask("start", always ? {} : { usePMI: box.checked });
        const url = followable(join_url);
        if (!url) throw new Error("the server sent no address");
        await browser.tabs.create({ url });
        close();
      },
      trouble,
    );
  const start = button(say("start"), { class: "button quietly", id: "start" }, () => void press(), signal);
  return [actions(plan, start), choice, trouble];
}

function whyLocked(locked: Record<string, string>): string {
  const reason = locked["use_pmi_for_instant"];
  return reason ? say("locked", reason) : say("startAlways");
}
