// Signing in and out. The worker may be stopped between any two steps: what a step needs is kept for the browser's session,
// which content scripts cannot read.
import { Api } from "../internal/web/client/api.ts";
import { type Access, type Cache, Session } from "../internal/web/client/oauth.ts";
import { type Attempt, newAttempt } from "../internal/web/client/pkce.ts";
import { Problem } from "../internal/web/client/problem.ts";
import { browser } from "./browser.ts";
import { server } from "./server.ts";
import { vault } from "./vault.ts";

/** Somebody's way to one installation. */
export interface Desk {
  origin: string;
  session: Session;
  api: Api;
}

const clientId = "parlor-extension";

let open: Desk | undefined;

/** The desk at the installation that is set now; its origin is "" when none is. */
export async function desk(): Promise<Desk> {
  const origin = await server();
  if (open?.origin !== origin) {
    const client = { origin, clientId, redirectUri: browser.identity.getRedirectURL("signed-in") };
    const session = new Session(client, vault(`refresh ${origin}`), Date.now, cache(origin));
    open = { origin, session, api: new Api(origin, session) };
  }
  return open;
}

function cache(origin: string): Cache {
  const key = `access ${origin}`;
  return {
    read: async () => asAccess((await browser.storage.session.get(key))[key]),
    write: (access) => (access ? browser.storage.session.set({ [key]: access }) : browser.storage.session.remove(key)),
  };
}

function asAccess(kept: unknown): Access | undefined {
  const access = kept as Partial<Access> | undefined;
  const whole = typeof access?.token === "string" && typeof access.until === "number";
  return whole ? (access as Access) : undefined;
}

/** How an attempt to sign in failed without a fault of the server. */
export class NotSignedIn extends Error {
  readonly reason: "closed" | "refused" | "failed";

  constructor(reason: "closed" | "refused" | "failed") {
    super(reason);
    this.reason = reason;
  }
}

let underWay: Promise<void> | undefined;

/** Signs in through a window of the browser's. A second call while one is under way waits for the same. */
export function signIn(): Promise<void> {
  underWay ??= signInNow().finally(() => {
    underWay = undefined;
  });
  return underWay;
}

const attemptKey = "attempt";

async function signInNow(): Promise<void> {
  const { origin, session } = await desk();
  const attempt = await newAttempt();
  await browser.storage.session.set({ [attemptKey]: { ...attempt, origin } });
  const flow = browser.identity.launchWebAuthFlow({ url: address(origin, attempt), interactive: true });
  const back = await awake(flow).catch(async (thrown) => {
    await browser.storage.session.remove(attemptKey);
    throw thrown;
  });
  const begun = (await browser.storage.session.get(attemptKey))[attemptKey] as
    | (Attempt & { origin: string })
    | undefined;
  await browser.storage.session.remove(attemptKey);
  const answer = new URL(back).searchParams;
  if (!begun || begun.origin !== origin || answer.get("state") !== begun.state) throw new NotSignedIn("failed");
  if ((answer.get("iss") ?? origin) !== origin) throw new NotSignedIn("failed"); // RFC 9207
  if (answer.get("error") === "access_denied") throw new NotSignedIn("refused");
  const code = answer.get("code");
  if (!code) throw new NotSignedIn("failed");
  await session.finish(begun, code);
}

function address(origin: string, { challenge, state }: Attempt): string {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: browser.identity.getRedirectURL("signed-in"),
    response_type: "code",
    scope: "schedule",
    code_challenge: challenge,
    code_challenge_method: "S256",
    state,
  });
  return `${origin}/oauth/authorize?${query}`;
}

const nap = 20_000; // shorter than the 30 seconds after which browsers stop an idle worker

/** Keeps the worker from being stopped while a person looks for their password. */
async function awake(flow: Promise<string | undefined>): Promise<string> {
  const timer = setInterval(() => void browser.storage.session.get(attemptKey), nap);
  try {
    const back = await flow;
    if (!back) throw new NotSignedIn("closed");
    return back;
  } catch (thrown) {
    if (thrown instanceof NotSignedIn) throw thrown;
    const unreachable = thrown instanceof Error && /could not be loaded/i.test(thrown.message); // as Chrome says it
    throw unreachable ? new Problem("offline") : new NotSignedIn("closed");
  } finally {
    clearInterval(timer);
  }
}

/** Signs out, here and at the server. */
export async function signOut(): Promise<void> {
  const { session } = await desk();
  await session.end();
}

/** Whether a thrown thing means that nobody is signed in. */
export function isSignedOut(thrown: unknown): boolean {
  return thrown instanceof Problem && thrown.kind === "signed_out";
}
