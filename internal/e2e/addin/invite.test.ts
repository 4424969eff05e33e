// The one way an invitation gets into an appointment, against a toy Outlook.
import assert from "node:assert/strict";
import { test } from "node:test";
import { InSeries, NotTaken } from "../../../addin/invite.ts";
import { openParlor } from "../../../addin/signin.ts";
import { install, origin, serve, storage } from "./toy.ts";

const signal = new AbortController().signal;

function desk() {
  storage("refresh");
  return openParlor().desk;
}

test("a new invitation goes on top and leaves every byte below as it is", async () => {
  const toy = install();
  toy.body = "<p>Agenda</p>\r\n<div id=x_teams>\u00a0Teams</div>";
  const before = toy.body;
  const asked = serve();
  const outcome = await desk().insert({}, signal);
  assert.ok(toy.body.endsWith(before));
  assert.deepEqual([outcome.replaced, outcome.locationRefused], [false, false]);
  assert.equal(toy.location, outcome.invitation.join_url);
  assert.equal(toy.stamp, outcome.invitation.stamp);
  assert.ok(!toy.calls.includes("setBody"));
  assert.ok(toy.most <= 3, `${toy.most} calls in flight`);
  assert.deepEqual(asked.at(-1)?.body["attendees"], ["bob@example.com"]);
});

test("words without a paragraph of their own do not run into the invitation", async () => {
  const toy = install();
  toy.body = "Bring cake";
  serve();
  await desk().insert({}, signal);
  assert.match(toy.body, /<\/i><br><br>Bring cake$/);
});

test("pressed twice at once there is one invitation and one number", async () => {
  const toy = install();
  serve();
  const both = desk();
  const outcomes = await Promise.all([both.insert({}, signal), both.insert({}, signal)]);
  assert.equal(toy.body.split("<i>").length, 2);
  assert.equal(new Set(outcomes.map(({ invitation }) => invitation.meeting_number)).size, 1);
  assert.deepEqual(outcomes.map(({ replaced }) => replaced).sort(), [false, true]);
});

test("an Outlook that does nothing when asked to prepend gets the whole body", async () => {
  const toy = install();
  toy.deaf = true;
  serve();
  await desk().insert({}, signal);
  assert.match(toy.body, /^<i>.*<\/i><p>Agenda<\/p>$/);
});

test("what is typed while the server thinks is not lost", async () => {
  const toy = install();
  serve();
  const mine = desk();
  await mine.insert({}, signal);
  let typed = 0;
  const asked = serve({
    "/v1/invitations": ({ body }) => {
      if (++typed === 1) toy.body += "<p>typed</p>";
      const current = String(body["current_body"]);
      const why = { code: "x", text: "" };
      const rest = { location: "", meeting_number: body["meeting_number"], kind: "pmi", why, stamp: "s", join_url: "" };
      return Response.json({ body: "", replaced: true, merged_body: `${current}<b>new</b>`, ...rest });
    },
  });
  await mine.insert({}, signal);
  assert.match(toy.body, /<p>typed<\/p><b>new<\/b>$/);
  assert.equal(asked.length, 2);
});

test("an Outlook that numbers its elements anew at each reading still gets its text replaced", async () => {
  const toy = install();
  serve();
  const mine = desk();
  await mine.insert({}, signal);
  let reading = 0;
  let kept = toy.body;
  Object.defineProperty(toy, "body", {
    get: () => `<div id="x_${++reading}">${kept}</div>`,
    set: (text: string) => {
      kept = text;
    },
  });
  assert.equal((await mine.insert({ inLocation: false }, signal)).replaced, true);
  assert.equal(kept.split("<i>").length, 2);
});

test("a text that Outlook never keeps is said so, after three attempts", async () => {
  const toy = install();
  toy.deaf = true;
  toy.before["setBody"] = () => undefined;
  serve();
  Object.defineProperty(toy, "body", { get: () => "<p>Agenda</p>", set: () => undefined });
  await assert.rejects(
    desk().insert({}, signal),
    (thrown) => thrown instanceof NotTaken && thrown.reason === "refused",
  );
});

test("a body too long for the server is not sent, and one with our link is left alone", async () => {
  const toy = install();
  toy.body = "x".repeat(1_000_001);
  const asked = serve();
  await desk().insert({}, signal);
  assert.equal(asked.at(-1)?.body["current_body"], undefined);
  await assert.rejects(
    desk().insert({}, signal),
    (thrown) => thrown instanceof NotTaken && thrown.reason === "too_long",
  );
});

test("one date of a series that has the link of its series is left alone", async () => {
  const toy = install({ occurrence: true });
  toy.body = `<a href="${origin}/j/2345678901?omn=98765432109">join</a>`;
  const asked = serve();
  await assert.rejects(desk().insert({}, signal), InSeries);
  await assert.rejects(desk().remove(signal), InSeries);
  assert.equal(asked.length, 0);
});

test("in somebody else's calendar the meeting is asked for on their behalf", async () => {
  for (const [owner, named] of [
    ["bob@example.com", "bob@example.com"],
    ["Ada@Example.com", undefined],
  ]) {
    install({ owner: owner ?? "" });
    const asked = serve();
    await desk().insert({}, signal);
    assert.equal(asked.at(-1)?.body["on_behalf_of"], named, owner);
  }
});

test("rooms stay beside the link, an old link of ours goes, a place of the person's own stays alone", async () => {
  const room = { id: "boole@example.com", type: "room" };
  const old = { id: `${origin}/j/98765432101`, type: "custom" };
  const toy = install({ enhanced: true });
  toy.places = [room, old];
  serve();
  const { invitation } = await desk().insert({}, signal);
  assert.deepEqual(toy.places, [room, { id: invitation.join_url, type: "custom" }]);

  const cafe = { id: "The café", type: "custom" };
  const other = install({ enhanced: true });
  other.places = [cafe];
  await desk().insert({}, signal);
  assert.deepEqual(other.places, [cafe]);
});

test("without typed places a location that says anything else is not touched", async () => {
  const toy = install();
  toy.location = "Boole Room";
  serve();
  const outcome = await desk().insert({}, signal);
  assert.equal(toy.location, "Boole Room");
  assert.equal(outcome.locationRefused, false);
});

test("a location that cannot be written costs no invitation", async () => {
  const toy = install();
  toy.fails.add("setLocation");
  serve();
  assert.equal((await desk().insert({}, signal)).locationRefused, true);
  assert.match(toy.body, /<i>/);
});

test("what was given up writes nothing any more", async () => {
  const toy = install();
  const end = new AbortController();
  toy.before["subject"] = () => end.abort(new Error("given up"));
  serve();
  await assert.rejects(desk().insert({}, end.signal));
  assert.equal(toy.body, "<p>Agenda</p>");
});

test("a number that did not get into the appointment is given up, one that was there before is not", async () => {
  const given = async (stamp?: string): Promise<unknown[]> => {
    const toy = install({ owner: "grace@example.com" });
    toy.stamp = stamp;
    toy.fails.add("prepend");
    const asked = serve();
    await assert.rejects(desk().insert({}, signal));
    const removals = asked.filter(({ path }) => path === "/v1/invitations/removal");
    return removals.map(({ body }) => [body["meeting_number"], body["on_behalf_of"]]);
  };
  assert.deepEqual(await given(), [["98765432101", "grace@example.com"]]);
  assert.deepEqual(await given("v1 n=98765432100 k=pmi"), []);
});
