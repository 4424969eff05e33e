import type { Attempt } from "./pkce.ts";
import { asProblem, Problem, problemOf } from "./problem.ts";
import { inTurn } from "./turn.ts";
import { type Answer, send } from "./wire.ts";

/** Where a client keeps its refresh token: the one thing that outlives the page. */
export interface Shelf {
  name: string; // tells shelves of one origin apart; the lock has it too
  read(): Promise<string | undefined>;
  write(token: string): Promise<void>;
  clear(): Promise<void>;
}

/** An access token and when it ends, milliseconds. */
export interface Access {
  token: string;
  until: number;
}

/** Where a client that is stopped between two steps keeps its access token; it must be gone when the browser ends. */
export interface Cache {
  read(): Promise<Access | undefined>;
  write(access: Access | undefined): Promise<void>;
}

/** Which client this is, and of which installation. */
export interface Registration {
  origin: string; // of the installation, without a slash at the end
  clientId: string; // "parlor-addin"
  redirectUri: string;
}

interface Grant {
  access_token: string;
  refresh_token: string;
  expires_in: number; // seconds
}

const early = 30_000; // a token this near its end is renewed before it is used

/** The signed-in state of one client: the access token in memory, the refresh token on the shelf. */
export class Session {
  #client: Registration;
  #shelf: Shelf;
  #cache: Cache | undefined;
  #access: Access | undefined;
  #renewal: Promise<string> | undefined;
  #ends = 0; // sign-outs: what was read before one is not held after it
  #now: () => number;

  constructor(client: Registration, shelf: Shelf, now: () => number = Date.now, cache?: Cache) {
    this.#client = client;
    this.#shelf = shelf;
    this.#now = now;
    this.#cache = cache;
  }

  /** Whether somebody signed in here before. It asks no server. */
  async known(): Promise<boolean> {
    return this.#access !== undefined || (await this.#shelf.read()) !== undefined;
  }

  /** A token to send; fails with a Problem of kind signed_out when there is none to be had. */
  async token(): Promise<string> {
    if (!this.#access) {
      const ends = this.#ends;
      const kept = await this.#cache?.read();
      if (ends === this.#ends) this.#access ??= kept;
    }
    return this.#fresh(this.#access) ?? this.#renew();
  }

  #fresh(access: Access | undefined): string | undefined {
    return access && access.until - early > this.#now() ? access.token : undefined;
  }

  /** Forgets a token that the server refused, so that the next one is fresh. */
  async drop(token: string): Promise<void> {
    if (this.#access?.token === token) await this.#hold(undefined);
  }

  async #hold(access: Access | undefined): Promise<void> {
    this.#access = access;
    await this.#cache?.write(access);
  }

  /** Ends a sign-in: turns the code into tokens. */
  async finish(attempt: Attempt, code: string): Promise<void> {
    await this.#alone(async () => {
      const grant = await this.#ask({
        grant_type: "authorization_code",
        code,
        redirect_uri: this.#client.redirectUri,
        code_verifier: attempt.verifier,
      });
      return this.#keep(grant);
    });
  }

  /** Signs out: here at once, at the server when it can be reached (RFC 7009). */
  async end(): Promise<void> {
    this.#ends++;
    const token = await this.#shelf.read();
    await this.#hold(undefined);
    await this.#shelf.clear();
    if (!token) return;
    try {
      await this.#post("/oauth/revoke", { token, token_type_hint: "refresh_token" });
    } catch {
      // The token is gone from this device; Devices in the portal ends the family too.
    }
  }

  /** One renewal at a time, in this page and among all pages that share the shelf. */
  #renew(): Promise<string> {
    this.#renewal ??= this.#alone(() => this.#renewNow()).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewNow(): Promise<string> {
    const used = await this.#shelf.read();
    if (used === undefined) throw new Problem("signed_out", 401);
    try {
      return await this.#renewWith(used);
    } catch (thrown) {
      if (asProblem(thrown).kind !== "signed_out") throw thrown;
      const newer = await this.#shelf.read();
      if (newer !== undefined && newer !== used) return this.#renewWith(newer);
      await this.#hold(undefined);
      await this.#shelf.clear();
      throw thrown;
    }
  }

  async #renewWith(refresh_token: string): Promise<string> {
    const grant = await this.#ask({ grant_type: "refresh_token", refresh_token });
    if ((await this.#shelf.read()) === undefined) throw new Problem("signed_out", 401); // meanwhile, and the family ends with it
    return this.#keep(grant);
  }

  async #keep(grant: Grant): Promise<string> {
    await this.#shelf.write(grant.refresh_token);
    await this.#hold({ token: grant.access_token, until: this.#now() + grant.expires_in * 1000 });
    return grant.access_token;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(`parlor:tokens:${this.#shelf.name}`, work);
  }

  async #ask(fields: Record<string, string>): Promise<Grant> {
    const answer = await this.#post("/oauth/token", fields);
    if (answer.status === 200) return grantOf(answer.body);
    // invalid_grant and its kin (RFC 6749 section 5.2) are 400 and 401: signing in again helps, and nothing else does.
    if (answer.status === 400 || answer.status === 401) throw new Problem("signed_out", 401);
    throw problemOf(answer.status, answer.body);
  }

  #post(path: string, fields: Record<string, string>): Promise<Answer> {
    const all = Object.entries({ client_id: this.#client.clientId, ...fields });
    const body = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
    return send(this.#client.origin + path, { method: "POST", body, headers });
  }
}

function grantOf(body: unknown): Grant {
  const grant = (body ?? {}) as Partial<Grant>;
  if (typeof grant.access_token !== "string" || typeof grant.refresh_token !== "string") throw new Problem("server");
  return {
    access_token: grant.access_token,
    refresh_token: grant.refresh_token,
    expires_in: typeof grant.expires_in === "number" ? grant.expires_in : 60,
  };
}
