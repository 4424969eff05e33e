// Who is signed in, on every client alike: the Office dialog, the server's own authorisation and PKCE. The refresh token
// stays in this browser's storage; roaming settings, which other programs can read, never hold one.
import { Api } from "../internal/web/client/api.ts";
import { Session, type Shelf } from "../internal/web/client/oauth.ts";
import { newAttempt } from "../internal/web/client/pkce.ts";
import { Desk } from "./invite.ts";
import { askInDialog, canOpenDialog, mailbox, OfficeFault, partition } from "./office.ts";

/** The origin of the installation, written in when the script is bundled. */
declare const PARLOR_ORIGIN: string;

/** All that the add-in does for one person. */
export interface Parlor {
  origin: string;
  session: Session;
  api: Api;
  desk: Desk;
}

/** Puts the parts together; nothing is asked of anybody yet. */
export function openParlor(): Parlor {
  const origin = PARLOR_ORIGIN;
  const client = { origin, clientId: "parlor-addin", redirectUri: `${origin}/addin/signed-in` };
  const session = new Session(client, shelf(`${partition()}parlor:refresh`));
  const api = new Api(origin, session);
  return { origin, session, api, desk: new Desk(origin, api) };
}

/** The runtime of events in classic Windows has no storage: nobody is signed in there. */
function shelf(name: string): Shelf {
  const memory = new Map<string, string>();
  const store = storage();
  return {
    name,
    read: async () => store?.getItem(name) ?? memory.get(name),
    write: async (token) => (store ? store.setItem(name, token) : void memory.set(name, token)),
    clear: async () => (store ? store.removeItem(name) : void memory.delete(name)),
  };
}

/** Reading the property throws where a browser forbids storage in frames of other sites. */
function storage(): Storage | undefined {
  try {
    return typeof localStorage === "undefined" ? undefined : localStorage;
  } catch {
    return undefined;
  }
}

/** How an attempt to sign in ended. */
export type SignIn = "done" | "closed" | "refused" | "blocked" | "failed";

/** Signs in through the Office dialog. Problems of the exchange itself are thrown. */
export async function signIn({ origin, session }: Parlor, signal: AbortSignal): Promise<SignIn> {
  if (!canOpenDialog()) return "blocked";
  const attempt = await newAttempt();
  const query = new URLSearchParams({ challenge: attempt.challenge, state: attempt.state });
  if (mailbox()) query.set("login_hint", mailbox());
  const said = await inDialog(`${origin}/addin/sign-in?${query}`, signal);
  if (said === undefined) return "closed";
  if (said === "blocked") return "blocked";
  const { code, state, error } = parse(said);
  if (error === "access_denied") return "refused";
  if (!code || state !== attempt.state) return "failed";
  await session.finish(attempt, code);
  return "done";
}

const closedByPerson = 12009; // the person said no when asked whether a window may open

async function inDialog(address: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await askInDialog(address, signal);
  } catch (thrown) {
    if (thrown instanceof OfficeFault) return thrown.code === closedByPerson ? undefined : "blocked";
    throw thrown;
  }
}

interface Said {
  code?: string;
  state?: string;
  error?: string;
}

function parse(message: string): Said {
  try {
    return (JSON.parse(message) ?? {}) as Said;
  } catch {
    return {};
  }
}
