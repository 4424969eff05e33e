// The row of an event that is not saved yet: what it adds is written into the form, where it is seen before saving.
import { type Found, findLink } from "../../internal/web/client/link.ts";
import type { Invitation } from "../messages.ts";
import { say } from "../words.ts";
import { asking, ownTrouble } from "./asking.ts";
import { type Form, readForm, textsOf } from "./form.ts";
import { Keeper, type Member } from "./keeper.ts";
import { put, type Texts, takeOut } from "./put.ts";
import type { View } from "./row.ts";
import type { Surface } from "./surface.ts";
import { kindOf, linkActions, switching } from "./words.ts";

const settled = 800; // milliseconds after the last change of the form

export class Draft extends Keeper {
  #choice: boolean | undefined; // of PMI or not, made for this event
  #says: Invitation | undefined; // the last answer: kind, why, conflict
  #form: Form | undefined;
  #asked = ""; // what the last answer was about
  #later: ReturnType<typeof setTimeout> | undefined;
  #located = true;
  #claim = { of: "", key: "" }; // the same request sent twice claims one number

  protected async begin(me: Member): Promise<void> {
    await this.#preview(me);
  }

  /** Asks again when the form says something else than before, once it rests. */
  override noticed(): void {
    if (!this.me?.signedIn || this.busy !== "" || JSON.stringify(this.#subject()) === this.#asked) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#again(), settled);
  }

  override end(): void {
    clearTimeout(this.#later);
    super.end();
  }

  /** A bubble that was drawn anew still begins at the same time. */
  override fits(other: Surface): boolean {
    const { kind, eid, root } = this.surface;
    if (kind !== other.kind || eid !== other.eid) return false;
    return root === other.root || readForm(other.root).event.start === this.#form?.event.start;
  }

  async #again(): Promise<void> {
    if (!this.me?.signedIn || this.busy !== "" || this.signal.aborted) return;
    await this.#preview(this.me).catch(() => undefined); // what was said stays until something newer is known
    this.draw();
  }

  async #preview(me: Member): Promise<void> {
    const subject = this.#subject();
    this.#asked = JSON.stringify(subject);
    const number = this.#present(me.server)?.number;
    const ask = { event: subject.event, ...this.#wish(), ...(number && { number }) };
    const says = await asking("preview", ask, this.signal);
    if (this.#asked === JSON.stringify(subject)) this.#says = says;
  }

  /** What an answer depends on; the title alone changes nothing. */
  #subject(): Form & { link: string | undefined } {
    this.#form = readForm(this.surface.root);
    const link = this.me?.signedIn ? this.#present(this.me.server)?.address : undefined;
    return { ...this.#form, event: { ...this.#form.event, title: "" }, link };
  }

  #wish(): { usePMI?: boolean } {
    return this.#choice === undefined ? {} : { usePMI: this.#choice };
  }

  #present(server: string): Found | undefined {
    const { body, location } = textsOf(this.surface.root);
    return findLink(`${body}\n${location}`, server);
  }

  protected offer(): View {
    this.#form ??= readForm(this.surface.root);
    const link = this.me?.signedIn ? this.#present(this.me.server) : undefined;
    const kind = this.#says?.kind;
    const quiet = [
      this.#says?.why.text,
      this.#says?.waits?.text,
      this.#form?.timed === false ? say("calTimesUnread") : undefined,
      link && !this.#located ? say("calOnlyDescription") : undefined,
    ];
    const view = { quiet, conflict: this.#says?.conflict?.text };
    if (link) return { ...view, line: say("calAdded", kindOf(kind ?? kindOfLink(link))), actions: this.#added(link) };
    const busy = this.busy === "add";
    const add = { part: "add", main: true, label: say(busy ? "calAdding" : "calAdd"), busy, run: () => this.#add() };
    const choose = kind && !this.#locked() && switching(kind, this.busy !== "", (pmi) => this.#choose(pmi));
    if (kind && !quiet[0]) quiet[0] = kindOf(kind);
    return { ...view, actions: [add, choose] };
  }

  #added(link: Found): View["actions"] {
    const busy = this.busy !== "";
    const remove = say(this.busy === "remove" ? "calRemoving" : "calRemove");
    const kind = this.#says?.kind ?? kindOfLink(link);
    return [
      ...linkActions(link.address, this.copied, () => this.copy(link.address)),
      !this.#locked() && switching(kind, busy, (pmi) => this.#add(pmi)),
      { part: "remove", label: remove, busy, run: () => this.#remove() },
    ];
  }

  #locked(): boolean {
    return this.me?.signedIn === true && this.me.lockedPMI !== undefined;
  }

  /** Before there is a link a choice changes nothing but what is said. */
  #choose(usePMI: boolean): Promise<void> {
    return this.task("switch", async () => {
      this.#choice = usePMI;
      const me = await this.member();
      if (me) await this.#preview(me);
    });
  }

  #add(usePMI?: boolean): Promise<void> {
    return this.task(usePMI === undefined ? "add" : "switch", async () => {
      const me = await this.member();
      if (!me) return;
      if (usePMI === undefined && this.#present(me.server)) return; // it is there already
      if (usePMI !== undefined) this.#choice = usePMI;
      const done = await put(
        () => this.surface.root,
        (texts) => this.#invite(me, texts),
        this.signal,
      );
      this.#says = done.answer;
      this.#located = done.located;
      this.#claim.of = "";
      this.#asked = JSON.stringify(this.#subject());
      this.row.focus();
    });
  }

  #invite(me: Member, texts: Texts): Promise<Invitation> {
    this.#form = readForm(this.surface.root);
    const number = findLink(`${texts.body}\n${texts.location}`, me.server)?.number;
    const of = JSON.stringify(this.#form.event);
    if (of !== this.#claim.of) this.#claim = { of, key: crypto.randomUUID() };
    const ask = { event: this.#form.event, texts: { format: "text" as const, ...texts }, key: this.#claim.key };
    return asking("invite", { ...ask, ...this.#wish(), ...(number && { number }) }, this.signal);
  }

  #remove(): Promise<void> {
    return this.task("remove", async () => {
      const me = await this.member();
      if (!me) return;
      const number = this.#present(me.server)?.number;
      await takeOut(
        () => this.surface.root,
        (texts) => asking("remove", { texts: { format: "text", ...texts }, ...(number && { number }) }, this.signal),
        this.signal,
      );
      if (this.#present(me.server)) throw ownTrouble(say("calNotRemoved"), "", say("calRemoveByHand"));
      await this.#preview(me).catch(() => undefined);
      this.row.focus();
    });
  }
}

function kindOfLink(link: Found): Invitation["kind"] {
  return link.id.length === 11 ? "one_time" : "pmi";
}
