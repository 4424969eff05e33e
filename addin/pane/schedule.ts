// "Schedule a meeting": options, what will be inserted and why, Continue; then the person adds invitees and saves or sends.
import type { Invitation } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { type Appointment, read } from "../appointment.ts";
import { fill, troubleOf, whyOf } from "../telling.ts";
import { previewCard } from "./card.ts";
import { type Facts, follow, isSignedOut, readFacts, sameQuestion } from "./facts.ts";
import { trouble } from "./notices.ts";
import { type Options, options } from "./options.ts";
import { present } from "./present.ts";
import { signedOut } from "./signedout.ts";
import type { Note, Stage } from "./stage.ts";

/** Reads the event and shows what can be done with it. */
export async function schedule(stage: Stage, note?: Note): Promise<void> {
  const signal = stage.next();
  stage.wait();
  stage.reader(undefined);
  const again = () => void schedule(stage);
  try {
    if (!(await stage.parlor.session.known())) return signedOut(stage, again, note);
    const [facts, now] = await Promise.all([readFacts(stage, signal), read()]);
    if (signal.aborted) return;
    stage.reader(facts.person, () => void leave(stage));
    if (stage.parlor.desk.present(now)) present(stage, facts, now, note);
    else new Scheduling(stage, facts, now).show(note);
  } catch (thrown) {
    if (signal.aborted) return;
    if (isSignedOut(thrown)) signedOut(stage, again);
    else trouble(stage, thrown, again);
  }
}

async function leave(stage: Stage): Promise<void> {
  stage.next();
  stage.busy();
  await stage.parlor.session.end();
  await schedule(stage);
}

/** The view of an event without a link. */
class Scheduling {
  #stage: Stage;
  #facts: Facts;
  #now: Appointment;
  #signal: AbortSignal;
  #options: Options;
  #card: HTMLElement;
  #go: HTMLButtonElement;
  #trouble = h("p", { class: "note bad", id: "trouble", hidden: true });
  #asking = new AbortController();

  constructor(stage: Stage, facts: Facts, now: Appointment) {
    const { words } = stage;
    this.#stage = stage;
    this.#facts = facts;
    this.#now = now;
    this.#signal = stage.next();
    this.#options = options(stage, facts, now, () => void this.#preview(), this.#signal);
    this.#card = h("section", { class: "card", id: "preview" }, h("p", { class: "quiet" }, words.previewLoading));
    const attributes = { id: "continue", class: "button wide" };
    this.#go = button(words.continue, attributes, () => void this.#insert(), this.#signal);
    this.#signal.addEventListener("abort", () => this.#asking.abort());
  }

  show(note?: Note): void {
    const { words } = this.#stage;
    const owner = this.#now.owner;
    const whose = owner ? h("p", { id: "owner" }, fill(words.inCalendarOf, { owner })) : undefined;
    const paused = this.#facts.settings.paused ? h("p", { class: "quiet", id: "paused" }, words.paused) : undefined;
    const parts = [this.#stage.note(note), whose, paused, this.#options.element, this.#card, this.#trouble, this.#go];
    this.#stage.show("ready", words.title, ...parts);
    void this.#preview();
    follow(() => void this.#changed(), this.#signal);
  }

  /** Time, guests or recurrence may be others now. */
  async #changed(): Promise<void> {
    const now = await read().catch(() => this.#now);
    if (this.#signal.aborted) return;
    if (this.#stage.parlor.desk.present(now)) return present(this.#stage, this.#facts, now);
    if (sameQuestion(now, this.#now)) return;
    this.#now = now;
    await this.#preview();
  }

  /** Asks what would be inserted; only the last question counts. */
  async #preview(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#card.setAttribute("aria-busy", "true");
    try {
      const shown = await this.#stage.parlor.desk.preview(this.#now, this.#options.wish(), signal);
      if (!signal.aborted) this.#draw(shown);
    } catch (thrown) {
      if (!signal.aborted) this.#refuse(thrown);
    }
  }

  #draw(invitation: Invitation): void {
    const { words } = this.#stage;
    this.#options.follow(invitation.kind);
    const nodes = previewCard(invitation, words);
    if (invitation.conflict)
      nodes.push(h("p", { class: "note warn", id: "conflict" }, whyOf(invitation.conflict, words)));
    this.#card.replaceChildren(...nodes);
    this.#card.removeAttribute("aria-busy");
    this.#go.disabled = false;
    const said = [...this.#card.querySelectorAll("#why, #waits")].map(({ textContent }) => textContent);
    this.#stage.say(said.join(" "));
  }

  #refuse(thrown: unknown): void {
    if (this.#lost(thrown)) return;
    const text = troubleOf(thrown, this.#stage.words);
    const again = button(
      this.#stage.words.retry,
      { id: "retry", class: "button quietly" },
      () => void this.#preview(),
      this.#signal,
    );
    this.#card.replaceChildren(h("p", { class: "note bad" }, text), again);
    this.#card.removeAttribute("aria-busy");
    this.#go.disabled = true;
    this.#stage.say(text);
  }

  /** Nobody is signed in any more: that is a state of its own. */
  #lost(thrown: unknown): boolean {
    const lost = isSignedOut(thrown);
    if (lost) signedOut(this.#stage, () => void schedule(this.#stage));
    return lost;
  }

  async #insert(): Promise<void> {
    const { words, parlor } = this.#stage;
    this.#trouble.hidden = true;
    this.#go.disabled = true;
    this.#go.textContent = words.inserting;
    try {
      const outcome = await parlor.desk.insert(this.#options.wish(), this.#signal);
      if (this.#signal.aborted) return;
      const refused = outcome.locationRefused ? ` ${words.locationRefused}` : "";
      present(this.#stage, this.#facts, await read(), { text: `${words.inserted} ${words.next}${refused}` });
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #failed(thrown: unknown): void {
    if (this.#signal.aborted) return;
    if (this.#lost(thrown)) return;
    const { words } = this.#stage;
    this.#go.textContent = words.continue;
    this.#go.disabled = false;
    this.#trouble.hidden = false;
    this.#trouble.textContent = troubleOf(thrown, words);
    this.#stage.say(this.#trouble.textContent);
  }
}
