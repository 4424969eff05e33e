// Tokens: kept, renewed once for everybody, and given up only when the server says so.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Api } from "../../../internal/web/client/api.ts";
import { Session, type Shelf } from "../../../internal/web/client/oauth.ts";
import { newAttempt } from "../../../internal/web/client/pkce.ts";
import { Problem } from "../../../internal/web/client/problem.ts";

interface Sent {
  path: string;
  fields: URLSearchParams;
  bearer: string;
}

type Reply = (sent: Sent) => Response | Promise<Response>;

const origin = "https://rooms.example.com";
const real = globalThis.fetch;
const client = { origin, clientId: "parlor-addin", redirectUri: `${origin}/addin/signed-in` };
let count = 0;

afterEach(() => {
  globalThis.fetch = real;
});

/** Answers every request and keeps a list of them. */
function serve(reply: Reply): Sent[] {
  const list: Sent[] = [];
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const sent = {
      path: String(input).slice(origin.length),
      fields: new URLSearchParams(String(init?.body ?? "")),
      bearer: headers.get("Authorization") ?? "",
    };
    list.push(sent);
    return reply(sent);
  };
  return list;
}

function shelf(token?: string): Shelf & { token: string | undefined } {
  return {
    name: `shelf ${++count}`,
    token,
    async read() {
      return this.token;
    },
    async write(fresh) {
      this.token = fresh;
    },
    async clear() {
      this.token = undefined;
    },
  };
}

const grant = (n: number) =>
  Response.json({ access_token: `access ${n}`, refresh_token: `refresh ${n}`, expires_in: 600, token_type: "Bearer" });

const kind = (expected: string) => (thrown: unknown) => thrown instanceof Problem && thrown.kind === expected;

test("a code becomes tokens, with the verifier that was promised (RFC 7636)", async () => {
  const attempt = await newAttempt();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(attempt.verifier));
  assert.equal(attempt.challenge, Buffer.from(digest).toString("base64url"));
  const sent = serve(() => grant(1));
  const kept = shelf();
  const session = new Session(client, kept);
  await session.finish(attempt, "the code");
  assert.equal(sent[0]?.path, "/oauth/token");
  assert.deepEqual(Object.fromEntries(sent[0]?.fields ?? []), {
    client_id: "parlor-addin",
    grant_type: "authorization_code",
    code: "the code",
    redirect_uri: `${origin}/addin/signed-in`,
    code_verifier: attempt.verifier,
  });
  assert.equal(kept.token, "refresh 1");
  assert.equal(await session.token(), "access 1");
  assert.equal(sent.length, 1);
});

test("many callers wait for one renewal", async () => {
  const sent = serve(() => grant(2));
  const session = new Session(client, shelf("refresh 1"));
  assert.deepEqual(await Promise.all([session.token(), session.token(), session.token()]), Array(3).fill("access 2"));
  assert.equal(sent.length, 1);
});

test("two frames with one shelf renew one after the other, each with the newest token", async () => {
  let n = 1;
  const sent = serve(() => grant(++n));
  const kept = shelf("refresh 1");
  await Promise.all([new Session(client, kept).token(), new Session(client, kept).token()]);
  assert.deepEqual(
    sent.map(({ fields }) => fields.get("refresh_token")),
    ["refresh 1", "refresh 2"],
  );
  assert.equal(kept.token, "refresh 3");
});

test("a token is renewed before it ends", async () => {
  let now = 0;
  let n = 0;
  serve(() => grant(++n));
  const session = new Session(client, shelf("old"), () => now);
  assert.equal(await session.token(), "access 1");
  now = 569_000;
  assert.equal(await session.token(), "access 1");
  now = 571_000;
  assert.equal(await session.token(), "access 2");
});

