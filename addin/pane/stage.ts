// The one place where views stand: it shows one at a time, ends the listeners of the one before, and tells people who
// cannot see the change.
import type { Person } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import type { Parlor } from "../signin.ts";
import { fill } from "../telling.ts";
import type { Words } from "../words.ts";

/** Which view is shown; tests and styles find it in data-state of the main element. */
export type State = "loading" | "unsupported" | "trouble" | "signed-out" | "ready" | "present" | "settings" | "start";

/** What is said above a view. */
export interface Note {
  text: string;
  kind?: "warn" | "bad" | undefined;
}

/** The pane as its views see it. */
export class Stage {
  readonly parlor: Parlor;
  readonly words: Words;
  #main: HTMLElement;
  #said: HTMLElement;
  #life = new AbortController();
  #always: AbortSignal;

  constructor(parlor: Parlor, words: Words, life: AbortSignal) {
    life.addEventListener("abort", () => this.#life.abort());
    this.#always = life;
    this.parlor = parlor;
    this.words = words;
    this.#main = found("main");
    this.#said = found("said");
  }

  /** Ends the view before and returns the signal of the next one. */
  next(): AbortSignal {
    this.#life.abort();
    this.#life = new AbortController();
    return this.#life.signal;
  }

  /** Shows a view under its heading, which takes the focus when the person's own click led here. */
  show(state: State, title: string, ...content: (Node | undefined)[]): void {
    const led = this.#main.contains(document.activeElement) || document.activeElement?.closest(".ways") != null;
    const heading = h("h1", { tabindex: "-1" }, title);
    this.#main.dataset["state"] = state;
    this.#main.replaceChildren(heading, ...content.filter((node) => node !== undefined));
    this.#main.removeAttribute("aria-busy");
    for (const way of ["settings", "start"]) found(`open-${way}`).hidden = state === way || found("foot").hidden;
    if (led) heading.focus();
  }

  /** Shows that something is on its way, without moving anything that is there. */
  busy(): void {
    this.#main.setAttribute("aria-busy", "true");
  }

  /** Shows that nothing can be shown yet. */
  wait(): void {
    this.#main.dataset["state"] = "loading";
    this.#main.setAttribute("aria-busy", "true");
    this.#main.replaceChildren(h("p", { class: "quiet" }, this.words.loading));
  }

  /** Says at the foot who is signed in, with the way out; nobody: hides what only they can do. */
  reader(person: Person | undefined, leave: () => void = () => undefined): void {
    const foot = found("foot");
    foot.hidden = person === undefined;
    for (const way of ["settings", "start"]) found(`open-${way}`).hidden = person === undefined;
    foot.replaceChildren();
    if (!person) return;
    const name = h("span", { id: "reader", title: person.email, dir: "auto" });
    name.textContent = fill(this.words.signedInAs, { name: person.name || person.email });
    foot.append(name, button(this.words.signOut, { id: "sign-out", class: "plain" }, leave, this.#always));
  }

  /** Tells a thing to people who cannot see it; the same words twice are told twice. */
  say(text: string): void {
    this.#said.textContent = "";
    setTimeout(() => {
      this.#said.textContent = text;
    }, 50);
  }

  /** The element of a note, which is said as well. */
  note(note: Note | undefined): HTMLElement | undefined {
    if (!note) return undefined;
    this.say(note.text);
    return h("p", { class: note.kind ? `note ${note.kind}` : "note", id: "result" }, note.text);
  }
}

/** An element of the page itself. */
export function found(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}
