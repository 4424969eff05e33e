// What an answer means to a client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "../../../internal/web/client/problem.ts";

test("of the conflicts, only a busy one may pass by itself; the others come with the reason", () => {
  assert.equal(problemOf(409, { type: "urn:parlor:busy", detail: "Try again." }).kind, "busy");
  for (const type of ["urn:parlor:refused", "urn:parlor:reconnect", "urn:parlor:room", "urn:parlor:taken"]) {
    const { kind, detail } = problemOf(409, { type, detail: "The event is over." });
    assert.deepEqual([kind, detail], ["refused", "The event is over."], type);
  }
});
