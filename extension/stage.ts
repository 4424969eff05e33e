// One page of the extension: a bar, one thing in the middle at a time, a line at the foot.
import { button, h } from "../internal/web/client/dom.ts";
import { followable } from "../internal/web/client/link.ts";
import { ask, Gone, Refused } from "./ask.ts";
import type { Trouble, WhoAmI } from "./messages.ts";
import { say } from "./words.ts";

type Part = HTMLElement | undefined;

const glance = 400; // milliseconds in which nobody wonders whether anything happens

/** What is shown, and until when its listeners live. */
export class Stage {
  #life: AbortController | undefined;
  #page = new AbortController();
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener("pagehide", () => this.#page.abort(), { signal: this.#page.signal });
    document.documentElement.lang = say("language");
  }

  /** Until the page is left. */
  get whole(): AbortSignal {
    return this.#page.signal;
  }

  /** Ends what was shown before; the signal lives until the next. */
  next(): AbortSignal {
    this.#life?.abort();
    this.#life = new AbortController();
    return AbortSignal.any([this.#life.signal, this.#page.signal]);
  }

  /** Something is to be shown soon: what takes longer than a glance is said to be on its way. */
  wait(): void {
    clearTimeout(this.#late);
    this.#late = setTimeout(() => {
      found("main").replaceChildren(h("p", { class: "quiet", id: "wait" }, say("wait")));
      this.said(say("wait"));
    }, glance);
  }

  /** Shows parts under a heading. The heading is read out, unless the page has just opened. */
  show(state: string, title: string, ...parts: Part[]): void {
    clearTimeout(this.#late);
    const main = found("main");
    const first = main.dataset["state"] === undefined;
    const heading = h("h1", { tabindex: "-1" }, title);
    main.replaceChildren(heading, ...parts.filter((part) => part !== undefined));
    main.dataset["state"] = state;
    document.title = `${title} · Parlor`;
    if (!first && !main.querySelector("[autofocus]")) heading.focus();
    main.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  /** What stands at the right of the bar. */
  bar(...parts: Part[]): void {
    found("bar").replaceChildren(...parts.filter((part) => part !== undefined));
  }

  /** Who is signed in, with the way out. */
  foot(...parts: Part[]): void {
    const foot = found("foot");
    foot.replaceChildren(...parts.filter((part) => part !== undefined));
    foot.hidden = parts.length === 0;
  }

  /** Tells those who listen. */
  said(text: string): void {
    found("said").textContent = text;
  }

  /** Does something that a button was pressed for: the button says that it waits, and trouble is shown. */
  async doing(pressed: HTMLButtonElement | undefined, act: () => Promise<void>, where?: HTMLElement): Promise<void> {
    const label = [...(pressed?.childNodes ?? [])];
    const late = setTimeout(() => pressed?.replaceChildren(say("wait")), glance);
    pressed?.setAttribute("aria-busy", "true");
    if (pressed) pressed.disabled = true;
    try {
      where?.replaceChildren();
      await act();
    } catch (thrown) {
      const note = troubleNote(asTrouble(thrown));
      if (where) where.replaceChildren(note);
      else found("main").append(note);
      note.focus();
    } finally {
      clearTimeout(late);
      pressed?.replaceChildren(...label);
      pressed?.removeAttribute("aria-busy");
      if (pressed) pressed.disabled = false;
    }
  }
}

/** An element of the page itself. */
export function found(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`there is no ${id}`);
  return element;
}

/** What a thrown thing is to people; the extension itself may be gone. */
export function asTrouble(thrown: unknown): Trouble {
  if (thrown instanceof Refused) return thrown.trouble;
  const title = thrown instanceof Gone ? say("troubleGone") : say("troubleServer");
  return { kind: "server", title, detail: "", next: say("nextReload"), faults: [] };
}

/** Trouble, in a box of its own. */
export function troubleNote({ title, detail, next, faults }: Trouble): HTMLElement {
  const lines = [detail, next].filter((line) => line !== "").map((line) => h("p", {}, line));
  const list = faults.map(({ field, message }) => h("li", {}, field ? `${field}: ${message}` : message));
  const fields = list.length > 0 ? h("ul", {}, ...list) : undefined;
  return h("div", { class: "note bad", role: "alert", tabindex: "-1" }, h("h2", {}, title), fields, ...lines);
}

/** A row of buttons and links. */
export function actions(...parts: (HTMLElement | undefined)[]): HTMLElement {
  return h("p", { class: "actions" }, ...parts);
}

/** A link that opens beside the extension. */
export function outside(text: string, href: string, attributes: Record<string, string> = {}): HTMLElement {
  return h("a", { href: followable(href), target: "_blank", rel: "noopener noreferrer", ...attributes }, text);
}

/** A button that copies a text; where the browser refuses, the text itself is shown to be copied by hand. */
export function copier(stage: Stage, label: string, text: string, signal: AbortSignal, id: string): HTMLButtonElement {
  const made = button(label, { class: "button quietly", id }, () => void copy(), signal);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      made.textContent = say("copied");
      stage.said(say("copied"));
      setTimeout(() => signal.aborted || made.replaceChildren(label), 2000);
    } catch {
      const field = h("textarea", { readonly: true, rows: "4", "aria-label": say("copyByHand") });
      field.value = text;
      made.after(field);
      field.select();
    }
  };
  return made;
}

/** The way in, for whoever is signed out. */
export function signedOut(stage: Stage, who: WhoAmI, then: () => void): void {
  const signal = stage.next();
  stage.foot();
  stage.bar();
  const trouble = h("div", {});
  const enter = button(say("signIn"), { id: "sign-in", autofocus: true }, () => void press(), signal);
  const waiting = h("p", { class: "quiet", id: "waiting", hidden: true }, say("signInWaiting"));
  const press = () => {
    waiting.hidden = false;
    return stage
      .doing(
        enter,
        async () => {
          await ask("signIn", {});
          if (!signal.aborted) then();
        },
        trouble,
      )
      .finally(() => {
        waiting.hidden = true;
      });
  };
  const where = h("p", { class: "quiet" }, new URL(who.server).host);
  stage.show("signed-out", say("welcome"), h("p", {}, say("about")), actions(enter), waiting, trouble, where);
}

/** Says what went wrong with the whole page, with a way to try once more. */
export function stuck(stage: Stage, thrown: unknown, again: () => void, leave?: () => void): void {
  const signal = stage.next();
  const trouble = asTrouble(thrown);
  const retry = button(say("retry"), { id: "retry" }, again, signal);
  const out = leave && button(say("signOut"), { class: "plain", id: "sign-out" }, leave, signal);
  const { title, ...rest } = trouble;
  stage.show("trouble", title, troubleNote({ ...rest, title: say("whatNow") }), actions(retry, out));
}