test("a refused refresh token signs out, an unreachable server does not", async () => {
  const kept = shelf("refresh 1");
  serve(() => Response.json({ error: "invalid_grant" }, { status: 400 }));
  await assert.rejects(new Session(client, kept).token(), kind("signed_out"));
  assert.equal(kept.token, undefined);

  const safe = shelf("refresh 1");
  serve(() => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(new Session(client, safe).token(), kind("offline"));
  serve(() => new Response("", { status: 503 }));
  await assert.rejects(new Session(client, safe).token(), kind("busy"));
  assert.equal(safe.token, "refresh 1");
});

test("a token that another frame has renewed meanwhile is used instead", async () => {
  const kept = shelf("refresh 1");
  serve(({ fields }) => {
    if (fields.get("refresh_token") !== "refresh 1") return grant(3);
    kept.token = "refresh 2"; // a runtime without locks
    return Response.json({ error: "invalid_grant" }, { status: 400 });
  });
  assert.equal(await new Session(client, kept).token(), "access 3");
});

test("nobody signed in is a problem of its own, and no request", async () => {
  const sent = serve(() => grant(1));
  const session = new Session(client, shelf());
  assert.equal(await session.known(), false);
  await assert.rejects(session.token(), kind("signed_out"));
  assert.equal(sent.length, 0);
});

test("a call with a refused token is sent once more with a fresh one, and no third time", async () => {
  let n = 0;
  const sent = serve(({ path, bearer }) => {
    if (path === "/oauth/token") return grant(++n);
    return bearer === "Bearer access 2" ? Response.json({ pmi: "2345678901" }) : new Response("{}", { status: 401 });
  });
  const room = await new Api(origin, new Session(client, shelf("refresh"))).room();
  assert.equal(room.pmi, "2345678901");
  assert.deepEqual(
    sent.map(({ path }) => path),
    ["/oauth/token", "/v1/room", "/oauth/token", "/v1/room"],
  );
  serve(({ path }) => (path === "/oauth/token" ? grant(++n) : new Response("{}", { status: 401 })));
  await assert.rejects(new Api(origin, new Session(client, shelf("refresh"))).room(), kind("signed_out"));
});

test("settings carry the tag that was read, and the server's words arrive", async () => {
  let header = "";
  globalThis.fetch = async (input, init) => {
    if (String(input).endsWith("/oauth/token")) return grant(1);
    header = new Headers(init?.headers).get("If-Match") ?? "";
    const problem = {
      detail: "This was changed meanwhile.",
      errors: [{ location: "body.guard.overlap", message: "must" }],
    };
    return Response.json(problem, { status: 412 });
  };
  const api = new Api(origin, new Session(client, shelf("refresh")));
  await assert.rejects(api.saveSettings('"7"', { keyword: "#x" }), (thrown) => {
    assert.ok(thrown instanceof Problem);
    assert.deepEqual([thrown.kind, thrown.status, thrown.detail], ["stale", 412, "This was changed meanwhile."]);
    assert.deepEqual(thrown.faults, [{ field: "guard.overlap", message: "must" }]);
    return true;
  });
  assert.equal(header, '"7"');
});

test("signing out forgets at once and tells the server (RFC 7009)", async () => {
  const sent = serve(() => new Response("", { status: 503 }));
  const kept = shelf("refresh 1");
  const session = new Session(client, kept);
  await session.end();
  assert.equal(kept.token, undefined);
  assert.equal(await session.known(), false);
  assert.deepEqual([sent[0]?.path, sent[0]?.fields.get("token")], ["/oauth/revoke", "refresh 1"]);
});

test("a renewal that is under way when somebody signs out brings nothing back", async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  serve(async ({ path }) => {
    if (path === "/oauth/revoke") return new Response();
    await held;
    return grant(2);
  });
  const kept = shelf("refresh 1");
  const session = new Session(client, kept);
  const asked = session.token();
  await new Promise((done) => setTimeout(done, 5));
  await session.end();
  release();
  await assert.rejects(asked, kind("signed_out"));
  assert.equal(kept.token, undefined);
  assert.equal(await session.known(), false);
});

test("an access token that is being read when somebody signs out is not held", async () => {
  serve(() => new Response());
  let found = (_: { token: string; until: number }): void => undefined;
  const reading = new Promise<{ token: string; until: number }>((done) => {
    found = done;
  });
  const cache = { read: () => reading, write: async () => undefined };
  const session = new Session(client, shelf("refresh 1"), Date.now, cache);
  const asked = session.token();
  await session.end();
  found({ token: "access 1", until: Date.now() + 600_000 });
  await assert.rejects(asked, kind("signed_out"));
  assert.equal(await session.known(), false);
});
