// Who may ask the worker what.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./fakebrowser.ts";
import type { Sender } from "../../../extension/browser.ts";

const { actFor } = await import("../../../extension/hearing.ts");

const page: Sender = { id: "parlor", url: "moz-extension://home/popup.html" };
const calendar: Sender = {
  id: "parlor",
  url: "https://calendar.google.com/calendar/u/0/r",
  frameId: 0,
  tab: { id: 1 },
};

const may = (kind: unknown, sender: Sender) => actFor(kind === undefined ? undefined : { kind }, sender) !== undefined;

test("the extension's own pages may ask everything", () => {
  for (const kind of ["whoami", "saveSettings", "signOut", "schedule", "invite"]) assert.ok(may(kind, page), kind);
});

test("the script in a calendar may ask what it is for, and nothing else", () => {
  for (const kind of [
    "whoami",
    "preview",
    "invite",
    "remove",
    "removeSaved",
    "link",
    "addLink",
    "copyLink",
    "signIn",
    "openOptions",
  ]) {
    assert.ok(may(kind, calendar), kind);
  }
  for (const kind of ["settings", "saveSettings", "schedule", "start", "signOut", "setServer", "home"]) {
    assert.ok(!may(kind, calendar), kind);
  }
});

test("nobody else is heard", () => {
  const others: [string, Sender][] = [
    ["another extension", { ...page, id: "other" }],
    ["no sender", {}],
    ["another site", { ...calendar, url: "https://mail.google.com/" }],
    ["a site that begins alike", { ...calendar, url: "https://calendar.google.com.example.org/" }],
    ["plain http", { ...calendar, url: "http://calendar.google.com/" }],
    ["a frame", { ...calendar, frameId: 7 }],
    ["no tab", { id: "parlor", url: "https://calendar.google.com/", frameId: 0 }],
    ["another extension's page", { ...page, url: "moz-extension://homely/popup.html" }],
  ];
  for (const [name, sender] of others) assert.ok(!may("whoami", sender), name);
});

test("what is no ask is left without an answer", () => {
  for (const kind of ["", "toString", "__proto__", "constructor", 7, null, {}, undefined]) {
    assert.ok(!may(kind, page), String(kind));
  }
  assert.equal(actFor(null, page), undefined);
  assert.equal(actFor("whoami", page), undefined);
});
