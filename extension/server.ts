// Which Parlor this extension belongs to: the one it was made for, or in a generic build the one the person entered.
import { browser } from "./browser.ts";

/** The origin of the installation, written in when the script is bundled; "" in a generic build. */
declare const PARLOR_ORIGIN: string;

/** Whether the person enters the address of their Parlor. */
export const generic = PARLOR_ORIGIN === "";

const key = "server";

/** The origin of the installation, "" when none was entered yet. What an older version left there may be anything. */
export async function server(): Promise<string> {
  if (!generic) return PARLOR_ORIGIN;
  const kept = (await browser.storage.local.get(key))[key];
  return typeof kept === "string" ? (originOf(kept) ?? "") : "";
}

/** Keeps the origin that the person entered. */
export async function keepServer(origin: string): Promise<void> {
  await browser.storage.local.set({ [key]: origin });
}

/** The origin that a person means by what they typed; undefined when it cannot be one. Plain http is for this machine alone. */
export function originOf(typed: string): string | undefined {
  const text = typed.trim();
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const { protocol, hostname, origin, username, password } = new URL(whole);
  const here = hostname === "127.0.0.1" || hostname === "localhost";
  const safe = protocol === "https:" || (protocol === "http:" && here);
  const named = here || hostname.includes(".");
  return safe && named && !username && !password ? origin : undefined;
}

/** The pattern by which a browser is asked to let us speak to an origin. Patterns of Firefox have no port. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** Whether there is a Parlor at an origin: its API describes itself, without asking who is there. */
export async function isParlor(origin: string): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(`${origin}/v1/openapi.yaml`, { credentials: "omit", redirect: "error", signal });
  return answer.ok && /^ {2}title: Parlor$/m.test(await answer.text());
}
