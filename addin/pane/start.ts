// "New meeting": one that begins now, in the person's own room or under a one-time number, whatever event is open.
import type { Settings, Started } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { followable } from "../../internal/web/client/link.ts";
import { spaced } from "../../internal/web/client/spaced.ts";
import { fill, troubleOf, whyOf } from "../telling.ts";
import { type Facts, isSignedOut, readFacts } from "./facts.ts";
import { actions, trouble } from "./notices.ts";
import { schedule } from "./schedule.ts";
import { signedOut } from "./signedout.ts";
import type { Stage } from "./stage.ts";

/** Reads the settings and shows what can be started. */
export async function start(stage: Stage): Promise<void> {
  const signal = stage.next();
  stage.busy();
  try {
    const facts = await readFacts(stage, signal);
    if (!signal.aborted) offer(stage, facts);
  } catch (thrown) {
    if (signal.aborted) return;
    if (isSignedOut(thrown)) signedOut(stage, () => void start(stage));
    else trouble(stage, thrown, () => void start(stage));
  }
}

function offer(stage: Stage, { settings, room }: Facts): void {
  const { words } = stage;
  const signal = stage.next();
  const always = settings.use_pmi_for_instant;
  const why = always ? whyAlways(stage, settings) : fill(words.pmiHint, { pmi: spaced(room.pmi) });
  const described = { id: "start-pmi", "aria-describedby": "start-pmi-hint" };
  const box = h("input", { type: "checkbox", ...described, checked: always, disabled: always });
  const hint = h("p", { class: always ? "quiet lock" : "quiet", id: "start-pmi-hint" }, why);
  const choice = h("div", { class: "choice" }, box, h("label", { for: "start-pmi" }, words.startInRoom), hint);
  const wrong = h("p", { class: "note bad", id: "trouble", hidden: true });
  const begin = async () => {
    go.disabled = true;
    wrong.hidden = true;
    try {
      const made = await stage.parlor.api.start(always ? undefined : box.checked, signal);
      if (!signal.aborted) started(stage, made);
    } catch (thrown) {
      if (signal.aborted) return;
      if (isSignedOut(thrown)) return signedOut(stage, () => void start(stage));
      go.disabled = false;
      wrong.hidden = false;
      wrong.textContent = troubleOf(thrown, words);
      stage.say(wrong.textContent);
    }
  };
  const go = button(words.start, { id: "start", class: "button wide" }, () => void begin(), signal);
  stage.show("start", words.newMeeting, back(stage, signal), choice, wrong, go);
}

/** Why the choice is taken: the administrator's words where they hold the setting. */
function whyAlways({ words }: Stage, { locked }: Settings): string {
  const reason = locked["use_pmi_for_instant"];
  return reason ? fill(words.locked, { reason }) : words.startAlways;
}

function started(stage: Stage, made: Started): void {
  const { words } = stage;
  const signal = stage.next();
  const room = made.kind === "pmi";
  const chip = h("span", { class: room ? "chip room" : "chip", id: "kind" }, room ? words.kindPmi : words.kindOneTime);
  const number = h("dd", { class: "number", id: "meeting-number" }, spaced(made.meeting_number));
  const card = h(
    "section",
    { class: "card", id: "meeting" },
    h("p", { class: "chips" }, chip),
    made.meeting_number ? h("dl", {}, h("dt", {}, words.meetingNumber), number) : undefined,
    h("p", { id: "why" }, whyOf(made.why, words)),
  );
  const field = h("input", { type: "text", id: "link", readonly: true, value: made.join_url });
  const link = h("div", { class: "field" }, h("label", { for: "link" }, words.linkLabel), field);
  const ways = actions(
    opener(stage, made.join_url),
    copier(stage, "copy", words.copyLink, made.join_url, signal),
    copier(stage, "copy-invitation", words.copyInvitation, made.invitation, signal),
  );
  stage.show("start", words.startedTitle, back(stage, signal), card, ways, link);
}

function opener({ words }: Stage, address: string): HTMLElement | undefined {
  const href = followable(address);
  if (!href) return undefined;
  return h("a", { class: "button", id: "open", href, target: "_blank", rel: "noopener noreferrer" }, words.openMeeting);
}

function copier(stage: Stage, id: string, label: string, text: string, signal: AbortSignal): HTMLElement {
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (!done) document.querySelector<HTMLInputElement>("#link")?.select();
    control.textContent = done ? stage.words.copied : stage.words.copyByHand;
    stage.say(control.textContent);
    setTimeout(() => {
      control.textContent = label;
    }, 2500);
  };
  const control = button(label, { id, class: "button quietly" }, () => void copy(), signal);
  return control;
}

function back(stage: Stage, signal: AbortSignal): HTMLElement {
  return button(stage.words.back, { id: "back", class: "plain" }, () => void schedule(stage), signal);
}
