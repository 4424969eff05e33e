// What is left when Google Calendar has changed its shape: the link to copy, and a new event that carries it. Said once.
import { browser } from "../browser.ts";
import { shape } from "../selectors.ts";
import { say } from "../words.ts";
import { asking, whoAmI } from "./asking.ts";
import { Row, type View } from "./row.ts";
import { toClipboard } from "./words.ts";

const key = "calendarShape"; // of storage.local: the version of the selectors that this was said of
let said = false;

/** Shows a card in the corner, once for each version of the selectors. */
export async function tellLost(page: AbortSignal): Promise<void> {
  if (said || (await toldBefore())) return;
  said = true;
  const me = await whoAmI().catch(() => undefined);
  const link = me?.signedIn ? await asking("copyLink", {}, page).catch(() => undefined) : undefined;
  if (!page.aborted) show(link?.joinUrl, page);
}

async function toldBefore(): Promise<boolean> {
  try {
    const told = (await browser.storage.local.get(key))[key] === shape;
    if (!told) await browser.storage.local.set({ [key]: shape });
    return told;
  } catch {
    return false; // pages may not read the storage here: then it is once per tab
  }
}

function show(link: string | undefined, page: AbortSignal): void {
  const own = new AbortController();
  page.addEventListener("abort", () => own.abort(), { once: true, signal: own.signal });
  const row = new Row("card", own.signal);
  document.body.append(row.host);
  const draw = (copied: boolean, trouble?: View["trouble"]) => row.draw(card(link, copied, trouble, copy, close));
  const close = () => own.abort();
  const copy = () => {
    toClipboard(link ?? "").then(
      () => draw(true),
      () => draw(false, { title: say("calNotCopied"), detail: link ?? "", next: "" }),
    );
  };
  draw(false);
}

function card(
  link: string | undefined,
  copied: boolean,
  trouble: View["trouble"],
  copy: () => void,
  close: () => void,
): View {
  return {
    ...{ line: say("calChanged"), quiet: [say("calChangedNext")], trouble },
    actions: [
      link !== undefined && { part: "copy", label: say(copied ? "calCopied" : "calCopy"), run: copy },
      link !== undefined && { part: "new", label: say("calNewWithLink"), href: template(link) },
      { part: "close", label: say("calClose"), run: close },
    ],
  };
}

/** The address that opens a new event which is filled in; undocumented, and stable for years. */
export function template(link: string): string {
  const address = new URL("/calendar/render", location.origin);
  address.searchParams.set("action", "TEMPLATE");
  address.searchParams.set("location", link);
  address.searchParams.set("details", link);
  return address.href;
}
