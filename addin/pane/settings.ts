// The saved settings, with the version that was read: whoever saved meanwhile is not overwritten unasked.
import type { Settings, Tagged } from "../../internal/web/client/api.ts";
import { button, h } from "../../internal/web/client/dom.ts";
import { asProblem } from "../../internal/web/client/problem.ts";
import { changeOf, idOf, settingOf, valuesOf } from "../../internal/web/client/settings.ts";
import { troubleOf } from "../telling.ts";
import { isSignedOut } from "./facts.ts";
import { control, fieldsOf, wordsOf } from "./fields.ts";
import { actions, trouble } from "./notices.ts";
import { schedule } from "./schedule.ts";
import { signedOut } from "./signedout.ts";
import type { Stage } from "./stage.ts";

/** Reads the settings and shows them. */
export async function settings(stage: Stage): Promise<void> {
  const signal = stage.next();
  stage.busy();
  try {
    const tagged = await stage.parlor.api.settings(signal);
    if (!signal.aborted) new Form(stage, tagged).show();
  } catch (thrown) {
    if (signal.aborted) return;
    if (isSignedOut(thrown)) signedOut(stage, () => void settings(stage));
    else trouble(stage, thrown, () => void settings(stage));
  }
}

class Form {
  #stage: Stage;
  #read: Tagged;
  #signal: AbortSignal;
  #form: HTMLFormElement;
  #note = h("div", { id: "settings-note" });

  constructor(stage: Stage, read: Tagged) {
    this.#stage = stage;
    this.#read = read;
    this.#signal = stage.next();
    const fields = fieldsOf(stage.words).map((field) => control(field, read.settings, stage.words));
    const save = h("button", { type: "submit", class: "button", id: "save" }, stage.words.save);
    this.#form = h("form", { class: "settings", id: "settings", novalidate: true }, ...fields, actions(save));
    const submit = (event: Event) => {
      event.preventDefault();
      void this.#save(this.#read.etag, this.#read.settings);
    };
    this.#form.addEventListener("submit", submit, { signal: this.#signal });
  }

  show(): void {
    const { words, parlor } = this.#stage;
    const back = button(words.back, { id: "back", class: "plain" }, () => void schedule(this.#stage), this.#signal);
    const address = `${parlor.origin}/settings`;
    const portal = h("a", { href: address, target: "_blank", rel: "noopener", id: "portal" }, words.portal);
    this.#stage.show("settings", words.settingsTitle, back, this.#note, this.#form, h("p", {}, portal));
  }

  async #save(etag: string, before: Settings): Promise<void> {
    this.#mark([]);
    const change = changeOf(before, valuesOf(this.#form));
    this.#stage.busy();
    try {
      this.#read = await this.#stage.parlor.api.saveSettings(etag, change, this.#signal);
      this.#tell(this.#stage.words.saved);
    } catch (thrown) {
      await this.#failed(thrown);
    } finally {
      this.#form.parentElement?.removeAttribute("aria-busy");
    }
  }

  async #failed(thrown: unknown): Promise<void> {
    if (this.#signal.aborted) return;
    if (isSignedOut(thrown)) return signedOut(this.#stage, () => void settings(this.#stage));
    const problem = asProblem(thrown);
    if (problem.kind === "stale") return this.#stale();
    this.#mark(problem.faults);
    const { words } = this.#stage;
    this.#tell(problem.faults.length > 0 ? words.faults : troubleOf(thrown, words), "bad");
  }

  /** Somebody saved meanwhile: both versions are shown, and the person chooses. */
  async #stale(): Promise<void> {
    const { words, parlor } = this.#stage;
    const now = await parlor.api.settings(this.#signal).catch((thrown) => {
      this.#tell(troubleOf(thrown, words), "bad");
    });
    if (!now || this.#signal.aborted) return;
    const save = () => void this.#save(now.etag, now.settings);
    const mine = button(words.useMine, { id: "use-mine" }, save, this.#signal);
    const keep = () => new Form(this.#stage, now).show();
    const theirs = button(words.useSaved, { id: "use-saved", class: "button quietly" }, keep, this.#signal);
    const text = h("p", {}, words.staleText);
    const note = h("div", { class: "note warn", id: "stale", tabindex: "-1" }, h("h2", {}, words.staleTitle), text);
    note.append(this.#table(now.settings), actions(mine, theirs));
    this.#note.replaceChildren(note);
    note.focus();
    this.#stage.say(`${words.staleTitle}. ${words.staleText}`);
  }

  /** The settings in which the two versions differ. */
  #table(saved: Settings): HTMLElement {
    const { words } = this.#stage;
    const mine = valuesOf(this.#form);
    const head = [words.staleSetting, words.staleSaved, words.staleYours].map((text) =>
      h("th", { scope: "col" }, text),
    );
    const rows = fieldsOf(words).flatMap((field) => {
      const theirs = settingOf(saved, field.name);
      const own = mine.get(field.name);
      if (own === undefined || own === theirs) return [];
      const cells = [theirs, own].map((value) => h("td", { dir: "auto" }, wordsOf(field, value, words)));
      return [h("tr", {}, h("th", { scope: "row" }, field.label), ...cells)];
    });
    return h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
  }

  #mark(faults: { field: string; message: string }[]): void {
    for (const { name } of fieldsOf(this.#stage.words)) {
      const fault = faults.find((found) => found.field === name);
      const input = this.#form.querySelector(`#${idOf(name)}`);
      const line = this.#form.querySelector<HTMLElement>(`#${idOf(name)}-fault`);
      input?.toggleAttribute("aria-invalid", false);
      if (fault) input?.setAttribute("aria-invalid", "true");
      if (line) line.hidden = !fault;
      if (line) line.textContent = fault?.message ?? "";
    }
    this.#form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #tell(text: string, kind?: "bad"): void {
    this.#note.replaceChildren(h("p", { class: kind ? `note ${kind}` : "note", id: "result" }, text));
    this.#note.scrollIntoView({ block: "nearest" });
    this.#stage.say(text);
  }
}
