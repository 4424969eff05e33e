// The button of one click and the event of a new appointment: whatever happens, Office is told that they are over.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { install, serve, storage, type Toy } from "./toy.ts";

install();
await import("../../../addin/commands.ts");

type Command = (event: { completed: () => void }) => Promise<void>;
const { addParlorMeeting, onNewAppointmentOrganizer } = globalThis as unknown as Record<string, Command>;

/** Runs a command to its end and counts how often it said that it was over. */
async function run(command: Command | undefined): Promise<number> {
  let ends = 0;
  await command?.({ completed: () => ends++ });
  return ends;
}

const said = (toy: Toy) => toy.notices.map(({ type, message }) => `${type}: ${message}`);

test("inserts with the saved settings and says so", async () => {
  const toy = install();
  storage("refresh");
  const asked = serve();
  assert.equal(await run(addParlorMeeting), 1);
  assert.match(toy.body, /<i>/);
  assert.match(said(toy)[0] ?? "", /^informationalMessage: Parlor meeting added, in your personal room/);
  assert.equal(asked.at(-1)?.body["use_pmi"], undefined);
});

test("says what is wrong and what helps, and is over", async () => {
  const answers: [string, Record<string, () => Response>, RegExp][] = [
    ["server down", { "/v1/invitations": () => new Response("", { status: 500 }) }, /went wrong at Parlor/],
    ["not allowed", { "/v1/invitations": () => Response.json({ detail: "Ask Bob." }, { status: 403 }) }, /Ask Bob\./],
    ["signed out", { "/oauth/token": () => Response.json({ error: "invalid_grant" }, { status: 400 }) }, /signed out/],
  ];
  for (const [name, answer, words] of answers) {
    const toy = install();
    storage("refresh");
    serve(answer);
    assert.equal(await run(addParlorMeeting), 1, name);
    assert.match(said(toy)[0] ?? "", words, name);
    assert.equal(toy.body, "<p>Agenda</p>", name);
  }
});

test("offline, and where Outlook fails at everything", async () => {
  const toy = install();
  storage("refresh");
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  assert.equal(await run(addParlorMeeting), 1);
  assert.match(said(toy)[0] ?? "", /cannot be reached/);

  const broken = install();
  for (const call of ["subject", "getType", "getBody", "notify"]) broken.fails.add(call);
  serve();
  assert.equal(await run(addParlorMeeting), 1);
});

test("an Outlook that never answers does not keep the command open", async () => {
  const toy = install();
  storage("refresh");
  serve();
  for (const call of ["getType", "notify"]) toy.hangs.add(call);
  mock.timers.enable({ apis: ["setTimeout"] });
  const over = run(addParlorMeeting);
  for (let second = 0; second < 45; second++) {
    mock.timers.tick(1000);
    await new Promise(setImmediate);
  }
  mock.timers.reset();
  assert.equal(await over, 1);
  assert.equal(toy.body, "<p>Agenda</p>");
});

test("a mailbox on the organisation's own server is told that it is not supported", async () => {
  const toy = install({ accountType: "enterprise" });
  storage("refresh");
  const asked = serve();
  assert.equal(await run(addParlorMeeting), 1);
  assert.match(said(toy)[0] ?? "", /own Exchange server/);
  assert.equal(asked.length, 0);
});

test("the event inserts where the settings say always, and is silent otherwise", async () => {
  const toy = install();
  storage("refresh");
  serve();
  assert.equal(await run(onNewAppointmentOrganizer), 1);
  assert.match(toy.body, /<i>/);

  for (const settings of [{ auto_add: "keyword" }, { auto_add: "always", paused: true }]) {
    const other = install();
    serve({ "/v1/settings": () => Response.json(settings) });
    assert.equal(await run(onNewAppointmentOrganizer), 1);
    assert.deepEqual([other.body, other.notices], ["<p>Agenda</p>", []]);
  }
});

test("the event asks nothing of anybody while signed out", async () => {
  const toy = install();
  storage();
  const asked = serve();
  assert.equal(await run(onNewAppointmentOrganizer), 1);
  assert.deepEqual([asked, toy.calls, toy.notices], [[], [], []]);
});
