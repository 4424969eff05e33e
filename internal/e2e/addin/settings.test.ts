// What a form of settings sends, by the names of the API.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Settings } from "../../../internal/web/client/api.ts";
import { changeOf, idOf, settingOf } from "../../../internal/web/client/settings.ts";

const settings = {
  keyword: "#meet",
  waiting_room: true,
  guard: { overlap: "one_time", buffer_minutes: 5, unfamiliar: "waiting_room" },
  notify: { waiting: true, reconnect: true, rewritten: false },
} as Settings;

test("what was not changed is not sent", () => {
  const form = new Map<string, string | number | boolean>([
    ["keyword", "#meet"],
    ["waiting_room", true],
    ["guard.unfamiliar", "waiting_room"],
    ["notify.rewritten", false],
  ]);
  assert.deepEqual(changeOf(settings, form), {});
});

test("a group goes whole, and no other group with it", () => {
  const form = new Map<string, string | number | boolean>([
    ["waiting_room", false],
    ["guard.unfamiliar", "one_time"],
    ["guard.buffer_minutes", 10],
    ["notify.rewritten", true],
  ]);
  assert.deepEqual(changeOf(settings, form), {
    waiting_room: false,
    guard: { overlap: "one_time", buffer_minutes: 10, unfamiliar: "one_time" },
    notify: { waiting: true, reconnect: true, rewritten: true },
  });
});

test("settings of a group are found by their whole name", () => {
  assert.equal(settingOf(settings, "notify.reconnect"), true);
  assert.equal(idOf("guard.buffer_minutes"), "setting-guard-buffer-minutes");
});
