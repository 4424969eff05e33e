// Our row in the page: a host element whose shadow keeps the page's styles out. It shows what it is given and knows nothing.
import { followable } from "../../internal/web/client/link.ts";
import { say } from "../words.ts";
import { style } from "./style.ts";

/** Something to press or to follow. */
export interface Action {
  part: string; // stays the same while its words change, so that focus stays too
  label: string;
  main?: boolean; // the thing to do; stands before the words where there is no line yet
  busy?: boolean; // shown, and does nothing
  href?: string; // a link instead of a button
  run?: () => void;
}

/** What a row shows. */
export interface View {
  line?: string;
  quiet?: (string | undefined)[];
  conflict?: string | undefined;
  trouble?: { title: string; detail: string; next: string } | undefined;
  actions: (Action | false | undefined)[];
}

/** The name of our elements in the page. */
export const hostName = "parlor-row";

/** One row, or the card that stands for it where the page has no place for one. */
export class Row {
  readonly host: HTMLElement;
  #shadow: ShadowRoot;
  #row = make("div", { class: "row", role: "group", "aria-label": say("name") });
  #lead = make("div", { class: "actions lead" });
  #told = make("div", { class: "told", role: "status" });
  #rest = make("div", { class: "actions rest" });
  #actions = new Map<string, Action>();
  #elements = new Map<string, HTMLElement>();
  #signal: AbortSignal;

  /** Ends with the signal. */
  constructor(kind: string, signal: AbortSignal) {
    this.#signal = signal;
    this.host = document.createElement(hostName);
    this.host.dataset["parlor"] = kind;
    // Open, so that a reader's own tools reach it: it holds nothing that the page does not have, and heeds no made-up click.
    this.#shadow = this.host.attachShadow({ mode: "open" });
    dress(this.#shadow);
    const body = make("div", { class: "body" });
    body.append(this.#lead, this.#told, this.#rest);
    this.#row.append(mark(), body);
    this.#shadow.append(this.#row);
    if (kind === "card") this.#row.classList.add("card");
    for (const event of ["click", "pointerdown", "mousedown", "keydown", "keypress", "keyup"]) {
      this.host.addEventListener(event, keepIn, { signal });
    }
    signal.addEventListener("abort", () => this.host.remove(), { once: true });
  }

  draw(view: View): void {
    const focused = (this.#shadow.activeElement as HTMLElement | null)?.dataset["part"];
    const actions = view.actions.filter((action) => typeof action === "object");
    this.#actions = new Map(actions.map((action) => [action.part, action]));
    const leads = (action: Action) => action.main === true && view.line === undefined;
    fill(this.#lead, ...actions.filter(leads).map((action) => this.#action(action)));
    fill(this.#rest, ...actions.filter((action) => !leads(action)).map((action) => this.#action(action)));
    this.#tell(view);
    if (focused !== undefined && !this.#shadow.activeElement) this.focus(focused);
  }

  /** Takes the focus, to a part or else to the first. */
  focus(part = ""): void {
    const all = [...this.#shadow.querySelectorAll<HTMLElement>("[data-part]")];
    (all.find((one) => one.dataset["part"] === part) ?? all[0])?.focus({ preventScroll: true });
  }

  #tell({ line, quiet = [], conflict, trouble }: View): void {
    const told: HTMLElement[] = [];
    if (line) told.push(make("p", { class: "line" }, line));
    for (const sentence of quiet) if (sentence) told.push(make("p", { class: "quiet" }, sentence));
    if (conflict) told.push(make("p", { class: "conflict" }, conflict));
    if (trouble) {
      const said = make("p", { class: "trouble" }, make("b", {}, trouble.title));
      for (const sentence of [trouble.detail, trouble.next]) if (sentence) said.append(" ", sentence);
      told.push(said);
    }
    this.#told.replaceChildren(...told);
  }

  /** The same part stays the same element, so that a press that has begun ends where it began. */
  #action({ part, label, main, busy, href }: Action): HTMLElement {
    const name = href ? "a" : "button";
    let element = this.#elements.get(part);
    if (element?.localName !== name) {
      const fixed: Record<string, string> = href
        ? { target: "_blank", rel: "noreferrer noopener" }
        : { type: "button" };
      element = make(name, { "data-part": part, ...fixed });
      element.addEventListener("click", (event) => this.#press(part, event), { signal: this.#signal });
      this.#elements.set(part, element);
    }
    element.className = main ? "main" : "";
    if (href) element.setAttribute("href", followable(href) ?? "");
    else element.setAttribute("aria-disabled", String(busy === true));
    if (element.textContent !== label) element.textContent = label;
    return element;
  }

  /** A click that a script made up is none. */
  #press(part: string, event: Event): void {
    const action = this.#actions.get(part);
    if (event.isTrusted && action && !action.busy) action.run?.();
  }
}

/** Gives an element its children, unless it has them. */
function fill(parent: HTMLElement, ...children: HTMLElement[]): void {
  const same =
    parent.childElementCount === children.length && children.every((child, i) => parent.children[i] === child);
  if (!same) parent.replaceChildren(...children);
}

/** The page has shortcuts on every key, and acts on clicks by delegation; what is ours stays with us, but for leaving. */
function keepIn(event: Event): void {
  if (event instanceof KeyboardEvent && (event.key === "Escape" || event.key === "Tab")) return;
  event.stopPropagation();
}

/** Makes an element. */
export function make(name: string, attributes: Record<string, string>, ...inside: (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

function dress(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(make("style", {}, style)); // a content script of Firefox may not adopt sheets
  }
}

const drawing = "M5 17.25V8a5 5 0 0 1 10 0v9.25zM12.2 11v1.6";

function mark(): Element {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", drawing);
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
