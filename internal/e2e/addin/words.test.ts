// What the add-in says, in every language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { detailOf, fill, saidOf, troubleOf, whyOf } from "../../../addin/telling.ts";
import { type Words, wordsFor } from "../../../addin/words.ts";
import type { Invitation } from "../../../internal/web/client/api.ts";
import { Problem } from "../../../internal/web/client/problem.ts";
import { spaced } from "../../web/client/spaced.ts";

const languages = ["en", "de", "es", "ja"];

test("a language is found by its first part", () => {
  const found = ["en-GB", "de-AT", "ES", "ja-JP", "fr", ""].map((tag) => wordsFor(tag).language);
  assert.deepEqual(found, ["en", "de", "es", "ja", "en", "en"]);
});

test("no word is missing, and places to be filled are the same in all", () => {
  const places = (words: Words) => [...JSON.stringify({ ...words, reasons: {} }).matchAll(/\{\w+\}/g)].map(String);
  for (const language of languages) {
    const words = wordsFor(language);
    assert.deepEqual(places(words), places(wordsFor("en")), language);
    for (const [name, text] of Object.entries(words)) assert.notEqual(text, "", `${language}: ${name}`);
  }
});

test("what stands above an appointment has at most 150 characters, as Office takes them", () => {
  for (const language of languages) {
    const words = wordsFor(language);
    const notices = [
      ...[words.addedRoom, words.addedOneTime, words.addedConflict, words.addedWaits, words.updatedByButton],
      ...[words.inSeries],
      ...[words.signInInPane, words.signInNotDone, words.onPremisesShort, words.tooLong, words.notTaken],
      ...[words.officeTrouble, ...Object.values(words.problems)],
    ];
    for (const notice of notices) assert.ok(notice.length <= 150, `${language}, ${notice.length}: ${notice}`);
  }
});

test("the server's sentence is used where only it knows why", () => {
  const words = wordsFor("en");
  const refused = new Problem("refused", 403, "Bob has not allowed you to schedule in their room.");
  assert.equal(troubleOf(refused, words), "Bob has not allowed you to schedule in their room.");
  assert.equal(troubleOf(new Problem("server", 500, "internal"), words), words.problems.server);
  assert.equal(troubleOf(new TypeError("Failed to fetch"), words), words.problems.offline);
  const invalid = new Problem("invalid", 422, "validation failed", [
    { field: "end", message: "must be after the start" },
  ]);
  assert.match(troubleOf(invalid, words), /\(end: must be after the start\)$/);
});

test("reasons are told in the reader's language where we have it", () => {
  const reason = { code: "pmi_setting", text: "Your personal room." };
  assert.equal(whyOf(reason, wordsFor("en")), "Your personal room.");
  assert.match(whyOf(reason, wordsFor("de")), /^Ihr persönlicher Raum/);
  assert.equal(whyOf({ code: "new_one", text: "Because." }, wordsFor("de")), "Because.");
});

test("a guest who is not known is named in every language, and the button says that guests wait", () => {
  const waits = {
    code: "unfamiliar_waits",
    text: "Guests wait, because eve@other.example has not met you here before.",
  };
  for (const language of languages) {
    const words = wordsFor(language);
    assert.match(`${whyOf(waits, words)} ${detailOf(waits, words)}`, /eve@other\.example/, language);
    const invitation = { kind: "pmi", waits } as Invitation;
    const outcome = { invitation, replaced: false, locationRefused: false };
    assert.equal(saidOf(outcome, words), words.addedWaits, language);
    assert.equal(saidOf({ ...outcome, invitation: { ...invitation, conflict: waits } }, words), words.addedConflict);
  }
  assert.equal(detailOf({ code: "pmi_asked", text: "Because." }, wordsFor("de")), "");
});

test("numbers and names in sentences", () => {
  assert.equal(spaced("2345678901"), "234 567 8901");
  assert.equal(spaced("98765432109"), "987 6543 2109");
  assert.equal(fill("Signed in as {name}", { name: "A {b}" }), "Signed in as A {b}");
});
