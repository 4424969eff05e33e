// An event that has a link already: which number it has and why, whether the room is still free, and what can be done.
import type { Invitation } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { type Appointment, read } from "../appointment.ts";
import type { Wish } from "../invite.ts";
import { troubleOf, whyOf } from "../telling.ts";
import { presentCard } from "./card.ts";
import { type Facts, follow, isSignedOut, sameQuestion } from "./facts.ts";
import { actions } from "./notices.ts";
import { schedule } from "./schedule.ts";
import { signedOut } from "./signedout.ts";
import { found, type Note, type Stage } from "./stage.ts";

/** Shows the link that is in the event. */
export function present(stage: Stage, facts: Facts, now: Appointment, note?: Note): void {
  new Present(stage, facts, now).show(note);
}

class Present {
  #stage: Stage;
  #facts: Facts;
  #now: Appointment;
  #signal: AbortSignal;
  #card = h("section", { class: "card", id: "meeting" });
  #conflict = h("div", { id: "conflict", hidden: true });
  #asking = new AbortController();

  constructor(stage: Stage, facts: Facts, now: Appointment) {
    this.#stage = stage;
    this.#facts = facts;
    this.#now = now;
    this.#signal = stage.next();
    this.#signal.addEventListener("abort", () => this.#asking.abort());
  }

  show(note?: Note): void {
    const { words, parlor } = this.#stage;
    const series = this.#now.occurrence ? h("p", { class: "note", id: "in-series" }, words.inSeries) : undefined;
    this.#card.append(h("p", { class: "quiet" }, words.previewLoading));
    const address = parlor.desk.present(this.#now)?.address ?? "";
    const field = h("input", { type: "text", id: "link", readonly: true, value: address });
    const link = h("div", { class: "field" }, h("label", { for: "link" }, words.linkLabel), field);
    const parts = [this.#stage.note(note), this.#conflict, series, this.#card, this.#buttons(address), link];
    this.#stage.show("present", words.presentTitle, ...parts);
    void this.#ask();
    follow(() => void this.#changed(), this.#signal);
  }

  #buttons(address: string): HTMLElement {
    const { words } = this.#stage;
    const quiet = "button quietly";
    const copy = button(
      words.copyLink,
      { id: "copy", class: quiet },
      () => void this.#copy(copy, address),
      this.#signal,
    );
    if (this.#now.occurrence) return actions(copy);
    const update = button(words.update, { id: "update" }, () => void this.#write({}), this.#signal);
    const remove = button(words.remove, { id: "remove", class: quiet }, () => void this.#remove(), this.#signal);
    return actions(update, copy, remove);
  }

  async #changed(): Promise<void> {
    const now = await read().catch(() => this.#now);
    if (this.#signal.aborted) return;
    const was = this.#stage.parlor.desk.present(this.#now)?.number;
    const is = this.#stage.parlor.desk.present(now);
    if (!is || is.number !== was) return void schedule(this.#stage);
    if (sameQuestion(now, this.#now)) return;
    this.#now = now;
    document.getElementById("result")?.remove(); // what was said of the event before
    await this.#ask();
  }

  /** Asks the guard again. It switches nothing: the number stays what it is. */
  async #ask(): Promise<void> {
    if (this.#now.occurrence) return this.#card.remove();
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#card.setAttribute("aria-busy", "true");
    try {
      const shown = await this.#stage.parlor.desk.preview(this.#now, {}, signal);
      if (!signal.aborted) this.#draw(shown);
    } catch (thrown) {
      if (!signal.aborted) this.#failed(thrown);
    }
  }

  #draw(invitation: Invitation): void {
    const number = this.#stage.parlor.desk.present(this.#now)?.number ?? "";
    const { words } = this.#stage;
    this.#card.replaceChildren(...presentCard(invitation, number, words));
    if (invitation.kind === "one_time") {
      const attributes = { id: "use-pmi-instead", class: "plain" };
      const room = () => void this.#write({ usePmi: true });
      this.#card.append(button(words.usePmiInstead, attributes, room, this.#signal));
    }
    this.#card.removeAttribute("aria-busy");
    this.#warn(invitation);
  }

  /** A conflict that came later is shown, and the person may choose another number. */
  #warn({ conflict }: Invitation): void {
    const { words } = this.#stage;
    this.#conflict.hidden = conflict === undefined;
    this.#conflict.replaceChildren();
    if (!conflict) return;
    const attributes = { id: "use-one-time", class: "button quietly" };
    const other = button(words.useOneTime, attributes, () => void this.#write({ usePmi: false }), this.#signal);
    const text = whyOf(conflict, words);
    const title = h("h2", {}, words.conflictTitle);
    this.#conflict.append(h("div", { class: "note warn" }, title, h("p", {}, text), actions(other)));
    this.#stage.say(`${words.conflictTitle}. ${text}`);
  }

  async #write(wish: Wish): Promise<void> {
    const { words, parlor } = this.#stage;
    await this.#during(async () => {
      const outcome = await parlor.desk.insert(wish, this.#signal);
      const refused = outcome.locationRefused ? ` ${words.locationRefused}` : "";
      present(this.#stage, this.#facts, await read(), { text: words.updated + refused });
    });
  }

  async #remove(): Promise<void> {
    await this.#during(async () => {
      await this.#stage.parlor.desk.remove(this.#signal);
      await schedule(this.#stage, { text: this.#stage.words.removed });
    });
  }

  /** Does one thing; until it is over no other can begin. */
  async #during(work: () => Promise<void>): Promise<void> {
    this.#enable(false);
    this.#stage.busy();
    try {
      await work();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #enable(on: boolean): void {
    for (const control of found("main").querySelectorAll("button")) control.disabled = !on;
  }

  #failed(thrown: unknown): void {
    if (this.#signal.aborted) return;
    if (isSignedOut(thrown)) {
      signedOut(this.#stage, () => void schedule(this.#stage));
      return;
    }
    const text = troubleOf(thrown, this.#stage.words);
    this.#card.replaceChildren(h("p", { class: "note bad", id: "trouble" }, text));
    this.#card.removeAttribute("aria-busy");
    found("main").removeAttribute("aria-busy");
    this.#enable(true);
    this.#stage.say(text);
  }

  async #copy(control: HTMLButtonElement, address: string): Promise<void> {
    const { words } = this.#stage;
    const done = await navigator.clipboard.writeText(address).then(
      () => true,
      () => false,
    );
    if (!done) (found("link") as HTMLInputElement).select();
    control.textContent = done ? words.copied : words.copyByHand;
    this.#stage.say(control.textContent);
    setTimeout(() => {
      control.textContent = words.copyLink;
    }, 2500);
  }
}
