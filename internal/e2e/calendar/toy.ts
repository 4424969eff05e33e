// The content script on a saved page, in a real browser, with a toy worker behind it: the script is loaded as modules into
// the page itself, so that what a page sees and what the script does can both be looked at.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { newVisitor, type Visitor, type Window } from "../browser.js";

const compiled = fileURLToPath(new URL("../../../", import.meta.url)); // out/calendar
const sources = fileURLToPath(new URL("../../../../../../../", import.meta.url)); // the repository
const saved = join(sources, "internal/e2e/calendar/pages");

/** The installation that the toy worker stands for. */
export const origin = "https://rooms.example.com";

/** Serves the saved pages and the compiled scripts. */
export interface Site {
  address: string;
  close: () => Promise<void>;
}

const kinds: Record<string, string> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

export async function openSite(): Promise<Site> {
  const server: Server = createServer((request, answer) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const asked = url.searchParams.get("page");
    try {
      const file = asked ? join(saved, `${asked}.html`) : fileOf(normalize(url.pathname));
      const body = readFileSync(file);
      answer.writeHead(200, { "Content-Type": `${kinds[extname(file)]}; charset=utf-8` }).end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, close: () => new Promise((done) => server.close(() => done())) };
}

function fileOf(path: string): string {
  if (path.startsWith("/pages/")) return join(saved, path.slice(7));
  return join(compiled, path.slice(1));
}

/** What the worker was asked. */
export interface Asked {
  kind: string;
  event?: { title: string; start: string; end: string; guests: string[]; recurrence: string[]; zone: string };
  texts?: { format: string; body: string; location: string };
  usePMI?: boolean;
  number?: string;
  key?: string;
  calendar?: string;
  eventId?: string;
}

/** What the toy worker does; the page's own copy of it is window.toy. */
export interface Toy {
  asked: Asked[];
  signedIn: boolean;
  kind: "pmi" | "one_time";
  conflict: string;
  waits: string; // why guests wait, "" when they do not
  link: boolean; // the saved event has one
  delay: number; // milliseconds before each answer
  fails: string[]; // kinds that are answered with trouble
  deaf: string[]; // kinds that are never answered
  lost: string[]; // kinds whose first message finds the worker stopped
  gone: boolean; // the extension was updated
  stored: Record<string, unknown>;
}

declare global {
  var toy: Toy;
}

/** Opens a saved page at an address of Google Calendar's, with a toy worker, and starts the content script. */
export async function openPage(window: Window, site: Site, page: string, change: Partial<Toy> = {}): Promise<Visitor> {
  const visitor = await newVisitor(window);
  const language = page.includes("german") ? "de" : page.includes("japanese") ? "ja" : "en";
  const messages = readFileSync(join(sources, `extension/_locales/${language}/messages.json`), "utf8");
  await visitor.page.evaluateOnNewDocument(installToy, origin, messages, JSON.stringify(change));
  await visitor.page.goto(`${site.address}${addressOf(page)}?page=${page}`, { waitUntil: "load" });
  return visitor;
}

/** Starts the content script of a page. */
export async function run(page: Page): Promise<void> {
  await page.addScriptTag({ type: "module", url: "/extension/content.js" });
}

export const eid = Buffer.from("6f0k2m9planning ada@example.com").toString("base64url");

function addressOf(page: string): string {
  if (page === "editor-existing") return `/calendar/u/0/r/eventedit/${eid}`;
  if (page.startsWith("editor") || page === "changed") return "/calendar/u/0/r/eventedit";
  return "/calendar/u/0/r/week/2026/11/24";
}

/** Runs in the page: everything it needs is inside of it. */
function installToy(server: string, messages: string, change: string): void {
  Object.assign(globalThis, { PARLOR_PAGES: [location.origin] });
  const words = JSON.parse(messages) as Record<string, { message: string }>;
  const toy: Toy = {
    ...{ asked: [], signedIn: true, kind: "pmi", conflict: "", waits: "", link: false },
    ...{ delay: 0, fails: [], deaf: [], lost: [], gone: false, stored: {} },
    ...(JSON.parse(change) as Partial<Toy>),
  };
  let claimed = 98765432100;
  const numbers = new Map<string, string>();
  const rule = "──────────";
  const ours = new RegExp(`${rule}\\n[\\s\\S]*?${rule}(\\n\\n)?`);
  const linkOf = (kind: string, number: string) =>
    kind === "pmi"
      ? `${server}/j/2345678901?pwd=aaaaaaaaaaaaaaaaaaaaaa&omn=${number}`
      : `${server}/j/${number}?pwd=bbb`;
  const numberFor = ({ number, key = "" }: Asked, preview: boolean) => {
    const given = number ?? (preview ? "" : (numbers.get(key) ?? String(++claimed)));
    numbers.set(key, given);
    return given;
  };
  const kindFor = ({ usePMI }: Asked) => (usePMI === undefined ? toy.kind : usePMI ? "pmi" : "one_time");
  const merged = (block: string, before: string) => {
    if (ours.test(before)) return before.replace(ours, (_, gap: string) => block + (gap ?? ""));
    return before === "" ? block : `${block}\n\n${before}`;
  };
  const invitation = (ask: Asked, preview: boolean) => {
    const kind = kindFor(ask);
    const number = numberFor(ask, preview);
    const link = linkOf(kind, number);
    const body = `${rule}\nAda Lovelace invites you to a Parlor meeting.\n${link}\n${rule}`;
    const before = ask.texts?.body ?? "";
    return {
      ...{ kind, why: whyOf(kind), join_url: preview ? "" : link, location: link, stamp: "" },
      ...{ meeting_number: number, body, merged_location: ask.texts?.location || link, replaced: ours.test(before) },
      ...told(),
      merged_body: merged(body, before),
    };
  };
  const told = () => ({
    ...(toy.conflict && { conflict: { code: "overlap", text: toy.conflict } }),
    ...(toy.waits && { waits: { code: "unfamiliar_waits", text: toy.waits } }),
  });
  const whyOf = (kind: string) => ({
    code: "x",
    text: `${kind === "pmi" ? "Personal room" : "One-time number"}, as in your settings.`,
  });
  const savedLink = (kind = toy.kind) => {
    const why = whyOf(kind);
    return { join_url: linkOf(kind, "98765432100"), kind, meeting_number: "98765432100", why, ...told() };
  };
  const person = { email: "ada@example.com", name: "Ada Lovelace" };
  const answers: Record<string, (ask: Asked) => unknown> = {
    whoami: () => ({ signedIn: toy.signedIn, server, person, usePMI: true, pmi: "2345678901" }),
    preview: (ask) => invitation(ask, true),
    invite: (ask) => invitation(ask, false),
    remove: ({ texts }) => {
      const location = texts?.location.startsWith(server) ? "" : texts?.location;
      return { merged_body: texts?.body.replace(ours, ""), merged_location: location, found: true, stamp: "" };
    },
    link: () => (toy.link ? savedLink() : null),
    addLink: ({ usePMI }) => {
      toy.link = true;
      if (usePMI !== undefined) toy.kind = usePMI ? "pmi" : "one_time";
      return savedLink();
    },
    removeSaved: () => {
      toy.link = false;
      return {};
    },
    copyLink: () => ({ joinUrl: `${server}/j/2345678901` }),
    signIn: () => {
      toy.signedIn = true;
      return answers["whoami"]?.({ kind: "whoami" });
    },
    openOptions: () => ({}),
  };
  const sendMessage = async (message: Asked) => {
    if (toy.gone) throw new Error("Extension context invalidated.");
    toy.asked.push(JSON.parse(JSON.stringify(message)) as Asked);
    if (toy.deaf.includes(message.kind)) return new Promise(() => undefined);
    if (toy.delay) await new Promise((done) => setTimeout(done, toy.delay));
    const stopped = toy.lost.indexOf(message.kind);
    if (stopped >= 0) {
      toy.lost.splice(stopped, 1);
      throw new Error("The message port closed before a response was received.");
    }
    if (toy.fails.includes(message.kind)) {
      return {
        error: {
          kind: "offline",
          title: "No connection.",
          detail: "Nothing was changed.",
          next: "Try again.",
          faults: [],
        },
      };
    }
    return { answer: answers[message.kind]?.(message) };
  };
  const heard: unknown[] = [];
  const local = {
    get: async (key: string) => ({ [key]: toy.stored[key] }),
    set: async (items: object) => void Object.assign(toy.stored, items),
  };
  const i18n = {
    getMessage: (name: string, values: string[] = []) =>
      (words[name]?.message ?? "").replace(/\$(\d)/g, (_, i: string) => values[Number(i) - 1] ?? ""),
  };
  const runtime = {
    get id() {
      return toy.gone ? undefined : "toy";
    },
    sendMessage,
    onMessage: { addListener: (listener: unknown) => heard.push(listener), removeListener: () => undefined },
  };
  Object.assign(globalThis, { toy, browser: { runtime, storage: { local }, i18n }, heard });
}
