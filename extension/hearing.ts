// Who may ask the worker what. Each message says who sent it, and the browser says so, not the sender.
import { contentAnswers, pageAnswers } from "./answers.ts";
import { browser, type Sender } from "./browser.ts";
import type { Reply } from "./messages.ts";
import { pages } from "./pages.ts";
import { troubleOf } from "./trouble.ts";

type Answer = (ask: never) => Promise<unknown>;

/** Answers the extension's own pages, and its script in calendar pages; everybody else is left without an answer. */
export function hear(): void {
  browser.runtime.onMessage.addListener((message, sender, answer) => {
    const act = actFor(message, sender);
    if (!act) return undefined;
    void reply(() => act(message as never)).then(answer);
    return true; // the answer comes later
  });
}

/** What is done about a message; nothing, when its sender may not ask it. */
export function actFor(message: unknown, sender: Sender): Answer | undefined {
  const kind = (message as { kind?: unknown } | null)?.kind;
  if (typeof kind !== "string" || sender.id !== browser.runtime.id) return undefined;
  if (isOwnPage(sender)) return own<Answer>({ ...contentAnswers, ...pageAnswers }, kind);
  if (isCalendar(sender)) return own<Answer>(contentAnswers, kind);
  return undefined;
}

function isOwnPage({ url }: Sender): boolean {
  return url?.startsWith(browser.runtime.getURL("")) ?? false;
}

/** The content script in the page itself; not in a frame that somebody else shows it in. */
function isCalendar({ url, tab, frameId }: Sender): boolean {
  return tab !== undefined && frameId === 0 && url !== undefined && pages.includes(new URL(url).origin);
}

function own<Found>(table: object, kind: string): Found | undefined {
  return Object.hasOwn(table, kind) ? (table as Record<string, Found>)[kind] : undefined;
}

async function reply(act: () => Promise<unknown>): Promise<Reply<unknown>> {
  try {
    return { answer: await act() };
  } catch (thrown) {
    return { error: troubleOf(thrown) };
  }
}
