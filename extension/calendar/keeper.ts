// What every row has in common: who is signed in, one thing being done at a time, and what went wrong.
import { ask, Gone } from "../ask.ts";
import type { Trouble, WhoAmI } from "../messages.ts";
import { say } from "../words.ts";
import { alive, asking, forgetWho, troubleOf, whoAmI } from "./asking.ts";
import { Row, type View } from "./row.ts";
import type { Surface } from "./surface.ts";
import { linkActions, toClipboard } from "./words.ts";

/** Somebody who is signed in. */
export type Member = Extract<WhoAmI, { signedIn: true }>;

/** Looks after one surface and the row in it, until it ends. */
export abstract class Keeper {
  surface: Surface;
  readonly row: Row;
  protected readonly signal: AbortSignal;
  protected me: WhoAmI | undefined;
  protected busy = ""; // the part that is being done
  protected trouble: Trouble | undefined;
  protected copied = false;
  #own = new AbortController();

  constructor(surface: Surface, page: AbortSignal) {
    this.surface = surface;
    this.signal = this.#own.signal;
    page.addEventListener("abort", () => this.end(), { once: true, signal: this.signal });
    this.row = new Row(surface.kind, this.signal);
    surface.put(this.row.host);
  }

  /** Asks what is to be asked at first; no answer is no trouble until somebody presses. */
  async start(): Promise<void> {
    this.draw();
    try {
      this.me = await whoAmI();
      if (this.me.signedIn) await this.begin(this.me);
    } catch {
      // The button stands, and says what is wrong when it is pressed.
    }
    this.draw();
  }

  /** Whether another surface is about the same event. */
  fits(other: Surface): boolean {
    const { kind, eid, root } = this.surface;
    return kind === other.kind && eid === other.eid && root === other.root;
  }

  /** The surface was drawn anew by the page: the row goes where it is now. */
  move(surface: Surface): void {
    this.surface = surface;
    surface.put(this.row.host);
  }

  /** Something in the page has changed. */
  noticed(): void {}

  end(): void {
    this.#own.abort();
  }

  /** The link that the page shows, "" when it shows none; for whoever is signed out. */
  protected linkInPage(_server: string): string {
    return "";
  }

  protected abstract begin(me: Member): Promise<void>;
  protected abstract offer(): View;

  protected draw(): void {
    if (this.signal.aborted) return;
    const view = this.me?.signedIn === false ? this.#signedOut(this.me.server) : this.offer();
    this.row.draw(alive() ? { ...view, trouble: this.trouble } : reload());
  }

  #signedOut(server: string): View {
    if (server === "") {
      const setUp = () =>
        this.task("setUp", async () => {
          await asking("openOptions", {}, this.signal);
        });
      return { actions: [{ part: "add", main: true, label: say("calSetUp"), run: setUp }] };
    }
    const busy = this.busy !== "";
    const link = this.linkInPage(server);
    if (link !== "") {
      const enter = { part: "add", label: say(busy ? "calSigningIn" : "signIn"), busy, run: () => this.#signIn() };
      const actions = [...linkActions(link, this.copied, () => this.copy(link)), enter];
      return { line: say("calHasLink"), actions };
    }
    const label = say(busy ? "calSigningIn" : "calSignIn");
    return { actions: [{ part: "add", main: true, label, busy, run: () => this.#signIn() }] };
  }

  /** Signing in takes as long as a person takes. */
  #signIn(): Promise<void> {
    return this.task("signIn", async () => {
      this.me = await ask("signIn", {});
      forgetWho();
      if (this.me.signedIn) await this.begin(this.me);
    });
  }

  /** Does one thing; pressing again meanwhile does nothing. What was wrong before is forgotten. */
  protected async task(part: string, work: () => Promise<void>): Promise<void> {
    if (this.busy !== "") return;
    this.busy = part;
    this.trouble = undefined;
    this.copied = false;
    this.draw();
    try {
      await work();
    } catch (thrown) {
      this.trouble = troubleOf(thrown, this.signal);
      if (this.trouble?.kind === "signed_out") await this.#lookAgain();
      if (thrown instanceof Gone && !alive()) this.trouble = undefined;
    } finally {
      this.busy = "";
      this.draw();
    }
  }

  /** The sign-in has ended meanwhile. */
  async #lookAgain(): Promise<void> {
    forgetWho();
    this.me = await whoAmI().catch(() => this.me);
  }

  /** Who it is; undefined when nobody is signed in, which the row then offers. */
  protected async member(): Promise<Member | undefined> {
    this.me = await whoAmI();
    return this.me.signedIn ? this.me : undefined;
  }

  protected copy(link: string): void {
    void this.task("copy", async () => {
      await toClipboard(link);
      this.copied = true;
    });
  }
}

/** The extension was updated: this script can ask nobody any more. */
export function reload(): View {
  return {
    line: say("calReload"),
    actions: [{ part: "reload", label: say("calReloadNow"), run: () => location.reload() }],
  };
}
