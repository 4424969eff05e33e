// The row of a saved event: the server writes into the event itself, the page's form is left alone.
import { findLink } from "../../internal/web/client/link.ts";
import type { Link } from "../messages.ts";
import { say } from "../words.ts";
import { asking, ownTrouble } from "./asking.ts";
import { type EventRef, eventOf } from "./eid.ts";
import { textsOf } from "./form.ts";
import { Keeper, type Member } from "./keeper.ts";
import type { View } from "./row.ts";
import { kindOf, linkActions, switching } from "./words.ts";

export class Saved extends Keeper {
  #link: Link | null = null;
  #shown = ""; // the link that the page shows, for whoever has no meeting of it
  #stale = false; // the server has written what the open form does not show

  protected async begin(me: Member): Promise<void> {
    this.#shown = this.linkInPage(me.server);
    this.#link = await asking("link", this.#event(me), this.signal);
  }

  override noticed(): void {
    if (!this.me || this.busy !== "") return;
    const shown = this.linkInPage(this.me.server);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.draw();
  }

  protected override linkInPage(server: string): string {
    if (server === "") return "";
    const { root } = this.surface;
    if (this.surface.kind === "editor") {
      const { body, location } = textsOf(root);
      return findLink(`${location}\n${body}`, server)?.address ?? "";
    }
    const links = [...root.querySelectorAll("a")].map((a) => a.href).filter((href) => !href.startsWith("javascript:"));
    return findLink(`${links.join("\n")}\n${root.textContent}`, server)?.address ?? "";
  }

  #event(me: Member): EventRef {
    const event = eventOf(this.surface.eid, me.person.email);
    if (event) return event;
    throw ownTrouble(say("calUnknownEvent"), "", say("calUnknownEventNext"));
  }

  protected offer(): View {
    const busy = this.busy !== "";
    const link = this.#link;
    if (link) {
      const remove = say(this.busy === "remove" ? "calRemoving" : "calRemove");
      return {
        ...{ line: say("calAdded", kindOf(link.kind)), conflict: link.conflict?.text },
        quiet: [link.why.text, link.waits?.text, this.#note()],
        actions: [
          ...linkActions(link.join_url, this.copied, () => this.copy(link.join_url)),
          !this.#locked() && switching(link.kind, busy, (pmi) => this.#add(pmi)),
          { part: "remove", label: remove, busy, run: () => this.#remove(link) },
          this.#again(),
        ],
      };
    }
    if (this.#shown !== "" && !this.#stale) {
      return { line: say("calHasLink"), actions: linkActions(this.#shown, this.copied, () => this.copy(this.#shown)) };
    }
    const label = say(this.busy === "add" ? "calAdding" : "calAdd");
    const add = { part: "add", main: true, label, busy, run: () => this.#add() };
    return { quiet: [this.#note()], actions: [add, this.#again()] };
  }

  #note(): string | undefined {
    return this.#stale && this.surface.kind === "editor" ? say("calWrittenByServer") : undefined;
  }

  #again() {
    const run = () => location.reload();
    return this.#note() !== undefined && { part: "reload", label: say("calReloadNow"), run };
  }

  #locked(): boolean {
    return this.me?.signedIn === true && this.me.lockedPMI !== undefined;
  }

  #add(usePMI?: boolean): Promise<void> {
    return this.task(usePMI === undefined ? "add" : "switch", async () => {
      const me = await this.member();
      if (!me) return;
      const wish = usePMI === undefined ? {} : { usePMI };
      this.#link = await asking("addLink", { ...this.#event(me), ...wish }, this.signal);
      this.#stale = true;
    });
  }

  #remove(link: Link): Promise<void> {
    return this.task("remove", async () => {
      await asking("removeSaved", { number: link.meeting_number }, this.signal);
      this.#link = null;
      this.#stale = true;
    });
  }
}
